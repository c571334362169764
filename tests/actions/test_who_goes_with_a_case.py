"""Who goes with a case that is disposed of: asked once, and everybody who was one with them too."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from fanlight.casework import keys
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.dispose_case import dispose_case
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.review_for_disposal import review_for_disposal
from fanlight.casework.keys import Subject
from fanlight.casework.models import Case, Merge, Person
from tests import make
from tests.cast import Cast, hire

NOW = make.later(hours=3)
CLOSED = make.later(days=30)
DUE = CLOSED.replace(year=2032)


def is_readable(person: Person) -> bool:
    """This function will say whether somebody's key is there."""
    try:
        keys.seal(Subject("person", person.mark), keys.Place("probe", person.mark, "probe"), "")
    except keys.Destroyed:
        return False
    return True


def let_go(cast: Cast, *cases: Case) -> None:
    """This function will look at cases that fell due, and let them go."""
    for case in cases:
        review_for_disposal(reference=case.reference, outcome="dispose", reason="Old", by=cast.carys, now=DUE)


def test_two_who_were_merged_when_a_report_was_joined_go_with_the_last_of_the_two_cases(cast: Cast) -> None:
    officer = hire("Olwen", "connect", data_protection_officer=[])
    case, report = make.make_case(cast), make.make_report(cast.iris)
    for matter in (case, report):
        add_part(case=matter, name="Maria Novak", part="person_at_risk", not_them="-x-", by=cast.carys, now=NOW)
    join_case(case=report, into=case.reference, by=cast.carys, now=NOW)
    assert Merge.objects.exists()
    close_case(case=case, reason="Settled", by=cast.carys, now=CLOSED)
    let_go(cast, case, report)
    dispose_case(reference=case.reference, by=officer, now=DUE)
    people = list(Person.objects.all())
    assert [is_readable(person) for person in people] == [True, True]
    dispose_case(reference=report.reference, by=officer, now=DUE)
    assert [is_readable(person) for person in people] == [False, False]


def test_who_goes_with_a_case_is_asked_once(cast: Cast) -> None:
    officer = hire("Olwen", "connect", data_protection_officer=[])
    case = make.make_case(cast)
    add_part(case=case, name="Maria Novak", part="person_at_risk", by=cast.asha, now=NOW)
    close_case(case=case, reason="Settled", by=cast.carys, now=CLOSED)
    let_go(cast, case)
    with CaptureQueriesContext(connection) as asked:
        dispose_case(reference=case.reference, by=officer, now=DUE)
    of_first = [one["sql"] for one in asked if "first_case_id" in one["sql"] and "casework_part" in one["sql"]]
    assert len(of_first) == 1
