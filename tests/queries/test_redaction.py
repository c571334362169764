"""What says who somebody is comes out of a text, however it was typed, and what is left is the text as it was."""

import pytest

from fanlight.casework.redaction import TAKEN_OUT, Hidden, taken_out

JOSE = Hidden(
    names=("José Quillfeather-Day", "Pepe"),
    phones=("07700 900123",),
    emails=("jose@home.example",),
    addresses=("Flat 9, Zephyr House\nYonder Lane\nZZ9 9QQ",),
)


@pytest.mark.parametrize(
    "typed",
    [
        "José Quillfeather-Day",
        "JOSE QUILLFEATHER DAY",
        "jose",
        "Jose\u0301",
        "Jo\u00adse",
        "Quillfeather",
        "pepe's",
        "Pepe\u2019s",
        "07700 900123",
        "07700900123",
        "+44 7700 900 123",
        "+44 (0)7700-900123",
        "JOSE@home.example",
        "zz99qq",
        "ZZ9  9QQ",
        "Zephyr  House",
        "YONDER LANE",
    ],
)
def test_whoever_is_hidden_is_not_known_from_a_text_however_it_was_typed(typed: str) -> None:
    assert taken_out(f"She said that {typed} was there at 9.", [JOSE]) == f"She said that {TAKEN_OUT} was there at 9."


def test_what_says_nothing_of_them_stays_as_it_was() -> None:
    text = "Maria's sister Peperoni rang 07700 900124 from ZZ9 9QR; \u2019twas  late. Ünïcode ﬁne\n"
    assert taken_out(text, [JOSE]) == text


def test_a_name_that_somebody_shown_has_as_well_is_left_but_not_the_whole_name_of_the_hidden_one() -> None:
    hidden = [Hidden(names=("Piotr Novak",))]
    text = "Maria Novak fears Piotr Novak; Piotr came. Mrs Novak left."
    assert (
        taken_out(text, hidden, ["Maria Novak"]) == f"Maria Novak fears {TAKEN_OUT}; {TAKEN_OUT} came. Mrs Novak left."
    )
    assert taken_out(text, hidden) == f"Maria {TAKEN_OUT} fears {TAKEN_OUT}; {TAKEN_OUT} came. Mrs {TAKEN_OUT} left."


def test_words_that_an_officer_takes_out_beside_are_taken_out() -> None:
    assert taken_out("Her sister at the Corner-Shop, knows.", [Hidden(words=("corner shop",))]) == (
        f"Her sister at the {TAKEN_OUT}, knows."
    )


def test_many_marks_beside_one_another_are_one_and_do_not_say_how_much_was_there() -> None:
    assert taken_out("José Pepe José", [JOSE]) == TAKEN_OUT
