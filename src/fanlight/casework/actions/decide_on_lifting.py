"""Lifts the protection of an address that somebody else asked to have lifted, or keeps it."""

from datetime import datetime

from django.db.models import Q, QuerySet

from fanlight.casework.access import NotFound, Refused, visible_cases
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.moving import demand_authoriser
from fanlight.casework.actions.protected import lift
from fanlight.casework.actions.register import index_person
from fanlight.casework.actions.set_aside import checked_reason
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import Case, Lifting, Person, Staff, Way, group_of
from fanlight.casework.models.contact import ADDRESSES


def decide_on_lifting(*, case: Case, number: int, lifts: bool, reason: str = "", by: Staff, now: datetime) -> None:
    """This function will lift the protection of an address, or keep it, with a reason.

    It is lifted in the cases that `by` sees: where another protects the same address, it stays withheld everywhere. Whoever
    asked does not decide. Raises NotFound, Refused, Faulty.
    """
    with logged("decide_on_lifting", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_authoriser(standing)
        row = Lifting.objects.filter(case=locked, pk=number).select_related("person", "way").first()
        if row is None:
            raise NotFound
        row.case = locked
        log.detail["lifting"] = row.pk
        if row.outcome:
            raise Refused("It was decided on already.")
        if row.asked_by_id == by.pk:
            raise Refused("You asked for it: somebody else decides.")
        if lifts and row.way is not None and not _the_same(row).filter(case=locked, ended_at=None).exists():
            raise Refused("That address is theirs no more, and stays protected as it was.")
        row.outcome, row.decided_at, row.decided_by = "lifted" if lifts else "kept", now, by
        row.decision = clean_text(reason) if lifts else checked_reason(reason)
        row.save()
        if lifts:
            _lift(row, by, now)
        log.detail["outcome"] = row.outcome


def _the_same(row: Lifting) -> QuerySet[Way]:
    """The ways that say the address, whatever became of them since it was asked for."""
    if row.way is None:
        return Way.objects.none()
    same = Q(value_index=row.way.value_index) if row.way.value_index else Q(pk=row.way.pk)
    return Way.objects.filter(same, person__in=group_of(row.person_id), kind__in=ADDRESSES, is_protected=True)


def _lift(row: Lifting, by: Staff, now: datetime) -> None:
    seen = _the_same(row).filter(case__in=visible_cases(by, now=now).values("pk"))
    address = row.way.value_index if row.way else ""
    lift(row.person, address, list(seen.values_list("pk", flat=True)), by=by, now=now)
    for person in Person.objects.filter(pk__in=group_of(row.person_id)):
        index_person(person)
