"""The log, as the data protection officer reads it: whose rows, of which cases, in which days, and nothing of their own case."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.log_view import log_view, log_view_refused
from fanlight.casework.actions.open_in_emergency import open_in_emergency
from fanlight.casework.actions.relate_staff import relate_staff
from fanlight.casework.actions.review_emergency import review_emergency
from fanlight.casework.actions.search import search
from fanlight.casework.models import Case, Log, Staff
from fanlight.casework.queries.unusual import unusual
from fanlight.casework.queries.who_saw import (
    PAGE,
    Period,
    opened_in_emergency,
    period_of,
    what_they_saw,
    what_was_refused,
    who_saw_case,
)
from tests import make
from tests.cast import Cast, again, hire

NOW = make.later(days=1)
WEEK = Period(7, NOW.date())


@pytest.fixture
def pia(cast: Cast) -> Staff:
    """This function will take on a data protection officer."""
    return hire("Pia", "connect", data_protection_officer=[])


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case of Asha's."""
    return make.make_case(cast)


def look(case: Case, *people: Staff, at: datetime = NOW, page: str = "case") -> None:
    """This function will have people look at a case, one minute after the other."""
    for number, one in enumerate(people):
        log_view(reference=case.reference, page=page, by=one, now=at + timedelta(minutes=number))


def test_who_saw_a_case_is_said_with_when_and_what_the_latest_first(cast: Cast, pia: Staff, case: Case) -> None:
    look(case, cast.asha, cast.carys)
    log_view_refused(reference=case.reference, page="case", by=cast.bronwen, now=NOW + timedelta(hours=1))
    rows = who_saw_case(pia, case.reference)
    assert [(row.who, row.what, row.outcome) for row in rows.items[:3]] == [
        ("Bronwen", "Looked: case", "Refused"),
        ("Carys", "Looked: case", ""),
        ("Asha", "Looked: case", ""),
    ]
    assert [row.what for row in rows.items[3:]] == ["Opened a case", "Made a report"]
    assert rows.items[0].at == NOW + timedelta(hours=1)


def test_what_somebody_saw_holds_their_rows_alone_within_whole_days_in_london(
    cast: Cast, pia: Staff, case: Case
) -> None:
    for hour, minute in ((23, 59), (24, 0)):
        look(
            case,
            cast.asha,
            cast.carys,
            at=make.MORNING.replace(hour=0, minute=0) + timedelta(hours=hour, minutes=minute),
        )
    first = what_they_saw(pia, cast.asha.pk, Period(1, date(2026, 3, 3)))
    second = what_they_saw(pia, cast.asha.pk, Period(1, date(2026, 3, 4)))
    both = what_they_saw(pia, cast.asha.pk, Period(7, date(2026, 3, 5)))
    assert (first.rows.total, second.rows.total, both.rows.total) == (1, 1, 2)
    assert {row.who for row in both.rows.items} == {"Asha"}
    assert both.name == "Asha"


def test_a_search_is_shown_with_its_purpose_and_an_emergency_with_its_own(cast: Cast, pia: Staff, case: Case) -> None:
    search(name="Maria Novak", purpose="caller", by=cast.bronwen, now=NOW)
    open_in_emergency(reference=case.reference, purpose="danger", reason="She rang", by=cast.bronwen, now=NOW)
    look(case, cast.bronwen, at=NOW + timedelta(minutes=5))
    look(case, cast.bronwen, at=NOW + timedelta(hours=5))
    rows = what_they_saw(pia, cast.bronwen.pk, WEEK).rows.items
    assert [(row.what, row.purpose, row.in_emergency) for row in rows] == [
        ("Looked: case", "", False),
        ("Looked: case", "", True),
        ("Opened a case in an emergency", "Somebody is in danger, or may be before the day is out", True),
        ("Looked for a person", "Somebody was on the line or there", False),
    ]


def test_refusals_are_those_of_everybody_at_the_landlord_and_nothing_that_was_done(
    cast: Cast, pia: Staff, case: Case
) -> None:
    look(case, cast.asha)
    log_view_refused(reference=case.reference, page="case", by=cast.bronwen, now=NOW)
    log_view_refused(reference="", page="log", by=cast.iris, now=NOW)
    log_view_refused(reference="", page="log", by=cast.dev, now=NOW)
    rows = what_was_refused(pia, WEEK).items
    assert [(row.who, row.what, row.reference) for row in rows] == [
        ("Iris", "Looked: log", ""),
        ("Bronwen", "Looked: case", case.reference),
    ]


def test_emergencies_are_shown_with_what_the_review_said_and_without_the_words_of_either(
    cast: Cast, pia: Staff, case: Case
) -> None:
    open_in_emergency(reference=case.reference, purpose="cover", reason="She is outside", by=cast.bronwen, now=NOW)
    number = case.emergencies.get().pk
    (waiting,) = opened_in_emergency(pia, WEEK).items
    assert (waiting.who, waiting.reviewed_at, waiting.outcome) == ("Bronwen", None, "")
    review_emergency(number=number, outcome="not_needed", review="It could wait", by=cast.carys, now=NOW)
    (reviewed,) = opened_in_emergency(pia, WEEK).items
    assert (reviewed.outcome, reviewed.reviewed_by) == ("It was not needed, and nothing follows", "Carys")
    assert "outside" not in repr(reviewed)
    assert "could wait" not in repr(reviewed)


@pytest.mark.parametrize("name", ["asha", "carys", "dev", "farah", "gwen", "huw", "iris"])
def test_the_log_is_shown_to_nobody_without_the_permission_not_even_of_themselves(
    cast: Cast, case: Case, name: str
) -> None:
    viewer: Staff = getattr(cast, name)
    for ask in (
        lambda: who_saw_case(viewer, case.reference),
        lambda: what_they_saw(viewer, viewer.pk, WEEK),
        lambda: what_was_refused(viewer, WEEK),
        lambda: opened_in_emergency(viewer, WEEK),
        lambda: unusual(viewer, WEEK, now=NOW),
    ):
        with pytest.raises(Refused):
            ask()


def test_nothing_of_another_landlord_is_in_the_log_that_one_sees(cast: Cast, pia: Staff) -> None:
    theirs = make.make_report(cast.dev, patch=None)
    look(theirs, cast.dev)
    with pytest.raises(NotFound):
        who_saw_case(pia, theirs.reference)
    with pytest.raises(NotFound):
        what_they_saw(pia, cast.dev.pk, WEEK)
    elsewhere = hire("Rhun", "ongo", data_protection_officer=[])
    assert who_saw_case(elsewhere, theirs.reference).total == 2
    assert {row.landlord_id for row in Log.objects.filter(case=theirs)} == {"ongo"}


def everything(viewer: Staff, *people: Staff) -> str:
    """This function will give all that the pages over the log have to say to somebody."""
    shown = [
        *(what_they_saw(viewer, one.pk, WEEK) for one in people),
        what_was_refused(viewer, WEEK),
        opened_in_emergency(viewer, WEEK),
        unusual(viewer, WEEK, now=NOW),
    ]
    return repr(shown)


@pytest.mark.parametrize("why", ["named", "related"])
def test_a_data_protection_officer_who_is_in_a_case_sees_nothing_of_it_in_the_log(
    cast: Cast, pia: Staff, case: Case, why: str
) -> None:
    other = make.make_case(cast)
    staff = hire("Rhian Vale", "connect", line_manager=[])
    for matter in (case, other):
        add_part(
            case=matter, name="Gareth Vale", part="witness", not_them="Two men.", by=cast.asha, now=make.later(hours=2)
        )
        look(matter, cast.asha, staff, at=NOW.replace(hour=22))
        log_view_refused(reference=matter.reference, page="case", by=cast.bronwen, now=NOW)
        open_in_emergency(reference=matter.reference, purpose="danger", reason="She rang", by=cast.bronwen, now=NOW)
    people = (cast.asha, cast.bronwen, cast.carys, staff)
    assert (
        everything(again(pia), *people).count(case.reference)
        == everything(again(pia), *people).count(other.reference)
        > 5
    )
    if why == "named":
        add_part(case=case, name="Pia", part="other", staff_email=pia.email, by=cast.asha, now=make.later(hours=3))
    else:
        relate_staff(case=case, staff=pia, relation="sibling", by=cast.carys, now=make.later(hours=3))
    seen = everything(again(pia), *people)
    assert case.reference not in seen
    assert other.reference in seen
    with pytest.raises(NotFound):
        who_saw_case(again(pia), case.reference)


def test_one_who_asks_for_their_own_case_is_told_as_much_as_of_one_that_is_not_there(
    cast: Cast, pia: Staff, case: Case
) -> None:
    add_part(case=case, name="Pia", part="other", staff_email=pia.email, by=cast.asha, now=make.later(hours=2))
    for reference in (case.reference, "CO-1999-999999"):
        log_view_refused(reference=reference, page="case", by=pia, now=NOW)
    for rows in (what_they_saw(again(pia), pia.pk, WEEK).rows, what_was_refused(again(pia), WEEK)):
        one, other = rows.items
        assert one == other

    def cost(reference: str) -> int:
        with CaptureQueriesContext(connection) as queries, pytest.raises(NotFound):
            who_saw_case(again(pia), reference)
        return len(queries)

    assert cost(case.reference) == cost("CO-1999-999999")


def test_a_page_of_the_log_costs_the_same_number_of_queries_for_one_row_and_for_many(
    cast: Cast, pia: Staff, case: Case
) -> None:
    def cost() -> list[int]:
        found = []
        for ask in (
            lambda: who_saw_case(again(pia), case.reference),
            lambda: what_they_saw(again(pia), cast.asha.pk, WEEK),
            lambda: what_was_refused(again(pia), WEEK),
            lambda: opened_in_emergency(again(pia), WEEK),
            lambda: unusual(again(pia), WEEK, now=NOW),
        ):
            with CaptureQueriesContext(connection) as queries:
                ask()
            found.append(len(queries))
        return found

    def one_more(by: Staff) -> None:
        matter = make.make_case(cast)
        look(matter, cast.asha, by)
        look(case, cast.asha, by)
        log_view_refused(reference=matter.reference, page="case", by=by, now=NOW)
        open_in_emergency(reference=matter.reference, purpose="danger", reason="She rang", by=by, now=NOW)

    one_more(cast.bronwen)
    cost()
    of_one = cost()
    for number in range(5):
        one_more(hire(f"Officer {number}", "connect", case_officer=["Leeds East"]))
    assert cost() == of_one


def test_the_pages_of_the_log_hold_every_row_once(cast: Cast, pia: Staff, case: Case) -> None:
    for number in range(PAGE + 3):
        look(case, cast.asha, at=NOW + timedelta(seconds=number))
    first, second = (what_they_saw(pia, cast.asha.pk, WEEK, page=page).rows for page in (1, 2))
    assert (first.total, first.pages, len(first.items), len(second.items)) == (PAGE + 3, 2, PAGE, 3)
    assert len({row.at for row in (*first.items, *second.items)}) == PAGE + 3


@pytest.mark.parametrize(
    ("days", "last"),
    [
        ("", ""), ("0", "yesterday"), ("-1", "0001-01-01"), ("9999999999", "9999-12-31"), ("\uff17", "2027-01-01"),
        ("7; drop table", "2026-02-30"), ("seven", "\x00"), ("7", "2026-W10"), ("8", "' or 1=1"),
    ],
)  # fmt: skip
def test_a_period_that_makes_no_sense_is_the_usual_one_up_to_today(days: str, last: str) -> None:
    assert period_of(days, last, NOW, usual=7) in (Period(7, date(2026, 3, 4)), Period(7, date(2026, 3, 2)))


def test_a_period_is_whole_days_in_london_when_the_clocks_change() -> None:
    period = period_of("1", "2026-03-29", make.later(days=60), usual=7)
    assert period.until - period.since == timedelta(days=1)
    assert (period.since.utcoffset(), period.until.utcoffset()) == (timedelta(0), timedelta(hours=1))
