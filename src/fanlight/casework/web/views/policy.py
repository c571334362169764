"""The landlord's policy, clause by clause."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from fanlight.casework.queries.policy_page import policy_page
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.page import show, viewer_of


@require_http_methods(["GET", "HEAD"])
def policy(request: TimedRequest) -> HttpResponse:
    """This function will show what every clause asks, and which rows carry it."""
    found = policy_page(viewer_of(request), now=request.now)
    return show(request, "policy.html", "The policy", here="policy", policy=found)
