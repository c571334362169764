"""By which sections a safety plan is written down: dated forms, read from a file and checked, every fault at once; no database."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from fanlight.places import safety_plans_file

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_LONGEST_TITLE = 80


class PlanFormFaults(Exception):
    """The forms of safety plans cannot be used; `faults` says of each fault where it is, what is wrong, and how it is mended."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        """This function will take the faults, each as (where, what)."""
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{where}: {what}" for where, what in self.faults))


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a plan: its title, and for the officer what belongs in it."""

    id: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class PlanForm:
    """The sections of new plans from a day on."""

    id: str
    in_use_from: date
    sections: tuple[Section, ...]


@cache
def forms_of(landlord_id: str) -> tuple[PlanForm, ...]:
    """This function will give a landlord's forms, the earliest first. It raises PlanFormFaults where its file cannot be used."""
    file = safety_plans_file(landlord_id)
    where = f"{file.parent.name}/{file.name}"
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PlanFormFaults([(where, f"It cannot be read: {error}.")]) from error
    return read_forms(text, where)


def read_forms(text: str, where: str) -> tuple[PlanForm, ...]:
    """This function will read forms, the earliest first. It raises PlanFormFaults with every fault at once."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlanFormFaults([(where, f"It is not TOML: {error}.")]) from error
    if faults := [(where, fault) for fault in _faults(said)]:
        raise PlanFormFaults(faults)
    forms = [
        PlanForm(
            one["id"],
            one["in_use_from"],
            tuple(Section(part["id"], part["title"], part.get("hint", "")) for part in one["section"]),
        )
        for one in said["form"]
    ]
    return tuple(sorted(forms, key=lambda form: form.in_use_from))


def form_on(forms: Iterable[PlanForm], day: date) -> PlanForm | None:
    """This function will give the form for a plan that is made on a day, or None where none is in use yet."""
    return next((form for form in reversed(tuple(forms)) if form.in_use_from <= day), None)


def titles_of(forms: Iterable[PlanForm], form: str) -> Mapping[str, str]:
    """This function will give the titles of the sections of the form by which a plan was made; none where it is there no more."""
    return {section.id: section.title for one in forms if one.id == form for section in one.sections}


def _faults(said: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key} is not known here: write [[form]]." for key in said if key != "form")
    forms = said.get("form")
    if not isinstance(forms, list) or not forms:
        yield "It holds no form: write [[form]] with an id, a day and sections."
        return
    ids: set[str] = set()
    days: set[date] = set()
    for number, form in enumerate(forms, 1):
        name = form.get("id") if isinstance(form, dict) else None
        place = f"form {name}" if isinstance(name, str) and name else f"form {number}"
        if not isinstance(form, dict):
            yield f"{place} is no table: write [[form]]."
            continue
        yield from _faults_of_form(form, place, ids, days)


def _faults_of_form(form: Mapping[str, Any], place: str, ids: set[str], days: set[date]) -> Iterator[str]:
    name, day = form.get("id"), form.get("in_use_from")
    yield from (f"{place}: {key} is not known here." for key in form if key not in ("id", "in_use_from", "section"))
    if not isinstance(name, str) or not _ID.fullmatch(name):
        yield f"{place}: its id must be of small letters and figures."
    elif name in ids:
        yield f"{place}: another form has the same id."
    if not isinstance(day, date) or isinstance(day, datetime):
        yield f"{place}: in_use_from must be a day, such as 2026-11-22."
    elif day in days:
        yield f"{place}: another form is in use from the same day."
    ids.add(str(name))
    if isinstance(day, date):
        days.add(day)
    sections = form.get("section")
    if not isinstance(sections, list) or not sections:
        yield f"{place}: it has no sections: write [[form.section]]."
        return
    known: set[str] = set()
    for number, section in enumerate(sections, 1):
        yield from _faults_of_section(section, f"{place}, section {number}", known)


def _faults_of_section(section: object, place: str, known: set[str]) -> Iterator[str]:
    if not isinstance(section, dict):
        yield f"{place} is no table: write [[form.section]]."
        return
    name, title = section.get("id"), section.get("title")
    yield from (f"{place}: {key} is not known here." for key in section if key not in ("id", "title", "hint"))
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        yield f"{place}: its id must be of small letters."
    elif name in known:
        yield f"{place}: another section has the id {name}."
    known.add(str(name))
    if not isinstance(title, str) or not title.strip() or len(title) > _LONGEST_TITLE:
        yield f"{place}: its title must have 1 to {_LONGEST_TITLE} characters."
    if not isinstance(section.get("hint", ""), str):
        yield f"{place}: its hint must be text."


def forget() -> None:
    """This function will make the next question read every file again."""
    forms_of.cache_clear()


def file_faults(landlord_ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """This function will give every fault in the forms of some landlords, each told once."""
    found: dict[tuple[str, str], None] = {}
    for landlord in landlord_ids:
        try:
            forms_of(landlord)
        except PlanFormFaults as faults:
            found |= dict.fromkeys(faults.faults)
    return tuple(found)
