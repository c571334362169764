"""What a referral may be for, what may follow what, and what is missing before one goes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanlight.casework.landlords import landlord_folders, settings_of
from fanlight.casework.referring import (
    MAY,
    STATES,
    WORDS,
    OnRecord,
    ReferralFault,
    Terms,
    lacks,
    next_state,
    purpose_for,
    purposes_of,
    read_purposes,
    state_of,
)

CHILD = purposes_of("connect")["child_protection"]
ADULT = purposes_of("connect")["adult_safeguarding"]
HARM = purposes_of("connect")["change_of_behaviour"]
SOUND = """
[fields]
person = { ask = "Who?" }
[[purpose]]
id = "other"
to = ""
title = "Another service"
fields = ["person"]
"""


def test_a_referral_goes_from_draft_to_done() -> None:
    state = "draft"
    for what in ("sent", "received", "accepted", "done"):
        state = next_state(state, what) or ""
    assert (state, MAY["done"], MAY["withdrawn"]) == ("done", {}, {})


def test_what_was_declined_stays_with_us_while_it_is_challenged_and_escalated() -> None:
    assert next_state("declined", "challenged") == next_state("declined", "escalated") == "declined"
    assert (next_state("declined", "accepted"), next_state("declined", "withdrawn")) == ("accepted", "withdrawn")
    assert next_state("declined", "done") is None


@given(st.sampled_from(sorted(STATES)), st.lists(st.sampled_from(sorted(WORDS)), max_size=8))
def test_nothing_comes_back_to_draft_nor_out_of_an_end(state: str, said: list[str]) -> None:
    for what in said:
        found = next_state(state, what)
        assert found in STATES or found is None
        assert found != "draft"
        assert not (state in ("done", "withdrawn") and found)
        state = found or state


def test_it_is_received_when_the_record_says_so_and_withdrawn_when_its_entry_was_struck() -> None:
    assert [state_of("sent", one) for one in (False, True, None)] == ["sent", "received", "withdrawn"]
    assert state_of("declined", None) == "declined"


@pytest.mark.parametrize("purpose", [CHILD, ADULT])
def test_a_child_or_an_adult_at_risk_goes_with_permission_or_with_the_reason_why_without(purpose: object) -> None:
    assert purpose in (CHILD, ADULT)
    one = CHILD if purpose is CHILD else ADULT
    assert list(lacks(one, Terms(), OnRecord())) == ["permission"]
    for said in ("refused", "not_asked"):
        assert list(lacks(one, Terms(said, " . "), OnRecord())) == ["reason"]
        assert lacks(one, Terms(said, "He would hurt her."), OnRecord()) == {}
    assert lacks(one, Terms("given"), OnRecord()) == {}
    assert lacks(one, Terms(), OnRecord(consented_to=[one.to])) == {}


def test_a_reason_that_is_on_the_record_is_not_asked_for_again() -> None:
    assert lacks(CHILD, Terms(), OnRecord(facts=["asking_endangers_child"])) == {}
    assert lacks(CHILD, Terms(), OnRecord(facts=["capacity_in_doubt"])) != {}
    assert lacks(ADULT, Terms(), OnRecord(facts=["capacity_in_doubt"])) == {}


def test_a_service_for_people_who_cause_harm_is_for_those_who_ask_for_it_themselves() -> None:
    assert list(lacks(HARM, Terms(), OnRecord())) == ["own_request"]
    assert lacks(HARM, Terms(own_request=True), OnRecord()) == {}
    assert lacks(HARM, Terms(), OnRecord(consented_to=["perpetrator_service"])) == {}


def test_nothing_of_the_person_at_risk_is_asked_by_the_form_of_the_person_causing_harm() -> None:
    assert {one.filled_from for one in HARM.fields} <= {"causing_harm", "officer", ""}


@pytest.mark.parametrize("landlord", sorted(landlord_folders()))
def test_every_kind_of_service_in_a_directory_has_a_purpose_and_the_eight_of_the_field_have_their_own(
    landlord: str,
) -> None:
    for service in settings_of(landlord).services:
        assert all(purpose_for(landlord, kind).fields for kind in service.kinds)
    own = ("capacity_assessor", "interpreter", "fire_authority", "housing_options", "idva", "solicitor")
    assert all(purpose_for(landlord, kind).id != "other" for kind in (*own, "perpetrator_service"))
    assert purposes_of(landlord)["clares_law"].to == "police"
    assert purpose_for(landlord, "police").id == "police"


def test_a_file_that_is_wrong_says_every_fault_at_once(tmp_path: Path) -> None:
    file = tmp_path / "referrals.toml"
    file.write_text(SOUND)
    assert list(read_purposes(file)) == ["other"]
    file.write_text(
        'more = 1\n[fields]\nperson = { ask = "Who?", from = "the_moon" }\n'
        '[[purpose]]\nid = "a"\ntitle = "A"\nto = "police"\nfields = ["nobody"]\npermission = "dog"\n'
        '[[purpose]]\nid = "a"\ntitle = 3\nto = ""\nfields = []\nsame_day = "yes"\ncolour = "red"\n'
    )
    with pytest.raises(ReferralFault) as found:
        read_purposes(file)
    said = str(found.value)
    for words in (
        *("more is not a word here", "from is 'the_moon'", "nobody is not one of", "permission is 'dog'"),
        *("title must be words", "which kind of service", "Two have the id a", "asks nothing", "same_day must be"),
        *("colour is not a word here", 'a purpose with the id "other"'),
    ):
        assert words in said
