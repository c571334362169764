"""Who is kept from a case, whatever their role: named in it, related to somebody who is, set aside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from fanlight.casework import sql
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, KeptFrom, Part, Staff, StaffRole

PARTIES = ("person_at_risk", "causing_harm", "adult_at_risk")
"""A case is restricted where a colleague has one of these parts in it."""


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


CASE: sql.Columns = (Case, "matter", sql.fields_of(Case))

IS_KEPT = kept_from("matter.id")


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
