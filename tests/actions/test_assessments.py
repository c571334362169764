"""Risk assessments: what they state for the policies, what they keep, and what is never presumed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from fanlight.casework import rulings
from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.answer_question import answer_question
from fanlight.casework.actions.complete_assessment import complete_assessment
from fanlight.casework.actions.keep_assessment_draft import drop_assessment_draft, keep_assessment_draft
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.record_other_assessment import record_other_assessment
from fanlight.casework.actions.refusals import Faulty, Stopped
from fanlight.casework.actions.strike_entry import strike_entry
from fanlight.casework.instruments import Answer
from fanlight.casework.models import Assessment, AssessmentDraft, Case
from fanlight.casework.queries.answers import RECORDED_APART
from fanlight.casework.queries.assessments import (
    assessment_form,
    assessment_page,
    assessments_of_case,
    check_answers,
    offered,
)
from fanlight.places import policies_folder
from tests import make
from tests.cast import Cast, hire
from tests.risk import NOW, owes_marac, plain, ruling
from tests.risk import answers as answers_to


def complete(case: Case, by: Any, *, yes: str = "", unknown: str = "", now: Any = NOW, **said: Any) -> int:
    """This function will complete an assessment: every item no, but for those that are named."""
    return complete_assessment(
        case=case,
        instrument=said.pop("instrument", "dash"),
        answers=answers_to(said.pop("by_instrument", "dash"), yes, unknown),
        **{"judged_high": False, "reason": "As far as they told us.", **said},
        by=by,
        now=now,
    )


@pytest.fixture
def at_tai_calon(cast: Cast) -> tuple[Any, Case]:
    """This function will give an officer of Tai Calon, whose policy has no score, and a case of theirs."""
    officer = hire("Mair", "tai-calon", community_housing_officer=[])
    return officer, make.make_report(officer, patch=None)


def test_an_assessment_states_what_the_policies_read(cast: Cast) -> None:
    case = make.make_case(cast)
    sequence = complete(case, cast.asha, yes=plain(12), unknown="stalking", judged_high=True, reason="Her fear.")
    told = make.told_last(case, "assessment")
    assert told.told.sequence == sequence
    assert told.told.payload["fields"] == {"by": "us", "instrument": "dash", "grade_given": "high"}
    assert told.told.payload["facts"] == {
        "grade_given": "high",
        "score": 12,
        "judged_high": True,
        "strangulation": False,
        "weapons": False,
        "threats_to_kill": False,
    }
    assert told.note == "Her fear."


def test_a_score_of_three_with_strangulation_refers(cast: Cast) -> None:
    case = make.make_case(cast)
    complete(case, cast.asha, yes=f"strangulation {plain(2)}")
    assert ruling(case).facts["score"] == 3
    assert owes_marac(case)
    assert make.fresh(case).grade == "high"


def test_a_score_of_none_with_judgement_refers(cast: Cast) -> None:
    case = make.make_case(cast)
    complete(case, cast.asha, judged_high=True, reason="He has found her before, and he has stopped threatening.")
    assert ruling(case).facts["score"] == 0
    assert owes_marac(case)


def test_a_score_of_none_without_judgement_does_not(cast: Cast) -> None:
    case = make.make_case(cast)
    complete(case, cast.asha)
    assert not owes_marac(case)
    assert make.fresh(case).grade == "standard"


def test_fourteen_without_consent_refers_with_a_recorded_basis(cast: Cast) -> None:
    case = make.make_case(cast)
    complete(case, cast.asha, yes=plain(14))
    make.make_entry(case, "consent", cast.asha, now=make.later(hours=4), to="marac", given=False)
    assert owes_marac(case)
    share: dict[str, Any] = {"case": case, "kind": "share", "by": cast.asha, "now": make.later(hours=5)}
    said = {"to": "marac", "reason": "She may be killed; the meeting must know."}
    with pytest.raises((Stopped, Faulty, Refused)):
        record_entry(fields={"to": "marac", "ground": "consent"}, **share)
    if "share" not in RECORDED_APART:
        record_entry(fields={**said, "ground": "safeguarding"}, **share)
    assert owes_marac(case)


@pytest.mark.parametrize(
    ("yes", "judged", "refers"), [("strangulation", False, True), ("", True, True), ("injury", False, False)]
)
def test_it_is_so_where_the_policy_has_no_score_of_its_own(
    at_tai_calon: tuple[Any, Case], yes: str, judged: bool, refers: bool
) -> None:
    officer, case = at_tai_calon
    complete(case, officer, yes=yes, judged_high=judged)
    assert owes_marac(case) is refers
    assert ruling(case).facts["grade"] == ("high" if refers else "standard")


def test_judgement_has_a_reason_either_way(cast: Cast) -> None:
    case = make.make_case(cast)
    for judged in (True, False):
        with pytest.raises(Faulty) as refused:
            complete(case, cast.asha, judged_high=judged, reason=" . ")
        assert list(refused.value.faults) == ["reason"]
    with pytest.raises(Faulty) as refused:
        complete(case, cast.asha, judged_high=None)
    assert list(refused.value.faults) == ["judged_high"]


def test_judgement_never_lowers(cast: Cast) -> None:
    case = make.make_case(cast)
    complete(case, cast.asha, yes="weapons", judged_high=False, reason="He has sold the gun.")
    assert make.told_last(case, "assessment").told.payload["fields"]["grade_given"] == "high"
    assert owes_marac(case)


def test_every_item_is_answered(cast: Cast) -> None:
    case = make.make_case(cast)
    answers = answers_to("dash")
    del answers["injury"]
    with pytest.raises(Faulty) as refused:
        complete_assessment(
            case=case, instrument="dash", answers=answers, judged_high=False, reason="x", by=cast.asha, now=NOW
        )
    assert list(refused.value.faults) == ["item-injury"]
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("answer", "fault"),
    [(Answer("perhaps"), "yes, no or"), (Answer("yes", "gossip"), "who said"), (Answer("yes", "", "x" * 1001), "1000")],  # type: ignore[arg-type]  # what nobody may say
)
def test_an_answer_that_is_none_is_sent_back_to_its_item(cast: Cast, answer: Answer, fault: str) -> None:
    case = make.make_case(cast)
    with pytest.raises(Faulty) as refused:
        complete_assessment(
            case=case,
            instrument="dash",
            answers={**answers_to("dash"), "injury": answer},
            judged_high=False,
            reason="x",
            by=cast.asha,
            now=NOW,
        )
    assert fault in refused.value.faults["item-injury"][0]


def test_the_general_way_leads_to_the_assessments_page(cast: Cast) -> None:
    case = make.make_case(cast)
    with pytest.raises(Refused, match="item by item"):
        record_entry(
            case=case,
            kind="assessment",
            fields={"by": "us", "instrument": "dash"},
            facts={"score": 3, "judged_high": False},
            by=cast.asha,
            now=NOW,
        )


@pytest.mark.parametrize("fact", ["score", "judged_high", "grade_given"])
def test_what_an_assessment_says_is_said_by_no_other_entry(cast: Cast, fact: str) -> None:
    case = make.make_case(cast)
    said = {"score": 3, "judged_high": False, "grade_given": "high"}
    for record in (
        lambda: answer_question(case=case, facts={fact: said[fact]}, by=cast.asha, now=NOW),
        lambda: make.make_entry(case, "learned", cast.asha, now=NOW, facts={fact: said[fact]}),
        lambda: make.make_report(cast.iris, **{fact: said[fact]}),
    ):
        with pytest.raises(Faulty) as refused:
            record()
        assert list(refused.value.faults) == [fact]


def test_an_assessment_never_changes_and_a_new_one_supersedes_it(cast: Cast) -> None:
    case = make.make_case(cast)
    first = complete(case, cast.asha, yes="injury")
    second = complete(case, cast.asha, yes="injury fear", now=make.later(days=2))
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.filter(sequence=first).update(version="2010")
    found = assessments_of_case(cast.asha, case.reference, now=make.later(days=3))
    assert [(line.sequence, line.stands, line.score) for line in found.lines] == [(second, True, 2), (first, False, 1)]
    assert assessment_page(cast.asha, case.reference, first, now=make.later(days=3)).later == second


def test_one_that_was_struck_out_leaves_the_one_before_it_standing(cast: Cast) -> None:
    case = make.make_case(cast)
    first = complete(case, cast.asha, yes="injury")
    second = complete(case, cast.asha, yes="weapons", now=make.later(days=1))
    strike_entry(case=case, sequence=second, reason="Another person's.", by=cast.carys, now=make.later(days=2))
    found = assessments_of_case(cast.asha, case.reference, now=make.later(days=3))
    assert [(line.sequence, line.stands, line.is_struck) for line in found.lines] == [
        (second, False, True),
        (first, True, False),
    ]


def test_it_is_kept_with_every_answer_its_source_and_the_judgement(cast: Cast) -> None:
    case = make.make_case(cast)
    answers = answers_to("dash", "injury") | {"police_record": Answer("yes", "police", "Two call-outs in May.")}
    sequence = complete_assessment(
        case=case,
        instrument="dash",
        answers=answers,
        judged_high=True,
        reason="It gets worse.",
        incidents=4,
        note="Seen at the library.",
        by=cast.asha,
        now=NOW,
    )
    page = assessment_page(cast.asha, case.reference, sequence, now=NOW)
    assert len(page.answers) == 24
    told = next(one for one in page.answers if one.key == "police_record")
    assert (told.said, told.source, told.note) == ("yes", "Police", "Two call-outs in May.")
    assert (page.reason, page.note, page.incidents, page.escalates) == (
        "It gets worse.",
        "Seen at the library.",
        4,
        True,
    )
    assert (page.line.raised, page.by_score, page.line.grade) == (True, "standard", "high")
    assert page.own_words


def test_a_draft_survives_and_is_its_authors_alone(cast: Cast) -> None:
    case = make.make_case(cast)
    keep = {"case": case, "instrument": "dash", "by": cast.asha, "now": NOW}
    keep_assessment_draft(answers={"injury": Answer("yes", "", "A black eye.")}, **keep)  # type: ignore[arg-type]  # the rest is in `keep`
    keep_assessment_draft(answers={"fear": Answer("unknown")}, judgement={"reason": "Not yet"}, **keep)  # type: ignore[arg-type]  # as above
    found = assessment_form(cast.asha, case.reference, "dash", now=NOW)
    assert found.answers == {
        "injury": Answer("yes", "person_at_risk", "A black eye."),
        "fear": Answer("unknown", "person_at_risk", ""),
    }
    assert found.said["reason"] == "Not yet"
    assert len(found.missing) == 22
    # Another sees that it was begun, and nothing of what was said.
    others = assessments_of_case(cast.carys, case.reference, now=NOW)
    assert [one.by for one in others.begun] == ["Asha"]
    assert assessment_form(cast.carys, case.reference, "dash", now=NOW).answers == {}
    assert b"black eye" not in bytes(AssessmentDraft.objects.get().sealed_said)
    keep_assessment_draft(answers={"injury": None}, **keep)  # type: ignore[arg-type]  # as above
    assert "injury" not in assessment_form(cast.asha, case.reference, "dash", now=NOW).answers
    # Nothing of it is on the record.
    assert make.told(case)[-1].told.kind != "assessment"
    drop_assessment_draft(case=case, instrument="dash", by=cast.asha, now=NOW)
    assert not AssessmentDraft.objects.exists()


def test_what_is_completed_leaves_no_draft(cast: Cast) -> None:
    case = make.make_case(cast)
    for by in (cast.asha, cast.carys):
        keep_assessment_draft(case=case, instrument="dash", answers={"injury": Answer("yes")}, by=by, now=NOW)
    complete(case, cast.asha)
    assert [one.by_id for one in AssessmentDraft.objects.all()] == [cast.carys.pk]


def test_unknown_answers_that_would_decide_are_named_by_the_grade_of_the_policy(cast: Cast) -> None:
    case = make.make_case(cast)

    def doubtful(yes: str, unknown: str) -> tuple[str | None, list[str], list[str]]:
        answers = answers_to("dash", yes, unknown)
        keep_assessment_draft(case=case, instrument="dash", answers=answers, by=cast.asha, now=NOW)
        form = assessment_form(cast.asha, case.reference, "dash", now=NOW)
        found = check_answers(cast.asha, form, now=NOW)
        return found.grade, [one.key for one in found.doubt.alone], [one.key for one in found.doubt.together]

    assert doubtful("injury", "") == ("standard", [], [])
    # The policy cannot tell, and says so; strangulation would make it high.
    assert doubtful("injury", "strangulation fear") == (None, ["strangulation"], [])
    assert doubtful("weapons", "strangulation fear") == ("high", [], [])
    many = plain(14).split()
    assert doubtful(" ".join(many[:12]), " ".join(many[12:])) == ("standard", [], many[12:])
    assert doubtful(" ".join(many[:13]), many[13]) == ("standard", many[13:], [])


def test_another_agencys_is_recorded_as_theirs(cast: Cast) -> None:
    case = make.make_case(cast)
    said: dict[str, Any] = {"case": case, "by": cast.asha, "now": NOW}
    for missing, fault in (
        ({"agency": " "}, "agency"),
        ({"how": ""}, "how"),
        ({"made_on": date(2030, 1, 1)}, "made_on"),
    ):
        with pytest.raises(Faulty) as refused:
            record_other_assessment(**{"agency": "West Yorkshire Police", "how": "agency", **missing}, **said)
        assert list(refused.value.faults) == [fault]
    sequence = record_other_assessment(
        agency="West Yorkshire Police", how="seen", instrument="DARA", grade="medium", made_on=date(2026, 2, 1), **said
    )
    told = make.told_last(case, "assessment").told
    assert told.payload["fields"] == {"by": "agency", "instrument": "DARA", "grade_given": "medium"}
    assert told.payload["facts"] == {"grade_given": "medium"}
    page = assessment_page(cast.asha, case.reference, sequence, now=NOW)
    assert (page.line.agency, page.line.is_ours, page.line.stands) == ("West Yorkshire Police", False, False)
    assert page.how == "We have seen it, or a copy of it"
    assert page.answers == ()
    # The policy has it that theirs lifts ours.
    assert {duty.row.id: duty.state for duty in ruling(case).duties}["dash"] == "lifted"


def test_what_came_since_asks_for_a_renewal_as_the_policy_says(cast: Cast) -> None:
    case = make.make_case(cast)
    complete(case, cast.asha)
    assert assessments_of_case(cast.asha, case.reference, now=NOW).since == ()
    make.make_entry(case, "incident", cast.asha, now=make.later(days=1))
    make.make_entry(case, "risk_changed", cast.asha, now=make.later(days=2), how="up")
    found = assessments_of_case(cast.asha, case.reference, now=make.later(days=3))
    assert [one.kind for one in found.since] == ["incident", "risk_changed"]
    assert found.policy_renews
    assert [duty.row for duty in found.owed] == ["renew-dash", "renew-dash"]
    complete(case, cast.asha, now=make.later(days=4))
    found = assessments_of_case(cast.asha, case.reference, now=make.later(days=5))
    assert (found.since, found.owed) == ((), ())


def test_an_assessment_is_nobodys_who_does_not_see_the_case(cast: Cast) -> None:
    case = make.make_case(cast)
    sequence = complete(case, cast.asha)
    for stranger in (cast.bronwen, cast.dev, cast.gwen, cast.huw, cast.iris, cast.farah):
        with pytest.raises(NotFound):
            assessments_of_case(stranger, case.reference, now=NOW)
        with pytest.raises(NotFound):
            assessment_page(stranger, case.reference, sequence, now=NOW)
        with pytest.raises(NotFound):
            complete(case, stranger)


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This function will have Connect use the made-up instrument, and that alone."""
    for file in policies_folder().rglob("*.toml"):
        copy = tmp_path / file.relative_to(policies_folder())
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8")
        if copy.parent.name == "connect" and copy.name == "landlord.toml":
            text += '\n[risk]\ninstruments = ["harbour"]\n'
        copy.write_text(text, encoding="utf-8")
    monkeypatch.setenv("FANLIGHT_POLICIES", str(tmp_path))
    rulings.forget()
    yield
    rulings.forget()


@pytest.mark.usefixtures("harbour")
def test_another_instrument_is_used_in_the_same_way(cast: Cast) -> None:
    case = make.make_case(cast)
    assert list(offered("connect", NOW)) == ["harbour"]
    said: dict[str, Any] = {"instrument": "harbour", "by_instrument": "harbour"}
    with pytest.raises(Refused, match="Your role may not complete this instrument"):
        complete(case, cast.asha, **said)
    with pytest.raises(Faulty, match="instrument"):
        complete(case, cast.carys)
    sequence = complete(case, cast.carys, yes="leak", **said)
    assert make.told_last(case, "assessment").told.payload["fields"]["grade_given"] == "standard"
    complete(case, cast.carys, yes="storm", now=make.later(days=1), **said)
    assert ruling(case, make.later(days=1)).facts["threats_to_kill"] is True
    assert owes_marac(case)
    page = assessment_page(cast.carys, case.reference, sequence, now=NOW)
    assert [(one.key, one.score) for one in page.answers] == [("storm", 0), ("leak", 3), ("rope", 0), ("lamp", 0)]
    assert not page.own_words


def test_a_landlord_whose_policy_names_no_instrument_is_offered_those_that_it_chose() -> None:
    assert list(offered("ongo", NOW)) == []
    for landlord in ("connect", "tai-calon", "housing-plus", "one-vision"):
        assert list(offered(landlord, NOW)) == ["dash"]
