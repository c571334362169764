"""How long cases are kept: what falls due and when, what holds it back, and that two people let it go."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.dispose_case import dispose_case
from fanlight.casework.actions.hold_case import hold_case
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.lift_hold import lift_hold
from fanlight.casework.actions.redirect_report import redirect_report
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.reopen_case import reopen_case
from fanlight.casework.actions.review_for_disposal import review_for_disposal
from fanlight.casework.models import Case, Hold, Log, Staff
from fanlight.casework.queries.retention import kept, marked, retention_case, retention_list
from tests import make
from tests.cast import Cast, again, hire

CLOSED = make.later(days=30)
"""Thursday 2 April 2026."""


def years(number: int, *, days: int = 0, start: datetime = CLOSED) -> datetime:
    """This function will give a moment so many years and days after the closure."""
    return start.replace(year=start.year + number) + timedelta(days=days)


@pytest.fixture
def officer(cast: Cast) -> Staff:
    """This function will take on a data protection officer."""
    return hire("Olwen", "connect", data_protection_officer=[])


def closed(cast: Cast, *, now: datetime = CLOSED, **facts: object) -> Case:
    """This function will make a case and close it."""
    case = make.make_case(cast, **facts)
    close_case(case=case, reason="Settled elsewhere", by=cast.carys, now=now)
    return make.fresh(case)


def state(case: Case, now: datetime) -> tuple[str, date | None]:
    """This function will give how a case stands and when it falls due."""
    found = kept(make.fresh(case), now)
    return found.state, found.falls_due_on


def let_go(case: Case, by: Staff, now: datetime) -> None:
    """This function will look at a case and let it go."""
    review_for_disposal(reference=case.reference, outcome="dispose", reason="Nothing is open", by=by, now=now)


# ── The schedule ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_case_falls_due_on_the_day_six_years_after_it_was_closed_and_not_before(cast):
    case = closed(cast)
    assert state(case, years(6, days=-1))[0] == "coming"
    assert state(case, years(6)) == ("due", date(2032, 4, 2))
    assert state(make.make_case(cast), years(30))[0] == "not_closed"


def test_a_case_with_children_is_kept_longer_whether_a_fact_or_a_person_says_so(cast):
    told, named = closed(cast, children=True), make.make_case(cast)
    add_part(case=named, name="Mair", part="child", by=cast.carys, now=make.later(days=1))
    close_case(case=named, reason="Settled", by=cast.carys, now=CLOSED)
    for case in (told, named):
        assert state(case, years(7)) == ("coming", date(2051, 4, 2))
        assert state(case, years(25))[0] == "due"


def test_a_report_that_was_no_abuse_goes_sooner_children_or_not(cast):
    report = make.make_report(cast.iris, children=True)
    redirect_report(case=report, outcome="not_domestic_abuse", reason="A television", by=cast.carys, now=CLOSED)
    assert state(report, years(1, days=-1))[0] == "coming"
    assert state(report, years(1))[0] == "due"


def test_a_case_about_a_colleague_with_children_is_kept_for_the_longer_of_the_two(cast):
    case = make.make_case(cast, lead=cast.farah, about="colleague", children=True)
    close_case(case=case, reason="Settled", by=cast.farah, now=CLOSED)
    assert kept(make.fresh(case), CLOSED).kind == "colleague_with_children"
    assert state(case, years(7)) == ("coming", date(2051, 4, 2))


def test_what_is_recorded_after_the_closure_moves_the_day_and_so_does_opening_it_again(cast):
    case = make.make_case(cast)
    sent = make.make_entry(case, "referral", cast.asha, now=make.later(days=1), to="marac")
    close_case(case=case, reason="Settled", by=cast.carys, now=CLOSED)
    make.make_entry(case, "receipt", cast.asha, now=years(2), of=sent, to="marac")
    assert state(case, years(6)) == ("coming", date(2034, 4, 2))
    reopen_case(case=case, reason="She rang", by=cast.carys, now=years(3))
    assert state(case, years(9))[0] == "not_closed"
    close_case(case=case, reason="Settled again", by=cast.carys, now=years(4))
    assert state(case, years(9)) == ("coming", date(2036, 4, 2))


def test_a_report_that_was_joined_goes_no_sooner_than_the_case(cast):
    case, report = make.make_case(cast), make.make_report(cast.iris, now=make.later(hours=2))
    join_case(case=report, into=case.reference, by=cast.carys, now=make.later(days=1))
    assert state(report, years(40))[0] == "not_closed"
    close_case(case=case, reason="Settled", by=cast.carys, now=years(2))
    assert state(report, years(7)) == ("coming", date(2034, 4, 2))
    hold_case(reference=case.reference, reason="A claim", by=cast.carys, now=years(3))
    assert state(report, years(8))[0] == "held"


def test_a_case_whose_kind_was_never_worked_out_is_kept_longest(cast):
    case = closed(cast)
    Case.objects.filter(pk=case.pk).update(kept_as="")
    assert state(case, years(7)) == ("coming", date(2051, 4, 2))


def test_a_leap_day_falls_due_at_the_end_of_february(cast):
    case = closed(cast, now=make.MORNING.replace(year=2028, month=2, day=29))
    assert state(case, make.MORNING.replace(year=2034, month=2, day=28)) == ("due", date(2034, 2, 28))


# ── Holds ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_that_is_held_back_falls_due_until_the_hold_is_lifted(cast, officer):
    case = closed(cast)
    number = hold_case(reference=case.reference, reason="A claim is before the court", by=officer, now=years(1))
    assert state(case, years(6))[0] == "held"
    with pytest.raises(Refused, match="It is held back"):
        let_go(case, officer, years(6))
    lift_hold(reference=case.reference, number=number, reason="Settled", by=cast.carys, now=years(7))
    assert state(case, years(7))[0] == "due"
    with pytest.raises(Refused, match="lifted already"):
        lift_hold(reference=case.reference, number=number, reason="Again", by=cast.carys, now=years(7))
    found = retention_case(officer, case.reference, now=years(7)).holds[0]
    assert (found.by, found.reason, found.lifted_by, found.lift_reason, found.is_on) == (
        *("Olwen", "A claim is before the court", "Carys", "Settled"),
        False,
    )


def test_a_hold_until_a_day_lasts_through_that_day(cast, officer):
    case = closed(cast)
    hold_case(reference=case.reference, reason="Inquest", until=date(2033, 1, 31), by=officer, now=years(1))
    assert state(case, make.MORNING.replace(year=2033, month=1, day=31, hour=23))[0] == "held"
    assert state(case, make.MORNING.replace(year=2033, month=2, day=1, hour=0))[0] == "due"


def test_the_reason_of_a_hold_is_sealed_and_stands_nowhere_in_the_log(cast, officer):
    case = closed(cast)
    hold_case(reference=case.reference, reason="The Novak inquest", by=officer, now=years(1))
    assert b"Novak" not in bytes(Hold.objects.get().sealed_reason)
    assert "Novak" not in str(Log.objects.latest("pk").detail)


def test_a_hold_without_a_reason_or_until_a_day_that_is_past_is_refused(cast, officer):
    case = closed(cast)
    with pytest.raises(Faulty, match="Say why"):
        hold_case(reference=case.reference, reason=" ", by=officer, now=years(1))
    with pytest.raises(Faulty, match="still to come"):
        hold_case(reference=case.reference, reason="x1", until=date(2027, 4, 2), by=officer, now=years(1))
    assert not Hold.objects.exists()


def test_a_case_that_is_open_can_be_held_back_from_the_day_it_is_closed(cast, officer):
    case = make.make_case(cast)
    hold_case(reference=case.reference, reason="A claim", by=officer, now=make.later(days=1))
    close_case(case=case, reason="Settled", by=cast.carys, now=CLOSED)
    assert state(case, years(8))[0] == "held"


# ── Review ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_review_may_keep_a_case_longer_and_the_last_one_counts(cast, officer):
    case = closed(cast)
    keep = {"reference": case.reference, "outcome": "keep", "reason": "She may come back", "by": officer}
    review_for_disposal(**keep, keep_until=date(2035, 1, 1), now=years(6))
    assert state(case, years(7)) == ("later", date(2035, 1, 1))
    review_for_disposal(**keep, keep_until=date(2033, 1, 1), now=years(6, days=9))
    assert state(case, years(7)) == ("due", date(2033, 1, 1))
    let_go(case, officer, years(7))
    assert state(case, years(7))[0] == "marked"


def test_a_case_that_is_not_due_cannot_be_let_go(cast, officer):
    with pytest.raises(Refused, match="does not fall due yet"):
        let_go(closed(cast), officer, years(5))
    with pytest.raises(Refused, match="It is not closed"):
        let_go(make.make_case(cast), officer, years(9))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"outcome": "burn"}, "Say whether it is kept longer"),
        ({"outcome": "keep"}, "Say until when"),
        ({"outcome": "keep", "keep_until": date(2032, 4, 2)}, "still to come"),
        ({"outcome": "keep", "keep_until": date(9999, 4, 2)}, "2200 or earlier"),
        ({"outcome": "dispose", "reason": ""}, "Say why"),
    ],
)
def test_a_review_that_is_not_understood_is_told_why(cast, officer, said, sentence):
    case = closed(cast)
    with pytest.raises(Faulty, match=sentence):
        review_for_disposal(**{"reference": case.reference, "reason": "Old", "by": officer, "now": years(6), **said})


def test_what_was_let_go_is_looked_at_again_where_something_was_written_or_it_was_held_since(cast, officer):
    written, held = closed(cast), closed(cast)
    for case in (written, held):
        let_go(case, officer, years(6))
        assert state(case, years(6))[0] == "marked"
    make.make_entry(written, "report", cast.carys, now=years(6, days=1), source="survivor", channel="phone")
    number = hold_case(reference=held.reference, reason="A claim", by=officer, now=years(6, days=1))
    lift_hold(reference=held.reference, number=number, reason="Settled", by=officer, now=years(6, days=2))
    assert state(written, years(6, days=3)) == ("coming", date(2038, 4, 3))
    assert state(held, years(6, days=3))[0] == "due"
    another = hire("Second", "connect", data_protection_officer=[])
    for case in (written, held):
        with pytest.raises(Refused, match="Somebody must look at it first"):
            dispose_case(reference=case.reference, by=another, now=years(6, days=3))


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_people_dispose_of_a_case_and_neither_can_do_it_alone(cast, officer):
    case = closed(cast)
    with pytest.raises(Refused, match="Somebody must look at it first"):
        dispose_case(reference=case.reference, by=officer, now=years(6))
    let_go(case, officer, years(6))
    with pytest.raises(Refused, match="Somebody else disposes of what you let go"):
        dispose_case(reference=case.reference, by=officer, now=years(6))
    with pytest.raises(Refused, match="Your role may not do this: dispose of a case"):
        dispose_case(reference=case.reference, by=cast.carys, now=years(6))
    assert make.fresh(case).status == "closed"
    let_go(case, cast.carys, years(6))
    dispose_case(reference=case.reference, by=officer, now=years(6))
    assert make.fresh(case).status == "disposed"


def test_roles_without_the_permissions_may_do_none_of_it(cast):
    case = closed(cast)
    deeds: tuple[Callable[[Staff], object], ...] = (
        lambda by: retention_list(by, now=years(6)),
        lambda by: retention_case(by, case.reference, now=years(6)),
        lambda by: hold_case(reference=case.reference, reason="Why not", by=by, now=years(6)),
        lambda by: lift_hold(reference=case.reference, number=1, reason="Why not", by=by, now=years(6)),
        lambda by: let_go(case, by, years(6)),
        lambda by: dispose_case(reference=case.reference, by=by, now=years(6)),
    )
    for by in (cast.asha, cast.bronwen, cast.eve, cast.farah, cast.gwen, cast.huw, cast.iris):
        for deed in deeds:
            with pytest.raises(Refused):
                deed(by)
    for deed in deeds[1:5]:
        with pytest.raises(NotFound):
            deed(cast.dev)
    assert retention_list(cast.dev, now=years(6)).cases.total == 0


def test_a_case_in_which_somebody_is_named_is_not_in_their_list_whatever_their_role(cast, officer):
    case = make.make_case(cast)
    add_part(case=case, name="Olwen", part="witness", staff_email=officer.email, by=cast.carys, now=make.later(days=1))
    close_case(case=case, reason="Settled", by=cast.carys, now=CLOSED)
    assert retention_list(again(officer), now=years(6)).counts["due"] == 0
    assert retention_list(cast.carys, now=years(6)).counts["due"] == 1
    with pytest.raises(NotFound):
        hold_case(reference=case.reference, reason="A claim", by=again(officer), now=years(6))


def test_that_a_case_is_about_a_colleague_is_told_to_those_alone_who_see_such_cases(cast, officer):
    case = make.make_case(cast, lead=cast.farah, about="colleague")
    close_case(case=case, reason="Settled", by=cast.farah, now=CLOSED)
    assert retention_case(officer, case.reference, now=years(6)).kind == "A case"
    assert retention_case(cast.carys, case.reference, now=years(6)).kind == "A case about a colleague"
    assert {line.kind for line in retention_list(officer, now=years(6)).cases.items} == {"A case"}


# ── The list ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_has_each_case_in_one_part_soonest_first_and_names_nobody(cast, officer):
    due, gone, held, longer, coming, far = (closed(cast, now=make.later(days=20 + day)) for day in range(6))
    now = years(6)
    close_soon = {"case": coming, "reason": "She rang", "by": cast.carys}
    reopen_case(**close_soon, now=years(0, days=20))
    close_case(case=coming, reason="Settled", by=cast.carys, now=years(0, days=40))
    reopen_case(**{**close_soon, "case": far}, now=years(1))
    close_case(case=far, reason="Settled", by=cast.carys, now=years(2))
    let_go(gone, officer, now)
    hold_case(reference=held.reference, reason="A claim", by=officer, now=now)
    review_for_disposal(
        reference=longer.reference, outcome="keep", keep_until=date(2040, 1, 1), reason="Old", by=officer, now=now
    )
    found = {show: retention_list(officer, show=show, now=now) for show in ("due", "marked", "held", "later", "coming")}
    assert {show: [line.reference for line in one.cases.items] for show, one in found.items()} == {
        "due": [due.reference],
        "marked": [gone.reference],
        "held": [held.reference],
        "later": [longer.reference],
        "coming": [coming.reference],
    }
    assert found["due"].counts == {"due": 1, "marked": 1, "held": 1, "later": 1, "coming": 1}
    assert [one.reference for one in marked("connect", now=now)] == [gone.reference]
    assert "Asha" not in str(found)
    assert "Carys" not in str(found)


def test_the_list_costs_the_same_for_one_case_and_for_many(cast, officer, django_assert_max_num_queries):
    def cost() -> int:
        with django_assert_max_num_queries(12) as counted:
            retention_list(officer, now=years(6))
        return len(counted)

    closed(cast)
    cost()  # The roles of the viewer are read once.
    first = cost()
    for _ in range(6):
        closed(cast)
    assert cost() == first


# ── The log ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_step_leaves_one_row_in_the_log_and_so_does_each_refusal(cast, officer):
    case = closed(cast)
    number: list[int] = []
    deeds: dict[str, Callable[[], object]] = {
        "hold_case": lambda: number.append(
            hold_case(reference=case.reference, reason="A claim", by=officer, now=years(6))
        ),
        "lift_hold": lambda: lift_hold(
            reference=case.reference, number=number[0], reason="Settled", by=officer, now=years(6)
        ),
        "review_for_disposal": lambda: let_go(case, cast.carys, years(7)),
        "dispose_case": lambda: dispose_case(reference=case.reference, by=officer, now=years(7)),
    }
    for what, act in deeds.items():
        before = Log.objects.count()
        act()
        assert make.log_rows(before) == [(what, "done")]
        assert Log.objects.latest("pk").case_id == case.pk
        before = Log.objects.count()
        with pytest.raises((Refused, NotFound)):
            hold_case(reference="CO-1999-000001", reason="A claim", by=officer, now=years(6))
        assert make.log_rows(before) == [("hold_case", "refused")]
