"""The generated pages of the policies are current, and say every row in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from fanlight import packs
from fanlight.places import policies_folder
from fanlight.policy.procedure import Words, as_markdown, page_of, says, vocabulary_as_markdown, words_asked
from fanlight.policy.vocabulary import VERSION_1

from .telling import duty, gate, policy

DOCS = Path(__file__).parents[2] / "docs" / "policies"
POLICIES = [version for landlord in packs.landlord_ids() for version in packs.succession_for(landlord).versions]


@pytest.mark.parametrize("version", POLICIES, ids=lambda version: version.name)
def test_the_document_of_a_policy_is_what_its_pack_says(version: packs.Policy) -> None:
    requirements = packs.requirements_beside(policies_folder() / version.landlord_id / "requirements.toml") or ()
    document = DOCS / f"{version.landlord_id}-{version.version}.md"
    assert document.read_text(encoding="utf-8") == as_markdown(page_of(version, requirements)), (
        f"Run: fanlight page {version.name} > docs/policies/{document.name}"
    )


def test_the_document_of_the_vocabulary_is_current() -> None:
    document = DOCS.parent / "vocabulary.md"
    assert document.read_text(encoding="utf-8") == vocabulary_as_markdown(VERSION_1), (
        "Run: fanlight words > docs/vocabulary.md"
    )


def test_the_words_of_a_set_are_said_as_words() -> None:
    larch = policy(duty(upon='"report"', met_by='"briefing where to is staff and topics includes emergency_agencies"'))
    met_by = next(line for line in Words(larch).lines(larch.duties[0]) if line.label == "Met by")
    assert met_by.text == "Briefing (Who was told? Staff, and About what? includes Emergency agencies)"


def test_the_words_that_a_policy_asks_of_a_set_are_listed_by_the_kind_that_says_them() -> None:
    larch = policy(
        duty(
            upon='"report"',
            met_by='["discussion where topics includes legal_action and topics includes marac", "review"]',
            lifted_by='"briefing where topics includes safety"',
        )
        + gate(before='"visit"', needs='{ not = { happened = "discussion where topics includes repairs" } }')
    )
    asked = words_asked(larch)
    assert asked["discussion", "topics"] == ("legal_action", "marac", "repairs")
    assert asked["briefing", "topics"] == ("safety",)


def test_a_row_is_said_in_words() -> None:
    larch = policy(
        duty(
            upon='"report"',
            when='{ any = ["children", "score >= 14"] }',
            within='"1 working day"',
            met_by='["referral where to is marac", "receipt of it"]',
            who='["case_officer", "housing_manager"]',
        )
        + gate(needs='{ any = ["consented_to includes it.to", { happened = "consent where given" }] }')
    )
    words = Words(larch)
    assert [says(row) for row in larch.rows] == ["Do it.", "Not yet."]
    assert [(line.label, line.text) for line in words.lines(larch.duties[0])] == [
        ("Who", "Case officer or Housing manager"),
        ("Starts with", "Report"),
        (
            "If",
            "Are there children in the household, or affected? yes; or What did the risk assessment score? 14 or more",
        ),
        ("Within", "1 working day"),
        ("Met by", "Referral (To whom? MARAC); or Receipt of it"),
    ]
    assert [(line.label, line.text) for line in words.lines(larch.gates[0])] == [
        ("Before", "Information shared"),
        (
            "Needs",
            "Whom they agreed may be told: includes the answer to 'Who was told?'; or there has been: Consent (Did they agree? yes)",
        ),
        ("Override", "None"),
    ]
