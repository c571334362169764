"""Says what became of one item of an action plan."""

from datetime import datetime

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.plan_items import keep_waiting
from fanlight.casework.actions.planning import current_plan, words_of
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import Case, PlanAnswer, PlanItem, Staff
from fanlight.casework.models.plans import ANSWERS_TO_AN_ITEM

LONGEST = 2000


def answer_plan_item(
    *, case: Case, number: int, item: int, answer: str, note: str = "", by: Staff, now: datetime
) -> None:
    """This function will say whether an item of the action plan that counts is done; what was said of it before stays.

    `answer` is done, not_done or not_needed: either of the last two with a note that says why. Raises NotFound, Refused, Faulty.
    """
    with logged("answer_plan_item", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        if why_not := standing.why_not_record("action_plan"):
            raise Refused(why_not)
        plan = current_plan(locked, number, log.told(locked), now)
        row = PlanItem.objects.filter(plan=plan, number=item).first()
        if row is None:
            raise NotFound
        if answer not in dict(ANSWERS_TO_AN_ITEM):
            raise Faulty({"answer": ("Say whether it is done.",)})
        missing = "" if answer == "done" else "Say why."
        said = PlanAnswer(item=row, case=locked, answer=answer, at=now, by=by)
        said.note = words_of("note", note, LONGEST, missing)
        said.save(force_insert=True)
        keep_waiting(locked)
        log.detail |= {"plan": plan.pk, "item": item, "answer": answer}
