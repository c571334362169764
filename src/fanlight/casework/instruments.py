"""Risk instruments: what a file says one is, and what answers to it come to; pure, but for reading the files.

Nothing of any one instrument stands here: its items, scores, grades and what decides by itself are all in its file.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from fanlight.packs import policy_files
from fanlight.places import instruments_folder, policies_folder
from fanlight.policy.vocabulary import ENTRY_KINDS, FACTS

Said = Literal["yes", "no", "unknown"]
SAID: Mapping[str, str] = MappingProxyType({"yes": "Yes", "no": "No", "unknown": "Don't know"})
HIGH, MEDIUM, STANDARD = ENTRY_KINDS["assessment"].fields["grade_given"].suggested
"""The grades of risk in the field's own words, the highest first."""


class InstrumentFaults(Exception):
    """Instruments cannot be used; `faults` says of each fault in which file it is, what is wrong, and how it is mended."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{where}: {what}" for where, what in self.faults))


@dataclass(frozen=True, slots=True)
class Band:
    """A grade, and the score from which it is given.

    `means` is the grade of risk that it is in the words of the policies; not `is_said`: how we read a band that does not say.
    """

    grade: str
    at_least: int
    means: str = ""
    is_said: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """What is asked: its topic in our words, or the question itself where it may be shown (`is_question`).

    `score` is what a yes scores; `states` the fact that a yes or a no states in the case; `decides` the grade that a yes gives by
    itself, or empty; `weighs` marks what weighs in the assessor's judgement.
    """

    key: str
    group: str
    topic: str
    score: int
    states: str
    decides: str
    weighs: bool
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """The assessor's own judgement: what is asked, and the grade to which a yes raises. It never lowers."""

    raises_to: str
    asks: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Escalation:
    """So many incidents mean that it escalates: in an area its own number. `decides` is the grade that this gives, or empty."""

    asks: str
    at_least: int
    areas: Mapping[str, int]
    decides: str
    says: str

    def holds(self, incidents: int, area: str = "") -> bool:
        """This function will say whether so many incidents are enough, in an area."""
        return incidents >= self.areas.get(area, self.at_least)


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of an instrument, as it is in force from a day.

    `file` is where it was read. `own_words`: the items are topics in our own words, and not its questions. `acknowledgement` is
    the line that is owed for the questions where they are shown. `roles` are those that may complete it; none: whoever may
    record an assessment.
    """

    id: str
    title: str
    version: str
    in_force_from: date
    in_force_to: date | None
    source: str
    own_words: bool
    acknowledgement: str
    completed_by: str
    roles: tuple[str, ...]
    sources: Mapping[str, str]
    bands: tuple[Band, ...]
    judgement: Judgement
    escalation: Escalation | None
    items: tuple[Item, ...]
    file: str = ""

    @property
    def first_source(self) -> str:
        """Who gave an answer where nobody says who."""
        return next(iter(self.sources))

    @property
    def most(self) -> int:
        """The highest score there is."""
        return sum(item.score for item in self.items)

    def item(self, key: str) -> Item | None:
        """This function will give the item of a key."""
        return next((item for item in self.items if item.key == key), None)

    def band(self, score: int) -> str:
        """This function will give the grade of a score, before anything decides by itself."""
        return next((band.grade for band in self.bands if score >= band.at_least), self.bands[-1].grade)

    def means(self, grade: str) -> str:
        """This function will give the grade of risk that one of its grades is in the words of the policies."""
        return next(band.means for band in self.bands if band.grade == grade)

    def is_high(self, grade: str) -> bool:
        """This function will say whether a grade is what a judgement that the risk is high comes to.

        A landlord whose policy calls its grades otherwise has them in `means`: there it is where judgement raises to, and above.
        """
        means = self.means(grade)
        if means in _FIELDS_OWN:
            return means == HIGH
        return self.higher(grade, self.judgement.raises_to) == grade

    def higher(self, one: str, other: str) -> str:
        """This function will give the higher of two grades."""
        order = [band.grade for band in self.bands]
        return min(one, other, key=order.index)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to an item, who said so, and a note."""

    said: Said
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What answers come to. `grade` is what the instrument gives in the end; `by_score` what the score alone would.

    `decided` are the items that decided by themselves; `unknown` those that nobody could answer; `most` the score if each of
    those were yes. `escalates` is None where the number of incidents is not known; `raised` says that judgement raised the grade.
    """

    score: int
    most: int
    by_score: str
    grade: str
    decided: tuple[Item, ...]
    weighing: tuple[Item, ...]
    unknown: tuple[Item, ...]
    escalates: bool | None
    raised: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """The answers that are not known and would decide the grade: `alone` each a yes by itself, `together` if all were yes."""

    alone: tuple[Item, ...] = ()
    together: tuple[Item, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.alone or self.together)


def find(
    instrument: Instrument,
    answers: Mapping[str, Answer],
    *,
    judged_high: bool = False,
    incidents: int | None = None,
    area: str = "",
) -> Finding:
    """This function will say what answers come to. What was not answered counts as not known: never as a no."""
    said = {item.key: answers[item.key].said if item.key in answers else "unknown" for item in instrument.items}
    yes = [item for item in instrument.items if said[item.key] == "yes"]
    unknown = tuple(item for item in instrument.items if said[item.key] == "unknown")
    score = sum(item.score for item in yes)
    grade = by_score = instrument.band(score)
    decided = tuple(item for item in yes if item.decides)
    for item in decided:
        grade = instrument.higher(grade, item.decides)
    escalates = None
    if instrument.escalation is not None and incidents is not None:
        escalates = instrument.escalation.holds(incidents, area)
        if escalates and instrument.escalation.decides:
            grade = instrument.higher(grade, instrument.escalation.decides)
    judged = instrument.higher(grade, instrument.judgement.raises_to) if judged_high else grade
    return Finding(
        score=score,
        most=score + sum(item.score for item in unknown),
        by_score=by_score,
        grade=judged,
        decided=decided,
        weighing=tuple(item for item in yes if item.weighs),
        unknown=unknown,
        escalates=escalates,
        raised=judged != grade,
    )


def doubt(
    instrument: Instrument, answers: Mapping[str, Answer], grade_of: Callable[[Mapping[str, Answer]], object]
) -> Doubt:
    """This function will say which answers that are not known would decide the grade, as `grade_of` gives it for some answers.

    What that gives is compared and no more: the grade of the landlord's policy, which may not be the instrument's, or both.
    """
    unknown = find(instrument, answers).unknown
    if not unknown:
        return Doubt()
    yes = Answer("yes")
    now = grade_of(answers)
    alone = tuple(item for item in unknown if grade_of({**answers, item.key: yes}) != now)
    rest = tuple(item for item in unknown if item not in alone)
    if len(rest) < _SEVERAL:
        return Doubt(alone)
    all_yes = dict.fromkeys((item.key for item in rest), yes)
    return Doubt(alone, rest if grade_of({**answers, **all_yes}) != now else ())


_SEVERAL = 2


def facts_of(instrument: Instrument, answers: Mapping[str, Answer]) -> dict[str, bool]:
    """This function will give the facts that answers state: a yes or a no; what is not known states nothing.

    Where several items state one fact, one yes is a yes, and a no needs all of them.
    """
    found: dict[str, bool] = {}
    for fact in dict.fromkeys(item.states for item in instrument.items if item.states):
        said = {
            answers[item.key].said if item.key in answers else "unknown"
            for item in instrument.items
            if item.states == fact
        }
        if "yes" in said or said == {"no"}:
            found[fact] = "yes" in said
    return found


# ── Which there are ──────────────────────────────────────────────────────────────────────────────────────────────────


def instruments_at(landlord_id: str, day: date) -> Mapping[str, Instrument]:
    """This function will give the instruments that a landlord could use on a day, by id, each in the version in force then."""
    found: dict[str, Instrument] = {}
    for one in instruments_of(landlord_id):
        if one.in_force_from <= day and (one.in_force_to is None or day < one.in_force_to):
            found[one.id] = one
    return found


@cache
def instruments_of(landlord_id: str) -> tuple[Instrument, ...]:
    """This function will read every version of every instrument of a landlord, once, the oldest first. It raises InstrumentFaults.

    Its own stand in place of ours of the same id, and its wording in place of our topics.
    """
    faults: list[tuple[str, str]] = []
    ours, _ = _folder(instruments_folder(), faults, _FIELDS_OWN)
    of_landlord = policies_folder() / landlord_id
    grades = tuple(dict.fromkeys((*_FIELDS_OWN, *_grades_in(of_landlord))))
    own, wordings = _folder(of_landlord / "instruments", faults, grades)
    replaced = {one.id for one in own.values()}
    every = {**{file: one for file, one in ours.items() if one.id not in replaced}, **own}
    faults.extend(_said_twice(every))
    found = [_worded(one, wordings, faults) for one in every.values()]
    for file, said in wordings.items():
        if not any(_is_of(said, one) for one in every.values()):
            faults.append(
                (file, f"There is no instrument {said.get('instrument')!r} of version {said.get('version')!r}.")
            )
    if faults:
        raise InstrumentFaults(faults)
    return tuple(sorted(found, key=lambda one: one.in_force_from))


def not_to_be_used(landlord_id: str, offered: Iterable[str], roles: Iterable[str]) -> Iterator[tuple[str, str]]:
    """This function will say what is wrong with the instruments that a landlord offers: one that is not there, or is for nobody."""
    every = instruments_of(landlord_id)
    known, where = {one.id for one in every}, f"{landlord_id}/landlord.toml, risk"
    for name in offered:
        if name not in known:
            yield where, f"There is no instrument {name!r}{_near_or_all(name, sorted(known))}."
    for one in every:
        if one.id in offered and one.roles and not {*one.roles} & {*roles}:
            yield (
                where,
                f"{one.id}, version {one.version}, is completed by {', '.join(one.roles)}, and nobody here is any of them.",
            )


def misnamed(some: Iterable[Instrument], roles: Collection[str], areas: Collection[str]) -> Iterator[tuple[str, str]]:
    """This function will say which roles and areas of instruments nobody knows: a role beside a right one too."""
    for one in some:
        for role in one.roles:
            if role not in roles:
                yield one.file, f"[instrument] roles: {role!r} is no role{_near_or_all(role, sorted(roles))}."
        for area in one.escalation.areas if one.escalation and areas else ():
            if area not in areas:
                yield one.file, f"[escalation] areas: {area!r} is no area{_near_or_all(area, sorted(areas))}."


def left_to_us(landlord_id: str, offered: Iterable[str]) -> Iterator[tuple[str, str]]:
    """This function will remark on the instruments offered whose bands do not say what they mean, with how each is read."""
    for one in instruments_of(landlord_id):
        unsaid = ", ".join(f"{band.grade} as {band.means}" for band in one.bands if not band.is_said)
        if unsaid and one.id in offered:
            yield (
                one.file,
                f'A [[band]] does not say which grade of risk it means. We read {unsaid}: write means = "…" to be sure.',
            )


def is_own(one: Instrument, landlord_id: str) -> bool:
    """This function will say whether an instrument stands in the landlord's own folder."""
    return one.file.startswith(f"{landlord_id}/")


def forget() -> None:
    """This function will make the next question read every file again."""
    instruments_of.cache_clear()


def _grades_in(folder: Path) -> Iterator[str]:
    """The grades that a landlord's policies call their own, as they are written: what is wrong with a policy its own reader says."""
    for file in policy_files(folder):
        try:
            risk = tomllib.loads(file.read_text(encoding="utf-8-sig")).get("risk")
        except (OSError, ValueError, RecursionError):
            continue
        rows = risk.get("grade") if isinstance(risk, dict) else None
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and isinstance(row.get("grade"), str):
                yield row["grade"]


def _folder(
    folder: Path, faults: list[tuple[str, str]], grades: Sequence[str]
) -> tuple[dict[str, Instrument], dict[str, dict[str, Any]]]:
    """What a folder holds: instruments, and wordings as they are written, each by the name of its file."""
    found: dict[str, Instrument] = {}
    wordings: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        where = f"{file.parent.parent.name}/{file.parent.name}/{file.name}"
        try:
            said = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError, RecursionError) as error:
            faults.append((where, f"It cannot be read: {error}."))
            continue
        if "wording" in said:
            wording = _wording(said, where, faults)
            if wording:
                wordings[where] = wording
            continue
        reader = _Reader(said, where, grades)
        one = reader.read()
        faults.extend(reader.faults)
        if one is not None:
            found[where] = one
    return found, wordings


def _said_twice(every: Mapping[str, Instrument]) -> Iterator[tuple[str, str]]:
    known: dict[tuple[str, str | date], str] = {}
    for where, one in every.items():
        for what, mark in (("version", one.version), ("first day", one.in_force_from)):
            if (one.id, mark) in known:
                yield where, f"The {what} {mark} of {one.id!r} stands in {known[one.id, mark]} already."
            known[one.id, mark] = where


# ── A landlord's wording ─────────────────────────────────────────────────────────────────────────────────────────────

_WORDING = ("instrument", "version", "acknowledgement", "permission")


def _wording(said: Mapping[str, Any], where: str, faults: list[tuple[str, str]]) -> dict[str, Any]:
    """The words that a landlord may use: whole, with the acknowledgement that is owed and who gave the permission."""
    head, items = said["wording"], said.get("items", {})
    before = len(faults)
    for table in said.keys() - {"wording", "items"}:
        faults.append((where, f"{table} is not a table of a wording; use wording and items."))
    if not isinstance(head, dict) or not isinstance(items, dict):
        faults.append((where, "It must have a table [wording] and a table [items]."))
        return {}
    faults += [
        (where, f"{name} is not a word of [wording]; use {', '.join(_WORDING)}.") for name in head.keys() - {*_WORDING}
    ]
    for name in _WORDING:
        if not isinstance(head.get(name), str) or not head[name].strip():
            faults.append((where, f"[wording] {name} must be said, in quotes."))
    for key, words in items.items():
        if not isinstance(words, str) or not words.strip():
            faults.append((where, f"[items] {key} must be words in quotes."))
    return {**head, "items": items} if len(faults) == before else {}


def _is_of(wording: Mapping[str, Any], one: Instrument) -> bool:
    return (wording["instrument"], wording["version"]) == (one.id, one.version)


def _worded(one: Instrument, wordings: Mapping[str, Mapping[str, Any]], faults: list[tuple[str, str]]) -> Instrument:
    """The instrument in the landlord's words, and in their order, where it has loaded them."""
    for where, said in wordings.items():
        if not _is_of(said, one):
            continue
        words = said["items"]
        keys = [item.key for item in one.items]
        faults += [(where, f"[items] {key} is no item of it{_near(key, keys)}.") for key in words.keys() - {*keys}]
        if missing := [key for key in keys if key not in words]:
            faults.append((where, f"[items] has no words for {', '.join(missing)}: half a wording is not shown."))
        if words.keys() == {*keys}:
            by_key = {item.key: item for item in one.items}
            items = tuple(replace(by_key[key], topic=words[key].strip(), group="", is_question=True) for key in words)
            return replace(one, items=items, own_words=False, acknowledgement=said["acknowledgement"].strip())
    return one


def _near(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), 1)
    return f"; did you mean {near[0]}?" if near else ""


def _near_or_all(word: str, known: Iterable[str]) -> str:
    return _near(word, known) or f"; use {', '.join(known)}"


# ── Reading a file ───────────────────────────────────────────────────────────────────────────────────────────────────

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_WORDS, _NUMBER, _DAY, _TRUTH, _LIST, _TABLE = (
    "words in quotes",
    "a whole number, 0 or more and at most 1000",
    "a day",
    "true or false",
    "a list of words",
    "a table",
)
_HEAD: Mapping[str, tuple[str, bool]] = {
    "id": (_WORDS, True),
    "title": (_WORDS, True),
    "version": (_WORDS, True),
    "in_force_from": (_DAY, True),
    "in_force_to": (_DAY, False),
    "source": (_WORDS, True),
    "checked_on": (_DAY, False),
    "own_words": (_TRUTH, False),
    "acknowledgement": (_WORDS, False),
    "completed_by": (_WORDS, False),
    "roles": (_LIST, False),
}
_FIELDS_OWN = (HIGH, MEDIUM, STANDARD)
_BAND = {"grade": (_WORDS, True), "at_least": (_NUMBER, True), "means": (_WORDS, False)}
_ITEM = {
    "key": (_WORDS, True),
    "topic": (_WORDS, True),
    "group": (_WORDS, False),
    "score": (_NUMBER, False),
    "states": (_WORDS, False),
    "decides": (_WORDS, False),
    "weighs": (_TRUTH, False),
}
_JUDGEMENT = {"raises_to": (_WORDS, True), "asks": (_WORDS, True), "yes": (_WORDS, False), "no": (_WORDS, False)}
_ESCALATION = {
    "asks": (_WORDS, True),
    "at_least": (_NUMBER, True),
    "says": (_WORDS, True),
    "areas": (_TABLE, False),
    "decides": (_WORDS, False),
}
_TABLES = ("instrument", "sources", "band", "judgement", "escalation", "item")
# A fact of the common vocabulary that is yes or no; a landlord's own facts are known to its policy alone, and are not stated here.
_STATED = frozenset(name for name, term in FACTS.items() if term.type == "yes/no" and name != "judged_high")
_MOST_SCORED = 1000


class _Reader:
    """Reads one file, and gathers every fault of it."""

    def __init__(self, said: Mapping[str, Any], where: str, grades: Sequence[str]) -> None:
        self.said = said
        self.where = where
        self.grades = grades
        self.faults: list[tuple[str, str]] = []

    def fault(self, what: str) -> None:
        self.faults.append((self.where, what))

    def read(self) -> Instrument | None:
        for table in self.said:
            if table not in _TABLES:
                self.fault(f"{table} is not a table of an instrument{_near_or_all(table, _TABLES)}.")
        head = self._table("instrument", _HEAD)
        sources = self._sources()
        bands = [self._row("band", number, row, _BAND) for number, row in self._rows("band")]
        items = [self._row("item", number, row, _ITEM) for number, row in self._rows("item")]
        judgement = self._table("judgement", _JUDGEMENT)
        escalation = self._table("escalation", _ESCALATION) if "escalation" in self.said else None
        if not self.faults:
            self._check(head, bands, items, judgement, escalation)
        if self.faults:
            return None
        return Instrument(
            id=head["id"],
            title=head["title"],
            version=head["version"],
            in_force_from=head["in_force_from"],
            in_force_to=head.get("in_force_to"),
            source=head["source"],
            own_words=head.get("own_words", False),
            acknowledgement=head.get("acknowledgement", ""),
            completed_by=head.get("completed_by", ""),
            roles=tuple(head.get("roles", ())),
            sources=MappingProxyType(sources),
            bands=self._bands(bands, judgement["raises_to"]),
            judgement=Judgement(
                judgement["raises_to"], judgement["asks"], judgement.get("yes", "Yes"), judgement.get("no", "No")
            ),
            escalation=None
            if escalation is None
            else Escalation(
                escalation["asks"],
                escalation["at_least"],
                MappingProxyType(dict(escalation.get("areas", {}))),
                escalation.get("decides", ""),
                escalation["says"],
            ),
            items=tuple(
                Item(
                    key=item["key"],
                    group=item.get("group", ""),
                    topic=item["topic"],
                    score=item.get("score", 1),
                    states=item.get("states", ""),
                    decides=item.get("decides", ""),
                    weighs=item.get("weighs", False),
                )
                for item in items
            ),
            file=self.where,
        )

    def _bands(self, bands: Sequence[Mapping[str, Any]], raises_to: str) -> tuple[Band, ...]:
        """The bands with what they mean. One that is called by a grade of risk means that.

        Of one that says nothing we go by what the file does say: judgement that the risk is high raises to a band, so that one and
        those above it are high; the last is the lowest grade there is, and what lies between is medium. A check remarks on it.
        """
        grades, found = [band["grade"] for band in bands], []
        for number, band in enumerate(bands):
            grade = band["grade"]
            said = band.get("means", grade if grade in self.grades else "")
            read = HIGH if number <= grades.index(raises_to) else STANDARD if number == len(bands) - 1 else MEDIUM
            found.append(Band(grade, band["at_least"], said or read, bool(said)))
        return tuple(found)

    def _check(
        self,
        head: Mapping[str, Any],
        bands: list[dict[str, Any]],
        items: list[dict[str, Any]],
        judgement: Mapping[str, Any],
        escalation: Mapping[str, Any] | None,
    ) -> None:
        """What each part alone does not show: that names are sound and said once, bands go down, grades are those of the bands."""
        if not _ID.fullmatch(head["id"]):
            self.fault("[instrument] id must be small letters, figures and underscores.")
        if head.get("in_force_to") and head["in_force_to"] <= head["in_force_from"]:
            self.fault(
                "[instrument] in_force_to must come after in_force_from: it is the first day on which it is in force no more."
            )
        grades = [band["grade"] for band in bands]
        self._check_bands(bands, sum(item.get("score", 1) for item in items))
        if not items:
            self.fault("It has no [[item]].")
        keys = [item["key"] for item in items]
        for key in dict.fromkeys(keys):
            if not _ID.fullmatch(key):
                self.fault(f"[[item]] {key!r}: a key must be small letters, figures and underscores.")
            if keys.count(key) > 1:
                self.fault(f"[[item]] {key!r} stands there twice.")
        deciding = [(f"[[item]] {item['key']!r}", item.get("decides", "")) for item in items]
        deciding += [("[judgement] raises_to", judgement["raises_to"])]
        deciding += [("[escalation] decides", escalation.get("decides", ""))] if escalation else []
        for place, grade in deciding:
            if grade and grade not in grades:
                self.fault(f"{place}: {grade!r} is no grade of a [[band]]{_near(grade, grades)}.")
        for item in items:
            if (states := item.get("states", "")) and states not in _STATED:
                self.fault(
                    f"[[item]] {item['key']!r}: {states!r} is no fact that is yes or no{_near(states, _STATED)}."
                )
        for area, number in (escalation or {}).get("areas", {}).items():
            if not _is(number, _NUMBER):
                self.fault(f"[escalation] areas, {area}: it must be {_NUMBER}.")

    def _check_bands(self, bands: Sequence[Mapping[str, Any]], most: int) -> None:
        scores = [band["at_least"] for band in bands]
        grades = [band["grade"] for band in bands]
        if not bands or scores != sorted(set(scores), reverse=True) or scores[-1] != 0:
            self.fault("[[band]] must go down, the highest first, and the last must be at_least = 0.")
        for grade in {one for one in grades if grades.count(one) > 1}:
            self.fault(f"[[band]] {grade} stands there twice.")
        for band in bands:
            if (means := band.get("means")) and means not in self.grades:
                self.fault(
                    f"[[band]] {band['grade']}: it means {means!r}, which is no grade of risk{_near_or_all(means, self.grades)}."
                )
        ranks = [
            _FIELDS_OWN.index(means) for band in bands if (means := band.get("means", band["grade"])) in _FIELDS_OWN
        ]
        if ranks != sorted(ranks):
            self.fault("[[band]] must go down in what they mean too: a higher band is no lower grade of risk.")
        if scores and scores[0] > most:
            self.fault(f"[[band]] {grades[0]}: no answers score {scores[0]}.")

    def _sources(self) -> dict[str, str]:
        said = self.said.get("sources")
        if not isinstance(said, dict) or not said:
            self.fault("[sources] must say who may have given an answer; the first is what is usual.")
            return {}
        for name, title in said.items():
            if not _ID.fullmatch(name) or not _is(title, _WORDS):
                self.fault(f"[sources] {name}: it must be a word of small letters, with its title in quotes.")
        return said

    def _rows(self, name: str) -> Iterator[tuple[int, Any]]:
        rows = self.said.get(name, [])
        if not isinstance(rows, list):
            self.fault(f"Head each {name} with [[{name}]].")
            return
        yield from enumerate(rows, 1)

    def _table(self, name: str, shape: Mapping[str, tuple[str, bool]]) -> dict[str, Any]:
        return self._shaped(f"[{name}]", self.said.get(name), shape)

    def _row(self, name: str, number: int, row: Any, shape: Mapping[str, tuple[str, bool]]) -> dict[str, Any]:
        known = row.get("key", row.get("grade")) if isinstance(row, dict) else None
        return self._shaped(f"[[{name}]] {known if isinstance(known, str) else number}", row, shape)

    def _shaped(self, place: str, said: Any, shape: Mapping[str, tuple[str, bool]]) -> dict[str, Any]:
        if not isinstance(said, dict):
            self.fault(f"{place} is not there, or is no table.")
            return {}
        for name, value in said.items():
            if name not in shape:
                self.fault(f"{place}: {name} is not a word here{_near_or_all(name, shape)}.")
            elif not _is(value, shape[name][0]):
                self.fault(f"{place}: {name} must be {shape[name][0]}.")
        for name, (kind, must) in shape.items():
            if must and name not in said:
                self.fault(f"{place}: {name} must be said: {kind}.")
        return said


def _is(value: object, kind: str) -> bool:
    if kind == _WORDS:
        return isinstance(value, str) and bool(value.strip())
    if kind == _NUMBER:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_SCORED
    if kind == _DAY:
        return type(value) is date
    if kind == _TRUTH:
        return isinstance(value, bool)
    if kind == _LIST:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, dict)
