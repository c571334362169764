"""A form that is sent twice is carried out once; one that is changed and sent again is another."""

import re
from collections.abc import Callable, Mapping

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from fanlight.casework.actions.once import forget_sent_forms
from fanlight.casework.models import Case, Entry, Log, Part, SentForm, Staff
from tests import make
from tests.cast import Cast
from tests.web.conftest import NOW

As = Callable[[Staff | None], Client]
MARK = re.compile(r'name="mark" value="([^"]+)"')
SEEN = re.compile(r'name="seen" value="(\d+)"')


def form_of(browser: Client, address: str, typed: Mapping[str, str]) -> dict[str, str]:
    """This function will open a form and give what it would send, with what is typed into it."""
    page = browser.get(address).content.decode()
    hidden = {name: found[1] for name, found in (("mark", MARK.search(page)), ("seen", SEEN.search(page))) if found}
    assert "mark" in hidden, "the form has no mark"
    return {**hidden, **typed}


REPORT = {"own-source": "survivor", "own-channel": "phone", "fact-about": "customer", "fact-immediate_danger": "no"}


def test_a_report_that_is_sent_twice_opens_one_case_and_leads_to_one_receipt(cast: Cast, as_: As) -> None:
    browser = as_(cast.iris)
    typed = form_of(browser, reverse("report"), {**REPORT, "note": "He was shouting on the stairs."})
    first, second = browser.post(reverse("report"), typed), browser.post(reverse("report"), typed)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Case.objects.count() == 1
    assert Log.objects.filter(what="report_abuse").count() == 1


def test_a_report_that_is_changed_and_sent_again_is_another(cast: Cast, as_: As) -> None:
    browser = as_(cast.iris)
    typed = form_of(browser, reverse("report"), {**REPORT, "note": "He was shouting."})
    browser.post(reverse("report"), typed)
    browser.post(reverse("report"), {**typed, "note": "He was shouting, at number four."})
    assert Case.objects.count() == 2


def test_the_same_words_sent_from_two_showings_of_the_form_are_two(cast: Cast, as_: As) -> None:
    browser = as_(cast.iris)
    for _ in range(2):
        browser.post(reverse("report"), form_of(browser, reverse("report"), REPORT))
    assert Case.objects.count() == 2


WRITES: Mapping[str, tuple[list[object], dict[str, str], str]] = {
    "record-kind": (["contact"], {"own-result": "spoke", "note": "She rang back."}, "contact"),
    "answer": (["weapons"], {"fact-weapons": "yes"}, "learned"),
    "hand-over": ([], {"to": "community_safety", "note": "Please hear it on Tuesday."}, "referral"),
    "close": ([], {"reason": "She has moved.", "outcome": "Safe."}, "closed"),
}


@pytest.mark.parametrize("name", WRITES)
def test_every_form_of_a_case_that_is_sent_twice_is_on_the_record_once(
    name: str, cast: Cast, case: Case, as_: As
) -> None:
    arguments, typed, kind = WRITES[name]
    typed = {**typed, **({"reach": make.they_rang(case)} if kind == "contact" else {})}
    browser, address = as_(cast.carys), reverse(name, args=[case.reference, *arguments])
    before = case.entries.filter(kind=kind).count()
    sent = form_of(browser, address, typed)
    first, second = browser.post(address, sent), browser.post(address, sent)
    assert first.status_code == second.status_code == 302, second.content.decode()
    assert case.entries.filter(kind=kind).count() == before + 1


def test_a_person_who_is_named_twice_by_one_sending_is_in_the_case_once(cast: Cast, case: Case, as_: As) -> None:
    browser, address = as_(cast.carys), reverse("people", args=[case.reference])
    sent = form_of(browser, address, {"name": "Mair Ellis", "part": "child"})
    before = Part.objects.count()
    for _ in range(2):
        assert browser.post(address, sent).status_code == 302
    assert Part.objects.count() == before + 1


def test_a_report_that_is_triaged_twice_by_one_sending_is_opened_once(cast: Cast, report: Case, as_: As) -> None:
    browser, address = as_(cast.carys), reverse("triage-report", args=[report.reference])
    typed = {"do": "open", "outcome": "safeguarding_contact", "taker": f"{cast.asha.pk}:case_officer"}
    sent = form_of(browser, address, typed)
    first = browser.post(address, sent)
    browser.post(address, sent)
    assert first.status_code == 302
    assert [entry.kind for entry in report.entries.order_by("sequence")] == ["report", "triaged", "assigned"]


def test_an_answer_that_was_changed_and_changed_back_is_recorded_three_times(cast: Cast, case: Case, as_: As) -> None:
    browser, address = as_(cast.asha), reverse("answer", args=[case.reference, "weapons"])
    sent = form_of(browser, address, {})
    for word in ("yes", "no", "yes"):
        seen = make.fresh(case).last_sequence
        assert browser.post(address, {**sent, "seen": seen, "fact-weapons": word}).status_code == 302
    assert case.entries.filter(kind="learned").count() == 3


def test_what_was_refused_has_not_been_done_and_is_in_the_log_each_time(cast: Cast, case: Case, as_: As) -> None:
    browser, address = as_(cast.asha), reverse("record-kind", args=[case.reference, "contact"])
    sent = form_of(browser, address, {"reach": make.they_rang(case), "own-result": "spoke"})
    make.make_entry(case, "visit", cast.carys, now=make.later(hours=1))
    for _ in range(2):
        assert browser.post(address, sent).status_code == 409
    assert Log.objects.filter(what="record_entry", outcome="conflict").count() == 2
    assert not SentForm.objects.exists()


def test_what_one_person_sent_is_not_taken_for_anothers(cast: Cast, case: Case, as_: As) -> None:
    address = reverse("answer", args=[case.reference, "weapons"])
    sent = form_of(as_(cast.asha), address, {"fact-weapons": "yes"})
    assert as_(cast.asha).post(address, sent).status_code == 302
    # Carys is not told that hers is done: she is shown what Asha wrote meanwhile.
    assert as_(cast.carys).post(address, sent).status_code == 409
    assert case.entries.filter(kind="learned").count() == 1


def test_of_what_was_sent_nothing_is_kept_but_digests_and_they_are_forgotten(cast: Cast, case: Case, as_: As) -> None:
    browser, address = as_(cast.asha), reverse("record-kind", args=[case.reference, "contact"])
    sent = form_of(
        browser, address, {"reach": make.they_rang(case), "own-result": "spoke", "note": "Her sister's number is new."}
    )
    browser.post(address, sent)
    (row,) = SentForm.objects.values_list("showing", "said", "went_to")
    assert sent["mark"] not in "".join(row)
    assert re.fullmatch(r"[0-9a-f]{128}/cases/[A-Z0-9-]+\?done=recorded", "".join(row))
    assert forget_sent_forms(before=NOW) == 0
    assert forget_sent_forms(before=make.later(days=2)) == 1


def test_a_database_that_is_lost_in_the_middle_loses_nothing_that_was_typed(
    cast: Cast, case: Case, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, address = as_(cast.asha), reverse("record-kind", args=[case.reference, "contact"])
    browser.raise_request_exception = False
    sent = form_of(
        browser, address, {"reach": make.they_rang(case), "own-result": "spoke", "note": 'She said "no" & <left>.'}
    )
    before = Entry.objects.count()

    def lost(*_arguments: object, **_named: object) -> None:
        raise OperationalError("the connection is gone")

    with monkeypatch.context() as patch:
        patch.setattr("fanlight.casework.actions.record_entry.write", lost)
        answer = browser.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "This could not be saved" in page
    assert "She said &#34;no&#34; &amp; &lt;left&gt;." in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert Entry.objects.count() == before
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert hidden["mark"] == sent["mark"]
    for _ in range(2):
        assert browser.post(address, sent).status_code == 302
    assert Entry.objects.count() == before + 1


def take_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """This function will let nothing be asked of the database from here on, in neither of the ways in which it is asked."""

    def gone(*_arguments: object, **_named: object) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(connection, "cursor", gone)
    monkeypatch.setattr(connection, "journey", gone, raising=False)


@pytest.mark.parametrize("address", ["my-duties", "cases", "policy"])
def test_a_page_without_a_database_says_so_in_a_sentence(
    address: str, cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = as_(cast.asha)
    browser.raise_request_exception = False

    take_away(monkeypatch)
    answer = browser.get(reverse(address))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "cannot be shown at the moment" in answer.content.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_page_that_signs_somebody_in_never_gives_back_what_was_typed(
    cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = as_(None)
    browser.raise_request_exception = False

    take_away(monkeypatch)
    answer = browser.post(reverse("sign-in"), {"email": cast.asha.email, "password": "a long walk by the river"})
    assert answer.status_code == 503
    assert "a long walk" not in answer.content.decode()
    assert cast.asha.email not in answer.content.decode()


def test_what_was_typed_is_given_back_to_whoever_typed_it_and_to_no_other_site(
    cast: Cast, case: Case, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = reverse("record-kind", args=[case.reference, "visit"])
    browser = Client(HTTP_HOST="localhost", enforce_csrf_checks=True, raise_request_exception=False)
    browser.cookies = as_(cast.asha).cookies
    page = browser.get(address).content.decode()
    tokens = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)

    take_away(monkeypatch)
    typed = {"note": "Planted words, to be sent on by a hand that trusts the page."}
    ours = browser.post(address, {**typed, "csrfmiddlewaretoken": tokens[-1]})
    assert ours.status_code == 503
    assert typed["note"] in ours.content.decode()
    elsewhere = browser.post(address, {**typed, "csrfmiddlewaretoken": "x" * 64})
    assert elsewhere.status_code in (403, 503)
    assert typed["note"] not in elsewhere.content.decode()
