"""Risk assessments on pages and through the API: one screen at a time and all at once, without a script, and what is kept."""

import json
import re
import shutil
from typing import Any

import pytest

from fanlight.casework import rulings
from fanlight.casework.actions.complete_assessment import complete_assessment
from fanlight.casework.models import Assessment, AssessmentDraft, Log
from fanlight.places import policies_folder
from tests import make
from tests.risk import INSTRUMENTS, answers, plain
from tests.web.conftest import NOW

DASH = INSTRUMENTS["dash"]


def sent(yes: str = "", unknown: str = "", **more: str) -> dict[str, str]:
    """This function will give what the form of all items sends: no, but for those that are named."""
    return {f"item-{key}-said": one.said for key, one in answers("dash", yes, unknown).items()} | more


def text(answer: Any) -> str:
    """This function will give the text of a page, in one line."""
    assert answer.status_code == 200, answer.content[:500]
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("&#39;", "'").split())


def test_an_assessment_is_made_on_one_page_and_a_judgement(cast, case, as_):
    browser, at = as_(cast.asha), f"/cases/{case.reference}/assessments"
    asked = text(browser.get(f"{at}/new/dash"))
    assert "They are not the questions of the DASH risk checklist" in asked
    assert all(item.topic in asked for item in DASH.items)
    kept = browser.post(
        f"{at}/new/dash", sent("injury fear", **{"item-fear-source": "police", "item-fear-note": "Rang twice."})
    )
    assert kept.url == f"{at}/new/dash/check"
    checked = text(browser.get(kept.url))
    assert "Standard, with a score of 2 of 24" in checked
    assert "These weigh in your judgement: great fear." in checked
    assert "Rang twice." in checked
    again = text(browser.post(kept.url, {"judged_high": "yes", "seen": case.last_sequence}))
    assert "Give the reason for your judgement, whichever way it is" in again
    said = {"judged_high": "yes", "reason": "She knows him best.", "incidents": "1", "seen": case.last_sequence}
    said["mark"] = "the same showing of the form"
    done = browser.post(kept.url, said)
    assert done.url == f"/cases/{case.reference}?done=assessed"
    assert "The assessment is on the record." in text(browser.get(done.url))
    # Sent twice, it is done once, and goes where the first one went.
    assert browser.post(kept.url, said).url == done.url
    row = Assessment.objects.get()
    made = text(browser.get(f"{at}/{row.sequence}"))
    assert "High , raised by judgement (by the score alone: standard)" in made
    assert "She knows him best." in made
    assert not AssessmentDraft.objects.exists()


def test_one_screen_at_a_time_keeps_every_answer_and_ends_at_the_check(cast, case, as_):
    browser, at = as_(cast.asha), f"/cases/{case.reference}/assessments/new/dash"
    for number, item in enumerate(DASH.items, 1):
        address = f"{at}/{number}"
        assert f"item {number} of 24" in text(browser.get(address))
        answer = browser.post(address, {f"item-{item.key}-said": "unknown" if number == 4 else "no"})
        # The power may go here: what was said is kept.
        assert len(AssessmentDraft.objects.get().said["answers"]) == number
        assert answer.url == (f"{at}/{number + 1}" if number < 24 else f"{at}/check")
    checked = text(browser.get(f"{at}/check"))
    assert "would change the grade if it were yes: threats to kill" in checked
    assert "By our policy there is no grade yet" in checked
    assert browser.get(f"{at}/25").status_code == 404
    assert browser.get(f"{at}/0").status_code == 404


def test_what_is_not_answered_yet_is_said_and_is_not_completed(cast, case, as_):
    browser, at = as_(cast.asha), f"/cases/{case.reference}/assessments/new/dash"
    assert browser.post(f"{at}/3", {"item-weapons-said": "yes", "later": "yes"}).url.endswith("?done=draft-kept")
    shown = text(browser.get(f"/cases/{case.reference}/assessments"))
    assert "You have begun: 1 of 24 answered" in shown
    assert "23 items are not answered yet" in text(browser.get(f"{at}/check"))
    assert browser.post(f"{at}/check", {"judged_high": "no", "reason": "x", "seen": 99}).url == f"{at}/check"
    assert not Assessment.objects.exists()
    # It is thrown away by whoever began it.
    assert "Throw the draft away" in text(browser.get(f"{at}/drop"))
    assert browser.post(f"{at}/drop").url.endswith("?done=draft-dropped")
    assert browser.get(f"{at}/drop").status_code == 302


def test_a_judgement_that_is_kept_for_later_is_there_again(cast, case, as_):
    browser, at = as_(cast.asha), f"/cases/{case.reference}/assessments/new/dash"
    browser.post(at, sent())
    browser.post(f"{at}/check", {"judged_high": "yes", "reason": "Half a sentence", "incidents": "5", "later": "yes"})
    shown = browser.get(f"{at}/check").content.decode()
    assert "Half a sentence" in shown
    assert re.search(r'value="yes" checked', shown)
    assert "potential escalation" in shown
    browser.post(f"{at}/check", {"judged_high": "yes", "reason": "", "later": "yes"})
    assert "Half a sentence" not in browser.get(f"{at}/check").content.decode()
    too_long = text(browser.post(f"{at}/check", {"reason": "x" * 4001, "later": "yes"}))
    assert "Use 4000 characters or fewer." in too_long


def test_an_answer_nobody_may_give_is_refused_beside_its_item(cast, case, as_):
    browser, at = as_(cast.asha), f"/cases/{case.reference}/assessments/new/dash"
    for wrong, sentence in (
        ({"item-injury-said": "perhaps"}, "Select yes, no or don"),
        ({"item-injury-said": "", "item-injury-note": "A bruise."}, "You wrote a note: say yes, no or don"),
        ({"item-injury-source": "gossip"}, "Say who said so"),
    ):
        shown = browser.post(at, sent() | wrong)
        assert shown.status_code == 200
        assert sentence in shown.content.decode()
    assert not AssessmentDraft.objects.exists()


def test_somebody_wrote_meanwhile_and_nothing_is_lost(cast, case, as_):
    browser, at = as_(cast.asha), f"/cases/{case.reference}/assessments/new/dash"
    browser.post(at, sent())
    make.make_entry(case, "incident", cast.carys, now=NOW, note="He came back.")
    shown = browser.post(f"{at}/check", {"judged_high": "no", "reason": "Calm now.", "seen": case.last_sequence})
    assert shown.status_code == 409
    assert b"He came back." in shown.content
    assert b"Calm now." in shown.content
    assert AssessmentDraft.objects.exists()


def test_the_general_form_of_an_assessment_leads_to_its_page(cast, case, as_):
    browser = as_(cast.asha)
    led = browser.get(f"/cases/{case.reference}/record/assessment?duty=dash.e1")
    assert led.url == f"/cases/{case.reference}/assessments?duty=dash.e1"
    shown = browser.get(led.url).content.decode()
    assert f"/cases/{case.reference}/assessments/new/dash/1?duty=dash.e1" in shown
    # It goes with the draft, to the row in the log.
    browser.post(f"/cases/{case.reference}/assessments/new/dash", sent(duty="dash.e1"))
    said = {"judged_high": "no", "reason": "Calm.", "seen": case.last_sequence}
    done = browser.post(f"/cases/{case.reference}/assessments/new/dash/check", said)
    assert "duty=dash.e1" in done.url
    assert Log.objects.filter(what="complete_assessment").get().detail["duty"] == "dash.e1"


def test_a_question_that_an_assessment_answers_leads_to_it(cast, case, as_):
    browser = as_(cast.asha)
    assert browser.get(f"/cases/{case.reference}/answer/score").url == f"/cases/{case.reference}/assessments"
    assert as_(cast.dev).get(f"/cases/{case.reference}/answer/score").status_code == 404
    shown = browser.get(f"/cases/{case.reference}").content.decode()
    assert 'name="fact-score"' not in shown
    assert "Assess the risk" in shown
    assert 'name="fact-score"' not in browser.get(f"/cases/{case.reference}/record/learned").content.decode()


def test_another_agencys_is_put_down_as_theirs(cast, case, as_):
    browser, at = as_(cast.asha), f"/cases/{case.reference}/assessments"
    assert "never presumed" in text(browser.get(f"{at}/other"))
    assert "Say how we know that it was made" in text(browser.post(f"{at}/other", {"agency": "The police"}))
    said = {"agency": "The police", "how": "agency", "grade": "high", "seen": case.last_sequence}
    assert browser.post(f"{at}/other", said).status_code == 302
    shown = text(browser.get(at))
    assert "The police" in shown
    assert "Theirs" in shown
    said = {"agency": "The hospital", "how": "person", "seen": case.last_sequence + 1}
    assert browser.post(f"{at}/other", said).status_code == 302
    shown = text(browser.get(at))
    assert "The hospital Not known Not known Theirs" in shown
    row = Assessment.objects.order_by("sequence")[0]
    assert "It is theirs, put down as far as we were told." in text(browser.get(f"{at}/{row.sequence}"))


def two_made(case: Any, by: Any) -> None:
    """This function will make two assessments, days apart, with an incident after the second."""
    for days, yes in ((1, plain(5)), (3, f"strangulation {plain(6)}")):
        complete_assessment(
            case=case,
            instrument="dash",
            answers=answers("dash", yes),
            judged_high=False,
            reason="As they told it.",
            by=by,
            now=make.later(days=days),
        )
    make.make_entry(case, "incident", by, now=make.later(days=4))


def test_the_trend_is_a_picture_with_a_table_that_the_content_security_policy_lets_through(cast, case, as_, the_clock):
    two_made(case, cast.asha)
    the_clock(make.later(days=5))
    answer = as_(cast.asha).get(f"/cases/{case.reference}/assessments")
    shown = answer.content.decode()
    picture = shown[shown.index("<svg") : shown.index("</svg>")]
    assert "style=" not in picture
    assert "<script" not in picture
    assert "Scores in the order in which they were made: 5, 7." in picture
    assert picture.count("<circle") == 1
    assert picture.count("rotate(45") == 1
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    told = text(answer)
    assert "7 of 24 High, by strangling, choking, suffocating or drowning" in told
    assert "Our policy asks for a new one. Since then: Further incident" in told


def test_a_page_of_assessments_costs_the_same_for_one_and_for_many(cast, case, as_, the_clock):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    the_clock(make.later(days=60))
    browser, counts = as_(cast.asha), []
    for days in (1, 2, 3):
        two = {"answers": answers("dash", "injury"), "judged_high": False, "reason": "As told.", "by": cast.asha}
        complete_assessment(case=case, instrument="dash", **two, now=make.later(days=days))
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/cases/{case.reference}/assessments")
        counts.append(len(queries))
    assert len(set(counts[1:])) == 1


@pytest.fixture
def worded(tmp_path, monkeypatch):
    """This function will have Connect load a wording that it may use; it is made up."""
    shutil.copytree(policies_folder(), tmp_path, dirs_exist_ok=True)
    own = tmp_path / "connect" / "instruments"
    own.mkdir()
    head = '[wording]\ninstrument = "dash"\nversion = "2009"\nacknowledgement = "By leave of its owner."\npermission = "A letter."'
    items = "\n".join(f'{item.key} = "Made-up words of {item.key}?"' for item in reversed(DASH.items))
    (own / "dash-wording.toml").write_text(f"{head}\n[items]\n{items}\n", encoding="utf-8")
    monkeypatch.setenv("FANLIGHT_POLICIES", str(tmp_path))
    rulings.forget()
    yield
    rulings.forget()


def test_a_wording_that_was_loaded_is_shown_with_its_acknowledgement_and_is_stored_nowhere(cast, case, as_, worded):
    browser, at = as_(cast.asha), f"/cases/{case.reference}/assessments"
    for path in (f"{at}/new/dash", f"{at}/new/dash/1"):
        shown = text(browser.get(path))
        assert "By leave of its owner." in shown
        assert "1. Made-up words of police_record?" in shown
        assert "topics in our own words" not in shown
    assert browser.post(f"{at}/new/dash", sent("weapons")).status_code == 302
    browser.post(f"{at}/new/dash/check", {"judged_high": "no", "reason": "x1", "seen": case.last_sequence})
    row = Assessment.objects.get()
    assert "Made-up words" not in row.said_as_text
    assert "Made-up words of weapons?" in text(browser.get(f"{at}/{row.sequence}"))


BODY = {"instrument": "dash", "judged_high": False, "reason": "As they told it.", "expected_sequence": 99}


def body(yes: str = "", **more: Any) -> str:
    """This function will give an assessment as the API takes it."""
    said = {key: {"said": one.said} for key, one in answers("dash", yes).items()}
    return json.dumps({"answers": said, **BODY, **more})


def test_the_api_takes_an_assessment_item_by_item_and_in_no_other_way(cast, case, as_):
    browser, at = as_(cast.asha), f"/api/cases/{case.reference}/assessments"

    def post(address: str, said: str) -> Any:
        return browser.post(address, said, content_type="application/json")

    general = {"kind": "assessment", "fields": {"by": "us"}, "facts": {"score": 3, "judged_high": False}}
    refused = post(f"/api/cases/{case.reference}/entries", json.dumps({**general, "expected_sequence": 99}))
    assert refused.status_code == 403
    assert "item by item" in refused.json()["detail"]
    assert post(at, body(answers={})).status_code == 422
    assert post(at, body(reason="")).status_code == 422
    assert post(at, body(instrument="harbour")).status_code == 422
    made = post(at, body("strangulation injury"))
    assert made.status_code == 201, made.content
    found = browser.get(at).json()
    assert [key for key, _ in found["instruments"][0]["asks"]] == [item.key for item in DASH.items]
    assert [(line["score"], line["grade"], line["stands"]) for line in found["lines"]] == [(2, "high", True)]
    one = browser.get(f"{at}/{made.json()['sequence']}").json()
    assert len(one["answers"]) == 24
    theirs = {"agency": "The police", "how": "seen", "grade": "medium", "expected_sequence": 99}
    assert post(f"{at}/other", json.dumps({**theirs, "how": ""})).status_code == 422
    assert post(f"{at}/other", json.dumps(theirs)).status_code == 201


@pytest.mark.parametrize("who", ["bronwen", "dev", "eve", "farah", "gwen", "huw", "iris"])
def test_what_one_may_not_see_is_not_there(cast, case, as_, who):
    two_made(case, cast.asha)
    browser = as_(getattr(cast, who))
    for address in ("", "/other", "/new/dash", "/new/dash/1", "/new/dash/check", "/new/dash/drop", "/9"):
        assert browser.get(f"/cases/{case.reference}/assessments{address}").status_code == 404
        assert browser.post(f"/cases/{case.reference}/assessments{address}", {}).status_code in (404, 405)
    assert browser.get(f"/api/cases/{case.reference}/assessments").status_code == 404
