"""The ruling against a plain telling of the same contract, which keeps no index and looks at everything anew after each entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanlight.policy import Entry, Policy, Succession, read_story, rule
from fanlight.policy.clock import in_london

from .telling import duty, policy, versions

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CHANGE = "2026-03-06"

RISK = """
[[risk.grade]]
grade = "high"
when.any = ["score >= 14", "weapons", { all = ["repeat", "not children"] }]
[[risk.grade]]
grade = "medium"
when = "score >= 10"
[[risk.grade]]
grade = "standard"
"""
FIRST = "".join(
    (
        RISK,
        duty("respond", upon='["report", "incident"]', within='"2 days"', met_by='"contact where result is spoke"'),
        duty(
            "respond-safely",
            upon='"report"',
            when='"weapons"',
            met_by='"contact where safe"',
            or_at='"preferred_contact_at"',
        ),
        duty(
            "tell",
            when='"children"',
            met_by='"referral where to is police"',
            within='"24 hours"',
            already_counts="true",
        ),
        duty("refer", when='"grade is high"', met_by='"referral where to is marac"', lasting="true", within='"3 days"'),
        duty("watch", when='"grade is medium"', lifted_by='"visit"'),
        duty("acknowledge", upon='"referral"', when='{ not = "children" }', met_by='"receipt of it"'),
        duty(
            "receive", upon='"referral where to is police"', met_by='"receipt of it"', lifted_by='["visit", "referral"]'
        ),
        duty("slow", when='"response_minutes >= 60"', met_by='"visit"', already_counts="true", lifted_by='"incident"'),
        duty(
            "again",
            when='{ all = ["repeat", { any = ["children", "score is unknown"] }] }',
            met_by='["visit", "contact"]',
        ),
        duty("agreed", when='"consented_to includes police"', met_by='"referral where to is police and weapons"'),
        duty("unsure", when='"grade is unknown"', met_by='"assessment"', within='"1 working day"'),
    )
)
SECOND = "".join(
    (
        RISK.replace("14", "12").replace("medium", "middling"),
        duty("respond", upon='"report"', within='"1 day"', met_by='"visit"'),
        duty("tell", when='{ all = ["children", "weapons"] }', met_by='"visit"'),
        duty("refer", upon='"assessment"', when='"grade is high"', met_by='"referral"', already_counts="true"),
        duty("watch", when='"grade is middling"', lifted_by='"visit"'),
        duty("respond-safely", when='"weapons"', met_by='"contact"'),
        duty("agreed", when='"refused_to includes police"', met_by='"visit"'),
        duty("new", when='"repeat"', met_by='"visit"'),
    )
)
ONE, TWO = policy(FIRST), policy(SECOND)
SUCCESSION = versions(policy(FIRST), policy(SECOND, version="2", since=CHANGE))
WITH_A_GAP = versions(policy(FIRST, more="in_force_to = 2026-03-04"), policy(SECOND, version="2", since=CHANGE))

FACTS: Mapping[str, st.SearchStrategy[object]] = {
    "children": st.booleans(),
    "weapons": st.booleans(),
    "score": st.sampled_from([3, 10, 12, 14]),
    "preferred_contact_at": st.integers(-50, 300).map(lambda hours: (START + timedelta(hours=hours)).isoformat()),
}
KINDS: Mapping[str, Mapping[str, st.SearchStrategy[object]]] = {
    "report": {},
    "incident": {},
    "learned": {},
    "visit": {},
    "assessment": {},
    "contact": {"result": st.sampled_from(["spoke", "no_answer"]), "safe": st.booleans()},
    "referral": {"to": st.sampled_from(["police", "marac"])},
    "receipt": {},
    "consent": {"to": st.just("police"), "given": st.booleans()},
}


@st.composite
def stories(draw: st.DrawFn) -> tuple[Entry, ...]:
    told: list[dict[str, object]] = []
    for place in range(draw(st.integers(1, 12))):
        kind = draw(st.sampled_from(sorted(KINDS)))
        own = {name: draw(words) for name, words in KINDS[kind].items() if draw(st.integers(0, 4))}
        facts = {name: draw(FACTS[name]) for name in sorted(draw(st.sets(st.sampled_from(sorted(FACTS)), max_size=2)))}
        hours = draw(st.sampled_from([0, 1, 1, 5, 26, 40, 63, 64, 87, 88, 100, 130, 200]))
        at = (START + timedelta(hours=hours)).isoformat()
        of = {"of": f"e{draw(st.integers(1, place))}"} if place and draw(st.booleans()) else {}
        told.append({"entry": kind, "at": at, **own, **facts, **of})
    return read_story(told, ONE.vocabulary)


def facts_of(entries: Sequence[Entry], grading: Sequence[Policy | None]) -> dict[str, Any]:
    """This function will give what is known after the entries, the grade by the version in force at each."""
    known: dict[str, Any] = {}
    consented: set[str] = set()
    refused: set[str] = set()
    first_report: datetime | None = None
    for place, (entry, version) in enumerate(zip(entries, grading, strict=True)):
        known.update(entry.facts)
        if entry.kind in ("report", "incident"):
            if first_report is not None:
                known["repeat"] = True
            elif entry.kind == "report":
                first_report, known["repeat"] = entry.at, False
        if (
            entry.kind == "contact"
            and first_report
            and entry.fields.get("result") == "spoke"
            and entry.fields.get("safe")
        ):
            known.setdefault("response_minutes", (entry.at - first_report) // timedelta(minutes=1))
        if entry.kind == "consent" and {"to", "given"} <= entry.fields.keys():
            to = str(entry.fields["to"])
            consented, refused = (
                ({*consented, to}, refused - {to}) if entry.fields["given"] else (consented - {to}, {*refused, to})
            )
            known["consented_to"], known["refused_to"] = frozenset(consented), frozenset(refused)
        if version is None:
            continue
        known.pop("grade", None)
        for row in version.grades.rows:
            if row.when is None:
                if any(other.kind == "assessment" for other in entries[: place + 1]):
                    known["grade"] = row.name
                break
            truth = row.when.holds(known)
            if truth:
                known["grade"] = row.name
            if truth is not False:
                break
    return known


class Telling:
    """The duties of a story, each a plain table."""

    def __init__(self, of: Policy | Succession, story: Sequence[Entry], now: datetime) -> None:
        self.entries = sorted((entry for entry in story if entry.at <= now), key=lambda entry: entry.at)
        self.of, self.now = of, now
        self.duties: list[dict[str, Any]] = []
        self.waiting: list[tuple[str, Entry]] = []
        self.last_known: dict[str, bool] = {}
        changes = [] if isinstance(of, Policy) else [at for at in of.changes_at if at <= now]
        self.done: list[Entry] = []
        self.grading: list[Policy | None] = []
        for entry in self.entries:
            while changes and changes[0] <= entry.at:
                self.change(changes.pop(0))
            self.take(entry)
        for at in changes:
            self.change(at)

    def version(self, at: datetime) -> Policy | None:
        return self.of if isinstance(self.of, Policy) else self.of.in_force_at(at)

    @property
    def known(self) -> dict[str, Any]:
        return facts_of(self.done, self.grading)

    def matches(self, patterns: Sequence[Any], entry: Entry, it: str | None, known: Mapping[str, Any]) -> bool:
        names = {**known, **dict.fromkeys(KINDS[entry.kind]), **entry.fields}
        return any(
            pattern.kind == entry.kind
            and (not pattern.of_it or (it is not None and entry.of == it))
            and all(atom.holds(names) for atom in pattern.atoms)
            for pattern in patterns
        )

    def change(self, at: datetime) -> None:
        version = self.version(at)
        if version is None or not self.done:
            return
        known = self.known
        for row in version.duties:
            started = any(one["row"].id == row.id for one in self.duties)
            if not row.upon and started and row.when and row.when.holds(known):
                # It is owed already, or was done: whether an entry or a condition had started it.
                self.last_known.setdefault(row.id, True)
        self.known_at_last(version, at, known)
        self.conditions(version, at, None, known)

    def take(self, entry: Entry) -> None:
        version = self.version(entry.at)
        self.done.append(entry)
        self.grading.append(version)
        known = self.known
        for one in self.duties:
            if one["state"] != "open":
                continue
            row, it = one["row"], one["starter"].id if one["starter"] else None
            before = facts_of(self.done[:-1], self.grading[:-1])
            if self.matches(row.met_by, entry, it, known):
                self.end(one, "met", entry.at, before if row.or_at in entry.facts else known)
            elif self.matches(row.lifted_by, entry, it, known):
                self.end(one, "lifted", entry.at, before if row.or_at in entry.facts else known)
            elif not row.upon and not row.lasting and row.when.holds(known) is False:
                self.end(one, "lifted", entry.at, known)
        if version is None:
            for row in self.rows_before(entry.at):
                if not row.upon and row.when and row.when.holds(known) is False:
                    self.last_known[row.id] = False
            return
        self.known_at_last(version, entry.at, known)
        for row in version.duties:
            if row.upon and self.matches(row.upon, entry, None, known):
                truth = True if row.when is None else row.when.holds(known)
                if truth is None:
                    self.waiting.append((row.id, entry))
                elif truth:
                    self.start(row, entry.at, entry)
        self.conditions(version, entry.at, entry, known)

    def rows_before(self, at: datetime) -> Sequence[Any]:
        assert isinstance(self.of, Succession)
        gone = [one for one in self.of.versions if one.starts_at <= at]
        return gone[-1].duties if gone else ()

    def known_at_last(self, version: Policy, at: datetime, known: Mapping[str, Any]) -> None:
        still = []
        for row_id, starter in self.waiting:
            row = next((row for row in version.duties if row.id == row_id and row.upon), None)
            truth = None if row is None else True if row.when is None else row.when.holds(known)
            if row is not None and truth is None:
                still.append((row_id, starter))
            elif row is not None and truth:
                self.start(row, at, starter)
        self.waiting = still

    def conditions(self, version: Policy, at: datetime, entry: Entry | None, known: Mapping[str, Any]) -> None:
        for row in version.duties:
            if not row.upon and row.when is not None and (truth := row.when.holds(known)) is not None:
                if truth and not self.last_known.get(row.id, False):
                    self.start(row, at, entry)
                self.last_known[row.id] = truth

    def start(self, row: Any, at: datetime, starter: Entry | None) -> None:
        version = self.version(at)
        assert version is not None
        one: dict[str, Any] = {
            "row": row,
            "version": version,
            "since": at,
            "starter": starter,
            "state": "open",
            "met_at": None,
        }
        self.duties.append(one)
        if not row.already_counts:
            return
        # Whatever was there before the start, each with the facts as it left them; a version that starts one has no entry of its own.
        before = self.done if starter is None else self.done[:-1]
        it = starter.id if starter else None
        for patterns, state in ((row.met_by, "met"), (row.lifted_by, "lifted")):
            for place, entry in enumerate(before):
                if entry is starter:
                    continue
                known = facts_of(self.done[: place + 1], self.grading[: place + 1])
                if one["state"] == "open" and self.matches(patterns, entry, it, known):
                    self.end(one, state, at, self.known)

    def end(self, one: dict[str, Any], state: str, at: datetime, known: Mapping[str, Any]) -> None:
        one["due"] = self.due(one, known)
        one["state"] = state
        if state == "met":
            one["met_at"] = at
            one["state"] = "late" if one["due"] is not None and at > one["due"] else "met"

    def due(self, one: Mapping[str, Any], known: Mapping[str, Any]) -> datetime | None:
        row = one["row"]
        preferred = known.get(row.or_at) if row.or_at else None
        if preferred is not None and preferred > one["since"]:
            return preferred
        return one["version"].calendar.due(one["since"], row.within) if row.within else None

    def ruled(self) -> list[tuple[object, ...]]:
        known = self.known
        found = []
        for place, one in enumerate(self.duties):
            due = self.due(one, known) if one["state"] == "open" else one["due"]
            state = "overdue" if one["state"] == "open" and due is not None and self.now > due else one["state"]
            starter = one["starter"].id if one["starter"] else None
            order = (one["since"], one["row"].place, place)
            found.append(
                (order, (one["row"].id, one["version"].name, one["since"], due, state, one["met_at"], starter))
            )
        return [what for _, what in sorted(found, key=lambda pair: pair[0])]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories(), st.integers(0, 220))
def test_the_ruling_is_what_a_plain_telling_comes_to(story: tuple[Entry, ...], hours: int) -> None:
    now = START + timedelta(hours=hours)
    for of in (ONE, TWO, SUCCESSION, WITH_A_GAP):
        ruling = rule(of, story, now)
        plain = Telling(of, story, now)
        assert dict(ruling.facts) == plain.known
        ruled = [
            (one.id, one.version, one.since, one.due, one.state, one.met_at, one.started_by) for one in ruling.duties
        ]
        assert ruled == plain.ruled(), (of, in_london(now))
