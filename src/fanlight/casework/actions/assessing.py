"""What the actions of risk assessments share: which instrument it is, who may complete it, and what a draft holds. No verb."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from fanlight.casework.access import Refused, Standing
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import clean_text
from fanlight.casework.instruments import SAID, Answer, Instrument
from fanlight.casework.models import Case
from fanlight.casework.queries.assessments import offered

MOST = 4000
MOST_NOTE = 1000
MOST_INCIDENTS = 1000


def instrument_of(case: Case, name: str, now: datetime) -> Instrument:
    """This function will give the instrument of an id, as it is in force. It raises Faulty where the landlord does not use it."""
    found = offered(case.landlord_id, now).get(name)
    if found is None:
        raise Faulty({"instrument": ("Choose one of the instruments that are used here.",)})
    return found


def demand_assessor(case: Case, standing: Standing, instrument: Instrument | None = None) -> None:
    """This function will raise Refused for somebody who may not record an assessment in the case, or not by this instrument."""
    if why_not := standing.why_not_record("assessment"):
        raise Refused(why_not)
    if case.status == "joined":
        raise Refused("This case was joined to another: record it there.")
    if case.status == "closed":
        raise Refused("This case is closed. Open it again first.")
    if instrument and instrument.roles and not {role.role for role in standing.roles} & {*instrument.roles}:
        raise Refused("Your role may not complete this instrument.")


def checked_answers(
    instrument: Instrument, answers: Mapping[str, Answer], *, every: bool
) -> tuple[dict[str, Answer], dict[str, tuple[str, ...]]]:
    """This function will give the answers in the order of the instrument, and what is wrong with them, by field.

    With `every`, each item must have been answered: "don't know" is an answer, and silence is none.
    """
    faults: dict[str, tuple[str, ...]] = {}
    for key in answers:
        if instrument.item(key) is None:
            faults["answers"] = ("There is no such item.",)
    found: dict[str, Answer] = {}
    for item in instrument.items:
        given = answers.get(item.key)
        if given is None:
            if every:
                faults[f"item-{item.key}"] = (f"Answer this: {item.topic}",)
            continue
        source, note = given.source or instrument.first_source, clean_text(given.note)
        if given.said not in SAID:
            faults[f"item-{item.key}"] = ("Answer yes, no or don't know.",)
        elif source not in instrument.sources:
            faults[f"item-{item.key}"] = ("Say who said so: choose one of the list.",)
        elif len(note) > MOST_NOTE:
            faults[f"item-{item.key}"] = (f"Use {MOST_NOTE} characters or fewer.",)
        else:
            found[item.key] = Answer(given.said, source, note)
    return found, faults


def stored(answers: Mapping[str, Answer]) -> dict[str, list[str]]:
    """This function will give answers as they are stored."""
    return {key: [one.said, one.source, one.note] for key, one in answers.items()}


def too_long(texts: Mapping[str, str]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """This function will say which texts are too long."""
    return ((name, (f"Use {MOST} characters or fewer.",)) for name, text in texts.items() if len(text) > MOST)


def as_incidents(given: Any) -> int | None:
    """This function will give a number of incidents, None where it is not known. It raises Faulty for anything else."""
    if given is None or given == "":
        return None
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= MOST_INCIDENTS:
        raise Faulty({"incidents": ("Enter a whole number, or leave it empty if nobody knows.",)})
    return given
