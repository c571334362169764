"""What the actions of a move share: where somebody moves to, who sees the case, and what is read under the lock. No verb."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fanlight.casework import access, keys
from fanlight.casework.access import NotFound, Refused, Standing
from fanlight.casework.actions.protected import let_know
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.register import enter_person
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import Case, Home, Move, Part, Person, PersonDetails, Resident, Staff, Way
from fanlight.casework.queries.ways import index_of

MOST = 2000
MOST_ADDRESS = 400


@dataclass(frozen=True, slots=True)
class NewAddress:
    """Where somebody moves to: the address as it is written on an envelope, and the landlord's own home, where it is one."""

    text: str
    home: Home | None

    @property
    def is_said(self) -> bool:
        """Whether anybody has said where."""
        return bool(self.text)


def person_of(part: Part, now: datetime) -> Person:
    """This function will give who somebody in a case is in the register: entered now, through the case, where they are not there yet."""
    if part.person is None:
        given, _, family = part.name.rpartition(" ")
        details = PersonDetails(given, family) if given else PersonDetails(family)
        part.person = enter_person(part.landlord_id, details, first_case=part.case, now=now)
        part.save(update_fields=["person"])
    return part.person.merged_into or part.person


def new_address(landlord_id: str, person: Person, typed: str, home: str) -> NewAddress:
    """This function will read where somebody moves to. It raises Faulty where that is no home of ours, or where they live now."""
    text = "\n".join(" ".join(line.split()) for line in clean_text(typed).split("\n") if line.strip())
    if len(text) > MOST_ADDRESS:
        raise Faulty({"address": (f"The address must be {MOST_ADDRESS} characters or fewer.",)})
    found = _home_of(landlord_id, home) if home.strip() else None
    if found is not None:
        text = "\n".join((*found.details.lines, found.details.postcode)).strip()
    if text and _is_where_they_live(person, index_of(landlord_id, "post", text)):
        raise Faulty({"address": ("That is where they live now.",)})
    return NewAddress(text, found)


def _home_of(landlord_id: str, said: str) -> Home:
    for kind, column in (("home_reference", "reference_index"), ("uprn", "uprn_index")):
        index = keys.blind(kind, said, within=landlord_id)
        if index and (found := Home.objects.filter(landlord_id=landlord_id, **{column: index}).first()):
            return found
    raise Faulty({"home": ("No home of ours has that reference.",)})


def _is_where_they_live(person: Person, index: str) -> bool:
    lives = Resident.objects.filter(person=person, to_on=None, is_hidden=False)
    return bool(index) and lives.filter(home__address_index=index).exists()


def write_address(move: Move, address: NewAddress, may_write: bool | None, *, by: Staff, now: datetime) -> None:
    """This function will write the new address of a move down as a protected way, in place of one that it had; whoever does it knows it."""
    end_address(move, by=by, now=now)
    move.new_home = address.home
    if not address.is_said:
        return
    person, case = move.person, move.case
    way = Way(landlord_id=move.landlord_id, person=person, case=case, kind="post", is_protected=True, at=now, by=by)
    way.value, way.value_index = address.text, index_of(move.landlord_id, "post", address.text)
    way.standing = {True: "safe", False: "unsafe", None: "not_known"}[may_write]
    if may_write:
        way.confirmed_at, way.confirmed_by = now, by
    way.save(force_insert=True)
    move.way = way
    let_know(person, by, way.value_index, case=case, by=by, now=now)


def end_address(move: Move, *, by: Staff, now: datetime) -> None:
    """This function will end the new address of a move: it is theirs no more, and stays as protected as it was."""
    if move.way_id is not None:
        Way.objects.filter(pk=move.way_id, ended_at=None).update(ended_at=now, ended_by=by)
    move.way, move.new_home = None, None


def colleagues(case: Case, ids: Iterable[int], now: datetime) -> list[Staff]:
    """This function will give the colleagues who are to know an address. It raises Faulty for one who does not see the case."""
    wanted = list(dict.fromkeys(ids))
    found = {one.pk: one for one in Staff.objects.filter(pk__in=wanted, landlord_id=case.landlord_id, is_active=True)}
    for number in wanted:
        if number not in found or not access.standing_of(found[number], case, now=now).sees:
            raise Faulty({"named": ("Choose only colleagues who see this case.",)})
    return [found[number] for number in wanted]


def move_of(case: Case, number: int) -> Move:
    """This function will give a move of a case that is locked. It raises NotFound."""
    found = Move.objects.filter(case=case, pk=number).select_related("person", "way", "new_home").first()
    if found is None:
        raise NotFound
    found.case = case
    return found


def demand_writer(case: Case, standing: Standing) -> None:
    """This function will raise Refused for somebody who may not write in the case, or sees it in an emergency alone."""
    if not standing.can("case:write"):
        raise Refused("Your role may not write in this case.")
    if standing.emergency_until is not None:
        raise Refused("You have this case open in an emergency: a move is for those who work on it.")
    if case.status == "joined":
        raise Refused("This case was joined to another: do it there.")


def demand_authoriser(standing: Standing) -> None:
    """This function will raise Refused for somebody who may not authorise a change of address."""
    if not standing.can("address:authorise") or standing.emergency_until is not None:
        raise Refused("Your role may not authorise a change of address.")
