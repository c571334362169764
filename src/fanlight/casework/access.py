"""Who may see and do what: the only module that decides it."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import QuerySet

from fanlight.casework.models import Case, Staff

PERMISSIONS: Mapping[str, str] = MappingProxyType(
    {
        "report:make": "Make a report; everybody on staff may.",
        "report:triage": "See new reports, and open, join or redirect them.",
        "case:see": "See cases, as far as the role's scope reaches.",
        "case:write": "Record entries in a case, of the kinds that the role may record.",
        "case:assign": "Give a case to somebody.",
        "case:close": "Close a case, and open a closed one again.",
        "case:strike": "Strike out an entry that was recorded in error.",
        "colleague_case:see": "See cases about a colleague; without it they do not exist.",
        "duties:team": "See the duties of the team.",
        "handovers:see": "See every hand-over that nobody has acknowledged.",
        "policy:see": "Read the landlord's policy; everybody on staff may.",
        "figures:see": "See figures, which name nobody.",
        "staff:administer": "Manage accounts.",
    }
)


class NotFound(Exception):
    """What one may not see does not exist: the page says no more than that."""


class Refused(Exception):
    """One may see it, and may not do it; `sentence` says why, in words for the page."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def can(staff: Staff, permission: str, case: Case | None = None) -> bool:
    """This function will say whether somebody may do something: at all, or in this case."""


def visible_cases(staff: Staff) -> QuerySet[Case]:
    """This function will give the cases that somebody may see, and no others."""
