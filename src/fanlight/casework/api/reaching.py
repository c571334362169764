"""Reaching somebody in a case: their ways, whether they may be reached now, what came of it, and what waits."""

from django.http import HttpRequest
from ninja import Router, Status

from fanlight.casework.actions.ask_to_reach import ask_to_reach
from fanlight.casework.actions.end_way import end_way
from fanlight.casework.actions.reach_person import reach_person
from fanlight.casework.actions.reaching import Reach
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.actions.settle_contact import settle_contact
from fanlight.casework.api.answers import answers, in_words
from fanlight.casework.api.asking import case_of, looked, now_of, viewer_of
from fanlight.casework.api.bodies import (
    MayReach,
    ReachBody,
    ReachedBody,
    Reference,
    SettleBody,
    WayBody,
    WayWritten,
    Written,
)
from fanlight.casework.models import Terms
from fanlight.casework.queries.reach_page import WaysPage, ways_page

router = Router(tags=["Reaching people"])
_PERSON = "/cases/{reference}/people/{int:part}"


@router.get(f"{_PERSON}/ways", url_name="ways", response=answers(WaysPage))
def ways(request: HttpRequest, reference: str, part: int) -> WaysPage:
    """This address will show the ways of somebody in a case, as they stand now."""
    found = ways_page(viewer_of(request), reference, part, now=now_of(request))
    looked(request, reference, "ways")
    return found


@router.post(f"{_PERSON}/ways", url_name="say-way", response=answers(WayWritten, status=201))
def say(request: HttpRequest, reference: str, part: int, said: WayBody) -> Status[object]:
    """This address will write down a way, or say one anew; what was said before stays, ended."""
    terms = said.terms.model_dump()
    way = say_way(
        case=case_of(request, reference),
        part=part,
        kind=said.kind,
        value=said.value,
        standing=said.standing,
        terms=Terms(**{**terms, "days": tuple(terms["days"])}),
        told_by_them=said.told_by_them,
        instead_of=said.instead_of,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "way": way})


@router.post(f"{_PERSON}/ways/{{int:way}}/end", url_name="end-way", response=answers(Reference))
def end(request: HttpRequest, reference: str, part: int, way: int) -> dict[str, str]:
    """This address will end a way that is theirs no more."""
    end_way(case=case_of(request, reference), part=part, way=way, by=viewer_of(request), now=now_of(request))
    return {"reference": reference}


@router.post(f"{_PERSON}/may-reach", url_name="may-reach", response=answers(MayReach))
def may_reach(request: HttpRequest, reference: str, part: int, said: ReachBody) -> dict[str, object]:
    """This address will say whether somebody may be reached now, and how; a refusal is answered with 403 and says why."""
    answer = ask_to_reach(
        case=case_of(request, reference), reach=_reach(said, part), by=viewer_of(request), now=now_of(request)
    )
    return in_words(answer)


@router.post(f"{_PERSON}/reach", url_name="reach", response=answers(Written, status=201, stopped=True))
def reach(request: HttpRequest, reference: str, part: int, said: ReachedBody) -> Status[object]:
    """This address will record that somebody was reached, or tried, if the gate lets it pass; nothing is saved otherwise."""
    sequence = reach_person(
        case=case_of(request, reference),
        reach=_reach(said.reach, part),
        result=said.result,
        safe=said.safe,
        facts=said.facts,
        note=said.note,
        at=said.at,
        expected_sequence=said.expected_sequence,
        overrides=said.set_aside,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": sequence})


@router.post("/cases/{reference}/waits", url_name="settle-contact", response=answers(Written, status=201, stopped=True))
def settle(request: HttpRequest, reference: str, said: SettleBody) -> Status[object]:
    """This address will record what was done about a welfare check that waits, or a contact past the gate."""
    sequence = settle_contact(
        case=case_of(request, reference),
        what=said.what,
        outcome=said.outcome,
        note=said.note,
        expected_sequence=said.expected_sequence,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": sequence})


def _reach(said: ReachBody, part: int) -> Reach:
    return Reach(**{**said.model_dump(), "part": part})
