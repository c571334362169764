"""Projections equal rulings: after any story that the write path takes, and after they are thrown away."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanlight.casework.access import Refused
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.refusals import Faulty, Stopped
from fanlight.casework.commands import check_projections, rebuild_projections
from fanlight.casework.commands.check_projections import differences_of
from fanlight.casework.commands.rebuild_projections import rebuild
from fanlight.casework.models import Case, Duty, DutyDesk, Referral
from tests import make
from tests.cast import Cast

STEPS: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("contact", {"result": "spoke", "safe": True}, {}),
    ("contact", {"result": "no_answer"}, {}),
    ("assessment", {"by": "us"}, {"score": 16, "judged_high": False}),
    ("assessment", {"by": "us"}, {"score": 3, "judged_high": False}),
    ("learned", {}, {"children": True, "child_at_risk": True}),
    ("learned", {}, {"children": False}),
    ("learned", {}, {"patch": "Leeds East"}),
    ("learned", {}, {"about": "colleague"}),
    ("learned", {}, {"immediate_danger": True}),
    ("referral", {"to": "marac"}, {}),
    ("receipt", {}, {}),
    ("report", {"source": "neighbour"}, {}),
    ("closed", {"reason": "Moved"}, {}),
    ("reopened", {"reason": "Returned"}, {}),
    ("struck", {"reason": "Mistake"}, {}),
    ("visit", {}, {}),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 12), st.integers(0, 48)), max_size=10))
def test_projections_equal_the_ruling_after_any_story_that_the_write_path_takes(
    cast: Cast, steps: list[tuple[tuple[str, dict[str, Any], dict[str, Any]], int, int]]
) -> None:
    case = make.make_case(cast)
    now = make.later(hours=1)
    for (kind, fields, facts), of, hours in steps:
        now += timedelta(hours=hours)
        try:
            record_entry(
                case=case,
                kind=kind,
                fields=fields,
                facts=facts,
                of_sequence=of if kind in ("receipt", "struck") else None,
                # Some are typed in late: a ruling looks at when it was done.
                at=now - timedelta(hours=hours % 5),
                by=cast.carys,
                now=now,
            )
        except (Refused, Faulty, Stopped):
            continue
        assert differences_of(case.pk) == []
    projected = stored(case)
    rebuild(case.pk)
    assert stored(case) == projected


def stored(case: Case) -> tuple[object, ...]:
    """This function will give everything that is projected of a case."""
    return (
        Case.objects.filter(pk=case.pk).values().get(),
        list(Duty.objects.filter(case=case).order_by("pk").values()),
        list(DutyDesk.objects.filter(case=case).order_by("desk", "duty").values_list("desk", "duty", "soonest")),
        list(Referral.objects.filter(case=case).order_by("pk").values()),
    )


def test_what_is_thrown_away_is_made_again_and_what_is_wrong_is_found(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = [make.make_case(cast), make.make_report(cast.iris)]
    make.make_entry(cases[0], "referral", cast.asha, to="marac", now=make.later(hours=2))
    call_command(check_projections.Command())
    assert "2 cases equal their rulings" in capsys.readouterr().out

    Duty.objects.filter(case=cases[0]).delete()
    Referral.objects.all().delete()
    Case.objects.filter(pk=cases[1].pk).update(status="closed")
    with pytest.raises(SystemExit) as stop:
        call_command(check_projections.Command())
    assert stop.value.code == 1
    assert cases[1].reference in capsys.readouterr().out

    call_command(rebuild_projections.Command())
    call_command(check_projections.Command())
    assert "2 cases equal their rulings" in capsys.readouterr().out


def test_a_desk_that_is_missing_is_found(cast: Cast) -> None:
    case = make.make_case(cast)
    desk = DutyDesk.objects.filter(case=case).first()
    assert desk is not None
    desk.delete()
    assert len(differences_of(case.pk)) == 1


def test_naming_a_colleague_in_a_case_keeps_the_projections_equal(cast: Cast) -> None:
    case = make.make_case(cast)
    add_part(
        case=case,
        name="Asha",
        part="witness",
        staff_email="ASHA@connect.example",
        by=cast.carys,
        now=make.later(hours=1),
    )
    assert differences_of(case.pk) == []


def test_an_open_duty_always_lies_on_some_desk(cast: Cast) -> None:
    for case in (make.make_case(cast), make.make_report(cast.iris), make.make_report(cast.iris, about="colleague")):
        for duty in case.duties.filter(state="open"):
            assert duty.desks
            assert set(duty.desks) == set(DutyDesk.objects.filter(duty=duty).values_list("desk", flat=True))


def test_what_a_new_report_owes_lies_with_those_who_triage_until_somebody_has_looked_at_it(cast: Cast) -> None:
    def roles(case: Case) -> set[str]:
        desks = DutyDesk.objects.filter(case=case).values_list("desk", flat=True)
        return {desk.split(":")[2] for desk in desks if desk.startswith("role:")}

    case = make.make_report(cast.iris, area="Kirklees")
    assert roles(case) == {"line_manager", "safeguarding_lead", "specialist_team"}
    assert "case_officer" in roles(make.make_case(cast, lead=cast.carys))
