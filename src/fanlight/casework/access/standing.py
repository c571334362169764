"""How somebody stands in one case: whether they see it, and what they may do in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, overload

from fanlight.casework import sql
from fanlight.casework.access.desks import Absent, absent_of, desks_for, keep_away, reading_away
from fanlight.casework.access.kept import CASE, IS_KEPT, Kept, kept_from, without_a_lead
from fanlight.casework.access.permissions import PERMISSIONS
from fanlight.casework.access.refusals import NotFound, Refused
from fanlight.casework.access.roles import RoleHeld, leads, left_in_emergency, may, roles_of, standing_in
from fanlight.casework.access.seeing import DISPOSED, NO
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, EmergencyAccess, Marker, Referral, Staff
from fanlight.policy.vocabulary import ENTRY_KINDS

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

EMERGENCY_LASTS = timedelta(hours=4)


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


def case_in_emergency(staff: Staff, reference: str) -> tuple[Case | None, bool]:
    """This function will give the case of a reference, if there is one, and whether somebody may open it in an emergency.

    It is for the action that opens it: nobody is told which of the two it was.
    """
    rows = sql.select(
        "from casework_case matter where matter.landlord_id = %s and matter.reference = %s and matter.status <> %s",
        [staff.pk, staff.pk, staff.landlord_id, reference, DISPOSED],
        CASE,
        also=(IS_KEPT,),
    )
    if not rows:
        return None, False
    *values, is_kept = rows[0]
    case = Case.from_db("default", CASE[2], values)
    return case, bool(left_in_emergency(roles_of(staff), None)) and not is_kept and not case.restricted


_SEEN = f"from casework_case matter where matter.status <> '{DISPOSED}' and matter.landlord_id = %s"


def find_case(staff: Staff, reference: str, *, now: datetime) -> tuple[Case, Standing]:
    """This function will find a case by its reference, with somebody's standing in it.

    It raises NotFound where there is none, and where they may not see it.
    """
    rows, others = sql.select_together(_finding(staff, "matter.reference = %s", reference), reading_away(staff, now))
    # For whom they stand in matters to most pages of a case: it takes no journey of its own.
    keep_away(staff, others, now)
    return found(staff, rows, now=now)


def finding(staff: Staff, case: Case) -> sql.Read:
    """This function will say how a case is read again, and kept from everybody else's hands until the transaction ends.

    `found` takes the rows, and those of `keeping`, which are read with it.
    """
    return _finding(staff, "matter.id = %s", case.pk, NO, (), sql.for_update("matter"))


def _finding(
    staff: Staff,
    which: str,
    value: object,
    kept: str = IS_KEPT,
    of_kept: Sequence[object] | None = None,
    lock: str = "",
) -> sql.Read:
    named, names = _asked_of_the_lead(staff.landlord_id, roles_of(staff))
    of_kept = (staff.pk, staff.pk) if of_kept is None else of_kept
    return sql.Read(
        f"{_SEEN} and {which} {lock}", [*of_kept, *names, staff.landlord_id, value], (CASE,), also=(kept, named)
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
    case = Case.from_db("default", CASE[2], values)
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
    return NO, ()


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
        roles = (*roles, *standing_in(staff.landlord_id, roles))
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
    in_emergency = left_in_emergency(roles, None)
    return Standing((*reaching, *in_emergency), None if reaching or not in_emergency else emergency_until)


def _beside_the_roles(
    roles: Iterable[RoleHeld], case: Case | None, staff: Staff, now: datetime
) -> tuple[bool, datetime | None]:
    """Whether a case is somebody's to work on, as their own or as a deputy; and until when it is open to them in an emergency."""
    case_id = case.pk if case else 0
    desks = desks_for(staff.landlord_id, staff.pk, roles)
    theirs, others, opened = sql.select_together(
        sql.Read("", [case_id, *desks, case_id, staff.pk], (), (f"{_on_desk(desks)} or {_HANDED}",)),
        reading_away(staff, now),
        sql.Read(_OPENED, [case_id, staff.pk, now, now], (_UNTIL,)),
    )
    absent = absent_of(staff.landlord_id, others)
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
    return may(staff, permission)


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
