"""A protected address, as a page may say it: whole to those who are named, and to everybody else whom to ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fanlight.casework import sql
from fanlight.casework.access import Known
from fanlight.casework.models import Case, Person, Staff, Way, names_of, one_with


def protected_addresses(case: Case) -> list[str]:
    """This function will give every protected address of the people of a case, whatever case it is known from, for what must not say it."""
    which = f"""from casework_way way join casework_person person on person.id = way.person_id
        where way.is_protected and way.kind in ('post', 'visit') and way.person_id in (
            select same.id from casework_part part join casework_person who on who.id = part.person_id
            {one_with("who", "same")} where part.case_id = %s)"""  # noqa: S608 - our own words; every value is a parameter
    fields = ("person_id", "mark", "sealed_value")
    found = []
    for *said, mark in sql.select(which, [case.pk], (Way, "way", fields), also=("person.mark",)):
        way = Way(**dict(zip(fields, said, strict=True)))
        way.person = Person(pk=way.person_id, mark=mark)
        found.append(way.value)
    return found


def protected_among(ways: Iterable[Way]) -> frozenset[int]:
    """This function will give the ids of the ways that are protected: so marked, or saying again an address that is.

    `ways` are all that are known of the people in question, those that ended among them.
    """
    every = list(ways)
    hidden = {(way.person_id, way.value_index) for way in every if way.is_protected and way.value_index}
    return frozenset(way.pk for way in every if way.is_protected or (way.person_id, way.value_index) in hidden)


@dataclass(frozen=True, slots=True)
class Shown:
    """How ways are shown to somebody who sees the case: by their ids, the value in words, and whether it is withheld."""

    values: Mapping[int, str]
    withheld: frozenset[int]


def shown_to(viewer: Staff, case: Case, ways: Iterable[Way], known: Known) -> Shown:
    """This function will say what somebody who sees the case may read of ways: a protected address only if they are named.

    What is withheld is not opened. Names are read only where something is.
    """
    every = list(ways)
    protected = protected_among(every)
    withheld = frozenset(
        way.pk for way in every if way.pk in protected and not known.may_know(viewer, way.person_id, way.value_index)
    )
    asked = names_of({one for way in every if way.pk in withheld for one in whom_to_ask(case, way, known)})
    return Shown(
        {
            way.pk: ask_in_words([asked[one] for one in whom_to_ask(case, way, known)])
            if way.pk in withheld
            else way.value
            for way in every
        },
        withheld,
    )


def whom_to_ask(case: Case, way: Way, known: Known) -> tuple[int, ...]:
    """This function will give the id of whoever is asked for a protected address: the first who may know it, or the case's lead."""
    return known.knowers(way.person_id, way.value_index)[:1] or ((case.lead_id,) if case.lead_id else ())


def ask_in_words(names: Iterable[str]) -> str:
    """This function will say that there is a protected address, and whom to ask."""
    whom = next(iter(names), "")
    return f"A protected address: ask {whom}" if whom else "A protected address: ask the safeguarding lead"
