"""Who sees how long a case is kept, and who looked at it: neither is sight of the case."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from fanlight.casework import sql
from fanlight.casework.access.kept import CASE, IS_KEPT, is_kept_from
from fanlight.casework.access.refusals import NotFound
from fanlight.casework.access.roles import demand
from fanlight.casework.access.seeing import DISPOSED
from fanlight.casework.access.standing import can
from fanlight.casework.models import Case, Log, Staff


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
        CASE,
        also=(IS_KEPT,),
    )
    if not rows or rows[0][-1]:
        raise NotFound
    return Case.from_db("default", CASE[2], rows[0][:-1])
