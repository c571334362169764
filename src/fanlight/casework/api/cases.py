"""Cases: the list, one case as it now stands, and everything that is written in it."""

from django.http import HttpRequest
from ninja import Query, Router, Status

from fanlight.casework.actions.acknowledge_receipt import acknowledge_receipt
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.answer_question import answer_question
from fanlight.casework.actions.assign_case import assign_case
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.hand_over import hand_over
from fanlight.casework.actions.reaching import Reach
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.reopen_case import reopen_case
from fanlight.casework.actions.search import search
from fanlight.casework.actions.strike_entry import strike_entry
from fanlight.casework.api.answers import answers
from fanlight.casework.api.asking import case_of, colleague_of, looked, now_of, viewer_of
from fanlight.casework.api.bodies import (
    Added,
    AnswersBody,
    AssignBody,
    CasesAsked,
    CloseBody,
    EntryBody,
    FindBody,
    Given,
    HandOverBody,
    NamedBody,
    ReceiptBody,
    Reference,
    ReopenBody,
    StrikeBody,
    Written,
)
from fanlight.casework.queries import case_page as case_queries
from fanlight.casework.queries import cases as list_queries
from fanlight.casework.queries import close_form as form_queries
from fanlight.casework.queries.case_page import CasePage
from fanlight.casework.queries.cases import Cases
from fanlight.casework.queries.close_form import AssignForm
from fanlight.casework.queries.find_people import Found

router = Router(tags=["Cases"])


@router.get("/cases", url_name="cases", response=answers(Cases))
def many(request: HttpRequest, asked: Query[CasesAsked]) -> Cases:
    """This address will show the cases that one may see."""
    filters = list_queries.CaseFilters(asked.status, asked.reference, asked.patch, asked.grade, asked.lead)
    return list_queries.cases(viewer_of(request), filters=filters, page=asked.page, now=now_of(request))


@router.post("/find", url_name="find", response=answers(Found))
def find(request: HttpRequest, said: FindBody) -> Found:
    """This address will find people in the register and the cases that one may see; the log keeps why, and not who."""
    return search(**said.dict(), by=viewer_of(request), now=now_of(request))


@router.get("/cases/{reference}", url_name="case", response=answers(CasePage))
def one(request: HttpRequest, reference: str) -> CasePage:
    """This address will show a case: duties, questions, options, advice, hand-overs, people, and the story, newest first."""
    found = case_queries.case_page(viewer_of(request), reference, now=now_of(request))
    looked(request, reference, "case")
    return found


@router.get("/cases/{reference}/colleagues", url_name="assign-form", response=answers(AssignForm))
def colleagues(request: HttpRequest, reference: str) -> AssignForm:
    """This address will show who may be given the case, and to which services it may be handed over."""
    found = form_queries.assign_form(viewer_of(request), reference, now=now_of(request))
    looked(request, reference, "assign")
    return found


@router.post("/cases/{reference}/entries", url_name="record", response=answers(Written, status=201, stopped=True))
def record(request: HttpRequest, reference: str, said: EntryBody) -> Status[object]:
    """This address will record an entry, or say what stands against it; nothing is saved then."""
    sequence = record_entry(
        case=case_of(request, reference),
        kind=said.kind,
        fields=said.fields,
        facts=said.facts,
        note=said.note,
        of_sequence=said.of_sequence,
        at=said.at,
        to_staff=colleague_of(request, said.to_staff, "to_staff"),
        expected_sequence=said.expected_sequence,
        overrides=said.set_aside,
        duty=said.duty,
        reach=Reach(**said.reach.model_dump()) if said.reach else None,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": sequence})


@router.post("/cases/{reference}/answers", url_name="answer", response=answers(Written, status=201, stopped=True))
def answer(request: HttpRequest, reference: str, said: AnswersBody) -> Status[object]:
    """This address will put answers to questions on the record."""
    sequence = answer_question(
        case=case_of(request, reference),
        facts=said.facts,
        note=said.note,
        expected_sequence=said.expected_sequence,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": sequence})


@router.post(
    "/cases/{reference}/entries/{int:sequence}/strike",
    url_name="strike",
    response=answers(Written, status=201, stopped=True),
)
def strike(request: HttpRequest, reference: str, sequence: int, said: StrikeBody) -> Status[object]:
    """This address will strike an entry that was recorded in error; both stay on the record."""
    written = strike_entry(
        case=case_of(request, reference),
        sequence=sequence,
        reason=said.reason,
        expected_sequence=said.expected_sequence,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": written})


@router.post("/cases/{reference}/people", url_name="people", response=answers(Added, status=201))
def people(request: HttpRequest, reference: str, said: NamedBody) -> Status[object]:
    """This address will name somebody in their part in the case."""
    works_here = colleague_of(request, said.staff, "staff")
    person = add_part(
        case=case_of(request, reference),
        name=said.name,
        part=said.part,
        safe_contact=said.safe_contact,
        phone=said.phone,
        staff_email=works_here.email if works_here else "",
        born=said.born,
        same_as=said.same_as,
        not_them=said.not_them,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "person": person})


@router.post("/cases/{reference}/assign", url_name="assign", response=answers(Given, stopped=True))
def assign(request: HttpRequest, reference: str, said: AssignBody) -> dict[str, object]:
    """This address will give the case to somebody: one that somebody leads changes hands once it is acknowledged."""
    case = case_of(request, reference)
    to = colleague_of(request, said.to, "to")
    if to is None:
        raise Faulty({"to": ("Say to whom.",)})
    leads_now = assign_case(
        case=case,
        to=to,
        role=said.role,
        note=said.note,
        reason=said.reason,
        at_once=said.at_once,
        expected_sequence=said.expected_sequence,
        by=viewer_of(request),
        now=now_of(request),
    )
    return {"reference": reference, "leads_now": leads_now}


@router.post("/cases/{reference}/hand-overs", url_name="hand-over", response=answers(Written, status=201, stopped=True))
def give_over(request: HttpRequest, reference: str, said: HandOverBody) -> Status[object]:
    """This address will hand the case, or a part of it, over: it is not received until they say so."""
    sequence = hand_over(
        case=case_of(request, reference),
        to=said.to,
        to_staff=colleague_of(request, said.to_staff, "to_staff"),
        note=said.note,
        reason=said.reason,
        at=said.at,
        expected_sequence=said.expected_sequence,
        overrides=said.set_aside,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": sequence})


@router.post(
    "/cases/{reference}/hand-overs/{int:sequence}/receipt",
    url_name="received",
    response=answers(Reference, stopped=True),
)
def received(request: HttpRequest, reference: str, sequence: int, said: ReceiptBody) -> dict[str, str]:
    """This address will take the receiver's word that a hand-over has arrived."""
    acknowledge_receipt(
        case=case_of(request, reference),
        sequence=sequence,
        confirmed_by=said.confirmed_by,
        note=said.note,
        at=said.at,
        by=viewer_of(request),
        now=now_of(request),
    )
    return {"reference": reference}


@router.post("/cases/{reference}/close", url_name="close", response=answers(Reference, stopped=True))
def close(request: HttpRequest, reference: str, said: CloseBody) -> dict[str, str]:
    """This address will close the case; what is still owed stays owed."""
    close_case(
        case=case_of(request, reference),
        reason=said.reason,
        outcome=said.outcome,
        expected_sequence=said.expected_sequence,
        overrides=said.set_aside,
        by=viewer_of(request),
        now=now_of(request),
    )
    return {"reference": reference}


@router.post("/cases/{reference}/reopen", url_name="reopen", response=answers(Reference, stopped=True))
def reopen(request: HttpRequest, reference: str, said: ReopenBody) -> dict[str, str]:
    """This address will open a closed case again."""
    reopen_case(
        case=case_of(request, reference),
        reason=said.reason,
        expected_sequence=said.expected_sequence,
        by=viewer_of(request),
        now=now_of(request),
    )
    return {"reference": reference}
