"""The page of a case: what to do now and why, what to ask, the people, the story."""

import pytest

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.hand_over import hand_over
from fanlight.casework.models import Staff
from fanlight.casework.queries.case_page import case_page
from fanlight.casework.queries.close_form import assign_form, close_form
from fanlight.casework.queries.entry_form import entry_form, in_the_way, kinds_to_record
from fanlight.casework.queries.lines import DutyLine
from fanlight.casework.queries.policy_page import policy_page
from fanlight.casework.queries.words import minutes_in_words
from fanlight.casework.rulings import requirements_of
from fanlight.policy.vocabulary import ENTRY_KINDS
from tests import make
from tests.cast import Cast, hire

NOW = make.later(days=1)


def test_the_page_of_a_case_says_what_must_be_done_now_why_and_by_whom(cast: Cast) -> None:
    case = make.make_case(cast)
    make.make_entry(
        case, "assessment", cast.asha, now=make.later(hours=3), by="us", facts={"score": 15, "judged_high": False}
    )
    page = case_page(cast.asha, case.reference, now=NOW)
    marac = next(duty for duty in page.now if duty.row == "marac-referral")
    assert marac.because == ("What did the risk assessment score? 14 or more",)
    assert (marac.does, marac.clause != "", marac.who != ()) == ("referral", True, True)
    assert ("The grade of risk", "High") in page.facts
    assert page.policy == "connect/2"
    states = [duty.state for duty in page.now]
    assert set(states) <= {"open", "overdue"}


def test_what_is_known_says_a_wait_in_words_and_one_grade(cast: Cast) -> None:
    case = make.make_case(cast)
    agency = {"by": "agency", "grade_given": "medium", "facts": {"score": 15}}
    make.make_entry(case, "assessment", cast.asha, now=make.later(hours=3), **agency)
    make.make_entry(case, "contact", cast.asha, now=make.later(minutes=2798), result="spoke", safe=True)
    known = dict(case_page(cast.asha, case.reference, now=make.later(days=3)).facts)
    assert known["From the first report to the first safe conversation, by when they took place"] == "46 hours"
    assert known["The grade of risk"] == "High"
    assert "What grade did the assessment give?" not in known
    assert not any("Minutes" in ask for ask in known)


@pytest.mark.parametrize(
    ("minutes", "said"), [(1, "1 minute"), (119, "119 minutes"), (120, "2 hours"), (2880, "2 days"), (0, "0 minutes")]
)
def test_minutes_are_said_in_the_unit_that_fits(minutes: int, said: str) -> None:
    assert minutes_in_words(minutes) == said


def test_the_story_is_newest_first_with_who_wrote_what_and_when(cast: Cast) -> None:
    case = make.make_case(cast)
    make.make_entry(case, "contact", cast.asha, now=make.later(hours=3), result="no_answer", note="Rang twice.")
    page = case_page(cast.asha, case.reference, now=NOW)
    assert [(line.kind, line.by) for line in page.story] == [
        ("contact", "Asha"),
        ("assigned", "Carys"),
        ("triaged", "Carys"),
        ("report", "Iris"),
    ]
    contact, assigned = page.story[0], page.story[1]
    assert contact.reached == ("By telephone, a way that nobody had said was safe.",)
    assert ([(said.ask, said.answer) for said in contact.said], contact.note) == (
        [("What happened?", "No answer"), ("How?", "Phone")],
        "Rang twice.",
    )
    assert assigned.to_staff == "Asha"


def test_safe_contact_heads_the_page_and_people_are_called_what_this_landlord_calls_them(cast: Cast) -> None:
    case = make.make_case(cast)
    for name, part, safe in (
        ("Owain", "causing_harm", ""),
        ("Mair", "person_at_risk", "Text before nine; never call"),
    ):
        add_part(case=case, name=name, part=part, safe_contact=safe, phone="07700 900123", by=cast.asha, now=NOW)
    page = case_page(cast.asha, case.reference, now=NOW)
    assert [(one.name, one.safe_contact) for one in page.at_risk] == [("Mair", "Text before nine; never call")]
    assert [(one.name, one.part_title) for one in page.people] == [("Mair", "Survivor"), ("Owain", "Perpetrator")]


def test_each_question_says_which_duties_wait_for_it(cast: Cast) -> None:
    case = make.make_case(cast)
    page = case_page(cast.asha, case.reference, now=NOW)
    assert page.questions
    assert all(question.ask for question in page.questions)
    assert any(question.decides for question in page.questions)
    assert all(row.clause and row.says for question in page.questions for row in question.decides)


def test_the_buttons_are_what_the_viewer_may_do(cast: Cast) -> None:
    case = make.make_case(cast)
    asha = case_page(cast.asha, case.reference, now=NOW).may
    carys = case_page(cast.carys, case.reference, now=NOW).may
    assert (asha.write, asha.close, asha.assign, asha.strike, asha.reopen) == (True, True, False, False, False)
    assert (carys.write, carys.close, carys.assign, carys.strike, carys.reopen) == (True, True, True, True, False)
    close_case(case=case, reason="Moved", by=cast.asha, now=NOW)
    closed = case_page(cast.carys, case.reference, now=NOW).may
    assert (closed.reopen, closed.close, closed.record) == (True, False, {"report", "receipt", "struck", "reopened"})


def test_a_hand_over_is_acknowledged_from_its_duty_by_whoever_may_and_by_nobody_else(cast: Cast) -> None:
    case = make.make_case(cast)
    sequence = make.make_entry(case, "referral", cast.asha, now=make.later(hours=1), to="case_officer")

    def receipt(viewer: Staff) -> DutyLine:
        page = case_page(viewer, case.reference, now=NOW)
        assert [one.may_receive for one in page.handovers] == [viewer != cast.asha]
        return next(duty for duty in page.now if duty.row == "hand-over-received")

    assert (receipt(cast.asha).does, receipt(cast.asha).receives) == ("", None)
    assert (receipt(cast.carys).does, receipt(cast.carys).receives) == ("receipt", sequence)


def test_a_hand_over_to_a_colleague_is_theirs_alone_to_acknowledge(cast: Cast) -> None:
    case = make.make_case(cast)
    hand_over(case=case, to="case_officer", to_staff=cast.bronwen, note="Yours.", by=cast.asha, now=make.later(hours=1))
    for viewer in (cast.asha, cast.carys, cast.bronwen):
        page = case_page(viewer, case.reference, now=NOW)
        duty = next(duty for duty in page.now if duty.row == "hand-over-received")
        assert bool(duty.does) is (viewer == cast.bronwen), viewer.name


def test_a_form_for_a_duty_comes_with_what_is_usual_for_it(cast: Cast) -> None:
    case = make.make_case(cast)
    make.make_entry(
        case, "assessment", cast.asha, now=make.later(hours=3), by="us", facts={"score": 15, "judged_high": False}
    )
    duty = next(duty for duty in case_page(cast.asha, case.reference, now=NOW).now if duty.row == "marac-referral")
    form = entry_form(cast.asha, case.reference, duty.does, duty=duty.key, now=NOW)
    assert {line.term.name: line.value for line in form.fields} == {"to": "marac"}
    assert form.duty is not None
    assert form.duty.key == duty.key


def test_receivers_that_meet_a_duty_come_first_where_there_are_several_and_none_is_chosen_for_the_officer(
    cast: Cast,
) -> None:
    case = make.make_case(cast, child_at_risk=True)
    duty = next(duty for duty in case_page(cast.carys, case.reference, now=NOW).now if duty.row == "child-protection")
    form = entry_form(cast.carys, case.reference, "referral", duty=duty.key, now=NOW)
    assert [(line.value, set(line.meets)) for line in form.fields] == [
        (None, {"children_social_care", "safeguarding_children_team"})
    ]
    assert entry_form(cast.carys, case.reference, "referral", now=NOW).fields[0].meets == ()


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        (
            "consider-the-risks",
            {"lives_with_perpetrator", "vulnerable", "communication_barrier", "two_to_visit", "breach"},
        ),
        ("assess-security", {"security_needed"}),
        ("discuss-with-community-safety", set()),
    ],
)
def test_a_form_for_a_duty_asks_in_plain_sight_for_all_that_the_duty_wants(db: None, row: str, asked: set[str]) -> None:
    rhiannon = hire("Rhiannon", "tai-calon", community_safety_officer=[])
    case = make.make_report(rhiannon, patch="Abertillery")
    page = case_page(rhiannon, case.reference, now=NOW)
    duty = next(duty for duty in page.now if duty.row == row)
    form = entry_form(rhiannon, case.reference, duty.does, duty=duty.key, now=NOW)
    assert asked <= {line.term.name for line in form.facts}
    if not asked:
        filled = {line.term.name: line.value for line in form.fields}
        assert filled["topics"] == frozenset({"action_plan", "security_and_repairs", "legal_action", "marac"})


def test_the_words_of_a_set_are_those_that_the_policy_asks_for_with_readable_titles(db: None) -> None:
    rhiannon = hire("Rhiannon", "tai-calon", community_safety_officer=[])
    case = make.make_report(rhiannon, patch="Abertillery")
    form = entry_form(rhiannon, case.reference, "discussion", now=NOW)
    topics = next(line for line in form.fields if line.term.name == "topics")
    assert dict(topics.suggested) == {
        "legal_action": "Legal action",
        "action_plan": "Action plan",
        "security_and_repairs": "Security and repairs",
        "marac": "MARAC",
    }
    briefing = entry_form(rhiannon, case.reference, "briefing", now=NOW)
    topics = next(line for line in briefing.fields if line.term.name == "topics")
    assert {title for _, title in topics.suggested} == {"Two to visit", "Emergency agencies"}
    incident = entry_form(rhiannon, case.reference, "incident", now=NOW)
    assert [line.suggested for line in incident.fields if line.term.name == "kinds"] == [()]


def test_the_story_says_the_words_of_a_set_as_a_form_does(db: None) -> None:
    rhiannon = hire("Rhiannon", "tai-calon", community_safety_officer=[])
    case = make.make_report(rhiannon, patch="Abertillery")
    make.make_entry(case, "discussion", rhiannon, now=NOW, topics=["security_and_repairs", "marac"])
    said = case_page(rhiannon, case.reference, now=NOW).story[0].said
    assert [one.answer for one in said if one.name == "topics"] == ["MARAC, Security and repairs"]


def test_every_kind_that_may_be_recorded_has_a_form_with_a_title_for_every_choice(cast: Cast) -> None:
    case = make.make_case(cast)
    kinds = kinds_to_record(cast.carys, case.reference, now=NOW)
    assert {line.kind for line in kinds} == set(ENTRY_KINDS) - {"override", "reopened", "approval"}
    for line in kinds:
        form = entry_form(cast.carys, case.reference, line.kind, now=NOW)
        assert [field.term.name for field in form.fields] == list(ENTRY_KINDS[line.kind].fields)
        for field in (*form.fields, *form.facts, *form.more_facts):
            assert all(title for _, title in field.choices or ())
    with pytest.raises(NotFound):
        entry_form(cast.carys, case.reference, "telephoned", now=NOW)
    with pytest.raises(Refused):
        entry_form(cast.asha, case.reference, "struck", now=NOW)


def test_the_gates_in_the_way_are_shown_before_anything_is_recorded(cast: Cast) -> None:
    case = make.make_case(cast)
    gates = in_the_way(cast.asha, case.reference, kind="share", fields={"to": "solicitor"}, facts={}, now=NOW)
    assert [gate.gate for gate in gates] == ["share-with-ground"]
    assert in_the_way(cast.asha, case.reference, kind="visit", fields={}, facts={}, now=NOW) == ()
    assert make.fresh(case).last_sequence == case.last_sequence


def test_a_case_is_closed_with_what_is_still_owed_in_plain_sight(cast: Cast) -> None:
    case = make.make_case(cast)
    form = close_form(cast.asha, case.reference, now=NOW)
    assert form.owed == case_page(cast.asha, case.reference, now=NOW).now
    assert len(form.owed) > 0


def test_a_case_can_be_given_to_those_who_may_lead_it_its_own_patch_first(cast: Cast) -> None:
    case = make.make_case(cast)
    names = [one.name for one in assign_form(cast.carys, case.reference, now=NOW).colleagues]
    assert names == ["Asha", "Carys", "Eve", "Bronwen"]


def test_the_policy_is_shown_clause_by_clause_with_every_requirement_and_every_row(cast: Cast) -> None:
    for viewer in (cast.gwen, cast.dev):
        page = policy_page(viewer, now=NOW)
        shown = [asked.requirement.id for clause in page.clauses for asked in clause.asks]
        assert sorted(shown) == sorted(asked.id for asked in requirements_of(viewer.landlord_id))
        assert all(asked.rows for clause in page.clauses for asked in clause.asks)
