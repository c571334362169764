"""What is still owed when a case is to be closed, handed over or given to someone."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework.models import Staff
from fanlight.casework.queries.lines import AdviceLine, CaseLine, Colleague, DutyLine, HandoverLine, QuestionLine


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

    `services` are those that it may be handed over to, (word, title).
    """

    case: CaseLine
    colleagues: tuple[Colleague, ...]
    services: tuple[tuple[str, str], ...]
    last_sequence: int


def close_form(viewer: Staff, reference: str, *, now: datetime) -> CloseForm:
    """This function will give what stands against closing; Refused for one who may not close it."""


def assign_form(viewer: Staff, reference: str, *, now: datetime) -> AssignForm:
    """This function will give who may be given the case, or to whom it may be handed over."""
