"""How interviews, plans and choices of the invented cases go on the record: each through the action of its own."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from fanlight.casework import rulings
from fanlight.casework.actions.answer_offer import answer_offer
from fanlight.casework.actions.answer_plan_item import answer_plan_item
from fanlight.casework.actions.copy_plan import copy_plan
from fanlight.casework.actions.make_action_plan import Item, make_action_plan
from fanlight.casework.actions.make_safety_plan import make_safety_plan
from fanlight.casework.actions.reaching import Reach
from fanlight.casework.actions.record_choice import record_choice
from fanlight.casework.actions.record_interview import record_interview
from fanlight.casework.actions.write_wishes import write_wishes
from fanlight.casework.models import Case, Part, Plan, Staff
from fanlight.present import day_of

OWN = ("interview", "action_plan", "safety_plan", "choice")
"""The kinds that are told here."""

WISHES = (
    "I want to stay in my home, and for it to be quiet.",
    "I do not want to move the children again. I want him to stop coming.",
    "Somewhere of my own, near my mum. I do not mind how small.",
    "I am not ready to leave. I want somebody to talk to who will not tell anyone.",
    "I want the locks changed and to be left in peace.",
)
SECTIONS = ("home", "going", "people", "danger", "telephone")


def put_on_record(
    case: Case,
    kind: str,
    *,
    fields: Mapping[str, object],
    facts: Mapping[str, object],
    note: str,
    at: datetime | None = None,
    reach: Reach | None = None,
    copies: bool = False,
    by: Staff,
    now: datetime,
) -> int:
    """This function will put an entry of one of these kinds on the record as a telling has it, and give its sequence.

    With `copies`, some who said that it is safe are given a copy of their safety plan.
    """
    said = {"case": case, "at": at, "by": by, "now": now}
    if kind == "choice":
        return record_choice(choice=str(facts["choice"]), note=note, **said)  # type: ignore[arg-type]  # each is what it is called
    if kind == "interview":
        interpreted = "Booked through the interpreting service" if fields.get("interpreter") == "professional" else ""
        return record_interview(
            fields=fields, facts=facts, note=note, reach=reach, interpreted_by=interpreted, **said  # type: ignore[arg-type]  # as above
        )  # fmt: skip
    whose = _at_risk(case)
    planned = {
        **said,
        "part": whose,
        "agreed": fields.get("agreed") is True,
        "may_keep": (True, None, False)[case.pk % 3],
    }
    sentences = [one for one in re.split(r"(?<=[.;])\s+", note) if one] or ["Ring them on Monday."]
    if kind == "safety_plan":
        words = dict(zip(SECTIONS, sentences, strict=False))
        number = make_safety_plan(sections=words, **planned)  # type: ignore[arg-type]  # as above
        if copies and whose is not None and fields.get("agreed") is True and case.pk % 6 == 0:
            copy_plan(case=case, number=number, reach=Reach("in_person", whose), safe_to_keep=True, by=by, now=now)
    else:
        owners = ("us", "them")
        items = [
            Item(
                one[:300],
                owners[place % 2],
                by.name if place % 2 == 0 else "",
                day_of(now) + timedelta(days=7 + 7 * place),
            )
            for place, one in enumerate(sentences)
        ]
        number = make_action_plan(items=items, **planned)  # type: ignore[arg-type]  # as above
        if case.pk % 2:
            answer_plan_item(case=case, number=number, item=1, answer="done", by=by, now=now)
    return Plan.objects.get(pk=number).sequence


def say_wishes(case: Case, by: Staff, now: datetime) -> None:
    """This function will write down what the person at risk wants, where one is named."""
    whose = _at_risk(case)
    if whose is not None:
        write_wishes(case=case, part=whose, words=WISHES[case.pk % len(WISHES)], by=by, now=now)


def offer_some(case: Case, by: Staff, now: datetime) -> None:
    """This function will say of the first items of the menu for what they chose that one was chosen and one declined."""
    ruling = rulings.rule_on(case.landlord_id, rulings.story_of(case.landlord_id, rulings.told(case)), now)
    rows = [option.row for option in ruling.options if rulings.turns_on_choice(option.row)]
    for row in rows[:1]:
        plain = [item for item in row.offer if item not in rulings.vocabulary_of(case.landlord_id).services]
        for item, answer in zip(plain, ("offered", "declined"), strict=False):
            answer_offer(case=case, option=row.id, item=item, answer=answer, by=by, now=now)


def _at_risk(case: Case) -> int | None:
    return Part.objects.filter(case=case, part="person_at_risk").order_by("pk").values_list("pk", flat=True).first()
