"""Puts a risk assessment of our own on the record: every answer, what they come to, and the assessor's judgement."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from fanlight.casework import rulings
from fanlight.casework.actions.assessing import (
    as_incidents,
    checked_answers,
    demand_assessor,
    instrument_of,
    stored,
    too_long,
)
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft, clean_text, says_something, write
from fanlight.casework.instruments import Answer, Finding, Instrument, find
from fanlight.casework.models import Assessment, Case, Staff


def complete_assessment(
    *,
    case: Case,
    instrument: str,
    answers: Mapping[str, Answer],
    judged_high: bool | None,
    reason: str,
    incidents: int | None = None,
    note: str = "",
    at: datetime | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    duty: str = "",
    by: Staff,
    now: datetime,
) -> int:
    """This function will complete an assessment by one of the landlord's instruments, and give the sequence of its entry.

    Every item is answered yes, no or don't know. `judged_high` is the assessor's own judgement, with a `reason` either way: it
    raises what the answers come to and never lowers it. `incidents` are those reported to the police, where the instrument asks,
    None if nobody knows. `at` is when it was made (None: now). The draft that they kept goes in the same moment. It supersedes
    what came before, which stays as it was. Raises NotFound, Refused, Faulty, Conflict, Stopped.
    """
    with logged("complete_assessment", case=case, by=by, now=now) as log:
        if duty:
            log.detail["duty"] = duty if rulings.is_duty(case.landlord_id, duty) else "another"
        ((locked, standing),) = log.lock(case)
        chosen = instrument_of(locked, instrument, now)
        demand_assessor(locked, standing, chosen)
        log.detail |= {"instrument": chosen.id, "version": chosen.version}
        found, faults = checked_answers(chosen, answers, every=True)
        texts = {"reason": clean_text(reason), "note": clean_text(note)}
        faults |= dict(too_long(texts))
        if not isinstance(judged_high, bool):
            faults["judged_high"] = ("Say whether in your judgement the risk is high.",)
        if not says_something(reason):
            faults["reason"] = ("Give the reason for your judgement, whichever way it is.",)
        if faults:
            raise Faulty(faults)
        counted = as_incidents(incidents) if chosen.escalation else None
        finding = find(chosen, found, judged_high=bool(judged_high), incidents=counted, area=locked.area)
        stated = rulings.stated_by(
            locked.landlord_id, chosen, found, finding, judged_high=judged_high, at=now if at is None else at
        )
        draft = Draft(
            "assessment",
            stated.fields,
            stated.facts,
            "\n\n".join(text for text in (*texts.values(), stated.beside) if text),
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
        row = Assessment(landlord_id=locked.landlord_id, case=locked, sequence=sequence, made_by="us")
        row.instrument, row.version = chosen.id, chosen.version
        row.say(_as_it_was(chosen, found, finding, judged_high, counted, texts))
        # In the same journey as the entry, and as the draft's end.
        log.batch.insert(Assessment, [{name: getattr(row, name) for name in _COLUMNS}])
        log.batch.add(_END_DRAFT, [locked.pk, by.pk, chosen.id])
    return sequence


_COLUMNS = ("landlord_id", "case_id", "sequence", "made_by", "instrument", "version", "mark", "sealed_said")
_END_DRAFT = "delete from casework_assessmentdraft where case_id = %s and by_id = %s and instrument = %s"


def _as_it_was(
    chosen: Instrument,
    answers: Mapping[str, Answer],
    finding: Finding,
    judged_high: bool | None,
    incidents: int | None,
    texts: Mapping[str, str],
) -> dict[str, Any]:
    """Everything by which the assessment can be read for as long as the case is kept, whatever becomes of the instrument's file.

    The questions are not among it: they are the landlord's to show for as long as it may. The topics of an instrument that it has
    no wording of are ours.
    """
    return {
        "title": chosen.title,
        "bands": [[band.grade, band.at_least] for band in chosen.bands],
        "most": chosen.most,
        "items": [
            {"key": item.key, "topic": "" if item.is_question else item.topic, "group": item.group, "score": item.score}
            for item in chosen.items
        ],
        "answers": stored(answers),
        "sources": dict(chosen.sources),
        "score": finding.score,
        "by_score": finding.by_score,
        "grade": finding.grade,
        "means": chosen.means(finding.grade),
        "decided": [item.key for item in finding.decided],
        "weighing": [item.key for item in finding.weighing],
        "escalates": finding.escalates,
        "incidents": incidents,
        "judged_high": judged_high,
        "raised": finding.raised,
        **texts,
    }
