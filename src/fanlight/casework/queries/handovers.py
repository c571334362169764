"""Hand-overs that nobody has acknowledged: sent is not received."""

from datetime import datetime

from fanlight.casework.models import Staff
from fanlight.casework.queries.lines import HandoverLine, Page


def handovers(viewer: Staff, *, page: int = 1, now: datetime) -> Page[HandoverLine]:
    """This function will give the hand-overs not received in cases that the viewer may see, oldest first.

    With `handovers:see` all of them; without, those that name the viewer or that the viewer sent.
    """
