"""Says that two people in the register are one. Both rows stay as they are; what is read of one is read of the other."""

from datetime import datetime

from fanlight.casework.access import NotFound, demand
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.protected import protect_together
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import clean_text, says_something
from fanlight.casework.models import Merge, Person, Staff
from fanlight.casework.queries.find_people import person_seen
from fanlight.casework.queries.opposite_parts import why_not_one

MOST_LETTERS = 1000


def merge_people(*, person: int, into: int, reason: str, by: Staff, now: datetime) -> Merge:
    """This function will note that a person is the same as another, `into`, and give the note.

    Ways, parts and homes of both are read together from now on. Nothing is overwritten, and `unmerge_people` takes them
    apart again as they were. Two with opposite parts in one case are never one. Raises Refused; NotFound for anybody whom `by`
    may not see; Faulty.
    """
    with logged("merge_people", by=by, now=now) as log:
        demand(by, "register:merge")
        log.head()
        for number in (person, into):
            if person_seen(by, number, now=now) is None:
                raise NotFound
        check_reason(reason)
        one, other = (root_of(number) for number in (person, into))
        if one.pk == other.pk:
            raise Faulty({"into": ("They are one already.",)})
        if why_not := why_not_one(by, one.pk, other.pk, now=now):
            raise Faulty({"into": (why_not,)})
        row = join(one, other, clean_text(reason), by=by, now=now)
        log.detail.update(merge=row.pk)
    return row


def join(one: Person, other: Person, reason: str, *, by: Staff, now: datetime) -> Merge:
    """This function will write down that one person is another from now on, both locked by `root_of`, and give the note."""
    row = Merge(landlord_id=other.landlord_id, person=one, into=other, at=now, by=by)
    row.reason = reason
    row.save(force_insert=True)
    Person.objects.filter(merged_into=one).update(merged_into=other)
    Person.objects.filter(pk=one.pk).update(merged_into=other)
    row.hidden = protect_together(other, now)
    row.save(update_fields=["hidden"])
    return row


def root_of(number: int) -> Person:
    """This function will give the person with whom somebody is merged in the end, or themselves, locked until the transaction ends."""
    found = Person.objects.select_for_update().get(pk=number)
    return Person.objects.select_for_update().get(pk=found.merged_into_id) if found.merged_into_id else found


def check_reason(reason: str) -> None:
    """This function will raise Faulty for a reason that says nothing, or too much."""
    if not says_something(reason):
        raise Faulty({"reason": ("Say how you know.",)})
    if len(reason) > MOST_LETTERS:
        raise Faulty({"reason": (f"Use {MOST_LETTERS} characters or fewer.",)})
