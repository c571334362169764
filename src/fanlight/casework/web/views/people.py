"""People: who works here as what, roles by two people, deputies, and those who leave."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework import access
from fanlight.casework.actions.ask_for_role import ask_for_role
from fanlight.casework.actions.decide_on_role import decide_on_role
from fanlight.casework.actions.end_deputy import end_deputy
from fanlight.casework.actions.end_staff import end_staff
from fanlight.casework.actions.name_deputy import name_deputy
from fanlight.casework.actions.take_role_away import take_role_away
from fanlight.casework.models import Staff
from fanlight.casework.queries import people as people_queries
from fanlight.casework.queries.staff import colleague
from fanlight.casework.web.forms.people import AskForRoleForm, ConfirmForm, DecideForm, DeputyForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage
from fanlight.casework.web.views.page import go, show, viewer_of


def _all() -> tuple[str, str]:
    return reverse("staff"), "People"


def _typed(request: TimedRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "HEAD"])
def everybody(request: TimedRequest) -> HttpResponse:
    """This function will show everybody who works here, and the roles that wait for a second person."""
    return show(request, "staff.html", "People", here="staff", found=people_queries.people(viewer_of(request)))


@require_http_methods(["GET", "HEAD"])
def one(request: TimedRequest, person: int) -> HttpResponse:
    """This function will show one of the people."""
    viewer = viewer_of(request)
    found = people_queries.person(viewer, person, now=request.now)
    administers = access.can(viewer, "staff:administer")
    return show(
        request, "staff_member.html", "A colleague", here="staff", back=_all(), person=found, administers=administers
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: TimedRequest, person: int) -> HttpResponse:
    """This function will ask for a role for a colleague, or give it where no second person is needed."""
    viewer = viewer_of(request)
    access.demand(viewer, "staff:administer")
    found = people_queries.person(viewer, person, now=request.now)
    form = AskForRoleForm(_typed(request), roles=dict(found.choices), patches=found.patches)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        at_once = ask_for_role(
            staff=colleague(viewer, person),
            role=typed["role"],
            patches=typed["patches"] or (),
            by=viewer,
            now=request.now,
        )
        return go("staff-member", person, done="role-granted" if at_once else "role-asked")

    return _form(request, form, "Give a role", person, heading=f"Give {found.name} a role", button="Go on").answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: TimedRequest, number: int) -> HttpResponse:
    """This function will grant a role that somebody else asked for, or refuse it."""
    viewer = viewer_of(request)
    asked = people_queries.asked_role(viewer, number)
    if not asked.may_decide:
        raise access.Refused("Somebody else approves this: neither the one who asked, nor the one who gets the role.")
    form = DecideForm(_typed(request))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        is_granted = typed["decision"] == "grant"
        decide_on_role(number=number, is_granted=is_granted, by=viewer, now=request.now)
        return go("staff", done="role-granted" if is_granted else "role-refused")

    lines = [f"{', '.join(asked.patches) or 'Everywhere'}. Asked for by {asked.asked_by}."]
    page = _form(
        request, form, "A role", asked.staff_id, heading=f"{asked.name}: {asked.title}", lines=lines, button="Go on"
    )
    return page.answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def take_away(request: TimedRequest, person: int, role: str) -> HttpResponse:
    """This function will take a role away from a colleague."""
    viewer = viewer_of(request)
    found = people_queries.person(viewer, person, now=request.now)
    held = next((one for one in found.roles if one.role == role), None)
    if held is None:
        return go("staff-member", person)
    if found.is_me:
        raise access.Refused("Somebody else does this for you.")

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        take_role_away(staff=people_queries.anybody(viewer, person), role=role, by=viewer, now=request.now)
        return go("staff-member", person, done="role-taken")

    return _form(
        request,
        ConfirmForm(_typed(request)),
        "Take a role away",
        person,
        heading=f"Take a role away from {found.name}",
        lines=[f"{held.title}: from their next page on they do not have it, and what was theirs by it goes to others."],
        button="Take it away",
        warns=True,
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: TimedRequest, person: int) -> HttpResponse:
    """This function will end the account of somebody who leaves."""
    viewer = viewer_of(request)
    found = people_queries.person(viewer, person, now=request.now)
    if not found.may_end:
        raise access.Refused("Somebody else does this for you." if found.is_me else "They have left already.")

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        end_staff(staff=colleague(viewer, person), by=viewer, now=request.now)
        return go("staff", done="left")

    return _form(
        request,
        ConfirmForm(_typed(request)),
        "A colleague leaves",
        person,
        heading=f"{found.name} is leaving",
        lines=[
            "At once they see nothing and can do nothing, wherever they are signed in. Their roles are taken away.",
            "Their duties go to others, and the cases that they lead stand among those that nobody leads.",
        ],
        button="End their account",
        warns=True,
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def own_deputy(request: TimedRequest) -> HttpResponse:
    """This function will show for whom the viewer stands in and who for them, and name a deputy."""
    viewer = viewer_of(request)
    return _deputy(request, viewer, standing_in=people_queries.stands_in_for(viewer, request.now))


@require_http_methods(["GET", "HEAD", "POST"])
def deputy_of(request: TimedRequest, person: int) -> HttpResponse:
    """This function will name a deputy for a colleague."""
    viewer = viewer_of(request)
    people_queries.person(viewer, person, now=request.now)
    return _deputy(request, colleague(viewer, person))


def _deputy(request: TimedRequest, of: Staff, **context: Any) -> HttpResponse:
    viewer = viewer_of(request)
    mine = of.pk == viewer.pk
    form = DeputyForm(_typed(request), colleagues=people_queries.deputies_to_choose(viewer, of))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        name_deputy(
            staff=of,
            deputy=colleague(viewer, int(typed["deputy"])),
            first_day=typed["first_day"],
            last_day=typed["last_day"],
            by=viewer,
            now=request.now,
        )
        return go("deputy", done="deputy") if mine else go("staff-member", of.pk, done="deputy")

    return FormPage(
        request,
        "",
        form,
        "deputy.html",
        "When somebody is away",
        here="duties" if mine else "staff",
        back=(reverse("my-duties"), "My duties") if mine else (reverse("staff-member", args=[of.pk]), of.name),
        mine=mine,
        name=of.name,
        deputies=people_queries.deputies_of(of, request.now),
        **context,
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def end_a_deputy(request: TimedRequest, number: int) -> HttpResponse:
    """This function will end what a deputy does before its last day."""
    viewer = viewer_of(request)
    found = people_queries.deputy_to_end(viewer, number, now=request.now)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        end_deputy(number=number, by=viewer, now=request.now)
        return go("deputy", done="deputy-ended")

    return FormPage(
        request,
        "",
        ConfirmForm(_typed(request)),
        "one_form.html",
        "A deputy",
        here="duties",
        back=(reverse("deputy"), "When you are away"),
        heading="End what a deputy does",
        lines=[f"{found.deputy} stands in for {found.name}. It ends now."],
        button="End it",
    ).answer(act)


def _form(request: TimedRequest, form: Any, title: str, person: int, *, lines: Any = (), **context: Any) -> FormPage:
    back = (reverse("staff-member", args=[person]), "Back")
    return FormPage(request, "", form, "one_form.html", title, here="staff", back=back, lines=lines, **context)
