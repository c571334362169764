"""Sharing: one way out, with all of it or not at all; what went can be shown again; what waits can be stopped."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.ask_for_move import ask_for_move
from fanlight.casework.actions.decide_on_share import decide_on_share
from fanlight.casework.actions.draft_referral import draft_referral
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.refusals import Faulty, Stopped
from fanlight.casework.actions.relate_people import relate_people
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.actions.sharing import Beside
from fanlight.casework.models import Agreement, Case, ConsentSaid, MustNotReceive, Share
from fanlight.casework.queries.sharing import share_document, share_page
from tests import homes, make
from tests.cast import Cast
from tests.pdf import text_of
from tests.sharing import NOW, a_case, consents, on_her_word, part, share, whole


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case with three people in it."""
    return a_case(cast)


def test_a_share_with_all_of_it_goes_and_stands_on_the_record(cast: Cast, case: Case) -> None:
    number = share(case, cast.asha)
    row = Share.objects.get(pk=number)
    entry = make.told_last(case, "share")
    assert (row.state, row.sequence) == ("gone", entry.told.sequence)
    assert entry.told.payload["fields"]["to"] == "police"
    said = squeezed(text_of(share_document(cast.asha, case.reference, number, now=NOW)))
    for words in ("Maria Novak", "They were heard shouting", "Schedule 1, paragraph 10", "section 115"):
        assert squeezed(words) in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("to", ""),
        ("service", ""),
        ("service", "galop"),
        ("purpose", ""),
        ("why", " "),
        ("ground", ""),
        ("article_6", ""),
        ("article_9", ""),
        ("article_9", "none"),
        ("article_10", ""),
        ("article_10", "none"),
        ("common_law", ""),
        ("section_115", None),
        ("section_115", False),
        ("necessity", ""),
        ("proportion", "."),
        ("means", ""),
        ("about", ()),
        ("items", ()),
        ("items", ("note.99",)),
        ("without", ""),
        ("without", "not_said"),
        ("why_without", ""),
        ("agreement", 99),
        ("article_6", "consent"),
        ("article_9", "explicit_consent"),
        ("common_law", "consent"),
        ("ground", "consent"),
        ("ground", "agreement"),
    ],
)
def test_nothing_leaves_while_a_part_of_it_is_missing(cast: Cast, case: Case, name: str, value: Any) -> None:
    with pytest.raises(Faulty) as faulty:
        share(case, cast.asha, proposed=whole(case, **{name: value}))
    assert ("agreement" if value == "agreement" else name) in faulty.value.faults
    assert not Share.objects.exists()
    assert "share" not in [row.told.kind for row in make.told(case)]


def test_a_share_is_recorded_in_no_other_way(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="on the page"):
        record_entry(case=case, kind="share", fields={"to": "police", "ground": "legal_duty"}, by=cast.asha, now=NOW)


def test_the_gate_of_the_landlords_policy_applies(cast: Cast, case: Case) -> None:
    proposed = whole(case, to="solicitor", service="ncdv", purpose="law", section_115=False, ground="legal_duty")
    proposed = replace(proposed, article_9="legal_claims", article_10="legal_claims")
    with pytest.raises(Stopped):
        share(case, cast.asha, proposed=proposed)
    assert not Share.objects.exists()
    share(case, cast.asha, proposed=proposed, overrides=[("share-with-ground", "The hearing is in an hour.")])


def test_her_word_lets_it_go_and_only_to_whom_and_for_what_she_said(cast: Cast, case: Case) -> None:
    consents(case, cast.asha)
    share(case, cast.asha, proposed=on_her_word(case))
    with pytest.raises(Faulty):
        share(case, cast.asha, proposed=on_her_word(case, purpose="home"))


def test_conditions_are_kept_and_go_along(cast: Cast, case: Case) -> None:
    consents(case, cast.asha, said=ConsentSaid(limits="All.", conditions="Ring me first."))
    with pytest.raises(Faulty) as faulty:
        share(case, cast.asha, proposed=on_her_word(case))
    assert set(faulty.value.faults) == {"conditions_kept"}
    number = share(case, cast.asha, proposed=on_her_word(case, conditions_kept="I rang her at ten."))
    assert squeezed("Ring me first.") in squeezed(text_of(share_document(cast.asha, case.reference, number, now=NOW)))


def test_a_share_against_her_word_waits_for_somebody_who_did_not_ask_for_it(cast: Cast, case: Case) -> None:
    consents(case, cast.asha, "refused")
    number = share(case, cast.asha, proposed=whole(case, without="would_prejudice"))
    row = Share.objects.get(pk=number)
    assert (row.state, row.needs, row.consent) == ("waits", ["against_refusal"], "refused")
    assert "share" not in [one.told.kind for one in make.told(case)]
    for somebody in (cast.asha, cast.eve):
        with pytest.raises(Refused):
            decide_on_share(case=case, number=number, authorise=True, by=somebody, now=NOW)
    decide_on_share(case=case, number=number, authorise=True, by=cast.carys, now=make.later(hours=5))
    assert Share.objects.get(pk=number).state == "gone"
    assert make.told_last(case, "share").told.payload["fields"]["ground"] == "crime_and_disorder_s115"


def test_what_stops_harm_now_waits_for_nobody(cast: Cast, case: Case) -> None:
    consents(case, cast.asha, "refused")
    number = share(case, cast.asha, proposed=whole(case, ground="immediate_harm"))
    assert Share.objects.get(pk=number).state == "gone"


def test_consent_that_is_taken_back_stops_a_share_that_waits(cast: Cast, case: Case, always: None) -> None:
    consents(case, cast.asha)
    number = share(case, cast.asha, proposed=on_her_word(case))
    other = share(
        case,
        cast.asha,
        proposed=whole(
            case,
            to="solicitor",
            service="ncdv",
            purpose="law",
            section_115=False,
            ground="legal_duty",
            article_9="legal_claims",
            article_10="legal_claims",
        ),
    )
    assert [Share.objects.get(pk=one).state for one in (number, other)] == ["waits", "waits"]
    consents(case, cast.asha, "withdrawn", now=make.later(hours=5))
    assert [Share.objects.get(pk=one).state for one in (number, other)] == ["stopped", "waits"]
    with pytest.raises(Refused, match="stopped"):
        decide_on_share(case=case, number=number, authorise=True, by=cast.carys, now=make.later(hours=6))
    assert "share" not in [one.told.kind for one in make.told(case)]


def test_whoever_authorises_judges_it_as_it_stands_now(cast: Cast, case: Case, always: None) -> None:
    consents(case, cast.asha)
    number = share(case, cast.asha, proposed=on_her_word(case))
    row = MustNotReceive(landlord_id="connect", case=case, service="police-101", at=NOW, by=cast.asha)
    row.reason = "He works there."
    row.save()
    with pytest.raises(Refused, match="must not receive"):
        decide_on_share(case=case, number=number, authorise=True, by=cast.carys, now=make.later(hours=6))
    assert Share.objects.get(pk=number).state == "waits"
    decide_on_share(
        case=case, number=number, authorise=False, reason="He works there", by=cast.carys, now=make.later(hours=7)
    )
    assert Share.objects.get(pk=number).state == "refused"


def test_a_share_that_says_an_address_which_has_become_protected_does_not_go(
    cast: Cast, case: Case, always: None
) -> None:
    make.make_entry(case, "learned", cast.asha, now=NOW, note="She is at 9 Quillfeather House, ZZ9 9QQ.")
    sequence = make.told(case)[-1].told.sequence
    number = share(case, cast.asha, proposed=whole(case, items=(f"note.{sequence}",)))
    ask_for_move(
        case=case, part=part(case), reason="He waits", address="9 Quillfeather House, ZZ9 9QQ", by=cast.asha, now=NOW
    )
    with pytest.raises(Refused, match="come out"):
        decide_on_share(case=case, number=number, authorise=True, by=cast.carys, now=make.later(hours=6))


def test_nothing_goes_to_whoever_causes_harm_or_is_close_to_them(cast: Cast, case: Case) -> None:
    homes.a_part(case, homes.a_person("Olga Zelenka"), "other", cast.asha)
    relate_people(
        case=case, one=part(case, "other"), other=part(case, "causing_harm"), kind="relatives", by=cast.asha, now=NOW
    )
    say_way(case=case, part=part(case, "causing_harm"), kind="email", value="piotr@home.example", by=cast.asha, now=NOW)
    for beside in (
        Beside(attention="Sgt Piotr Zelenka"),
        Beside(attention="Olga  ZELENKA"),
        Beside(where="Piotr@home.example"),
    ):
        with pytest.raises(Refused, match="Nothing of this case may go to them"):
            share(case, cast.asha, beside=beside)
    share(case, cast.asha, beside=Beside(attention="Sgt Olwen Price", where="desk@police.example"))


@pytest.mark.parametrize(("service", "name"), [("police-101", ""), ("", "Gethin Price")])
def test_nothing_goes_to_whom_the_case_names_as_one_who_must_not_receive_it(
    cast: Cast, case: Case, service: str, name: str
) -> None:
    row = MustNotReceive(landlord_id="connect", case=case, service=service, at=NOW, by=cast.asha)
    row.name, row.reason = name, "Her cousin works there."
    row.save()
    with pytest.raises(Refused, match="must not receive"):
        share(case, cast.asha, beside=Beside(attention="PC Gethin Price"))
    MustNotReceive.objects.update(ended_at=NOW)
    share(case, cast.asha, beside=Beside(attention="PC Gethin Price"))


def test_a_town_in_an_address_does_not_bar_an_agency_that_has_it_in_its_name(cast: Cast, case: Case) -> None:
    for of in ("causing_harm", "person_at_risk"):
        say_way(case=case, part=part(case, of), kind="post", value="9 Mill Road\nLeeds\nZZ2 2ZZ", by=cast.asha, now=NOW)
    to = {"to": "support_service", "service": "", "organisation": "Leeds Domestic Violence Service"}
    consents(
        case,
        cast.asha,
        said=ConsentSaid(limits="All.", organisation=to["organisation"]),
        purpose="support",
        to=to["to"],
        service="",
    )
    number = share(case, cast.asha, proposed=on_her_word(case, **to, purpose="support", article_10="vital_interests"))
    said = squeezed(text_of(share_document(cast.asha, case.reference, number, now=NOW)))
    assert "LeedsDomesticViolenceService" in said


def test_a_heading_says_no_more_of_somebody_than_was_chosen(cast: Cast, case: Case) -> None:
    her = part(case)
    for items, words in (
        ((f"who.{her}.name",), {"MariaNovak"}),
        ((f"who.{her}.part",), {"Survivor"}),
        (("note.1",), set()),
    ):
        number = share(case, cast.asha, proposed=whole(case, items=items))
        said = squeezed(text_of(share_document(cast.asha, case.reference, number, now=NOW)))
        assert {word for word in ("MariaNovak", "Survivor") if word in said} == words


CANARY = "Quetzalline"


def test_a_redacted_document_decompressed_holds_none_of_the_words_planted_in_what_was_redacted(
    cast: Cast, case: Case
) -> None:
    say_way(case=case, part=part(case, "causing_harm"), kind="phone", value="07700 900991", by=cast.asha, now=NOW)
    say_way(case=case, part=part(case), kind="post", value="7 Kestrel Rise\nZZ7 7ZZ", by=cast.asha, now=NOW)
    note = (
        f"Zelenka rang from 07700900991; piotr's mother and léo were there. At 7 KESTREL RISE, zz77zz. "
        f"{CANARY} from next door heard. Marigold stayed."
    )
    make.make_entry(case, "learned", cast.asha, now=NOW, note=note)
    sequence = make.told(case)[-1].told.sequence
    her = part(case)
    proposed = whole(case, items=(f"who.{her}.name", f"note.{sequence}"), why=f"{CANARY} told us that Piotr is near.")
    number = share(case, cast.asha, proposed=proposed, beside=Beside(take_out=(CANARY,)))
    said = squeezed(text_of(share_document(cast.asha, case.reference, number, now=NOW)))
    assert "Marigoldstayed" in said
    assert "MariaNovak" in said
    for word in (CANARY, "Zelenka", "Piotr", "Leo", "léo", "900991", "Kestrel", "ZZ77ZZ", "They were heard"):
        assert squeezed(word).casefold() not in said.casefold()


def test_a_protected_address_is_in_no_document_and_in_no_form_however_its_street_is_written(
    cast: Cast, case: Case
) -> None:
    typed = (
        "14 St Quetzas Crescent",
        "14 St Quetza's Cres",
        "14 Saint Quetza\u2019s Crescent",
        "14a St. Quetza's Cresc.",
        "14, St Quetza's Crescent",
        "14 St-Quetzas",
        "zz9\u20119qq",
    )
    # Written before it was protected: from then on no note takes it.
    make.make_entry(case, "learned", cast.asha, now=NOW, note="; ".join(f"She is at {one} now" for one in typed))
    sequence = make.told(case)[-1].told.sequence
    ask_for_move(
        case=case, part=part(case), reason="He waits", address="14 St Quetza's Crescent\nZZ9 9QQ", by=cast.asha, now=NOW
    )
    number = share(case, cast.asha, proposed=whole(case, items=(f"note.{sequence}",)))
    said = squeezed(text_of(share_document(cast.asha, case.reference, number, now=NOW))).casefold()
    assert "sheisat" in said
    assert "quetza" not in said
    assert "9qq" not in said
    for one in typed:
        with pytest.raises(Faulty, match="may not go out"):
            draft_referral(case=case, to="police", answers={"asked_for": f"See her at {one}"}, by=cast.asha, now=NOW)


def test_somebody_whom_it_is_not_about_is_in_it_only_with_a_reason(cast: Cast, case: Case) -> None:
    leo, her = part(case, "child"), part(case)
    items = (f"who.{her}.name", f"who.{leo}.name")
    with pytest.raises(Faulty) as faulty:
        share(case, cast.asha, proposed=whole(case, items=items))
    assert set(faulty.value.faults) == {"items"}
    with pytest.raises(Faulty) as faulty:
        share(case, cast.asha, proposed=whole(case, items=items, named={leo: " "}))
    assert set(faulty.value.faults) == {"named"}
    number = share(case, cast.asha, proposed=whole(case, items=items, named={leo: "He is in the home."}))
    assert "LeoNovak" in squeezed(text_of(share_document(cast.asha, case.reference, number, now=NOW)))


def test_what_was_sent_is_shown_again_byte_for_byte_whatever_is_written_since(cast: Cast, case: Case) -> None:
    number = share(case, cast.asha)
    first = share_document(cast.asha, case.reference, number, now=NOW)
    make.make_entry(case, "learned", cast.asha, now=make.later(days=1), note="More")
    assert share_document(cast.carys, case.reference, number, now=make.later(days=300)) == first
    row = Share.objects.get(pk=number)
    assert first[:5] == b"%PDF-"
    assert b"pdfuaid" in first
    assert bytes(row.sealed_document).find(b"%PDF") == -1
    assert share_page(cast.asha, case.reference, number, now=NOW).digest == row.digest


def test_an_agreement_is_relied_on_only_while_it_is_in_force_and_for_what_it_covers(cast: Cast, case: Case) -> None:
    row = Agreement(landlord_id="connect", to=["police"], purposes=["prevent_crime"], at=NOW, by=cast.carys)
    row.made_on, row.review_on = NOW.date(), NOW.date().replace(year=2027)
    row.title = "With the police"
    row.save()
    share(case, cast.asha, proposed=whole(case, agreement=row.pk))
    with pytest.raises(Faulty):
        share(case, cast.asha, proposed=whole(case, agreement=row.pk, purpose="assess_risk"))
    Agreement.objects.update(ended_at=NOW)
    with pytest.raises(Faulty):
        share(case, cast.asha, proposed=whole(case, agreement=row.pk))


def test_whoever_does_not_see_the_case_learns_nothing_of_a_share(cast: Cast, case: Case) -> None:
    number = share(case, cast.asha)
    for stranger in (cast.bronwen, cast.dev, cast.gwen, cast.huw):
        with pytest.raises(NotFound):
            share(case, stranger)
        with pytest.raises(NotFound):
            share_document(stranger, case.reference, number, now=NOW)


def squeezed(text: str) -> str:
    """This function will give a text without the gaps that a PDF may leave out."""
    return "".join(text.split())


def test_it_cannot_have_gone_before_the_case_began_or_before_the_law_that_it_rests_on(cast: Cast) -> None:
    case = a_case(cast)
    with pytest.raises(Faulty) as found:
        share(case, cast.asha, at=make.later(days=-1))
    assert found.value.faults == {"at": ("That is before the case began.",)}
    Case.objects.filter(pk=case.pk).update(opened_at=datetime(2026, 1, 2, tzinfo=UTC))
    with pytest.raises(Faulty) as found:
        share(case, cast.asha, at=datetime(2026, 2, 4, 12, tzinfo=UTC))
    assert "in force from 5 February 2026" in found.value.faults["at"][0]
    assert not Share.objects.exists()
