"""Takes two people in the register apart again, who were said to be one: each is exactly as they were."""

from datetime import datetime

from django.db.models import Q

from fanlight.casework.access import NotFound, demand
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.merge_people import check_reason
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import Merge, Part, Person, Staff, Way
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
        before = _read_anew(row, by.landlord_id)
        _give_back(row, before)
        log.detail.update(merge=row.pk)


def _give_back(row: Merge, root: int) -> None:
    """This function will give the ways that a case wrote down of the two as one to whom of them that case has in it."""
    for way in Way.objects.filter(person=root, at__gte=row.at).select_related("person", "case"):
        same = Q(person=root) | Q(person__merged_into=root)
        if Part.objects.filter(same, case=way.case_id).exists():
            continue
        theirs = Part.objects.filter(case=way.case_id, person__isnull=False).exclude(same)
        owner = next((part.person for part in theirs.select_related("person") if _was_of(part.person, row)), None)
        if owner is not None:
            value, terms = way.value, way.terms_text
            way.person = owner
            way.value, way.terms_text = value, terms
            way.save(update_fields=["person", "sealed_value", "sealed_terms"])


def _was_of(person: Person | None, row: Merge) -> bool:
    """Whether somebody was of the side that was merged into the other."""
    return person is not None and row.person_id in (person.pk, person.merged_into_id)


def _read_anew(row: Merge, landlord_id: str) -> int:
    """This function will say anew of everybody of the one group where the chain of their merges ends; it gives where it ended before."""
    root = row.into.merged_into_id or row.into_id
    group = set(Person.objects.filter(merged_into=root).values_list("pk", flat=True)) | {root}
    merges = Merge.objects.filter(landlord_id=landlord_id, ended_at=None, person__in=group)
    into = dict(merges.values_list("person_id", "into_id"))
    for number in group:
        end = number
        while end in into:
            end = into[end]
        Person.objects.filter(pk=number).update(merged_into=end if end != number else None)
    return root
