"""What goes with a report that is joined to a case, kind by kind: nothing hangs where nobody looks. No verb.

Entries are copied with their own moments, since the record is never changed; what stands beside an entry, or is known through the
case, moves, so that it stands once in lists, registers and figures and can go on. What stands beside an entry that was struck
before stays beside it. What is known of the report itself (who opened it in an emergency, how long it is kept) stays with it.
It is shown in the case to whoever sees that, as the entries are: those who are kept from the report are kept from the case
first, and a protected address is known in either to the same people.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from fanlight.casework import keys, rulings
from fanlight.casework.access import Refused
from fanlight.casework.actions.merge_people import join, root_of
from fanlight.casework.actions.plan_items import keep_waiting
from fanlight.casework.actions.register import NAME_NOT_KNOWN, enter_parts, index_person
from fanlight.casework.keys import Place, Subject
from fanlight.casework.models import (
    Assessment,
    AssessmentDraft,
    Case,
    ChildSaid,
    Consent,
    Disposal,
    DisposalReview,
    Duty,
    DutyDesk,
    EmergencyAccess,
    Entry,
    FoundBy,
    Hold,
    Interview,
    KeptFrom,
    Letter,
    Lifting,
    Log,
    MaracAction,
    MaracListing,
    MaracReferral,
    Marker,
    MayKnow,
    Move,
    MoveAnswer,
    MoveChange,
    MustNotReceive,
    Offered,
    OnwardReferral,
    Part,
    PartChange,
    PerhapsSame,
    Person,
    Plan,
    PlanAnswer,
    PlanCopy,
    PlanItem,
    Referral,
    ReferralDocument,
    ReferralStep,
    Relation,
    SaidApart,
    Share,
    Staff,
    Way,
    Wish,
)
from fanlight.casework.models.sealed import new_mark
from fanlight.casework.queries.opposite_parts import are_opposed

MOVED: tuple[Any, ...] = (
    *(Wish, Plan, Offered, Interview, Consent, MustNotReceive, Share, OnwardReferral),
    *(Relation, ChildSaid, PartChange, Marker, Move, Lifting, AssessmentDraft, MaracAction),
)
"""They move to the case, sealed anew under its key; those beside an entry that is copied stand beside its copy."""
WITH: Mapping[Any, str] = {
    PlanItem: "plan",
    PlanAnswer: "item",
    PlanCopy: "plan",
    ReferralStep: "referral",
    ReferralDocument: "referral",
    MaracReferral: "referral",
    MoveAnswer: "step__move",
    MoveChange: "move",
}
"""They go with the row that they belong to, in this order."""
MOVED_AS_SEALED: tuple[Any, ...] = (Way, MayKnow, Letter, MaracListing)
"""They move as they are: what they hold is sealed under the key of the person, or of the place on a list."""
COPIED: tuple[Any, ...] = (Entry, Part, KeptFrom, Assessment, Hold)
"""They stand in the report as they did, and in the case too: nothing changes an entry or an assessment."""
STAYING: tuple[Any, ...] = (EmergencyAccess, DisposalReview, Disposal, Log, Person, FoundBy)
"""They tell of the report itself: who saw it, how long it is kept, who was first named in it. Fingerprints are made for the case anew."""
PROJECTED: tuple[Any, ...] = (Duty, DutyDesk, Referral)
"""They are worked out anew from the entries of each."""

SHARE_WAITS = (
    "Something of this report waits to be authorised before it is shared, as it stands here. "
    "See that it is decided on or taken back, then join the report."
)


def check_nothing_waits(source: Case) -> None:
    """This function will raise Refused where a share waits: its document speaks of the report as it is, and cannot go from another."""
    if any(share.state == "waits" for share in Share.objects.filter(case=source)):
        raise Refused(SHARE_WAITS)


def carry_people(source: Case, target: Case, by: Staff, now: datetime) -> tuple[Mapping[int, Part], list[int]]:
    """This function will name in the case whom the report named, and give who each is there, with the merges that this takes.

    Somebody is named in it already who is the same in the register and has the same part; or has the same name and part, where
    one of the two was first named in the report or in the case, and no dates of birth contradict it: the two are merged then,
    and what was learned of either is read of both.
    """
    there = list(target.parts.select_related("person").order_by("pk"))
    found: dict[int, Part] = {}
    merges: list[int] = []
    new: list[tuple[Part, Part]] = []
    for part in source.parts.select_related("person").order_by("pk"):
        alike = [one for one in there if _is_the_same(part, one, source, target)]
        one = next((one for one in alike if _is_one(part, one)), alike[0] if alike else None)
        if one is None:
            one = Part(landlord_id=target.landlord_id, case=target, part=part.part, added_at=now, added_by=by)
            one.staff_id = part.staff_id
            one.name, one.phone, one.safe_contact = part.name, part.phone, part.safe_contact
            new.append((one, part))
        else:
            there.remove(one)
            merges += _see_that_they_are_one(part, one, source, by, now)
        found[part.pk] = one
    enter_parts([one for one, _ in new], [part.person for _, part in new], now=now)
    return found, merges


def _is_the_same(part: Part, one: Part, source: Case, target: Case) -> bool:
    if part.part != one.part or part.staff_id != one.staff_id:
        return False
    first, second = part.person, one.person
    if part.staff_id or _is_one(part, one):
        return True
    if not part.name_index or part.name_index != one.name_index or part.name == NAME_NOT_KNOWN:
        return False
    if first is None or second is None:
        return True
    born = {first.details.born, second.details.born} - {None}
    is_first_named = first.first_case_id == source.pk or second.first_case_id == target.pk
    return len(born) < 2 and is_first_named and not are_opposed(first, second)


def _is_one(part: Part, other: Part) -> bool:
    return part.person is not None and other.person is not None and _root(part.person) == _root(other.person)


def _root(person: Person) -> int:
    return person.merged_into_id or person.pk


def _see_that_they_are_one(part: Part, one: Part, source: Case, by: Staff, now: datetime) -> Iterator[int]:
    """Merges the two where they are two in the register: whom the housing system knows stays who they are."""
    first, second = part.person, one.person
    if first is not None and second is None:
        one.person = first
        one.save(update_fields=["person"])
    if first is None or second is None:
        return
    if first.first_case_id != source.pk:
        first, second = second, first
    of_first, of_second = root_of(first.pk), root_of(second.pk)
    if of_first.pk != of_second.pk:
        yield join(of_first, of_second, "They have the same name and part in a report and its case.", by=by, now=now).pk


def carry(
    source: Case, target: Case, people: Mapping[int, Part], places: Mapping[int, int], by: Staff, now: datetime
) -> None:
    """This function will take along what the report holds besides its entries and its people, once those are there.

    `people` says who each of the report's people is in the case, and `places` where each entry that was copied stands there.
    """
    gone: dict[Any, list[int]] = {}
    for model in MOVED:
        gone[model] = [_move(row, target, people, places) for row in _that_go(model, source, target, places)]
    for model, parent in WITH.items():
        for row in model.objects.filter(**{f"{parent}__case": target, "case": source}):
            _move(row, target, people, places)
    whose = {way.person_id for way in Way.objects.filter(case=source)}
    Way.objects.filter(case=source).update(case=target)
    MayKnow.objects.filter(case=source).update(case=target)
    for letter in Letter.objects.filter(case=source).defer("sealed_document"):
        at = people.get(letter.part_id or 0)
        Letter.objects.filter(pk=letter.pk).update(case=target, part=at)
    # Heard at the same meeting already, the case is on its list once: the other place stays the report's.
    heard = MaracListing.objects.filter(case=target).exclude(settled="taken_off").values_list("meeting_id", flat=True)
    MaracListing.objects.filter(case=source).exclude(meeting__in=list(heard)).update(case=target)
    for person in Person.objects.filter(pk__in=whose):
        index_person(person, case=target)
    for share in Share.objects.filter(pk__in=gone[Share]):
        _say_whom_it_was_about(share, people)
    _copy(Assessment.objects.filter(case=source, sequence__in=places), target, places)
    _copy(Hold.objects.filter(case=source, lifted_at=None), target, places)
    _carry_comparisons(source, target, people, by, now)
    keep_waiting(target)


def _that_go(model: Any, source: Case, target: Case, places: Mapping[int, int]) -> Iterable[Any]:
    if model is AssessmentDraft:
        # One draft of an instrument for each of us: somebody who began one in both keeps that of the case.
        theirs = AssessmentDraft.objects.filter(case=target).values_list("by_id", "instrument")
        begun = set(theirs)
        return [row for row in AssessmentDraft.objects.filter(case=source) if (row.by_id, row.instrument) not in begun]
    rows = model.objects.filter(case=source)
    has_entry = any(field.name == "sequence" for field in _fields(model))
    found: Iterable[Any] = rows.filter(Q(sequence__in=places) | Q(sequence=None)) if has_entry else rows
    return found


def _move(row: Any, target: Case, people: Mapping[int, Part], places: Mapping[int, int]) -> int:
    """Moves a row: sealed anew, of whom it is of there, beside the copy of its entry. It gives its id."""
    opened = _opened(row, rulings.key_of(row.case_id))
    row.case = target
    for field in _fields(row):
        value = getattr(row, field.attname)
        if field.related_model is Part and value is not None:
            setattr(row, field.attname, people[value].pk)
        elif field.name == "sequence" and value is not None:
            row.sequence = places[value]
    _seal(row, opened, target)
    row.save(force_update=True)
    number: int = row.pk
    return number


def _copy(rows: Iterable[Any], target: Case, places: Mapping[int, int]) -> None:
    """Copies rows whose originals stay as they are."""
    for row in rows:
        opened = _opened(row, rulings.key_of(row.case_id))
        row.pk, row.mark, row.case = None, new_mark(), target
        if hasattr(row, "sequence"):
            row.sequence = places[row.sequence]
        _seal(row, opened, target)
        row.save(force_insert=True)


def _opened(row: Any, key: Subject) -> Mapping[str, bytes]:
    """What is sealed in a row under a key, by its column, opened."""
    sealed = {field.name: getattr(row, field.name) for field in _fields(row) if field.name.startswith("sealed_")}
    return {name: keys.unseal_bytes(key, _place(row, name), bytes(value)) for name, value in sealed.items() if value}


def _seal(row: Any, opened: Mapping[str, bytes], target: Case) -> None:
    for name, value in opened.items():
        setattr(row, name, keys.seal(rulings.key_of(target.pk), _place(row, name), value))


def _place(row: Any, column: str) -> Place:
    return Place(row._meta.db_table, row.mark, column)  # noqa: SLF001 - as Django documents it


def _fields(row: Any) -> Sequence[Any]:
    fields: Sequence[Any] = row._meta.fields  # noqa: SLF001 - as Django documents it
    return fields


def _say_whom_it_was_about(share: Share, people: Mapping[int, Part]) -> None:
    """A share names people by their parts: they have others in the case. Its document stays as it went."""
    said = share.said
    share.about = [people[one].pk if one in people else one for one in share.about]
    named = tuple((people[int(one)].pk if int(one) in people else one, why) for one, why in said.named)
    share.said = replace(said, named=named)
    share.save(update_fields=["about", "sealed_said"])


def _carry_comparisons(source: Case, target: Case, people: Mapping[int, Part], by: Staff, now: datetime) -> None:
    """Who was said to be somebody else stays said; a pair that waits is put beside the case's own person."""
    for row in SaidApart.objects.filter(part__case=source):
        opened = _opened(row, rulings.key_of(source.pk))
        row.part = people[row.part_id]
        _seal(row, opened, target)
        row.save(update_fields=["part", "sealed_reason"])
    waiting = PerhapsSame.objects.filter(settled_at=None)
    for pair in waiting.filter(Q(part__case=source) | Q(other__case=source)):
        one, other = (people[number].pk if number in people else number for number in (pair.part_id, pair.other_id))
        is_there = PerhapsSame.objects.filter(part=one, other=other).exists()
        if one == other or is_there:
            said = {"settled_at": now, "settled_by": by, "is_same": True if one == other else None}
            PerhapsSame.objects.filter(pk=pair.pk).update(**said)
        else:
            PerhapsSame.objects.filter(pk=pair.pk).update(part=one, other=other)
