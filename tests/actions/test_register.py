"""People and homes in the register: entered sealed, with fingerprints by which they are found."""

from datetime import date

import pytest

from fanlight.casework import keys, likeness
from fanlight.casework.actions.register import enter_person, index_home, index_person, rows_for, tokens_of_person
from fanlight.casework.keys import Subject
from fanlight.casework.models import FoundBy, Home, HomeDetails, Person, PersonDetails
from tests import make
from tests.cast import Cast

NOW = make.later(days=1)

SIAN = PersonDetails("Siân", "O'Neil-Price", born=date(1984, 3, 12), phones=("07700 900123",))


def _tokens(person: Person) -> set[str]:
    return set(FoundBy.objects.filter(person=person).values_list("token", flat=True))


def test_a_person_is_entered_sealed_and_found_by_fingerprints_that_say_nothing(cast: Cast) -> None:
    person = enter_person("connect", SIAN, reference="P-1", now=NOW)
    again = Person.objects.get(pk=person.pk)
    assert again.details == SIAN
    assert again.reference == "P-1"
    assert "Neil" not in repr(vars(again))
    _, asked = likeness.signs_asked(likeness.Asked(name="Shan Oneil"))
    assert _tokens(person) & set(keys.tokens(asked, within="connect"))
    assert not _tokens(person) & set(keys.tokens(asked, within="ongo"))


def test_a_person_whose_name_changes_is_found_by_the_new_one_alone(cast: Cast) -> None:
    person = enter_person("connect", SIAN, now=NOW)
    index_person(person, PersonDetails("Tirion", "Bevan"))
    assert _tokens(person) == set(tokens_of_person("connect", PersonDetails("Tirion", "Bevan")))


def test_one_who_is_entered_in_bulk_has_the_same_fingerprints(cast: Cast) -> None:
    one, other = enter_person("connect", SIAN, now=NOW), enter_person("connect", PersonDetails("A", "B"), now=NOW)
    assert {row.token for row in rows_for(other, SIAN)} == _tokens(one)


def test_keys_made_together_are_the_keys_that_are_read_one_by_one(cast: Cast) -> None:
    subjects = [Subject("person", f"mark-{number}") for number in range(7)]
    keys.make_many(subjects)
    place = keys.Place("casework_person", "x", "y")
    sealed = [keys.seal(subject, place, "said") for subject in subjects]
    keys.make_many(subjects)
    keys.forget()
    assert [keys.unseal(subject, place, one) for subject, one in zip(subjects, sealed, strict=True)] == ["said"] * 7


def test_keys_made_together_do_not_begin_again_where_one_was_destroyed(cast: Cast) -> None:
    gone = Subject("person", "gone")
    keys.make_many([gone, Subject("person", "there")])
    keys.destroy(gone, NOW)
    with pytest.raises(keys.Unreadable):
        keys.make_many([gone, Subject("person", "new")])


def test_a_home_is_found_by_its_door_its_street_and_its_postcode(cast: Cast) -> None:
    home = Home(landlord_id="connect", changed_at=NOW)
    home.details = HomeDetails(("Flat 3", "12 Acacia Avenue", "Leeds"), "LS1 4AP")
    home.save()
    index_home(home)
    tokens = set(FoundBy.objects.filter(home=home).values_list("token", flat=True))
    for asked in ("12, acacia ave", "Acacia Avenue", "Flat 3, 12 Acacia Avenue, Leeds LS14AP", "ls1 4ap"):
        assert tokens & set(keys.tokens(likeness.signs_asked(likeness.Asked(address=asked))[0], within="connect")), (
            asked
        )
