"""What is still owed when a case is to be closed, handed over or given to someone."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework import rulings
from fanlight.casework.access import Refused, find_case
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Staff
from fanlight.casework.queries.case_lines import lead_of, line_of
from fanlight.casework.queries.duty_lines import duty_line, soonest_first
from fanlight.casework.queries.handovers import handovers_of
from fanlight.casework.queries.lines import AdviceLine, CaseLine, Colleague, DutyLine, HandoverLine, QuestionLine
from fanlight.casework.queries.ownership import WhoseCase, whose_case
from fanlight.casework.queries.reading_lines import advice_lines, question_lines
from fanlight.casework.queries.story import written
from fanlight.casework.referring import is_outside


@dataclass(frozen=True, slots=True)
class CloseForm:
    """The case, what is still owed, what nobody asked, which hand-overs nobody acknowledged, and the policy's advice."""

    case: CaseLine
    owed: tuple[DutyLine, ...]
    questions: tuple[QuestionLine, ...]
    handovers: tuple[HandoverLine, ...]
    advice: tuple[AdviceLine, ...]
    last_sequence: int


@dataclass(frozen=True, slots=True)
class AssignForm:
    """The case, and who may be given it: colleagues who hold a role that may write, and are not named in it.

    `services` are those that it may be handed over to, (word, title). `whose` says who is proposed by the landlord's rule; `leads`
    is the number of whoever leads it now.
    """

    case: CaseLine
    whose: WhoseCase
    leads: int | None
    one_point_of_contact: bool
    colleagues: tuple[Colleague, ...]
    services: tuple[tuple[str, str], ...]
    last_sequence: int


def close_form(viewer: Staff, reference: str, *, now: datetime) -> CloseForm:
    """This function will give what stands against closing; Refused for one who may not close it."""
    case, standing = find_case(viewer, reference, now=now)
    if why_not := standing.why_not_record("closed"):
        raise Refused(why_not)
    landlord = case.landlord_id
    rows = written(case)
    story = rulings.story_of(landlord, [row.told for row in rows])
    ruling = rulings.rule_on(landlord, story, now)
    return CloseForm(
        case=line_of(case, lead_of(case)),
        owed=soonest_first([duty_line(landlord, duty) for duty in ruling.duties if duty.is_owed]),
        questions=question_lines(landlord, ruling),
        handovers=handovers_of(viewer, case, rows, now),
        advice=advice_lines(rulings.advice_for(landlord, story, "closed", now)),
        last_sequence=case.last_sequence,
    )


def assign_form(viewer: Staff, reference: str, *, now: datetime) -> AssignForm:
    """This function will give who may be given the case, or to whom it may be handed over."""
    case, standing = find_case(viewer, reference, now=now)
    why_not = standing.why_not_record("assigned")
    if why_not and standing.why_not_record("referral"):
        raise Refused(why_not)
    story = rulings.story_of(case.landlord_id, rulings.told(case))
    whose = whose_case(viewer, case, rulings.owed_on(case.landlord_id, story, now).facts, now=now)
    return AssignForm(
        case=line_of(case, lead_of(case)),
        whose=whose,
        leads=case.lead_id,
        one_point_of_contact=settings_of(case.landlord_id).ownership.one_point_of_contact,
        colleagues=whose.colleagues,
        services=tuple(
            (kind, title)
            for kind, title in rulings.vocabulary_of(case.landlord_id).services.items()
            if not is_outside(kind)
        ),
        last_sequence=case.last_sequence,
    )
