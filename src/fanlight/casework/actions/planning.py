"""Below the actions by which wishes, plans, choices and interviews go on the record: the entry of each, written the one way."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.logged import LogRow
from fanlight.casework.actions.reaching import Reach, through_the_gate
from fanlight.casework.actions.record_entry import DECIDING, check_emergency
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.set_marker import duty_of_ours
from fanlight.casework.actions.write import Draft, clean_text, says_something, write
from fanlight.casework.models import Case, Part, Plan, Staff
from fanlight.casework.queries.plans import plans_that_count
from fanlight.casework.rulings import Told


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
    check_emergency(standing, decides=bool(DECIDING & {*draft.fields, *draft.facts}))
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


def plan_beside(
    case: Case,
    kind: str,
    sequence: int,
    part: int | None,
    agreed: bool,
    may_keep: bool | None,
    at: datetime,
    *,
    by: Staff,
) -> Plan:
    """This function will give a new plan for the entry beside which it stands; whoever calls it fills it in and saves it."""
    whose = at_risk_of(case, part) if part is not None else None
    plan = Plan(landlord_id=case.landlord_id, case=case, part=whose, kind=kind, sequence=sequence, may_keep=may_keep)
    plan.at, plan.by = at, by
    if agreed:
        plan.agreed_at, plan.agreed_by = at, by
    return plan


def current_plan(case: Case, number: int, told: Sequence[Told], now: datetime) -> Plan:
    """This function will give a plan of a case that is locked. It raises NotFound, and Refused for one that counts no more."""
    plans = list(Plan.objects.filter(case=case).select_related("part").order_by("pk"))
    found = next((plan for plan in plans if plan.pk == number), None)
    if found is None:
        raise NotFound
    if case.status in ("closed", "joined"):
        raise Refused("This case is closed, or was joined to another.")
    counting = plans_that_count(plans, told, now)
    if found.pk not in {plan.pk for plan in counting.values()}:
        raise Refused("Another plan has taken the place of this one, or it was struck out.")
    found.case = case
    return found
