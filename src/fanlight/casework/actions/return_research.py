"""Makes the landlord's research return for a case that a meeting of the MARAC hears: a share with it, and the report on the record."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.meeting import MARAC, open_listing, reported, write_if
from fanlight.casework.actions.refusals import Conflict, Faulty
from fanlight.casework.actions.sharing import Beside, checked, cleaned, demand_sharer, send, written_down
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import Staff
from fanlight.casework.queries.story import story_lines_after
from fanlight.casework.sharing import Proposed


def return_research(
    *,
    meeting: int,
    listing: int,
    proposed: Proposed,
    beside: Beside | None = None,
    at: datetime | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    by: Staff,
    now: datetime,
) -> int:
    """This function will send the MARAC what we know of a case that it hears, and give the number of the share.

    It is a share with the MARAC, with all that a share must have; where the landlord wants it authorised, it waits. When it goes, the
    record says that the report was made, and the MARAC's open request is completed. Raises NotFound, Refused, Faulty, Conflict, Stopped.
    """
    with logged("return_research", by=by, now=now) as log:
        opened = open_listing(log, meeting, listing, by=by, now=now)
        row, case, standing = opened.listing, opened.case, opened.standing
        if case is None or standing is None:
            raise Refused("Match it with one of our cases first.")
        if row.meeting.cancelled_at is not None:
            raise Refused("This meeting was cancelled.")
        demand_sharer(case, standing, proposed.ground)
        write_if(case, standing, "case_report")
        if row.share is not None and row.share.state not in ("stopped", "refused"):
            raise Refused("The return for this meeting has been made: share what is new on the page “Sharing”.")
        if proposed.to != MARAC:
            raise Faulty({"to": ("A research return goes to the MARAC: choose it.",)})
        proposed, beside = cleaned(proposed), beside or Beside()
        beside = replace(beside, attention=clean_text(beside.attention), where=clean_text(beside.where))
        told = log.told(case)
        share = written_down(case, proposed, beside, checked(case, proposed, beside, told, by, now), by, now)
        log.detail["needs"] = share.needs
        if not share.needs:
            send(
                share,
                standing,
                expected_sequence=expected_sequence,
                overrides=overrides,
                also=reported(told, now),
                log=log,
                by=by,
                now=now,
                at=at,
            )
        elif at is not None:
            raise Faulty({"at": ("This waits for somebody else to authorise it, so it cannot have been told yet.",)})
        elif expected_sequence is not None and expected_sequence < case.last_sequence:
            raise Conflict(story_lines_after(case, expected_sequence), case.last_sequence)
        share.save(force_insert=True)
        row.share, row.settled, row.why = share, "", ""
        row.save(force_update=True)
        log.detail["share"] = share.pk
    return share.pk
