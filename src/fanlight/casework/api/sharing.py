"""Consent, and what leaves the landlord: to whom, what exactly, why, on which grounds."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from fanlight.casework.actions.record_consent import record_consent
from fanlight.casework.api.answers import answers
from fanlight.casework.api.asking import case_of, looked, now_of, viewer_of
from fanlight.casework.api.bodies import Line, Moment, Name, Number, Overriding, Text, Written
from fanlight.casework.models import ConsentSaid
from fanlight.casework.queries import consents as consent_queries
from fanlight.casework.queries.consents import ConsentPage

router = Router(tags=["Sharing"])

Service = Annotated[str, Field(max_length=80)]


class ConsentBody(Overriding):
    """What somebody said to being told about: whose (`part`), to whom, for what, and how it was taken.

    `to` is a kind of service and `service` its id in the directory; `organisation` is written where the directory has none.
    `answer` is given, refused or withdrawn. What may be said under the other names is in the lists that `GET` gives.
    """

    part: Number
    to: Name
    service: Service = ""
    organisation: Line = ""
    purpose: Name
    answer: Name
    how: Name
    giver: Name = "themselves"
    giver_name: Line = ""
    capacity: Name = "assumed"
    capacity_note: Text = ""
    conditions: Text = ""
    own_words: Text = ""
    taken_by: Line = ""
    limits: Text = ""
    at: Moment | None = None


@router.get("/cases/{reference}/consent", url_name="consent", response=answers(ConsentPage))
def consent(request: HttpRequest, reference: str) -> ConsentPage:
    """This address will show the consent of a case: what holds, what was said before, and whom something may be shared with."""
    found = consent_queries.consent_page(viewer_of(request), reference, now=now_of(request))
    looked(request, reference, "consent")
    return found


@router.post(
    "/cases/{reference}/consent", url_name="record-consent", response=answers(Written, status=201, stopped=True)
)
def take_consent(request: HttpRequest, reference: str, said: ConsentBody) -> Status[object]:
    """This address will put on the record what somebody said to being told about."""
    sequence = record_consent(
        case=case_of(request, reference),
        part=said.part,
        to=said.to,
        service=said.service,
        purpose=said.purpose,
        answer=said.answer,
        how=said.how,
        said=ConsentSaid(
            organisation=said.organisation,
            conditions=said.conditions,
            own_words=said.own_words,
            taken_by=said.taken_by,
            limits=said.limits,
            capacity=said.capacity_note,
            giver=said.giver_name,
        ),
        giver=said.giver,
        capacity=said.capacity,
        at=said.at,
        expected_sequence=said.expected_sequence,
        overrides=[(one.gate, one.reason) for one in said.overrides],
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": sequence})
