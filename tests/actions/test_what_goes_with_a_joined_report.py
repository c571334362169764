"""A report that is joined to a case takes along all that it holds: nothing hangs where nobody looks, and nobody learns more by it."""

from typing import Any

import pytest
from django.apps import apps

from fanlight.casework import access
from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions import joining
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.answer_offer import answer_offer
from fanlight.casework.actions.answer_plan_item import answer_plan_item
from fanlight.casework.actions.ask_for_move import ask_for_move
from fanlight.casework.actions.bar_receiver import bar_receiver
from fanlight.casework.actions.change_part import change_part
from fanlight.casework.actions.complete_assessment import complete_assessment
from fanlight.casework.actions.decide_on_move import decide_on_move
from fanlight.casework.actions.describe_child import describe_child
from fanlight.casework.actions.draft_referral import draft_referral
from fanlight.casework.actions.hold_case import hold_case
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.keep_assessment_draft import keep_assessment_draft
from fanlight.casework.actions.make_action_plan import Item, make_action_plan
from fanlight.casework.actions.reaching import Reach
from fanlight.casework.actions.record_choice import record_choice
from fanlight.casework.actions.record_interview import record_interview
from fanlight.casework.actions.relate_people import relate_people
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.actions.set_marker import set_marker
from fanlight.casework.actions.strike_entry import strike_entry
from fanlight.casework.actions.take_share_back import take_share_back
from fanlight.casework.actions.unmerge_people import unmerge_people
from fanlight.casework.actions.write_wishes import write_wishes
from fanlight.casework.models import Assessment, AssessmentDraft, Case, Hold, Interview, Merge, Move, Part, Share, Staff
from fanlight.casework.queries.assessments import assessment_page, assessments_of_case
from fanlight.casework.queries.consents import consent_page
from fanlight.casework.queries.interviews import interviews_page
from fanlight.casework.queries.markers import case_markers
from fanlight.casework.queries.moving import moves_of_case
from fanlight.casework.queries.pathways import pathways_page
from fanlight.casework.queries.person_in_case import person_in_case
from fanlight.casework.queries.plans import plan_page, plans_page
from fanlight.casework.queries.reach_page import ways_page
from fanlight.casework.queries.referrals import one_referral, referrals_of_case
from fanlight.casework.queries.sharing import share_document, share_page, shares_of_case
from tests import make
from tests.cast import Cast, hire
from tests.homes import a_home
from tests.referring import to_marac
from tests.risk import answers
from tests.sharing import consents, on_her_word, share

NOW = make.later(hours=5)
LATER = make.later(days=1)
FAR = "2 Far Road\nZZ8 8ZZ"


def people(case: Case, by: Staff) -> dict[str, int]:
    """This function will name four people in a case."""
    named = (("Maria Novak", "person_at_risk"), ("Leo Novak", "child"), ("Piotr Zelenka", "causing_harm"))
    return {
        part: add_part(case=case, name=name, part=part, not_them="Nobody said", by=by, now=NOW) for name, part in named
    }


def fill(report: Case, cast: Cast, second: Staff) -> dict[str, Any]:
    """This function will put one of each kind into a report that nobody has looked at yet."""
    by, who = cast.carys, people(report, cast.carys)
    hers = who["person_at_risk"]
    here: dict[str, Any] = {"case": report, "by": by, "now": NOW}
    relate_people(one=hers, other=who["child"], kind="relatives", note="Her son", **here)
    describe_child(part=who["child"], school="The harbour school", **here)
    change_part(part=who["child"], becomes="witness", why="error", reason="He saw it", **here)
    change_part(part=who["child"], becomes="child", why="error", reason="He is nine", **here)
    say_way(part=hers, kind="phone", value="07700 900555", standing="unsafe", **here)
    move = ask_for_move(part=hers, reason="He waits.", address=FAR, named=[second.pk], **here)
    decide_on_move(case=report, number=move, authorise=True, named=[second.pk], by=second, now=NOW)
    set_marker(kind="no_post", reason="He opens it", home=a_home(), **here)
    write_wishes(part=hers, words="To stay.", **here)
    plan = make_action_plan(part=hers, items=[Item("Change the locks", "us")], agreed=True, **here)
    answer_plan_item(number=plan, item=1, answer="done", note="Both doors", **here)
    record_choice(choice="ends", **here)
    answer_offer(option="ends", item="idva", answer="declined", note="Not yet", **here)
    fields = {"private": True, "children_present": False, "interpreter": "none"}
    record_interview(fields=fields, reach=Reach("in_person", hers), with_them="Her sister", **here)
    complete_assessment(
        instrument="dash", answers=answers(yes="injury"), judged_high=False, reason="She is calm", **here
    )
    keep_assessment_draft(instrument="dash", answers=answers(yes="weapons"), **here)
    consents(report, by, now=NOW, part=hers)
    bar_receiver(name="Gethin Price", reason="His cousin", **here)
    gone = share(report, by, proposed=on_her_word(report), now=NOW)
    draft = draft_referral(to="police", **here)
    to_marac(report, by, now=NOW)
    hold_case(
        reference=report.reference, reason="A claim", by=hire("Olwen", "connect", data_protection_officer=[]), now=NOW
    )
    return {"people": who, "plan": plan, "share": gone, "draft": draft, "move": move}


@pytest.fixture
def joined(cast: Cast) -> tuple[Case, Case, dict[str, Any]]:
    """This function will join a report that holds everything to a case in which she is known."""
    case, report = make.make_case(cast), make.make_report(cast.iris, now=make.later(hours=4))
    add_part(case=case, name="Maria Novak", part="person_at_risk", by=cast.asha, now=make.later(hours=2))
    made = fill(report, cast, hire("Second", "connect", safeguarding_lead=[]))
    join_case(case=report, into=case.reference, by=cast.carys, now=LATER)
    return make.fresh(case), make.fresh(report), made


def test_whatever_is_kept_of_a_case_is_said_to_move_to_be_copied_or_to_stay() -> None:
    said = [
        *joining.MOVED,
        *joining.WITH,
        *joining.MOVED_AS_SEALED,
        *joining.COPIED,
        *joining.STAYING,
        *joining.PROJECTED,
    ]
    there = [
        model
        for model in apps.get_app_config("casework").get_models()
        if any(field.related_model is Case for field in model._meta.fields) and model is not Case
    ]
    assert sorted(model.__name__ for model in said) == sorted(model.__name__ for model in there)


def test_everything_that_a_report_holds_is_read_in_the_case(
    joined: tuple[Case, Case, dict[str, Any]], cast: Cast
) -> None:
    case, _, made = joined
    where, asha = case.reference, cast.asha
    parts = {part.part: part for part in Part.objects.filter(case=case)}
    assert len(parts) == 3
    hers, child = parts["person_at_risk"].pk, parts["child"].pk
    person = person_in_case(asha, where, child, now=LATER)
    assert "Her son" in str(person.relations)
    assert "The harbour school" in str(person)
    assert "He saw it" in str(person)
    assert "07700 900555" in str(ways_page(asha, where, hers, now=LATER))
    assert [line.number for line in moves_of_case(asha, where, now=LATER).moves] == [made["move"]]
    assert [line.reason for line in case_markers(asha, where, now=LATER).now] == ["He opens it"]
    plan = plans_page(asha, where, now=LATER).action_plan
    assert plan is not None
    assert "Both doors" in str(plan_page(asha, where, made["plan"], now=LATER))
    assert plan.name == "Maria Novak"
    assert "Not yet" in str(pathways_page(asha, where, now=LATER))
    (interview,) = interviews_page(asha, where, now=LATER).interviews
    assert "Her sister" in str(interview)
    assert "Maria Novak" in str(interview)
    (assessment,) = assessments_of_case(asha, where, now=LATER).lines
    assert "She is calm" in str(assessment_page(asha, where, assessment.sequence, now=LATER))
    assert AssessmentDraft.objects.get().case == case
    assert "police" in str(consent_page(asha, where, now=LATER)).lower()
    shares = shares_of_case(asha, where, now=LATER)
    assert "Gethin Price" in str(shares.barred)
    assert made["share"] in {line.number for line in shares.shares}
    assert len(shares.shares) == 2
    assert share_document(asha, where, made["share"], now=LATER).startswith(b"%PDF")
    assert share_page(asha, where, made["share"], now=LATER)
    assert len(referrals_of_case(asha, where, now=LATER).lines) == 2
    assert one_referral(asha, where, made["draft"], now=LATER)
    assert {hold.reason for hold in Hold.objects.filter(case=case)} == {"A claim"}


def test_nothing_hangs_in_the_report_and_what_is_said_stands_once(
    joined: tuple[Case, Case, dict[str, Any]], cast: Cast
) -> None:
    _, report, _ = joined
    for model in (*joining.MOVED, *joining.WITH, *joining.MOVED_AS_SEALED):
        assert not model.objects.filter(case=report).exists(), model
    assert Assessment.objects.filter(case=report).count() == 1
    assert Hold.objects.filter(case=report).count() == 1
    with pytest.raises(NotFound):
        share_document(cast.carys, report.reference, joined[2]["share"], now=LATER)


def test_who_was_named_twice_is_one_and_can_be_taken_apart_again(
    joined: tuple[Case, Case, dict[str, Any]], cast: Cast
) -> None:
    case, report, _ = joined
    merge = Merge.objects.get()
    one, other = (Part.objects.get(case=each, part="person_at_risk").person for each in (report, case))
    assert one is not None
    assert other is not None
    assert one.merged_into_id == other.pk
    unmerge_people(merge=merge.pk, reason="Two sisters-in-law", by=cast.carys, now=LATER)
    one.refresh_from_db()
    assert one.merged_into_id is None


def test_a_protected_address_is_known_to_the_same_people_and_to_nobody_else(
    joined: tuple[Case, Case, dict[str, Any]], cast: Cast
) -> None:
    case, _, made = joined
    assert Move.objects.get().case == case
    for viewer, value in ((cast.carys, FAR), (cast.asha, "A protected address: ask Carys")):
        (line,) = moves_of_case(viewer, case.reference, now=LATER).addresses
        assert line.value == value
    assert not access.standing_of(cast.bronwen, case, now=LATER).sees
    assert made["move"]


def test_two_who_have_a_name_in_common_and_are_known_apart_stay_two(cast: Cast) -> None:
    case, report = make.make_case(cast), make.make_report(cast.iris)
    for matter, year in ((case, 1960), (report, 1990)):
        born = NOW.date().replace(year=year)
        said = {"name": "Mary Jones", "part": "person_at_risk", "born": born, "not_them": "Her mother"}
        add_part(case=matter, **said, by=cast.carys, now=NOW)
    join_case(case=report, into=case.reference, by=cast.carys, now=LATER)
    assert Part.objects.filter(case=case, part="person_at_risk").count() == 2
    assert not Merge.objects.exists()


def test_the_same_person_is_told_from_somebody_of_the_same_name(cast: Cast) -> None:
    case, report = make.make_case(cast), make.make_report(cast.iris)
    named: dict[str, Any] = {
        "name": "Mary Jones",
        "part": "child",
        "not_them": "Her cousin",
        "by": cast.carys,
        "now": NOW,
    }
    add_part(case=case, **named)
    second = add_part(case=case, **named)
    known = Part.objects.get(pk=second).person_id
    add_part(case=report, name="Mary Jones", part="child", same_as=known, by=cast.carys, now=NOW)
    join_case(case=report, into=case.reference, by=cast.carys, now=LATER)
    assert Part.objects.filter(case=case, part="child").count() == 2
    assert not Merge.objects.exists()


def test_two_whose_names_nobody_knows_are_not_taken_for_one(cast: Cast) -> None:
    case, report = make.make_case(cast), make.make_report(cast.iris)
    for matter in (case, report):
        add_part(case=matter, name="Name not known", part="causing_harm", by=cast.carys, now=NOW)
    join_case(case=report, into=case.reference, by=cast.carys, now=LATER)
    assert Part.objects.filter(case=case, part="causing_harm").count() == 2
    assert not Merge.objects.exists()


def test_what_stands_beside_an_entry_that_was_struck_stays_beside_it(cast: Cast) -> None:
    case, report = make.make_case(cast), make.make_report(cast.iris)
    who = people(report, cast.carys)
    fields = {"private": True, "children_present": False, "interpreter": "none"}
    reach = Reach("in_person", who["person_at_risk"])
    record_interview(case=report, fields=fields, reach=reach, by=cast.carys, now=NOW)
    sequence = make.told_last(report, "interview").told.sequence
    strike_entry(case=report, sequence=sequence, reason="Another case", by=cast.carys, now=NOW)
    join_case(case=report, into=case.reference, by=cast.carys, now=LATER)
    assert Interview.objects.get().case == report


def test_a_report_is_not_joined_while_something_of_it_waits_to_be_shared(cast: Cast) -> None:
    case, report = make.make_case(cast), make.make_report(cast.iris)
    people(report, cast.carys)
    consents(report, cast.carys, "refused", now=NOW)
    number = share(report, cast.carys, now=NOW)
    assert Share.objects.get().state == "waits"
    with pytest.raises(Refused, match="waits to be authorised"):
        join_case(case=report, into=case.reference, by=cast.carys, now=LATER)
    take_share_back(case=report, number=number, reason="Joined", by=cast.carys, now=LATER)
    join_case(case=report, into=case.reference, by=cast.carys, now=LATER)
    assert Share.objects.get().case == case
