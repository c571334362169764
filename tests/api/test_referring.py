"""A referral to the MARAC as another system makes it: asked what the form is filled with, sent whole, or told all that it lacks."""

from collections.abc import Callable

from django.test import Client

from fanlight.casework.models import MaracReferral, Share, Staff
from tests import make
from tests.cast import Cast
from tests.referring import as_body
from tests.sharing import a_case, consents, part


def test_another_system_refers_whole_and_is_told_what_is_missing_or_that_it_waits(
    cast: Cast, as_: Callable[[Staff], Client]
) -> None:
    case = a_case(cast)
    browser = as_(cast.asha)
    at = f"/api/cases/{case.reference}/referrals"
    asked = browser.get(f"{at}/new", {"purpose": "marac"}).json()
    assert [one["name"] for one in asked["criteria"]] == ["judgement", "high_risk", "escalation", "repeat"]
    assert {"identity", "address", "ways", "harm_whole", "children_whole", "told_of_it"} <= {
        one["name"] for one in asked["fields"]
    }
    assert asked["marac"] is None
    said = {**as_body(case, part(case)), "expected_sequence": 99}
    missing = browser.post(at, {**said, "criteria": {}, "share": {}}, "application/json")
    assert {"criterion-judgement", "purpose", "article_6", "about"} <= set(missing.json()["faults"])
    assert (missing.status_code, MaracReferral.objects.count(), Share.objects.count()) == (422, 0, 0)
    sent = browser.post(at, said, "application/json")
    assert sent.status_code == 201, sent.content
    assert (sent.json()["state"], sent.json()["sequence"] is not None) == ("sent", True)
    assert browser.get(f"{at}/new").json()["marac"]["is_flagged"] is True
    to = {"to": "marac", "service": "marac-kirklees", "purpose": "protect_adult", "now": make.later(hours=3)}
    consents(case, cast.asha, "refused", **to)
    share = {**said["share"], "without": "refused_and_outweighed", "article_9": "paragraph_18"}
    waits = browser.post(at, {**said, "share": share}, "application/json")
    assert (waits.json()["state"], waits.json()["sequence"]) == ("draft", None)
