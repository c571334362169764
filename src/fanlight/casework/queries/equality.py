"""Equality data: what may be asked, and what somebody said, for whoever may record it and for nothing else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from fanlight.casework.access import demand
from fanlight.casework.models import Equality, Staff
from fanlight.casework.queries.register import person_to_change

NOT_SAID = "prefer_not_to_say"
_SAID_BY_NOBODY = {NOT_SAID: "Prefer not to say"}


@dataclass(frozen=True, slots=True)
class Question:
    """Something that may be asked for monitoring; nobody has to answer."""

    ask: str
    words: Mapping[str, str]


def _question(ask: str, **words: str) -> Question:
    return Question(ask, MappingProxyType({**words, **_SAID_BY_NOBODY}))


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "sex": _question("What is your sex?", female="Female", male="Male"),
        "gender": _question("Is your gender the same as the sex registered at your birth?", same="Yes", other="No"),
        "ethnicity": _question(
            "What is your ethnic group?",
            asian="Asian or Asian British",
            black="Black, Black British, Caribbean or African",
            mixed="Mixed or multiple ethnic groups",
            white="White British, Irish or other White",
            traveller="Gypsy, Roma or Traveller",
            other="Another ethnic group",
        ),
        "disability": _question("Do you have a disability or a long-term condition?", yes="Yes", no="No"),
        "religion": _question(
            "What is your religion or belief?",
            none="None",
            buddhist="Buddhist",
            christian="Christian",
            hindu="Hindu",
            jewish="Jewish",
            muslim="Muslim",
            sikh="Sikh",
            other="Another religion or belief",
        ),
        "orientation": _question(
            "What is your sexual orientation?",
            straight="Straight or heterosexual",
            gay_or_lesbian="Gay or lesbian",
            bisexual="Bisexual",
            other="Another orientation",
        ),
        "marriage": _question(
            "Are you married or in a civil partnership?",
            yes="Yes",
            no="No",
            separated="Separated, and still married or in one",
        ),
        "pregnancy": _question("Are you pregnant, or have you had a baby in the last year?", yes="Yes", no="No"),
    }
)


@dataclass(frozen=True, slots=True)
class EqualityPage:
    """What somebody has said, by question; nothing where nobody has asked."""

    person_id: int
    name: str
    answers: Mapping[str, str]
    at: datetime | None


def equality_of(viewer: Staff, number: int, *, now: datetime) -> EqualityPage:
    """This function will give what somebody said for monitoring. It raises Refused; NotFound."""
    demand(viewer, "equality:record")
    person = person_to_change(viewer, number, now=now)
    row = Equality.objects.filter(person=person).first()
    answers: dict[str, str] = {}
    if row is not None:
        row.person = person
        answers = json.loads(row.answers_text) if row.sealed_answers else {}
    return EqualityPage(person.pk, person.details.name, answers, row.at if row else None)
