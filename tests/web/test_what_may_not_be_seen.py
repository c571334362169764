"""What one may not see is answered as what is not there: the same page, by the same way, at the same cost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.cast import OTHER_PATCH, hire

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from fanlight.casework.models import Case, Staff
    from tests.cast import Cast

NOWHERE = "CO-1999-999999"
PAGES = {
    "case": [],
    "record": [],
    "record-kind": ["contact"],
    "answer": ["weapons"],
    "people": [],
    "assign": [],
    "hand-over": [],
    "received": [4],
    "strike": [1],
    "close": [],
    "reopen": [],
    "kept-from": [],
    "let-back-in": [1],
    "related": [],
    "triage-report": [],
    "receipt": [],
}
CHANGING = re.compile(
    r'name="(csrfmiddlewaretoken|mark)" value="[^"]+"|data-ends-in="\d+"|CO-\d{4}-\d{6}|ON-\d{4}-\d{6}'
)


def alike(response: HttpResponse) -> tuple[int, str]:
    """This function will give what an answer says, without what differs from one showing to the next."""
    return response.status_code, CHANGING.sub("", response.content.decode())


def costing(browser: Client, method: str, path: str, typed: dict[str, str]) -> tuple[HttpResponse, list[str]]:
    """This function will ask for a page, and give the answer and the statements that it took, without their values."""
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(path) if method == "get" else browser.post(path, typed)
    return response, [query["sql"].split("WHERE")[0].split("where")[0][:60] for query in queries]


@pytest.fixture
def hidden(cast: Cast, case: Case) -> dict[str, tuple[Staff, str]]:
    """This function will give cases that are there, each with somebody who may not see it, and why in a word."""
    from fanlight.casework.actions.relate_staff import relate_staff
    from fanlight.casework.actions.set_aside import set_aside

    related = hire("Nia", "connect", line_manager=[], case_officer=[])
    aside = hire("Olwen", "connect", specialist_team=[])
    relate_staff(case=case, staff=related, relation="sibling", by=cast.carys, now=make.later(hours=1))
    set_aside(case=case, staff=aside, reason="Lives next door.", by=cast.carys, now=make.later(hours=1))
    about_colleague = make.make_case(cast, lead=cast.farah, about="colleague")
    return {
        "of another patch": (cast.bronwen, case.reference),
        "in which she is named": (cast.eve, case.reference),
        "to which she is related": (related, case.reference),
        "from which she is set aside": (aside, case.reference),
        "about a colleague": (aside, about_colleague.reference),
        "of another landlord": (cast.asha, make.make_report(cast.dev, patch=None).reference),
        "and an executive": (cast.gwen, case.reference),
        "and an administrator": (cast.huw, case.reference),
        "and a contractor": (hire("Isla", "connect", managing_agent=[]), case.reference),
    }


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_of_a_case_answers_for_one_that_may_not_be_seen_as_for_one_that_is_not_there(hidden, as_, method):
    differing = []
    for why, (staff, reference) in hidden.items():
        browser = as_(staff)
        # The first page of a session costs what the others do not.
        browser.get(reverse("case", args=[NOWHERE]))
        for page, rest in PAGES.items():
            there, cost_there = costing(browser, method, reverse(page, args=[reference, *rest]), {"seen": "1"})
            nowhere, cost_nowhere = costing(browser, method, reverse(page, args=[NOWHERE, *rest]), {"seen": "1"})
            if alike(there) != alike(nowhere):
                differing.append(f"{page} {why}: another page")
            if len(cost_there) != len(cost_nowhere):
                differing.append(f"{page} {why}: {len(cost_there)} statements, not {len(cost_nowhere)}")
    assert differing == []


def test_the_page_for_emergencies_says_the_same_of_what_it_may_not_open_and_of_what_is_not_there(cast, hidden, as_):
    differing = []
    third = hire("Third", "connect", case_officer=[OTHER_PATCH])
    tries = {
        "in which she is named": hidden["in which she is named"],
        "to which she is related": hidden["to which she is related"],
        "about a colleague": (third, hidden["about a colleague"][1]),
        "of another landlord": (third, hidden["of another landlord"][1]),
    }
    for why, (staff, reference) in tries.items():
        browser = as_(staff)
        browser.get(reverse("emergency"))
        typed = {"purpose": "danger", "reason": "She rang from a neighbour's."}
        there, cost_there = costing(browser, "post", reverse("emergency"), {**typed, "reference": reference})
        nowhere, cost_nowhere = costing(browser, "post", reverse("emergency"), {**typed, "reference": NOWHERE})
        assert "We cannot open a case with that reference for you" in there.content.decode()
        if alike(there) != alike(nowhere):
            differing.append(why)
        if len(cost_there) != len(cost_nowhere):
            differing.append(f"{why}: {cost_there} {cost_nowhere}")
    assert differing == []


def test_one_who_may_not_use_an_emergency_learns_nothing_by_asking(cast, case, as_):
    typed = {"purpose": "danger", "reason": "She rang from a neighbour's."}
    for staff in (cast.gwen, cast.huw, cast.iris, cast.farah):
        browser = as_(staff)
        there = browser.post(reverse("emergency"), {**typed, "reference": case.reference})
        nowhere = browser.post(reverse("emergency"), {**typed, "reference": NOWHERE})
        assert there.status_code == 403
        assert alike(there) == alike(nowhere)


def test_who_is_kept_from_a_case_is_not_in_the_lists_to_choose_from_and_nothing_says_why(cast, case, hidden, as_):
    page = as_(cast.asha).get(reverse("hand-over", args=[case.reference])).content.decode()
    for name in ("Eve", "Nia", "Olwen"):
        assert name not in page
    assert "Bronwen" in page
    shown = as_(cast.asha).get(reverse("case", args=[case.reference])).content.decode()
    for name in ("Nia", "Olwen", "Lives next door"):
        assert name not in shown
    assert "Lives next door" in as_(cast.carys).get(reverse("kept-from", args=[case.reference])).content.decode()


def test_somebody_who_says_that_they_are_related_is_out_of_the_case_at_once(cast, case, as_):
    browser = as_(cast.asha)
    said = browser.post(reverse("related", args=[case.reference]), {"relation": "friend"})
    assert said.headers["Location"] == "/duties?done=declared"
    assert "You see nothing of that case any more" in browser.get("/duties?done=declared").content.decode()
    assert browser.get(reverse("case", args=[case.reference])).status_code == 404


def test_an_officer_who_names_a_colleague_as_the_one_causing_harm_is_told_where_the_case_has_gone(cast, case, as_):
    browser = as_(cast.asha)
    typed = {"name": "Eve", "part": "causing_harm", "works_here": str(cast.eve.pk)}
    said = browser.post(reverse("people", args=[case.reference]), typed)
    assert said.headers["Location"] == "/duties?done=restricted"
    assert "it is with People" in browser.get(said.headers["Location"]).content.decode()
    assert browser.get(reverse("case", args=[case.reference])).status_code == 404


def test_the_case_says_that_it_is_open_in_an_emergency_and_until_when(cast, case, as_):
    browser = as_(cast.bronwen)
    typed = {"reference": case.reference, "purpose": "danger", "reason": "She rang from a neighbour's."}
    assert browser.post(reverse("emergency"), typed).headers["Location"] == reverse("case", args=[case.reference])
    assert "Open to you in an emergency, until" in browser.get(reverse("case", args=[case.reference])).content.decode()
    duties = as_(cast.carys).get(reverse("my-duties")).content.decode()
    assert "1 case was opened in an emergency" in " ".join(duties.split())
    assert "from a neighbour&#39;s" in as_(cast.carys).get(reverse("emergencies")).content.decode()


def test_a_role_that_is_taken_away_is_gone_with_the_next_page_and_so_is_a_leaver(cast, case, as_):
    asha, huw = as_(cast.asha), as_(cast.huw)
    assert asha.get(reverse("case", args=[case.reference])).status_code == 200
    huw.post(reverse("take-role-away", args=[cast.asha.pk, "case_officer"]))
    assert asha.get(reverse("case", args=[case.reference])).status_code == 404
    huw.post(reverse("end-staff", args=[cast.asha.pk]))
    assert asha.get(reverse("my-duties")).status_code == 302
