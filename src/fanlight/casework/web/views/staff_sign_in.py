"""How a colleague signs in, for whoever looks after accounts: a code for a password, a lost second step, single sign-on."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework.actions.end_sessions import end_sessions
from fanlight.casework.actions.give_code import give_code
from fanlight.casework.actions.link_sign_in import link_sign_in
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.reset_factors import reset_factors
from fanlight.casework.queries.account import account_of
from fanlight.casework.web import signed_in
from fanlight.casework.web.forms.sign_in import LinkForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.account import FACTOR_TITLES, lately_confirmed
from fanlight.casework.web.views.page import blame, go, show, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
@lately_confirmed
def staff_sign_in(request: TimedRequest, person: int) -> HttpResponse:
    """This function will show how a colleague signs in, and do what somebody who looks after accounts may do about it."""
    viewer = viewer_of(request)
    account = account_of(viewer, person, idle=signed_in.IDLE, now=request.now)
    colleague = account.staff
    deed = request.POST.get("do", "") if request.method == "POST" else ""
    form = LinkForm(request.POST if deed == "link" else None)
    code = ""
    match deed:
        case "code":
            code = give_code(staff=colleague, by=viewer, now=request.now)
        case "reset":
            reset_factors(staff=colleague, by=viewer, now=request.now)
            return go("staff-sign-in", person, done="factors-reset")
        case "end":
            end_sessions(of=colleague, by=viewer, now=request.now)
            return go("staff-sign-in", person, done="session-ended")
        case "link" if form.is_valid():
            try:
                link_sign_in(staff=colleague, **form.cleaned_data, by=viewer, now=request.now)
            except Faulty as faulty:
                blame(form, faulty)
            else:
                return go("staff-sign-in", person, done="linked")
    return show(
        request,
        "staff_sign_in.html",
        "How a colleague signs in",
        here="staff",
        back=(reverse("staff-member", args=[person]), account.name),
        forms=[form],
        form=form,
        account=account,
        code=code,
        factors=[FACTOR_TITLES[kind] for kind in account.factors],
        provider=settings.IDENTITY_PROVIDER,
        is_me=colleague.pk == viewer.pk,
    )
