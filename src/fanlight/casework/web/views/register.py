"""The register: a home and a person as the housing system has them, what staff learned of a person, and equality data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework import access
from fanlight.casework.actions.change_person import change_person
from fanlight.casework.actions.log_view import log_view_of_register
from fanlight.casework.actions.record_equality import record_equality
from fanlight.casework.queries import equality as equality_queries
from fanlight.casework.queries import register as register_queries
from fanlight.casework.web.forms.register import ChangePersonForm, EqualityForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage
from fanlight.casework.web.views.page import go, show, viewer_of


def _typed(request: TimedRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _all() -> tuple[str, str]:
    return reverse("register"), "The register"


@require_http_methods(["GET", "HEAD"])
def register(request: TimedRequest) -> HttpResponse:
    """This function will say what the register is, and where to look somebody up in it."""
    access.demand(viewer_of(request), "register:see")
    return show(request, "register.html", "The register", here="register")


@require_http_methods(["GET", "HEAD"])
def home(request: TimedRequest, number: int) -> HttpResponse:
    """This function will show a home with its tenancies."""
    viewer = viewer_of(request)
    found = register_queries.register_home(viewer, number, now=request.now)
    log_view_of_register(page="register home", home=number, by=viewer, now=request.now)
    return show(request, "register_home.html", "A home", here="register", back=_all(), home=found)


@require_http_methods(["GET", "HEAD"])
def person(request: TimedRequest, number: int) -> HttpResponse:
    """This function will show somebody of the register."""
    viewer = viewer_of(request)
    found = register_queries.register_person(viewer, number, now=request.now)
    log_view_of_register(page="register person", person=number, by=viewer, now=request.now)
    in_words = register_queries.in_words
    return show(
        request, "register_person.html", "A person", here="register", back=_all(), person=found, in_words=in_words
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: TimedRequest, number: int) -> HttpResponse:
    """This function will take what staff have learned of how somebody is spoken with."""
    viewer = viewer_of(request)
    found = register_queries.person_to_change(viewer, number, now=request.now)
    form = ChangePersonForm(_typed(request), initial=asdict(register_queries.own_of(found)))
    is_known = access.can(viewer, "register:see") and bool(found.reference_index)
    back = reverse("register-person", args=[number]) if is_known else reverse("change-person", args=[number])

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        change_person(number=number, **typed, by=viewer, now=request.now)
        return go("register-person" if is_known else "change-person", number, done="person-changed")

    if request.method != "POST":
        log_view_of_register(page="change person", person=number, by=viewer, now=request.now)
    return FormPage(
        request,
        "",
        form,
        "one_form.html",
        "A person",
        here="register",
        back=(back, "Back"),
        heading="What helps when you speak with them",
        lines=[
            "What you say here stands, whatever the housing system says. What was there before is kept.",
            "Write nothing here of any case: everybody who may look into the register reads it.",
        ],
        button="Save",
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def equality(request: TimedRequest, number: int) -> HttpResponse:
    """This function will take what somebody is willing to say of themselves for monitoring."""
    viewer = viewer_of(request)
    found = equality_queries.equality_of(viewer, number, now=request.now)
    form = EqualityForm(_typed(request), initial=dict(found.answers))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        answers = {name: str(answer or "") for name, answer in typed.items()}
        record_equality(number=number, answers=answers, by=viewer, now=request.now)
        return go("equality", number, done="equality")

    if request.method != "POST":
        log_view_of_register(page="equality", person=number, by=viewer, now=request.now)
    return FormPage(
        request,
        "",
        form,
        "one_form.html",
        "For monitoring",
        here="register",
        back=_all(),
        heading=f"For monitoring: {found.name}",
        lines=[
            "Nobody has to answer any of this. It changes nothing of what they are offered.",
            "It is counted, and stands on no other page. Ask it of them and of nobody else; to take an answer back, say that it was not asked.",
        ],
        button="Save",
    ).answer(act)
