"""Keeps it true which items of an action plan are still to be done: below the actions that plan, answer, strike and join."""

from django.db.models import OuterRef, Subquery

from fanlight.casework.models import Case, Entry, Plan, PlanAnswer, PlanItem

SETTLED = ("done", "not_needed")
"""What is said of an item about which nothing is left to do."""


def keep_waiting(case: Case, *, strike: tuple[int, int | None] | None = None) -> None:
    """This function will say anew which items of the plans of a case wait: those of the plan that counts, unless they are settled.

    It is called in the transaction of whatever changed that. `strike` is one that is about to be written: its own sequence, and that of
    what it strikes.
    """
    plans = list(Plan.objects.filter(case=case, kind="action_plan"))
    if not plans:
        return
    struck = _struck(case, strike)
    standing = [plan for plan in plans if plan.sequence not in struck]
    counts = max(standing, key=lambda plan: (plan.at, plan.sequence), default=None)
    last = PlanAnswer.objects.filter(item=OuterRef("pk")).order_by("-pk").values("answer")[:1]
    rows = PlanItem.objects.filter(plan=counts).annotate(said=Subquery(last))
    ids = [row.pk for row in rows if row.said not in SETTLED] if counts else []
    PlanItem.objects.filter(plan__in=plans, waits=True).exclude(pk__in=ids).update(waits=False)
    PlanItem.objects.filter(pk__in=ids, waits=False).update(waits=True)


def _struck(case: Case, strike: tuple[int, int | None] | None) -> set[int | None]:
    """What was struck and is not standing again, by its sequence: a strike comes after what it strikes."""
    strikes = dict(Entry.objects.filter(case=case, kind="struck").values_list("sequence", "of_sequence"))
    strikes |= dict([strike] if strike else [])
    struck: set[int | None] = set()
    for sequence in sorted(strikes, reverse=True):
        if sequence not in struck:
            struck.add(strikes[sequence])
    return struck
