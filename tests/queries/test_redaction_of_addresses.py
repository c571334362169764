"""An address, a name or a number comes out of a text however it was typed, and a form is told that it gives an address away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanlight.casework.redaction import TAKEN_OUT, Hidden, gives_away, taken_out

ADDRESS = "14 St Mary's Crescent\nOtley\nLS99 9ZZ"
HIDDEN = [
    Hidden(
        names=("Siân O'Neill", "Jean-Luc al-Hassan"),
        phones=("07700 900222", "+48 600 123 456"),
        addresses=(ADDRESS, "Rose Cottage, 3a Quillfeather Road, Tredegar NP22 3AA"),
    )
]


@pytest.mark.parametrize(
    "typed",
    [
        "14 St Mary's Crescent",
        "14 St Marys Crescent",
        "14 ST. MARY\u2019S CRES.",
        "14 St Mary's Cresc",
        "14 Saint Mary's Crescent",
        "14, St Mary's Crescent",
        "14a St Marys Cres",
        "14 A, Saint Marys Crescent",
        "14 St-Mary's Crescent",
        "14 St Mary's",
        "14 St Mary\u02bcs\u00a0Crescent",
        "LS99 9ZZ",
        "ls999zz",
        "LS99\u20119ZZ",
        "L S 9 9 9 Z Z",
    ],
)
def test_a_house_is_known_however_its_street_is_written(typed: str) -> None:
    assert taken_out(f"She lives at {typed} now", HIDDEN).startswith(f"She lives at {TAKEN_OUT}")
    assert "mary" not in taken_out(f"She lives at {typed} now", HIDDEN).casefold()
    assert gives_away(f"see her at {typed} now", ADDRESS)


@pytest.mark.parametrize(
    "typed", ["3 Quillfeather Rd", "3a quillfeather road", "3B Quillfeather Rd", "RoseCottage", "Rose-Cottage", "NP223AA"]
)  # fmt: skip
def test_what_else_says_a_house(typed: str) -> None:
    assert taken_out(f"At {typed} then", HIDDEN) == f"At {TAKEN_OUT} then"


@pytest.mark.parametrize(
    "text", ["15 St Mary's Crescent", "She was seen in the crescent", "LS99 9ZY", "at 14 Stanley Road", "Otley"]
)
def test_another_house_is_not_it(text: str) -> None:
    assert not gives_away(text, ADDRESS)


@pytest.mark.parametrize(
    "typed",
    ["O'Neill", "ONeill", "O Neill", "o\u2019neill", "O-Neill", "Sian ONeill", "JeanLuc", "Jean Luc", "Jean\u2011Luc", "AlHassan", "Al Hassan"]
)  # fmt: skip
def test_a_name_is_known_written_together_or_apart(typed: str) -> None:
    assert taken_out(f"Then {typed} came", HIDDEN) == f"Then {TAKEN_OUT} came"
    other = [Hidden(names=(typed,))]
    assert taken_out("Then ONeill, JeanLuc, AlHassan came", other) != "Then ONeill, JeanLuc, AlHassan came"


_BETWEEN = st.sampled_from(
    ["", " ", "-", "\u2013", "\u2011", "\u2014", "\u00b7", ", ", ".", "/", "\u00a0", " - ", "_", "\u2022", "\u2212"]
)
_BEGINS = st.sampled_from(["0", "+44", "0044", "+44 (0)", "(0)", "+44\u20130", "00 44 "])


@given(begins=_BEGINS, between=st.lists(_BETWEEN, min_size=9, max_size=9), other=st.booleans())
def test_whatever_stands_between_its_figures_a_number_is_not_left(begins: str, between: list[str], other: bool) -> None:
    figures = "7700900222"
    typed = begins + "".join(f"{figure}{mark}" for figure, mark in zip(figures, [*between, ""], strict=True))
    left = taken_out(f"Ring {typed} or" + (" 07700 900333" if other else " not"), HIDDEN)
    assert "".join(filter(str.isdecimal, left)) == ("07700900333" if other else "")


@given(
    number=st.sampled_from(["14", "14a", "14 A", "No. 14", "no 14", "14,", "#14"]),
    saint=st.sampled_from(["St", "St.", "Saint", "ST", "saint"]),
    mary=st.sampled_from(["Mary's", "Marys", "Mary\u2019s", "MARY'S", "M\u00e1rys", "Ma\u00adrys", "Mary`s", "mary-s"]),
    kind=st.sampled_from(["Crescent", "Cres", "Cres.", "Cresc", "CR", "crescent"]),
    gap=st.sampled_from([" ", "  ", ", ", "\n", "\u00a0", "-", " \u2013 "]),
)
def test_whatever_the_typing_the_street_of_a_hidden_house_is_not_left(
    number: str, saint: str, mary: str, kind: str, gap: str
) -> None:
    text = f"Near {gap.join((number, saint, mary, kind))} she waits"
    left = taken_out(text, HIDDEN)
    assert "m" not in left.replace(TAKEN_OUT, "").casefold()
    assert gives_away(text, ADDRESS)
