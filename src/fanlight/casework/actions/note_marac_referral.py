"""Notes that another agency referred a case to the MARAC: the twelve months run from then."""

from datetime import date, datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft, clean_text, says_something, write
from fanlight.casework.marac import day_in_words
from fanlight.casework.models import Case, Staff
from fanlight.present import day_of

MOST = 120


def note_marac_referral(
    *,
    case: Case,
    agency: str,
    on: date,
    note: str = "",
    expected_sequence: int | None = None,
    by: Staff,
    now: datetime,
) -> int:
    """This function will put on the record that an agency referred the case to the MARAC on a day, and give the sequence of the entry.

    It is no referral of ours, and meets nothing that we owe. Recorded in error, the entry is struck. Raises NotFound, Refused,
    Faulty, Conflict.
    """
    with logged("note_marac_referral", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        if why_not := standing.why_not_record("learned"):
            raise Refused(why_not)
        agency = " ".join(clean_text(agency).split())
        faults = {}
        if not says_something(agency) or len(agency) > MOST:
            faults["agency"] = (f"Say which agency, in {MOST} characters or fewer.",)
        if on > day_of(now):
            faults["on"] = ("That day is still to come.",)
        if faults:
            raise Faulty(faults)
        said = f"Referred to the MARAC by {agency} on {day_in_words(on)}."
        draft = Draft(
            "learned",
            note="\n\n".join(text for text in (said, clean_text(note)) if text),
            marac={"agency": agency, "on": on.isoformat()},
        )
        return write(locked, standing, [draft], expected_sequence=expected_sequence, log=log, by=by, now=now)
