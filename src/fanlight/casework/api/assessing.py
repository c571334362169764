"""Risk assessments: those of a case, one as it was made, one to put on the record, and another agency's."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field, StrictBool, StrictInt

from fanlight.casework.actions.complete_assessment import complete_assessment
from fanlight.casework.actions.record_other_assessment import record_other_assessment
from fanlight.casework.api.answers import answers
from fanlight.casework.api.asking import case_of, looked, now_of, viewer_of
from fanlight.casework.api.bodies import Body, Day, Key, Line, Moment, Name, Overriding, Text, Word, Written
from fanlight.casework.instruments import Answer, Said
from fanlight.casework.queries import assessments as queries
from fanlight.casework.queries.assessments import AssessmentPage, AssessmentsOfCase

router = Router(tags=["Risk assessments"])


class ItemBody(Body):
    """The answer to an item: yes, no or unknown; who said so, by the word of the instrument, and a note."""

    said: Said
    source: Name = ""
    note: Text = ""


class AssessmentBody(Overriding):
    """An assessment by an instrument that is used here: each item answered, by its key, and the assessor's judgement with its reason.

    `incidents` are those reported to the police, where the instrument asks; none is 0, and not known is null.
    """

    instrument: Name
    answers: Annotated[dict[Word, ItemBody], Field(max_length=200)]
    judged_high: StrictBool
    reason: Text
    incidents: Annotated[StrictInt, Field(ge=0, le=1000)] | None = None
    note: Text = ""
    at: Moment | None = None
    duty: Key = ""


class OtherAssessmentBody(Overriding):
    """Another agency's assessment, as far as we were told; `how` we know of it is seen, agency or person: it is never presumed."""

    agency: Line
    how: Name
    instrument: Line = ""
    made_on: Day | None = None
    grade: Name = ""
    score: Annotated[StrictInt, Field(ge=0, le=1000)] | None = None
    note: Text = ""
    at: Moment | None = None
    duty: Key = ""


@router.get("/cases/{reference}/assessments", url_name="assessments", response=answers(AssessmentsOfCase))
def of_case(request: HttpRequest, reference: str) -> AssessmentsOfCase:
    """This address will show the risk assessments of a case, the newest first, and whether the last one still holds."""
    found = queries.assessments_of_case(viewer_of(request), reference, now=now_of(request))
    looked(request, reference, "assessments")
    return found


@router.post("/cases/{reference}/assessments", url_name="assess", response=answers(Written, status=201, stopped=True))
def complete(request: HttpRequest, reference: str, said: AssessmentBody) -> Status[object]:
    """This address will put an assessment of our own on the record. It never changes; a new one supersedes it."""
    sequence = complete_assessment(
        case=case_of(request, reference),
        instrument=said.instrument,
        answers={key: Answer(one.said, one.source, one.note) for key, one in said.answers.items()},
        judged_high=said.judged_high,
        reason=said.reason,
        incidents=said.incidents,
        note=said.note,
        at=said.at,
        expected_sequence=said.expected_sequence,
        overrides=said.set_aside,
        duty=said.duty,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, Written(reference=reference, sequence=sequence))


@router.post(
    "/cases/{reference}/assessments/other",
    url_name="other-assessment",
    response=answers(Written, status=201, stopped=True),
)
def other(request: HttpRequest, reference: str, said: OtherAssessmentBody) -> Status[object]:
    """This address will put down that another agency has made an assessment, as theirs."""
    sequence = record_other_assessment(
        case=case_of(request, reference),
        agency=said.agency,
        how=said.how,
        instrument=said.instrument,
        made_on=said.made_on,
        grade=said.grade,
        score=said.score,
        note=said.note,
        at=said.at,
        expected_sequence=said.expected_sequence,
        overrides=said.set_aside,
        duty=said.duty,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, Written(reference=reference, sequence=sequence))


@router.get("/cases/{reference}/assessments/{int:sequence}", url_name="assessment", response=answers(AssessmentPage))
def one(request: HttpRequest, reference: str, sequence: int) -> AssessmentPage:
    """This address will show one assessment as it was made, answer by answer."""
    found = queries.assessment_page(viewer_of(request), reference, sequence, now=now_of(request))
    looked(request, reference, "assessment")
    return found
