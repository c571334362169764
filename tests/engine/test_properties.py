"""What must hold for every story: pure, total, and never changed for an earlier moment by a later entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanlight import packs
from fanlight.places import policies_folder
from fanlight.policy import Entry, Faults, owed, permit, read_policy, read_story, rule
from fanlight.policy.vocabulary import ENTRY_KINDS, FACTS, VERSION_1, Term

SUCCESSIONS = [packs.succession_for(landlord) for landlord in packs.landlord_ids()]
POLICY_FILES = [
    packs.read_text(path)
    for landlord in packs.landlord_ids()
    for path in packs.policy_files(policies_folder() / landlord)
]
START = datetime(2026, 3, 2, 9, tzinfo=UTC)

Read = TypeVar("Read")

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def values(term: Term) -> st.SearchStrategy[object]:
    words = VERSION_1.titles_of(term)
    word = st.sampled_from(sorted(words)) if words else st.sampled_from(["Kirklees", "Leeds", "high", "east", "e1"])
    match term.type:
        case "yes/no" | "either":
            return st.booleans()
        case "number":
            return st.integers(0, 24)
        case "moment":
            return st.integers(-100, 400).map(lambda hours: (START + timedelta(hours=hours)).isoformat())
        case "set of words":
            return st.lists(word, max_size=2)
        case _:
            return word


@st.composite
def entries(draw: st.DrawFn) -> dict[str, object]:
    kind = ENTRY_KINDS[draw(st.sampled_from(sorted(ENTRY_KINDS)))]
    terms = {**kind.fields, **{name: FACTS[name] for name in draw(st.sets(st.sampled_from(sorted(FACTS)), max_size=4))}}
    said: dict[str, object] = {
        name: draw(values(term)) for name, term in terms.items() if name in FACTS or draw(st.booleans())
    }
    if kind.name == "assessment" and said.get("by") == "us":
        said |= {"score": draw(st.integers(0, 24)), "judged_high": draw(st.booleans())}
    hours = draw(st.integers(0, 300))
    return {**said, "at": (START + timedelta(hours=hours)).isoformat(), "entry": kind.name}


@st.composite
def stories(draw: st.DrawFn) -> tuple[Entry, ...]:
    told = draw(st.lists(entries(), min_size=1, max_size=14))
    for place, entry in enumerate(told):
        if place and draw(st.booleans()):
            entry["of"] = f"e{draw(st.integers(1, place))}"
    return read_story(told, packs.succession_for("connect").vocabulary)


moments = st.integers(0, 400).map(lambda hours: START + timedelta(hours=hours))


@QUICK
@given(stories(), moments)
def test_the_same_arguments_give_the_same_ruling_and_nothing_raises(story: tuple[Entry, ...], now: datetime) -> None:
    for succession in SUCCESSIONS:
        assert rule(succession, story, now).as_json() == rule(succession, story, now).as_json()
        for entry in story:
            assert permit(succession, story, entry, now) == permit(succession, story, entry, now)


@QUICK
@given(stories(), moments)
def test_a_later_entry_never_changes_a_ruling_for_an_earlier_moment(story: tuple[Entry, ...], now: datetime) -> None:
    known = tuple(entry for entry in story if entry.at <= now)
    for succession in SUCCESSIONS:
        assert rule(succession, story, now) == rule(succession, known, now)


@QUICK
@given(stories(), moments)
def test_what_lists_keep_of_a_ruling_is_what_the_ruling_says(story: tuple[Entry, ...], now: datetime) -> None:
    for succession in SUCCESSIONS:
        ruling = rule(succession, story, now)
        assert owed(succession, story, now) == (ruling.facts, ruling.duties)


@QUICK
@given(stories(), moments)
def test_duties_are_coherent(story: tuple[Entry, ...], now: datetime) -> None:
    for succession in SUCCESSIONS:
        for duty in rule(succession, story, now).duties:
            assert duty.since <= now
            assert (duty.met_at is not None) == (duty.state in ("met", "late"))
            if duty.due is not None and duty.state in ("open", "overdue"):
                assert (duty.state == "overdue") == (now > duty.due)
            if duty.met_at is not None and duty.due is not None:
                assert (duty.state == "late") == (duty.met_at > duty.due)


@QUICK
@given(stories(), moments)
def test_what_is_unknown_is_asked_and_what_is_known_is_not(story: tuple[Entry, ...], now: datetime) -> None:
    for succession in SUCCESSIONS:
        ruling = rule(succession, story, now)
        assert [question.fact for question in ruling.questions if question.fact in ruling.facts] == []


@QUICK
@given(stories(), moments)
def test_a_struck_entry_leaves_the_ruling_as_if_it_had_never_been(story: tuple[Entry, ...], now: datetime) -> None:
    struck = story[0]
    told = [entry for entry in story if entry.kind != "struck"]
    if struck.kind == "struck":
        return
    strike = Entry("strike", START, "struck", struck.id, {}, {})
    without = [entry for entry in told if entry is not struck]
    for succession in SUCCESSIONS:
        assert rule(succession, [*told, strike], now).as_json() == rule(succession, without, now).as_json()


ODD_VALUES = [
    "3",
    "true",
    "[]",
    "{}",
    '""',
    "[1]",
    '{ any = ["children"] }',
    "{ not = 3 }",
    "2026-01-01",
    '"never"',
    '"of is x"',
]


@st.composite
def spoilt_policies(draw: st.DrawFn) -> str:
    file = draw(st.sampled_from(POLICY_FILES))
    lines = file.split("\n")
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(lines) - 1))
        line = lines[place]
        match draw(st.sampled_from(["value", "away", "letter", "again"])):
            case "value" if "=" in line:
                lines[place] = f"{line.split('=')[0]}= {draw(st.sampled_from(ODD_VALUES))}"
            case "letter" if line:
                cut = draw(st.integers(0, len(line) - 1))
                lines[place] = line[:cut] + draw(st.sampled_from(["", "x", '"', "[", "]", "=", " "])) + line[cut + 1 :]
            case "again":
                lines.insert(place, draw(st.sampled_from(lines)))
            case _:
                lines[place] = ""
    return "\n".join(lines)


def read_or_faults(read: Callable[[], Read]) -> Read | Faults:
    try:
        return read()
    except Faults as found:
        return found


@QUICK
@given(spoilt_policies(), stories(), moments)
def test_a_spoilt_policy_is_refused_with_its_faults_or_rules_like_any_other(
    text: str, story: tuple[Entry, ...], now: datetime
) -> None:
    spoilt = read_or_faults(lambda: read_policy(text, "spoilt.toml", packs.bank_holidays()))
    if isinstance(spoilt, Faults):
        assert spoilt.faults
        assert [str(fault) for fault in spoilt.faults if "\n" in str(fault)] == []
    else:
        rule(spoilt, story, now)
        permit(spoilt, story, story[0], now)


odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(sorted(ENTRY_KINDS)),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["at", "entry", *FACTS]), inner, max_size=4)
    ),
    max_leaves=8,
)


odd_names = st.sampled_from(["id", "of", "at", "entry", "to", *FACTS])
spoilt_entries = st.builds(lambda entry, name, value: {**entry, name: value}, entries(), odd_names, odd)


@QUICK
@given(st.lists(entries() | spoilt_entries | odd, max_size=6))
def test_whatever_is_said_for_a_story_is_read_or_refused(told: list[object]) -> None:
    story = read_or_faults(lambda: read_story(told, VERSION_1))
    if isinstance(story, Faults):
        assert story.faults
    else:
        assert len(story) == len(told)
