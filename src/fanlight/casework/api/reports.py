"""Reports: making one, its receipt, and what triage makes of it."""

from django.http import HttpRequest
from ninja import Query, Router, Status

from fanlight.casework.actions.call_999 import call_999
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.actions.redirect_report import redirect_report
from fanlight.casework.actions.report_abuse import NewPart, report_abuse
from fanlight.casework.actions.say_who_it_is import say_who_it_is
from fanlight.casework.api.answers import answers
from fanlight.casework.api.asking import case_of, colleague_of, looked, now_of, person_of, viewer_of
from fanlight.casework.api.bodies import (
    CallBody,
    JoinBody,
    OpenBody,
    Paged,
    RedirectBody,
    Redirected,
    Reference,
    ReportBody,
    SearchAsked,
    WhoItIsBody,
)
from fanlight.casework.queries import triage_queue as queue_queries
from fanlight.casework.queries import triage_report as report_queries
from fanlight.casework.queries.report_receipt import ReportReceipt, report_receipt
from fanlight.casework.queries.triage_queue import TriageQueue
from fanlight.casework.queries.triage_report import TriageReport

router = Router(tags=["Reports and triage"])


@router.post("/reports", url_name="report", response=answers(Reference, status=201))
def report(request: HttpRequest, said: ReportBody) -> Status[object]:
    """This address will take a report from anybody on staff."""
    people = [
        NewPart(
            part=one.part,
            name=one.name,
            phone=one.phone,
            safe_contact=one.safe_contact,
            staff=colleague_of(request, one.staff, "people"),
            person=person_of(request, one.same_as),
            not_them=one.not_them,
        )
        for one in said.people
    ]
    case = report_abuse(
        fields=said.fields,
        facts=said.facts,
        note=said.note,
        people=people,
        at=said.at,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": case.reference})


@router.get("/reports/{reference}", url_name="receipt", response=answers(ReportReceipt))
def receipt(request: HttpRequest, reference: str) -> ReportReceipt:
    """This address will show the receipt of a report to the person who made it."""
    found = report_receipt(viewer_of(request), reference, now=now_of(request))
    looked(request, reference, "receipt")
    return found


@router.post("/reports/{reference}/called-999", url_name="called-999", response=answers(Reference))
def called_999(request: HttpRequest, reference: str, said: CallBody) -> dict[str, str]:
    """This address will note that 999 was called, for the person who made the report."""
    call_999(reference=reference, service=said.service, by=viewer_of(request), now=now_of(request))
    return {"reference": reference}


@router.get("/triage", url_name="triage", response=answers(TriageQueue))
def triage(request: HttpRequest, asked: Query[Paged]) -> TriageQueue:
    """This address will show the new reports, danger first."""
    return queue_queries.triage_queue(viewer_of(request), page=asked.page, now=now_of(request))


@router.get("/triage/{reference}", url_name="triage-report", response=answers(TriageReport))
def triage_report(request: HttpRequest, reference: str, asked: Query[SearchAsked]) -> TriageReport:
    """This address will show one new report, and what may become of it."""
    found = report_queries.triage_report(viewer_of(request), reference, search=asked.search, now=now_of(request))
    looked(request, reference, "triage-report")
    return found


@router.post("/triage/{reference}/open", url_name="triage-open", response=answers(Reference, stopped=True))
def make_case(request: HttpRequest, reference: str, said: OpenBody) -> dict[str, str]:
    """This address will make a case of a report, and give it to somebody."""
    open_case(
        case=case_of(request, reference),
        outcome=said.outcome,
        lead=colleague_of(request, said.lead, "lead"),
        role=said.role,
        facts=said.facts,
        note=said.note,
        expected_sequence=said.expected_sequence,
        by=viewer_of(request),
        now=now_of(request),
    )
    return {"reference": reference}


@router.post("/triage/{reference}/join", url_name="triage-join", response=answers(Reference, stopped=True))
def join(request: HttpRequest, reference: str, said: JoinBody) -> dict[str, str]:
    """This address will join a report to the case that it belongs to, and give that case's reference."""
    into = join_case(
        case=case_of(request, reference),
        into=said.into,
        known_already=said.known_already,
        note=said.note,
        expected_sequence=said.expected_sequence,
        by=viewer_of(request),
        now=now_of(request),
    )
    return {"reference": into.reference}


@router.post("/triage/{reference}/who", url_name="triage-who", response=answers(Reference))
def who_it_is(request: HttpRequest, reference: str, said: WhoItIsBody) -> dict[str, str]:
    """This address will say that somebody whom a report names is one who is known already."""
    say_who_it_is(
        case=case_of(request, reference),
        part=said.part,
        same_as=said.same_as,
        by=viewer_of(request),
        now=now_of(request),
    )
    return {"reference": reference}


@router.post("/triage/{reference}/redirect", url_name="triage-redirect", response=answers(Redirected, stopped=True))
def redirect(request: HttpRequest, reference: str, said: RedirectBody) -> dict[str, object]:
    """This address will send a report to where it belongs: to a service outside by a referral, which it begins."""
    number = redirect_report(
        case=case_of(request, reference),
        outcome=said.outcome,
        to=said.to,
        reason=said.reason,
        expected_sequence=said.expected_sequence,
        by=viewer_of(request),
        now=now_of(request),
    )
    return {"reference": reference, "referral": number}
