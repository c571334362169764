"""Triage: a report becomes a case, joins one, or goes elsewhere."""

import pytest

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.call_999 import call_999
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.actions.redirect_report import redirect_report
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.report_abuse import NewPart, report_abuse
from fanlight.casework.actions.send_referral import send_referral
from fanlight.casework.models import Entry, OnwardReferral
from fanlight.casework.queries.case_page import case_page
from fanlight.casework.queries.referrals import waiting_referrals
from fanlight.casework.queries.report_receipt import report_receipt
from fanlight.casework.queries.team_duties import team_duties
from tests import make
from tests.cast import Cast

NOW = make.later(hours=1)


def test_a_report_becomes_a_case_with_a_lead(cast: Cast) -> None:
    report = make.make_report(cast.iris)
    open_case(case=report, outcome="safeguarding_contact", lead=cast.asha, role="case_officer", by=cast.carys, now=NOW)
    case = make.fresh(report)
    assert (case.status, case.lead) == ("open", cast.asha)
    with pytest.raises(Refused, match="already"):
        open_case(case=report, outcome="asb_case", by=cast.carys, now=NOW)


def test_a_case_is_given_only_to_somebody_who_may_lead_it(cast: Cast) -> None:
    for nobody, role in ((cast.gwen, "executive"), (cast.dev, "safeguarding_lead"), (cast.asha, "safeguarding_lead")):
        report = make.make_report(cast.iris)
        with pytest.raises(Refused):
            open_case(case=report, outcome="asb_case", lead=nobody, role=role, by=cast.carys, now=NOW)
        assert make.fresh(report).status == "new"


def test_a_report_joins_a_case_with_its_own_moment_and_nothing_that_was_written_is_lost(cast: Cast) -> None:
    case = make.make_case(cast)
    report = make.make_report(cast.iris, now=make.later(minutes=30), note="The police were here again.")
    call_999(reference=report.reference, by=cast.iris, now=make.later(minutes=31))
    joined = join_case(case=report, into=case.reference.lower(), note="The same home", by=cast.carys, now=NOW)
    assert joined.pk == case.pk
    source = make.fresh(report)
    assert (source.status, source.joined_to, source.next_at) == ("joined", joined, None)
    assert not source.duties.filter(state="open").exists()
    copied = [one for one in make.told(case) if one.told.recorded_at == NOW]
    assert [(one.told.kind, one.told.at) for one in copied] == [
        ("report", make.later(minutes=30)),
        ("emergency_call", make.later(minutes=31)),
    ]
    assert copied[0].note == (
        f"From {source.reference}, written by Iris.\n\nThe police were here again.\n\nThe same home"
    )
    with pytest.raises(Refused, match="joined"):
        make.make_entry(source, "visit", cast.carys, now=NOW)


def test_a_report_of_what_is_known_already_tells_the_case_more_and_starts_nothing_again(cast: Cast) -> None:
    case = make.make_case(cast)
    owed = case.duties.count()
    report = make.make_report(cast.iris, now=make.later(minutes=30), children=False, note="I heard it too.")
    join_case(case=report, into=case.reference, known_already=True, note="The same night", by=cast.carys, now=NOW)
    (copied,) = [one for one in make.told(case) if one.told.recorded_at == NOW]
    told = copied.told
    assert (told.kind, told.at, told.payload["facts"]["children"]) == ("learned", make.later(minutes=30), False)
    assert copied.note.endswith("I heard it too.\n\nThe same night")
    assert case.duties.count() == owed
    assert make.fresh(report).status == "joined"


def test_a_report_joins_no_case_that_triage_may_not_see_or_that_is_closed(cast: Cast) -> None:
    report = make.make_report(cast.iris)
    elsewhere = make.make_report(cast.dev, patch=None)
    for into in (elsewhere.reference, report.reference, "CO-2026-999999", ""):
        with pytest.raises(Faulty) as faulty:
            join_case(case=report, into=into, by=cast.carys, now=NOW)
        assert list(faulty.value.faults) == ["into"]


def test_a_report_for_another_team_is_triaged_and_closed(cast: Cast) -> None:
    report = make.make_report(cast.iris)
    with pytest.raises(Faulty) as faulty:
        redirect_report(case=report, outcome="redirect", reason="", by=cast.carys, now=NOW)
    assert set(faulty.value.faults) == {"to", "reason"}
    redirect_report(
        case=report, outcome="redirect", to="safeguarding_children_team", reason="A child", by=cast.carys, now=NOW
    )
    kinds = Entry.objects.filter(case=report).order_by("sequence").values_list("kind", flat=True)
    assert (make.fresh(report).status, list(kinds)) == ("closed", ["report", "triaged", "closed"])


@pytest.mark.parametrize(("outcome", "to"), [("redirect", "children_social_care"), ("not_domestic_abuse", "police")])
def test_a_report_for_a_service_outside_goes_there_by_a_referral_and_waits_until_it_was_received(
    cast: Cast, outcome: str, to: str
) -> None:
    report = make.make_report(cast.iris, note="She is fifteen.")
    number = redirect_report(case=report, outcome=outcome, to=to, reason="She is 15", by=cast.carys, now=NOW)
    kinds = Entry.objects.filter(case=report).order_by("sequence").values_list("kind", flat=True)
    assert (make.fresh(report).status, list(kinds)) == ("open", ["report", "triaged"])
    assert make.told_last(report, "triaged").note == "She is 15"
    assert [line.number for line in waiting_referrals(cast.carys, now=NOW).drafts] == [number]
    assert OnwardReferral.objects.get(pk=number).to == to
    assert report.reference in [line.reference for line in team_duties(cast.carys, now=NOW).without_lead]


def test_the_child_that_a_report_is_about_stays_owed_until_social_care_has_the_referral(cast: Cast) -> None:
    report = make.make_report(cast.iris, child_at_risk=True)
    number = redirect_report(
        case=report, outcome="redirect", to="children_social_care", reason="She is 15", by=cast.carys, now=NOW
    )
    assert number is not None
    assert report.duties.filter(state="open", row="child-protection").exists()
    send_referral(case=report, number=number, permission="endangers", way="phone", by=cast.carys, now=NOW)
    assert not report.duties.filter(state="open", row="child-protection").exists()
    (sent,) = waiting_referrals(cast.carys, now=NOW).not_received
    assert sent.number == number


def test_a_report_that_says_nothing_of_why_begins_no_referral(cast: Cast) -> None:
    report = make.make_report(cast.iris)
    with pytest.raises(Faulty) as faulty:
        redirect_report(case=report, outcome="redirect", to="police", reason="", by=cast.carys, now=NOW)
    assert set(faulty.value.faults) == {"reason"}
    assert (make.fresh(report).status, OnwardReferral.objects.count()) == ("new", 0)


def test_nobody_triages_without_the_right_to(cast: Cast) -> None:
    report = make.make_report(cast.iris)
    for stranger in (cast.bronwen, cast.dev, cast.gwen, cast.huw, cast.iris, cast.farah):
        with pytest.raises(NotFound):
            open_case(case=report, outcome="asb_case", by=stranger, now=NOW)


def test_the_maker_of_a_report_has_a_receipt_and_can_note_that_999_was_called_without_seeing_the_case(
    cast: Cast,
) -> None:
    report = make.make_report(cast.iris, immediate_danger=True)
    call_999(reference=report.reference, by=cast.iris, now=make.later(minutes=2))
    receipt = report_receipt(cast.iris, report.reference, now=NOW)
    assert (receipt.danger, receipt.called_999_at, receipt.may_see_case) == (True, make.later(minutes=2), False)
    with pytest.raises(NotFound):
        case_page(cast.iris, report.reference, now=NOW)
    for stranger in (cast.asha, cast.dev):
        with pytest.raises(NotFound):
            report_receipt(stranger, report.reference, now=NOW)
        with pytest.raises(NotFound):
            call_999(reference=report.reference, by=stranger, now=NOW)


def test_a_colleague_named_in_a_report_sees_nothing_of_it_from_its_first_moment(cast: Cast) -> None:
    case = report_abuse(
        fields={"source": "colleague"},
        facts={"about": "customer"},
        people=[NewPart("causing_harm", staff=cast.eve)],
        by=cast.iris,
        now=make.MORNING,
    )
    with pytest.raises(NotFound):
        case_page(cast.eve, case.reference, now=NOW)
    assert case_page(cast.carys, case.reference, now=NOW).people[0].works_here
