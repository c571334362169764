"""Says of a case on the list of a meeting that we know nothing that helps, or that it is not heard there."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.meeting import checked, completing, demand_arranger, open_listing, write_if
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import write
from fanlight.casework.models import Staff
from fanlight.casework.models.marac_meetings import SETTLED


def settle_marac_listing(
    *,
    meeting: int,
    listing: int,
    outcome: str,
    why: str = "",
    overrides: Sequence[tuple[str, str]] = (),
    by: Staff,
    now: datetime,
) -> None:
    """This function will settle a case on the list of a meeting without a return: nothing_known, or taken_off, with why.

    Where the MARAC asked of one of our cases and we know nothing that helps, its request is completed with that. Raises NotFound,
    Refused, Faulty, Stopped.
    """
    with logged("settle_marac_listing", by=by, now=now) as log:
        opened = open_listing(log, meeting, listing, by=by, now=now)
        row, case, standing = opened.listing, opened.case, opened.standing
        demand_arranger(by, row.meeting)
        if outcome not in dict(SETTLED):
            raise Faulty({"outcome": ("Say what became of it.",)})
        if row.share is not None and row.share.state not in ("stopped", "refused"):
            raise Refused("What we know has been sent, or waits to be authorised.")
        if row.let_go_at is not None:
            raise Refused("This meeting is too long ago: what belonged to its list is not kept any more.")
        row.settled, row.why = outcome, checked("why", why, "Say why." if outcome == "taken_off" or case else "")
        if case is not None and standing is not None and outcome == "nothing_known":
            write_if(case, standing, "request_completed")
            note = f"We know nothing that helps: {row.why}"
            if drafts := list(completing(log.told(case), note, now)):
                write(case, standing, drafts, overrides=overrides, log=log, by=by, now=now)
        row.save(force_update=True)
        log.detail["outcome"] = outcome
