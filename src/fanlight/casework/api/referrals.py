"""Referrals to services outside, and the directory of services as Open Referral UK JSON."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field, StrictBool

from fanlight.casework.actions import import_directory as importing
from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.note_marac_referral import note_marac_referral
from fanlight.casework.actions.refer import refer
from fanlight.casework.actions.say_of_referral import say_of_referral
from fanlight.casework.api.answers import answers
from fanlight.casework.api.asking import case_of, looked, now_of, viewer_of
from fanlight.casework.api.bodies import Body, Day, Line, Moment, Name, Number, Overriding, Text, Written
from fanlight.casework.api.sharing import GroundsBody
from fanlight.casework.queries import directory as directory_queries
from fanlight.casework.queries import referrals as queries
from fanlight.casework.queries.referrals import Referrals
from fanlight.casework.referring import MARAC

router = Router(tags=["Referrals"])


class ReferBody(Overriding):
    """A referral that has been made: the kind of service, who there, how; permission for a child or an adult at risk.

    `answers` is what its form says, by the names that `GET …/referrals/new` lists, and `criteria` are the answers to those of the MARAC. Where
    the form or the note says anything, `share` says why it may go, as of every share. `document` is which of its documents went: pdf, protected
    or word.
    """

    to: Name
    purpose: Name = ""
    service: Line = ""
    name: Line = ""
    way: Name = ""
    document: Name = ""
    answers: Annotated[dict[Name, Text], Field(max_length=60)] = {}
    criteria: Annotated[dict[Name, StrictBool | None], Field(max_length=10)] = {}
    share: GroundsBody = GroundsBody()
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


class NotedBody(Body):
    """Another agency referred to the MARAC: which, on which day, and what they said of it."""

    agency: Line
    on: Day
    note: Text = ""
    expected_sequence: Number


class Referred(Schema):
    """A referral that was recorded: its number among the referrals of the case, and the place of its entry. Without one it waits for
    somebody else to authorise it, and has not gone."""

    reference: str
    number: int
    sequence: int | None
    state: str


class FieldOfForm(Schema):
    """A question of the form: its name, what it asks, and what the case says of it."""

    name: str
    ask: str
    text: str


class CriterionOfForm(Schema):
    """A criterion of the MARAC: whether the record speaks for it, and why. Whoever refers answers it."""

    name: str
    ask: str
    proposed: bool | None
    why: str


class RecipientOfForm(Schema):
    """Who may get it."""

    service: str
    name: str
    way: str
    is_the_right_one: bool


class StandingAtMarac(Schema):
    """How the case stands with the MARAC: who referred last, until when it is flagged, and the day of abuse that goes back there."""

    referred_on: date
    by_agency: str
    flagged_until: date
    is_flagged: bool
    repeat_on: date | None


class NewReferral(Schema):
    """What is asked before a referral goes, with what the case says: the form, who may get it, the criteria of the MARAC."""

    reference: str
    to: str
    purpose: str
    recipients: list[RecipientOfForm]
    fields: list[FieldOfForm]
    criteria: list[CriterionOfForm]
    marac: StandingAtMarac | None
    last_sequence: int


class KindAsked(Body):
    """For what, or to which kind of service; with neither, for the MARAC."""

    purpose: Name = ""
    to: Name = ""


class State(Schema):
    """The state in which the referral is now."""

    reference: str
    state: str


class DirectoryBody(Body):
    """A page of services of Open Referral UK (HSDS), such as this directory is given in. What it says of itself is not read."""

    contents: Annotated[list[dict[str, Any]], Field(max_length=5000)]
    version: str = ""
    profile: str = ""
    total_items: int = 0
    total_pages: int = 0
    page_number: int = 0
    size: int = 0
    first_page: bool = False
    last_page: bool = False
    empty: bool = False


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


@router.get("/cases/{reference}/referrals/new", url_name="new-referral", response=answers(NewReferral))
def new(request: HttpRequest, reference: str, asked: Query[KindAsked]) -> dict[str, Any]:
    """This address will show what a referral asks, filled from the case, and how the case stands with the MARAC."""
    viewer, now = viewer_of(request), now_of(request)
    found = queries.referral_form(
        viewer, reference, purpose=asked.purpose or ("" if asked.to else MARAC), kind=asked.to, now=now
    )
    stands = queries.referrals_of_case(viewer, reference, now=now).marac
    looked(request, reference, "new-referral")
    proposed = found.route.proposed
    return {
        "reference": found.reference,
        "to": found.route.kind,
        "purpose": found.purpose.id,
        "recipients": [
            {
                "service": one.service.id,
                "name": one.service.name,
                "way": one.way,
                "is_the_right_one": proposed is not None and proposed.service.id == one.service.id,
            }
            for one in found.route.recipients
        ],
        "fields": [{"name": field.name, "ask": field.ask, "text": text} for field, text in found.fields],
        "criteria": [
            {"name": one.name, "ask": one.ask, "proposed": one.proposed, "why": one.why} for one in found.criteria
        ],
        "marac": {
            "referred_on": stands.last.on,
            "by_agency": stands.last.agency,
            "flagged_until": stands.until,
            "is_flagged": stands.is_flagged,
            "repeat_on": stands.repeat.on if stands.repeat else None,
        }
        if stands
        else None,
        "last_sequence": found.last_sequence,
    }


@router.post("/cases/{reference}/referrals", url_name="refer", response=answers(Referred, status=201, stopped=True))
def make(request: HttpRequest, reference: str, said: ReferBody) -> Status[object]:
    """This address will record a referral to a service outside: it is not received until they say so."""
    sequence = refer(
        case=case_of(request, reference),
        to=said.to,
        purpose=said.purpose,
        service=said.service,
        name=said.name,
        way=said.way,
        document=said.document,
        answers=said.answers,
        criteria=said.criteria,
        permission=said.permission,
        reason=said.reason,
        own_request=said.own_request,
        share=said.share.grounds(),
        note=said.note,
        at=said.at,
        expected_sequence=said.expected_sequence,
        overrides=said.set_aside,
        by=viewer_of(request),
        now=now_of(request),
    )
    made = queries.referrals_of_case(viewer_of(request), reference, now=now_of(request)).lines[0]
    return Status(
        201, {"reference": reference, "number": made.number, "sequence": sequence or None, "state": made.state}
    )


@router.post(
    "/cases/{reference}/referred-elsewhere",
    url_name="referred-elsewhere",
    response=answers(Written, status=201),
)
def referred_elsewhere(request: HttpRequest, reference: str, said: NotedBody) -> Status[object]:
    """This address will note that another agency referred the case to the MARAC: the twelve months run from that day."""
    sequence = note_marac_referral(
        case=case_of(request, reference),
        agency=said.agency,
        on=said.on,
        note=said.note,
        expected_sequence=said.expected_sequence,
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
