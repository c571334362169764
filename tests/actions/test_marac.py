"""Referrals to the MARAC, from the case to its document: the criteria, the flag, and abuse that goes back whatever the score."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from fanlight.casework import rulings
from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.ask_for_move import ask_for_move
from fanlight.casework.actions.decide_on_share import decide_on_share
from fanlight.casework.actions.draft_referral import draft_referral
from fanlight.casework.actions.note_marac_referral import note_marac_referral
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.marac import CRITERIA, Standing
from fanlight.casework.models import Case, MaracReferral, Part, Share
from fanlight.casework.queries.case_page import case_page
from fanlight.casework.queries.my_duties import my_duties
from fanlight.casework.queries.reach_page import contact_checks
from fanlight.casework.queries.referrals import referral_document, referral_form, referrals_of_case
from fanlight.casework.queries.triage_report import triage_report
from tests import homes, make
from tests.cast import Cast
from tests.referring import JUDGED, NO, grounds, number_of, to_marac
from tests.sharing import a_case, consents, part

NOW = make.later(hours=4)
HIGH = {**NO, "high_risk": True}


def proposed(case: Case, cast: Cast, now: datetime = NOW) -> dict[str, bool | None]:
    """This function will give the criteria as the form of a referral proposes them to Asha."""
    form = referral_form(cast.asha, case.reference, purpose="marac", now=now)
    return {one.name: one.proposed for one in form.criteria}


def why(case: Case, cast: Cast, name: str, now: datetime = NOW) -> str:
    """This function will give why a criterion is proposed, or not."""
    form = referral_form(cast.asha, case.reference, purpose="marac", now=now)
    return next(one.why for one in form.criteria if one.name == name)


def stands(case: Case, cast: Cast, now: datetime) -> Standing | None:
    """This function will say how the page of the case has it."""
    return case_page(cast.asha, case.reference, now=now).marac


def assessed(case: Case, cast: Cast, score: int, **facts: bool) -> Case:
    """This function will put an assessment on the record."""
    asked = dict.fromkeys(("judged_high", "weapons", "strangulation", "stalking", "threats_to_kill"), False)
    make.make_entry(
        case, "assessment", cast.asha, now=make.later(hours=3), facts={"score": score, **asked, **facts}, by="us"
    )
    return make.fresh(case)


def owed(case: Case) -> set[str]:
    """This function will list what is owed in a case."""
    return {duty.row for duty in make.fresh(case).duties.filter(state__in=["open", "overdue"])}


def words(document: bytes) -> str:
    """This function will give the words of a document, page after page, on one line."""
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(document)).pages)


# ── Which criteria applied ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_score_of_3_with_strangulation_refers(cast: Cast) -> None:
    case = assessed(a_case(cast), cast, 3, strangulation=True)
    assert "marac-referral" in owed(case)
    assert proposed(case, cast)["high_risk"] is True
    assert why(case, cast, "high_risk") == "Has there been strangling, choking or suffocation? Yes."
    to_marac(case, cast.asha, criteria=HIGH, now=NOW)
    assert "marac-referral" not in owed(case)
    row = MaracReferral.objects.get()
    assert (row.criteria, row.is_repeat, row.referred_on, row.area) == (
        "high_risk",
        False,
        date(2026, 3, 3),
        "Kirklees",
    )


def test_a_score_of_14_refers_without_consent_with_the_basis_on_record(cast: Cast) -> None:
    case = assessed(a_case(cast), cast, 14)
    assert "(it was 14)" in why(case, cast, "high_risk")
    to_marac(case, cast.asha, criteria=HIGH, now=NOW)
    share = Share.objects.get()
    assert (share.consent, share.without, share.article_6) == (
        "not_asked",
        "would_prejudice",
        "recognised_legitimate_interest",
    )
    assert make.told_last(case, "share").told.payload["fields"]["ground"] == "safeguarding"
    assert "marac-referral" not in owed(case)


def test_a_score_of_14_against_her_word_refers_once_somebody_else_authorises_it(cast: Cast) -> None:
    case = assessed(a_case(cast), cast, 14)
    to = {"to": "marac", "service": "marac-kirklees", "purpose": "protect_adult", "now": make.later(hours=3)}
    consents(case, cast.asha, "refused", **to)
    share = replace(grounds(case), without="refused_and_outweighed", article_9="paragraph_18")
    assert to_marac(case, cast.asha, criteria=HIGH, share=share, now=NOW) == 0
    assert MaracReferral.objects.get().referred_on is None
    decide_on_share(case=case, number=Share.objects.get().pk, authorise=True, by=cast.carys, now=make.later(hours=5))
    assert MaracReferral.objects.get().referred_on == date(2026, 3, 3)
    assert (Share.objects.get().consent, Share.objects.get().decided_by) == ("refused", cast.carys)


def test_a_score_of_0_refers_by_judgement(cast: Cast) -> None:
    case = assessed(a_case(cast), cast, 0, judged_high=True)
    found = proposed(case, cast)
    assert (found["judgement"], found["high_risk"]) == (True, False)
    to_marac(case, cast.asha, criteria=JUDGED, now=NOW)
    assert MaracReferral.objects.get().criteria == "judgement"
    assert "marac-referral" not in owed(case)


def test_judgement_is_the_officers_own_with_nothing_on_record(cast: Cast) -> None:
    case = a_case(cast)
    assert set(proposed(case, cast).values()) <= {None, False}
    to_marac(case, cast.asha, criteria=JUDGED, now=NOW)
    assert MaracReferral.objects.get().said["proposed"]["judgement"][0] is None


def test_each_is_answered_and_one_at_least_is_yes(cast: Cast) -> None:
    case = a_case(cast)
    last = make.fresh(case).last_sequence
    for answers, asked in (
        (NO, "criterion-criteria"),
        ({**NO, "repeat": None}, "criterion-repeat"),
        ({}, "criterion-judgement"),
    ):
        with pytest.raises(Faulty) as found:
            to_marac(case, cast.asha, criteria=answers, now=NOW)
        assert asked in found.value.faults
    assert (make.fresh(case).last_sequence, MaracReferral.objects.count()) == (last, 0)


def test_a_landlord_whose_policy_has_no_score_goes_by_what_its_assessment_found() -> None:
    facts = {"grade": "high", "grade_given": "high"}
    assert rulings.asked_for("one-vision", "marac", facts, NOW) is None
    connect = rulings.asked_for("connect", "marac", {"grade": "high", "score": 14, "weapons": True}, NOW)
    assert connect is not None
    assert (connect.is_asked, set(connect.because)) == (True, {("score", "score >= 14"), ("weapons", "weapons")})
    assert rulings.asked_for("connect", "marac", {"grade": "medium", "score": 13}, NOW) == (False, ())


# ── The flag, and the repeat ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("days", "repeats"), [(364, True), (365, True), (366, False)])
def test_new_abuse_goes_back_to_the_365th_day_after_the_referral(cast: Cast, days: int, repeats: bool) -> None:
    case = a_case(cast)
    to_marac(case, cast.asha, now=NOW)
    then = NOW + timedelta(days=days)
    found = stands(case, cast, then)
    assert found is not None
    assert (found.is_flagged, found.until, found.repeat) == (repeats, date(2027, 3, 3), None)
    make.make_entry(case, "incident", cast.asha, now=then, note="He was back.")
    found = stands(case, cast, then)
    assert found is not None
    assert (found.repeat is not None) is repeats
    assert proposed(case, cast, then)["repeat"] is repeats
    assert waits_to_go_back(case, cast, then) == (repeats, repeats)
    criteria = {**NO, "repeat": True} if repeats else JUDGED
    to_marac(case, cast.asha, criteria=criteria, now=then + timedelta(hours=1))
    row = MaracReferral.objects.latest("pk")
    assert (row.is_repeat, row.previous_on, row.previous_id is not None) == (repeats, date(2026, 3, 3), True)
    found = stands(case, cast, then + timedelta(hours=2))
    assert found is not None
    assert (found.repeat, found.is_flagged) == (None, True)
    assert waits_to_go_back(case, cast, then + timedelta(hours=2)) == (False, False)


def waits_to_go_back(case: Case, cast: Cast, now: datetime) -> tuple[bool, bool]:
    """This function will say whether a case that goes back to the MARAC is on the list of whoever leads it, and on the team's."""
    team = [one.reference for one in contact_checks(cast.carys, now=now) if one.what == "marac"]
    return case.reference in my_duties(cast.asha, now=now).go_back, case.reference in team


def test_abuse_counts_on_the_day_on_which_it_happened_not_on_which_it_was_told(cast: Cast) -> None:
    case = a_case(cast)
    to_marac(case, cast.asha, now=NOW)
    before = {"occurred": NOW - timedelta(days=9)}
    make.make_entry(case, "incident", cast.asha, now=make.later(days=5), **before)
    found = stands(case, cast, make.later(days=6))
    assert found is not None
    assert found.repeat is None
    within = {"occurred": NOW + timedelta(days=300)}
    make.make_entry(case, "incident", cast.asha, now=make.later(days=400), **within)
    found = stands(case, cast, make.later(days=401))
    assert found is not None
    assert (found.is_flagged, found.repeat is not None) == (False, True)


def test_what_another_agency_referred_counts_and_meets_nothing_of_ours(cast: Cast) -> None:
    case = assessed(a_case(cast), cast, 14)
    said = {"case": case, "agency": "the police", "on": date(2026, 3, 2), "by": cast.asha, "now": NOW}
    with pytest.raises(Faulty) as found:
        note_marac_referral(**{**said, "agency": " ", "on": date(2026, 3, 9)})
    assert set(found.value.faults) == {"agency", "on"}
    with pytest.raises(NotFound):
        note_marac_referral(**{**said, "by": cast.dev})
    note_marac_referral(**said)
    assert "marac-referral" in owed(case)
    assert make.told_last(case, "learned").note == "Referred to the MARAC by the police on 2 March 2026."
    make.make_entry(case, "incident", cast.asha, now=make.later(days=1))
    line = stands(case, cast, make.later(days=1))
    assert line is not None
    assert (line.last.agency, line.until, line.repeat is not None) == ("the police", date(2027, 3, 2), True)
    assert why(case, cast, "repeat", make.later(days=1)).startswith("Referred by the police on 2 March 2026")


def test_a_referral_that_was_struck_flags_nothing(cast: Cast) -> None:
    case = a_case(cast)
    sequence = to_marac(case, cast.asha, now=NOW)
    make.make_entry(case, "struck", cast.carys, now=make.later(days=1), of=sequence, reason="Another case was meant.")
    assert stands(case, cast, make.later(days=1)) is None
    assert MaracReferral.objects.get().referred_on is None


def test_the_same_two_people_are_a_repeat_in_another_case_for_whoever_sees_both(cast: Cast) -> None:
    before = a_case(cast)
    to_marac(before, cast.asha, now=NOW)
    people = {one.part: one.person for one in Part.objects.filter(case=before)}
    again = make.make_case(cast, now=make.later(days=100))
    her = homes.a_part(again, people["person_at_risk"], "person_at_risk", cast.asha)
    later = make.later(days=101)
    # The one who caused harm is not known yet: it may be somebody else.
    assert proposed(again, cast, later)["repeat"] is False
    homes.a_part(again, people["causing_harm"], "causing_harm", cast.asha)
    assert proposed(again, cast, later)["repeat"] is True
    found = referrals_of_case(cast.asha, again.reference, now=later).marac
    assert found is not None
    assert found.last.reference == before.reference
    assert stands(again, cast, later) == found
    to_marac(again, cast.asha, criteria={**NO, "repeat": True}, share=grounds(again), now=later)
    row = MaracReferral.objects.get(case=again)
    assert (row.previous_on, row.previous) == (date(2026, 3, 3), None)
    assert her.pk
    # Whoever sees but one of the two learns nothing of the other.
    other = make.make_case(cast, lead=cast.bronwen, now=make.later(days=100), patch="Leeds East")
    for name in ("person_at_risk", "causing_harm"):
        homes.a_part(other, people[name], name, cast.bronwen)
    form = referral_form(cast.bronwen, other.reference, purpose="marac", now=later)
    assert {one.name: one.proposed for one in form.criteria}["repeat"] is False
    assert case_page(cast.bronwen, other.reference, now=later).marac is None


def test_triage_reads_that_a_new_report_of_the_same_two_people_goes_back(cast: Cast) -> None:
    before = a_case(cast)
    to_marac(before, cast.asha, now=NOW)
    report = make.make_report(cast.iris, now=make.later(days=100))
    assert triage_report(cast.carys, report.reference, now=make.later(days=101)).marac is None
    for one in Part.objects.filter(case=before, part__in=["person_at_risk", "causing_harm"]):
        homes.a_part(report, one.person, one.part, cast.carys)
    found = triage_report(cast.carys, report.reference, now=make.later(days=101)).marac
    assert found is not None
    assert found.repeat is not None
    assert found.repeat.reference == ""


# ── The form and its document ────────────────────────────────────────────────────────────────────────────────────────


def test_the_form_is_filled_from_the_case_and_no_protected_address_stands_in_it(cast: Cast) -> None:
    case = a_case(cast)
    hers, his = Part.objects.get(case=case, part="person_at_risk"), Part.objects.get(case=case, part="causing_harm")
    home = homes.a_home(7)
    homes.lives_in(his.person, home)
    homes.lives_in(hers.person, home)
    filled = fields(case, cast)
    assert filled["identity"].startswith("Maria Novak")
    assert "7 Alder Court" in filled["address"]
    assert "Piotr Zelenka" in filled["harm_whole"]
    assert "Leo Novak" in filled["children_whole"]
    assert filled["landlord"] == "Connect Housing"
    ask_for_move(
        case=case,
        part=hers.pk,
        reason="He has found her.",
        address="12 Mill Road\nExampleton\nZZ1 1ZZ",
        by=cast.asha,
        now=NOW,
    )
    filled = fields(case, cast)
    assert filled["address"] == "Maria Novak: protected. It is not written here: ask us by telephone."
    assert "Mill" not in str(filled)
    with pytest.raises(Faulty):
        draft_referral(
            case=case, to="marac", answers={"address": "12 Mill Road"}, criteria=JUDGED, by=cast.asha, now=NOW
        )


def fields(case: Case, cast: Cast) -> dict[str, str]:
    """This function will give the form as it is first filled."""
    return {
        field.name: text for field, text in referral_form(cast.asha, case.reference, purpose="marac", now=NOW).fields
    }


def test_a_way_is_given_where_it_is_safe_and_only_said_to_be_there_where_it_is_not(cast: Cast) -> None:
    case = a_case(cast)
    said = {"case": case, "part": part(case), "kind": "phone", "by": cast.asha, "now": NOW}
    say_way(value="07700 900111", standing="safe", told_by_them=True, **said)
    say_way(value="07700 900222", standing="unsafe", **said)
    ways = fields(case, cast)["ways"]
    assert "07700 900111. Safe to call: yes" in ways
    assert "900222" not in ways
    assert "Safe to call: no" in ways


def test_the_document_says_the_criteria_and_is_made_by_the_compiler_for_screen_readers(cast: Cast) -> None:
    case = assessed(a_case(cast), cast, 3, strangulation=True)
    to_marac(case, cast.asha, criteria=HIGH, answers=dict.fromkeys(fields(case, cast), "As agreed."), now=NOW)
    pdf = referral_document(cast.asha, case.reference, number_of(case), "pdf", now=NOW)
    said = words(pdf)
    assert "Visible high risk: yes. Has there been strangling, choking or suffocation? Yes." in said
    assert "Professional judgement: no" in said
    assert said.count("As agreed.") == len(fields(case, cast))
    assert PdfReader(BytesIO(pdf)).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert {"pdf", "protected", "word"} == set(
        MaracReferral.objects.get().referral.documents.values_list("form", flat=True)
    )


def test_a_draft_may_leave_criteria_open_and_whoever_may_not_refer_sees_nothing(cast: Cast) -> None:
    case = a_case(cast)
    draft_referral(case=case, to="marac", criteria={"judgement": True}, by=cast.asha, now=NOW)
    assert MaracReferral.objects.get().said["answers"] == {**dict.fromkeys(CRITERIA), "judgement": True}
    with pytest.raises((NotFound, Refused)):
        referral_form(cast.gwen, case.reference, purpose="marac", now=NOW)
