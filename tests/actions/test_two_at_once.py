"""Two people at once, each with a connection of their own: nobody overwrites, and nothing is lost."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

import pytest
from django.db import connection

from fanlight.casework.access import Refused
from fanlight.casework.actions.answer_question import answer_question
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.refusals import Conflict, Faulty
from fanlight.casework.commands.check_projections import differences_of
from fanlight.casework.models import Case, Entry, Staff
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4


def together(acts: Sequence[Callable[[], object]]) -> list[object]:
    """This function will do things at the same moment, and give what each gave or raised, in order."""
    barrier = Barrier(len(acts))
    outcomes: list[object] = [None] * len(acts)

    def do(place: int) -> None:
        barrier.wait()
        try:
            outcomes[place] = acts[place]()
        except Exception as raised:
            outcomes[place] = raised
        finally:
            connection.close()

    threads = [Thread(target=do, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_reports_made_at_once_have_references_of_their_own_without_a_gap(cast: Cast) -> None:
    made = together([lambda: make.make_report(cast.iris) for _ in range(AT_ONCE)])
    assert all(isinstance(case, Case) for case in made), made
    references = sorted(Case.objects.values_list("reference", flat=True))
    assert references == [f"CO-2026-{number:06d}" for number in range(1, AT_ONCE + 1)]


def test_of_several_who_answer_at_once_one_is_recorded_and_the_rest_are_shown_it(cast: Cast) -> None:
    case = make.make_case(cast)
    outcomes = together(
        [
            lambda: answer_question(
                case=case,
                facts={"children": True},
                expected_sequence=case.last_sequence,
                by=cast.carys,
                now=make.later(hours=1),
            )
            for _ in range(AT_ONCE)
        ]
    )
    assert [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)] == [Conflict] * (AT_ONCE - 1)
    assert [outcome for outcome in outcomes if isinstance(outcome, int)] == [case.last_sequence + 1]


def test_entries_written_at_once_all_stand_in_some_order_and_the_lists_are_right(cast: Cast) -> None:
    case = make.make_case(cast)
    outcomes = together(
        [lambda: make.make_entry(case, "visit", cast.carys, now=make.later(hours=1)) for _ in range(AT_ONCE)]
    )
    first = case.last_sequence + 1
    assert sorted(outcomes, key=str) == list(range(first, first + AT_ONCE))
    assert Entry.objects.filter(case=case, kind="visit").count() == AT_ONCE
    assert differences_of(case.pk) == []


def test_two_who_join_two_reports_into_each_other_never_wait_for_ever(cast: Cast) -> None:
    for _ in range(6):
        one, other = make.make_report(cast.iris), make.make_report(cast.iris)

        def join(source: Case, target: Case, by: Staff) -> Callable[[], object]:
            return lambda: join_case(case=source, into=target.reference, by=by, now=make.later(hours=1))

        outcomes = together([join(one, other, cast.carys), join(other, one, cast.eve)])
        assert [type(outcome) for outcome in outcomes if not isinstance(outcome, Case)] in ([Refused], [Faulty]), (
            outcomes
        )
        assert sorted(make.fresh(case).status for case in (one, other)) == ["joined", "new"]
