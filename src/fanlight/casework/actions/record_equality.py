"""Records what somebody was willing to say of themselves for monitoring, and takes it back where they ask."""

import json
from collections.abc import Mapping
from datetime import datetime

from fanlight.casework.access import demand
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import Equality, Staff
from fanlight.casework.queries.equality import QUESTIONS
from fanlight.casework.queries.register import person_to_change


def record_equality(*, number: int, answers: Mapping[str, str], by: Staff, now: datetime) -> None:
    """This function will keep the answers in the place of those before; one that is empty is not kept, and the log says none.

    Raises Refused, NotFound, Faulty.
    """
    with logged("record_equality", by=by, now=now) as log:
        log.detail["person"] = number
        demand(by, "equality:record")
        person = person_to_change(by, number, now=now)
        if faults := _faults(answers):
            raise Faulty(faults)
        said = {question: answer for question, answer in answers.items() if answer}
        log.head()
        row = Equality.objects.filter(person=person).first()
        if row is None and not said:
            return
        row = row or Equality(landlord_id=person.landlord_id, person=person)
        row.person, row.by, row.at = person, by, now
        row.answers_text = json.dumps(said) if said else ""
        row.save()


def _faults(answers: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for question, answer in answers.items():
        if question not in QUESTIONS:
            found[question] = ("This is not asked for here.",)
        elif answer and answer not in QUESTIONS[question].words:
            found[question] = (f"It must be one of: {', '.join(QUESTIONS[question].words)}.",)
    return found
