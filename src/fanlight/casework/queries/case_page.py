"""Everything that the page of a case shows."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework.models import Staff
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
)


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case as it now stands.

    `case` holds the heading; `joined_to` is the reference of the case that this one was joined to, or empty.
    `policy` is the version in force ("connect/2"). `at_risk` are the people at risk, whose safe contact
    heads the page. Duties: `now` open and overdue, soonest first; `done` met and late, newest first; `lifted`.
    `facts` is what is known so far. `story` is newest first. `last_sequence` goes into every form as
    `expected_sequence`, so that two writers cannot overwrite each other.
    """

    case: CaseLine
    joined_to: str
    policy: str
    policy_title: str
    lead_id: int | None
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
    last_sequence: int


def case_page(viewer: Staff, reference: str, *, now: datetime) -> CasePage:
    """This function will give the page of a case, and NotFound for a case that the viewer may not see."""
