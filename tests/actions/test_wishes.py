"""What the person at risk wants: in their own words, dated, by whom they were written down, superseded and never edited."""

import pytest

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.disposal import clear
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.strike_entry import strike_entry
from fanlight.casework.actions.write_wishes import MOST, write_wishes
from fanlight.casework.models import Case, Entry, Part, Wish
from fanlight.casework.queries.case_page import case_page
from fanlight.casework.queries.lines import WishLine
from fanlight.casework.queries.plans import wishes_page
from fanlight.casework.queries.reach_page import at_risk_in
from tests import make
from tests.cast import Cast

NOW = make.later(hours=1)


@pytest.fixture
def told(cast: Cast) -> tuple[Case, int]:
    """This function will make a case with somebody at risk."""
    case = make.make_case(cast)
    return case, add_part(case=case, name="Maria Novak", part="person_at_risk", by=cast.asha, now=NOW)


def wanted(case: Case, cast: Cast) -> WishLine | None:
    """This function will give what stands at the head of a page of the case."""
    (one,) = at_risk_in(cast.asha, case.reference, now=make.later(days=9))
    assert case_page(cast.asha, case.reference, now=make.later(days=9)).at_risk[0].wants == one.wants
    return one.wants


def test_the_last_word_heads_every_page_of_the_case_with_its_day_and_who_wrote_it_down(
    told: tuple[Case, int], cast: Cast
) -> None:
    case, part = told
    assert wanted(case, cast) is None
    first = write_wishes(case=case, part=part, words="I want to stay in my home.", by=cast.asha, now=NOW)
    last = write_wishes(
        case=case, part=part, words="I want to be\nnear my sister.", by=cast.carys, now=make.later(days=1)
    )
    assert wanted(case, cast) == WishLine(last, "I want to be\nnear my sister.", make.later(days=1), "Carys")
    page = wishes_page(cast.asha, case.reference, now=make.later(days=2))
    assert [line.sequence for line in page.each[0].before] == [first]
    assert make.told_last(case, "wishes").note == "I want to be\nnear my sister."


def test_what_was_said_earlier_and_written_down_later_takes_the_place_of_nothing(
    told: tuple[Case, int], cast: Cast
) -> None:
    case, part = told
    write_wishes(case=case, part=part, words="Now this.", at=make.later(days=2), by=cast.asha, now=make.later(days=2))
    write_wishes(case=case, part=part, words="Then that.", at=NOW, by=cast.asha, now=make.later(days=3))
    found = wanted(case, cast)
    assert found is not None
    assert found.words == "Now this."


def test_words_that_were_struck_are_not_in_view_unless_the_strike_was_struck(
    told: tuple[Case, int], cast: Cast
) -> None:
    case, part = told
    write_wishes(case=case, part=part, words="The first.", by=cast.asha, now=NOW)
    second = write_wishes(case=case, part=part, words="The second.", by=cast.asha, now=make.later(days=1))
    shown = []
    struck = second
    for day in (2, 3, 4):
        struck = strike_entry(case=case, sequence=struck, reason="In error", by=cast.carys, now=make.later(days=day))
        found = wanted(case, cast)
        shown.append(found.words if found else "")
    assert shown == ["The first.", "The second.", "The first."]


def test_only_somebody_at_risk_in_the_case_has_wishes_and_they_say_something(
    told: tuple[Case, int], cast: Cast
) -> None:
    case, part = told
    other = add_part(case=case, name="Piotr Novak", part="causing_harm", by=cast.asha, now=NOW)
    for number, words in ((other, "To be left alone."), (part, "  \u200b "), (part, "x" * (MOST + 1))):
        with pytest.raises(Faulty):
            write_wishes(case=case, part=number, words=words, by=cast.asha, now=NOW)
    with pytest.raises(NotFound):
        write_wishes(case=case, part=part + 99, words="To stay.", by=cast.asha, now=NOW)
    with pytest.raises(NotFound):
        write_wishes(case=case, part=part, words="To stay.", by=cast.bronwen, now=NOW)
    assert not Wish.objects.exists()
    assert not Entry.objects.filter(kind="wishes").exists()


def test_they_are_written_down_in_no_other_way(told: tuple[Case, int], cast: Cast) -> None:
    with pytest.raises(Refused, match="What they want"):
        record_entry(case=told[0], kind="wishes", note="To stay.", by=cast.asha, now=NOW)


def test_they_come_along_when_a_report_is_joined_to_a_case(told: tuple[Case, int], cast: Cast) -> None:
    case, part = told
    known = Part.objects.get(pk=part).person_id
    report = make.make_report(cast.iris, now=NOW)
    part = add_part(case=report, name="Maria", part="person_at_risk", same_as=known, by=cast.carys, now=NOW)
    write_wishes(case=report, part=part, words="To be safe.", by=cast.carys, now=make.later(hours=2))
    join_case(case=report, into=case.reference, by=cast.carys, now=make.later(hours=3))
    found = wanted(case, cast)
    assert found is not None
    assert found.words == f"From {report.reference}, written by Carys.\n\nTo be safe."


def test_nothing_of_them_is_left_when_the_case_is_disposed_of(told: tuple[Case, int], cast: Cast) -> None:
    case, part = told
    write_wishes(case=case, part=part, words="To stay.", by=cast.asha, now=NOW)
    clear(case.pk)
    assert not Wish.objects.exists()
