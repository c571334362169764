"""The people of a case: one of them, how they stand to each other, their parts, what is said of a child; and female staff."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StrictBool

from fanlight.casework.actions.change_part import change_part
from fanlight.casework.actions.describe_child import describe_child
from fanlight.casework.actions.end_relation import end_relation
from fanlight.casework.actions.relate_people import relate_people
from fanlight.casework.actions.say_female_staff import say_female_staff
from fanlight.casework.actions.strike_relation import strike_relation
from fanlight.casework.api.answers import answers
from fanlight.casework.api.asking import case_of, looked, now_of, viewer_of
from fanlight.casework.api.bodies import Body, Name, Number, Reference, Seen, Text, Written
from fanlight.casework.queries.person_in_case import PersonInCase, person_in_case
from fanlight.casework.queries.staff import colleague

router = Router(tags=["People of a case"])


class RelationBody(Body):
    """How `one` stands to `other`, both by the numbers of their parts; `is_past` is left out where nobody has said."""

    one: Number
    other: Number
    kind: Name
    is_past: StrictBool | None = None
    note: Text = ""


class EndBody(Body):
    """What changed."""

    note: Text = ""


class TakenBackBody(Body):
    """What was wrong."""

    reason: Text


class ChangePartBody(Seen):
    """Another part, because more is known (`learned`) or it was written down wrongly (`error`)."""

    becomes: Name
    why: Name
    reason: Text


class ChildBody(Body):
    """What is known of a child, whole."""

    lives: Text = ""
    school: Text = ""
    responsibility: Text = ""
    note: Text = ""


class FemaleStaffBody(Body):
    """Whether somebody may be given a case in which female staff are asked for; null where nobody has said."""

    is_female_staff: StrictBool | None


class Related(Schema):
    """The statement that was written, by its number."""

    reference: str
    relation: Annotated[int, Field(ge=1)]


@router.get("/cases/{reference}/people/{int:part}", url_name="person-in-case", response=answers(PersonInCase))
def one(request: HttpRequest, reference: str, part: int) -> PersonInCase:
    """This address will show somebody in a case, with their parts in other cases that one may see."""
    found = person_in_case(viewer_of(request), reference, part, now=now_of(request))
    looked(request, reference, "person-in-case")
    return found


@router.post("/cases/{reference}/relations", url_name="relate", response=answers(Related, status=201))
def relate(request: HttpRequest, reference: str, said: RelationBody) -> Status[object]:
    """This address will say how two people of a case stand to each other."""
    number = relate_people(
        case=case_of(request, reference),
        one=said.one,
        other=said.other,
        kind=said.kind,
        is_past=said.is_past,
        note=said.note,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "relation": number})


@router.post(
    "/cases/{reference}/relations/{int:relation}/end", url_name="end-relation", response=answers(Related, status=201)
)
def end(request: HttpRequest, reference: str, relation: int, said: EndBody) -> Status[object]:
    """This address will say that a relation is over: what was said stays."""
    answer = end_relation(
        case=case_of(request, reference), number=relation, note=said.note, by=viewer_of(request), now=now_of(request)
    )
    return Status(201, {"reference": reference, "relation": answer})


@router.post(
    "/cases/{reference}/relations/{int:relation}/strike",
    url_name="strike-relation",
    response=answers(Related, status=201),
)
def strike(request: HttpRequest, reference: str, relation: int, said: TakenBackBody) -> Status[object]:
    """This address will take back a relation that was recorded in error: what was said stays."""
    answer = strike_relation(
        case=case_of(request, reference),
        number=relation,
        reason=said.reason,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "relation": answer})


@router.post(
    "/cases/{reference}/people/{int:part}/part",
    url_name="change-part",
    response=answers(Written, status=201, stopped=True),
)
def change(request: HttpRequest, reference: str, part: int, said: ChangePartBody) -> Status[object]:
    """This address will give somebody another part; at risk and causing harm are exchanged for an error alone."""
    sequence = change_part(
        case=case_of(request, reference),
        part=part,
        becomes=said.becomes,
        why=said.why,
        reason=said.reason,
        expected_sequence=said.expected_sequence,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": sequence})


@router.post("/cases/{reference}/people/{int:part}/child", url_name="describe-child", response=answers(Reference))
def child(request: HttpRequest, reference: str, part: int, said: ChildBody) -> dict[str, str]:
    """This address will say what is known of a child: where they live, the school, who holds parental responsibility."""
    describe_child(
        case=case_of(request, reference),
        part=part,
        lives=said.lives,
        school=said.school,
        responsibility=said.responsibility,
        note=said.note,
        by=viewer_of(request),
        now=now_of(request),
    )
    return {"reference": reference}


@router.post("/staff/{int:person}/female-staff", url_name="female-staff", response=answers(FemaleStaffBody))
def female_staff(request: HttpRequest, person: int, said: FemaleStaffBody) -> dict[str, bool | None]:
    """This address will record what somebody says of themselves, or whoever looks after accounts of them."""
    viewer = viewer_of(request)
    staff = colleague(viewer, person)
    say_female_staff(staff=staff, is_female_staff=said.is_female_staff, by=viewer, now=now_of(request))
    return {"is_female_staff": said.is_female_staff}
