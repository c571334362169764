"""The pages of meetings of the MARAC: what may not be seen is answered as what is not there; minutes stand on one page alone."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fanlight.casework.models import Case, Log, MaracListing, Staff
from tests import make
from tests.cast import Cast
from tests.meetings import a_meeting, held
from tests.web.conftest import NOW

As = Callable[[Staff | None], Client]
CHANGES = re.compile(rb'name="(csrfmiddlewaretoken|mark)" value="[^"]+"|value="CO-[0-9-]+"')


def test_a_case_that_one_may_not_see_cannot_be_listed_and_looks_like_none(cast: Cast, case: Case, as_: As) -> None:
    number = a_meeting(cast.eve, meets_at=make.later(days=30))
    address, said = reverse("list-for-marac", args=[number]), {"brought_by": "agency", "who": ""}
    answers = [
        as_(cast.eve).post(address, {**said, "reference": reference})
        for reference in (case.reference, "CO-1999-999999")
    ]
    hidden, nothing = (CHANGES.sub(b"", one.content) for one in answers)
    assert b"There is no such case that you may see." in hidden
    assert hidden == nothing
    assert [one.status_code for one in answers] == [200, 200]


def test_minutes_stand_on_their_own_page_alone_and_each_look_is_logged(cast: Cast, case: Case, as_: As) -> None:
    word = "Zwyxquil"
    meeting = held(case, by=cast.carys, owner=cast.asha, now=NOW)
    browser = as_(cast.carys)
    typed = {"text": f"The police said {word}."}
    listing = MaracListing.objects.get(meeting=meeting, case=case).pk
    browser.post(reverse("write-marac-minutes", args=[meeting, listing]), typed)
    before = Log.objects.filter(what="view", case=case).count()
    assert word in browser.get(reverse("marac-minutes", args=[meeting])).content.decode()
    assert Log.objects.filter(what="view", case=case).count() == before + 1
    for path in (
        reverse("marac"),
        reverse("marac-meeting", args=[meeting]),
        reverse("case", args=[case.reference]),
        reverse("shares", args=[case.reference]),
        reverse("new-share", args=[case.reference]),
        "/api/marac",
        "/api/marac/actions",
        "/api/marac/figures",
        f"/api/marac/meetings/{meeting}",
        f"/api/cases/{case.reference}",
        "/api/openapi.json",
    ):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert word not in answer.content.decode(), path


@pytest.mark.parametrize(("who", "sees"), [("carys", "numbers"), ("gwen", "dashes")])
def test_figures_show_small_numbers_to_whoever_sees_the_cases(
    cast: Cast, case: Case, as_: As, who: str, sees: str
) -> None:
    held(case, by=cast.carys, owner=cast.asha, now=NOW)
    shown = as_(getattr(cast, who)).get(reverse("marac-figures")).content.decode()
    assert ("Hidden" in shown) is (sees == "dashes")
    wrong = as_(getattr(cast, who)).get(f"{reverse('marac-figures')}?year=abc")
    assert wrong.status_code == 200


def test_what_agencies_ask_in_between_stands_beside_the_case(cast: Cast, case: Case, as_: As) -> None:
    meeting = held(case, by=cast.carys, owner=cast.asha, now=NOW)
    asked = {"from": "school", "asks": "Is she still at the flat?"}
    first = make.make_entry(case, "request", cast.asha, now=NOW, **asked)
    make.make_entry(case, "request", cast.asha, now=NOW, **{"from": "police", "asks": "Are the locks changed?"})
    make.make_entry(case, "request_completed", cast.asha, now=NOW, of=first, **asked)
    shown = as_(cast.asha).get(reverse("marac-meeting", args=[meeting])).content.decode()
    plain = " ".join(re.sub(r"<[^>]+>", " ", shown).split())
    assert "School asked on 3 March 2026 at 12:30: Is she still at the flat? Dealt with on 3 March" in plain
    assert "Are the locks changed? Open Say what was done" in plain
    assert "Are the locks changed" not in as_(cast.eve).get(reverse("marac-meeting", args=[meeting])).content.decode()


def test_a_report_for_the_marac_leads_to_its_meeting(cast: Cast, case: Case, as_: As) -> None:
    shown = as_(cast.asha).get(reverse("record-kind", args=[case.reference, "case_report"])).content.decode()
    assert "as a share; the record then says by itself that it was reported" in shown
