"""Risk assessments in the demo: the answers of an assessment of some score, another agency's, and one that is not complete."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from fanlight.casework import access
from fanlight.casework.actions.complete_assessment import complete_assessment
from fanlight.casework.actions.keep_assessment_draft import keep_assessment_draft
from fanlight.casework.actions.record_other_assessment import record_other_assessment
from fanlight.casework.demo import prose
from fanlight.casework.demo.telling import Step, Telling
from fanlight.casework.instruments import Answer, Instrument
from fanlight.casework.models import Case, Staff
from fanlight.casework.queries.assessments import offered
from fanlight.present import day_of


def assess(telling: Telling, by: str, note: str, *, score: int, flags: Collection[str], judged_high: bool) -> None:
    """This function will tell of a risk assessment with the first of the landlord's instruments, of about so high a score."""
    chance = Random(f"{telling.chance.random()} risk")
    reason = chance.choice(prose.JUDGED_HIGH if judged_high else prose.NOT_JUDGED_HIGH)
    incidents = chance.choice((None, 0, 1, 1, 2, 3 if judged_high else 1))

    def act(now: datetime) -> None:
        instrument = next(iter(offered(telling.case.landlord_id, now).values()))
        complete_assessment(
            case=telling.case,
            instrument=instrument.id,
            answers=answers_of(chance, instrument, flags, score),
            judged_high=judged_high,
            reason=reason,
            incidents=incidents,
            note=note,
            by=telling.staff[by],
            now=now,
        )

    telling.step(act)


def answers_of(chance: Random, instrument: Instrument, flags: Collection[str], score: int) -> dict[str, Answer]:
    """This function will answer every item, so that yes is said to the flags and to as many others as the score needs."""
    yes = {item.key for item in instrument.items if item.states in flags and item.states}
    others = [item for item in instrument.items if not item.decides and item.key not in yes]
    chance.shuffle(others)
    for item in others:
        if sum(one.score for one in instrument.items if one.key in yes) >= score:
            break
        yes.add(item.key)
    unknown = {item.key for item in others[-2:] if item.key not in yes and chance.random() < 0.4}
    sources = list(instrument.sources)
    return {
        item.key: Answer("yes", sources[0] if chance.random() < 0.85 else chance.choice(sources))
        if item.key in yes
        else Answer("unknown" if item.key in unknown else "no")
        for item in instrument.items
    }


AGENCIES = (
    ("The police", "agency", "medium", "They rang with the result. We have not seen the form."),
    ("The hospital's independent adviser", "seen", "high", "A copy came by secure e-mail."),
)


def risk(staff: Mapping[str, Staff], tellings: Sequence[Telling], now: datetime) -> list[Step]:
    """This function will give what was told of others' assessments in the hours before now, and one that an officer has begun."""
    recent = [
        one for one in tellings if one.steps and now - timedelta(days=40) < one.steps[0].at < now - timedelta(days=2)
    ]

    def act(at: datetime) -> None:
        left = list(reversed(AGENCIES))
        begun = False
        for telling in recent:
            case = Case.objects.get(pk=telling.case.pk)
            if case.status != "open" or case.lead is None:
                continue
            if access.standing_of(case.lead, case, now=at).why_not_record("assessment"):
                continue
            instrument = next(iter(offered(case.landlord_id, at).values()), None)
            if not begun and instrument is not None:
                first = answers_of(Random(f"{case.pk} begun"), instrument, (), 3)
                some = dict(list(first.items())[:9])
                keep_assessment_draft(case=case, instrument=instrument.id, answers=some, by=case.lead, now=at)
                begun = True
            elif left:
                agency, how, grade, note = left.pop()
                record_other_assessment(
                    case=case,
                    agency=agency,
                    how=how,
                    grade=grade,
                    made_on=day_of(at - timedelta(days=3)),
                    note=note,
                    by=case.lead,
                    now=at,
                )

    return [Step(now - timedelta(hours=7), act)]
