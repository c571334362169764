"""How somebody signs in: their password, their second steps, and where they are signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import qrcode
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fanlight.casework import access
from fanlight.casework.actions.add_factor import add_app, add_passkey, renew_recovery_codes
from fanlight.casework.actions.end_sessions import end_sessions
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.remove_factor import remove_factor
from fanlight.casework.actions.reset_factors import tell_of_resets
from fanlight.casework.actions.say_postcode import say_postcode
from fanlight.casework.actions.set_password import set_password
from fanlight.casework.actions.sign_in import log_confirmed, log_failed_sign_in, log_lock_out
from fanlight.casework.identity import factors, guesses, passkeys
from fanlight.casework.identity.sessions import FACTOR, digest
from fanlight.casework.models import Staff
from fanlight.casework.queries.account import places_of
from fanlight.casework.web import signed_in
from fanlight.casework.web.forms.sign_in import AppForm, ConfirmForm, NewPasswordForm, PostcodeForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage
from fanlight.casework.web.views.page import blame, go, show, viewer_of
from fanlight.casework.web.views.sign_in import LOCKED, ours, proved

View = Callable[..., HttpResponse]

APP_TO_BE = "app_to_be"
"""What a session keeps while an app is set up: its secret, sealed."""
WHY_A_POSTCODE = (
    "If somebody opens a case of a neighbour, the data protection officer can ask why. Most often there is a good reason.",
    "You need not give it. Nobody can read it: Fanlight keeps a fingerprint, by which it sees that two postcodes are the same.",
)
FACTOR_TITLES = {factors.APP: "Authenticator app", factors.PASSKEY: "Passkey"}


def lately_confirmed(view: View) -> View:
    """This function will let only somebody through who has lately shown that it is them, and lead others to do so."""

    @wraps(view)
    def asked_first(request: TimedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if signed_in.is_confirmed(request):
            return view(request, *args, **kwargs)
        back = request.path if request.method == "GET" else reverse("account")
        return HttpResponseRedirect(f"{reverse('confirm')}?{urlencode({'next': back})}")

    return asked_first


@require_http_methods(["GET", "HEAD"])
def account(request: TimedRequest) -> HttpResponse:
    """This function will show somebody how they sign in, and where they are signed in."""
    viewer = viewer_of(request)
    return show(
        request,
        "account.html",
        "How you sign in",
        has_password=viewer.has_usable_password(),
        provider=settings.IDENTITY_PROVIDER,
        factors=[(factor, FACTOR_TITLES[factor.kind]) for factor in factors.factors_of(viewer)],
        codes_left=factors.recovery_codes_left(viewer),
        resets=tell_of_resets(by=viewer, now=request.now),
        places=places_of(viewer, idle=signed_in.IDLE, now=request.now),
        this_place=_here(request),
        me=viewer.pk,
        has_postcode=bool(viewer.postcode_index),
    )


@sensitive_post_parameters("postcode")
@require_http_methods(["GET", "HEAD", "POST"])
def postcode(request: TimedRequest) -> HttpResponse:
    """This function will keep the fingerprint of somebody's own home postcode, or forget it."""
    viewer = viewer_of(request)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        say_postcode(postcode=typed["postcode"], by=viewer, now=request.now)
        return go("account", done="postcode-kept" if viewer.postcode_index else "postcode-forgotten")

    return FormPage(
        request,
        "",
        PostcodeForm(request.POST if request.method == "POST" else None),
        "one_form.html",
        "Your postcode",
        here="",
        back=_back(),
        heading="Your postcode",
        lines=WHY_A_POSTCODE,
        button="Save it",
    ).answer(act)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@lately_confirmed
def change_password(request: TimedRequest) -> HttpResponse:
    """This function will set a new password in place of the one that somebody has."""
    viewer = viewer_of(request)
    if not viewer.has_usable_password():
        raise access.NotFound
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            set_password(by=viewer, password=form.cleaned_data["password"], keep=_here(request), now=request.now)
        except Faulty as faulty:
            blame(form, faulty)
        else:
            signed_in.go_on_with(request, viewer)
            return go("account", done="password")
    return show(request, "change_password.html", "Change your password", back=_back(), forms=[form], form=form)


@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: TimedRequest) -> HttpResponse:
    """This function will have somebody show again that it is them, before they change how they sign in."""
    viewer = viewer_of(request)
    by_password = viewer.has_usable_password()
    if not by_password and not factors.factors_of(viewer):
        # Whoever has neither here came from the provider: signing in again is how they show that it is them.
        return show(
            request,
            "error.html",
            "Sign in again",
            status=403,
            heading="Sign in again first",
            lines=["Sign out, sign in again, and do this within ten minutes."],
        )
    sent = request.POST if request.method == "POST" and "credential" not in request.POST else None
    form = ConfirmForm(sent, by_password=by_password)
    status = 200
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        field = "password" if by_password else "code"
        if guesses.is_locked(request, viewer.email, request.now):
            log_failed_sign_in(because="locked", by=viewer, now=request.now)
            form.add_error(field, LOCKED)
            status = 429
        elif viewer.check_password(form.cleaned_data["password"]) if by_password else proved(request, viewer, form):
            guesses.succeeded(request, viewer.email, request.now)
            signed_in.confirm(request)
            log_confirmed(by=viewer, how=field, now=request.now)
            return HttpResponseRedirect(ours(request, request.POST.get("next", "")) or reverse("account"))
        else:
            if guesses.failed(request, viewer.email, request.now):
                log_lock_out(by=viewer, now=request.now)
            else:
                log_failed_sign_in(because="confirm", by=viewer, now=request.now)
            form.add_error(field, "That is not right")
    wanted = ours(request, request.POST.get("next") or request.GET.get("next", ""))
    return show(
        request,
        "confirm.html",
        "Confirm that it is you",
        back=_back(),
        forms=[form],
        form=form,
        next=wanted,
        status=status,
    )


@require_http_methods(["GET", "HEAD"])
def second_step_needed(request: TimedRequest) -> HttpResponse:
    """This function will tell somebody who must have a second step and has none how to set one up."""
    viewer = viewer_of(request)
    if not signed_in.must_set_up(request, viewer):
        return go("account")
    return show(
        request, "second_step_needed.html", "Set up a second step", resets=tell_of_resets(by=viewer, now=request.now)
    )


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@lately_confirmed
def set_up_app(request: TimedRequest) -> HttpResponse:
    """This function will make an authenticator app somebody's second step."""
    viewer = viewer_of(request)
    secret = _secret(request, viewer)
    form = AppForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            add_app(by=viewer, secret=secret, code=form.cleaned_data["code"], now=request.now)
        except Faulty as faulty:
            blame(form, faulty)
        else:
            del request.session[APP_TO_BE]
            return _is_set_up(request, viewer, factors.APP)
    with_app = factors.FactorAdapter().build_totp_url(viewer, secret)
    return show(
        request,
        "set_up_app.html",
        "Set up an authenticator app",
        back=_back(),
        forms=[form],
        form=form,
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        squares=_squares(with_app),
    )


@sensitive_post_parameters("credential")
@require_http_methods(["GET", "HEAD", "POST"])
@lately_confirmed
def add_a_passkey(request: TimedRequest) -> HttpResponse:
    """This function will make a passkey one of somebody's second steps."""
    viewer = viewer_of(request)
    problems = []
    if request.method == "POST":
        credential = passkeys.new_one(request.POST.get("credential", ""))
        if credential is not None:
            add_passkey(by=viewer, credential=credential, now=request.now)
            return _is_set_up(request, viewer, factors.PASSKEY)
        problems = [{"text": "No passkey was made. Try again, or use an authenticator app", "href": ""}]
    return show(
        request,
        "add_passkey.html",
        "Add a passkey",
        back=_back(),
        problems=problems,
        passkey=passkeys.ask_for_new(viewer),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@lately_confirmed
def recovery_codes(request: TimedRequest) -> HttpResponse:
    """This function will give somebody new recovery codes and show them, this once."""
    viewer = viewer_of(request)
    if not factors.factors_of(viewer):
        raise access.NotFound
    codes = renew_recovery_codes(by=viewer, now=request.now) if request.method == "POST" else []
    return show(
        request,
        "recovery_codes.html",
        "Recovery codes",
        back=_back(),
        codes=[f"{code[:5]} {code[5:]}" for code in codes],
        codes_left=factors.recovery_codes_left(viewer),
    )


@require_POST
@lately_confirmed
def remove(request: TimedRequest, factor: int) -> HttpResponse:
    """This function will take one of somebody's second steps away."""
    remove_factor(factor=factor, by=viewer_of(request), now=request.now)
    return go("account", done="factor-removed")


@require_POST
def end_session(request: TimedRequest) -> HttpResponse:
    """This function will end one of somebody's sessions, or all but this one."""
    viewer = viewer_of(request)
    which = request.POST.get("which", "")
    end_sessions(of=viewer, which=which, keep=_here(request), by=viewer, now=request.now)
    return go("account", done="session-ended")


def _is_set_up(request: TimedRequest, viewer: Staff, factor: str) -> HttpResponse:
    if not request.session.get(FACTOR):
        request.session[FACTOR] = factor
    request.session.cycle_key()
    if factors.has(viewer, factors.RECOVERY):
        return go("account", done="factor-added")
    return go("recovery-codes", done="factor-added")


def _secret(request: TimedRequest, viewer: Staff) -> str:
    hidden = request.session.get(APP_TO_BE)
    if hidden:
        return factors.reveal(viewer, hidden)
    secret = factors.new_secret()
    request.session[APP_TO_BE] = factors.hide(viewer, secret)
    return secret


def _squares(text: str) -> dict[str, Any]:
    """This function will give the black squares of a QR code as one path, and how many there are to a side."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, black in enumerate(row) if black)
    return {"path": path, "side": len(rows)}


def _here(request: TimedRequest) -> str:
    return digest(request.session.session_key or "")


def _back() -> tuple[str, str]:
    return reverse("account"), "How you sign in"
