"""The criteria of the MARAC as they are proposed for a case, and how its people stand there, by every case of the same two that is seen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from fanlight.casework import rulings
from fanlight.casework.landlords import settings_of
from fanlight.casework.marac import Criterion, Happened, Reason, Standing, criteria, standing
from fanlight.casework.models import Case, Part, Staff
from fanlight.casework.queries.marac import PAIR, happened_elsewhere, happened_in, of_the_same_two, standing_of
from fanlight.casework.queries.person_in_case import parts_elsewhere
from fanlight.casework.queries.words import reason_in_words
from fanlight.casework.referring import MARAC
from fanlight.casework.rulings import Told
from fanlight.present import day_of


def referred_before(case: Case, told: Sequence[Told], viewer: Staff, now: datetime) -> Standing | None:
    """This function will say how the people of a case stand: by its story, and by those of other cases of the same two, as the viewer sees them."""
    return standing_of(told, _elsewhere(case, viewer, now), now)


def _elsewhere(case: Case, viewer: Staff, now: datetime) -> list[Happened]:
    """What bears on it in the other cases in which the same person is at risk from the same person."""
    pairs = Part.objects.filter(case=case, part__in=PAIR, person__isnull=False).values_list("part", "person_id")
    people = {part: [person for one, person in pairs if one == part] for part in PAIR}
    if not all(people.values()):
        return []
    theirs = ((part, parts_elsewhere(viewer, case, people[part], now=now)) for part in PAIR)
    same_two = of_the_same_two(
        (part, other, reference) for part, found in theirs for _, reference, other, _, _ in found
    )
    return happened_elsewhere(case.landlord_id, same_two, now)


def criteria_of(case: Case, told: Sequence[Told], viewer: Staff, now: datetime) -> tuple[Criterion, ...]:
    """This function will propose the criteria of a referral, each with why, from what the case knows and what the landlord's policy makes of it."""
    landlord = case.landlord_id
    facts = rulings.rule_on(landlord, rulings.story_of(landlord, told), now).facts
    asked = rulings.asked_for(landlord, MARAC, facts, now)
    judged = facts.get("judged_high")
    happened = [*happened_in(told, now), *_elsewhere(case, viewer, now)]
    reasons = (
        [Reason(fact, reason_in_words(landlord, text).rstrip(".")) for fact, text in asked.because] if asked else []
    )
    score = facts.get("score")
    reasons = [
        replace(one, words=f"{one.words} (it was {score:g})")
        if one.fact == "score" and isinstance(score, int | float)
        else one
        for one in reasons
    ]
    return criteria(
        is_high=asked.is_asked if asked else facts.get("grade") == "high",
        reasons=reasons,
        judged_high=judged if isinstance(judged, bool) else None,
        assessed="grade" in facts or "score" in facts,
        police=[one for one in happened if one.what == "police"],
        enough=settings_of(landlord).marac.incidents_to_police(case.area),
        stands=standing(happened, day_of(now)),
        today=day_of(now),
    )
