"""A referral that says who it is about is a share: on the same grounds, with the same row in the register, through the same gate."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from fanlight.casework.access import Refused
from fanlight.casework.actions.confirm_share import confirm_share
from fanlight.casework.actions.decide_on_share import decide_on_share
from fanlight.casework.actions.draft_referral import draft_referral
from fanlight.casework.actions.refer import refer
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.say_of_referral import say_of_referral
from fanlight.casework.actions.take_share_back import take_share_back
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, OnwardReferral, Share
from fanlight.casework.queries import judging
from fanlight.casework.queries.referrals import one_referral, referral_document
from fanlight.casework.queries.sharing import share_document, share_page, shares_of_case
from fanlight.casework.sharing import NOTHING_YET
from tests import make
from tests.cast import Cast
from tests.referring import grounds, number_of
from tests.sharing import a_case, consents, part

NOW = make.later(hours=4)
LATER = make.later(days=1)
SAID = {"happened": "He was at the door again.", "person": "Maria Novak"}


def told(case: Case, cast: Cast, **more: Any) -> int:
    """This function will refer to the police, with a form that says something, and give the sequence of its entry."""
    said = {"to": "police", "way": "email", "answers": SAID, "now": NOW, **more}
    return refer(case=case, share=said.pop("share", None) or grounds(case), by=cast.asha, **said)


def test_it_leaves_a_row_in_the_register_with_the_very_document_that_went(cast: Cast) -> None:
    case = a_case(cast)
    sequence = told(case, cast)
    row = Share.objects.get()
    number = number_of(case)
    sent = share_document(cast.asha, case.reference, row.pk, now=LATER)
    # What goes by e-mail has a password.
    assert sent == referral_document(cast.asha, case.reference, number, "protected", now=LATER)
    assert row.digest == hashlib.sha256(sent).hexdigest()
    assert list(case.entries.order_by("sequence").values_list("kind", flat=True))[-2:] == [
        "share",
        "referral",
    ]
    assert (row.referral_id, row.sequence, row.to, row.service) == (number, sequence - 1, "police", "police-101")
    entry = make.told_last(case, "share").told.payload["fields"]
    assert entry == {"to": "police", "ground": "safeguarding", "reason": grounds(case).why}
    page = share_page(cast.asha, case.reference, row.pk, now=LATER)
    assert (page.line.referral, page.line.state) == (number, "gone")
    assert ("What happened, and when", SAID["happened"]) in page.sections[0][1]


def test_another_of_its_documents_is_what_went_where_that_is_said(cast: Cast) -> None:
    case = a_case(cast)
    told(case, cast, document="word")
    sent = share_document(cast.asha, case.reference, Share.objects.get().pk, now=LATER)
    assert sent == referral_document(cast.asha, case.reference, number_of(case), "word", now=LATER)
    with pytest.raises(Faulty):
        told(case, cast, document="paper")


@pytest.mark.parametrize(
    ("without", "asked"),
    [
        *(
            ({name: ""}, name)
            for name in ("purpose", "why", "ground", "article_6", "article_9", "article_10", "common_law")
        ),
        *(({name: ""}, name) for name in ("necessity", "proportion", "without", "why_without")),
        ({"section_115": None}, "section_115"),
        ({"about": ()}, "about"),
        ({"ground": "agreement"}, "agreement"),
        ({"article_9": "none"}, "article_9"),
        ({"ground": "consent"}, "ground"),
    ],
)
def test_it_does_not_go_without_any_part_of_what_a_share_must_have(
    cast: Cast, without: dict[str, Any], asked: str
) -> None:
    case = a_case(cast)
    last = make.fresh(case).last_sequence
    with pytest.raises(Faulty) as found:
        told(case, cast, share=replace(grounds(case), **without))
    assert asked in found.value.faults
    assert (make.fresh(case).last_sequence, OnwardReferral.objects.count(), Share.objects.count()) == (last, 0, 0)


def test_it_needs_a_receiver_and_a_way(cast: Cast) -> None:
    case = a_case(cast)
    with pytest.raises(Faulty) as found:
        told(case, cast, to="capacity_assessor", way="")
    assert {"service", "way"} <= set(found.value.faults)


def test_one_whose_form_says_nothing_tells_nobody_anything_and_is_no_share(cast: Cast) -> None:
    case = a_case(cast)
    told(case, cast, answers={}, share=replace(grounds(case), why=""))
    assert not Share.objects.exists()
    assert make.told(case)[-1].told.kind == "referral"


def test_what_is_told_besides_the_form_is_said_and_goes_on_the_same_grounds(cast: Cast) -> None:
    case = a_case(cast)
    note = "Maria Novak is hit by Piotr Zelenka."
    with pytest.raises(Faulty) as found:
        told(case, cast, answers={}, note=note, share=NOTHING_YET)
    assert {"about", "ground", "purpose"} <= set(found.value.faults)
    harm = part(case, "causing_harm")
    with pytest.raises(Faulty) as found:
        told(case, cast, note=note, share=replace(grounds(case), named={}))
    assert f"named.{harm}" in found.value.faults
    assert not Share.objects.exists()
    told(case, cast, answers={}, note=note)
    row = Share.objects.get()
    page = share_page(cast.asha, case.reference, row.pk, now=LATER)
    assert page.sections[0][1] == (("What else they were told", note),)
    assert share_document(cast.asha, case.reference, row.pk, now=LATER).startswith(b"%PDF")


def test_it_cannot_have_gone_before_the_case_began(cast: Cast) -> None:
    case = a_case(cast)
    for answers in (SAID, {}):
        with pytest.raises(Faulty) as found:
            told(case, cast, answers=answers, at=make.later(minutes=-1))
        assert found.value.faults == {"at": ("That is before the case began.",)}
    told(case, cast, at=make.later(minutes=0))


def test_whoever_is_named_in_it_is_there_for_a_reason_or_is_not_there(cast: Cast) -> None:
    case = a_case(cast)
    by_name = {**SAID, "happened": "He (Piotr) was at the door. Leo let him in."}
    leo = part(case, "child")
    with pytest.raises(Faulty) as found:
        told(case, cast, answers=by_name, share=replace(grounds(case), named={leo: "He was there."}))
    assert found.value.faults[f"named.{part(case, 'causing_harm')}"] == (
        "It names Piotr Zelenka: say why the receiver must know of them, or take them out.",
    )
    told(case, cast, answers=by_name)
    row = Share.objects.get()
    assert {int(one) for one, _ in row.said.named} == {leo, part(case, "causing_harm")}


def refused(cast: Cast) -> tuple[Case, int]:
    """This function will refer somebody who said no: it waits for whoever authorises it."""
    case = a_case(cast)
    consents(case, cast.asha, "refused", purpose="protect_adult", now=make.later(hours=3))
    share = replace(grounds(case), without="refused_and_outweighed", article_9="paragraph_18", purpose="protect_adult")
    assert told(case, cast, share=share, permission="", note="By the safe line.") == 0
    return case, Share.objects.get().pk


def test_against_their_word_it_waits_until_somebody_else_authorises_it_and_goes_as_it_was(cast: Cast) -> None:
    case, share = refused(cast)
    number = number_of(case)
    found = one_referral(cast.asha, case.reference, number, now=NOW)
    assert (found.state, found.waits_for, make.fresh(case).referrals.count()) == ("draft", share, 0)
    for act in (
        lambda: draft_referral(case=case, number=number, answers={"happened": "Less."}, by=cast.asha, now=NOW),
        lambda: decide_on_share(case=case, number=share, authorise=True, by=cast.asha, now=NOW),
    ):
        with pytest.raises(Refused):
            act()
    document = share_document(cast.asha, case.reference, share, now=NOW)
    decide_on_share(case=case, number=share, authorise=True, by=cast.carys, now=LATER)
    assert [one.told.kind for one in make.told(case)][-2:] == ["share", "referral"]
    assert "By the safe line." in make.told_last(case, "referral").note
    assert share_document(cast.asha, case.reference, share, now=LATER) == document
    found = one_referral(cast.asha, case.reference, number, now=LATER)
    assert (found.state, found.waits_for, found.way) == ("sent", None, "email")


def test_one_that_is_not_authorised_or_taken_back_is_a_draft_again(cast: Cast) -> None:
    case, share = refused(cast)
    decide_on_share(case=case, number=share, authorise=False, reason="Ask her again first.", by=cast.carys, now=LATER)
    number = number_of(case)
    draft_referral(case=case, number=number, service="police-101", answers=SAID, by=cast.asha, now=LATER)
    assert one_referral(cast.asha, case.reference, number, now=LATER).waits_for is None
    assert make.fresh(case).referrals.count() == 0
    case, share = refused_again(cast, case)
    take_share_back(case=case, number=share, reason="She has changed her mind.", by=cast.asha, now=LATER)
    assert Share.objects.get(pk=share).state == "stopped"
    case, share = refused_again(cast, case)
    say_of_referral(case=case, number=number_of(case), what="withdrawn", note="Not now.", by=cast.asha, now=LATER)
    assert Share.objects.get(pk=share).state == "stopped"


def refused_again(cast: Cast, case: Case) -> tuple[Case, int]:
    """This function will refer once more in a case in which somebody said no."""
    share = replace(grounds(case), without="refused_and_outweighed", article_9="paragraph_18")
    assert told(case, cast, share=share) == 0
    return case, Share.objects.latest("pk").pk


def test_consent_that_is_taken_back_stops_one_that_waits(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case(cast)
    sharing = replace(settings_of("connect").sharing, authorised_when=("always",))
    monkeypatch.setattr(judging, "settings_of", lambda _: replace(settings_of("connect"), sharing=sharing))
    consents(case, cast.asha, "given", purpose="protect_adult", now=make.later(hours=3))
    agreed = {"ground": "consent", "article_6": "consent", "article_9": "explicit_consent", "without": ""}
    assert told(case, cast, share=replace(grounds(case), **agreed, why_without="")) == 0
    consents(case, cast.asha, "withdrawn", purpose="protect_adult", now=LATER)
    assert Share.objects.get().state == "stopped"
    assert one_referral(cast.asha, case.reference, number_of(case), now=LATER).state == "draft"


@pytest.mark.parametrize("what", ["received", "accepted", "declined"])
def test_they_have_it_when_the_referral_says_so_and_it_is_said_nowhere_else(cast: Cast, what: str) -> None:
    case = a_case(cast)
    told(case, cast)
    share = Share.objects.get().pk
    with pytest.raises(Refused, match="by a referral"):
        confirm_share(case=case, number=share, confirmed_by="The desk", by=cast.asha, now=LATER)
    say_of_referral(case=case, number=number_of(case), what=what, note="Thank you.", by=cast.asha, now=LATER)
    (line,) = shares_of_case(cast.asha, case.reference, now=LATER).shares
    assert (line.state, line.received_at) == ("received", LATER)


def test_what_was_shared_by_one_that_is_withdrawn_has_gone_all_the_same(cast: Cast) -> None:
    case = a_case(cast)
    told(case, cast)
    say_of_referral(
        case=case, number=number_of(case), what="withdrawn", note="To the wrong desk.", by=cast.asha, now=LATER
    )
    (line,) = shares_of_case(cast.asha, case.reference, now=LATER).shares
    assert (line.state, line.is_struck) == ("gone", False)
