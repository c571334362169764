"""Signing in and out, and the way to the first page that is of use."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fanlight.casework.actions.sign_in import log_failed_sign_in, log_sign_in, log_sign_out
from fanlight.casework.models import Staff
from fanlight.casework.queries.home import sections
from fanlight.casework.web.forms.pages import SignInForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.page import go, show, viewer_of


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: TimedRequest) -> HttpResponse:
    """This function will sign somebody in, and send them where they were going."""
    if isinstance(request.user, Staff):
        return go("home")
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = authenticate(
            request, username=form.cleaned_data["email"].lower(), password=form.cleaned_data["password"]
        )
        if isinstance(found, Staff):
            login(request, found)
            log_sign_in(by=found, now=request.now)
            return HttpResponseRedirect(_wanted(request))
        log_failed_sign_in(now=request.now)
        form.add_error("email", "The e-mail address or the password is not right")
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return show(request, "sign_in.html", "Sign in", forms=[form], form=form, next=wanted)


def _wanted(request: TimedRequest) -> str:
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted.startswith("/") and ours else "/"


@require_POST
def sign_out(request: TimedRequest) -> HttpResponse:
    """This function will sign somebody out."""
    log_sign_out(by=viewer_of(request), now=request.now)
    logout(request)
    return go("sign-in")


@require_http_methods(["GET", "HEAD"])
def home(request: TimedRequest) -> HttpResponse:
    """This function will send everybody to the page that they need first: their duties, or the report."""
    parts = sections(viewer_of(request))
    for section, name in (("duties", "my-duties"), ("triage", "triage"), ("cases", "cases")):
        if section in parts:
            return go(name)
    return go("report")
