"""What disposing of a case does, step by step: each can be taken again, and what was begun is finished by taking them all.

The key store is a database of its own, so no transaction covers both. First the disposal is written down and the case is gone
from every list; then its key is destroyed; then what is left in the database is cleared away, and the disposal is done.
Whatever stops it in between, nothing can be read that was to be unreadable, or the disposal is still to be finished.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Q

from fanlight.casework import keys, rulings, sql
from fanlight.casework.access import DISPOSED
from fanlight.casework.actions.restore import DESTROYED
from fanlight.casework.keys import Subject
from fanlight.casework.keystore.models import DataKey
from fanlight.casework.keystore.router import STORE
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
    FoundBy,
    Hold,
    Interview,
    KeptFrom,
    Letter,
    Lifting,
    MaracAction,
    MaracListing,
    MaracMinutes,
    MaracReferral,
    Marker,
    MayKnow,
    Merge,
    Move,
    MustNotReceive,
    Offered,
    OnwardReferral,
    Part,
    PartChange,
    Person,
    Plan,
    Referral,
    Relation,
    Resident,
    Share,
    Way,
    Wish,
)
from fanlight.casework.models.marac_meetings import of_listing

BLANK = {
    "lead_id": None,
    "area": "",
    "patch": "",
    "about": "",
    "grade": "",
    "danger": False,
    "opened_at": None,
    "closed_at": None,
    "first_contact_at": None,
    "next_at": None,
    "next_is": "",
    "last_at": None,
    "kept_as": "",
    "unanswered": 0,
    "welfare_since": None,
    "goes_back_since": None,
    "past_the_gate_since": None,
}
"""What the row of a case says when it is gone: its reference, and how many entries it had."""


def begin(case: Case, disposal: Disposal) -> None:
    """This function will write down, in the transaction of whoever orders it, that a case is disposed of: from then on it is not there."""
    disposal.save(force_insert=True)
    for projection in (DutyDesk, Duty, Referral):
        projection.objects.filter(case_id=case.pk).delete()
    Case.objects.filter(pk=case.pk).update(status=DISPOSED, **BLANK)


def of_which_key(case_id: int, going: Sequence[Person]) -> dict[str, list[str]]:
    """This function will say, for the log, whose keys are destroyed: a key store that is restored is told so again.

    `going` are the `people_of_no_other`, who are asked for once, and handed on to `finish`.
    """
    people = [str(Subject("person", person.mark)) for person in going]
    listings = [str(of_listing(row)) for row in MaracListing.objects.filter(case_id=case_id).order_by("pk")]
    return {DESTROYED: [str(rulings.key_of(case_id)), *people, *listings]}


def people_of_no_other(case_id: int) -> list[Person]:
    """This function will list who was first named in a case and is in no other that is there, as themselves or as whom they are merged with.

    They go with it. Whom the housing system knows is not among them, whatever case they were in.
    """
    in_it = Person.objects.filter(Q(first_case=case_id) | Q(parts__case=case_id))
    there = {root or person for person, root in in_it.values_list("pk", "merged_into_id")}
    # With each goes whoever is one with them, whose own case may have gone before.
    group = Q(pk__in=there) | Q(merged_into__in=there)
    people = Person.objects.filter(group, first_case__isnull=False).order_by("pk")
    roots = {person.pk: person.merged_into_id or person.pk for person in people}
    same = Q(person__in=there) | Q(person__merged_into__in=there)
    elsewhere = Part.objects.filter(same).exclude(case_id=case_id).exclude(case__status=DISPOSED)
    held = {root or person for person, root in elsewhere.values_list("person_id", "person__merged_into_id")}
    return [person for person in people if roots[person.pk] not in held]


def finish(disposal: Disposal, people: Sequence[Person], now: datetime) -> None:
    """This function will destroy the key of a case, and those of the people who go with it, and clear away what is left of it.

    It may be called again, wherever it stopped.
    """
    destroy_key(rulings.key_of(disposal.case_id), now)
    for person in people:
        destroy_key(Subject("person", person.mark), now)
    for listing in MaracListing.objects.filter(case_id=disposal.case_id).order_by("pk"):
        destroy_key(of_listing(listing), now)
    forget(people)
    clear(disposal.case_id)
    with transaction.atomic():
        Disposal.objects.filter(pk=disposal.pk, done_at=None).update(done_at=now)
    sweep()


def destroy_listings(rows: list[MaracListing], now: datetime) -> None:
    """This function will clear away what is left of lists of the MARAC whose keys are destroyed: minutes, and whom they named."""
    MaracMinutes.objects.filter(listing__in=rows).delete()
    gone = {"sealed_who": b"", "sealed_why": b"", "let_go_at": now}
    MaracListing.objects.filter(pk__in=[row.pk for row in rows]).update(**gone)


def destroy_key(key: Subject, now: datetime) -> None:
    """This function will destroy a key, where it was not destroyed before."""
    known = DataKey.objects.filter(kind=key.kind, subject=key.id, wrapped=None).exclude(destroyed_at=None)
    if not known.exists():
        keys.destroy(key, now)


def forget(people: Sequence[Person]) -> None:
    """This function will clear away what is left in the register of people whose keys are destroyed; their rows stay, and say nothing."""
    ids = [person.pk for person in people]
    with transaction.atomic():
        FoundBy.objects.filter(person__in=ids).delete()
        Resident.objects.filter(person__in=ids).delete()
        Merge.objects.filter(Q(person__in=ids) | Q(into__in=ids)).update(sealed_reason=b"", sealed_end_reason=b"")
        gone = {
            "sealed_details": b"",
            "sealed_own": b"",
            "sealed_imported": b"",
            "sealed_reference": b"",
            "reference_index": "",
        }
        Person.objects.filter(pk__in=ids).update(**gone)


def clear(case_id: int) -> None:
    """This function will clear away who was in a case, who was kept from it, and every sealed text; entries stay, and open no more."""
    with transaction.atomic():
        for of_the_marac in (MaracAction, MaracListing):
            of_the_marac.objects.filter(case_id=case_id).delete()
        for of_sharing in (Consent, Share, MustNotReceive):
            of_sharing.objects.filter(case_id=case_id).delete()
        for of_what_was_agreed in (Wish, Plan, Offered, Interview, MaracReferral, OnwardReferral):
            of_what_was_agreed.objects.filter(case_id=case_id).delete()
        for of_its_risk in (Assessment, AssessmentDraft):
            of_its_risk.objects.filter(case_id=case_id).delete()
        for of_its_people in (Relation, ChildSaid, PartChange):
            of_its_people.objects.filter(case_id=case_id).delete()
        FoundBy.objects.filter(case_id=case_id).delete()
        Part.objects.filter(case_id=case_id).delete()
        KeptFrom.objects.filter(case_id=case_id).delete()
        Marker.objects.filter(case_id=case_id).delete()
        for of_reaching in (Letter, Lifting, Move, MayKnow, Way):
            of_reaching.objects.filter(case_id=case_id).delete()
        EmergencyAccess.objects.filter(case_id=case_id).update(sealed_reason=b"", sealed_review=b"")
        Hold.objects.filter(case_id=case_id).update(sealed_reason=b"", sealed_lift_reason=b"")
        DisposalReview.objects.filter(case_id=case_id).update(sealed_reason=b"")
        # Restricted to the last: that a colleague was in it is told nowhere while their row is there.
        Case.objects.filter(pk=case_id).update(joined_to=None, restricted=False)


def sweep() -> None:
    """This function will write what is in SQLite's logs into the files, and empty the logs: what was deleted is in neither."""
    for alias in (DEFAULT_DB_ALIAS, STORE):
        sql.empty_log(alias)
