"""Takes two people in the register apart again, who were said to be one: each is exactly as they were."""

from collections.abc import Collection, Iterator
from datetime import datetime

from fanlight.casework.access import NotFound, demand
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.merge_people import check_reason
from fanlight.casework.actions.protected import unprotect_apart
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import FoundBy, MayKnow, Merge, Move, Part, Person, Resident, Staff, Way, group_of
from fanlight.casework.queries.find_people import person_seen


def unmerge_people(*, merge: int, reason: str, by: Staff, now: datetime) -> None:
    """This function will end a merge, and say why. The note that they were merged stays.

    Those who were merged with one of the two before or since stay with that one. Raises Refused, NotFound, Faulty.
    """
    with logged("unmerge_people", by=by, now=now) as log:
        demand(by, "register:merge")
        log.head()
        live = Merge.objects.select_for_update(of=("self",)).filter(landlord_id=by.landlord_id, ended_at=None)
        row = live.filter(pk=merge).first()
        if row is None or any(person_seen(by, number, now=now) is None for number in (row.person_id, row.into_id)):
            raise NotFound
        check_reason(reason)
        row.ended_at, row.ended_by, row.end_reason = now, by, clean_text(reason)
        row.save(update_fields=["ended_at", "ended_by", "sealed_end_reason"])
        root = row.into.merged_into or row.into
        group = group_of(root.pk)
        _read_anew(group, by.landlord_id)
        for case, owner in _told_of_both(row, root):
            _give_back(case, root, owner, row.at, by, now)
        unprotect_apart(group, row.hidden, now)
        log.detail.update(merge=row.pk)


def _read_anew(group: Collection[int], landlord_id: str) -> None:
    """Says anew of everybody of the one group where the chain of their merges ends."""
    merges = Merge.objects.filter(landlord_id=landlord_id, ended_at=None, person__in=group)
    into = dict(merges.values_list("person_id", "into_id"))
    for number in group:
        end = number
        while end in into:
            end = into[end]
        Person.objects.filter(pk=number).update(merged_into=end if end != number else None)


def _told_of_both(row: Merge, root: Person) -> Iterator[tuple[int, Person]]:
    """The cases that wrote something down of the two as one, and have in them whoever was merged, and nobody who is `root`."""
    said = (
        Way.objects.filter(person=root, at__gte=row.at),
        Move.objects.filter(person=root, asked_at__gte=row.at),
        MayKnow.objects.filter(person=root, at__gte=row.at),
    )
    cases = {case for rows in said for case in rows.values_list("case", flat=True)}
    theirs = group_of(row.person_id)
    for case in cases:
        parts = Part.objects.filter(case=case, person__isnull=False).select_related("person")
        people = [part.person for part in parts if part.person]
        if any(root.pk in (person.pk, person.merged_into_id) for person in people):
            continue
        owner = next((person for person in people if person.pk in theirs), None)
        if owner is not None:
            yield case, owner


def _give_back(case: int, root: Person, owner: Person, since: datetime, by: Staff, now: datetime) -> None:
    """Gives what a case wrote down of the two as one to whom of them that case has in it."""
    for way in Way.objects.filter(person=root, case=case, at__gte=since).select_related("person", "case"):
        value, terms = way.value, way.terms_text
        way.person = owner
        way.value, way.terms_text = value, terms
        way.save(update_fields=["person", "sealed_value", "sealed_terms"])
    FoundBy.objects.filter(person=root, case=case).update(person=owner)
    for move in Move.objects.filter(person=root, case=case, asked_at__gte=since):
        went = Resident.objects.filter(person=root, home=move.new_home_id, imported_as="", came_hidden=True)
        went.update(person=owner)
        Move.objects.filter(pk=move.pk).update(person=owner)
    known = MayKnow.objects.filter(person=root, case=case, at__gte=since)
    for one in known.filter(ended_at=None):
        if MayKnow.objects.filter(person=owner, staff=one.staff_id, address=one.address, ended_at=None).exists():
            MayKnow.objects.filter(pk=one.pk).update(ended_at=now, ended_by=by)
    known.update(person=owner)
