"""Two people at once, one of whom disposes: either the case goes as it was looked at, or what came in between keeps it."""

import pytest
from django.db import connections

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.dispose_case import dispose_case
from fanlight.casework.actions.hold_case import hold_case
from fanlight.casework.actions.review_for_disposal import review_for_disposal
from fanlight.casework.models import Case, Disposal, Entry
from fanlight.casework.queries.story import written
from tests import make
from tests.actions.test_two_at_once import together
from tests.cast import Cast, hire

pytestmark = pytest.mark.django_db(transaction=True)

CLOSED = make.later(days=30)
DUE = CLOSED.replace(year=2032)


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case that fell due and was let go."""
    case = make.make_case(cast)
    close_case(case=case, reason="Settled", by=cast.carys, now=CLOSED)
    review_for_disposal(reference=case.reference, outcome="dispose", reason="Old", by=cast.carys, now=DUE)
    return case


def closing(act):
    """This function will close what a thread opened, when it is done."""

    def done():
        try:
            return act()
        finally:
            connections.close_all()

    return done


def test_of_two_who_dispose_at_once_one_does_and_the_other_finds_nothing(cast, case):
    officers = [hire(name, "connect", data_protection_officer=[]) for name in ("Olwen", "Pia")]
    outcomes = together(
        [closing(lambda by=by: dispose_case(reference=case.reference, by=by, now=DUE)) for by in officers]
    )
    assert sorted(type(outcome) for outcome in outcomes if outcome is not None) == [NotFound]
    assert Disposal.objects.get().done_at == DUE


@pytest.mark.parametrize("other", ["writes", "holds"])
def test_what_comes_in_between_keeps_the_case_or_comes_too_late(cast, case, other):
    officer, entries = hire("Olwen", "connect", data_protection_officer=[]), Entry.objects.filter(case=case).count()
    between = {
        "writes": lambda: make.make_entry(case, "report", cast.carys, now=DUE, source="survivor", channel="phone"),
        "holds": lambda: hold_case(reference=case.reference, reason="A claim", by=cast.carys, now=DUE),
    }[other]
    disposed, came = together(
        [closing(lambda: dispose_case(reference=case.reference, by=officer, now=DUE)), closing(between)]
    )
    if disposed is None:
        assert isinstance(came, NotFound)
        assert make.fresh(case).status == "disposed"
        assert Entry.objects.filter(case=case).count() == entries
    else:
        assert isinstance(disposed, Refused)
        assert isinstance(came, int)
        assert make.fresh(case).status == "closed"
        assert written(make.fresh(case))
