"""Puts on the record that another agency has made a risk assessment: as theirs, and as far as we were told of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from fanlight.casework import rulings
from fanlight.casework.actions.assessing import demand_assessor, too_long
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft, clean_text, says_something, write
from fanlight.casework.models import Assessment, Case, Staff
from fanlight.casework.queries.assessments import HOW_WE_KNOW
from fanlight.present import day_of

MOST_SCORED = 1000
MOST_TITLE = 80


def record_other_assessment(
    *,
    case: Case,
    agency: str,
    how: str,
    instrument: str = "",
    made_on: date | None = None,
    grade: str = "",
    score: int | None = None,
    note: str = "",
    at: datetime | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    duty: str = "",
    by: Staff,
    now: datetime,
) -> int:
    """This function will record another agency's assessment, and give the sequence of its entry.

    It is never presumed: `agency` says whose it is, and `how` we know that it was made (seen, agency, person). Its day, its
    instrument, its grade and its score are put down only as far as we were told; what we were not told is not known. Raises
    NotFound, Refused, Faulty, Conflict, Stopped.
    """
    with logged("record_other_assessment", case=case, by=by, now=now) as log:
        if duty:
            log.detail["duty"] = duty if rulings.is_duty(case.landlord_id, duty) else "another"
        ((locked, standing),) = log.lock(case)
        demand_assessor(locked, standing)
        texts = {name: clean_text(text) for name, text in (("agency", agency), ("note", note))}
        named = " ".join(clean_text(instrument).split())
        faults = dict(too_long(texts))
        if not says_something(agency):
            faults["agency"] = ("Say which agency made it: it is theirs.",)
        if how not in HOW_WE_KNOW:
            faults["how"] = ("Say how we know that it was made: it is never presumed.",)
        if made_on is not None and made_on > day_of(now):
            faults["made_on"] = ("That day is still to come.",)
        if grade and grade not in rulings.grades_of(locked.landlord_id):
            faults["grade"] = ("Choose one of the grades in the list.",)
        if score is not None and (type(score) is not int or not 0 <= score <= MOST_SCORED):
            faults["score"] = ("Enter a whole number, or leave it empty if we were not told.",)
        if len(named) > MOST_TITLE:
            faults["instrument"] = (f"Use {MOST_TITLE} characters or fewer.",)
        if faults:
            raise Faulty(faults)
        said: dict[str, Any] = {"how": how, "title": named, "score": score, "grade": grade, **texts}
        said["made_on"] = made_on.isoformat() if made_on else None
        draft = Draft(
            "assessment",
            {"by": "agency", "instrument": named, "grade_given": grade},
            {} if score is None or rulings.is_another_instrument(locked.landlord_id, named, now) else {"score": score},
            "\n\n".join(
                (f"Made by {texts['agency']}. {HOW_WE_KNOW[how]}.", *([texts["note"]] if texts["note"] else []))
            ),
            at=at,
        )
        sequence = write(
            locked,
            standing,
            [draft],
            expected_sequence=expected_sequence,
            overrides=overrides,
            log=log,
            by=by,
            now=now,
        )
        row = Assessment(landlord_id=locked.landlord_id, case=locked, sequence=sequence, made_by="agency")
        row.say(said)
        row.save(force_insert=True)
    return sequence
