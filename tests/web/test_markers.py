"""Markers and the address check on pages and through the API: neutral words, the same bytes, and nothing of why."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from fanlight.casework.actions.set_marker import set_marker
from fanlight.casework.models import AddressCheck, Log, Marker
from tests import homes, make
from tests.web.conftest import NOW

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def page_of(browser: Any, number: int, purpose: str = "arrears") -> bytes:
    """This function will give the bytes of the answer for the home of a number, without the token of the page's form."""
    answer = browser.post("/address-check", {"purpose": purpose, "reference": homes.uprn_of(number)})
    assert answer.status_code == 200
    return TOKEN.sub(b"", answer.content)


def said_of(browser: Any, number: int, purpose: str = "arrears") -> bytes:
    """This function will give the bytes that the API answers for the home of a number."""
    body = json.dumps({"purpose": purpose, "uprn": homes.uprn_of(number)})
    answer = browser.post("/api/address-check", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return bytes(answer.content)


def test_a_case_and_every_other_reason_to_speak_first_are_answered_in_the_same_bytes(cast, case, as_):
    here, there, free, other = (homes.a_home(number) for number in range(1, 5))
    maria = homes.a_person()
    homes.lives_in(maria, here)
    homes.a_part(case, maria, "person_at_risk", cast.asha)
    set_marker(kind="contact_first", reason="The tenant is deaf.", home=there, by=cast.carys, now=NOW)
    set_marker(kind="two_to_visit", reason="A dog.", home=free, by=cast.carys, now=NOW)
    browser = as_(cast.iris)
    for given in (page_of, said_of):
        first, second, third, fourth = (given(browser, number) for number in range(1, 5))
        assert first == second != third == fourth
        assert b"Speak to Customer services desk, 01632 960120, first." in first
        assert b"Go ahead." in third
    assert other.pk


def test_before_a_visit_a_contractor_reads_what_to_do_in_neutral_words_alone(cast, case, as_):
    here, there = homes.a_home(1), homes.a_home(2)
    secret = "He has said that he will hurt whoever comes."
    for kind in ("visit_risk", "contact_first", "no_post"):
        set_marker(kind=kind, reason=secret, home=here, case=case, by=cast.asha, now=NOW)
    for kind in ("no_post", "contact_first", "two_to_visit"):
        set_marker(kind=kind, reason="A frail resident.", home=there, by=cast.carys, now=NOW)
    browser = as_(cast.iris)
    for given in (page_of, said_of):
        assert given(browser, 1, "visit") == given(browser, 2, "visit")
    said = json.loads(said_of(browser, 1, "visit"))
    assert said == {
        "answer": "speak_first",
        "say": "Speak to Customer services desk, 01632 960120, first.",
        "instructions": ["Two people to attend.", "Do not leave post."],
    }
    assert b"hurt" not in page_of(browser, 1, "visit")


def test_a_marker_that_is_over_is_shown_to_nobody(cast, as_, the_clock):
    home = homes.a_home(1)
    today = NOW.date()
    row = set_marker(kind="two_to_visit", reason="x", home=home, until=today, review_on=today, by=cast.carys, now=NOW)
    assert json.loads(said_of(as_(cast.iris), 1, "visit"))["instructions"] == ["Two people to attend."]
    the_clock(NOW + timedelta(days=1))
    assert json.loads(said_of(as_(cast.iris), 1, "visit"))["instructions"] == []
    assert Marker.objects.get(mark=row).ended_at is None


def test_nothing_of_the_address_is_in_the_answer_or_in_any_address(cast, as_):
    homes.a_home(1)
    browser = as_(cast.iris)
    page = browser.post("/address-check", {"purpose": "noise", "line": "1 Alder Court", "postcode": "ZZ1 1ZZ"})
    assert b"Go ahead." in page.content
    assert b"Alder" not in page.content
    assert page.request["PATH_INFO"] == "/address-check"
    assert not page.request["QUERY_STRING"]
    assert "Alder" not in str(list(Log.objects.values_list("detail", flat=True)))


def test_whoever_asks_without_saying_where_or_for_what_is_told_what_is_missing(cast, as_):
    page = as_(cast.iris).post("/address-check", {}).content.decode()
    assert "Say what it is for" in page
    page = as_(cast.iris).post("/address-check", {"purpose": "noise"}).content.decode()
    assert "Enter the first line of the address, or a reference" in page
    page = as_(cast.iris).post("/address-check", {"purpose": "noise", "line": "1 Alder Court"}).content.decode()
    assert "Enter the postcode" in page
    assert not AddressCheck.objects.exists()


def test_the_case_shows_who_asked_about_the_homes_of_its_people(cast, case, as_):
    home, maria = homes.a_home(1), homes.a_person()
    homes.lives_in(maria, home)
    homes.a_part(case, maria, "person_at_risk", cast.asha)
    said_of(as_(cast.iris), 1, "arrears")
    page = as_(cast.asha).get(reverse("case-markers", args=[case.reference])).content.decode()
    assert "1 Alder Court, Exampleton, ZZ1 1ZZ" in page
    assert re.search(r"Asked on .*, by Iris", page)
    assert "Arrears" in page
    assert "Speak to the desk first" in page
    link = as_(cast.asha).get(reverse("case", args=[case.reference])).content.decode()
    assert reverse("case-markers", args=[case.reference]) in link


def test_the_home_to_which_somebody_came_hidden_is_shown_to_whoever_may_know_it_alone(cast, case, as_):
    from fanlight.casework.models import MayKnow

    old, new, maria = homes.a_home(1), homes.a_home(2), homes.a_person()
    homes.lives_in(maria, old, is_hidden=True)
    homes.lives_in(maria, new, is_hidden=True, came_hidden=True)
    homes.a_part(case, maria, "person_at_risk", cast.asha)
    said_of(as_(cast.iris), 2)
    address = reverse("case-markers", args=[case.reference])
    for path in (address, reverse("set-marker", args=[case.reference])):
        page = as_(cast.asha).get(path).content.decode()
        assert "1 Alder Court" in page
        assert "2 Alder Court" not in page
    row = {"landlord_id": "connect", "case": case, "person": maria, "staff": cast.carys, "at": NOW, "by": cast.asha}
    MayKnow.objects.create(**row)
    page = as_(cast.carys).get(address).content.decode()
    assert "2 Alder Court" in page


def test_a_marker_is_set_from_a_case_reviewed_and_ended(cast, case, as_):
    home, maria = homes.a_home(1), homes.a_person()
    homes.lives_in(maria, home)
    homes.a_part(case, maria, "person_at_risk", cast.asha)
    browser = as_(cast.asha)
    path = reverse("set-marker", args=[case.reference])
    page = browser.get(path).content.decode()
    assert "Speak to Customer services desk, 01632 960120, before any contact" in page
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    sent = {"kind": "two_to_visit", "home": str(home.pk), "reason": "He has threatened a plumber.", "seen": seen[1]}
    assert browser.post(path, sent).headers["Location"].endswith("?done=marker")
    marker = Marker.objects.get()
    assert (marker.case, marker.home, marker.kind, marker.reason) == (case, home, "two_to_visit", sent["reason"])
    entry = make.told_last(case, "marker")
    assert (entry.told.payload["fields"], entry.note) == ({"kind": "two_to_visit"}, sent["reason"])
    browser.post(reverse("review-marker", args=[marker.mark]), {"reason": "He still does."})
    marker.refresh_from_db()
    assert (marker.review, marker.reviewed_by) == ("He still does.", cast.asha)
    browser.post(reverse("end-marker", args=[marker.mark]), {"reason": "He has moved away."})
    marker.refresh_from_db()
    assert (marker.end_reason, marker.ended_by) == ("He has moved away.", cast.asha)
    assert "He has moved away." in browser.get(reverse("case-markers", args=[case.reference])).content.decode()


@pytest.mark.parametrize("what", ["review-marker", "end-marker"])
def test_a_marker_that_one_does_not_look_after_is_not_there(what, cast, case, as_):
    home = homes.a_home(1)
    of_case = set_marker(kind="two_to_visit", reason="He", home=home, case=case, by=cast.asha, now=NOW)
    of_none = set_marker(kind="two_to_visit", reason="It", home=home, by=cast.carys, now=NOW)
    for mark, see in ((of_case, (cast.asha, cast.carys)), (of_none, (cast.carys,))):
        for member in cast.everybody():
            answer = as_(member).get(reverse(what, args=[mark]))
            assert answer.status_code == (200 if member in see else 404), member.name
            assert as_(member).post(reverse(what, args=[mark]), {"reason": ""}).status_code == answer.status_code


def test_when_whoever_set_a_marker_has_left_the_lead_looks_after_it(cast, as_):
    from tests.cast import hire

    olwen = hire("Olwen", "connect", specialist_team=[])
    mark = set_marker(kind="two_to_visit", reason="A dog.", home=homes.a_home(1), by=olwen, now=NOW)
    path = reverse("review-marker", args=[mark])
    assert as_(cast.carys).get(path).status_code == 404
    olwen.is_active = False
    olwen.save()
    assert as_(cast.carys).get(path).status_code == 200
    assert "A dog." in as_(cast.carys).get(reverse("markers")).content.decode()


def test_a_review_that_is_due_is_on_the_list_of_whoever_leads_the_case(cast, case, as_, the_clock):
    today = NOW.date()
    days = {"review_on": today + timedelta(days=7), "until": today + timedelta(days=30)}
    set_marker(kind="no_post", reason="He opens it.", home=homes.a_home(1), case=case, by=cast.carys, now=NOW, **days)
    duties = reverse("my-duties")
    assert "marker" not in as_(cast.asha).get(duties).content.decode()
    the_clock(NOW + timedelta(days=8))
    page = as_(cast.asha).get(duties).content.decode()
    assert "1 marker is to be looked at again" in page
    assert "to be looked at again" not in as_(cast.carys).get(duties).content.decode()
    assert "Look at it again now" in as_(cast.asha).get(reverse("markers")).content.decode()


def test_the_home_in_the_register_says_what_to_do_and_not_why(cast, case, as_):
    here, there, free = (homes.a_home(number) for number in (1, 2, 3))
    set_marker(kind="visit_risk", reason="He has threatened us.", home=here, case=case, by=cast.asha, now=NOW)
    set_marker(kind="two_to_visit", reason="A steep stair.", home=there, by=cast.carys, now=NOW)
    browser = as_(cast.bronwen)
    said = {}
    for home in (here, there, free):
        page = browser.get(reverse("register-home", args=[home.pk])).content.decode()
        assert "threatened" not in page
        assert "steep" not in page
        said[home.pk] = "Two people to attend." in page
    assert said == {here.pk: True, there.pk: True, free.pk: False}
