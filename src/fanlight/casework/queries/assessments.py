"""The risk assessments of a case: those that were made, by us and by others, how they went, and the form of the next one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from fanlight.casework import rulings
from fanlight.casework.access import NotFound, Refused, Standing, find_case
from fanlight.casework.instruments import (
    SAID,
    Answer,
    Doubt,
    Finding,
    Instrument,
    doubt,
    find,
    instruments_at,
    instruments_of,
)
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Assessment, AssessmentDraft, Case, Staff, names_of
from fanlight.casework.queries.case_page import may_in
from fanlight.casework.queries.duty_lines import duty_line, soonest_first
from fanlight.casework.queries.lines import AdviceLine, DutyLine, StoryLine
from fanlight.casework.queries.reading_lines import advice_lines
from fanlight.casework.queries.story import Written, story_lines, written
from fanlight.casework.rulings import Entry, Faults
from fanlight.present import day_of

HOW_WE_KNOW: Mapping[str, str] = MappingProxyType(
    {
        "seen": "We have seen it, or a copy of it",
        "agency": "The agency told us that it was made",
        "person": "The person at risk told us that it was made",
    }
)
"""How we know that another agency has made an assessment."""
CHANGES = ("report", "incident", "risk_changed")
"""What may make an assessment out of date, whatever the policy says of renewing it."""


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """An assessment on the record. `score` and `grade` are None and empty where they are not known.

    `score` and `grade` are the instrument's own; `means` is the grade in the words of the policy, empty where it is the same word.
    `is_ours` tells ours from another agency's (`agency`). `stands` is said of the last of ours that was not struck out: the
    others are superseded. `most` and `bands` are those of the instrument as it was then; `series` names what may be compared.
    """

    sequence: int
    is_ours: bool
    agency: str
    title: str
    version: str
    series: str
    at: datetime
    made_on: date | None
    by: str
    score: int | None
    most: int
    bands: tuple[tuple[str, int], ...]
    grade: str
    means: str
    decided: tuple[str, ...]
    judged_high: bool | None
    raised: bool
    stands: bool
    is_struck: bool
    is_whole: bool
    """Whether more is kept of it than its entry says; not so of what was recorded before it was kept."""


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """An instrument to begin, or to go on with: `begun_at` says since when a draft of the viewer's lies there.

    `asks` are its items by key, each with its topic in our words (`own_words`) or the question, for which `acknowledgement` is
    owed; `sources` are the words for who gave an answer.
    """

    id: str
    title: str
    version: str
    completed_by: str
    asks: tuple[tuple[str, str], ...]
    own_words: bool
    acknowledgement: str
    sources: tuple[tuple[str, str], ...]
    why_not: str
    begun_at: datetime | None
    answered: int


@dataclass(frozen=True, slots=True)
class BegunLine:
    """A draft of somebody else: who has begun, and when they were last at it."""

    by: str
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AssessmentsOfCase:
    """The assessments of a case, newest first, and whether the last one still holds.

    `since` is what came after it that may have changed the risk; `owed` are the duties of the policy that an assessment would
    meet. `policy_renews` says that the policy asks for a new one upon what may have changed.
    """

    reference: str
    grade: str
    lines: tuple[AssessmentLine, ...]
    since: tuple[StoryLine, ...]
    owed: tuple[DutyLine, ...]
    policy_renews: bool
    instruments: tuple[InstrumentLine, ...]
    begun: tuple[BegunLine, ...]
    may_make: bool
    duty: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer of an assessment that was made."""

    key: str
    group: str
    topic: str
    is_question: bool
    said: str
    said_title: str
    score: int
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """One assessment, as it was made. Of another agency's there are no answers: `how` says how we know of it."""

    reference: str
    line: AssessmentLine
    answers: tuple[AnswerLine, ...]
    own_words: bool
    acknowledgement: str
    by_score: str
    incidents: int | None
    asks_incidents: bool
    escalates: bool | None
    says_escalation: str
    reason: str
    note: str
    how: str
    later: int | None


@dataclass(frozen=True, slots=True)
class AssessmentForm:
    """The form of an assessment: its instrument, what was answered so far, and what is known beside.

    `said` are the words of the judgement that were kept. `last_sequence` goes into the form as `expected_sequence`.
    """

    reference: str
    instrument: Instrument
    answers: Mapping[str, Answer]
    said: Mapping[str, Any]
    begun_at: datetime | None
    duty: str
    last_sequence: int

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the items that nobody has answered, from 1."""
        items = enumerate(self.instrument.items, 1)
        return tuple(number for number, item in items if item.key not in self.answers)


@dataclass(frozen=True, slots=True)
class Check:
    """What the answers come to before they are put on the record; `grade` is what the policy would rule, None where it cannot tell."""

    finding: Finding
    grade: str | None
    doubt: Doubt


def offered(landlord_id: str, now: datetime) -> Mapping[str, Instrument]:
    """This function will give the instruments that a landlord uses, by id: those of its own choice, or the one that its policy names."""
    named = rulings.policy_in_force(landlord_id, now).instrument
    chosen = settings_of(landlord_id).instruments or ((named,) if named else ())
    there = instruments_at(landlord_id, day_of(now))
    return {name: there[name] for name in chosen if name in there}


def assessments_of_case(viewer: Staff, reference: str, *, duty: str = "", now: datetime) -> AssessmentsOfCase:
    """This function will give the risk assessments of a case. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    landlord, rows = case.landlord_id, written(case)
    story = story_lines(landlord, rows, now)
    lines = _lines(case, rows, story)
    ruling = rulings.rule_on(landlord, rulings.story_of(landlord, [row.told for row in rows]), now)
    may = may_in(case, standing)
    met = [one for one in ruling.duties if any(pattern.kind == "assessment" for pattern in one.row.met_by)]
    may_make = "assessment" in may.record
    drafts = list(AssessmentDraft.objects.filter(case=case).order_by("-at"))
    names, there = names_of(one.by_id for one in drafts), offered(landlord, now)
    titles = {one.id: one.title for one in instruments_at(landlord, day_of(now)).values()}
    return AssessmentsOfCase(
        reference=case.reference,
        grade=case.grade,
        lines=lines,
        since=_since(lines, story),
        owed=soonest_first([duty_line(landlord, one, record=may.record) for one in met if one.is_owed]),
        policy_renews=_policy_renews(landlord, now),
        instruments=tuple(_instrument_line(one, standing, drafts, viewer) for one in there.values())
        if may_make
        else (),
        begun=tuple(
            BegunLine(names[one.by_id], titles.get(one.instrument, one.instrument), one.at)
            for one in drafts
            if one.by_id != viewer.pk
        ),
        may_make=may_make,
        duty=duty if rulings.is_duty(landlord, duty) else "",
    )


def assessment_page(viewer: Staff, reference: str, sequence: int, *, now: datetime) -> AssessmentPage:
    """This function will give one assessment as it was made. Raises NotFound."""
    case, _ = find_case(viewer, reference, now=now)
    row = Assessment.objects.filter(case=case, sequence=sequence).first()
    if row is None:
        raise NotFound
    rows = written(case)
    lines = _lines(case, rows, story_lines(case.landlord_id, rows, now))
    line = next(one for one in lines if one.sequence == sequence)
    said = row.said
    shown = next((one for one in _versions(case, row) if one.version == row.version), None)
    later = [one.sequence for one in lines if one.is_ours and not one.is_struck and one.sequence > sequence]
    return AssessmentPage(
        reference=case.reference,
        line=line,
        answers=_answers(said, shown) if row.made_by == "us" else (),
        own_words=shown.own_words if shown else True,
        acknowledgement=shown.acknowledgement if shown else "",
        by_score=said.get("by_score", ""),
        incidents=said.get("incidents"),
        asks_incidents=row.made_by == "us" and bool(shown and shown.escalation),
        escalates=said.get("escalates"),
        says_escalation=shown.escalation.says if shown and shown.escalation else "",
        reason=said.get("reason", ""),
        note=said.get("note", ""),
        how=HOW_WE_KNOW.get(said.get("how", ""), ""),
        later=min(later) if later and line.is_ours else None,
    )


def assessment_form(viewer: Staff, reference: str, name: str, *, duty: str = "", now: datetime) -> AssessmentForm:
    """This function will give the form of an assessment by an instrument. Raises NotFound; Refused for who may not complete it."""
    case, standing = find_case(viewer, reference, now=now)
    instrument = offered(case.landlord_id, now).get(name)
    if instrument is None:
        raise NotFound
    if why_not := _why_not(case, standing, instrument):
        raise Refused(why_not)
    draft = AssessmentDraft.objects.filter(case=case, by=viewer, instrument=name).first()
    said = draft.said if draft else {"answers": {}}
    kept = said.get("duty", "")
    return AssessmentForm(
        reference=case.reference,
        instrument=instrument,
        answers={key: Answer(*one) for key, one in said["answers"].items() if instrument.item(key)},
        said=said,
        begun_at=draft.at if draft else None,
        duty=duty if duty and rulings.is_duty(case.landlord_id, duty) else kept,
        last_sequence=case.last_sequence,
    )


def advice_before(viewer: Staff, reference: str, *, now: datetime) -> tuple[AdviceLine, ...]:
    """This function will give what the policy says to somebody about to make an assessment. Raises NotFound."""
    case, _ = find_case(viewer, reference, now=now)
    story = rulings.story_of(case.landlord_id, rulings.told(case))
    return advice_lines(rulings.advice_for(case.landlord_id, story, "assessment", now))


def check_answers(viewer: Staff, form: AssessmentForm, *, now: datetime) -> Check:
    """This function will say what the answers so far come to, and which of those that are not known would decide the grade.

    The grade is what the landlord's policy would rule of the case with this assessment in it: where the policy has grades of its
    own, they go before the instrument's. An answer is in doubt that would change either of the two. Nothing is recorded.
    """
    case, _ = find_case(viewer, form.reference, now=now)
    story = rulings.story_of(case.landlord_id, rulings.told(case))
    grade_of = _grade_of(case, form, story, now)

    def comes_to(answers: Mapping[str, Answer]) -> tuple[str, str | None]:
        return _found(case, form, answers).grade, grade_of(answers)

    return Check(
        _found(case, form, form.answers), grade_of(form.answers), doubt(form.instrument, form.answers, comes_to)
    )


def other_form(viewer: Staff, reference: str, *, now: datetime) -> tuple[tuple[str, ...], int]:
    """This function will give the grades that another agency may have given, and the last entry. Raises NotFound; Refused."""
    case, standing = find_case(viewer, reference, now=now)
    if why_not := _why_not(case, standing):
        raise Refused(why_not)
    return tuple(sorted(rulings.grades_of(case.landlord_id))), case.last_sequence


def _found(case: Case, form: AssessmentForm, answers: Mapping[str, Answer]) -> Finding:
    return find(form.instrument, answers, incidents=form.said.get("incidents"), area=case.area)


def _grade_of(
    case: Case, form: AssessmentForm, story: Sequence[Entry], now: datetime
) -> Callable[[Mapping[str, Answer]], str | None]:
    instrument, landlord = form.instrument, case.landlord_id

    def grade_of(answers: Mapping[str, Answer]) -> str | None:
        found = _found(case, form, answers)
        at = rulings.no_earlier(story, now)
        stated = rulings.stated_by(landlord, instrument, answers, found, judged_high=False, at=at)
        try:
            entry = rulings.proposed(
                landlord,
                sequence=case.last_sequence + 1,
                kind="assessment",
                at=at,
                of_sequence=None,
                fields=stated.fields,
                facts=stated.facts,
            )
        except Faults:
            return instrument.means(found.grade)
        grade = rulings.rule_on(landlord, (*story, entry), now).facts.get("grade")
        return None if grade is None else str(grade)

    return grade_of


def _why_not(case: Case, standing: Standing, instrument: Instrument | None = None) -> str:
    if "assessment" not in may_in(case, standing).record:
        return standing.why_not_record("assessment") or "This case does not take that now."
    if instrument and instrument.roles and not {role.role for role in standing.roles} & {*instrument.roles}:
        return "Your role may not complete this instrument."
    return ""


def _instrument_line(
    one: Instrument, standing: Standing, drafts: Sequence[AssessmentDraft], viewer: Staff
) -> InstrumentLine:
    own = next((draft for draft in drafts if draft.by_id == viewer.pk and draft.instrument == one.id), None)
    may = not one.roles or bool({role.role for role in standing.roles} & {*one.roles})
    return InstrumentLine(
        id=one.id,
        title=one.title,
        version=one.version,
        completed_by=one.completed_by,
        asks=tuple((item.key, item.topic) for item in one.items),
        own_words=one.own_words,
        acknowledgement=one.acknowledgement,
        sources=tuple(one.sources.items()),
        why_not="" if may else "Your role may not complete this instrument.",
        begun_at=own.at if own else None,
        answered=len(own.said["answers"]) if own else 0,
    )


def _lines(case: Case, rows: Sequence[Written], story: Sequence[StoryLine]) -> tuple[AssessmentLine, ...]:
    """Every assessment, newest first: what its row says, or, where it was recorded before there were rows, what its entry says."""
    own = {one.sequence: one for one in Assessment.objects.filter(case=case)}
    by_sequence = {row.told.sequence: row for row in rows}
    made = sorted((one for one in story if one.kind == "assessment"), key=lambda one: (one.at, one.sequence))
    ours = [one.sequence for one in made if one.struck_by is None and _is_ours(by_sequence[one.sequence])]
    last = ours[-1] if ours else None
    return tuple(_line(one, by_sequence[one.sequence], own.get(one.sequence), last) for one in reversed(made))


def _is_ours(row: Written) -> bool:
    return row.told.payload["fields"].get("by") != "agency"


def _line(one: StoryLine, row: Written, kept: Assessment | None, last: int | None) -> AssessmentLine:
    fields, facts = row.told.payload["fields"], row.told.payload["facts"]
    said = kept.said if kept else {}
    topics = {item["key"]: item["topic"] or item["key"].replace("_", " ") for item in said.get("items", ())}
    made_on = said.get("made_on")
    # The engine's word for an assessment that gave no grade is nobody's answer.
    stated = "" if (stated := fields.get("grade_given") or facts.get("grade_given", "")) == "none" else stated
    # What the policies read may be put otherwise than the instrument puts it: the assessment keeps what it was.
    grade = said.get("grade") or stated
    return AssessmentLine(
        sequence=one.sequence,
        is_ours=_is_ours(row),
        agency=said.get("agency", ""),
        title=said.get("title", "") or fields.get("instrument", ""),
        version=kept.version if kept else "",
        series=kept.instrument if kept and kept.made_by == "us" else "",
        at=one.at,
        made_on=date.fromisoformat(made_on) if made_on else None,
        by=one.by,
        score=said.get("score", facts.get("score")),
        most=said.get("most", 0),
        bands=tuple((grade, at_least) for grade, at_least in said.get("bands", ())),
        grade=grade,
        means=stated if stated != grade else "",
        decided=tuple(topics.get(key, key) for key in said.get("decided", ())),
        judged_high=said.get("judged_high", facts.get("judged_high")),
        raised=said.get("raised", False),
        stands=one.sequence == last,
        is_struck=one.struck_by is not None,
        is_whole=kept is not None,
    )


def _since(lines: Sequence[AssessmentLine], story: Sequence[StoryLine]) -> tuple[StoryLine, ...]:
    """What came after the last assessment of our own that may have changed the risk, oldest first."""
    last = next((line for line in lines if line.stands), None)
    if last is None:
        return ()
    changed = (one for one in story if one.kind in CHANGES and one.struck_by is None)
    return tuple(one for one in changed if (one.at, one.sequence) > (last.at, last.sequence))


def _policy_renews(landlord_id: str, now: datetime) -> bool:
    """Whether the policy in force asks for an assessment upon what may have changed the risk, and not upon the first report alone."""
    return any(
        pattern.kind in CHANGES[1:]
        for row in rulings.policy_in_force(landlord_id, now).duties
        if any(met.kind == "assessment" for met in row.met_by)
        for pattern in row.upon
    )


def _versions(case: Case, row: Assessment) -> Sequence[Instrument]:
    return [one for one in instruments_of(case.landlord_id) if one.id == row.instrument]


def _answers(said: Mapping[str, Any], shown: Instrument | None) -> tuple[AnswerLine, ...]:
    """The answers in the words of today, where its version is still there, and of then, where it is not."""
    found = []
    for item in said["items"]:
        given = Answer(*said["answers"][item["key"]])
        now = shown.item(item["key"]) if shown else None
        found.append(
            AnswerLine(
                key=item["key"],
                group=now.group if now else item["group"],
                topic=now.topic if now else item["topic"] or item["key"].replace("_", " ").capitalize(),
                is_question=bool(now and now.is_question),
                said=given.said,
                said_title=SAID[given.said],
                score=item["score"] if given.said == "yes" else 0,
                source=said["sources"].get(given.source, ""),
                note=given.note,
            )
        )
    return tuple(found)
