"""Keeps it true that a person's address is protected, and who may know it: below the actions that write a protected address."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from fanlight.casework.models import Case, Home, Lifting, MayKnow, Move, Person, Resident, Staff, Way, group_of
from fanlight.casework.queries.address_check import GONE
from fanlight.casework.queries.ways import index_of
from fanlight.present import day_of


def keep_mark(person: Person, now: datetime) -> bool:
    """This function will mark a person as protected where a protected address of theirs holds or a move of theirs goes on or is done.

    Not a move that is done and whose address is protected no longer. It is called in the transaction of whatever changed that; an
    import hides where such a person lives, and no fingerprint of it is made. What they left is hidden, or shown again where they
    are protected no more. It gives whether they are protected.
    """
    is_protected = _mark(person)
    _keep_what_was_left(group_of(person.pk), day_of(now))
    return is_protected


def _mark(person: Person) -> bool:
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


def hide_what_was_left(people: Collection[int], today: date) -> None:
    """This function will hide, for people who are protected, by their ids, the homes that they have left for it.

    Those are the homes that they left since they are protected, or no longer before than somebody is taken to have fled from a
    home: whatever ended them, and whenever. What they left long before stays as it is.
    """
    left = Resident.objects.filter(person_id__in=people, is_hidden=False, to_on__lte=today)
    rows = list(left.values_list("pk", "to_on", Coalesce("person__merged_into", "person")))
    since = {root: _protected_since(group_of(root), today) for root in {row[2] for row in rows}}
    hidden = [pk for pk, to_on, root in rows if to_on >= since[root] - timedelta(days=GONE)]
    Resident.objects.filter(pk__in=hidden).update(is_hidden=True)


def _protected_since(group: Collection[int], today: date) -> date:
    """The day from which people who are one are protected: that on which the case was opened, where it is for a move."""
    moments = list(Way.objects.filter(person__in=group, is_protected=True, ended_at=None).values_list("at", flat=True))
    for said in _moves_that_protect(Q(person__in=group)).values_list("asked_at", "case__opened_at"):
        moments += [moment for moment in said if moment is not None]
    return min(map(day_of, moments), default=today)


def _keep_what_was_left(group: Collection[int], today: date) -> None:
    """Hides what people who are one have left, where one of them is protected; or shows it again, but where nobody ever saw them."""
    held = Way.objects.filter(person__in=group, is_protected=True, ended_at=None)
    if held.exists() or Person.objects.filter(pk__in=group, is_protected=True).exists():
        hide_what_was_left(group, today)
    else:
        Resident.objects.filter(person__in=group, is_hidden=True, came_hidden=False).update(is_hidden=False)


def protect_together(person: Person, now: datetime) -> list[int]:
    """This function will protect everybody who is one with a person, where one of them is protected: it is called after a merge.

    Where those live now who were not protected before is hidden, as an import would have hidden it; it gives those residents.
    What they have left is hidden too.
    """
    group = Person.objects.filter(pk__in=group_of(person.pk))
    if not group.filter(is_protected=True).exists():
        return []
    others = list(group.filter(is_protected=False).values_list("pk", flat=True))
    lives = Resident.objects.filter(person_id__in=others, to_on=None, is_hidden=False)
    hidden = list(lives.values_list("pk", flat=True))
    Resident.objects.filter(pk__in=hidden).update(is_hidden=True, came_hidden=True)
    Person.objects.filter(pk__in=others).update(is_protected=True)
    hide_what_was_left([one.pk for one in group], day_of(now))
    return hidden


def unprotect_apart(group: Collection[int], hidden: Collection[int], now: datetime) -> None:
    """This function will protect those of a group who have reason of their own to be, or are one with somebody who has.

    It is called after the group was taken apart. Of the residents who were hidden when it was put together, `hidden`, those are
    seen again who are not protected, nor live with somebody who came unseen.
    """
    people = list(Person.objects.filter(pk__in=group))
    for person in people:
        _mark(person)
    for person in people:
        protect_together(person, now)
    for person in people:
        _keep_what_was_left(group_of(person.pk), day_of(now))
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
    unseen; and what they had left, where nothing of theirs is protected any more. With no address it is of where the housing
    system says that they live.
    """
    group = group_of(person.pk)
    Way.objects.filter(pk__in=ways).update(is_protected=False)
    unprotect_apart(group, (), now)
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
