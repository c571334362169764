"""The safe-contact gate itself: what it refuses and why, what it lets pass, and what it never lets pass whatever is known."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanlight.casework.landlords import Length
from fanlight.casework.models import Terms
from fanlight.casework.safe_contact import (
    MEANS,
    WHYS,
    KnownWay,
    Proposed,
    Whom,
    may_reach,
    next_safe,
    standing_at,
)

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 3, 3, 11, tzinfo=LONDON)
HERS, HIS = "her number", "his number"
MORNINGS = Terms(days=("mon", "tue"), since="09:30", until="12:00")


def safe(kind: str = "phone", index: str = HERS, **more: Any) -> KnownWay:
    """This function will give a way that was said to be safe."""
    return KnownWay(kind, index, "safe", **more)


def asked(whom: Whom, means: str = "phone", index: str = HERS, at: datetime = TUESDAY, **more: Any) -> str:
    """This function will ask the gate, and give the reason, or nothing where it lets it pass."""
    return may_reach(whom, Proposed(means, at, index, **more)).because


NOBODY_ASKED = Whom(ways=(KnownWay("phone", HERS),))
SAFE = Whom(ways=(safe(),))

UNSAFE_CONTACTS: list[tuple[str, str, Whom, dict[str, Any]]] = [
    ("a call to a way that is not safe", "unsafe", Whom(ways=(KnownWay("phone", HERS, "unsafe"),)), {}),
    (
        "a call to a way that one says is safe and another says is not",
        "unsafe",
        Whom(ways=(safe(), KnownWay("phone", HERS, "unsafe"))),
        {},
    ),
    ("a letter to an address of which nobody has asked", "not_known_written", NOBODY_ASKED, {"means": "post"}),
    ("a text to a number that is safe to ring", "not_known_written", SAFE, {"means": "text"}),
    ("an e-mail to an address that nobody knows", "not_known_written", Whom(), {"means": "email"}),
    ("a note in an online account", "not_known_written", Whom(), {"means": "portal", "index": ""}),
    ("a message where nobody knows whether it is safe", "not_known_message", NOBODY_ASKED, {"leaves_message": True}),
    ("a call with the number shown to a way not known", "number_shown", NOBODY_ASKED, {"number_shown": True}),
    ("a second attempt by a way not known", "tried_once", Whom(ways=(KnownWay("phone", HERS, was_tried=True),)), {}),
    ("a second attempt without any number", "tried_once", Whom(was_tried=frozenset({"phone"}), is_named=False), {"index": ""}),
    ("a call to somebody in the case that says no number at all", "which", Whom(), {"index": ""}),
    ("a call that does not say which of her numbers", "which", NOBODY_ASKED, {"index": ""}),
    (
        "a call outside the days and times",
        "outside_times",
        Whom(ways=(safe(terms=MORNINGS),)),
        {"at": TUESDAY.replace(hour=12)},
    ),
    ("a call on another day", "outside_times", Whom(ways=(safe(terms=MORNINGS),)), {"at": TUESDAY.replace(day=4)}),
    ("a message where nobody said that one may be left", "message", SAFE, {"leaves_message": True}),
    (
        "a message where none may be left",
        "message",
        Whom(ways=(safe(terms=Terms(may_leave_message=False)),)),
        {"leaves_message": True},
    ),
    ("a number that he has too", "shared", Whom(ways=(safe(),), shared=frozenset({HERS})), {}),
    (
        "a letter to the home where he lives",
        "shared",
        Whom(ways=(safe("post", "home"),), shared=frozenset({"home"})),
        {"means": "post", "index": "home"},
    ),
    (
        "a visit to the home where he lives",
        "shared",
        Whom(ways=(KnownWay("visit", "home"),), shared=frozenset({"home"})),
        {"means": "visit", "index": "home"},
    ),
    (
        "a number of her mother, who must not learn of it",
        "must_not_learn",
        Whom(ways=(safe(),), must_not_learn=frozenset({HERS})),
        {},
    ),
    ("a number that is somebody else's", "another", Whom(others=frozenset({HIS})), {"index": HIS}),
    (
        "a call before the time that she asked for",
        "too_early",
        Whom(ways=(safe(),), preferred_at=TUESDAY.replace(hour=14)),
        {},
    ),
    ("word left with whoever answers", "somebody_else", SAFE, {"to": "somebody_else"}),
    ("a way that has ended", "ended", Whom(ways=(safe(has_ended=True),)), {}),
    (
        "a letter to a protected address by somebody who may not know it",
        "protected",
        Whom(ways=(safe("post", "new", may_know=False),)),
        {"means": "post", "index": "new"},
    ),
    (
        "a visit by one where two must attend",
        "two_to_visit",
        Whom(ways=(safe("visit", "home"),), two_to_visit=True),
        {"means": "visit", "index": "home"},
    ),
    ("a call to a child", "child", Whom(part="child", is_child=True, ways=(safe(),)), {}),
    (
        "a visit to a child that nobody agreed with a way not known",
        "child",
        Whom(is_child=True),
        {"means": "visit", "index": "home", "through": "safe_parent"},
    ),
    ("a conversation that a relative interprets", "interpreter_relative", SAFE, {"interpreter": "other"}),
    ("a conversation without the interpreter that she needs", "interpreter", Whom(ways=(safe(),), needs_interpreter=True), {}),
    (
        "a call to him on a number that is hers too",
        "hers",
        Whom(part="causing_harm", ways=(safe(index=HIS),), shared=frozenset({HIS})),
        {"index": HIS},
    ),
    ("a call in a case that was joined", "joined", Whom(case_status="joined", ways=(safe(),)), {}),
    ("a call in a closed case", "closed", Whom(case_status="closed", ways=(safe(),)), {}),
    (
        "a visit to an address that another case protects",
        "elsewhere",
        Whom(ways=(KnownWay("visit", "new", may_know=False, is_elsewhere=True),)),
        {"means": "visit", "index": "new"},
    ),
    (
        "a call to a number that another case says is not safe",
        "elsewhere",
        Whom(ways=(safe(), KnownWay("phone", HERS, "unsafe", is_elsewhere=True))),
        {},
    ),
    ("a call to a number that he has by another case", "elsewhere", Whom(ways=(safe(),), elsewhere=frozenset({HERS})), {}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "because", "whom", "proposed"), UNSAFE_CONTACTS, ids=[one[0] for one in UNSAFE_CONTACTS]
)
def test_an_unsafe_contact_is_refused_for_the_right_reason(
    what: str, because: str, whom: Whom, proposed: dict[str, Any]
) -> None:
    assert asked(whom, **proposed) == because


def test_every_reason_is_tried_and_says_what_to_do_instead() -> None:
    assert {because for _, because, _, _ in UNSAFE_CONTACTS} == set(WHYS)
    assert all(why.says.endswith(".") and why.instead.endswith(".") for why in WHYS.values())


def test_a_way_that_is_not_safe_is_never_said_to_be_one_of_which_nobody_knows() -> None:
    whom = Whom(ways=(KnownWay("phone", HERS, "unsafe"),))
    answer = may_reach(whom, Proposed("phone", TUESDAY, HERS, danger=True))
    assert (answer.allowed, answer.set_aside) == (True, "unsafe")
    assert "This way is not safe." in answer.how[1]
    assert not any("not known" in line or "discreet" in line for line in answer.how)


def test_to_a_way_not_known_to_be_safe_one_discreet_attempt_is_allowed() -> None:
    call = may_reach(NOBODY_ASKED, Proposed("phone", TUESDAY, HERS))
    assert call.allowed
    assert call.how[0] == "Withhold your number."
    assert any("Leave no message" in line for line in call.how)
    assert may_reach(Whom(), Proposed("visit", TUESDAY, "home")).allowed
    assert may_reach(Whom(), Proposed("in_person", TUESDAY)).allowed


def test_a_safe_way_says_how_it_is_used() -> None:
    terms = Terms(
        days=("tue",), since="09:30", until="15:00", ask_for="Mrs Hughes", words="The boiler", code_word="Bluebell",
        may_leave_message=True, must_not_learn="Her mother",
    )  # fmt: skip
    whom = Whom(ways=(safe(terms=terms),))
    assert may_reach(whom, Proposed("phone", TUESDAY, HERS, leaves_message=True)).how == (
        "Only on Tuesday, from 09:30 to 15:00.",
        "Ask for: Mrs Hughes",
        "Say: The boiler",
        "Code word: Bluebell",
        "Must not learn of it: Her mother",
        "A message may be left.",
    )


def test_what_another_case_knows_forbids_and_neither_allows_nor_says_anything() -> None:
    secret = Terms(words="The other matter", since="20:00", until="21:00")
    whom = Whom(ways=(KnownWay("text", HERS, "safe", is_elsewhere=True), safe(), safe(terms=secret, is_elsewhere=True)))
    assert asked(whom, "text") == "not_known_written"
    answer = may_reach(whom, Proposed("phone", TUESDAY, HERS))
    assert (answer.because, answer.next_at, answer.how) == ("elsewhere", None, ())


def test_immediate_danger_sets_a_refusal_aside_by_voice_and_in_person_and_says_which() -> None:
    whom = Whom(ways=(KnownWay("phone", HERS, "unsafe"), KnownWay("post", "home", "unsafe")))
    call = may_reach(whom, Proposed("phone", TUESDAY, HERS, danger=True))
    assert (call.allowed, call.set_aside) == (True, "unsafe")
    assert asked(whom, "post", "home", danger=True) == "unsafe"
    assert asked(Whom(others=frozenset({HIS})), index=HIS, danger=True) == "another"


def test_nobody_reaches_the_person_causing_harm_past_the_gate() -> None:
    whom = Whom(part="causing_harm", ways=(KnownWay("phone", HIS, "unsafe"),))
    answer = may_reach(whom, Proposed("phone", TUESDAY, HIS, danger=True))
    assert (answer.allowed, answer.because, answer.may_be_set_aside) == (False, "unsafe", False)


def test_what_she_begins_herself_is_never_refused() -> None:
    whom = Whom(case_status="open", is_child=True, preferred_at=TUESDAY.replace(year=2027))
    assert may_reach(whom, Proposed("they_reached_us", TUESDAY)).allowed


def test_her_own_time_is_open_from_the_minute_on() -> None:
    whom = Whom(ways=(safe(),), preferred_at=TUESDAY)
    early = may_reach(whom, Proposed("phone", TUESDAY.replace(hour=10, minute=59), HERS))
    assert (early.because, early.next_at) == ("too_early", TUESDAY)
    assert asked(whom) == ""


@pytest.mark.parametrize(
    ("terms", "at", "expected"),
    [
        (MORNINGS, TUESDAY, TUESDAY),
        (MORNINGS, TUESDAY.replace(hour=8), TUESDAY.replace(hour=9, minute=30)),
        (MORNINGS, TUESDAY.replace(hour=12), TUESDAY.replace(day=9, hour=9, minute=30)),
        (Terms(since="22:00", until="02:00"), TUESDAY, TUESDAY.replace(hour=22)),
        (Terms(since="22:00", until="02:00"), TUESDAY.replace(hour=1), TUESDAY.replace(hour=1)),
        (
            Terms(days=("tue",), since="22:00", until="02:00"),
            TUESDAY.replace(day=4, hour=1),
            TUESDAY.replace(day=4, hour=1),
        ),
        (Terms(days=("tue",)), TUESDAY.replace(day=4), TUESDAY.replace(day=10, hour=0)),
        # The clocks go forward in the night to 29 March.
        (
            Terms(since="09:30"),
            datetime(2026, 3, 29, 0, 30, tzinfo=LONDON),
            datetime(2026, 3, 29, 9, 30, tzinfo=LONDON),
        ),
    ],
)
def test_the_next_safe_moment_is_said(terms: Terms, at: datetime, expected: datetime) -> None:
    assert next_safe(terms, at) == expected
    assert asked(Whom(ways=(safe(terms=terms),)), at=expected) == ""


def test_a_safe_way_is_not_known_again_after_the_landlords_period() -> None:
    period, confirmed = Length(3, "month"), datetime(2026, 1, 31, 9, tzinfo=LONDON)
    assert standing_at("safe", confirmed, period, datetime(2026, 4, 30, 23, 59, tzinfo=LONDON)) == "safe"
    assert standing_at("safe", confirmed, period, datetime(2026, 5, 1, 0, 0, tzinfo=LONDON)) == "not_known"
    assert standing_at("safe", None, period, confirmed) == "not_known"
    assert standing_at("unsafe", confirmed, period, datetime(2036, 5, 1, tzinfo=LONDON)) == "unsafe"


# ── Whatever is known ────────────────────────────────────────────────────────────────────────────────────────────────

INDEXES = st.sampled_from(["", "one", "two", "three"])
TERMS = st.builds(
    Terms,
    days=st.sampled_from([(), ("mon",), ("tue", "sat")]),
    since=st.sampled_from(["", "09:30"]),
    until=st.sampled_from(["", "15:00"]),
    may_leave_message=st.sampled_from([None, True, False]),
)
WAYS = st.builds(
    KnownWay,
    kind=st.sampled_from([means for means in MEANS if means not in ("in_person", "they_reached_us")]),
    index=INDEXES,
    standing=st.sampled_from(["safe", "unsafe", "not_known"]),
    terms=TERMS,
    has_ended=st.booleans(),
    may_know=st.booleans(),
    was_tried=st.booleans(),
    is_elsewhere=st.booleans(),
)
SETS = st.frozensets(INDEXES.filter(bool), max_size=2)
WHOM = st.builds(
    Whom,
    part=st.sampled_from(["person_at_risk", "causing_harm", "child", "household"]),
    ways=st.lists(WAYS, max_size=4).map(tuple),
    shared=SETS,
    must_not_learn=SETS,
    others=SETS,
    elsewhere=SETS,
    was_tried=SETS,
    preferred_at=st.sampled_from([None, TUESDAY, TUESDAY.replace(year=2027)]),
    two_to_visit=st.booleans(),
    is_child=st.booleans(),
    needs_interpreter=st.booleans(),
)
PROPOSED = st.builds(
    Proposed,
    means=st.sampled_from([means for means in MEANS if means != "they_reached_us"]),
    at=st.integers(0, 365 * 24 * 60).map(lambda minutes: TUESDAY + timedelta(minutes=minutes)),
    index=INDEXES,
    to=st.sampled_from(["themselves", "themselves", "somebody_else"]),
    leaves_message=st.booleans(),
    number_shown=st.booleans(),
    interpreter=st.sampled_from(["", "none", "professional", "other"]),
    two_attend=st.booleans(),
    through=st.sampled_from(["", "safe_parent"]),
)


@given(WHOM, PROPOSED)
def test_on_a_way_not_safe_nothing_but_voice_or_in_person_to_herself_is_ever_allowed(
    whom: Whom, proposed: Proposed
) -> None:
    answer = may_reach(whom, proposed)
    if not answer.allowed:
        assert answer.because in WHYS
        return
    here = [
        way
        for way in whom.ways
        if way.kind == proposed.means and not way.is_elsewhere and not way.has_ended
        and (way.index == proposed.index or proposed.means == "portal")
    ]  # fmt: skip
    is_safe = any(way.standing == "safe" for way in here)
    assert proposed.to == "themselves"
    assert is_safe or proposed.means in ("phone", "visit", "in_person")
    assert not (proposed.leaves_message and proposed.means in ("phone", "visit") and not is_safe)
    assert is_safe or proposed.means != "phone" or not proposed.number_shown
    if proposed.index and proposed.means != "in_person":
        # Not on one that anybody, in whatever case, has said is not safe; nor on one that is his, or must not learn.
        same = [way for way in whom.ways if (way.kind, way.index) == (proposed.means, proposed.index)]
        hold = [way for way in same if not way.has_ended]
        assert not any(way.standing == "unsafe" for way in hold)
        assert proposed.index not in whom.shared | whom.must_not_learn | whom.elsewhere
        assert all(way.may_know for way in hold if not way.is_elsewhere)
    assert whom.preferred_at is None or proposed.at >= whom.preferred_at


@given(WHOM, PROPOSED)
def test_danger_frees_and_nothing_else_does_and_the_reason_is_the_same(whom: Whom, proposed: Proposed) -> None:
    without, within = may_reach(whom, proposed), may_reach(whom, replace(proposed, danger=True))
    if without.allowed:
        assert within == without
    elif without.may_be_set_aside:
        assert (within.allowed, within.set_aside) == (True, without.because)
    else:
        assert (within.allowed, within.because) == (False, without.because)
