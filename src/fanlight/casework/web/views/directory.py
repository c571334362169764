"""The directory of services: who does what where, how fresh that is; keeping it, and taking it out as Open Referral UK JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework.access import demand
from fanlight.casework.actions.assure_service import assure_service
from fanlight.casework.actions.change_service import change_service
from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.remove_service import remove_service
from fanlight.casework.landlords import settings_of
from fanlight.casework.queries import directory as queries
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.forms.referrals import ServiceForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage
from fanlight.casework.web.views.page import go, show, viewer_of

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(["GET", "HEAD"])
def directory(request: TimedRequest) -> HttpResponse:
    """This function will show the directory of the viewer's landlord."""
    found = queries.directory(viewer_of(request), now=request.now)
    return show(request, "directory.html", "Directory of services", here="directory", found=found)


@require_http_methods(["GET", "HEAD"])
def export(request: TimedRequest) -> HttpResponse:
    """This function will give the directory as Open Referral UK JSON."""
    viewer = viewer_of(request)
    said = queries.as_open_referral(viewer.landlord_id)
    log_view(reference="", page="directory", how="export", by=viewer, now=request.now)
    return HttpResponse(
        json.dumps(said, ensure_ascii=False, indent=1),
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="services.json"'},
    )


@require_http_methods(FORM)
def add(request: TimedRequest) -> HttpResponse:
    """This function will add a service to the directory."""
    return _form(request, "")


@require_http_methods(FORM)
def one(request: TimedRequest, service: str) -> HttpResponse:
    """This function will change what the directory says of a service."""
    return _form(request, service)


def _form(request: TimedRequest, service: str) -> HttpResponse:
    viewer = viewer_of(request)
    demand(viewer, queries.KEEPING)
    before = queries.one_service(viewer, service) if service else None
    settings = settings_of(viewer.landlord_id)
    form = ServiceForm(
        request.POST if request.method == "POST" else None,
        kinds=queries.kinds_to_choose(viewer.landlord_id),
        areas=settings.areas,
        service=before,
    )

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        change_service(
            service=service, said=form.said(), is_right=typed["is_right"] is True, by=viewer, now=request.now
        )
        return go("directory", done="service-changed")

    heading = before.name if before else "Add a service"
    return FormPage(
        request, "", form, "one_form.html", "A service of the directory", here="directory", back=(reverse("directory"), "Directory"),
        heading=heading, lines=(), button="Save",
    ).answer(act)  # fmt: skip


@require_http_methods(FORM)
def assure(request: TimedRequest, service: str) -> HttpResponse:
    """This function will take that somebody made sure of a service."""
    return _about_one(
        request,
        service,
        assure_service,
        done="service-assured",
        heading="All of it is right",
        line="Ring them or look at their website first: is the number right, the opening hours, whom they help, and how they take a referral?",
        button="I have made sure today",
    )


@require_http_methods(FORM)
def remove(request: TimedRequest, service: str) -> HttpResponse:
    """This function will take a service out of the directory."""
    return _about_one(
        request,
        service,
        remove_service,
        done="service-removed",
        heading="Take it out",
        line="What was referred to it stays on the record.",
        button="Take it out",
        warns=True,
    )


def _about_one(
    request: TimedRequest,
    service: str,
    action: Callable[..., object],
    *,
    done: str,
    heading: str,
    line: str,
    button: str,
    **more: Any,
) -> HttpResponse:
    """A form with nothing but a button, about a service of the directory."""
    viewer = viewer_of(request)
    demand(viewer, queries.KEEPING)
    found = queries.one_service(viewer, service)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        action(service=service, by=viewer, now=request.now)
        return go("directory", done=done)

    return FormPage(
        request, "", PageForm(request.POST if request.method == "POST" else None), "one_form.html",
        "A service of the directory", here="directory", back=(reverse("directory"), "Directory"),
        heading=f"{heading}: {found.name}", lines=(line,), button=button, **more,
    ).answer(act)  # fmt: skip
