"""Somebody is named by a text in whatever order and spelling they are typed, and nobody else is."""

import pytest

from fanlight.casework.naming import names_body, names_person

HIM = "Darragh Quill"


@pytest.mark.parametrize(
    "typed",
    [
        "Darragh Quill",
        "Quill, Darragh",
        "QUILL Darragh",
        "PC Darragh P. Quill",
        "Quill (Sgt), Darragh",
        "DarraghQuill",
        "c/o darragh.quill@force.example",
        "Dar\u00adragh Quill",
        "Da\u0301rragh\u2014Quill",
        "Darragh/Quill, custody desk",
    ],
)
def test_a_name_is_known_in_any_order_with_titles_and_other_names_between(typed: str) -> None:
    assert names_person(typed, HIM) == "named"


@pytest.mark.parametrize(
    "typed", ["Daragh Quill", "Darragh Quil", "D Quill", "D. Quill", "Quill D", "D P Quill", "d.quill@force.example", "PC Quill"]
)  # fmt: skip
def test_a_name_by_sound_by_an_initial_or_by_the_family_alone_is_like_it(typed: str) -> None:
    assert names_person(typed, HIM) == "like"


@pytest.mark.parametrize(
    "typed", ["Olwen Price", "Dana Quill", "Sgt Olwen Price, Darragh Road", "", "Quilter Dean", "The duty team", "Morwenna Quill"]
)  # fmt: skip
def test_somebody_else_is_not_named(typed: str) -> None:
    assert not names_person(typed, HIM)


def test_an_initial_is_nobody_else_where_the_whole_name_stands_beside_it() -> None:
    assert not names_person("d.quill@force.example", HIM, beside=["Dana Quill", "d.quill@force.example"])
    assert names_person("d.quill@force.example", HIM, beside=["D Quill"]) == "like"


@pytest.mark.parametrize(
    "typed", ["Cathal O'Mara", "Cathal OMara", "O\u2019Mara Cathal", "O Mara, Cathal", "cathal o-mara", "Cathal O\u02bcMara"]
)  # fmt: skip
@pytest.mark.parametrize("known", ["Cathal O'Mara", "Cathal OMara", "O'Mara, Cathal"])
def test_apostrophes_and_hyphens_make_no_other_name(typed: str, known: str) -> None:
    assert names_person(typed, known) == "named"


def test_a_short_form_is_like_the_name_and_a_double_name_is_known_by_each_half() -> None:
    assert names_person("Bob Lockwood", "Robert Lockwood") == "like"
    assert (
        names_person("Jean Luc Martin", "Jean-Luc Martin")
        == names_person("JeanLuc Martin", "Jean-Luc Martin")
        == "named"
    )
    assert names_person("Olwen Smith", "Olwen Smith-Jones") == "like"
    assert not names_person("Jane Price", "John Price")


@pytest.mark.parametrize(
    "typed",
    [
        "northgate family law llp",
        "Northgate Family-Law LLP.",
        "North Gate Family Law",
        "Northgate Family Law L.L.P.",
        "The duty desk, Northgate Family Law",
        "Family Law, Northgate",
    ],
)
def test_an_organisation_is_known_however_its_name_is_written(typed: str) -> None:
    assert names_body(typed, "Northgate Family Law LLP") == "named"
    assert names_body(typed, "Northgate Family Law L.L.P.") == "named"


def test_a_name_with_a_slip_or_a_word_left_out_is_like_it_and_another_organisation_is_not() -> None:
    for typed in ("Northgait Family Law", "Northgate Law"):
        assert names_body(typed, "Northgate Family Law LLP") == "like"
    for typed in ("Southgate Family Centre", "Northgate", "Kirklees Law Centre", ""):
        assert not names_body(typed, "Northgate Family Law LLP")
    assert names_body("North Kirklees Womens Refuge", "North Kirklees Women\u2019s Refuge") == "named"
