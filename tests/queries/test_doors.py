"""Addresses and telephone numbers, however they are typed."""

import pytest

from fanlight.casework.addresses import door, is_same_door, streets_in
from fanlight.casework.telephones import dialled, is_one_number

FORMS = (
    "12 Acacia Avenue, LS1 4AP",
    "12, Acacia Avenue, LS1 4AP",
    "12 Acacia Ave, Leeds, LS14AP",
    "Ms G ap Rhys, 12 Acacia Avenue, LS1 4AP",
    "12 acacia av. leeds ls1  4ap",
    "12 Akasha Avenue\nLeeds\nLS1 4AP",
)


@pytest.mark.parametrize("typed", FORMS)
def test_an_address_with_its_postcode_is_the_same_door_however_it_is_typed(typed: str) -> None:
    assert door(typed) == "12 ls14ap"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Flat 3, 12 Acacia Avenue, LS1 4AP", "3 12 ls14ap"),
        ("3/12 Acacia Avenue, LS1 4AP", "3 12 ls14ap"),
        ("Flat A, 12 Acacia Avenue, LS1 4AP", "a 12 ls14ap"),
        ("Ground floor flat, 12 Acacia Avenue, LS1 4AP", "ground 12 ls14ap"),
        ("12 First Avenue, LS1 4AP", "12 ls14ap"),
        ("12 A Acacia Avenue, LS1 4AP", "12a ls14ap"),
        ("Bryn Derw, Ffordd Las, QZ1 0AA", "bryn derw qz10aa"),
        ("12 Acacia Avenue", "12 acacia"),
        ("", ""),
    ],
)
def test_flats_and_houses_with_a_name_are_told_apart(typed: str, said: str) -> None:
    assert door(typed) == said


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("12 Acacia Avenue", "12 Acacia Ave, LS1 4AP", True),
        ("Flat 1, 12 Acacia Avenue, LS1 4AP", "12 Acacia Avenue, LS1 4AP", True),
        ("Bryn Derw, QZ1 0AA", "Bryn Derw Ffordd Las QZ1 0AA", True),
        ("12 Acacia Avenue", "12 Beech Avenue, LS1 4AP", False),
        ("12 Acacia Avenue", "112 Acacia Avenue, LS1 4AP", False),
        ("Flat 9, 12 Acacia Avenue, LS1 4AP", "Flat 3, 12 Acacia Avenue, LS1 4AP", False),
        ("12 Acacia Avenue, LS1 4AP", "12 Acacia Avenue, M1 1AA", False),
        ("Bryn Derw, QZ1 0AA", "Bryn Mawr, QZ1 0AA", False),
        ("", "12 Acacia Avenue, LS1 4AP", False),
    ],
)
def test_two_addresses_may_be_one_door_where_the_one_says_less(one: str, other: str, is_same: bool) -> None:
    assert is_same_door(one, other) is is_same
    assert is_same_door(other, one) is is_same


@pytest.mark.parametrize(
    ("typed", "street"),
    [
        ("12 Park Road", "park"),
        ("12 Park Road Leeds", "park"),
        ("3 The Avenue", "avenue"),
        ("5 Grove Road", "grove"),
        ("19 The Rise", "rise"),
        ("8 Oak St", "oak"),
        ("8 Oak Street", "oak"),
        ("9 Church St Leeds", "church"),
        ("12 St Mary's Road", "saint marys"),
        ("8 Old St Johns Rd", "old saint johns"),
        ("12 Church Hill Road", "church hill"),
        ("5 Heol Fawr", "fawr"),
    ],
)
def test_a_street_goes_by_its_name_and_one_that_is_called_after_a_kind_of_street_keeps_it(
    typed: str, street: str
) -> None:
    assert [name for _, name in streets_in(typed)] == [street]


@pytest.mark.parametrize(
    "typed",
    [
        *("07700 911001", "447700911001", "7700911001", "+44 7700 911001", "+44 (0)7700 911001", "+ 44 7700 911001"),
        *("(+44) 7700 911001", "(0044) 7700 911001", "+440 7700 911001", "07700 911001 ext 1", "07700 911001 x 12"),
        *("07700.911.001", "\uff10\uff17\uff17\uff10\uff10 \uff19\uff11\uff11\uff10\uff10\uff11"),
    ],
)
def test_a_number_is_dialled_the_same_however_it_is_typed(typed: str) -> None:
    assert dialled(typed) == "07700911001"
    assert is_one_number(typed)


def test_a_number_of_another_country_stays_one_of_another_country() -> None:
    assert dialled("+353 86 123 4567") == dialled("00353861234567") == "00353861234567"


@pytest.mark.parametrize("typed", ["07700 911001 or 01632 1", "07700 911001 / home", "07700 911001, 01632 960001"])
def test_two_numbers_in_one_place_are_not_one(typed: str) -> None:
    assert not is_one_number(typed)
