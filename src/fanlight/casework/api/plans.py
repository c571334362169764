"""What the people at risk in a case want, and what was planned with them."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StrictBool

from fanlight.casework.actions.agree_plan import agree_plan
from fanlight.casework.actions.answer_offer import answer_offer
from fanlight.casework.actions.answer_plan_item import answer_plan_item
from fanlight.casework.actions.copy_plan import copy_plan
from fanlight.casework.actions.make_action_plan import Item, make_action_plan
from fanlight.casework.actions.make_safety_plan import make_safety_plan
from fanlight.casework.actions.reaching import Reach
from fanlight.casework.actions.record_choice import record_choice
from fanlight.casework.actions.record_interview import record_interview
from fanlight.casework.actions.write_wishes import write_wishes
from fanlight.casework.api.answers import answers
from fanlight.casework.api.asking import case_of, looked, now_of, viewer_of
from fanlight.casework.api.bodies import (
    Answers,
    Body,
    Day,
    Line,
    Moment,
    Name,
    Number,
    Overriding,
    ReachBody,
    Seen,
    Text,
    Word,
    Written,
)
from fanlight.casework.queries import pathways as of_pathways
from fanlight.casework.queries import plans as queries
from fanlight.casework.queries.interviews import InterviewsPage, interviews_page
from fanlight.casework.queries.pathways import PathwaysPage
from fanlight.casework.queries.plans import PlansPage, WishesPage

router = Router(tags=["Wishes and plans"])


class WishesBody(Seen):
    """What somebody at risk wants, in their own words, by the number of their part; `at` is when they said it."""

    part: Number
    words: Text
    at: Moment | None = None


class ItemBody(Body):
    """One thing to do: `owner` is us, them or other; `who` says which colleague or organisation."""

    what: Line
    owner: Name
    who: Line = ""
    due: Day | None = None


class PlanBody(Overriding):
    """Whose plan it is, by the number of their part; whether they agreed it, and whether it is safe for them to keep a copy."""

    part: Number | None = None
    agreed: StrictBool
    may_keep: StrictBool | None = None
    note: Text = ""
    at: Moment | None = None


class ActionPlanBody(PlanBody):
    """An action plan: its items, in order."""

    items: Annotated[list[ItemBody], Field(max_length=30)]


class SafetyPlanBody(PlanBody):
    """A safety plan: what each section of the landlord's form says; those with nothing to say are left out."""

    sections: Annotated[dict[Word, Text], Field(max_length=60)]


class ItemAnswerBody(Body):
    """What became of an item: done, or not_done or not_needed with a note that says why."""

    answer: Name
    note: Text = ""


class CopyBody(Body):
    """How a copy reaches them: `in_person`, or by the `way` on record; and that they say now that it is safe to keep."""

    means: Name = ""
    way: Name = ""
    part: Number
    safe_to_keep: StrictBool


class ChoiceBody(Overriding):
    """What the person at risk chose: leaves, stays or ends."""

    choice: Name
    note: Text = ""
    at: Moment | None = None


class OfferBody(Overriding):
    """What became of an item of a menu, as both stand in the policy: offered, chosen or declined."""

    option: Name
    item: Text
    answer: Name
    note: Text = ""
    at: Moment | None = None


class InterviewBody(Overriding):
    """An interview: `fields` are those of the entry, and `private`, `children_present` and `interpreter` must be said."""

    reach: ReachBody
    fields: Answers
    facts: Answers = {}
    note: Text = ""
    with_them: Line = ""
    interpreted_by: Line = ""
    reason: Text = ""
    at: Moment | None = None


class Planned(Schema):
    """A plan, by its number."""

    reference: str
    plan: Annotated[int, Field(ge=1)]


@router.get("/cases/{reference}/wishes", url_name="wishes", response=answers(WishesPage))
def wishes(request: HttpRequest, reference: str) -> WishesPage:
    """This address will show what the people at risk want, in their own words, and what they said before."""
    found = queries.wishes_page(viewer_of(request), reference, now=now_of(request))
    looked(request, reference, "wishes")
    return found


@router.post("/cases/{reference}/wishes", url_name="write-wishes", response=answers(Written, status=201, stopped=True))
def write(request: HttpRequest, reference: str, said: WishesBody) -> Status[object]:
    """This address will write down what somebody wants: what they said before stays, and nothing changes it."""
    sequence = write_wishes(
        case=case_of(request, reference),
        part=said.part,
        words=said.words,
        at=said.at,
        expected_sequence=said.expected_sequence,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": sequence})


@router.get("/cases/{reference}/plans", url_name="plans", response=answers(PlansPage))
def plans(request: HttpRequest, reference: str) -> PlansPage:
    """This address will show the plans of a case: those that count, with what became of each item, and those before."""
    found = queries.plans_page(viewer_of(request), reference, now=now_of(request))
    looked(request, reference, "plans")
    return found


@router.post(
    "/cases/{reference}/plans/action", url_name="action-plan", response=answers(Planned, status=201, stopped=True)
)
def action_plan(request: HttpRequest, reference: str, said: ActionPlanBody) -> Status[object]:
    """This address will write down an action plan; it takes the place of the one before, which stays."""
    items = [Item(item.what, item.owner, item.who, item.due) for item in said.items]
    number = make_action_plan(items=items, **_made(request, reference, said))
    return Status(201, {"reference": reference, "plan": number})


@router.post(
    "/cases/{reference}/plans/safety", url_name="safety-plan", response=answers(Planned, status=201, stopped=True)
)
def safety_plan(request: HttpRequest, reference: str, said: SafetyPlanBody) -> Status[object]:
    """This address will write down a safety plan; it takes the place of the one before, which stays."""
    number = make_safety_plan(sections=said.sections, **_made(request, reference, said))
    return Status(201, {"reference": reference, "plan": number})


def _made(request: HttpRequest, reference: str, said: PlanBody) -> dict[str, Any]:
    return {
        "case": case_of(request, reference),
        "part": said.part,
        "agreed": said.agreed,
        "may_keep": said.may_keep,
        "note": said.note,
        "at": said.at,
        "expected_sequence": said.expected_sequence,
        "overrides": said.set_aside,
        "by": viewer_of(request),
        "now": now_of(request),
    }


@router.post(
    "/cases/{reference}/plans/{int:number}/agree",
    url_name="agree-plan",
    response=answers(Written, status=201, stopped=True),
)
def agree(request: HttpRequest, reference: str, number: int, said: Seen) -> Status[object]:
    """This address will record that they agreed a plan that was made before."""
    sequence = agree_plan(
        case=case_of(request, reference),
        number=number,
        expected_sequence=said.expected_sequence,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": sequence})


@router.post(
    "/cases/{reference}/plans/{int:number}/items/{int:item}", url_name="plan-item", response=answers(PlansPage)
)
def item(request: HttpRequest, reference: str, number: int, item: int, said: ItemAnswerBody) -> PlansPage:
    """This address will say what became of an item of the action plan that counts."""
    answer_plan_item(
        case=case_of(request, reference),
        number=number,
        item=item,
        answer=said.answer,
        note=said.note,
        by=viewer_of(request),
        now=now_of(request),
    )
    return queries.plans_page(viewer_of(request), reference, now=now_of(request))


@router.post("/cases/{reference}/plans/{int:number}/copies", url_name="copy-plan", response=answers(PlansPage))
def copy(request: HttpRequest, reference: str, number: int, said: CopyBody) -> PlansPage:
    """This address will make a copy for the person whose plan it is, if it is safe for them to keep one and the gate lets it pass."""
    copy_plan(
        case=case_of(request, reference),
        number=number,
        reach=Reach(said.means, said.part, said.way),
        safe_to_keep=said.safe_to_keep,
        by=viewer_of(request),
        now=now_of(request),
    )
    return queries.plans_page(viewer_of(request), reference, now=now_of(request))


@router.get("/cases/{reference}/pathways", url_name="pathways", response=answers(PathwaysPage))
def pathways(request: HttpRequest, reference: str) -> PathwaysPage:
    """This address will show what the person at risk chose, the policy's menus, and what became of each item."""
    found = of_pathways.pathways_page(viewer_of(request), reference, now=now_of(request))
    looked(request, reference, "pathways")
    return found


@router.post("/cases/{reference}/choice", url_name="choice", response=answers(Written, status=201, stopped=True))
def choice(request: HttpRequest, reference: str, said: ChoiceBody) -> Status[object]:
    """This address will record what the person at risk chose; what they chose before stays."""
    sequence = record_choice(
        case=case_of(request, reference),
        choice=said.choice,
        note=said.note,
        at=said.at,
        expected_sequence=said.expected_sequence,
        overrides=said.set_aside,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": sequence})


@router.post("/cases/{reference}/offers", url_name="offer", response=answers(Written, status=201, stopped=True))
def offer(request: HttpRequest, reference: str, said: OfferBody) -> Status[object]:
    """This address will put on the record what became of an item of a menu that the case has now."""
    sequence = answer_offer(
        case=case_of(request, reference),
        option=said.option,
        item=said.item,
        answer=said.answer,
        note=said.note,
        at=said.at,
        expected_sequence=said.expected_sequence,
        overrides=said.set_aside,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": sequence})


@router.get("/cases/{reference}/interviews", url_name="interviews", response=answers(InterviewsPage))
def interviews(request: HttpRequest, reference: str) -> InterviewsPage:
    """This address will show the interviews of a case, with what was not right about each."""
    found = interviews_page(viewer_of(request), reference, now=now_of(request))
    looked(request, reference, "interviews")
    return found


@router.post(
    "/cases/{reference}/interviews", url_name="record-interview", response=answers(Written, status=201, stopped=True)
)
def record(request: HttpRequest, reference: str, said: InterviewBody) -> Status[object]:
    """This address will record an interview, or say what is not right about it; nothing is saved then."""
    sequence = record_interview(
        case=case_of(request, reference),
        fields=said.fields,
        facts=said.facts,
        note=said.note,
        at=said.at,
        reach=Reach(**said.reach.model_dump()),
        with_them=said.with_them,
        interpreted_by=said.interpreted_by,
        reason=said.reason,
        expected_sequence=said.expected_sequence,
        overrides=said.set_aside,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": sequence})
