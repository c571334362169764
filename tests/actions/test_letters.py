"""Letters: only to an address that is theirs, safe and fresh, in words that say nothing, and never with another's protected address."""

from typing import Any

import pytest

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.ask_for_move import ask_for_move
from fanlight.casework.actions.reaching import NotSafe
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.actions.write_letter import write_letter
from fanlight.casework.landlords import landlord_folders
from fanlight.casework.letters import LetterFault, kinds_of
from fanlight.casework.letters.wording import _read, words_of
from fanlight.casework.models import Case, Letter, Log, Part, Staff, Terms, Way
from fanlight.casework.queries.letters import letter_document, letter_form, letters_of_case, lines_of_address
from tests import homes, make
from tests.cast import Cast
from tests.pdf import text_of

NOW = make.later(hours=4)
OWN = "Flat 2, Corner House\nMill Road\nLeeds\nZZ2 2ZZ"
PROTECTED = "Flat 9, Quillfeather House\nZephyr Lane\nYonderby\nZZ9 9QQ"
RING = {"ring": "01632 960000", "times": "all day"}


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case in which a person at risk, a neighbour and the person causing harm are named."""
    case = make.make_case(cast)
    for name, part in (("Maria Novak", "person_at_risk"), ("Nerys Bowen", "witness"), ("Piotr Novak", "causing_harm")):
        homes.a_part(case, homes.a_person(name), part, cast.asha)
    return case


def part(case: Case, of: str = "person_at_risk") -> int:
    """This function will give the part of somebody in the case."""
    return Part.objects.get(case=case, part=of).pk


def a_way(case: Case, by: Staff, of: str = "person_at_risk", value: str = OWN, **more: Any) -> int:
    """This function will write an address of somebody down, safe by their own word unless it says otherwise."""
    said: dict[str, Any] = {"standing": "safe", "told_by_them": True, "now": make.later(hours=1), **more}
    return say_way(case=case, part=part(case, of), kind="post", value=value, by=by, **said)


def write(case: Case, by: Staff, way: int, of: str = "person_at_risk", **more: Any) -> int:
    """This function will write a letter that asks somebody to ring."""
    asked: dict[str, Any] = {"kind": "please_ring", "said": RING, "now": NOW, **more}
    return write_letter(case=case, part=part(case, of), way=way, by=by, **asked)


def test_a_letter_says_who_it_is_for_where_they_want_it_and_nothing_of_why(cast: Cast, case: Case) -> None:
    number = write(case, cast.asha, a_way(case, cast.asha))
    said = text_of(letter_document(cast.asha, case.reference, number, now=NOW))
    for line in ("Maria Novak", *OWN.splitlines(), "Dear Maria Novak", "Please ring us", "Asha", "Connect Housing"):
        assert squeezed(line) in squeezed(said)
    for word in ("abuse", "violen", "survivor", "victim", "perpetrator", "safeguard", case.reference):
        assert word.lower() not in said.lower()
    assert letters_of_case(cast.asha, case.reference, now=NOW).letters[0].to == OWN.replace("\n", ", ")


def test_what_was_sent_can_be_shown_again_as_it_was(cast: Cast, case: Case) -> None:
    number = write(case, cast.asha, a_way(case, cast.asha))
    first = letter_document(cast.carys, case.reference, number, now=NOW)
    a_way(case, cast.asha, value="1 Other Road\nZZ3 3ZZ")
    assert letter_document(cast.asha, case.reference, number, now=make.later(days=30)) == first
    assert b"pdfuaid" in first
    assert bytes(Letter.objects.get().sealed_document) != first


@pytest.mark.parametrize(
    ("more", "because"),
    [
        ({"standing": "not_known", "told_by_them": False}, "not_known_written"),
        ({"standing": "unsafe", "told_by_them": False}, "unsafe"),
    ],
)
def test_no_letter_goes_to_an_address_that_is_not_safe(
    cast: Cast, case: Case, more: dict[str, Any], because: str
) -> None:
    way = a_way(case, cast.asha, **more)
    with pytest.raises(NotSafe) as refused:
        write(case, cast.asha, way)
    assert refused.value.answer.because == because
    assert Log.objects.order_by("-pk")[0].detail["contact"] == because
    form = letter_form(cast.asha, case.reference, part(case), "please_ring", now=NOW)
    assert [one.why_not != "" for one in form.choices] == [True]


def test_an_address_that_was_safe_too_long_ago_is_not_safe_any_more(cast: Cast, case: Case) -> None:
    way = a_way(case, cast.asha)
    with pytest.raises(NotSafe):
        write(case, cast.asha, way, now=make.later(days=200))


def test_an_address_of_somebody_else_or_of_another_kind_is_not_theirs(cast: Cast, case: Case) -> None:
    of_another = a_way(case, cast.asha, "witness", "3 Alder Court\nZZ1 1ZZ")
    phone = say_way(case=case, part=part(case), kind="phone", value="07700 900123", by=cast.asha, now=NOW)
    for way in (of_another, phone, 999):
        with pytest.raises(Faulty, match="Choose an address of theirs"):
            write(case, cast.asha, way)


def test_what_must_never_be_said_to_them_is_in_no_letter(cast: Cast, case: Case) -> None:
    way = a_way(case, cast.asha, terms=Terms(not_words="the move, Connect  housing"))
    with pytest.raises(Refused, match="must never be said"):
        write(case, cast.asha, way)


def squeezed(text: str) -> str:
    """This function will give a text without its spaces: a document puts them where it likes."""
    return "".join(text.split())


def moved(case: Case, by: Staff) -> int:
    """This function will let somebody ask for a move of the person at risk to a protected address, and give its way."""
    said: dict[str, Any] = {"part": part(case), "reason": "He waits.", "address": PROTECTED, "may_write": True}
    ask_for_move(case=case, **said, by=by, now=make.later(hours=2))
    return Way.objects.get(is_protected=True).pk


def test_to_a_protected_address_only_those_write_who_may_know_it(cast: Cast, case: Case) -> None:
    way = moved(case, cast.asha)
    number = write(case, cast.asha, way)
    assert "Quillfeather" in text_of(letter_document(cast.asha, case.reference, number, now=NOW))
    with pytest.raises(NotSafe) as refused:
        write(case, cast.carys, way)
    assert refused.value.answer.because == "protected"
    with pytest.raises(Refused, match="protected address"):
        letter_document(cast.carys, case.reference, number, now=NOW)
    assert letters_of_case(cast.carys, case.reference, now=NOW).letters[0].is_withheld
    with pytest.raises(NotFound):
        letter_document(cast.bronwen, case.reference, number, now=NOW)


@pytest.mark.parametrize("where", ["at Quillfeather House flat 9, ZZ99QQ", "Flat 9 Quillfeather House", "near ZZ9 9QQ"])
def test_a_letter_to_somebody_else_cannot_say_where_they_live_now_whoever_types_it(
    cast: Cast, case: Case, where: str
) -> None:
    moved(case, cast.asha)
    way = a_way(case, cast.asha, "witness", "3 Alder Court\nZZ1 1ZZ")
    said = {"day": "Tuesday", "time": "10", "place": where, "ring": "01632 960000"}
    for by in (cast.asha, cast.carys):
        with pytest.raises(Refused, match="must not learn"):
            write(case, by, way, "witness", kind="appointment", said=said)
    assert not Letter.objects.exists()
    write(case, cast.asha, way, "witness", kind="appointment", said={**said, "place": "our office"})


def test_an_address_that_is_protected_for_one_is_on_no_letter_to_another(cast: Cast, case: Case) -> None:
    for of in ("witness", "causing_harm"):
        way = a_way(case, cast.asha, of, PROTECTED)
        if of == "witness":
            moved(case, cast.asha)
        with pytest.raises(Refused):
            write(case, cast.asha, way, of)
    assert not Letter.objects.exists()


def test_what_somebody_types_is_words_and_nothing_else(cast: Cast, case: Case) -> None:
    way = a_way(case, cast.asha)
    typed = '#read("/etc/passwd") *bold* {ring} $x$ <tag> \\ "'
    number = write(case, cast.asha, way, said={**RING, "times": typed})
    said = text_of(letter_document(cast.asha, case.reference, number, now=NOW))
    assert typed.split(maxsplit=1)[0] in said
    assert "root:" not in said


@pytest.mark.parametrize("landlord", sorted(landlord_folders()))
def test_the_words_of_every_letter_in_every_language_are_neutral(landlord: str) -> None:
    for kind in kinds_of(landlord).values():
        for language in kind.words:
            letter = words_of(
                kind,
                language,
                landlord="Y",
                name="X",
                address=("1 Road",),
                said=dict.fromkeys(kind.asks, "…"),
                signed="Z",
                reference="R",
                day=NOW.date(),
            )
            text = letter.text.lower()
            for word in (
                "abuse",
                "violen",
                "victim",
                "survivor",
                "perpetrator",
                "safe",
                "police",
                "court",
                "camdrin",
                "trais",
            ):
                assert word not in text


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "holds no letter"),
        ('[[letter]]\nid = "A"\ntitle = "x"', "no id of small letters"),
        ('[[letter]]\nid = "a"\ntitle = "x"', "no words in English"),
        ('[[letter]]\nid = "a"\ntitle = "x"\n[letter.en]\nsubject = "{case}"\nparagraphs = []', "filled in by nothing"),
        ("[[", "cannot be read"),
    ],
)
def test_a_file_of_letters_that_cannot_be_used_says_why(text: str, fault: str, tmp_path: Any) -> None:
    file = tmp_path / "letters.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LetterFault, match=fault):
        _read(file)


def test_an_address_on_one_line_is_written_as_on_an_envelope() -> None:
    assert lines_of_address("1 Alder Court, Exampleton, ZZ1 1ZZ") == ("1 Alder Court", "Exampleton", "ZZ1 1ZZ")
    assert lines_of_address("1 Alder Court\nExampleton ZZ1 1ZZ") == ("1 Alder Court", "Exampleton", "ZZ1 1ZZ")
    assert lines_of_address("") == ("",)
