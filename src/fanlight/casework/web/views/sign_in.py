"""Signing in, in one step or two, by oneself or through an identity provider; signing out; and the first page of use."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fanlight.casework import access
from fanlight.casework.actions.admit import admit
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.reset_factors import is_to_be_told
from fanlight.casework.actions.set_password import WRONG_CODE, set_password, whose_code
from fanlight.casework.actions.sign_in import log_failed_sign_in, log_lock_out, log_sign_out
from fanlight.casework.identity import factors, guesses, passkeys, provider
from fanlight.casework.identity.backend import ByEmail, staff_with
from fanlight.casework.identity.sessions import moment_of
from fanlight.casework.models import Staff
from fanlight.casework.queries.home import sections
from fanlight.casework.web import signed_in
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.forms.sign_in import CodeForm, FirstPasswordForm, SignInForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.page import blame, go, show, viewer_of

WRONG = "The e-mail address or the password is not right"
LOCKED = (
    "Somebody has tried to sign in with this address too often from here. Wait a quarter of an hour, "
    "or ask whoever looks after accounts where you work."
)
PENDING = "pending"
"""Who has given their password, and has yet to take the second step."""
PENDING_FOR = timedelta(minutes=10)
CLEARED = '"cache", "cookies", "storage"'


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: TimedRequest) -> HttpResponse:
    """This function will take somebody's address and password, and lead them to the second step or to where they were going."""
    if isinstance(request.user, Staff):
        return go("home")
    form = SignInForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if why_not := _may_not_try(request, email):
            log_failed_sign_in(because="locked", by=staff_with(email), now=request.now)
            form.add_error("email", why_not)
            status = 429
        else:
            found = ByEmail().authenticate(request, email, form.cleaned_data["password"])
            if found is not None:
                return _next_step(request, found, "password", ours(request, request.POST.get("next", "")))
            _count(request, email, "password")
            form.add_error("email", WRONG)
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return show(
        request,
        "sign_in.html",
        "Sign in",
        forms=[form],
        form=form,
        next=ours(request, wanted),
        over=request.GET.get("over", ""),
        code_set=request.GET.get("set", ""),
        provider=settings.IDENTITY_PROVIDER,
        is_demo=settings.IS_DEMO,
        is_relaxed=signed_in.is_relaxed(),
        status=status,
    )


def _may_not_try(request: TimedRequest, account: str) -> str:
    """This function will say why another attempt is not looked at, or nothing: the same whether or not anybody has the account."""
    if guesses.is_locked(request, account, request.now):
        return LOCKED
    if seconds := guesses.seconds_to_wait(request, request.now):
        return f"Too many attempts have failed from where you are. Wait {seconds} seconds and try again."
    return ""


def _count(request: TimedRequest, account: str, because: str) -> None:
    by = staff_with(account)
    if guesses.failed(request, account, request.now):
        log_lock_out(by=by, now=request.now)
    else:
        log_failed_sign_in(because=because, by=by, now=request.now)


def _next_step(request: TimedRequest, staff: Staff, how: str, wanted: str) -> HttpResponse:
    """This function will lead somebody who has given a password, or comes from the provider, to the second step or in."""
    if not factors.factors_of(staff):
        guesses.succeeded(request, staff.email, request.now)
        return _in(request, staff, how, "", wanted)
    request.session.flush()
    request.session[PENDING] = {"staff": staff.pk, "how": how, "next": wanted, "at": request.now.isoformat()}
    return go("second-step")


def _in(request: TimedRequest, staff: Staff, how: str, factor: str, wanted: str) -> HttpResponse:
    signed_in.begin(request, staff, how=how, factor=factor)
    return go("account") if is_to_be_told(by=staff) else HttpResponseRedirect(wanted or "/")


class Pending(NamedTuple):
    """Somebody between the first step and the second."""

    staff: Staff
    how: str
    wanted: str


def _pending(request: TimedRequest) -> Pending | None:
    kept = request.session.get(PENDING) or {}
    at = moment_of(kept.get("at"))
    if at is None or request.now >= at + PENDING_FOR:
        return None
    staff = ByEmail().get_user(kept["staff"])
    return Pending(staff, kept["how"], kept["next"]) if staff is not None else None


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: TimedRequest) -> HttpResponse:
    """This function will take the second step: a code of an app, a recovery code, or a passkey."""
    pending = _pending(request)
    if isinstance(request.user, Staff) or pending is None:
        return go("sign-in")
    staff = pending.staff
    form = CodeForm(request.POST if request.method == "POST" and "credential" not in request.POST else None)
    status, problems = 200, []
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        if why_not := _may_not_try(request, staff.email):
            log_failed_sign_in(because="locked", by=staff, now=request.now)
            problems, status = [{"text": why_not, "href": ""}], 429
        elif factor := proved(request, staff, form):
            guesses.succeeded(request, staff.email, request.now)
            return _in(request, staff, pending.how, factor, pending.wanted)
        else:
            _count(request, staff.email, "second step")
            if form.is_bound:
                form.add_error("code", "That code is not right, or it has been used")
            else:
                problems = [{"text": "That passkey is not one of yours. Try again, or enter a code", "href": "#code"}]
    kinds = {factor.kind for factor in factors.factors_of(staff)}
    return show(
        request,
        "second_step.html",
        "Second step",
        forms=[form],
        form=form,
        problems=problems,
        passkey=passkeys.ask_for_known(staff) if factors.PASSKEY in kinds else "",
        status=status,
    )


def proved(request: TimedRequest, staff: Staff, form: PageForm) -> str:
    """This function will say which second step somebody took with what they sent; nothing where it proves none."""
    if "credential" in request.POST:
        return factors.PASSKEY if passkeys.is_known(staff, request.POST["credential"], request.now) else ""
    code = form.cleaned_data["code"]
    if factors.prove_by_app(staff, code, request.now):
        return factors.APP
    return factors.RECOVERY if factors.prove_by_recovery_code(staff, code, request.now) else ""


@login_not_required
@require_POST
def to_provider(request: TimedRequest) -> HttpResponse:
    """This function will send somebody to the identity provider to sign in."""
    if settings.IDENTITY_PROVIDER is None:
        raise access.NotFound
    if isinstance(request.user, Staff):
        return go("home")
    try:
        return HttpResponseRedirect(provider.way_there(request, ours(request, request.POST.get("next", ""))))
    except provider.NotSent:
        return _not_sent(request)


@login_not_required
@require_GET
def from_provider(request: TimedRequest) -> HttpResponse:
    """This function will sign in somebody whom the identity provider sends back."""
    if settings.IDENTITY_PROVIDER is None:
        raise access.NotFound
    try:
        claims, wanted = provider.came_back(request)
    except provider.NotSent:
        return _not_sent(request)
    try:
        staff = admit(claims=claims, now=request.now)
    except access.Refused as refused:
        request.session.flush()
        return show(
            request,
            "error.html",
            "Not signed in",
            status=403,
            heading="You are not signed in",
            lines=[refused.sentence],
        )
    if provider.took_second_step(claims):
        return _in(request, staff, "provider", "provider", wanted)
    return _next_step(request, staff, "provider", wanted)


def _not_sent(request: TimedRequest) -> HttpResponse:
    log_failed_sign_in(because="provider", now=request.now)
    return show(
        request,
        "error.html",
        "Not signed in",
        status=502,
        heading="You are not signed in",
        lines=[
            "Your identity provider did not answer, or its answer was not meant for this browser. Try again.",
            "If it happens again, tell whoever looks after Fanlight where you work.",
        ],
    )


@login_not_required
@sensitive_post_parameters("code", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: TimedRequest) -> HttpResponse:
    """This function will set the password of somebody who was given a code."""
    if isinstance(request.user, Staff):
        return go("account")
    form = FirstPasswordForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        code, password = form.cleaned_data["code"], form.cleaned_data["password"]
        if seconds := guesses.seconds_to_wait(request, request.now):
            form.add_error(
                "code", f"Too many attempts have failed from where you are. Wait {seconds} seconds and try again."
            )
            status = 429
        elif (staff := whose_code(code, request.now)) is None:
            # Counted for an account that nobody has: only where it comes from is slowed.
            guesses.failed(request, "a one-time code", request.now)
            log_failed_sign_in(because="code", now=request.now)
            form.add_error("code", WRONG_CODE)
        else:
            try:
                set_password(by=staff, password=password, code=code, now=request.now)
            except Faulty as faulty:
                blame(form, faulty)
            else:
                return HttpResponseRedirect(f"{reverse('sign-in')}?set=1")
    return show(request, "first_password.html", "Set your password", forms=[form], form=form, status=status)


@require_POST
def sign_out(request: TimedRequest) -> HttpResponse:
    """This function will sign somebody out, and leave nothing of it in the browser."""
    log_sign_out(by=viewer_of(request), now=request.now)
    signed_in.end(request)
    gone = go("sign-in")
    gone.headers["Clear-Site-Data"] = CLEARED
    return gone


@require_http_methods(["GET", "HEAD", "POST"])
def session(request: TimedRequest) -> HttpResponse:
    """This function will say in how many seconds the session ends; a POST makes it last."""
    ends = signed_in.ends_at(request)
    left = int((ends - request.now).total_seconds()) if ends else 0
    return JsonResponse({"seconds": max(0, left)})


def what_was_typed(request: TimedRequest, typed: QueryDict) -> HttpResponse:
    """This function will show somebody whose time ran out what they had typed, so that they can copy it before they sign in."""
    texts = [
        text
        for name, said in typed.lists()
        for text in said
        if name not in ("csrfmiddlewaretoken", "password") and isinstance(text, str) and " " in text.strip()
    ]
    return show(request, "timed_out.html", "You were signed out", status=403, texts=texts)


def ours(request: TimedRequest, wanted: str) -> str:
    """This function will give an address to go to after signing in, if it is one of ours."""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted.startswith("/") and ours else ""


@require_http_methods(["GET", "HEAD"])
def home(request: TimedRequest) -> HttpResponse:
    """This function will send everybody to the page that they need first: their duties, or the report."""
    parts = sections(viewer_of(request))
    for section, name in (("duties", "my-duties"), ("triage", "triage"), ("cases", "cases")):
        if section in parts:
            return go(name)
    return go("report")
