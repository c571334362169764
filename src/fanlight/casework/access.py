"""Who may see and do what: the only module that decides it.

Roles are the landlord's own; what each may do, how far, and which kinds of entry it may record stands
in `landlord.toml`. How somebody comes to see a case at all, always through a role of theirs:

- scope *landlord*: every case of the landlord; *team*: those in the role's patches (a role held with no
  patch is held in all of them), and those whose patch is not known yet; *own*, and with every other scope
  too: those that they lead, in which an open duty lies on a desk of theirs, or that are being handed to them;
- a new report also for those who triage;
- a restricted case (it is about a colleague, or a colleague is the person at risk or the person causing harm)
  only through a role that has `colleague_case:see`, and for such a role alone that gives sight of no other;
- as a deputy of somebody who is away, what would be theirs to work on, as far as the deputy's own roles show such a case:
  a deputy gains reach, and no permission;
- as a role of `when_the_lead_is_named`, a case from which everybody to whom triage escalates is kept, with what they may do;
- in an emergency, for four hours, to read and to record; never a restricted case;
- never a case from which they are kept (named in it, related to somebody who is, set aside), whatever the role;
  never another landlord's.

Deputies and emergencies begin and end: who sees what depends on the moment, `now`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, overload

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from fanlight.casework import sql
from fanlight.casework.landlords import ALL_KINDS, SEEING, LandlordFault, RoleSettings, settings_of
from fanlight.casework.models import (
    Case,
    DutyDesk,
    EmergencyAccess,
    KeptFrom,
    Log,
    MaracAction,
    MaracAttendance,
    MaracListing,
    MaracMeeting,
    Marker,
    Part,
    Referral,
    Staff,
    StaffRole,
    one_with,
)
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
        "dispose:carry_out": "Dispose of a case that somebody else has looked at and let go.",
        "register:see": "Look people, homes and tenancies up in the register; it says nothing of any case.",
        "register:merge": "Say that two people in the register are one, and take them apart again.",
        "register:import": "Import people, homes and tenancies from the housing system.",
        "directory:keep": "Change the directory of services, and make sure that it is right.",
        "marker:set": "Set a marker on a home for a reason that is no case, such as a resident who needs it.",
        "address:check": "Ask whether something may be done at an address; everybody on staff may.",
        "address:authorise": "Authorise a change of address that is protected, say who may know it, and lift its protection.",
        "share:authorise": "Authorise what somebody else means to share, where the landlord wants it.",
        "shares:see": "See the register of what left the landlord, without what was in it, and that of agreements.",
        "agreements:keep": "Keep the register of agreements on sharing: enter one, review it, end it.",
        "marac:see": "See the meetings of the MARAC in their areas, with the cases that the role shows.",
        "marac:arrange": "Enter meetings of the MARAC, the cases on their lists, who goes, and what we are asked to do.",
        "marac:minutes": "Write the minutes of a meeting of the MARAC at which one was.",
        "equality:record": "Record equality data for monitoring, which stands apart and is never required.",
        **{f"approve:{kind}": f"Approve: {name.title}." for kind, name in ENTRY_KINDS.items()},
    }
)
EVERYBODY = frozenset({"report:make", "policy:see", "address:check"})
TAKES_TWO = SEEING | {
    "emergency:use",
    "emergency:review",
    "case:set_aside",
    "staff:approve",
    "audit:see",
    "dispose:review",
    "dispose:carry_out",
    "address:authorise",
    "share:authorise",
    "shares:see",
    "marac:arrange",
    "marac:minutes",
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


STANDING_IN = frozenset(
    {
        *("report:triage", "case:write", "case:assign", "case:close", "case:strike", "case:set_aside"),
        *("emergency:review", "handovers:see", "duties:team"),
    }
)
"""What a role of `when_the_lead_is_named` may do in a case of which the lead may know nothing."""

IN_EMERGENCY = frozenset({"case:see", "case:write", "handovers:see"})
"""What somebody may do in a case that they opened in an emergency: they read and record, and decide nothing."""
EMERGENCY_LASTS = timedelta(hours=4)

DISPOSED = "disposed"
"""The status of a case that was disposed of, or is about to be: from then on it is not there, for anybody."""

PARTIES = ("person_at_risk", "causing_harm", "adult_at_risk")
"""A case is restricted where a colleague has one of these parts in it."""


def check_permissions(landlord_id: str) -> None:
    """This function will raise LandlordFault where a role of a landlord has a permission that is none."""
    for role in settings_of(landlord_id).roles.values():
        if unknown := sorted(role.permissions - PERMISSIONS.keys()):
            raise LandlordFault(f"{landlord_id}/landlord.toml, roles.{role.role}: {unknown[0]} is not a permission.")
        if unknown := sorted(role.records - ENTRY_KINDS.keys() - {ALL_KINDS}):
            raise LandlordFault(f"{landlord_id}/landlord.toml, roles.{role.role}: {unknown[0]} is not a kind of entry.")


def takes_two(landlord_id: str, role: str) -> bool:
    """This function will say whether a role is granted by two people."""
    return not settings_of(landlord_id).roles[role].permissions.isdisjoint(TAKES_TWO)


def why_not_together(landlord_id: str, roles: Iterable[str]) -> str:
    """This function will say why one person may not hold these roles, or nothing where they may.

    Who manages accounts sees no case, through whatever role.
    """
    held = [settings_of(landlord_id).roles[role] for role in roles if role in settings_of(landlord_id).roles]
    if any("staff:administer" in role.permissions for role in held) and any(role.permissions & SEEING for role in held):
        return "Whoever manages accounts may not see cases: one person cannot hold both roles."
    return ""


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
    is_for_an_emergency: bool = False

    @property
    def role(self) -> str:
        """The id of the role."""
        return self.settings.role

    def has(self, permission: str) -> bool:
        """This function will say whether the role has a permission, wherever it reaches."""
        return permission in self.settings.permissions

    def sees(self, restricted: bool) -> bool:
        """This function will say whether the role sees cases that are restricted, or those that are not, at all."""
        return self.has("colleague_case:see" if restricted else "case:see")

    def covers(self, area: str, patch: str) -> bool:
        """This function will say whether a patch is the role's; one that is not known may be."""
        if not self.patches:
            return True
        return patch in self.patches if patch else not area or area in self.areas

    def reaches(self, case: Case, *, own: bool) -> bool:
        """This function will say whether the role shows a case; `own` says that the case is theirs to work on."""
        if not self.sees(case.restricted):
            return False
        if case.status == "new" and self.has("report:triage"):
            return True
        scope = self.settings.scope
        return scope == "landlord" or (scope == "team" and self.covers(case.area, case.patch)) or own

    def as_filter(self, own: Q) -> Q:
        """This function will give the same as `reaches`, as a filter over cases."""
        kinds = [restricted for restricted in (False, True) if self.sees(restricted)]
        match kinds:
            case []:
                return NOTHING
            case [one]:
                return self._reach(own) & Q(restricted=one)
        return self._reach(own)

    def _reach(self, own: Q) -> Q:
        scope = self.settings.scope
        if scope == "landlord" or (scope == "team" and not self.patches):
            return EVERYTHING
        found = own
        if self.has("report:triage"):
            found |= Q(status="new")
        if scope == "team":
            found |= Q(patch__in=self.patches) | Q(patch="", area="") | Q(patch="", area__in=self.areas)
        return found

    def in_place_of_the_lead(self) -> "RoleHeld":
        """This function will give the role as it is in a case that came to it because the lead may not see it."""
        permissions = self.settings.permissions | STANDING_IN
        return replace(self, settings=replace(self.settings, scope="landlord", permissions=permissions))

    def in_emergency(self) -> "RoleHeld":
        """This function will give what is left of the role in a case that was opened in an emergency."""
        permissions = self.settings.permissions & IN_EMERGENCY
        return replace(self, settings=replace(self.settings, permissions=permissions), is_for_an_emergency=True)


EVERYTHING = ~Q(pk__in=[])
NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's standing in a case: the roles through which they see it. None of them means that they do not."""

    roles: tuple[RoleHeld, ...]
    emergency_until: datetime | None = None
    """Until when, where they see it for an emergency alone."""

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
        return next((role.role for role in self.roles if role.role == override and not role.is_for_an_emergency), "")


def roles_of(staff: Staff) -> tuple[RoleHeld, ...]:
    """This function will give the roles that somebody holds, those that their landlord still has."""
    return _held(staff.landlord_id, staff.roles_held) if staff.is_active else ()


def roles_of_people(case: Case, people: Iterable[int]) -> Mapping[int, tuple[RoleHeld, ...]]:
    """This function will give the roles of people in a case; none of one who has left. It is one query."""
    ids = list(people)
    if not ids:
        return {}
    held: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
    which = f"""from casework_staffrole held join casework_staff staff on staff.id = held.staff_id
        where held.staff_id in ({sql.marks(ids)}) and staff.is_active and staff.landlord_id = %s order by held.id"""
    for staff_id, role, patches in sql.select(which, [*ids, case.landlord_id], _OF_PEOPLE):
        held.setdefault(staff_id, []).append((role, tuple(patches)))
    return {staff_id: _held(case.landlord_id, roles) for staff_id, roles in held.items()}


_OF_PEOPLE: sql.Columns = (StaffRole, "held", ("staff_id", "role", "patches"))


@dataclass(frozen=True, slots=True)
class Kept:
    """Who is kept from a case, and whether a colleague is the person at risk in it or the person causing harm."""

    people: frozenset[int]
    has_colleague: bool


def keeping(case: Case) -> tuple[sql.Read, sql.Read]:
    """This function will say how it is read who is kept from a case; `kept` takes the rows."""
    return (
        sql.Read("from casework_part part where part.case_id = %s and part.staff_id is not null", [case.pk], (_NAMED,)),
        sql.Read(
            "from casework_keptfrom kept where kept.case_id = %s and kept.ended_at is null", [case.pk], (_KEPT_BY,)
        ),
    )


_NAMED: sql.Columns = (Part, "part", ("staff_id", "part"))
_KEPT_BY: sql.Columns = (KeptFrom, "kept", ("staff_id",))


def kept(named: Iterable[Sequence[Any]], others: Iterable[Sequence[Any]]) -> Kept:
    """This function will give who is kept from a case, of the rows that `keeping` reads."""
    people = {row[0] for row in named} | {row[0] for row in others}
    return Kept(frozenset(people), any(row[1] in PARTIES for row in named))


def kept_away(case: Case) -> Kept:
    """This function will give who is kept from a case, and whether a colleague is a party to it."""
    return kept(*sql.select_together(*keeping(case)))


def holders_of(landlord_id: str, roles: Iterable[str]) -> Mapping[str, tuple[tuple[int, RoleHeld], ...]]:
    """This function will give who holds each of these roles, and where. It is one query."""
    wanted = sorted(roles)
    which = f"""from casework_staffrole held join casework_staff staff on staff.id = held.staff_id
        where held.landlord_id = %s and held.role in ({sql.marks(wanted)}) and staff.is_active"""
    found: dict[str, list[tuple[int, RoleHeld]]] = {}
    for staff_id, role, patches in sql.select(which, [landlord_id, *wanted], _OF_PEOPLE) if wanted else ():
        found.setdefault(role, []).extend((staff_id, held) for held in _held(landlord_id, [(role, tuple(patches))]))
    return {role: tuple(holders) for role, holders in found.items()}


def _held(landlord_id: str, held: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[RoleHeld, ...]:
    landlord = settings_of(landlord_id)
    return tuple(
        RoleHeld(landlord.roles[role], patches, tuple(dict.fromkeys(landlord.area_of(patch) for patch in patches)))
        for role, patches in held
        if role in landlord.roles
    )


def roles_to_lead(staff: Staff, restricted: bool) -> tuple[str, ...]:
    """This function will list the roles in which somebody can lead a case: those that see it and may write in it."""
    return tuple(held.role for held in roles_of(staff) if held.sees(restricted) and held.has("case:write"))


def desks_of(staff: Staff) -> tuple[str, ...]:
    """This function will list the desks whose duties are somebody's own: theirs, and those of their roles."""
    return _desks(staff.landlord_id, staff.pk, roles_of(staff))


def _desks(landlord_id: str, staff_id: int, roles: Iterable[RoleHeld]) -> tuple[str, ...]:
    landlord = settings_of(landlord_id)
    desks = [desk_of_person(staff_id)]
    for held in roles:
        desks.append(desk_of_role(landlord.id, held.role))
        desks.extend(desk_of_role(landlord.id, held.role, patch) for patch in held.patches or landlord.patches)
    return tuple(desks)


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody who is away, and the desks at which a deputy sits for them."""

    staff_id: int
    desks: tuple[str, ...]


def away(staff: Staff, now: datetime) -> tuple[Absent, ...]:
    """This function will list the colleagues for whom somebody stands in at this moment.

    It is one query, asked once in the life of this object of them and for each moment: as their roles are.
    """
    if not staff.is_active:
        return ()
    read: tuple[datetime, tuple[Absent, ...]] | None = staff.__dict__.get("_away")
    if read is None or read[0] != now:
        (rows,) = sql.select_together(_away(staff, now))
        return _keep_away(staff, rows, now)
    return read[1]


def _keep_away(staff: Staff, rows: Iterable[Iterable[Any]], now: datetime) -> tuple[Absent, ...]:
    """Keeps with somebody for whom they stand in at a moment, of the rows that `_away` reads."""
    absent = _absent(staff.landlord_id, rows) if staff.is_active else ()
    staff.__dict__["_away"] = now, absent
    return absent


def _away(staff: Staff, now: datetime) -> sql.Read:
    which = """from casework_deputy deputy join casework_staff absent on absent.id = deputy.staff_id
        left join casework_staffrole held on held.staff_id = absent.id
        where deputy.deputy_id = %s and deputy.since <= %s and deputy.until > %s
        and absent.is_active and absent.landlord_id = %s order by absent.id, held.id"""
    return sql.Read(which, [staff.pk, now, now, staff.landlord_id], (_HELD,), ("absent.id",))


_HELD: sql.Columns = (StaffRole, "held", ("role", "patches"))


def _absent(landlord_id: str, rows: Iterable[Iterable[Any]]) -> tuple[Absent, ...]:
    held: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
    for role, patches, staff_id in rows:
        theirs = held.setdefault(staff_id, [])
        if role is not None:
            theirs.append((role, tuple(patches)))
    return tuple(
        Absent(staff_id, _desks(landlord_id, staff_id, _held(landlord_id, roles))) for staff_id, roles in held.items()
    )


def desk_of_person(staff_id: int) -> str:
    """This function will name the desk of one person."""
    return f"staff:{staff_id}"


def desk_of_role(landlord_id: str, role: str, patch: str = "") -> str:
    """This function will name the desk of a role, in a patch or anywhere."""
    return f"role:{landlord_id}:{role}:{patch}" if patch else f"role:{landlord_id}:{role}"


def kept_from(case: str, staff: str = "%s") -> str:
    """This function will give, in SQL, whether somebody is kept from a case: named in it, related to one who is, set aside.

    `case` and `staff` are what stands for their ids, each of them twice, in the order case, staff, case, staff.
    """
    return (
        f"(exists (select 1 from casework_part part where part.case_id = {case} and part.staff_id = {staff})"  # noqa: S608 - columns and places for parameters alone
        f" or exists (select 1 from casework_keptfrom kept where kept.case_id = {case} and kept.staff_id = {staff}"
        " and kept.ended_at is null))"
    )


def is_kept_from(staff: Any, case: str | OuterRef = "pk") -> Q:
    """This function will give the same as a filter, over rows whose field `case` says which case.

    `staff` is somebody's id, or a reference to it in the row outside.
    """
    case = OuterRef(case) if isinstance(case, str) else case
    named = Part.objects.filter(case=case, staff=staff)
    return Q(Exists(named)) | Q(Exists(KeptFrom.objects.filter(case=case, staff=staff, ended_at=None)))


def visible_cases(staff: Staff, permission: str | None = None, *, now: datetime) -> QuerySet[Case]:
    """This function will give the cases that somebody may see, and no others.

    With a permission, those in which they also have it.
    """
    own, opened = Q(pk__in=_own_cases(staff, now)), Q(pk__in=_opened_in_emergency(staff, now).values_list("case_id"))
    return _visible(staff, permission, own, opened)


def _visible(staff: Staff, permission: str | None, own: Q, opened: Q) -> QuerySet[Case]:
    """`own` are the cases that are somebody's to work on, `opened` those that are open to them in an emergency."""
    roles = roles_of(staff)
    allowed = NOTHING
    for role in roles:
        if permission is None or role.has(permission):
            allowed |= role.as_filter(own)
    for role in _standing_in(staff.landlord_id, roles):
        if permission is None or role.has(permission):
            allowed |= role.as_filter(own) & is_without_a_lead(staff.landlord_id)
    if _in_emergency(roles, permission):
        allowed |= Q(restricted=False) & opened
    there = Case.objects.exclude(status=DISPOSED)
    return there.filter(allowed, ~is_kept_from(staff.pk), landlord_id=staff.landlord_id)


def is_visible(staff: Staff, column: str, *, now: datetime) -> tuple[str, list[Any]]:
    """This function will give, in SQL with its values, whether the case whose id stands in a column is one of `visible_cases`.

    It is asked of one case after another, and never gathers all that somebody sees.
    """
    seen, values = is_seen(staff, now=now)
    return f"exists (select 1 from casework_case where {seen} and casework_case.id = {column})", values  # noqa: S608 - a column and places for parameters alone


def is_seen(staff: Staff, *, now: datetime) -> tuple[str, list[Any]]:
    """This function will give the conditions of `visible_cases` in SQL with its values, on the table of cases by its own name.

    For a read that joins the case itself: planned in two thirds of the time that asking `is_visible` beside the join takes.
    The SQL is the same for as long as they stand as they do, and is made once: making it costs more than the read.
    """
    stands = (staff.pk, staff.landlord_id, staff.is_active, staff.roles_held, away(staff, now), connection.vendor)
    moment = connection.ops.adapt_datetimefield_value(now)
    made = _made.get((*stands, id(settings_of(staff.landlord_id))))
    if made is None:
        opened = Q(Exists(_opened_in_emergency(staff, now).filter(case=OuterRef("pk"))))
        seen = _visible(staff, None, _is_own(staff, now), opened)
        try:
            text, values = seen.values("pk").query.sql_with_params()
        except EmptyResultSet:
            text, values = f" WHERE {_NO}", ()
        made = (
            text.partition(" WHERE ")[2],
            tuple(values),
            frozenset(place for place, value in enumerate(values) if value == moment),
        )
        if len(_made) >= _MADE_AT_MOST:
            _made.clear()
        _made[*stands, id(settings_of(staff.landlord_id))] = made
    text, then, moments = made
    return text, [moment if place in moments else value for place, value in enumerate(then)]


_made: dict[tuple[object, ...], tuple[str, tuple[Any, ...], frozenset[int]]] = {}
_MADE_AT_MOST = 512


def ids_of(cases: QuerySet[Case]) -> tuple[str, list[Any]]:
    """This function will give the ids of some cases as SQL and its values."""
    try:
        text, values = cases.values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "select 0 where 1 = 0", []
    return text, list(values)


def knowing(case: Case, people: Sequence[int] = (), *, now: datetime) -> sql.Read:
    """This function will say how it is read who may know the protected addresses of the people in a case; `known` takes the rows.

    `people` are their ids in the register with those of whoever is one with them, where they are known already. Whoever left, or
    is kept from the case, is not among those who may know, whoever named them.
    """
    whose = sql.marks(people)
    if not people:
        whose = f"""select same.id from casework_part part join casework_person who on who.id = part.person_id
            {one_with("who", "same")} where part.case_id = %s"""  # noqa: S608 - our own words; every value is a parameter
    return sql.Read(
        f"""from casework_mayknow mayknow join casework_staff knower on knower.id = mayknow.staff_id
        where mayknow.person_id in ({whose})
        and mayknow.ended_at is null and (mayknow.until is null or mayknow.until > %s)
        and knower.is_active and not {kept_from("%s", "knower.id")} order by mayknow.id""",
        [*(people or (case.pk,)), now, case.pk, case.pk],
        also=("mayknow.person_id", "mayknow.address", "mayknow.staff_id"),
    )


@dataclass(frozen=True, slots=True)
class Known:
    """Who may know which protected address of the people of a case: person → fingerprint of the address → whom, first named first."""

    to: Mapping[int, Mapping[str, tuple[int, ...]]]

    def may_know(self, staff: Staff, person_id: int, address: str | None = None) -> bool:
        """This function will say whether somebody who sees the case may know an address of a person; or, where none is said, every one."""
        of = self.to.get(person_id, {})
        if address is not None:
            return staff.pk in of.get(address, ())
        return bool(of) and all(staff.pk in knowers for knowers in of.values())

    def knowers(self, person_id: int, address: str | None = None) -> tuple[int, ...]:
        """This function will give the ids of those who may know an address of a person; or, where none is said, any of theirs."""
        of = self.to.get(person_id, {})
        said = of.values() if address is None else (of.get(address, ()),)
        return tuple(dict.fromkeys(one for knowers in said for one in knowers))


def known(rows: Iterable[Sequence[Any]]) -> Known:
    """This function will give who may know, of the rows that `knowing` reads."""
    to: dict[int, dict[str, tuple[int, ...]]] = {}
    for person_id, address, staff_id in rows:
        of = to.setdefault(person_id, {})
        of[address] = (*of.get(address, ()), staff_id)
    return Known(to)


def known_in(case: Case, *, now: datetime) -> Known:
    """This function will give who may know the protected addresses of the people of a case. It is one query."""
    return known(sql.select_together(knowing(case, now=now))[0])


def _standing_in(landlord_id: str, roles: Iterable[RoleHeld]) -> tuple[RoleHeld, ...]:
    """Of these roles, those that have a case which the lead may not see; each as it is there."""
    named = settings_of(landlord_id).when_the_lead_is_named
    return tuple(role.in_place_of_the_lead() for role in roles if role.role in named)


def is_without_a_lead(landlord_id: str) -> Q:
    """This function will give, as a filter, the cases from which everybody is kept to whom triage escalates."""
    leads = StaffRole.objects.filter(
        landlord_id=landlord_id, role__in=settings_of(landlord_id).escalates_to, staff__is_active=True
    )
    kept = is_kept_from(OuterRef("staff_id"), OuterRef(OuterRef("pk")))
    return Q(Exists(leads.filter(kept))) & ~Q(Exists(leads.filter(~kept)))


def without_a_lead(landlord_id: str) -> str:
    """This function will give the same in SQL, of a case `matter`; its parameters are the roles, and once more the roles."""
    roles = sql.marks(settings_of(landlord_id).escalates_to)
    lead = f"""exists (select 1 from casework_staffrole leader join casework_staff lead_staff on lead_staff.id = leader.staff_id
        where leader.landlord_id = matter.landlord_id and leader.role in ({roles}) and lead_staff.is_active and """  # noqa: S608 - as above
    kept = kept_from("matter.id", "leader.staff_id")
    return f"{lead} {kept}) and not {lead} not {kept})"


def _in_emergency(roles: Iterable[RoleHeld], permission: str | None) -> tuple[RoleHeld, ...]:
    """What is left of the roles for an emergency: of those that see cases, where one of them lets somebody use it."""
    if not any(role.has("emergency:use") for role in roles):
        return ()
    left = (role.in_emergency() for role in roles if role.sees(False))
    return tuple(role for role in left if permission is None or role.has(permission))


def case_in_emergency(staff: Staff, reference: str) -> tuple[Case | None, bool]:
    """This function will give the case of a reference, if there is one, and whether somebody may open it in an emergency.

    It is for the action that opens it: nobody is told which of the two it was.
    """
    rows = sql.select(
        "from casework_case matter where matter.landlord_id = %s and matter.reference = %s and matter.status <> %s",
        [staff.pk, staff.pk, staff.landlord_id, reference, DISPOSED],
        _CASE,
        also=(_KEPT,),
    )
    if not rows:
        return None, False
    *values, is_kept = rows[0]
    case = Case.from_db("default", _CASE[2], values)
    return case, bool(_in_emergency(roles_of(staff), None)) and not is_kept and not case.restricted


def _opened_in_emergency(staff: Staff, now: datetime) -> QuerySet[EmergencyAccess]:
    return EmergencyAccess.objects.filter(staff=staff, at__lte=now, until__gt=now)


_CASE: sql.Columns = (Case, "matter", sql.fields_of(Case))
_SEEN = f"from casework_case matter where matter.status <> '{DISPOSED}' and matter.landlord_id = %s"
_KEPT = kept_from("matter.id")


def find_case(staff: Staff, reference: str, *, now: datetime) -> tuple[Case, Standing]:
    """This function will find a case by its reference, with somebody's standing in it.

    It raises NotFound where there is none, and where they may not see it.
    """
    rows, others = sql.select_together(_finding(staff, "matter.reference = %s", reference), _away(staff, now))
    # For whom they stand in matters to most pages of a case: it takes no journey of its own.
    _keep_away(staff, others, now)
    return found(staff, rows, now=now)


def finding(staff: Staff, case: Case) -> sql.Read:
    """This function will say how a case is read again, and kept from everybody else's hands until the transaction ends.

    `found` takes the rows, and those of `keeping`, which are read with it.
    """
    return _finding(staff, "matter.id = %s", case.pk, _NO, (), sql.for_update("matter"))


_NO = "1 = 0"
"""In SQL: no. For what is asked beside, or not at all."""


def _finding(
    staff: Staff, which: str, value: object, kept: str = _KEPT, of_kept: Sequence[object] | None = None, lock: str = ""
) -> sql.Read:
    named, names = _asked_of_the_lead(staff.landlord_id, roles_of(staff))
    of_kept = (staff.pk, staff.pk) if of_kept is None else of_kept
    return sql.Read(
        f"{_SEEN} and {which} {lock}", [*of_kept, *names, staff.landlord_id, value], (_CASE,), also=(kept, named)
    )


def found(
    staff: Staff, rows: Sequence[Sequence[Any]], *, now: datetime, away: Kept | None = None
) -> tuple[Case, Standing]:
    """This function will give the case that was read by `finding`, with somebody's standing in it; `away` are who is kept from it.

    It raises NotFound where there is none, and where they may not see it.
    """
    roles = roles_of(staff)
    if not roles:
        raise NotFound
    if not rows:
        # What is not there takes as long as what may not be seen.
        _beside_the_roles(roles, None, staff, now)
        raise NotFound
    *values, kept, without_lead = rows[0]
    case = Case.from_db("default", _CASE[2], values)
    is_kept = bool(kept) or (away is not None and staff.pk in away.people)
    standing = _standing(roles, case, staff, kept=is_kept, without_lead=bool(without_lead), now=now)
    if not standing.sees:
        raise NotFound
    return case, standing


def _asked_of_the_lead(landlord_id: str, roles: Iterable[RoleHeld]) -> tuple[str, tuple[str, ...]]:
    """Whether the lead may see the case is asked only where somebody has a role that would have it then."""
    landlord = settings_of(landlord_id)
    if any(role.role in landlord.when_the_lead_is_named for role in roles):
        return f"({without_a_lead(landlord_id)})", landlord.escalates_to * 2
    return _NO, ()


def standing_of(staff: Staff, case: Case, *, now: datetime) -> Standing:
    """This function will give somebody's standing in a case; one with no roles where they may not see it."""
    try:
        return found(staff, *sql.select_together(_finding(staff, "matter.id = %s", case.pk)), now=now)[1]
    except NotFound:
        return Standing(())


def sees_without_desk(roles: Iterable[RoleHeld], case: Case, staff_id: int) -> bool:
    """This function will say whether a case would be seen by somebody on whose desk none of its duties lay."""
    own = case.lead_id == staff_id
    return any(role.reaches(case, own=own) for role in roles)


def _standing(
    roles: tuple[RoleHeld, ...], case: Case, staff: Staff, *, kept: bool, without_lead: bool, now: datetime
) -> Standing:
    """The roles through which somebody sees a case; whether it is theirs otherwise is asked only if it matters."""
    if without_lead:
        roles = (*roles, *_standing_in(staff.landlord_id, roles))
    own = case.lead_id == staff.pk
    reaching = tuple(role for role in roles if role.reaches(case, own=own))
    if not kept and len(reaching) == len(roles):
        return Standing(reaching)
    is_own, emergency_until = _beside_the_roles(roles, case, staff, now)
    if kept:
        return Standing(())
    reaching = tuple(role for role in roles if role.reaches(case, own=own or is_own))
    if emergency_until is None or case.restricted:
        return Standing(reaching)
    in_emergency = _in_emergency(roles, None)
    return Standing((*reaching, *in_emergency), None if reaching or not in_emergency else emergency_until)


def _beside_the_roles(
    roles: Iterable[RoleHeld], case: Case | None, staff: Staff, now: datetime
) -> tuple[bool, datetime | None]:
    """Whether a case is somebody's to work on, as their own or as a deputy; and until when it is open to them in an emergency."""
    case_id = case.pk if case else 0
    desks = _desks(staff.landlord_id, staff.pk, roles)
    theirs, others, opened = sql.select_together(
        sql.Read("", [case_id, *desks, case_id, staff.pk], (), (f"{_on_desk(desks)} or {_HANDED}",)),
        _away(staff, now),
        sql.Read(_OPENED, [case_id, staff.pk, now, now], (_UNTIL,)),
    )
    absent = _absent(staff.landlord_id, others)
    is_own = bool(absent and _is_of_the_absent(absent, case_id)) or bool(theirs[0][0])
    return is_own, max((row[0] for row in opened), default=None)


def _on_desk(desks: tuple[str, ...]) -> str:
    return f"exists (select 1 from casework_dutydesk where case_id = %s and desk in ({sql.marks(desks)}))"  # noqa: S608 - places for parameters alone


_HANDED = "exists (select 1 from casework_referral where case_id = %s and to_staff_id = %s and received_at is null)"
_LED = "exists (select 1 from casework_case where id = %s and lead_id = %s)"
_OPENED = "from casework_emergencyaccess opened where case_id = %s and staff_id = %s and at <= %s and until > %s"
_UNTIL: sql.Columns = (EmergencyAccess, "opened", ("until",))


def _is_of_the_absent(absent: Iterable[Absent], case_id: int) -> bool:
    """Whether a case is somebody's who is away. From whom it is kept, to their deputy it is not theirs either."""
    asked, values = [], []
    for one in absent:
        asked.append(f"(({_LED} or {_on_desk(one.desks)}) and not {kept_from('%s')})")
        values += [case_id, one.staff_id, case_id, *one.desks, case_id, one.staff_id, case_id, one.staff_id]
    return bool(sql.select("", values, also=(" or ".join(asked),))[0][0])


def _own_cases(staff: Staff, now: datetime) -> QuerySet[Case, int]:
    """This function will give the ids of the cases that are somebody's to work on, by short reads of an index."""
    led = Case.objects.filter(lead=staff).values_list("pk", flat=True)
    on_desk = DutyDesk.objects.filter(desk__in=desks_of(staff)).values_list("case_id", flat=True)
    handed = Referral.objects.filter(to_staff=staff, received_at=None).values_list("case_id", flat=True)
    of_others: list[QuerySet[Any, int]] = []
    for one in away(staff, now):
        led_by_them = Case.objects.filter(~is_kept_from(one.staff_id), lead=one.staff_id)
        on_theirs = DutyDesk.objects.filter(~is_kept_from(one.staff_id, "case_id"), desk__in=one.desks)
        of_others += [led_by_them.values_list("pk", flat=True), on_theirs.values_list("case_id", flat=True)]
    return led.union(on_desk, handed, *of_others)


def _is_own(staff: Staff, now: datetime) -> Q:
    """This function will give the same as a filter that is asked of one case after another."""
    handed = Referral.objects.filter(case=OuterRef("pk"), to_staff=staff, received_at=None)
    found = Q(lead=staff) | Q(Exists(_on_a_desk(desks_of(staff)))) | Q(Exists(handed))
    for one in away(staff, now):
        theirs = Q(lead=one.staff_id) | Q(Exists(_on_a_desk(one.desks)))
        found |= ~is_kept_from(one.staff_id) & theirs
    return found


def _on_a_desk(desks: Iterable[str]) -> QuerySet[DutyDesk]:
    return DutyDesk.objects.filter(case=OuterRef("pk"), desk__in=desks)


@overload
def can(staff: Staff, permission: str) -> bool: ...
@overload
def can(staff: Staff, permission: str, case: Case, *, now: datetime) -> bool: ...
def can(staff: Staff, permission: str, case: Case | None = None, *, now: datetime | None = None) -> bool:
    """This function will say whether somebody may do something: at all, or in this case at this moment."""
    if case is not None:
        if now is None:
            raise TypeError("what somebody may do in a case depends on the moment")
        return standing_of(staff, case, now=now).can(permission)
    if not staff.is_active:
        return False
    return permission in EVERYBODY or any(role.has(permission) for role in roles_of(staff))


def permissions_of(staff: Staff) -> frozenset[str]:
    """This function will give everything that somebody may do at all, for a page that asks of many things."""
    held = (role.settings.permissions for role in roles_of(staff))
    return EVERYBODY.union(*held) if staff.is_active else frozenset()


def may_name_deputy(by: Staff, staff: Staff) -> bool:
    """This function will say whether somebody may name a deputy for `staff`, and end what one does."""
    if by.landlord_id != staff.landlord_id:
        return False
    return (by.pk == staff.pk and by.is_active) or can(by, "staff:administer") or can(by, "staff:approve")


def cases_kept_of(staff: Staff) -> QuerySet[Case]:
    """This function will give the cases of which somebody may know how long they are kept: all of their landlord's, by reference.

    They need `retention:see` for it, and learn nothing of what a case tells. Where they are kept from a case, it is not there.
    """
    demand(staff, "retention:see")
    return Case.objects.filter(~is_kept_from(staff.pk), landlord_id=staff.landlord_id)


def find_kept(staff: Staff, reference: str, *, lock: bool = False) -> Case:
    """This function will find such a case by its reference, and with `lock` let nobody write in it until the transaction ends.

    It raises NotFound where there is none, where it was disposed of, and where they are kept from it.
    """
    found = cases_kept_of(staff).exclude(status=DISPOSED).filter(reference=reference)
    case = (found.select_for_update(of=("self",)) if lock else found).first()
    if case is None:
        raise NotFound
    return case


def may_review_emergencies(staff: Staff) -> bool:
    """This function will say whether somebody reviews emergencies: by a role, or in place of a lead who may not see the case."""
    standing_in = settings_of(staff.landlord_id).when_the_lead_is_named
    return any(role.has("emergency:review") or role.role in standing_in for role in roles_of(staff))


def find_marker(staff: Staff, mark: str, *, now: datetime) -> Marker:
    """This function will find a marker that somebody looks after, by its mark; it raises NotFound.

    One that was set from a case is looked after by whoever may set one there. One of no case, by whoever set it, and when they
    have left by those to whom triage escalates: a colleague who sees a marker, and not why, learns nothing by that.
    """
    marker = (
        Marker.objects.filter(landlord_id=staff.landlord_id, mark=mark).select_related("case", "home", "by").first()
    )
    if marker is None:
        raise NotFound
    if marker.case is not None:
        standing = standing_of(staff, marker.case, now=now)
        if not standing.sees or standing.why_not_record("marker"):
            raise NotFound
    elif not can(staff, "marker:set") or not (marker.by_id == staff.pk or (not marker.by.is_active and leads(staff))):
        raise NotFound
    return marker


def visible_meetings(staff: Staff, *, now: datetime) -> QuerySet[MaracMeeting]:
    """This function will give the meetings of the MARAC that somebody may see. Raises Refused.

    Those of the areas of a role with `marac:see` (held with no patch: all of them), those to which they go or went, and those that
    hear a case which they see.
    """
    demand(staff, "marac:see")
    every = MaracMeeting.objects.filter(landlord_id=staff.landlord_id)
    held = [role for role in roles_of(staff) if role.has("marac:see")]
    if any(not role.patches for role in held):
        return every
    areas = {area for role in held for area in role.areas}
    goes = MaracAttendance.objects.filter(meeting=OuterRef("pk"), staff=staff)
    heard = MaracListing.objects.filter(meeting=OuterRef("pk"), case__in=visible_cases(staff, now=now))
    return every.filter(Q(area__in=areas) | Q(Exists(goes)) | Q(Exists(heard)))


def visible_listings(staff: Staff, *, now: datetime) -> QuerySet[MaracListing]:
    """This function will give the cases on the lists of meetings that somebody may see: those of the cases that they see.

    Somebody whom a list names, and who was not found yet, is there for whoever arranges meetings.
    """
    seen = Q(case__in=visible_cases(staff, now=now))
    if can(staff, "marac:arrange"):
        seen |= Q(case=None)
    return MaracListing.objects.filter(seen, landlord_id=staff.landlord_id)


def visible_actions(staff: Staff, *, now: datetime) -> QuerySet[MaracAction]:
    """This function will give the actions of meetings that somebody may see: those in cases that they see, and those of no case.

    One about somebody who was not found yet is there for its owner, and for whoever arranges the meeting. Raises Refused.
    """
    theirs = Q(case=None, meeting__in=visible_meetings(staff, now=now))
    if not can(staff, "marac:arrange"):
        theirs &= Q(listing=None)
    seen = Q(case__in=visible_cases(staff, now=now)) | Q(case=None, owner=staff) | theirs
    return MaracAction.objects.filter(seen, landlord_id=staff.landlord_id)


def was_there(staff: Staff, meeting_id: int) -> bool:
    """This function will say whether somebody is recorded as having come to a meeting: they alone may see its minutes."""
    return MaracAttendance.objects.filter(meeting=meeting_id, staff=staff, came="came").exists()


def leads(staff: Staff) -> bool:
    """This function will say whether somebody is one of those to whom triage escalates."""
    escalates_to = settings_of(staff.landlord_id).escalates_to
    return any(role.role in escalates_to for role in roles_of(staff))


def demand(staff: Staff, permission: str) -> None:
    """This function will raise Refused, with a sentence, where somebody may not do something at all."""
    if not can(staff, permission):
        raise Refused(f"Your role may not do this: {PERMISSIONS[permission][0].lower()}{PERMISSIONS[permission][1:]}")


def cases_kept_from(staff: Staff) -> frozenset[int]:
    """This function will give the ids of the cases from which somebody is kept: named in it, related, set aside. It is one journey."""
    named, others = sql.select_together(
        sql.Read("from casework_part part where part.staff_id = %s", [staff.pk], also=("part.case_id",)),
        sql.Read(
            "from casework_keptfrom kept where kept.staff_id = %s and kept.ended_at is null",
            [staff.pk],
            also=("kept.case_id",),
        ),
    )
    return frozenset(row[0] for row in (*named, *others))


ASKED_IN_VAIN = ("view", "open_in_emergency")
"""What somebody is refused for a case that is not there as for one that is hidden."""


def log_to_see(staff: Staff, kept: Iterable[int]) -> QuerySet[Log]:
    """This function will give the rows of the log that somebody may see: their landlord's, with nothing of the cases in `kept`.

    It raises Refused. Of a case from which they are kept, what somebody was refused stays, as it would for a case that is not
    there, or its absence would say that it is: whoever shows such a row says no case.
    """
    demand(staff, "audit:see")
    hidden = Q(case_id__in=list(kept))
    as_if_not_there = Q(what__in=ASKED_IN_VAIN, outcome="refused")
    return Log.objects.filter(Q(case=None) | ~hidden | as_if_not_there, landlord_id=staff.landlord_id)


def cases_to_audit(staff: Staff) -> QuerySet[Case]:
    """This function will give the cases in which somebody may look for a person, to see who looked at them; it is not sight of them.

    None that is restricted: that a colleague is in a case is for those who see it, who can give its reference.
    """
    if not can(staff, "audit:see"):
        return Case.objects.none()
    there = Case.objects.exclude(status=DISPOSED)
    return there.filter(~is_kept_from(staff.pk), landlord_id=staff.landlord_id, restricted=False)


def case_to_audit(staff: Staff, reference: str) -> Case:
    """This function will give the case of a reference whose log somebody may see. Raises Refused; NotFound."""
    demand(staff, "audit:see")
    rows = sql.select(
        "from casework_case matter where matter.landlord_id = %s and matter.reference = %s",
        [staff.pk, staff.pk, staff.landlord_id, reference],
        _CASE,
        also=(_KEPT,),
    )
    if not rows or rows[0][-1]:
        raise NotFound
    return Case.from_db("default", _CASE[2], rows[0][:-1])


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
