"""Which grounds fit the facts is said in plain words and never chosen; the file of the law is read with every fault at once."""

from dataclasses import replace
from datetime import date

import pytest

from fanlight.casework.sharing import (
    FACTS,
    GROUNDS,
    HEADS,
    Known,
    Proposed,
    SharingFault,
    Told,
    against,
    fitting,
    lacking,
    law_at,
    laws,
    read_laws,
)
from fanlight.places import sharing_file
from fanlight.policy.vocabulary import ENTRY_KINDS, SERVICES

LAW = law_at(date(2026, 11, 22))
WHOLE = Proposed(
    to="police",
    service="",
    organisation="The police",
    purpose="prevent_crime",
    why="He comes back.",
    ground="safeguarding",
    article_6="recognised_legitimate_interest",
    article_9="paragraph_10",
    article_10="paragraph_10",
    common_law="public_interest",
    section_115=True,
    necessity="They must know.",
    proportion="Her name alone.",
    means="by_phone",
    about=(1,),
    items=("note.1",),
    without="would_prejudice",
    why_without="He reads it.",
)
KNOWN = Known(
    recipients=frozenset(SERVICES),
    services={},
    people={1: "person_at_risk", 2: "causing_harm"},
    items={"note.1": True, "who.1.name": False},
    told=(Told(1, "Maria"),),
)
AGREED = replace(KNOWN, told=(Told(1, "Maria", "given"),))


def fits(**facts: bool) -> dict[tuple[str, str], bool | None]:
    """This function will say which grounds fit a share with the police, of which nothing else is known."""
    found = fitting(LAW, to="police", purpose="support", facts=facts)
    return {(one.ground.head, one.ground.id): one.fits for one in found}


def test_every_ground_is_said_in_the_order_of_the_file_whatever_fits_and_none_is_chosen() -> None:
    some = fitting(LAW, to="police", purpose="prevent_crime", facts={"child_at_risk": True})
    none = fitting(LAW, to="", purpose="", facts={})
    assert [one.ground for one in some] == [one.ground for one in none] == [*LAW.grounds, LAW.section_115]
    assert all(one.because for one in (*some, *none))


def test_a_ground_fits_does_not_fit_or_is_not_known_yet() -> None:
    recognised, consent = ("article_6", "recognised_legitimate_interest"), ("article_6", "consent")
    assert fits(child_at_risk=True)[recognised] is True
    assert fits()[recognised] is None
    assert fits(child_at_risk=False, adult_at_risk=False, immediate_danger=False)[recognised] is False
    assert (fits()[consent], fits(consent_given=False)[consent], fits(consent_given=True)[consent]) == (
        None,
        False,
        True,
    )
    assert fits()["article_6", "legitimate_interests"] is None


def test_a_share_that_lacks_nothing_lacks_nothing() -> None:
    assert lacking(WHOLE, KNOWN, LAW) == {}


def test_recognised_legitimate_interest_is_there_from_the_day_on_which_it_is_law() -> None:
    assert law_at(date(2026, 2, 5)).ground("article_6", "recognised_legitimate_interest")
    assert law_at(date(2026, 2, 5)).in_force_from == date(2026, 2, 5)


def test_paragraph_18_is_for_those_whose_agreement_cannot_reasonably_be_had() -> None:
    proposed = replace(WHOLE, article_9="paragraph_18", purpose="protect_adult")
    assert lacking(proposed, KNOWN, LAW) == {}
    # They said no, and the danger outweighs it: our reading, which the law's file says.
    assert lacking(replace(proposed, without="refused_and_outweighed"), KNOWN, LAW) == {}
    assert set(lacking(replace(proposed, without="not_what_it_rests_on"), KNOWN, LAW)) == {"article_9"}
    assert set(lacking(proposed, AGREED, LAW)) == {"article_9"}


@pytest.mark.parametrize("without", ["refused_and_outweighed", "would_prejudice", "cannot_be_obtained"])
def test_vital_interests_of_article_9_are_for_those_alone_who_cannot_agree(without: str) -> None:
    proposed = replace(WHOLE, article_9="vital_interests", purpose="stop_harm", without=without)
    assert set(lacking(proposed, KNOWN, LAW)) == {"article_9"}
    assert lacking(replace(proposed, without="cannot_be_given"), KNOWN, LAW) == {}


def test_a_word_that_somebody_wrote_may_tell_of_anything() -> None:
    named = replace(WHOLE, items=("who.1.name",))
    assert set(lacking(replace(WHOLE, article_9="none", article_10="none"), KNOWN, LAW)) == {"article_9", "article_10"}
    assert lacking(replace(named, article_9="none", article_10="none"), KNOWN, LAW) == {}
    harm = replace(named, article_9="none", article_10="none", named={2: "They must know whom to look for."})
    assert set(lacking(harm, KNOWN, LAW)) == {"article_10"}


def test_section_115_reaches_those_whom_the_act_names() -> None:
    assert set(lacking(replace(WHOLE, to="helpline", organisation="A line"), KNOWN, LAW)) == {"section_115"}
    assert set(lacking(replace(WHOLE, section_115=None), KNOWN, LAW)) == {"section_115"}


def test_somebody_who_said_no_is_not_passed_over_as_if_nobody_had_asked() -> None:
    refused = replace(KNOWN, told=(Told(1, "Maria", "refused"),))
    assert set(lacking(replace(WHOLE, without="not_what_it_rests_on", article_9="legal_claims"), refused, LAW)) == {
        "without"
    }
    assert against(WHOLE, refused) == ("always", "against_refusal")
    assert against(replace(WHOLE, named={2: "x"}), KNOWN) == ("always", "third_parties")


def test_the_words_of_a_ground_are_those_of_the_entry_and_the_receivers_those_of_the_vocabulary() -> None:
    words = ENTRY_KINDS["share"].fields["ground"].words
    assert words == GROUNDS
    atoms = [atom for law in laws() for one in (*law.grounds, law.section_115) for atom in (*one.all, *one.any)]
    assert {atom.partition(":")[2] for atom in atoms if atom.startswith("to:")} <= set(SERVICES)
    assert all(law.section_115_to <= set(SERVICES) for law in laws())
    assert {atom for atom in atoms if ":" not in atom} <= FACTS


def test_a_law_that_cannot_be_read_is_refused_with_every_fault() -> None:
    text = sharing_file().read_text(encoding="utf-8")
    wrong = text.replace('all = ["consent_given"]', 'all = ["consent_givn"]').replace(
        '"purpose:health"', '"purpose:helth"'
    )
    with pytest.raises(SharingFault) as fault:
        read_laws(wrong)
    assert str(fault.value).count("consent_givn") >= len(HEADS) - 1
    assert "helth" in str(fault.value)
    for nothing in ("", "[[law]]\n", "law = 3"):
        with pytest.raises(SharingFault):
            read_laws(nothing)
