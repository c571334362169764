"""Sharing by page and by API: nothing leaves without all of it, by either; it is read before it goes; the registers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from fanlight.casework.models import Case, Staff
    from tests.cast import Cast

    As = Callable[[Staff], Client]


@pytest.fixture
def shared(cast: Cast) -> Case:
    """This function will make a case with a person at risk, a child and the person causing harm."""
    from tests.sharing import a_case

    return a_case(cast)


def body(case: Case, **more: Any) -> dict[str, Any]:
    """This function will give what is sent to the API for a share that lacks nothing."""
    from dataclasses import asdict

    from tests.sharing import whole

    return {**asdict(whole(case)), "expected_sequence": 99, **more}


def ask(
    client: Client, name: str, case: Case | None, said: dict[str, Any] | None = None, *args: object
) -> HttpResponse:
    """This function will ask the API."""
    from django.urls import reverse

    address = reverse(f"api:{name}", args=[*([case.reference] if case else []), *args])
    if said is None:
        return client.get(address)
    return client.post(address, json.dumps(said), content_type="application/json")


def test_a_share_goes_by_the_api_when_it_lacks_nothing(cast: Cast, shared: Case, as_: As) -> None:
    answer = ask(as_(cast.asha), "share-information", shared, body(shared))
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert said["line"]["state"] == "gone"
    again = as_(cast.carys).get(f"/cases/{shared.reference}/shares/{said['line']['number']}/document")
    assert again.content[:5] == b"%PDF-"
    assert again.headers["Content-Disposition"] == 'attachment; filename="document.pdf"'


@pytest.mark.parametrize(
    "part",
    [
        *("to", "service", "purpose", "why", "ground", "article_6", "article_9", "article_10", "common_law"),
        *("section_115", "necessity", "proportion", "means", "about", "items", "without", "why_without"),
    ],
)
def test_nothing_leaves_by_a_direct_call_of_the_api_while_a_part_is_missing(
    cast: Cast, shared: Case, as_: As, part: str
) -> None:
    from fanlight.casework.models import Entry, Share

    said = body(shared)
    del said[part]
    answer = ask(as_(cast.asha), "share-information", shared, said)
    assert answer.status_code == 422
    assert part in answer.json()["faults"]
    assert not Share.objects.exists()
    assert not Entry.objects.filter(kind="share").exists()


def test_the_general_operation_of_the_api_and_the_general_form_are_no_way_round(
    cast: Cast, shared: Case, as_: As
) -> None:
    client = as_(cast.asha)
    for kind, fields in (
        ("share", {"to": "police", "ground": "legal_duty"}),
        ("consent", {"to": "police", "given": True}),
    ):
        said = {"kind": kind, "fields": fields, "expected_sequence": 99}
        assert ask(client, "record", shared, said).status_code == 403
        answer = client.post(f"/cases/{shared.reference}/record/{kind}", {"own-to": "police", "seen": "99"})
        assert answer.status_code == 302
    assert shared.reference in client.get(f"/cases/{shared.reference}/record/share").headers["Location"]


def test_the_page_asks_for_all_of_it_and_shows_what_goes_before_it_goes(cast: Cast, shared: Case, as_: As) -> None:
    from fanlight.casework.models import Share

    client, address = as_(cast.asha), f"/cases/{shared.reference}/shares/new"
    page = client.get(address).content.decode()
    assert not re.search(r'value="[^"]+" checked', page)
    assert "Not known yet" in page
    empty = client.post(address, {"look": "yes", "seen": "99"})
    said = empty.content.decode()
    assert empty.status_code == 200
    for missing in ("Say who receives it", "Say the basis under Article 6", "Say why it is necessary"):
        assert missing in said
    typed = as_typed(shared, page)
    look = client.post(address, {**typed, "look": "yes"}).content.decode()
    assert "Read it before it goes" in look
    assert "They were heard shouting" in look
    assert not Share.objects.exists()
    gone = client.post(address, {**typed, "send": "yes"})
    assert gone.status_code == 302, problems(gone)
    assert Share.objects.get().state == "gone"
    page = client.get(gone.headers["Location"]).content.decode()
    assert "Sent, not yet confirmed" in page
    assert "They were heard shouting" in page


def test_the_page_sends_nothing_that_lacks_a_part_whatever_is_posted_to_it(cast: Cast, shared: Case, as_: As) -> None:
    from fanlight.casework.models import Share

    client, address = as_(cast.asha), f"/cases/{shared.reference}/shares/new"
    typed = as_typed(shared, client.get(address).content.decode())
    for name in ("article_6", "necessity", "why", "purpose", "to", "about", "without"):
        answer = client.post(address, {**{one: value for one, value in typed.items() if one != name}, "send": "yes"})
        assert answer.status_code == 200
        assert problems(answer)
    assert not Share.objects.exists()


def test_a_share_that_waits_is_authorised_by_somebody_else_and_then_received(cast: Cast, shared: Case, as_: As) -> None:
    from tests.sharing import consents, share

    consents(shared, cast.asha, "refused", now=_before())
    number = share(shared, cast.asha, now=_before())
    own = f"/cases/{shared.reference}/shares/{number}"
    assert as_(cast.asha).get(f"{own}/decide").status_code == 403
    assert "Wait for somebody to authorise them" in as_(cast.carys).get("/shares").content.decode()
    client = as_(cast.carys)
    assert client.post(f"{own}/decide", {"decision": "yes"}).status_code == 302
    assert client.post(f"{own}/received", {"confirmed_by": "Sgt Price"}).status_code == 302
    page = client.get(own).content.decode()
    assert "Received" in page
    assert "Sgt Price" in page


def test_who_must_not_receive_anything_stands_on_the_list_and_on_the_form(cast: Cast, shared: Case, as_: As) -> None:
    client, own = as_(cast.asha), f"/cases/{shared.reference}"
    said = {"service": "police-101", "reason": "Her cousin works there."}
    assert client.post(f"{own}/must-not-receive", said).status_code == 302
    assert "Police, when it is not an emergency" in client.get(f"{own}/shares").content.decode()
    assert "Must not receive anything" in client.get(f"{own}/shares/new").content.decode()
    assert ask(client, "share-information", shared, body(shared)).status_code == 403


def test_agreements_are_entered_reviewed_and_ended_by_those_who_keep_them(cast: Cast, shared: Case, as_: As) -> None:
    client = as_(cast.carys)
    said = {"title": "With the police", "to": ["police"], "purposes": ["prevent_crime"], "made_on": "2026-01-05"}
    answer = ask(client, "make-agreement", None, said)
    assert answer.status_code == 201, answer.content
    (line,) = answer.json()["now"]
    assert (line["title"], line["review_on"]) == ("With the police", "2027-03-03")
    assert ask(as_(cast.asha), "make-agreement", None, said).status_code == 403
    assert "With the police" in as_(cast.asha).get("/agreements").content.decode()
    ask(client, "review-agreement", None, {"note": "Still right.", "review_on": "2026-03-20"}, line["number"])
    assert "Still right." in client.get("/agreements").content.decode()
    share = ask(client, "share-information", shared, body(shared, agreement=line["number"]))
    assert share.status_code == 201, share.content
    ask(client, "end-agreement", None, {"reason": "Another took its place."}, line["number"])
    assert ask(client, "share-information", shared, body(shared, agreement=line["number"])).status_code == 422
    for faulty in ({"title": ""}, {"purposes": []}, {"to": []}, {"made_on": "2026-12-01"}, {"to": ["gossip"]}):
        assert ask(client, "make-agreement", None, {**said, **faulty}).status_code == 422


def as_typed(case: Case, page: str) -> dict[str, Any]:
    """This function will give what is typed into the form for a share that lacks nothing."""
    from dataclasses import asdict

    from tests.sharing import whole

    proposed = asdict(whole(case))
    boxes = {value: name for name, value in re.findall(r'name="(items-\d+)"[^>]*value="([^"]+)"', page)}
    typed = {name: value for name, value in proposed.items() if isinstance(value, str)}
    typed |= {"to": f"{proposed['to']}/{proposed['service']}", "section_115": "yes", "seen": "99"}
    typed["about"] = [str(one) for one in proposed["about"]]
    for item in proposed["items"]:
        typed.setdefault(boxes[item], []).append(item)
    return typed


def problems(answer: HttpResponse) -> list[str]:
    """This function will give what a page says is wrong."""
    return re.findall(r'govuk-error-message">\s*(.*?)</p>', answer.content.decode(), re.DOTALL)


def _before() -> Any:
    from tests import make

    return make.later(hours=2)
