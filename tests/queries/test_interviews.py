"""What is not right about an interview: pure, without a database."""

from dataclasses import replace

import pytest

from fanlight.casework.interviews import WRONGS, Seen, what_is_wrong

RIGHT = Seen(private=True, children_present=False, interpreter="none")
PROFESSIONAL = replace(RIGHT, interpreter="professional", interpreter_accepted=True)


@pytest.mark.parametrize(
    ("seen", "wrong"),
    [
        (RIGHT, ()),
        (PROFESSIONAL, ()),
        (replace(RIGHT, supporter=True, with_them="Ann, her sister"), ()),
        (replace(RIGHT, with_them="Ann, her sister"), ()),
        (replace(RIGHT, private=False), ("not_private",)),
        (replace(RIGHT, children_present=True), ("child_present",)),
        (replace(RIGHT, is_child=True), ("child_interviewed",)),
        (replace(PROFESSIONAL, interpreter="other"), ("not_professional",)),
        (replace(PROFESSIONAL, interpreter_accepted=False), ("not_accepted",)),
        (replace(PROFESSIONAL, interpreter_accepted=None), ("not_accepted",)),
        (replace(RIGHT, supporter=False, with_them="Ann"), ("supporter_not_theirs",)),
        (replace(RIGHT, with_them="Mr PIOTR Novak-Smith", of_the_other=["Piotr Novak"]), ("supporter_of_the_other",)),
        (
            replace(PROFESSIONAL, interpreted_by="Novak, P. (Word for Word)", of_the_other=["Piotr Novak"]),
            ("interpreter_of_the_other",),
        ),
        (replace(PROFESSIONAL, interpreted_by="R. Patel, Word for Word", of_the_other=["Piotr Novak"]), ()),
        (replace(RIGHT, with_them="Ann Novak", of_the_other=["Piotr Novak", "", "  "]), ()),
        (
            replace(RIGHT, private=False, children_present=True, interpreter="other"),
            ("not_private", "child_present", "not_professional", "not_accepted"),
        ),
    ],
)
def test_each_thing_that_is_not_right_is_said_and_nothing_else(seen: Seen, wrong: tuple[str, ...]) -> None:
    assert what_is_wrong(seen) == wrong


def test_each_says_what_to_do_instead_and_names_nobody() -> None:
    assert all(one.says and one.instead and one.of for one in WRONGS.values())
