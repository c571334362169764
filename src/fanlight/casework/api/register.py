"""The register: a home and a person as the housing system has them, what staff learned of a person, answers for monitoring, and who is one."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StrictBool

from fanlight.casework.access import NotFound
from fanlight.casework.actions.change_person import change_person
from fanlight.casework.actions.log_view import log_view_of_register
from fanlight.casework.actions.merge_people import merge_people
from fanlight.casework.actions.record_equality import record_equality
from fanlight.casework.actions.unmerge_people import unmerge_people
from fanlight.casework.api.answers import answers
from fanlight.casework.api.asking import now_of, viewer_of
from fanlight.casework.api.bodies import Body, Line, Name, Number, Text, Word
from fanlight.casework.queries import register as register_queries
from fanlight.casework.queries.equality import EqualityPage, equality_of
from fanlight.casework.queries.register import RegisterHome, RegisterPerson
from fanlight.casework.queries.sameness import SamePage, same_page

router = Router(tags=["The register"])


class ChangePersonBody(Body):
    """What somebody speaks and needs: all of it as it is to stand."""

    language: Line = ""
    interpreter: StrictBool | None = None
    communication: Text = ""
    access_needs: Text = ""


class Changed(Schema):
    """Whether anything was said anew."""

    changed: bool


class EqualityBody(Body):
    """What somebody is willing to say of themselves; a question that is left out is not asked."""

    answers: Annotated[dict[Word, Name], Field(max_length=40)]


class MergeBody(Body):
    """With whom somebody is one, by the number of that person, and how you know."""

    into: Number
    reason: Text


class ApartBody(Body):
    """How you know that they are two."""

    reason: Text


@router.get("/register/homes/{int:number}", url_name="register-home", response=answers(RegisterHome))
def home(request: HttpRequest, number: int) -> RegisterHome:
    """This address will show a home with its tenancies and those who live there, as the housing system has them."""
    found = register_queries.register_home(viewer_of(request), number, now=now_of(request))
    log_view_of_register(page="register home", home=number, by=viewer_of(request), now=now_of(request))
    return found


@router.get("/register/people/{int:number}", url_name="register-person", response=answers(RegisterPerson))
def person(request: HttpRequest, number: int) -> RegisterPerson:
    """This address will show somebody, as the housing system has them and with what staff learned; numbers are not given whole."""
    found = register_queries.register_person(viewer_of(request), number, now=now_of(request))
    log_view_of_register(page="register person", person=number, by=viewer_of(request), now=now_of(request))
    return found


@router.post("/register/people/{int:number}/change", url_name="change-person", response=answers(Changed))
def change(request: HttpRequest, number: int, said: ChangePersonBody) -> Changed:
    """This address will say anew what somebody speaks and needs; it stands, whatever the housing system says next."""
    changed = change_person(number=number, **said.model_dump(), by=viewer_of(request), now=now_of(request))
    return Changed(changed=changed)


@router.get("/register/people/{int:number}/equality", url_name="equality", response=answers(EqualityPage))
def equality(request: HttpRequest, number: int) -> EqualityPage:
    """This address will show what somebody said for monitoring, to whoever may record it."""
    found = equality_of(viewer_of(request), number, now=now_of(request))
    log_view_of_register(page="equality", person=number, by=viewer_of(request), now=now_of(request))
    return found


@router.post("/register/people/{int:number}/equality", url_name="record-equality", response=answers(EqualityPage))
def record(request: HttpRequest, number: int, said: EqualityBody) -> EqualityPage:
    """This address will keep what somebody says for monitoring in the place of what they said before."""
    record_equality(number=number, answers=said.answers, by=viewer_of(request), now=now_of(request))
    return equality_of(viewer_of(request), number, now=now_of(request))


@router.get("/people/{int:number}/same", url_name="same", response=answers(SamePage))
def same(request: HttpRequest, number: int) -> SamePage:
    """This address will show who is like somebody, and with whom they are merged or were, to whoever may merge people."""
    found = same_page(viewer_of(request), number, now=now_of(request))
    log_view_of_register(page="same person", person=number, by=viewer_of(request), now=now_of(request))
    return found


@router.post("/people/{int:number}/same", url_name="merge", response=answers(SamePage, status=201))
def merge(request: HttpRequest, number: int, said: MergeBody) -> Status[object]:
    """This address will say that somebody is the same as another: what is read of one is read of the other, until it is taken back."""
    merge_people(person=number, into=said.into, reason=said.reason, by=viewer_of(request), now=now_of(request))
    return Status(201, same_page(viewer_of(request), number, now=now_of(request)))


@router.post("/people/{int:number}/same/{int:merge}/apart", url_name="apart", response=answers(SamePage))
def apart(request: HttpRequest, number: int, merge: int, said: ApartBody) -> SamePage:
    """This address will take two people apart who were said to be one: each is as they were, and the note of it stays."""
    viewer, now = viewer_of(request), now_of(request)
    if not any(line.id == merge and line.ended_at is None for line in same_page(viewer, number, now=now).merges):
        raise NotFound
    unmerge_people(merge=merge, reason=said.reason, by=viewer, now=now)
    return same_page(viewer, number, now=now)
