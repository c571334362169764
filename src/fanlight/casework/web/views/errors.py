"""The pages for what went wrong: each says what to do, none says what is hidden."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from fanlight.casework import access, keys
from fanlight.casework.actions.log_view import log_view_refused
from fanlight.casework.models import Staff
from fanlight.casework.queries.availability import why_unavailable
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.page import show

Respond = Callable[[HttpRequest], HttpResponse]


class WhatOneMayNotSee:
    """Middleware: what one may not see does not exist, and what one may not do is refused with a sentence."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: TimedRequest, error: Exception) -> HttpResponse | None:
        """This function will answer for NotFound and Refused, and leave every other error alone.

        Somebody who asked for what they may not see is in the log, whether or not it is there.
        """
        if isinstance(error, access.NotFound | access.Refused) and not error.is_logged:
            _log_refused(request)
        if isinstance(error, access.NotFound | keys.Destroyed):
            # What was disposed of is not there, even where a restored database still holds its row.
            return not_found(request)
        if isinstance(error, access.Refused):
            return show(
                request, "error.html", "Not possible", status=403, heading="You cannot do this", lines=[error.sentence]
            )
        return None


def _log_refused(request: TimedRequest) -> None:
    """This function will log a page that was asked for and not shown, with the case where it is one of a case."""
    match = request.resolver_match
    if match is not None and isinstance(request.user, Staff):
        page = match.view_name.replace("-", " ")
        log_view_refused(reference=match.kwargs.get("reference", ""), page=page, by=request.user, now=request.now)


def not_found(request: TimedRequest, exception: Exception | None = None) -> HttpResponse:
    """This function will show the page for what is not there, or may not be seen: the two are one."""
    return show(
        request,
        "error.html",
        "Page not found",
        status=404,
        heading="Page not found",
        lines=[
            "If you typed the address, check that it is right.",
            "If you followed a link, the page may have moved, or it is not one that you work with.",
        ],
    )


def forbidden(request: TimedRequest, reason: str = "") -> HttpResponse:
    """This function will show the page for a form that came back too late, or from somewhere else."""
    return show(
        request,
        "error.html",
        "Send it again",
        status=403,
        heading="We could not be sure that this came from you",
        lines=[
            "You may have signed out, or in as somebody else, since you opened the form. Nothing was saved.",
            "Use your browser's back button, copy what you typed, load the page again and send it once more.",
            "If someone is in danger now, call 999.",
        ],
    )


def not_allowed(request: TimedRequest, exception: Exception | None = None) -> HttpResponse:
    """This function will show the page for what Django refuses, a form that came from elsewhere apart."""
    return show(
        request,
        "error.html",
        "Not possible",
        status=403,
        heading="You cannot do this",
        lines=["If you need to, ask whoever looks after Fanlight where you work."],
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """This function will show the page for a request that cannot be understood, has too much in it, or brings a file."""
    if isinstance(exception, TooManyFilesSent):
        return _bare(
            415, "Fanlight takes no files", "Nothing was saved. Write what the file says, and keep it where you had it."
        )
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return too_long(request)
    return _bare(
        400, "Something in that request could not be understood", "Nothing was saved. Go back and try once more."
    )


def too_long(request: HttpRequest) -> HttpResponse:
    """This function will show the page for more than a form can hold."""
    return _bare(413, "That is too long", "Nothing was saved. Go back, and record it in two entries or more.")


def broken(request: HttpRequest) -> HttpResponse:
    """This function will show the page for a fault of ours. It asks the database nothing: that may be what is broken.

    Where the database cannot be reached, or there is no room left, the page says so, keeps what was typed, and can send it again.
    """
    request.fault = secrets.token_hex(4).upper()  # type: ignore[attr-defined]  # read by the log, and shown
    why = why_unavailable(sys.exc_info()[1])
    if why == "full":
        return _unavailable(
            request,
            "There is no room left where Fanlight keeps its records. Nothing of it was kept.",
            "Tell whoever looks after Fanlight where you work: they can make room, and nothing that was saved before is lost.",
        )
    if why == "away":
        return _unavailable(request, "Fanlight cannot reach its records at the moment.", "Try again in a minute.")
    return _bare(
        500,
        "Something went wrong on our side",
        "What you typed last may not be saved: look before you type it again.",
        fault=request.fault,  # type: ignore[attr-defined]  # given above
    )


def _unavailable(request: HttpRequest, why: str, then: str) -> HttpResponse:
    typed = list(_typed(request))
    sends_again = [
        "What you typed is kept on this page. Send it again when it works: from here it is saved once, however often you send it."
    ]
    saving = request.method not in ("GET", "HEAD")
    context: dict[str, Any] = {
        "title": "Not saved" if saving else "Not available",
        "heading": "This could not be saved" if saving else "This page cannot be shown at the moment",
        "lines": [
            why,
            then,
            *(sends_again if typed else ()),
            "Keep a note on paper meanwhile. If someone is in danger now, call 999.",
        ],
        "typed": typed,
        "written": [value for name, value in typed if len(value) >= WRITTEN or " " in value.strip()],
        "again": request.path,
    }
    if typed:
        context["csrf_token"] = get_token(request)
    return HttpResponse(render_to_string("unavailable.html", context), status=503, headers={"Retry-After": "60"})


WRITTEN = 40
"""What is this long, or has a space in it, was written by a person and is shown to them; the rest are choices."""


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """This function will give what was typed into a form of a case or a report, if it surely came from one of our pages."""
    if request.method != "POST" or not _is_of_a_case(request) or not _came_from_us(request):
        return
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken":
            yield from ((name, str(value)) for value in values)


def _is_of_a_case(request: HttpRequest) -> bool:
    """This function will say whether an address is that of a form of a case or a report, however early the request failed."""
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return False
    return match.url_name == "report" or "reference" in match.kwargs


def _came_from_us(request: HttpRequest) -> bool:
    """This function will say whether a form came from a page of ours, also where the request failed before that was asked."""
    asking = _AskedLate(lambda _request: HttpResponse())
    asking.process_request(request)
    return asking.process_view(request, bad_request, (), {}) is None


class _AskedLate(CsrfViewMiddleware):
    """Django's own check, which shows no page of its own."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=403)


def _bare(status: int, heading: str, line: str, *, fault: str = "") -> HttpResponse:
    context = {
        "title": "Something went wrong",
        "heading": heading,
        "lines": [
            line,
            "If it happens again, tell whoever looks after Fanlight where you work, and keep a note on paper meanwhile.",
            *([f"The number of this fault is {fault}: it names nobody, and says where to look."] if fault else ()),
            "If someone is in danger now, call 999.",
        ],
    }
    return HttpResponse(render_to_string("error.html", context), status=status)
