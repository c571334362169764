"""Stories that are wrong: every fault named, nothing half-read."""

from __future__ import annotations

import pytest

from fanlight.policy import Faults, read_proposal, read_story
from fanlight.policy.faults import nearest
from fanlight.policy.vocabulary import VERSION_1

AT = "2026-03-02T09:00"


def faults(*entries: object) -> list[str]:
    with pytest.raises(Faults) as found:
        read_story(list(entries), VERSION_1)
    return [str(fault) for fault in found.value.faults]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"at": AT}, "what kind of entry"),
        ({"at": AT, "entry": "reprot"}, "'reprot' is not a kind of entry. Did you mean 'report'?"),
        ({"entry": "report"}, "It does not say when."),
        ({"at": "tomorrow", "entry": "report"}, "'tomorrow' is not a moment."),
        ({"at": "2026-03-02", "entry": "report"}, "is not a moment"),
        ({"at": 5, "entry": "report"}, "is not a moment"),
        ({"at": AT, "entry": "report", "childern": True}, "Did you mean 'children'?"),
        ({"at": AT, "entry": "report", "children": "yes"}, "Write true or false."),
        ({"at": AT, "entry": "report", "children": 1}, "Write true or false."),
        ({"at": AT, "entry": "report", "source": "neighbor"}, "Did you mean 'neighbour'?"),
        ({"at": AT, "entry": "learned", "score": "14"}, "'score' is a number"),
        ({"at": AT, "entry": "learned", "score": True}, "'score' is a number"),
        ({"at": AT, "entry": "learned", "score": float("nan")}, "'score' is a number"),
        ({"at": AT, "entry": "learned", "occurred": "then"}, "'occurred' is a moment"),
        ({"at": AT, "entry": "incident", "kinds": "violence"}, "'kinds' is a list of words"),
        ({"at": AT, "entry": "learned", "grade": "high"}, "is worked out from the story"),
        ({"at": AT, "entry": "learned", "area": ""}, "'area' is words"),
        ({"at": AT, "entry": "learned", "of": 3}, "is not the id of an entry"),
        ({"at": AT, "entry": "learned", "id": 3}, "The id is not a word"),
        ({"at": AT, "entry": "receipt", "of": "e9"}, "there is no such entry"),
        ({"at": AT, "entry": "assessment", "by": "us", "judged_high": True}, "must state 'score'"),
        ("report", "An entry is a table."),
    ],
)
def test_a_fault_in_an_entry_is_told(entry: object, says: str) -> None:
    (only,) = faults(entry)
    assert says in only


def test_every_fault_of_every_entry_is_told_at_once() -> None:
    assert len(faults({"entry": "reprot"}, {"at": AT, "entry": "report", "x": 1, "children": 2})) == 4


def test_two_entries_may_not_have_one_id() -> None:
    assert (
        "have the id 'a'"
        in faults({"at": AT, "entry": "report", "id": "a"}, {"at": AT, "entry": "visit", "id": "a"})[0]
    )


@pytest.mark.parametrize("data", [None, 3, "report", {"stories": []}, {"story": 3}])
def test_what_is_not_a_story_is_refused(data: object) -> None:
    with pytest.raises(Faults):
        read_story(data, VERSION_1)


def test_a_story_may_be_a_list_or_stand_in_a_table() -> None:
    entries = [{"at": AT, "entry": "report", "children": None}]
    assert read_story(entries, VERSION_1) == read_story({"story": entries}, VERSION_1)


def test_an_override_may_name_an_entry_that_is_yet_to_come() -> None:
    (entry,) = read_story([{"at": AT, "entry": "override", "gate": "g", "of": "next"}], VERSION_1)
    assert (entry.id, entry.of) == ("e1", "next")


def test_an_assessment_by_another_agency_need_state_nothing() -> None:
    (entry,) = read_story([{"at": AT, "entry": "assessment", "by": "agency"}], VERSION_1)
    assert entry.facts == {"grade_given": "none"}


def test_a_receipt_that_names_no_receiver_takes_it_from_its_referral() -> None:
    referral = {"at": AT, "entry": "referral", "to": "marac"}
    story = read_story([{"at": AT, "entry": "receipt", "of": "e2"}, referral], VERSION_1)
    assert story[0].fields == {"to": "marac"}
    said = read_story([referral, {"at": AT, "entry": "receipt", "of": "e1", "to": "idva"}], VERSION_1)
    assert said[1].fields == {"to": "idva"}


def test_a_proposal_without_an_id_gets_one_that_nobody_has() -> None:
    story = read_story([{"at": AT, "entry": "report", "id": "e2"}], VERSION_1)
    proposal = read_proposal({"entry": "receipt", "of": "e2"}, VERSION_1, story, story[0].at)
    assert (proposal.id, proposal.at) == ("e3", story[0].at)


def test_a_completed_request_may_say_again_who_asked_and_for_what() -> None:
    completed = {"at": AT, "entry": "request_completed", "from": "police", "asks": "CCTV", "note": "Handed over."}
    (entry,) = read_story([completed], VERSION_1)
    assert entry.fields == {"from": "police", "asks": "CCTV", "note": "Handed over."}


def test_the_nearest_word_is_not_sought_among_a_million() -> None:
    assert nearest("x" * 100_000, (f"y{number}" for number in range(10**12))) == ""
