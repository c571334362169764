"""Referrals to services outside, and the directory of services as Open Referral UK JSON."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StrictBool

from fanlight.casework.actions import import_directory as importing
from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.refer import refer
from fanlight.casework.actions.say_of_referral import say_of_referral
from fanlight.casework.api.answers import answers
from fanlight.casework.api.asking import case_of, looked, now_of, viewer_of
from fanlight.casework.api.bodies import Body, Line, Moment, Name, Overriding, Text, Written
from fanlight.casework.queries import directory as directory_queries
from fanlight.casework.queries import referrals as queries
from fanlight.casework.queries.referrals import Referrals

router = Router(tags=["Referrals"])


class ReferBody(Overriding):
    """A referral that has been made: the kind of service, who there, how; permission for a child or an adult at risk."""

    to: Name
    purpose: Name = ""
    service: Line = ""
    name: Line = ""
    way: Name = ""
    permission: Name = ""
    reason: Text = ""
    own_request: StrictBool = False
    note: Text = ""
    at: Moment | None = None


class SaidBody(Body):
    """What became of it: received, accepted, declined, challenged, escalated, done or withdrawn; and who said so."""

    what: Name
    note: Text = ""
    heard_from: Line = ""
    at: Moment | None = None


class State(Schema):
    """The state in which the referral is now."""

    reference: str
    state: str


class DirectoryBody(Body):
    """A page of services of Open Referral UK (HSDS)."""

    contents: Annotated[list[dict[str, Any]], Field(max_length=5000)]


class ImportedServices(Schema):
    """How many services were taken, and what was left out or changed on the way."""

    services: int
    remarks: list[str]


class OpenReferral(Schema):
    """A page of services of Open Referral UK (HSDS)."""

    version: str
    profile: str
    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[dict[str, Any]]


@router.get("/cases/{reference}/referrals", url_name="referrals", response=answers(Referrals))
def of_case(request: HttpRequest, reference: str) -> Referrals:
    """This address will show the referrals of a case, each with its state, newest first."""
    found = queries.referrals_of_case(viewer_of(request), reference, now=now_of(request))
    looked(request, reference, "referrals")
    return found


@router.post("/cases/{reference}/referrals", url_name="refer", response=answers(Written, status=201, stopped=True))
def make(request: HttpRequest, reference: str, said: ReferBody) -> Status[object]:
    """This address will record a referral to a service outside: it is not received until they say so."""
    sequence = refer(
        case=case_of(request, reference),
        to=said.to,
        purpose=said.purpose,
        service=said.service,
        name=said.name,
        way=said.way,
        permission=said.permission,
        reason=said.reason,
        own_request=said.own_request,
        note=said.note,
        at=said.at,
        expected_sequence=said.expected_sequence,
        overrides=said.set_aside,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": sequence})


@router.post(
    "/cases/{reference}/referrals/{int:number}/said",
    url_name="say-of-referral",
    response=answers(State, stopped=True),
)
def say(request: HttpRequest, reference: str, number: int, said: SaidBody) -> dict[str, str]:
    """This address will take what became of a referral, by its number among the referrals of the case."""
    state = say_of_referral(
        case=case_of(request, reference),
        number=number,
        what=said.what,
        note=said.note,
        heard_from=said.heard_from,
        at=said.at,
        by=viewer_of(request),
        now=now_of(request),
    )
    return {"reference": reference, "state": state}


@router.get("/directory", url_name="directory", response=answers(OpenReferral))
def directory(request: HttpRequest) -> dict[str, Any]:
    """This address will give the directory of services as Open Referral UK JSON. Where a refuge is, is not in it."""
    viewer = viewer_of(request)
    found = directory_queries.as_open_referral(viewer.landlord_id)
    log_view(reference="", page="directory", how="export", by=viewer, now=now_of(request))
    return found


@router.post("/directory", url_name="import-directory", response=answers(ImportedServices))
def import_directory(request: HttpRequest, said: DirectoryBody) -> dict[str, Any]:
    """This address will take services of Open Referral UK JSON into the directory; none that is there is taken away."""
    found = importing.import_directory(said={"contents": said.contents}, by=viewer_of(request), now=now_of(request))
    return {"services": len(found.services), "remarks": list(found.remarks)}
