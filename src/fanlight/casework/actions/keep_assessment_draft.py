"""Keeps what somebody has answered of a risk assessment so far, so that it is there when the power comes back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fanlight.casework import rulings
from fanlight.casework.actions.assessing import checked_answers, demand_assessor, instrument_of, stored, too_long
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import clean_text
from fanlight.casework.instruments import Answer
from fanlight.casework.models import AssessmentDraft, Case, Staff

TEXTS = ("reason", "note")


def keep_assessment_draft(
    *,
    case: Case,
    instrument: str,
    answers: Mapping[str, Answer | None],
    judgement: Mapping[str, Any] | None = None,
    duty: str = "",
    by: Staff,
    now: datetime,
) -> None:
    """This function will keep a draft of an assessment, sealed, for whoever makes it: one for each case and instrument.

    `answers` are laid over those that were kept before, None taking one back; so is `judgement` (judged_high, reason, incidents,
    note), as far as it is said. Nothing of it is on the record. Raises NotFound, Refused, Faulty.
    """
    with logged("keep_assessment_draft", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        chosen = instrument_of(locked, instrument, now)
        demand_assessor(locked, standing, chosen)
        given = {key: one for key, one in answers.items() if one is not None}
        found, faults = checked_answers(chosen, given, every=False)
        said = dict(judgement or {})
        texts = {name: clean_text(str(said[name] or "")) for name in TEXTS if name in said}
        faults |= dict(too_long(texts))
        if faults:
            raise Faulty(faults)
        draft = AssessmentDraft.objects.filter(case=locked, by=by, instrument=chosen.id).first()
        before = draft.said if draft else {"answers": {}}
        # What was answered under a version that is in force no more falls away with its item.
        kept = {key: one for key, one in before["answers"].items() if chosen.item(key) and key not in answers}
        now_said = {**before, **said, **texts, "answers": {**kept, **stored(found)}}
        if duty:
            now_said["duty"] = duty if rulings.is_duty(locked.landlord_id, duty) else ""
        if draft is None:
            draft = AssessmentDraft(landlord_id=locked.landlord_id, case=locked, by=by, instrument=chosen.id)
        draft.at = now
        draft.say(now_said)
        draft.save()
        log.detail |= {"instrument": chosen.id, "answered": len(now_said["answers"])}


def drop_assessment_draft(*, case: Case, instrument: str, by: Staff, now: datetime) -> None:
    """This function will throw away what somebody has begun themselves. Raises NotFound."""
    with logged("drop_assessment_draft", case=case, by=by, now=now) as log:
        ((locked, _),) = log.lock(case)
        AssessmentDraft.objects.filter(case=locked, by=by, instrument=instrument).delete()
