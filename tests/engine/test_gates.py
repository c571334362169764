"""What must not be done until something else holds, and who may override."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from fanlight.policy import Policy, advise, permit, read_proposal

from .telling import at, gate, policy, story_of

NOW = "2026-03-02T23:00"


def refused(
    of: Policy, story: Sequence[Mapping[str, object]], proposed: Mapping[str, object], now: str = NOW
) -> list[str]:
    told = story_of(of, *story)
    return [one.row.id for one in permit(of, told, read_proposal(proposed, of.vocabulary, told, at(now)), at(now))]


SHARE = {"entry": "share", "to": "police", "ground": "agreement"}


def test_a_gate_stands_until_its_needs_are_known_to_hold() -> None:
    larch = policy(gate(needs='"consented_to includes it.to"'))
    agreed = {"entry": "consent", "to": "police", "given": True}
    assert refused(larch, [], SHARE) == ["stop"]
    assert refused(larch, [agreed], SHARE) == []
    assert refused(larch, [agreed], {**SHARE, "to": "idva"}) == ["stop"]
    assert refused(larch, [agreed, {**agreed, "given": False}], SHARE) == ["stop"]


def test_a_field_of_the_proposed_entry_may_open_its_gate() -> None:
    larch = policy(gate(needs='{ any = ["ground is immediate_harm", "consented_to includes it.to"] }'))
    assert refused(larch, [], {**SHARE, "ground": "immediate_harm"}) == []


def test_needs_are_held_against_the_facts_as_the_proposed_entry_leaves_them() -> None:
    larch = policy(gate(before='"move"', needs='"tenure_after is it.tenure_before"'))
    assert refused(larch, [], {"entry": "move", "tenure_before": "assured", "tenure_after": "assured"}) == []
    assert refused(larch, [], {"entry": "move", "tenure_before": "assured", "tenure_after": "starter"}) == ["stop"]
    assert refused(larch, [], {"entry": "move", "tenure_after": "assured"}) == ["stop"]


def test_silence_never_opens_a_gate() -> None:
    larch = policy(gate(before='"referral where to is police and children"', when='"weapons"'))
    referral = {"entry": "referral", "to": "police"}
    assert refused(larch, [], referral) == ["stop"]
    assert refused(larch, [{"entry": "learned", "children": False}], referral) == []
    assert refused(larch, [{"entry": "learned", "weapons": False}], referral) == []
    assert refused(larch, [], {"entry": "referral", "to": "marac"}) == []
    assert refused(larch, [], {"entry": "referral"}) == ["stop"]


def test_happened_takes_any_entry_and_latest_the_last_of_its_kind() -> None:
    happened = policy(gate(needs='{ happened = "harm_assessment where safe_to_proceed" }'))
    latest = policy(gate(needs='{ latest = "harm_assessment where safe_to_proceed" }'))
    safe = {"entry": "harm_assessment", "safe_to_proceed": True}
    unsafe = {"entry": "harm_assessment", "safe_to_proceed": False}
    assert refused(happened, [], SHARE) == ["stop"]
    assert refused(happened, [safe, unsafe], SHARE) == []
    assert refused(latest, [safe, unsafe], SHARE) == ["stop"]
    assert refused(latest, [unsafe, safe], SHARE) == []


def test_a_fresh_gate_wants_its_own_preparation_for_each_act() -> None:
    larch = policy(gate(needs='{ happened = "discussion where with is housing_manager" }', fresh="true"))
    talked = {"entry": "discussion", "with": "housing_manager"}
    assert refused(larch, [talked], SHARE) == []
    assert refused(larch, [talked, SHARE], SHARE) == ["stop"]
    assert refused(larch, [talked, SHARE, talked], SHARE) == []


def test_a_pattern_in_needs_may_speak_of_the_proposed_entry() -> None:
    larch = policy(gate(needs='{ happened = "consent where to is it.to and given and giver is parent" }'))
    asked = {"entry": "consent", "to": "police", "given": True, "giver": "parent"}
    assert refused(larch, [asked], SHARE) == []
    assert refused(larch, [asked], {**SHARE, "to": "idva"}) == ["stop"]


OVERRIDE = {"entry": "override", "gate": "stop", "of": "act", "reason": "She is in danger.", "by": "case_officer"}
ACT = {**SHARE, "id": "act"}


@pytest.mark.parametrize(
    ("allowed", "override", "frees"),
    [
        ("emergency", OVERRIDE, True),
        ("emergency", {**OVERRIDE, "of": "another"}, False),
        ("emergency", {**OVERRIDE, "gate": "other"}, False),
        ("emergency", {key: OVERRIDE[key] for key in OVERRIDE if key != "reason"}, False),
        ("emergency", {key: OVERRIDE[key] for key in OVERRIDE if key != "by"}, False),
        ("none", OVERRIDE, False),
        ("housing_manager", OVERRIDE, False),
        ("housing_manager", {**OVERRIDE, "by": "housing_manager"}, True),
    ],
)
def test_an_override_frees_one_entry_from_one_gate_where_the_policy_allows_one(
    allowed: str, override: Mapping[str, object], frees: bool
) -> None:
    larch = policy(gate(override=f'"{allowed}"'))
    assert refused(larch, [override], ACT) == ([] if frees else ["stop"])
    assert refused(larch, [override], {**ACT, "id": "next"}) == ["stop"]


def test_the_story_counts_as_it_was_at_the_moment_of_the_entry() -> None:
    larch = policy(gate(needs='"consented_to includes it.to"'))
    agreed = {"at": "2026-03-02T12:00", "entry": "consent", "to": "police", "given": True}
    assert refused(larch, [agreed], {**SHARE, "at": "2026-03-02T11:00"}) == ["stop"]
    assert refused(larch, [agreed], {**SHARE, "at": "2026-03-02T13:00"}) == []


def test_advice_is_given_for_the_kind_about_to_be_made() -> None:
    larch = policy('[[advice]]\nid = "listen"\nclause = "1"\nat = "interview"\nwhen = "children"\nsay = "Listen."\n')
    story = story_of(larch, {"entry": "report", "children": True})
    assert [one.row.id for one in advise(larch, story, "interview", at(NOW))] == ["listen"]
    assert advise(larch, story, "visit", at(NOW)) == ()
    assert advise(larch, (), "interview", at(NOW)) == ()


def test_a_gate_before_several_kinds_may_name_a_field_that_only_one_of_them_has() -> None:
    larch = policy(
        gate(before='["share", "referral"]', needs='{ any = ["consented_to includes it.to", "ground is legal_duty"] }')
    )
    assert refused(larch, [], {**SHARE, "ground": "legal_duty"}) == []
    assert refused(larch, [], {"entry": "referral", "to": "police"}) == ["stop"]
    within = policy(gate(before='["share", "visit"]', needs='"consented_to includes it.to"'))
    agreed = {"entry": "consent", "to": "police", "given": True}
    assert refused(within, [agreed], SHARE) == []
    assert refused(within, [agreed], {"entry": "visit"}) == ["stop"]
