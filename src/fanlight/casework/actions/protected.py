"""Keeps it true that a person's address is protected, and who may know it: below the actions that write a protected address."""

from collections.abc import Collection
from datetime import datetime

from fanlight.casework.models import Case, MayKnow, Move, Person, Resident, Staff, Way, group_of


def keep_mark(person: Person) -> bool:
    """This function will mark a person as protected where a protected address of theirs holds or a move of theirs goes on or is done.

    It is called in the transaction of whatever changed that; an import hides where such a person lives, and no fingerprint
    of it is made. It gives whether they are protected.
    """
    is_protected = (
        Way.objects.filter(person=person, is_protected=True, ended_at=None).exists()
        or Move.objects.filter(person=person, cancelled_at=None).exclude(outcome="refused").exists()
    )
    Person.objects.filter(pk=person.pk).update(is_protected=is_protected)
    person.is_protected = is_protected
    return is_protected


def protect_together(person: Person) -> list[int]:
    """This function will protect everybody who is one with a person, where one of them is protected: it is called after a merge.

    Where those live now who were not protected before is hidden, as an import would have hidden it; it gives those residents.
    """
    group = Person.objects.filter(pk__in=group_of(person.pk))
    if not group.filter(is_protected=True).exists():
        return []
    others = list(group.filter(is_protected=False).values_list("pk", flat=True))
    lives = Resident.objects.filter(person_id__in=others, to_on=None, is_hidden=False)
    hidden = list(lives.values_list("pk", flat=True))
    Resident.objects.filter(pk__in=hidden).update(is_hidden=True, came_hidden=True)
    Person.objects.filter(pk__in=others).update(is_protected=True)
    return hidden


def unprotect_apart(group: Collection[int], hidden: Collection[int]) -> None:
    """This function will protect those of a group who have reason of their own to be, or are one with somebody who has.

    It is called after the group was taken apart. Of the residents who were hidden when it was put together, `hidden`, those are
    seen again who are not protected, nor live with somebody who came unseen.
    """
    people = list(Person.objects.filter(pk__in=group))
    for person in people:
        keep_mark(person)
    for person in people:
        protect_together(person)
    came = Resident.objects.filter(came_hidden=True).exclude(pk__in=hidden).values("home")
    seen = Resident.objects.filter(pk__in=hidden, person__is_protected=False).exclude(home__in=came)
    seen.update(is_hidden=False, came_hidden=False)


def let_know(
    person: Person,
    staff: Staff,
    address: str,
    *,
    case: Case,
    until: datetime | None = None,
    by: Staff,
    now: datetime,
) -> bool:
    """This function will let somebody know a protected address of a person, by its fingerprint; it gives whether they did not before.

    Whoever writes a protected address down knows that one, and it is called for them.
    """
    held = MayKnow.objects.filter(person=person, staff=staff, address=address, ended_at=None)
    still = held.exclude(until__lte=now)
    if still.exists():
        return False
    held.update(ended_at=now, ended_by=by)
    row = {"landlord_id": person.landlord_id, "case": case, "person": person, "staff": staff, "address": address}
    MayKnow.objects.create(**row, at=now, by=by, until=until)
    return True
