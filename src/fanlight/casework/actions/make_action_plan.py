"""Writes down an action plan: what is to be done, who does it, by which day, and whether they agreed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.plan_items import keep_waiting
from fanlight.casework.actions.planning import plan_beside, words_of, write_beside
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft, clean_text, says_something
from fanlight.casework.models import Case, PlanItem, Staff
from fanlight.casework.models.plans import OWNERS
from fanlight.present import day_of

MOST_ITEMS = 30
LONGEST_ITEM = 300
LONGEST_NOTE = 20_000


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: `owner` is us, them (whose plan it is) or other; `who` says which colleague or organisation.

    Somebody always does it. A day may not be known while she is there, and a plan without it is better than none, or than a day that
    was made up to be let on: without `due` the plan and its copy say that no day is agreed.
    """

    what: str
    owner: str
    who: str = ""
    due: date | None = None


def make_action_plan(
    *,
    case: Case,
    items: Sequence[Item],
    agreed: bool,
    part: int | None = None,
    may_keep: bool | None = None,
    note: str = "",
    at: datetime | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    duty: str = "",
    by: Staff,
    now: datetime,
) -> int:
    """This function will put an action plan on the record, and give its number; it takes the place of the one before, which stays.

    `part` is whose plan it is: somebody at risk, where one is named. `agreed` is whether they agreed it, at the moment of the plan;
    `may_keep` whether they said that it is safe for them to keep a copy (None: nobody asked). Raises NotFound, Refused, Faulty,
    Conflict, Stopped.
    """
    with logged("make_action_plan", case=case, by=by, now=now) as log:
        cleaned = _cleaned(items, at or now)
        draft = Draft("action_plan", {"agreed": agreed}, note=words_of("note", note, LONGEST_NOTE), at=at)
        locked, sequence = write_beside(
            log, case, draft, expected_sequence=expected_sequence, overrides=overrides, duty=duty, by=by, now=now
        )
        plan = plan_beside(locked, "action_plan", sequence, part, agreed, may_keep, at or now, by=by)
        plan.save(force_insert=True)
        rows = [PlanItem(plan=plan, case=locked, number=number) for number, _ in enumerate(cleaned, 1)]
        for row, item in zip(rows, cleaned, strict=True):
            row.what, row.who, row.owner, row.due = item.what, item.who, item.owner, item.due
        PlanItem.objects.bulk_create(rows)
        keep_waiting(locked)
        log.detail |= {"plan": plan.pk, "items": len(rows)}
    return plan.pk


def _cleaned(items: Sequence[Item], made_at: datetime) -> list[Item]:
    """The items with what no database holds taken out; each fault stands at its own item: what-1, due-2."""
    faults: dict[str, tuple[str, ...]] = {}
    found = []
    for number, item in enumerate(items, 1):
        what, who = (" ".join(clean_text(text).split()) for text in (item.what, item.who))
        if not says_something(what):
            faults[f"what-{number}"] = ("Say what is to be done.",)
        if len(what) > LONGEST_ITEM or len(who) > LONGEST_ITEM:
            faults[f"what-{number}"] = (f"Use {LONGEST_ITEM} characters or fewer.",)
        if item.owner not in dict(OWNERS):
            faults[f"owner-{number}"] = ("Say who does it.",)
        elif item.owner == "other" and not says_something(who):
            faults[f"who-{number}"] = ("Say who does it: which organisation, or what they are to them.",)
        if item.due is not None and item.due < day_of(made_at):
            faults[f"due-{number}"] = ("That day is before the plan was made.",)
        found.append(Item(what, item.owner, who, item.due))
    if not found:
        faults["what-1"] = ("Say at least one thing that is to be done.",)
    if len(found) > MOST_ITEMS:
        faults["what-1"] = (f"A plan has {MOST_ITEMS} items at most.",)
    if faults:
        raise Faulty(faults)
    return found
