"""Everything that the page of a case shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fanlight.casework import rulings
from fanlight.casework.access import Standing as Stands
from fanlight.casework.access import find_case
from fanlight.casework.landlords import settings_of
from fanlight.casework.marac import Standing
from fanlight.casework.models import Case, Staff
from fanlight.casework.queries.answers import ON_A_CLOSED_CASE
from fanlight.casework.queries.case_lines import line_of
from fanlight.casework.queries.duty_lines import duty_line, receivable_by, soonest_first
from fanlight.casework.queries.handovers import handovers_of
from fanlight.casework.queries.lines import (
    AdviceLine,
    CaseLine,
    DutyLine,
    HandoverLine,
    May,
    OptionLine,
    PartLine,
    QuestionLine,
    StoryLine,
    WaitsLine,
)
from fanlight.casework.queries.marac import happened_elsewhere, of_the_same_two, standing_of
from fanlight.casework.queries.reading_lines import (
    advice_lines,
    fact_lines,
    option_lines,
    part_lines,
    proposed_questions,
    question_lines,
)
from fanlight.casework.queries.story import Written, story_lines, written
from fanlight.casework.rulings import Ruling, Told
from fanlight.policy.vocabulary import ENTRY_KINDS


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case as it now stands.

    `case` holds the heading; `joined_to` is the reference of the case that this one was joined to, or empty.
    `policy` is the version in force ("connect/2"). `at_risk` are the people at risk, whose safe contact
    heads the page; `one_point_of_contact` is the clause by which they deal with whoever leads the case alone, or empty.
    Duties: `now` open and overdue, soonest first; `done` met and late, newest first; `lifted`.
    `emergency_until` is said where the viewer sees the case in an emergency alone; `restricted` where a colleague is in it.
    `facts` is what is known so far. `story` is newest first. `last_sequence` goes into every form as
    `expected_sequence`, so that two writers cannot overwrite each other. `marac` is how the case stands with the MARAC, where anybody has
    referred it, or another case of the same two people that the viewer sees.
    """

    case: CaseLine
    joined_to: str
    policy: str
    policy_title: str
    lead_id: int | None
    one_point_of_contact: str
    at_risk: tuple[PartLine, ...]
    people: tuple[PartLine, ...]
    now: tuple[DutyLine, ...]
    done: tuple[DutyLine, ...]
    lifted: tuple[DutyLine, ...]
    questions: tuple[QuestionLine, ...]
    options: tuple[OptionLine, ...]
    advice: tuple[AdviceLine, ...]
    facts: tuple[tuple[str, str], ...]
    handovers: tuple[HandoverLine, ...]
    story: tuple[StoryLine, ...]
    may: May
    emergency_until: datetime | None
    restricted: bool
    waits: WaitsLine
    marac: Standing | None
    last_sequence: int


def case_page(viewer: Staff, reference: str, *, now: datetime) -> CasePage:
    """This function will give the page of a case, and NotFound for a case that the viewer may not see."""
    case, standing = find_case(viewer, reference, now=now)
    landlord = case.landlord_id
    rows = written(case)
    told = [row.told for row in rows]
    ruling = rulings.rule_on(landlord, rulings.story_of(landlord, told), now)
    people = part_lines(case, now, viewer=viewer)
    ownership = settings_of(landlord).ownership
    may = may_in(case, standing)
    receivable = receivable_by(viewer, told, may.record) if case.status != "joined" else ()
    duties = [duty_line(landlord, duty, record=may.record, receivable=receivable) for duty in ruling.duties]
    done = sorted((duty for duty in duties if duty.met_at), key=lambda duty: duty.met_at or now, reverse=True)
    return CasePage(
        case=line_of(case, _lead(case, rows)),
        joined_to=case.joined_to.reference if case.joined_to else "",
        policy=ruling.policy,
        policy_title=rulings.policy_in_force(landlord, now).title,
        lead_id=case.lead_id,
        one_point_of_contact=ownership.clause if ownership.one_point_of_contact else "",
        at_risk=tuple(person for person in people if person.part == "person_at_risk"),
        people=people,
        now=soonest_first([duty for duty in duties if duty.state in ("open", "overdue")]),
        done=tuple(done),
        lifted=tuple(duty for duty in duties if duty.state == "lifted"),
        questions=_questions(landlord, ruling, people),
        options=option_lines(landlord, ruling, case.area),
        advice=advice_lines(ruling.advice),
        facts=fact_lines(landlord, told, ruling),
        handovers=handovers_of(viewer, case, rows, now),
        story=story_lines(landlord, rows, now)[::-1],
        may=may,
        emergency_until=standing.emergency_until,
        restricted=case.restricted,
        waits=WaitsLine(case.unanswered, case.welfare_since, case.past_the_gate_since),
        marac=_marac(case, told, people, now),
        last_sequence=case.last_sequence,
    )


def _marac(case: Case, told: Sequence[Told], people: Sequence[PartLine], now: datetime) -> Standing | None:
    same_two = of_the_same_two((one.part, other.part, other.reference) for one in people for other in one.elsewhere)
    elsewhere = happened_elsewhere(case.landlord_id, same_two, now)
    return standing_of(told, elsewhere, now)


OF_A_CHILD = ("children", "child_at_risk")
"""What is asked once a child is named in a case, and nobody has said it: it is never set unasked."""


def _questions(landlord_id: str, ruling: Ruling, people: Sequence[PartLine]) -> tuple[QuestionLine, ...]:
    """What the policy waits for, and what the people of the case give cause to ask."""
    waiting = question_lines(landlord_id, ruling)
    if not any(person.part == "child" for person in people):
        return waiting
    known = {line.fact for line in waiting}
    more = [fact for fact in OF_A_CHILD if fact not in known]
    return (*waiting, *proposed_questions(landlord_id, ruling, more))


def _lead(case: Case, rows: Sequence[Written]) -> str:
    """Who leads a case was assigned it by an entry, which names them."""
    return next((row.to_staff for row in rows if row.told.to_staff_id == case.lead_id), "") if case.lead_id else ""


def may_in(case: Case, standing: Stands) -> May:
    """This function will give what somebody may do with a case as it now stands."""
    if case.status == "joined":
        return May()
    closed = case.status == "closed"
    kinds = ON_A_CLOSED_CASE if closed else tuple(ENTRY_KINDS)
    record = frozenset(kind for kind in kinds if not standing.why_not_record(kind))
    return May(
        write=bool(record - {"reopened", "struck"}) and standing.can("case:write"),
        assign="assigned" in record,
        hand_over="referral" in record,
        close="closed" in record,
        reopen=closed and "reopened" in record,
        strike="struck" in record,
        triage=case.status == "new" and standing.can("report:triage"),
        add_part=standing.can("case:write") or (case.status == "new" and standing.can("report:triage")),
        set_aside=standing.can("case:set_aside"),
        record=record if closed else record - {"reopened"},
    )
