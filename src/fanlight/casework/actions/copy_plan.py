"""Gives or sends somebody a copy of their plan, where it is safe for them to keep one."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework import keys
from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import LogRow, logged
from fanlight.casework.actions.planning import current_plan
from fanlight.casework.actions.reaching import NotSafe, Reach, asked, resolved
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write_letter import check_others, check_terms
from fanlight.casework.letters import PlanWritten, plan_as_pdf
from fanlight.casework.models import Case, Plan, PlanCopy, Staff, Way
from fanlight.casework.queries.plans import as_kept
from fanlight.casework.queries.ways import Known
from fanlight.casework.rulings import Told

COPIED_BY = ("in_person", "visit", "post", "email", "portal")
"""How a copy reaches them: put into their hand, or written to them."""


def copy_plan(*, case: Case, number: int, reach: Reach, safe_to_keep: bool, by: Staff, now: datetime) -> int:
    """This function will make a copy of a plan for the person whose plan it is, and give the copy's number.

    A plan is theirs once they have agreed it: until then there is no copy. `safe_to_keep` is what they say now; where they said no
    when the plan was made, none is made. How it reaches them passes the
    safe-contact gate, which nothing sets aside here. Nothing on it says whose it is, and one that would say a protected
    address is not made. Raises NotFound, Refused, NotSafe, Faulty.
    """
    with logged("copy_plan", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        told = log.told(locked)
        plan = current_plan(locked, number, told, now)
        if why_not := standing.why_not_record(plan.kind):
            raise Refused(why_not)
        log.detail["plan"] = plan.pk
        if plan.part is None:
            raise Refused("The plan does not say whose it is: write it down anew, with somebody at risk who is named.")
        if plan.agreed_at is None:
            raise Refused(
                "They have not agreed this plan. Go through it with them, and say that they have agreed it, first."
            )
        if plan.may_keep is False:
            raise Refused(
                "They said that it is not safe to keep a copy. If that has changed, write the plan down anew with them."
            )
        if not safe_to_keep:
            raise Faulty({"safe_to_keep": ("Give none, then: go through it with them again when you see them.",)})
        known = Known(locked, by, now)
        means, way = _through_the_gate(known, plan, reach, told, log, now)
        written = as_kept(plan, locked.landlord.name)
        _check(known, way, written)
        row = PlanCopy(plan=plan, case=locked, means=means, way=way, at=now, by=by)
        row.sealed_document = keys.seal(row.subject, row.place, plan_as_pdf(written, now))
        row.save(force_insert=True)
        log.detail |= {"means": means, "number": row.pk}
    return row.pk


def _through_the_gate(
    known: Known, plan: Plan, reach: Reach, told: Sequence[Told], log: LogRow, now: datetime
) -> tuple[str, Way | None]:
    """How it reaches them, and by which way on record, where it needs one. Raises NotSafe, Faulty."""
    if plan.part_id is None or reach.part != plan.part_id:
        raise Faulty({"reach": ("A copy is for the person whose plan it is, and for nobody else.",)})
    reach, index = resolved(known, reach)
    if reach.means not in COPIED_BY or (reach.means != "in_person" and not reach.way):
        raise Faulty({"reach": ("Give it into their hand, or send it by a way of theirs that is on record.",)})
    answer = asked(known, reach, index, told, now, kind=plan.kind, fields={})
    if not answer.allowed or answer.set_aside:
        log.detail["contact"] = answer.because or answer.set_aside
        raise NotSafe(answer)
    way = next((one for one in known.ways if f"w{one.pk}" == reach.way), None)
    return reach.means, way


def _check(known: Known, way: Way | None, written: PlanWritten) -> None:
    """What must never be said by this way is not in it, nor any protected address: not even their own, which may be found on it."""
    if way is not None:
        check_terms(way, written.text)
    check_others(known.ways, None, written.text)
