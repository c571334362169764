"""Being signed in: how it begins, how long it lasts, what it allows meanwhile, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal, cast

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode

from fanlight.casework.actions.end_sessions import forget_old_sessions
from fanlight.casework.actions.give_code import forget_used_code
from fanlight.casework.actions.sign_in import log_session_over, log_sign_in
from fanlight.casework.identity import factors
from fanlight.casework.identity.backend import BACKEND
from fanlight.casework.identity.sessions import (
    BEGAN,
    CONFIRMED,
    DEVICE,
    FACTOR,
    HOW,
    SessionStore,
    device_of,
    moment_of,
)
from fanlight.casework.models import Staff
from fanlight.casework.web.middleware import TimedRequest

IDLE = timedelta(minutes=15)
"""After so long without a page, somebody is signed out."""
WARNED = timedelta(minutes=2)
"""So long before, they are warned."""
LONGEST = timedelta(hours=12)
"""However busy, they sign in again after so long."""
CONFIRMED_FOR = timedelta(minutes=10)
"""For so long after signing in, or confirming that it is them, somebody may change how they sign in."""
A_MINUTE = timedelta(minutes=1)

SETTING_UP = frozenset(
    {"second-step-needed", "set-up-app", "add-passkey", "recovery-codes", "sign-out", "session", "sign-in", "confirm"}
)
"""The pages of somebody who must set up a second step first."""

UNTOUCHED = frozenset({"session"})
"""Asking this address how long the session lasts makes it last no longer, and does not end one that is over."""

Why = Literal["idle", "long"]
Respond = Callable[[HttpRequest], HttpResponse]


def begin(request: TimedRequest, staff: Staff, *, how: str, factor: str) -> None:
    """This function will sign somebody in: a new key for the session, its marks, and one row in the log."""
    login(request, staff, backend=BACKEND)
    now = request.now.isoformat()
    marks = {BEGAN: now, CONFIRMED: now, HOW: how, FACTOR: factor, DEVICE: device_of(request.META)}
    request.session.update(marks)
    store_of(request).seen_at = request.now
    forget_used_code(by=staff)
    forget_old_sessions(before=request.now)
    log_sign_in(by=staff, how=how, now=request.now)


def go_on_with(request: TimedRequest, staff: Staff) -> None:
    """This function will let this session go on, under a new key, after somebody has changed their password."""
    update_session_auth_hash(request, staff)


def end(request: HttpRequest) -> None:
    """This function will end the session that a request belongs to."""
    logout(request)


def store_of(request: HttpRequest) -> SessionStore:
    """This function will give a request's session as what it is."""
    return cast("SessionStore", request.session)


def why_over(request: TimedRequest) -> Why | None:
    """This function will say why somebody's session is over, if it is."""
    store = store_of(request)
    began, seen = moment_of(store.get(BEGAN)), store.seen_at
    if began is None or request.now >= began + LONGEST:
        return "long"
    return "idle" if request.now >= (seen or began) + IDLE else None


def ends_at(request: TimedRequest) -> datetime | None:
    """This function will say when somebody will be signed out if they do nothing more."""
    store = store_of(request)
    began = moment_of(store.get(BEGAN))
    if began is None:
        return None
    return min((store.seen_at or began) + IDLE, began + LONGEST)


def is_confirmed(request: TimedRequest) -> bool:
    """This function will say whether somebody has shown lately that it is them."""
    confirmed = moment_of(request.session.get(CONFIRMED))
    return confirmed is not None and request.now < confirmed + CONFIRMED_FOR


def confirm(request: TimedRequest) -> None:
    """This function will note that somebody has shown that it is them."""
    request.session[CONFIRMED] = request.now.isoformat()


def must_set_up(request: HttpRequest, staff: Staff) -> bool:
    """This function will say whether somebody must set up a second step before anything else."""
    return not request.session.get(FACTOR) and factors.must_have_one(staff)


def lasting(respond: Respond) -> Respond:
    """This function will let a session last as long as it may: middleware, after the one that says who it is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Staff):
            timed = cast("TimedRequest", request)
            why = why_over(timed)
            if why is not None and _page(request) in UNTOUCHED:
                # It is told that nothing is left; what somebody typed meanwhile can still be sent, and is shown to them then.
                return respond(request)
            if why is not None:
                return _over(timed, request.user, why)
            store = store_of(request)
            is_old = store.seen_at is None or timed.now >= store.seen_at + A_MINUTE
            if is_old and (request.method == "POST" or _page(request) not in UNTOUCHED):
                store.touch(timed.now)
            if must_set_up(request, request.user) and _page(request) not in SETTING_UP:
                return HttpResponseRedirect(reverse("second-step-needed"))
        return respond(request)

    return middleware


def _over(request: TimedRequest, staff: Staff, why: Why) -> HttpResponse:
    from fanlight.casework.web.views.sign_in import what_was_typed  # late: the views stand on this module

    log_session_over(by=staff, why=why, now=request.now)
    if request.method == "POST" and request.content_type != "application/json":
        typed = request.POST.copy()
        end(request)
        return what_was_typed(request, typed)
    end(request)
    wanted = request.get_full_path() if request.method == "GET" and _page(request) not in SETTING_UP else ""
    return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': wanted, 'over': why})}")


def _page(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info, getattr(request, "urlconf", None)).url_name or ""
    except Resolver404:
        return ""


def warned_before() -> int:
    """This function will give the seconds before the end at which a page warns."""
    return int(WARNED.total_seconds())


def is_relaxed() -> bool:
    """This function will say whether the second step is left to each person, as in the demo."""
    return bool(settings.SECOND_FACTOR != "required")
