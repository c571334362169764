"""Below the actions by which wishes, plans, choices and interviews go on the record: the entry of each, written the one way."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.logged import LogRow
from fanlight.casework.actions.reaching import Reach, through_the_gate
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_marker import duty_of_ours
from fanlight.casework.actions.write import Draft, clean_text, says_something, write
from fanlight.casework.models import Case, Part, Staff


def write_beside(
    log: LogRow,
    case: Case,
    draft: Draft,
    *,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    duty: str = "",
    reach: Reach | None = None,
    by: Staff,
    now: datetime,
) -> tuple[Case, int]:
    """This function will append the entry beside which a row is to stand, and give the case, locked, and the entry's sequence.

    Raises NotFound, Refused, NotSafe, Faulty, Conflict, Stopped.
    """
    if duty:
        log.detail["duty"] = duty_of_ours(case, duty)
    ((locked, standing),) = log.lock(case)
    if why_not := standing.why_not_record(draft.kind):
        raise Refused(why_not)
    draft = through_the_gate(locked, draft, reach, log.told(locked), log=log, by=by, now=now)
    sequence = write(
        locked,
        standing,
        [draft],
        expected_sequence=expected_sequence,
        overrides=overrides,
        log=log,
        by=by,
        now=now,
    )
    return locked, sequence


def at_risk_of(case: Case, part: int) -> Part:
    """This function will give somebody at risk in a case that is locked. It raises NotFound; Faulty for somebody who is not at risk."""
    found = Part.objects.filter(case=case, pk=part).first()
    if found is None:
        raise NotFound
    if found.part != "person_at_risk":
        raise Faulty({"part": ("Say whose they are: somebody who is at risk in this case.",)})
    found.case = case
    return found


def words_of(name: str, text: str, most: int, missing: str = "") -> str:
    """This function will give what was typed, cleaned; it raises Faulty where it is too long, or says nothing and `missing` is said."""
    words = clean_text(text.replace("\r\n", "\n"))
    if missing and not says_something(words):
        raise Faulty({name: (missing,)})
    if len(words) > most:
        raise Faulty({name: (f"Use {most} characters or fewer.",)})
    return words
