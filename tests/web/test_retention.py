"""The pages of how long cases are kept: from the list to the certificate, by two people, and no page for what is gone."""

import re
from unittest.mock import patch

import pytest

from fanlight.casework import keys, rulings
from fanlight.casework.actions import disposal
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.hold_case import hold_case
from fanlight.casework.actions.review_for_disposal import review_for_disposal
from fanlight.casework.models import Case, Disposal, DisposalReview, Hold, Log, Staff
from tests import make
from tests.cast import Cast, hire

CLOSED = make.later(days=30)
DUE = CLOSED.replace(year=2032)


@pytest.fixture
def officer(cast: Cast, the_clock) -> Staff:
    """This function will take on a data protection officer, and stop the clock on the day on which cases fall due."""
    the_clock(DUE)
    return hire("Olwen", "connect", data_protection_officer=[])


@pytest.fixture
def old(cast: Cast) -> Case:
    """This function will make a case that is closed and due, with somebody in it."""
    case = make.make_case(cast, note="He waited on the stairs.")
    add_part(case=case, name="Maria Novak", part="person_at_risk", by=cast.carys, now=make.later(hours=1))
    close_case(case=case, reason="Settled at her sister's", by=cast.carys, now=CLOSED)
    return case


def let_go(case: Case, by: Staff) -> None:
    """This function will look at a case and let it go."""
    review_for_disposal(reference=case.reference, outcome="dispose", reason="Nothing is open", by=by, now=DUE)


def text_of(response) -> str:
    """This function will give what a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_two_people_go_from_the_list_to_the_certificate(cast, officer, old, as_):
    lead, her = as_(cast.carys), as_(officer)
    listed = text_of(her.get("/retention"))
    assert old.reference in listed
    assert "Fell due 2 April 2032" in listed
    here = f"/retention/{old.reference}"
    assert "It fell due, and is to be looked at" in text_of(her.get(here))
    looked = lead.post(f"{here}/review", {"outcome": "dispose", "reason": "Nothing is open"})
    assert looked.headers["Location"] == f"{here}?done=let-go"
    assert "Dispose of it" not in text_of(lead.get(here))
    assert "Carys looked at it and let it go: Nothing is open" in text_of(her.get(f"{here}/dispose"))
    slip = her.post(f"{here}/dispose", {"reference": "CO-2026-999999"})
    assert f"Type {old.reference}, if that is the case you mean" in text_of(slip)
    assert make.fresh(old).status == "closed"
    gone = her.post(f"{here}/dispose", {"reference": old.reference.lower()})
    assert gone.headers["Location"] == f"/retention/disposed/{old.reference}?done=disposed"
    shown = text_of(her.get(gone.headers["Location"]))
    for words in (
        old.reference,
        "Connect Housing",
        "6 years from its closure",
        "Carys",
        "Olwen",
        Disposal.objects.get().head,
    ):
        assert words in shown
    assert "Maria" not in shown
    assert old.reference in text_of(her.get("/retention/disposed"))
    assert her.get(here).headers["Location"] == f"/retention/disposed/{old.reference}"


def test_a_disposal_that_is_sent_twice_is_carried_out_once(cast, officer, old, as_):
    let_go(old, cast.carys)
    her, typed = as_(officer), {"reference": old.reference, "mark": "m" * 22}
    answers = [her.post(f"/retention/{old.reference}/dispose", typed) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Disposal.objects.count() == 1
    assert Log.objects.filter(what="dispose_case").count() == 1


def test_the_list_names_nobody_and_says_nothing_of_what_a_case_tells(cast, officer, old, as_):
    hold_case(reference=old.reference, reason="The claim of the sister", by=officer, now=DUE)
    for part in ("due", "marked", "held", "later", "coming", "nonsense"):
        listed = text_of(as_(officer).get("/retention", {"show": part}))
        assert not re.search(r"Maria|Novak|Asha|Carys|sister|stairs", listed), part
    assert "Held back" in text_of(as_(officer).get("/retention", {"show": "held"}))


def test_a_case_is_found_by_its_whole_reference_and_what_is_not_there_is_said_and_logged(cast, officer, old, as_):
    her = as_(officer)
    assert (
        her.get("/retention", {"reference": old.reference.lower()}).headers["Location"] == f"/retention/{old.reference}"
    )
    before = Log.objects.count()
    missing = her.get("/retention", {"reference": "CO-1999-000001"})
    assert "There is no case with that reference" in text_of(missing)
    assert make.log_rows(before) == [("view", "refused")]


def test_a_hold_is_put_on_and_lifted_with_reasons_that_are_kept_sealed(cast, officer, old, as_):
    her, here = as_(officer), f"/retention/{old.reference}"
    assert "Say why it is held back" in text_of(her.post(f"{here}/hold", {}))
    past = her.post(f"{here}/hold", {"reason": "Claim", "until-day": "1", "until-month": "1", "until-year": "2032"})
    assert "That day must be still to come" in text_of(past)
    put = her.post(f"{here}/hold", {"reason": "Claim", "until-day": "1", "until-month": "6", "until-year": "2033"})
    assert put.headers["Location"] == f"{here}?done=held"
    shown = text_of(her.get(here))
    assert "Claim" in shown
    assert "Until 1 June 2033" in shown
    assert her.get(f"{here}/review").status_code == 403
    number = Hold.objects.get().pk
    lifted = her.post(f"{here}/hold/{number}/lift", {"reason": "Settled"})
    assert lifted.headers["Location"] == f"{here}?done=hold-lifted"
    assert her.get(f"{here}/hold/{number}/lift").status_code == 404
    assert "It fell due, and is to be looked at" in text_of(her.get(here))


def test_a_review_that_keeps_a_case_asks_for_the_day(cast, officer, old, as_):
    her, here = as_(officer), f"/retention/{old.reference}"
    asked = her.post(f"{here}/review", {"outcome": "keep", "reason": "A death review"})
    assert "Say until when it is kept" in text_of(asked)
    day = {"keep_until-day": "1", "keep_until-month": "1", "keep_until-year": "2040"}
    kept = her.post(f"{here}/review", {"outcome": "keep", "reason": "A death review", **day})
    assert kept.headers["Location"] == f"{here}?done=kept-longer"
    assert DisposalReview.objects.get().keep_until.year == 2040
    assert "Kept longer" in text_of(her.get(here))


def test_whoever_let_a_case_go_is_told_that_somebody_else_disposes_of_it(cast, officer, old, as_):
    let_go(old, officer)
    her = as_(officer)
    assert "Somebody else disposes of what you let go" in text_of(her.get(f"/retention/{old.reference}"))
    refused = her.post(f"/retention/{old.reference}/dispose", {"reference": old.reference})
    assert refused.status_code == 403
    assert make.fresh(old).status == "closed"


def test_every_page_of_a_case_that_is_gone_is_not_there_and_none_breaks(cast, officer, old, as_):
    from fanlight.casework.web.urls import urlpatterns
    from tests.web.test_who_may_open_what import address

    known = [one for one in urlpatterns if "reference" in one.pattern.converters]
    addresses = [(pattern, address(pattern.name, old, old)) for pattern in known]
    let_go(old, cast.carys)
    as_(officer).post(f"/retention/{old.reference}/dispose", {"reference": old.reference})
    for member in (*cast.everybody(), officer):
        browser = as_(member)
        for pattern, path in addresses:
            reply = browser.get(path)
            may_know = (
                {200}
                if pattern.name in ("certificate", "log-case")
                else {302}
                if "retention" in pattern.name
                else set()
            )
            may_know |= {302} if pattern.name == "dispose" else set()
            assert reply.status_code in {403, 404, 405} | may_know, (pattern.name, reply.status_code)
            assert not re.search(r"Maria|Novak|stairs|sister", reply.content.decode()), pattern.name
        for name in ("/cases", "/duties", "/hand-overs", "/triage", "/duties/team", "/emergency/review", "/retention"):
            reply = browser.get(name)
            assert reply.status_code in (200, 403), name
            assert old.reference not in reply.content.decode(), name


def test_a_case_without_its_key_is_not_there_and_no_page_breaks(cast, officer, old, as_):
    keys.destroy(rulings.key_of(old.pk), DUE)
    keys.forget()
    browser = as_(cast.carys)
    for page in ("", "/record", "/people", "/close", "/reopen"):
        assert browser.get(f"/cases/{old.reference}{page}").status_code in (302, 404), page
    assert browser.get(f"/api/cases/{old.reference}").status_code == 404
    assert browser.get("/cases").status_code == 200


def test_a_disposal_that_stopped_in_the_middle_is_finished_from_its_certificate(cast, officer, old, as_):
    let_go(old, cast.carys)
    her = as_(officer)
    her.raise_request_exception = False
    with patch.object(disposal, "clear", side_effect=RuntimeError):
        assert her.post(f"/retention/{old.reference}/dispose", {"reference": old.reference}).status_code == 500
    assert "Begun and not finished" in text_of(her.get("/retention"))
    here = f"/retention/disposed/{old.reference}"
    assert "Finish it" in text_of(her.get(here))
    assert "Finish it" not in text_of(as_(cast.carys).get(here))
    assert as_(cast.carys).post(here).status_code == 403
    assert her.post(here).headers["Location"] == f"{here}?done=disposed"
    assert Disposal.objects.get().done_at == DUE
    assert "Finish it" not in text_of(her.get(here))


def test_looking_at_how_long_a_case_is_kept_is_in_the_log(cast, officer, old, as_):
    let_go(old, cast.carys)
    her = as_(officer)
    for page in ("", "/hold", "/review", "/dispose"):
        before = Log.objects.count()
        her.get(f"/retention/{old.reference}{page}")
        assert make.log_rows(before) == [("view", "done")], page


def test_the_page_of_a_case_leads_whoever_may_to_how_long_it_is_kept(cast, officer, old, as_):
    assert f"/retention/{old.reference}" in as_(cast.carys).get(f"/cases/{old.reference}").content.decode()
    assert f"/retention/{old.reference}" not in as_(cast.asha).get(f"/cases/{old.reference}").content.decode()
