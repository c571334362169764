"""What the pages do with what is typed: kept, refused by clause, saved again after somebody else wrote."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

import fanlight.casework.web
from fanlight.casework.actions.draft_referral import draft_referral
from fanlight.casework.queries.answers import ON_A_CLOSED_CASE
from fanlight.casework.web.forms.kinds import OWN_PAGES
from fanlight.casework.web.jinja import do_this
from fanlight.policy.vocabulary import ENTRY_KINDS
from tests import make

WEB = Path(fanlight.casework.web.__file__).parent


def page(response) -> str:
    return response.content.decode()


def test_a_report_with_nothing_typed_says_what_is_missing_and_links_to_it(cast, as_):
    shown = page(as_(cast.iris).post("/report", {"note": "She was crying.", "name": "Maria Novak"}))
    for missing, place in (
        ("Say who told us", "own-source"),
        ("Say how they told us", "own-channel"),
        ("Say who it is about", "fact-about"),
    ):
        assert f'<a href="#{place}">{missing}</a>' in shown
        assert f'id="{place}"' in shown
    assert "She was crying." in shown
    assert 'value="Maria Novak"' in shown
    assert "<title>Error: Report it - Fanlight</title>" in shown


def test_a_report_of_danger_puts_999_first_until_it_has_been_called(cast, as_):
    browser = as_(cast.iris)
    typed = {
        "own-source": "neighbour",
        "own-channel": "phone",
        "fact-about": "customer",
        "fact-immediate_danger": "yes",
    }
    receipt = browser.post("/report", typed, follow=True)
    shown = page(receipt)
    assert shown.index("Call 999 now") < shown.index("Your report has been received")
    address = receipt.redirect_chain[-1][0]
    called = page(browser.post(f"{address}/called-999", follow=True))
    assert "Call 999 now" not in called
    assert "999 was called on" in called


def test_a_colleague_who_is_named_in_a_report_sees_nothing_of_it(cast, as_):
    typed = {
        "own-source": "colleague",
        "own-channel": "in_person",
        "fact-about": "customer",
        "place": "Kirklees / Kirklees North",
        "works_here": str(cast.eve.pk),
        "their_part": "causing_harm",
    }
    receipt = as_(cast.iris).post("/report", typed)
    reference = receipt.headers["Location"].rsplit("/", 1)[-1]
    assert reference in page(as_(cast.carys).get("/triage"))
    assert reference not in page(as_(cast.eve).get("/triage"))
    assert as_(cast.eve).get(f"/triage/{reference}").status_code == 404


def test_a_gate_is_shown_with_its_clause_before_anything_is_saved_and_what_was_typed_is_kept(cast, case, as_):
    browser = as_(cast.asha)
    address = reverse("new-share", args=[case.reference])
    her = case.parts.get(part="person_at_risk").pk
    typed = {
        "to": "solicitor/ncdv",
        "purpose": "law",
        "why": "Rang the council.",
        "ground": "legal_duty",
        "article_6": "legitimate_interests",
        "article_9": "legal_claims",
        "article_10": "legal_claims",
        "common_law": "public_interest",
        "section_115": "no",
        "necessity": "So.",
        "proportion": "No more.",
        "means": "post",
        "about": str(her),
        "items-0": f"who.{her}.name",
        "without": "would_prejudice",
        "why_without": "He reads it.",
        "send": "yes",
        "seen": case.last_sequence,
    }
    stopped = browser.post(address, typed)
    assert stopped.status_code == 409
    assert "the policy stands in the way" in page(stopped)
    assert "Clause " in page(stopped)
    assert 'name="why" value="Rang the council."' in page(stopped)
    assert make.fresh(case).last_sequence == case.last_sequence
    again = browser.post(address, {**typed, "change": "yes"})
    assert "Rang the council." in page(again)
    assert '<option value="solicitor/ncdv" selected>' in page(again)
    assert make.fresh(case).last_sequence == case.last_sequence


def test_a_gate_that_may_be_set_aside_wants_a_reason_and_saves_both(cast, case, as_):
    browser = as_(cast.asha)
    said = {"to": "children_social_care", "by": cast.asha, "now": make.later(minutes=31)}
    address = reverse("send-referral", args=[case.reference, draft_referral(case=case, **said)])
    typed = {"way": "phone", "permission": "refused", "reason": "He is there.", "seen": case.last_sequence}
    assert 'name="reason-parents-permission"' in page(browser.post(address, typed))
    unreasoned = browser.post(address, {**typed, "reason-parents-permission": " "})
    assert "Give your reason" in page(unreasoned)
    done = browser.post(address, {**typed, "reason-parents-permission": "The child is in the car with him."})
    assert done.status_code == 302
    kinds = list(case.entries.order_by("sequence").values_list("kind", flat=True))
    assert kinds[-2:] == ["override", "referral"]


def test_the_second_of_two_writers_is_shown_what_the_first_wrote_and_loses_nothing(cast, case, as_):
    browser = as_(cast.asha)
    address = reverse("record-kind", args=[case.reference, "contact"])
    seen = case.last_sequence
    make.make_entry(
        case, "learned", cast.carys, now=make.later(hours=2), facts={"weapons": True}, note="He has a knife."
    )
    typed = {
        "reach": make.they_rang(case),
        "own-result": "spoke",
        "own-safe": "yes",
        "note": "She is well.",
        "seen": seen,
    }
    shown = browser.post(address, typed)
    assert shown.status_code == 409
    assert "Somebody has written on this case since you opened the page" in page(shown)
    assert "He has a knife." in page(shown)
    assert "She is well." in page(shown)
    last = make.fresh(case).last_sequence
    assert f'name="seen" value="{last}"' in page(shown)
    assert browser.post(address, {**typed, "seen": last}).status_code == 302


def test_a_moment_to_come_is_refused_beside_its_field(cast, case, as_, the_clock):
    typed = {
        "reach": make.they_rang(case),
        "own-result": "spoke",
        "at-day": "4",
        "at-month": "3",
        "at-year": "2026",
        "at-time": "09:00",
    }
    shown = as_(cast.asha).post(reverse("record-kind", args=[case.reference, "contact"]), typed)
    assert shown.status_code == 200
    assert '<a href="#at-day">That moment is still to come' in page(shown)


def test_an_entry_typed_in_late_shows_both_moments(cast, case, as_):
    typed = {"own-result": "no_answer", "at-day": "3", "at-month": "3", "at-year": "2026", "at-time": "10:15"}
    typed |= {"reach": make.we_rang(case), "seen": "99"}
    shown = page(as_(cast.asha).post(reverse("record-kind", args=[case.reference, "contact"]), typed, follow=True))
    assert "3 March 2026 at 10:15" in shown
    assert "Written down later, on 3 March 2026 at 12:30" in shown


def test_a_struck_entry_is_marked_and_still_readable(cast, case, as_):
    browser = as_(cast.carys)
    sequence = make.make_entry(
        case, "learned", cast.asha, now=make.later(hours=2), facts={"damage": True}, note="The door is broken."
    )
    shown = page(
        browser.post(
            reverse("strike", args=[case.reference, sequence]), {"reason": "Another home.", "seen": "99"}, follow=True
        )
    )
    assert "Struck: recorded in error" in shown
    assert "The door is broken." in shown
    assert reverse("strike", args=[case.reference, sequence]) not in shown


def test_a_question_is_answered_in_place_and_an_answer_that_is_none_is_asked_for(cast, case, as_):
    browser = as_(cast.asha)
    address = reverse("answer", args=[case.reference, "weapons"])
    assert "Answer the question, or go back to the case" in page(browser.post(address, {}))
    answered = page(browser.post(address, {"fact-weapons": "yes", "seen": "99"}, follow=True))
    assert "The answer is on the record." in answered
    assert address not in answered


def test_closing_shows_what_is_still_owed_and_a_closed_case_opens_again(cast, case, as_):
    browser = as_(cast.asha)
    address = reverse("close", args=[case.reference])
    assert "Still owed" in page(browser.get(address))
    assert "Say why the case is closed" in page(browser.post(address, {"outcome": "Safe."}))
    closed = page(browser.post(address, {"reason": "She moved.", "outcome": "Safe.", "seen": "99"}, follow=True))
    assert "The case is closed." in closed
    assert "What must be done now" in closed
    assert browser.get(address).status_code == 302
    reopened = page(
        browser.post(reverse("reopen", args=[case.reference]), {"reason": "He came back.", "seen": "99"}, follow=True)
    )
    assert "The case is open again." in reopened


def test_my_duties_says_how_many_and_which_are_overdue(cast, case, as_, the_clock):
    browser = as_(cast.asha)
    before = page(browser.get("/duties"))
    assert "0 overdue" not in before
    the_clock(make.later(days=9))
    browser = as_(cast.asha)
    after = page(browser.get("/duties"))
    assert "overdue by" in after.lower()
    only = page(browser.get("/duties?show=overdue"))
    assert only.count('<li class="app-row') == only.count("app-row--overdue")


def test_a_list_costs_as_many_queries_for_many_cases_as_for_one(cast, case, as_, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(address: str) -> int:
        browser = as_(cast.carys if address != "/duties" else cast.asha)
        browser.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    make.make_report(cast.iris, now=make.later(hours=1))
    addresses = ("/duties", "/duties/team", "/triage", "/cases", "/hand-overs")
    one = {address: cost(address) for address in addresses}
    for number in range(6):
        more = make.make_case(cast, now=make.later(hours=number / 10))
        make.make_entry(more, "referral", cast.asha, now=make.later(hours=2), to="marac")
        make.make_report(cast.iris, now=make.later(hours=1 + number / 10))
    assert {address: cost(address) for address in addresses} == one


@pytest.mark.parametrize("kind", ["", *ENTRY_KINDS])
def test_the_address_on_which_a_duty_is_done_is_one_of_ours(kind, cast, case):
    from dataclasses import replace

    from fanlight.casework.queries.case_page import case_page

    duty = case_page(cast.asha, case.reference, now=make.later(hours=3)).now[0]
    address, _, query = do_this(case.reference, replace(duty, does=kind)).partition("?")
    own = OWN_PAGES.get(kind)
    if own in ("assign", "close", "reopen"):
        assert address == reverse(own, args=[case.reference])
        return
    assert query == f"duty={duty.key}"
    if own or not kind:
        assert address == reverse("record", args=[case.reference])
    else:
        assert address == reverse("record-kind", args=[case.reference, kind])


def test_a_duty_has_a_button_only_where_its_reader_may_record_what_meets_it(cast, case, as_):
    browser = as_(cast.asha)
    assert "Do this" in page(browser.get(f"/cases/{case.reference}"))
    make_closed(browser, case)
    shown = page(browser.get(f"/cases/{case.reference}"))
    for does in re.findall(r"/record/(\w+)\?duty=", shown):
        assert does in ON_A_CLOSED_CASE
    # From a list, the link of such a duty leads to the page of the assessments, on which none is begun.
    dash = browser.get(f"/cases/{case.reference}/record/assessment?duty=dash.e1")
    assert dash.url == f"/cases/{case.reference}/assessments?duty=dash.e1"
    assert "Make an assessment" not in page(browser.get(dash.url))


def test_a_closed_case_asks_nothing_that_it_does_not_take(cast, case, as_):
    browser = as_(cast.asha)
    assert "/answer/" in page(browser.get(f"/cases/{case.reference}"))
    make_closed(browser, case)
    shown = page(browser.get(f"/cases/{case.reference}"))
    assert "What nobody has asked yet" in shown
    assert "/answer/" not in shown


def test_closing_a_case_with_somebody_in_danger_says_so_above_the_button(cast, case, as_):
    browser = as_(cast.asha)
    assert "Someone is in danger now" not in page(browser.get(f"/cases/{case.reference}/close"))
    browser.post(f"/cases/{case.reference}/answer/immediate_danger", {"fact-immediate_danger": "yes", "seen": "99"})
    shown = page(browser.get(f"/cases/{case.reference}/close"))
    assert "Someone is in danger now" in shown
    assert f"/cases/{case.reference}/answer/immediate_danger" in shown


def make_closed(browser, case) -> None:
    browser.post(f"/cases/{case.reference}/close", {"reason": "Moved", "outcome": "Safe", "seen": case.last_sequence})
    case.refresh_from_db()
    assert case.status == "closed"


def test_no_view_form_or_template_touches_the_database_itself():
    forbidden = ("django.db", "fanlight.casework.sql", "fanlight.casework.keys", "fanlight.casework.rulings")
    for file in WEB.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not any(name.startswith(forbidden) for name in names), file.name
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("objects", "save", "delete", "select_related", "refresh_from_db"), file.name


def test_waiting_is_measured_from_the_moment_of_the_request(cast, report, as_, the_clock):
    the_clock(make.later(hours=1) + timedelta(minutes=30))
    assert "Waiting 30 minutes" in page(as_(cast.carys).get("/triage"))
    the_clock(make.later(hours=9))
    late = page(as_(cast.carys).get("/triage"))
    assert "Waiting 8 hours" in late
    assert "Escalated" in late


def test_a_report_is_added_to_a_case_that_there_is_already(cast, case, report, as_):
    browser = as_(cast.carys)
    address = reverse("triage-report", args=[report.reference])
    typed = {
        "do": "join",
        "join-reference": case.reference.lower(),
        "join-reason": "",
        "join-known_already": "no",
        "seen": report.last_sequence,
    }
    unreasoned = page(browser.post(address, typed))
    assert '<a href="#join-reason">Say why they belong together</a>' in unreasoned
    assert case.reference.lower() in unreasoned
    joined = browser.post(address, {**typed, "join-reason": "The same household."}, follow=True)
    assert joined.redirect_chain[-1][0] == f"{reverse('case', args=[case.reference])}?done=joined"
    assert "She heard him on the stairs." in page(joined)
    old = page(browser.get(reverse("case", args=[report.reference])))
    assert f'href="{reverse("case", args=[case.reference])}"' in old


def test_a_case_that_is_not_to_be_seen_takes_no_report_and_nothing_typed_is_lost(cast, case, report, as_):
    address = reverse("triage-report", args=[report.reference])
    typed = {
        "do": "join",
        "join-reference": "CO-1999-000001",
        "join-reason": "The same household.",
        "join-known_already": "no",
        "seen": "99",
    }
    shown = as_(cast.carys).post(address, typed)
    assert '<a href="#join-reference">' in page(shown)
    assert "The same household." in page(shown)
    assert make.fresh(report).status == "new"


def test_a_report_is_sent_on_with_a_reason(cast, report, as_):
    browser = as_(cast.carys)
    address = reverse("triage-report", args=[report.reference])
    typed = {"do": "redirect", "redirect-outcome": "redirect", "redirect-reason": "It is about a colleague."}
    assert "Say where it goes" in page(browser.post(address, typed))
    sent = browser.post(address, {**typed, "redirect-to": "colleague_policy", "seen": "99"})
    assert sent.headers["Location"] == "/triage?done=redirected"
    assert make.fresh(report).status == "closed"


def test_a_report_for_a_service_outside_comes_to_the_form_of_its_referral_filled_from_the_case(cast, report, as_):
    browser = as_(cast.carys)
    typed = {"do": "redirect", "redirect-outcome": "redirect", "redirect-reason": "She is 15.", "seen": "99"}
    sent = browser.post(
        reverse("triage-report", args=[report.reference]), {**typed, "redirect-to": "children_social_care"}
    )
    assert sent.headers["Location"].endswith("/change?done=goes-by-referral")
    shown = page(browser.get(sent.headers["Location"]))
    assert "Nothing has gone yet: it goes by this referral." in shown
    assert re.search(r"<textarea[^>]*>[^<]*Carys", shown)
    assert make.fresh(report).status == "open"


def test_somebody_is_given_a_case_and_leads_it(cast, case, as_):
    browser = as_(cast.carys)
    address = reverse("assign", args=[case.reference])
    assert "Say who takes the case" in page(browser.post(address, {}))
    typed = {"taker": f"{cast.bronwen.pk}:case_officer", "seen": "99"}
    assert "Write what the next one must know" in page(browser.post(address, typed))
    typed["note"] = "Ring in the morning."
    shown = page(browser.post(address, typed, follow=True))
    assert "It is not received until they say so." in shown
    assert "Led by Asha" in shown
    shown = page(browser.post(address, {**typed, "at_once": "yes"}, follow=True))
    assert "Led by Bronwen" in shown


def test_what_was_recorded_for_a_duty_that_is_still_open_says_so_and_what_meets_it_says_that_it_is_done(cast, as_):
    case = make.make_case(cast)
    browser = as_(cast.asha)
    shown = page(browser.get(f"/cases/{case.reference}"))
    duty = {"duty": re.search(r"record/contact\?duty=([\w.-]+)", shown)[1], "seen": "99"}
    address = reverse("record-kind", args=[case.reference, "contact"])
    shown = page(browser.post(address, {**duty, "reach": make.we_rang(case), "own-result": "no_answer"}, follow=True))
    assert "This is on the record. The duty is still open: " in shown
    assert "It is on the record." not in shown
    assert "notification-banner--success" not in shown
    shown = page(
        browser.post(
            address, {**duty, "reach": make.they_rang(case), "own-result": "spoke", "own-safe": "yes"}, follow=True
        )
    )
    assert "It is on the record." in shown
    assert "The duty is still open" not in shown


def test_the_sender_of_a_hand_over_is_offered_no_way_to_receive_it_and_whoever_takes_it_is(cast, as_):
    case = make.make_case(cast)
    sequence = make.make_entry(case, "referral", cast.asha, now=make.later(minutes=30), to="case_officer")
    received = reverse("received", args=[case.reference, sequence])
    sender, taker = as_(cast.asha), as_(cast.carys)
    shown = page(sender.get(f"/cases/{case.reference}"))
    assert "Sent, not received" in shown
    assert received not in shown
    assert "/record/receipt" not in shown
    assert received not in page(sender.get(f"/cases/{case.reference}/record"))
    assert received not in page(sender.get("/handovers"))
    assert sender.get(received).url == f"/cases/{case.reference}"
    button = re.search(rf'govuk-button" [^>]*href="{received}"', page(taker.get(f"/cases/{case.reference}")))
    assert button
    assert "It has been received." in page(taker.post(received, {"by": "Carys"}, follow=True))


def test_a_hand_over_is_received_when_the_receiver_says_so(cast, case, as_):
    browser = as_(cast.asha)
    assert "Sent, not received" in page(browser.get(reverse("case", args=[case.reference])))
    received = reverse("received", args=[case.reference, 4])
    assert "Say who confirmed it" in page(browser.post(received, {"by": ""}))
    shown = page(browser.post(received, {"by": "The coordinator"}, follow=True))
    assert "It has been received." in shown
    assert "Sent, not received" not in shown


def test_a_person_is_added_and_safe_contact_heads_the_page(cast, as_):
    case = make.make_case(cast)
    browser = as_(cast.asha)
    address = reverse("people", args=[case.reference])
    assert "Not known is not safe" in page(browser.get(reverse("case", args=[case.reference])))
    assert "Enter their name" in page(browser.post(address, {"part": "person_at_risk", "safe_contact": "At work."}))
    typed = {"name": "Maria Novak", "part": "person_at_risk", "safe_contact": "At work only."}
    shown = page(browser.post(address, typed, follow=True))
    assert shown.index("At work only.") < shown.index("What must be done now")
    form = page(browser.get(reverse("record-kind", args=[case.reference, "contact"])))
    assert "At work only." in form
