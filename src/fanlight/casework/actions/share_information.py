"""Shares something of a case with another organisation: the one way out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Conflict, Faulty
from fanlight.casework.actions.sharing import Beside, checked, cleaned, demand_sharer, send, written_down
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import Case, Staff
from fanlight.casework.queries.story import story_lines_after
from fanlight.casework.sharing import Proposed


def share_information(
    *,
    case: Case,
    proposed: Proposed,
    beside: Beside | None = None,
    at: datetime | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    by: Staff,
    now: datetime,
) -> int:
    """This function will share what was chosen of a case, and give the number of the share.

    It goes only with all of it: to whom, what exactly, why, the whole basis, necessity and proportion, consent or why not; never to
    whom nothing may go; and through the gate of the landlord's policy. Where the landlord wants it authorised, it waits for
    somebody else. `at` is when it was told (None: now). Raises NotFound, Refused, Faulty, Conflict, Stopped.
    """
    with logged("share_information", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_sharer(locked, standing, proposed.ground)
        proposed = cleaned(proposed)
        beside = beside or Beside()
        beside = replace(beside, attention=clean_text(beside.attention), where=clean_text(beside.where))
        seen = checked(locked, proposed, beside, log.told(locked), by, now)
        row = written_down(locked, proposed, beside, seen, by, now)
        log.detail["needs"] = row.needs
        if row.needs:
            if at is not None:
                raise Faulty(
                    {"at": ("This waits for somebody else to authorise it, so it cannot have been told yet.",)}
                )
            if expected_sequence is not None and expected_sequence < locked.last_sequence:
                raise Conflict(story_lines_after(locked, expected_sequence), locked.last_sequence)
        else:
            send(
                row,
                standing,
                expected_sequence=expected_sequence,
                overrides=overrides,
                log=log,
                by=by,
                now=now,
                at=at,
            )
        row.save(force_insert=True)
        log.detail["share"] = row.pk
    return row.pk
