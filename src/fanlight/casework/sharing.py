"""What a share must have before anything leaves the landlord, and which grounds fit the facts; pure, but for reading the law's file.

`lacking` says what is missing, part by part; `fitting` says of every ground whether it fits, and chooses none.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from fanlight.places import sharing_file

Head = Literal["article_6", "article_9", "article_10", "common_law"]
HEADS: Mapping[Head, str] = MappingProxyType(
    {
        "article_6": "The basis under Article 6",
        "article_9": "If it tells of health, origin or private life: the condition under Article 9",
        "article_10": "If it tells of an offence or an allegation: the condition under Article 10",
        "common_law": "What was told in confidence: why it may be told on",
    }
)
"""What each share is asked about its basis."""

ANSWERS = (("given", "Agreed"), ("refused", "Did not agree"), ("withdrawn", "Took it back"))
"""What somebody said to being told about. What they said last, of a receiver and a purpose, is what holds."""
HOW_TAKEN = (
    ("in_person", "In person"),
    ("by_phone", "By telephone or video"),
    ("in_writing", "In writing"),
    ("interpreter", "Through a professional interpreter"),
    ("another_agency", "Another agency took it, and told us"),
)
GIVERS = (
    ("themselves", "They themselves"),
    ("parent", "A parent or guardian, for a child"),
    ("attorney", "An attorney or deputy, where they lack capacity"),
)
CAPACITY = (
    ("assumed", "It is assumed: nobody has cause to doubt it"),
    ("doubted", "There is cause to doubt it"),
    ("found", "It was doubted, assessed, and found"),
    ("lacking", "It was assessed, and they lack it for this decision"),
)
"""Whether they can decide this. Nobody has to show that they can."""

GROUNDS = (
    ("consent", "They agreed"),
    ("immediate_harm", "Danger of immediate harm"),
    ("safeguarding", "Safeguarding a child or an adult at risk"),
    ("legal_duty", "A legal duty"),
    ("crime_and_disorder_s115", "Crime and Disorder Act 1998, section 115"),
    ("agreement", "An information sharing agreement"),
)
"""The words by which a policy's gate asks on what ground something is shared: those of the entry `share`."""

MEANS = (
    ("secure_email", "Secure e-mail"),
    ("portal", "Their own portal or form"),
    ("by_phone", "Told by telephone"),
    ("in_person", "Told or handed over in person"),
    ("post", "Post"),
)
"""How it gets to the receiver."""

AUTHORISED_WHEN = MappingProxyType(
    {
        "always": "Every share is authorised by somebody else.",
        "against_refusal": "Somebody whom it is about said no, or took it back.",
        "third_parties": "Somebody is named in it whom it is not about.",
    }
)
"""When a landlord may want a share authorised by somebody who did not ask for it."""

FACTS = frozenset(
    {
        *("consent_given", "consent_cannot_be_given", "law_requires_it", "immediate_danger", "child_at_risk"),
        *("adult_at_risk", "nothing_special_in_it", "no_allegation_in_it"),
    }
)
"""The facts that a ground may turn on, beside its purpose and its receiver."""


class SharingFault(Exception):
    """The file of what the law asks cannot be used; the message says what is wrong in it, every fault on a line."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground under one head: what it is, where the law says so, and on which facts it turns.

    `without` are the reasons for having no consent without which it cannot be relied on; `is_none` is whether it says that the
    head is not needed.
    """

    head: Head
    id: str
    title: str
    cite: str
    means: str
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    is_none: bool = False


@dataclass(frozen=True, slots=True)
class Law:
    """What the law asks, as it is in force from a day."""

    name: str
    source: str
    in_force_from: date
    purposes: Mapping[str, str]
    without: Mapping[str, str]
    grounds: tuple[Ground, ...]
    section_115: Ground
    section_115_to: frozenset[str]
    tells_nothing: frozenset[str]
    """The facts of a case that tell of nothing under Article 9 or 10."""

    def ground(self, head: Head, word: str) -> Ground | None:
        """This function will give a ground by its head and its word."""
        return next((one for one in self.grounds if (one.head, one.id) == (head, word)), None)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody whom a share is about last said of this receiver and this purpose; `answer` is empty where nobody asked."""

    part: int
    name: str
    answer: str = ""
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A share as somebody means to make it. `named` are those who are in it and whom it is not about, each with why."""

    to: str
    service: str
    organisation: str
    purpose: str
    why: str
    ground: str
    article_6: str
    article_9: str
    article_10: str
    common_law: str
    section_115: bool | None
    necessity: str
    proportion: str
    means: str
    about: tuple[int, ...]
    items: tuple[str, ...]
    named: Mapping[int, str] = field(default_factory=dict)
    without: str = ""
    why_without: str = ""
    conditions_kept: str = ""
    agreement: int | None = None


NOTHING_YET = Proposed(
    to="",
    service="",
    organisation="",
    purpose="",
    why="",
    ground="",
    article_6="",
    article_9="",
    article_10="",
    common_law="",
    section_115=None,
    necessity="",
    proportion="",
    means="",
    about=(),
    items=(),
)
"""A share of which nothing is said yet."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when a share is judged.

    `recipients` are the kinds of receiver there are; `services` the directory's, by id, with their kinds; `people` everybody
    in the case, by the number of their part; `items` what may be chosen, with whether each may tell of health, origin or an
    allegation; `agreements` those in force, by number, with whether each covers this receiver and this purpose.
    """

    recipients: frozenset[str]
    services: Mapping[str, tuple[str, ...]]
    people: Mapping[int, str]
    items: Mapping[str, bool]
    told: tuple[Told, ...] = ()
    agreements: Mapping[int, bool] = field(default_factory=dict)
    facts: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fits:
    """Whether a ground fits the facts: yes, no, or None where the facts do not say. `because` is why, in a sentence."""

    ground: Ground
    fits: bool | None
    because: str


def lacking(proposed: Proposed, known: Known, law: Law) -> Mapping[str, tuple[str, ...]]:
    """This function will say, by the name of what is asked for, all that a share lacks; nothing where it lacks nothing."""
    found: dict[str, list[str]] = {}
    for name, sentence in (
        *_lacking_whom(proposed, known),
        *_lacking_what(proposed, known),
        *_lacking_why(proposed, law),
        *_lacking_basis(proposed, known, law),
        *_lacking_consent(proposed, known, law),
    ):
        found.setdefault(name, []).append(sentence)
    return {name: tuple(sentences) for name, sentences in found.items()}


def _lacking_whom(proposed: Proposed, known: Known) -> Iterator[tuple[str, str]]:
    if proposed.to not in known.recipients:
        yield "to", "Say who receives it."
    elif proposed.service:
        if proposed.to not in known.services.get(proposed.service, ()):
            yield "service", "Choose one of the directory that is of that kind."
    elif not _says(proposed.organisation):
        yield (
            "service",
            "Choose who it is from the directory; where the directory has none, write the name of the organisation.",
        )
    if proposed.means not in dict(MEANS):
        yield "means", "Say how it gets to them."


def _lacking_what(proposed: Proposed, known: Known) -> Iterator[tuple[str, str]]:
    if not proposed.about:
        yield "about", "Say whom it is about."
    elif any(part not in known.people or known.people[part] == "causing_harm" for part in proposed.about) and not (
        proposed.to == "perpetrator_service" and all(part in known.people for part in proposed.about)
    ):
        yield "about", "Choose people of this case: those at risk, not the one who causes harm."
    if not proposed.items:
        yield "items", "Choose what exactly is shared, piece by piece."
    elif any(item not in known.items for item in proposed.items):
        yield "items", "Something that was chosen is not there, or may not be shared: look again."
    for part, why in proposed.named.items():
        if part not in known.people or part in proposed.about:
            yield "named", "Choose who is named from the other people of this case."
        elif not _says(why):
            yield "named", "Say for each of them why the receiver must know who they are."


def _lacking_why(proposed: Proposed, law: Law) -> Iterator[tuple[str, str]]:
    if proposed.purpose not in law.purposes:
        yield "purpose", "Say for what purpose."
    if not _says(proposed.why):
        yield "why", "Say why they must be told."
    if not _says(proposed.necessity):
        yield "necessity", "Say why it is necessary: what could not be done without it."
    if not _says(proposed.proportion):
        yield "proportion", "Say why it is in proportion: why this much, and no more."


def _lacking_basis(proposed: Proposed, known: Known, law: Law) -> Iterator[tuple[str, str]]:
    if proposed.ground not in dict(GROUNDS):
        yield "ground", "Say on which of the policy's grounds."
    chosen = {head: law.ground(head, getattr(proposed, head)) for head in HEADS}
    for head, ground in chosen.items():
        if ground is None:
            yield head, _ASK[head]
        elif ground.without and _not_all_agreed(known) and proposed.without not in ground.without:
            yield (
                head,
                f"{ground.cite} can be relied on only where they cannot agree, cannot be asked, or asking is a danger.",
            )
        elif ground.without and not _not_all_agreed(known):
            yield head, f"They agreed, so {ground.cite} is not what it rests on."
    may_tell = any(known.items.get(item, False) for item in proposed.items)
    for head in ("article_9", "article_10"):
        if may_tell and (ground := chosen[head]) is not None and ground.is_none:
            yield head, "What was chosen holds words that may tell of it: say the condition."
    if (ten := chosen["article_10"]) is not None and ten.is_none and _names_harm(proposed, known):
        yield "article_10", "It names whoever causes harm: say the condition."
    if proposed.section_115 is None:
        yield "section_115", "Say whether section 115 is relied on, yes or no."
    elif proposed.section_115 and proposed.to not in law.section_115_to:
        yield "section_115", "Section 115 does not reach this receiver."
    if proposed.ground == "crime_and_disorder_s115" and proposed.section_115 is False:
        yield "section_115", "The ground is section 115: say that it is relied on."
    if proposed.ground == "agreement" and proposed.agreement is None:
        yield "agreement", "Say which agreement is relied on."
    if proposed.agreement is not None:
        covers = known.agreements.get(proposed.agreement)
        if covers is None:
            yield "agreement", "There is no such agreement in force."
        elif not covers:
            yield "agreement", "That agreement does not cover this receiver and this purpose."


_ASK: Mapping[Head, str] = MappingProxyType(
    {
        "article_6": "Say the basis under Article 6.",
        "article_9": "Say the condition under Article 9, or that nothing of that kind is in it.",
        "article_10": "Say the condition under Article 10, or that no allegation is in it.",
        "common_law": "Say why what was told in confidence may be told on.",
    }
)


def _lacking_consent(proposed: Proposed, known: Known, law: Law) -> Iterator[tuple[str, str]]:
    rests = [name for name in ("ground", *HEADS) if getattr(proposed, name) in ("consent", "explicit_consent")]
    if _not_all_agreed(known):
        for name in rests:
            yield name, "Not everybody whom it is about has agreed to this receiver and this purpose."
        if proposed.without not in law.without:
            yield "without", "Say why it goes without their consent."
        if not _says(proposed.why_without):
            yield "why_without", "Say in your own words why it goes without their consent."
        if proposed.without == "not_what_it_rests_on" and _has_refusal(known):
            yield "without", "Somebody whom it is about said no: say why it goes all the same."
    elif any(one.conditions for one in known.told) and not _says(proposed.conditions_kept):
        yield "conditions_kept", "They agreed on conditions: say how they are kept."


def against(proposed: Proposed, known: Known) -> tuple[str, ...]:
    """This function will give, of the words of AUTHORISED_WHEN, which are so of a share."""
    found = ["always"]
    if _has_refusal(known):
        found.append("against_refusal")
    if proposed.named:
        found.append("third_parties")
    return tuple(found)


def consent_of(known: Known) -> str:
    """This function will say in one word how those whom it is about stand to it: given, withdrawn, refused or not_asked."""
    answers = {one.answer for one in known.told}
    if not answers or answers == {"given"}:
        return "given" if answers else "not_asked"
    return next((one for one in ("withdrawn", "refused") if one in answers), "not_asked")


def _not_all_agreed(known: Known) -> bool:
    return consent_of(known) != "given"


def _has_refusal(known: Known) -> bool:
    return any(one.answer in ("refused", "withdrawn") for one in known.told)


def _names_harm(proposed: Proposed, known: Known) -> bool:
    return any(known.people.get(part) == "causing_harm" for part in (*proposed.named, *proposed.about))


def _says(text: str) -> bool:
    return any(character.isalnum() for character in text)


# ── Which grounds fit ────────────────────────────────────────────────────────────────────────────────────────────────


def fitting(law: Law, *, to: str, purpose: str, facts: Mapping[str, bool]) -> tuple[Fits, ...]:
    """This function will say of every ground, in the order of the file, whether it fits what is known. It chooses none.

    A fact that is not in `facts` is not known; a receiver or a purpose that is empty is not chosen yet.
    """
    return tuple(_fit(ground, to, purpose, facts) for ground in (*law.grounds, law.section_115))


def _fit(ground: Ground, to: str, purpose: str, facts: Mapping[str, bool]) -> Fits:
    wanted = ground.all or ground.any
    if not wanted:
        return Fits(ground, None, "The facts do not say: whoever shares must judge it.")
    each = {atom: _atom(atom, to, purpose, facts) for atom in wanted}
    yes, no = [atom for atom in wanted if each[atom]], [atom for atom in wanted if each[atom] is False]
    if ground.all:
        fits = False if no else True if len(yes) == len(wanted) else None
    else:
        fits = True if yes else False if len(no) == len(wanted) else None
    told = no if fits is False else yes if fits else [atom for atom in wanted if each[atom] is None]
    return Fits(ground, fits, _because(fits, told))


def _atom(atom: str, to: str, purpose: str, facts: Mapping[str, bool]) -> bool | None:
    kind, _, word = atom.partition(":")
    if word:
        chosen = purpose if kind == "purpose" else to
        return chosen == word if chosen else None
    return facts.get(atom)


def _because(fits: bool | None, atoms: Iterable[str]) -> str:
    words = list(dict.fromkeys(_WORDS.get(atom, _WORDS.get(atom.partition(":")[0], "")) for atom in atoms))
    said = "; ".join(words)
    if fits:
        return f"Fits: {said}."
    if fits is None:
        return f"Not known yet: {said}."
    return f"Does not fit; it would need: {said}."


_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "consent_given": "everybody whom it is about agreed",
        "consent_cannot_be_given": "they cannot agree",
        "law_requires_it": "a law or a court requires it",
        "immediate_danger": "somebody is in immediate danger",
        "child_at_risk": "a child is at risk",
        "adult_at_risk": "an adult is at risk",
        "nothing_special_in_it": "nothing of that kind is in it",
        "no_allegation_in_it": "no allegation is in it",
        "purpose": "the purpose is one of those that it serves",
        "to": "the receiver is one that it names",
    }
)


# ── The law's file ───────────────────────────────────────────────────────────────────────────────────────────────────


def law_at(day: date) -> Law:
    """This function will give what the law asks on a day; the first where none is in force yet."""
    every = laws()
    return next((one for one in reversed(every) if one.in_force_from <= day), every[0])


@cache
def laws() -> tuple[Law, ...]:
    """This function will read the law's file, once: the oldest first. It raises SharingFault."""
    return read_laws(sharing_file().read_text(encoding="utf-8"))


def read_laws(text: str) -> tuple[Law, ...]:
    """This function will read what a file of the law says. It raises SharingFault, with every fault."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise SharingFault(f"sharing.toml: {fault}") from None
    rows = said.get("law")
    if not isinstance(rows, list) or not rows:
        raise SharingFault("sharing.toml: it has no [[law]].")
    faults = [
        f"sharing.toml, law {number}: {fault}" for number, row in enumerate(rows, start=1) for fault in _faults(row)
    ]
    if faults:
        raise SharingFault("\n".join(faults))
    return tuple(sorted((_law(row) for row in rows), key=lambda one: one.in_force_from))


def _faults(row: Any) -> Iterator[str]:
    if not isinstance(row, dict) or not isinstance(row.get("ground", []), list):
        yield "it must be a table, with a [[law.ground]] for each ground."
        return
    if not isinstance(row.get("in_force_from"), date) or not isinstance(row.get("name"), str):
        yield "each [[law]] needs a name and the day in_force_from."
    tables = {name: row.get(name) for name in ("purposes", "without", "section_115")}
    for name, table in tables.items():
        if not isinstance(table, dict) or not table:
            yield f"[law.{name}] is missing."
    grounds = [one for one in row.get("ground", ()) if isinstance(one, dict)]
    purposes, reasons = tables["purposes"] or {}, tables["without"] or {}
    for one in (*grounds, {"head": "section_115", "id": "section_115", "title": "-", **(tables["section_115"] or {})}):
        where = f"ground {one.get('head')}/{one.get('id')}"
        if one.get("head") not in (*HEADS, "section_115"):
            yield f"{where}: head must be one of {', '.join(HEADS)}."
        yield from (f"{where}: it has no {name}." for name in ("id", "title", "cite", "means") if not one.get(name))
        for atom in (*one.get("all", ()), *one.get("any", ())):
            kind, _, word = str(atom).partition(":")
            if word and kind == "purpose" and word not in purposes:
                yield f"{where}: {word} is not one of the purposes."
            elif (word and kind not in ("purpose", "to")) or (not word and atom not in FACTS):
                yield f"{where}: {atom} is not a fact; use {', '.join(sorted(FACTS))}, purpose:ID or to:SERVICE."
        yield from (
            f"{where}: {word} is not one of [law.without]." for word in one.get("without", ()) if word not in reasons
        )
    for head in HEADS:
        ids = [one.get("id") for one in grounds if one.get("head") == head]
        if not ids:
            yield f"no ground has the head {head}."
        if len(set(ids)) != len(ids):
            yield f"two grounds under {head} have one id."


def _law(row: Mapping[str, Any]) -> Law:
    section = row["section_115"]
    return Law(
        name=row["name"],
        source=str(row.get("source", "")),
        in_force_from=row["in_force_from"],
        purposes=MappingProxyType(dict(row["purposes"])),
        without=MappingProxyType(dict(row["without"])),
        grounds=tuple(_ground(one) for one in row["ground"]),
        section_115=_ground(
            {**section, "head": "section_115", "id": "section_115", "title": "Crime and Disorder Act 1998, section 115"}
        ),
        section_115_to=frozenset(section.get("to", ())),
        tells_nothing=frozenset(row.get("tells_nothing", ())),
    )


def _ground(said: Mapping[str, Any]) -> Ground:
    return Ground(
        head=said["head"],
        id=str(said["id"]),
        title=str(said["title"]),
        cite=str(said["cite"]),
        means=str(said["means"]),
        all=tuple(said.get("all", ())),
        any=tuple(said.get("any", ())),
        without=tuple(said.get("without", ())),
        is_none=said.get("is_none") is True,
    )
