"""Scenarios: sentences that a policy must make true, each with a story. They stand beside the policy they test.

A small case (`[[case]]`) shows one row biting or not. A journey (`[[journey]]`) gives, at chosen moments, the whole
list of duties with state and deadline, so that a stray duty fails it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any as Anything

from fanlight.policy.clock import in_london, read_moment
from fanlight.policy.faults import Fault, Faults, nearest_or_list
from fanlight.policy.file import Policy, Succession, read_toml
from fanlight.policy.ruling import Duty, advise, permit, rule
from fanlight.policy.story import Entry, read_proposal, read_story


@dataclass(frozen=True, slots=True)
class SmallCase:
    """One row, biting or not: a duty has started, a gate refuses the proposal, an option or advice is shown."""

    name: str
    row: str
    bites: bool
    story: object
    at: datetime | None
    propose: object
    state: str | None
    due: object
    because: object

    def failures(self, policy: Policy | Succession) -> list[str]:
        """This function will say everything that is not as the sentence has it; nothing where it holds."""
        try:
            story = read_story(self.story, policy.vocabulary)
            now = self.at or _last_moment(story)
            bites, duty = self._found(policy, story, now)
        except Faults as found:
            return [str(fault) for fault in found.faults]
        if bites is None:
            return [f"There is no row '{self.row}' in {_names(policy)}."]
        if bites is not self.bites:
            return [f"'{self.row}' {'bites' if bites else 'does not bite'} at {_said(now)}."]
        return self._differences(duty) if duty else []

    def _found(
        self, policy: Policy | Succession, story: Sequence[Entry], now: datetime
    ) -> tuple[bool | None, Duty | None]:
        versions = (policy,) if isinstance(policy, Policy) else policy.versions
        tables = {
            table
            for version in versions
            for table in ("duties", "gates", "options", "advice")
            if any(row.id == self.row for row in getattr(version, table))
        }
        if "duties" in tables:
            found = [duty for duty in rule(policy, story, now).duties if duty.id == self.row]
            return bool(found), found[-1] if found else None
        proposed = read_proposal(self.propose, policy.vocabulary, story, now) if self.propose is not None else None
        if "gates" in tables:
            if proposed is None:
                raise Faults([Fault(self.name, "A gate needs an entry to refuse.", "Write propose = { entry = … }.")])
            return any(refusal.row.id == self.row for refusal in permit(policy, story, proposed, now)), None
        ruling = rule(policy, story, now)
        if "options" in tables:
            return any(option.row.id == self.row for option in ruling.options), None
        if "advice" in tables:
            given = [*ruling.advice, *(advise(policy, story, proposed.kind, now) if proposed else ())]
            return any(advice.row.id == self.row for advice in given), None
        return None, None

    def _differences(self, duty: Duty) -> list[str]:
        differences = []
        if self.state is not None and duty.state != self.state:
            differences.append(f"'{self.row}' is {duty.state}, not {self.state}.")
        if self.due is not None and duty.due != read_moment(self.due):
            differences.append(f"'{self.row}' is due {_said(duty.due)}, not {self.due}.")
        if self.because is not None and list(duty.because) != self.because:
            differences.append(f"'{self.row}' is because of {list(duty.because)}, not {self.because}.")
        return differences


@dataclass(frozen=True, slots=True)
class Journey:
    """A story, and the whole list of duties at chosen moments of it."""

    name: str
    story: object
    then: tuple[tuple[datetime, tuple[Mapping[str, Anything], ...]], ...]

    def failures(self, policy: Policy | Succession) -> list[str]:
        """This function will say, moment by moment, which duties are not as written; nothing where all are."""
        try:
            story = read_story(self.story, policy.vocabulary)
            return [
                failure for at, duties in self.then for failure in _compare(rule(policy, story, at).duties, duties, at)
            ]
        except Faults as found:
            return [str(fault) for fault in found.faults]


def _compare(duties: Sequence[Duty], written: Sequence[Mapping[str, Anything]], at: datetime) -> list[str]:
    ruled = [(duty.id, duty.state, duty.due) for duty in duties]
    wanted = [(duty["id"], duty["state"], read_moment(duty["due"]) if "due" in duty else None) for duty in written]
    if ruled == wanted:
        return []
    failures = [f"At {_said(at)}: not wanted: {_in_words(one)}." for one in _without(ruled, wanted)]
    failures += [f"At {_said(at)}: missing: {_in_words(one)}." for one in _without(wanted, ruled)]
    return failures or [f"At {_said(at)}: the same duties in another order: {', '.join(one[0] for one in ruled)}."]


Seen = tuple[str, str, datetime | None]


def _without(these: Sequence[Seen], those: Sequence[Seen]) -> list[Seen]:
    left = list(those)
    over = []
    for one in these:
        if one in left:
            left.remove(one)
        else:
            over.append(one)
    return over


def _in_words(seen: Seen) -> str:
    return f"{seen[0]} {seen[1]}" + (f", due {_said(seen[2])}" if seen[2] else ", no time stated")


def _said(moment: datetime | None) -> str:
    return in_london(moment).isoformat() if moment else "never"


def _names(policy: Policy | Succession) -> str:
    return policy.name if isinstance(policy, Policy) else policy.landlord_id


def _last_moment(story: Sequence[Entry]) -> datetime:
    if not story:
        raise Faults([Fault("scenario", "An empty story has no moment.", "Write at = …")])
    return max(entry.at for entry in story)


@dataclass(frozen=True, slots=True)
class Scenarios:
    """The scenarios of one file, and the policy that it names, if it names one."""

    policy: str | None
    cases: tuple[SmallCase, ...]
    journeys: tuple[Journey, ...]

    @property
    def all(self) -> tuple[SmallCase | Journey, ...]:
        """Every scenario, the small cases first."""
        return (*self.cases, *self.journeys)


_CASE_KEYS = ("name", "row", "bites", "story", "at", "propose", "state", "due", "because")
_JOURNEY_KEYS = ("name", "story", "then")
_DUTY_KEYS = ("id", "state", "due")


def read_scenarios(text: str, name: str) -> Scenarios:
    """This function will read a scenario file. It raises Faults with everything that is wrong with its form."""
    document = read_toml(text, name)
    faults: list[Fault] = []
    for key in document:
        if key not in ("policy", "case", "journey"):
            faults.append(Fault(name, f"'{key}' is not a table.", nearest_or_list(key, ("policy", "case", "journey"))))
    cases = [_case(raw, f"{name}, case {number}", faults) for number, raw in _listed(document, "case", name, faults)]
    journeys = [
        _journey(raw, f"{name}, journey {number}", faults) for number, raw in _listed(document, "journey", name, faults)
    ]
    policy = document.get("policy")
    if policy is not None and not isinstance(policy, str):
        faults.append(Fault(name, "'policy' is not words in quotes.", 'Write policy = "connect/2".'))
    if faults:
        raise Faults(faults)
    return Scenarios(
        policy,
        tuple(case for case in cases if case),
        tuple(journey for journey in journeys if journey),
    )


def _listed(table: Mapping[str, Anything], key: str, where: str, faults: list[Fault]) -> list[tuple[int, Anything]]:
    raw = table.get(key, [])
    if not isinstance(raw, list):
        faults.append(Fault(where, f"'{key}' is not a list.", "Head each one with [[…]], or write [ … ]."))
        return []
    return list(enumerate(raw, start=1))


def _check_keys(
    raw: object, keys: Sequence[str], needed: Sequence[str], where: str, faults: list[Fault]
) -> Mapping[str, Anything] | None:
    if not isinstance(raw, dict):
        faults.append(Fault(where, "It is not a table."))
        return None
    for key in raw:
        if key not in keys:
            faults.append(Fault(where, f"'{key}' is not a key here.", nearest_or_list(key, keys)))
    missing = [key for key in needed if key not in raw]
    if missing:
        faults.append(Fault(where, f"It has no {', '.join(missing)}."))
    return None if missing else raw


def _moment(raw: object, where: str, faults: list[Fault]) -> datetime | None:
    moment = read_moment(raw)
    if moment is None:
        faults.append(Fault(where, f"'{raw}' is not a moment.", "Write a date and a time."))
    return moment


def _case(raw: object, where: str, faults: list[Fault]) -> SmallCase | None:
    table = _check_keys(raw, _CASE_KEYS, ("name", "row", "bites", "story"), where, faults)
    if table is None:
        return None
    if not isinstance(table["bites"], bool):
        faults.append(Fault(where, "'bites' is neither true nor false."))
    at = _moment(table["at"], where, faults) if "at" in table else None
    if "due" in table:
        _moment(table["due"], where, faults)
    return SmallCase(
        name=str(table["name"]),
        row=str(table["row"]),
        bites=table["bites"] is True,
        story=table["story"],
        at=at,
        propose=table.get("propose"),
        state=table.get("state"),
        due=table.get("due"),
        because=table.get("because"),
    )


def _journey(raw: object, where: str, faults: list[Fault]) -> Journey | None:
    table = _check_keys(raw, _JOURNEY_KEYS, _JOURNEY_KEYS, where, faults)
    if table is None:
        return None
    steps = []
    for number, step in _listed(table, "then", where, faults):
        here = f"{where}, step {number}"
        sound = _check_keys(step, ("at", "duties"), ("at", "duties"), here, faults)
        if sound is None:
            continue
        at = _moment(sound["at"], here, faults)
        duties = [duty for _, duty in _listed(sound, "duties", here, faults)]
        for duty in duties:
            _check_keys(duty, _DUTY_KEYS, ("id", "state"), here, faults)
            if isinstance(duty, dict) and "due" in duty:
                _moment(duty["due"], here, faults)
        if at is not None:
            steps.append((at, tuple(duties)))
    return Journey(str(table["name"]), table["story"], tuple(steps))
