"""Keeps it true that a person's address is protected, and who may know it: below the actions that write a protected address."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from fanlight.casework.models import Case, Home, Lifting, MayKnow, Move, Person, Resident, Staff, Way, group_of
from fanlight.casework.queries.ways import index_of


def keep_mark(person: Person) -> bool:
    """This function will mark a person as protected where a protected address of theirs holds or a move of theirs goes on or is done.

    Not a move that is done and whose address is protected no longer. It is called in the transaction of whatever changed that; an
    import hides where such a person lives, and no fingerprint of it is made. It gives whether they are protected.
    """
    is_protected = (
        Way.objects.filter(person=person, is_protected=True, ended_at=None).exists()
        or _moves_that_protect(Q(person=person)).exists()
    )
    Person.objects.filter(pk=person.pk).update(is_protected=is_protected)
    person.is_protected = is_protected
    return is_protected


def _moves_that_protect(whose: Q) -> QuerySet[Move]:
    """The moves that go on; those that are done, but for one whose address was lifted, or lifted since where it was never said."""
    lifted = Lifting.objects.filter(person=OuterRef("person"), way=None, outcome="lifted").order_by("-decided_at")
    moves = Move.objects.filter(whose, cancelled_at=None).exclude(outcome="refused")
    moves = moves.annotate(lifted_at=Subquery(lifted.values("decided_at")[:1]))
    without = Q(way=None) & (Q(lifted_at=None) | Q(done_at__gt=F("lifted_at")))
    return moves.filter(Q(done_at=None) | Q(way__is_protected=True) | without)


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


def lift(person: Person, address: str, ways: Collection[int], *, by: Staff, now: datetime) -> None:
    """This function will protect an address of a person no longer, by its fingerprint: the ways given by their ids.

    Where another way says the same and is not among them, it stays withheld, and whoever may know it still may. Where they live in
    one of the landlord's homes at that address, the register shows it again, unless somebody else who is protected lives there
    unseen. With no address it is of where the housing system says that they live.
    """
    group = group_of(person.pk)
    Way.objects.filter(pk__in=ways).update(is_protected=False)
    unprotect_apart(group, ())
    of_them = Q(person__in=group)
    if address and Way.objects.filter(of_them, value_index=address, is_protected=True).exists():
        return
    if address:
        MayKnow.objects.filter(of_them, address=address, ended_at=None).update(ended_at=now, ended_by=by)
    # A move whose address nobody has said hides wherever they live now.
    if not _moves_that_protect(of_them).filter(way=None).exists():
        _show_again(group, address, ways)


def _show_again(group: Collection[int], address: str, ways: Collection[int]) -> None:
    new_homes = set(Move.objects.filter(way__in=ways).values_list("new_home_id", flat=True))
    unseen = Resident.objects.filter(to_on=None, is_hidden=True, came_hidden=True)
    for row in unseen.filter(person__in=group).select_related("home"):
        if address and row.home_id not in new_homes and address not in _indexes(row.home):
            continue
        here = unseen.filter(home=row.home)
        if not here.filter(person__is_protected=True).exclude(person__in=group).exists():
            here.update(is_hidden=False, came_hidden=False)


def _indexes(home: Home) -> tuple[str, str]:
    return home.address_index, index_of(home.landlord_id, "post", home.details.address)
