"""Who may see and do what: the only module that decides it.

Roles are the landlord's own; what each may do, how far, and which kinds of entry it may record stands
in `landlord.toml`. How somebody comes to see a case at all, always through a role of theirs:

- scope *landlord*: every case of the landlord; *team*: those in the role's patches (a role held with no
  patch is held in all of them), and those whose patch is not known yet; *own*, and with every other scope
  too: those that they lead, in which an open duty lies on a desk of theirs, or that are being handed to them;
- a new report also for those who triage;
- a case about a colleague only through a role that has `colleague_case:see`, and for such a role alone
  that gives sight of no other case;
- never a case in which they are named, whatever the role; never another landlord's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Exists, OuterRef, Q, QuerySet

from fanlight.casework import sql
from fanlight.casework.landlords import SEEING, LandlordFault, RoleSettings, settings_of
from fanlight.casework.models import Case, DutyDesk, Part, Referral, Staff, StaffRole
from fanlight.policy.vocabulary import ENTRY_KINDS

PERMISSIONS: Mapping[str, str] = MappingProxyType(
    {
        "report:make": "Make a report; everybody on staff may.",
        "report:triage": "See new reports, and open, join or redirect them.",
        "case:see": "See cases, as far as the role's scope reaches.",
        "case:write": "Record entries in a case, of the kinds that the role may record.",
        "case:assign": "Give a case to somebody.",
        "case:close": "Close a case, and open a closed one again.",
        "case:strike": "Strike out an entry that was recorded in error.",
        "colleague_case:see": "See cases about a colleague; without it they do not exist, and alone it shows no other.",
        "duties:team": "See the duties of the team.",
        "handovers:see": "See every hand-over that nobody has acknowledged.",
        "policy:see": "Read the landlord's policy; everybody on staff may.",
        "figures:see": "See figures, which name nobody.",
        "case:set_aside": "Set colleagues aside from a case, say who is related to somebody in it, and let them back in.",
        "emergency:use": "Open a case that the role does not show, in an emergency, with a reason, for four hours.",
        "emergency:review": "Be told of each emergency access, and say whether it was right.",
        "staff:administer": "Manage accounts: ask for roles and take them away, name deputies, end accounts.",
        "staff:approve": "Approve a role that sees cases, which somebody else asked for; name deputies.",
        "audit:see": "See who looked at what, and who was refused.",
        "retention:see": "See what falls due for disposal, and what is held back.",
        "retention:hold": "Hold a case back from disposal, with a reason.",
        "dispose:review": "Look at what falls due for disposal, and let it go.",
        **{f"approve:{kind}": f"Approve: {name.title}." for kind, name in ENTRY_KINDS.items()},
    }
)
EVERYBODY = frozenset({"report:make", "policy:see"})
TAKES_TWO = SEEING | {
    "emergency:use",
    "emergency:review",
    "case:set_aside",
    "staff:approve",
    "audit:see",
    "dispose:review",
}
"""A role with any of these shows cases, or who looked at them, or decides who does: one asks for it, and another approves."""

# Which permission each kind needs, where it is not `case:write`.
_NEEDS: Mapping[str, str] = MappingProxyType(
    {
        "triaged": "report:triage",
        "assigned": "case:assign",
        "struck": "case:strike",
        "closed": "case:close",
        "reopened": "case:close",
    }
)


# Handed over to this, a referral is of the case itself.
THE_CASE_ITSELF = "case_officer"


def check_permissions(landlord_id: str) -> None:
    """This function will raise LandlordFault where a role of a landlord has a permission that is none."""
    for role in settings_of(landlord_id).roles.values():
        if unknown := sorted(role.permissions - PERMISSIONS.keys()):
            raise LandlordFault(f"{landlord_id}/landlord.toml, roles.{role.role}: {unknown[0]} is not a permission.")


class NotFound(Exception):
    """What one may not see does not exist: the page says no more than that."""

    is_logged = False
    """Whether the log has its row already."""


class Refused(Exception):
    """One may see it, and may not do it; `sentence` says why, in words for the page, and names nobody."""

    is_logged = False
    """Whether the log has its row already."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role that somebody holds: what it may do, and where; no patch means everywhere."""

    settings: RoleSettings
    patches: tuple[str, ...]
    areas: tuple[str, ...]

    @property
    def role(self) -> str:
        """The id of the role."""
        return self.settings.role

    def has(self, permission: str) -> bool:
        """This function will say whether the role has a permission, wherever it reaches."""
        return permission in self.settings.permissions

    def sees(self, about: str) -> bool:
        """This function will say whether the role sees cases about this kind of person at all."""
        return self.has("colleague_case:see" if about == "colleague" else "case:see")

    def covers(self, area: str, patch: str) -> bool:
        """This function will say whether a patch is the role's; one that is not known may be."""
        if not self.patches:
            return True
        return patch in self.patches if patch else not area or area in self.areas

    def reaches(self, case: Case, *, own: bool) -> bool:
        """This function will say whether the role shows a case; `own` says that the case is theirs to work on."""
        if case.status == "new" and self.has("report:triage") and (case.about != "colleague" or self.sees("colleague")):
            return True
        if not self.sees(case.about):
            return False
        scope = self.settings.scope
        return scope == "landlord" or (scope == "team" and self.covers(case.area, case.patch)) or own

    def as_filter(self, own: Q) -> Q:
        """This function will give the same as `reaches`, as a filter over cases."""
        return self._as_filter_of(Q(about="colleague"), "colleague_case:see", own) | self._as_filter_of(
            ~Q(about="colleague"), "case:see", own
        )

    def _as_filter_of(self, about: Q, sees: str, own: Q) -> Q:
        found = NOTHING
        if self.has("report:triage") and (sees == "case:see" or self.has(sees)):
            found |= Q(status="new")
        if self.has(sees):
            scope = self.settings.scope
            if scope == "landlord" or (scope == "team" and not self.patches):
                return about
            found |= own
            if scope == "team":
                found |= Q(patch__in=self.patches) | Q(patch="", area="") | Q(patch="", area__in=self.areas)
        return about & found if found != NOTHING else NOTHING


NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's standing in a case: the roles through which they see it. None of them means that they do not."""

    roles: tuple[RoleHeld, ...]

    @property
    def sees(self) -> bool:
        """Whether they see the case."""
        return bool(self.roles)

    def can(self, permission: str) -> bool:
        """This function will say whether they may do something in the case."""
        return any(role.has(permission) for role in self.roles)

    def why_not_record(self, kind: str, *, approves: str = "", as_role: str = "") -> str:
        """This function will say why they may not record a kind of entry, or nothing where they may.

        An approval is for a kind (`approves`) and given in a role that they hold (`as_role`).
        """
        if kind == "override":
            return "An override is recorded together with the entry that it frees."
        if kind == "approval":
            return self._why_not_approve(approves, as_role)
        needs = _NEEDS.get(kind, "case:write")
        holding = [role for role in self.roles if role.has(needs)]
        if not holding:
            return f"Your role may not do this: {PERMISSIONS[needs][0].lower()}{PERMISSIONS[needs][1:]}"
        if needs == "case:write" and not any(role.settings.may_record(kind) for role in holding):
            return f"Your role may not record this: {ENTRY_KINDS[kind].title}."
        return ""

    def _why_not_approve(self, approves: str, as_role: str) -> str:
        if not any(
            permission.startswith("approve:") for role in self.roles for permission in role.settings.permissions
        ):
            return "Your role may not approve anything."
        if not approves and not as_role:
            return ""
        for role in self.roles:
            if role.role == as_role:
                return "" if role.has(f"approve:{approves}") else "Your role may not approve this."
        return "You can approve only in a role that you hold."

    def override_role(self, override: str) -> str:
        """This function will give the role in which they may set a gate aside, or nothing where they may not.

        `override` is the gate's own word: `none`, `emergency` (anyone who may write in the case), or a role.
        """
        if override == "none":
            return ""
        if override == "emergency":
            return next((role.role for role in self.roles if role.has("case:write")), "")
        return next((role.role for role in self.roles if role.role == override), "")


def roles_of(staff: Staff) -> tuple[RoleHeld, ...]:
    """This function will give the roles that somebody holds, those that their landlord still has."""
    return _held(staff.landlord_id, staff.roles_held) if staff.is_active else ()


def roles_of_people(case: Case, people: Iterable[int]) -> Mapping[int, tuple[RoleHeld, ...]]:
    """This function will give the roles of people in a case; none of one who is named in it, or has left. It is one query."""
    ids = list(people)
    if not ids:
        return {}
    held: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
    which = f"""from casework_staffrole held join casework_staff staff on staff.id = held.staff_id
        where held.staff_id in ({sql.marks(ids)}) and staff.is_active and staff.landlord_id = %s
        and not exists (select 1 from casework_part part where part.case_id = %s and part.staff_id = staff.id)
        order by held.id"""  # noqa: S608 - places for parameters alone
    for staff_id, role, patches in sql.select(which, [*ids, case.landlord_id, case.pk], _OF_PEOPLE):
        held.setdefault(staff_id, []).append((role, tuple(patches)))
    return {staff_id: _held(case.landlord_id, roles) for staff_id, roles in held.items()}


_OF_PEOPLE: sql.Columns = (StaffRole, "held", ("staff_id", "role", "patches"))


def _held(landlord_id: str, held: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[RoleHeld, ...]:
    landlord = settings_of(landlord_id)
    return tuple(
        RoleHeld(landlord.roles[role], patches, tuple(dict.fromkeys(landlord.area_of(patch) for patch in patches)))
        for role, patches in held
        if role in landlord.roles
    )


def roles_to_lead(staff: Staff, about: str) -> tuple[str, ...]:
    """This function will list the roles in which somebody can lead a case: those that see it and may write in it."""
    return tuple(held.role for held in roles_of(staff) if held.sees(about) and held.has("case:write"))


def desks_of(staff: Staff) -> tuple[str, ...]:
    """This function will list the desks whose duties are somebody's: their own, and those of their roles."""
    landlord = settings_of(staff.landlord_id)
    desks = [desk_of_person(staff.pk)]
    for held in roles_of(staff):
        desks.append(desk_of_role(landlord.id, held.role))
        desks.extend(desk_of_role(landlord.id, held.role, patch) for patch in held.patches or landlord.patches)
    return tuple(desks)


def desk_of_person(staff_id: int) -> str:
    """This function will name the desk of one person."""
    return f"staff:{staff_id}"


def desk_of_role(landlord_id: str, role: str, patch: str = "") -> str:
    """This function will name the desk of a role, in a patch or anywhere."""
    return f"role:{landlord_id}:{role}:{patch}" if patch else f"role:{landlord_id}:{role}"


def named_in(staff: Staff) -> Exists:
    """This function will give the filter of cases in which somebody is named."""
    return Exists(Part.objects.filter(case=OuterRef("pk"), staff=staff))


def visible_cases(staff: Staff, permission: str | None = None) -> QuerySet[Case]:
    """This function will give the cases that somebody may see, and no others.

    With a permission, those in which they also have it.
    """
    roles = [role for role in roles_of(staff) if permission is None or role.has(permission)]
    own = Q(pk__in=_own_cases(staff))
    allowed = NOTHING
    for role in roles:
        allowed |= role.as_filter(own)
    return Case.objects.filter(allowed, ~named_in(staff), landlord_id=staff.landlord_id)


_CASE: sql.Columns = (Case, "matter", sql.fields_of(Case))
_SEEN = (
    "from casework_case matter left join casework_staff lead on lead.id = matter.lead_id where matter.landlord_id = %s"
)
_NAMED = "exists (select 1 from casework_part part where part.case_id = matter.id and part.staff_id = %s)"


def find_case(staff: Staff, reference: str, *, lock: bool = False) -> tuple[Case, Standing]:
    """This function will find a case by its reference, with somebody's standing in it.

    It raises NotFound where there is none, and where they may not see it. With `lock` nobody else can
    write in the case until the transaction ends.
    """
    return _found(staff, "matter.reference = %s", reference, lock=lock)


def lock_case(staff: Staff, case: Case) -> tuple[Case, Standing]:
    """This function will read a case again and keep others from writing in it until the transaction ends.

    It raises NotFound where somebody may not see it.
    """
    return _found(staff, "matter.id = %s", case.pk, lock=True)


def _found(staff: Staff, which: str, value: object, *, lock: bool) -> tuple[Case, Standing]:
    roles = roles_of(staff)
    if not roles:
        raise NotFound
    rows = sql.select(
        f"{_SEEN} and {which} {sql.for_update('matter') if lock else ''}",
        [staff.pk, staff.landlord_id, value],
        _CASE,
        also=("lead.name", _NAMED),
    )
    if not rows:
        raise NotFound
    *values, lead_name, named = rows[0]
    case = Case.from_db("default", _CASE[2], values)
    case.lead_name = lead_name or ""
    standing = Standing(()) if named else _standing(roles, case, staff)
    if not standing.sees:
        raise NotFound
    return case, standing


def standing_of(staff: Staff, case: Case) -> Standing:
    """This function will give somebody's standing in a case; one with no roles where they may not see it."""
    try:
        return _found(staff, "matter.id = %s", case.pk, lock=False)[1]
    except NotFound:
        return Standing(())


def sees_without_desk(roles: Iterable[RoleHeld], case: Case, staff_id: int) -> bool:
    """This function will say whether a case would be seen by somebody on whose desk none of its duties lay."""
    own = case.lead_id == staff_id
    return any(role.reaches(case, own=own) for role in roles)


def _standing(roles: tuple[RoleHeld, ...], case: Case, staff: Staff) -> Standing:
    """The roles through which somebody who is not named in a case sees it; whether it is theirs is asked only if it matters."""
    own = case.lead_id == staff.pk
    reaching = tuple(role for role in roles if role.reaches(case, own=own))
    if own or len(reaching) == len(roles) or not _is_their_work(staff, case):
        return Standing(reaching)
    return Standing(tuple(role for role in roles if role.reaches(case, own=True)))


def _is_their_work(staff: Staff, case: Case) -> bool:
    desks = desks_of(staff)
    on_desk = f"exists (select 1 from casework_dutydesk where case_id = %s and desk in ({sql.marks(desks)}))"  # noqa: S608 - places for parameters alone
    handed = "exists (select 1 from casework_referral where case_id = %s and to_staff_id = %s and received_at is null)"
    return bool(sql.select("", [case.pk, *desks, case.pk, staff.pk], also=(f"{on_desk} or {handed}",))[0][0])


def _own_cases(staff: Staff) -> QuerySet[Case, int]:
    """This function will give the ids of the cases that are somebody's to work on, by three short reads of an index."""
    led = Case.objects.filter(lead=staff).values_list("pk", flat=True)
    on_desk = DutyDesk.objects.filter(desk__in=desks_of(staff)).values_list("case_id", flat=True)
    handed = Referral.objects.filter(to_staff=staff, received_at=None).values_list("case_id", flat=True)
    return led.union(on_desk, handed)


def can(staff: Staff, permission: str, case: Case | None = None) -> bool:
    """This function will say whether somebody may do something: at all, or in this case."""
    if case is not None:
        return standing_of(staff, case).can(permission)
    if not staff.is_active:
        return False
    return permission in EVERYBODY or any(role.has(permission) for role in roles_of(staff))


def demand(staff: Staff, permission: str) -> None:
    """This function will raise Refused, with a sentence, where somebody may not do something at all."""
    if not can(staff, permission):
        raise Refused(f"Your role may not do this: {PERMISSIONS[permission][0].lower()}{PERMISSIONS[permission][1:]}")


def demand_receiver(by: Staff, referral: Referral) -> None:
    """This function will raise Refused for somebody who is not the receiver of a hand-over to a colleague.

    One that names a colleague is theirs alone to acknowledge; that of the case itself, anyone's but the sender's.
    What a service outside confirmed is noted by whoever may write in the case.
    """
    if why_not := why_not_receive(by, to=referral.to, to_staff_id=referral.to_staff_id, sent_by_id=referral.sent_by_id):
        raise Refused(why_not)


def why_not_receive(by: Staff, *, to: str, to_staff_id: int | None, sent_by_id: int) -> str:
    """This function will say why somebody may not acknowledge a referral, or nothing where they may."""
    if to_staff_id is not None:
        if to_staff_id != by.pk:
            return "Only the one to whom it was handed over can say that it has arrived."
    elif to == THE_CASE_ITSELF and sent_by_id == by.pk:
        return "Only the one who takes the case over can say that it has arrived."
    return ""
