"""Carries a change of address out: the old home is left, and nobody finds them by it, nor by the new one."""

from datetime import datetime

from django.db.models import Q

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.moving import demand_writer, move_of
from fanlight.casework.actions.protected import hide_what_was_left, keep_mark
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.register import index_person
from fanlight.casework.models import Case, Move, Person, Resident, Staff, Way, group_of, of_one
from fanlight.casework.models.contact import ADDRESSES
from fanlight.casework.queries.ways import index_of
from fanlight.present import day_of


def finish_move(*, case: Case, number: int, by: Staff, now: datetime) -> None:
    """This function will finish a move that is authorised, once every system is answered for.

    Where they lived is ended and hidden in the register, and where they live now is hidden from the start. Post and visits to
    where they lived are not safe any more; to other addresses that were said before, not known. Raises NotFound, Refused, Faulty.
    """
    with logged("finish_move", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_writer(locked, standing)
        move = move_of(locked, number)
        log.detail["move"] = move.pk
        if move.state != "authorised":
            raise Refused("This move is not authorised, or is over.")
        if left := move.steps.filter(answers=None).count():
            raise Faulty({"": (f"{left} {'system is' if left == 1 else 'systems are'} not answered for yet.",)})
        if move.moves_on is not None and move.moves_on > day_of(now):
            raise Faulty({"": ("They have not moved yet: put the day right first, if they have.",)})
        move.done_at, move.done_by = now, by
        move.save(update_fields=["done_at", "done_by"])
        _leave(move, by, now)
        keep_mark(move.person, now)
        for person in Person.objects.filter(pk__in=group_of(move.person_id)):
            index_person(person)


def _leave(move: Move, by: Staff, now: datetime) -> None:
    person, home = move.person, move.new_home
    everybody = of_one(person)
    lived = Resident.objects.filter(everybody).exclude(home=home) if home else Resident.objects.filter(everybody)
    left_on = move.moves_on or day_of(now)
    still = Q(to_on=None) | Q(to_on__gt=left_on)
    # The housing system may have ended it first, and from a day before anybody asked for the move.
    hide_what_was_left(group_of(person.pk), day_of(now))
    old = {
        index
        for resident in lived.filter(still | Q(is_hidden=True)).select_related("home")
        for index in (resident.home.address_index, index_of(move.landlord_id, "post", resident.home.details.address))
    }
    lived.filter(still).update(is_hidden=True, to_on=left_on)
    if home is not None and not Resident.objects.filter(everybody, home=home).update(is_hidden=True, came_hidden=True):
        Resident.objects.create(
            landlord_id=move.landlord_id, person=person, home=home, from_on=left_on, is_hidden=True, came_hidden=True
        )
    new = move.way.value_index if move.way else ""
    for way in Way.objects.filter(everybody, kind__in=ADDRESSES, ended_at=None, is_protected=False):
        if way.value_index and way.value_index == new:
            Way.objects.filter(pk=way.pk).update(is_protected=True)
        else:
            _say_anew(way, "unsafe" if way.value_index in old else "not_known", by, now)


def _say_anew(way: Way, standing: str, by: Staff, now: datetime) -> None:
    """What was said before stays as it was said, and ends; the standing is said anew, in the same terms."""
    again = Way(landlord_id=way.landlord_id, person=way.person, case_id=way.case_id, kind=way.kind, at=now, by=by)
    again.value, again.value_index, again.terms = way.value, way.value_index, way.terms
    again.standing = "unsafe" if way.standing == "unsafe" else standing
    Way.objects.filter(pk=way.pk).update(ended_at=now, ended_by=by)
    again.save(force_insert=True)
