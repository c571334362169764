"""My duties, the team's, and hand-overs that nobody has received."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from fanlight.casework.queries import handovers as handover_queries
from fanlight.casework.queries import my_duties as mine_queries
from fanlight.casework.queries import team_duties as team_queries
from fanlight.casework.queries.marac_meetings import count_of_my_actions
from fanlight.casework.queries.reach_page import contact_checks
from fanlight.casework.queries.referrals import count_waiting, waiting_referrals
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.page import page_number, show, viewer_of


@require_http_methods(["GET", "HEAD"])
def mine(request: TimedRequest) -> HttpResponse:
    """This function will show what lies on the viewer's own list, overdue first, then soonest."""
    filters = mine_queries.DutyFilters(
        overdue=request.GET.get("show") == "overdue",
        reference=request.GET.get("case", "")[:32],
        row=request.GET.get("row", "")[:80],
        force=request.GET.get("force", "")[:8],
    )
    found = mine_queries.my_duties(viewer_of(request), filters=filters, page=page_number(request), now=request.now)
    waiting = count_waiting(viewer_of(request), now=request.now)
    of_the_marac = count_of_my_actions(viewer_of(request), now=request.now)
    return show(
        request,
        "my_duties.html",
        "My duties",
        here="duties",
        found=found,
        filters=filters,
        referrals=waiting,
        marac=of_the_marac,
    )


@require_http_methods(["GET", "HEAD"])
def team(request: TimedRequest) -> HttpResponse:
    """This function will show the lists of the team, worst first."""
    desk = request.GET.get("list", "")[:200]
    overdue = request.GET.get("show") == "overdue"
    found = team_queries.team_duties(
        viewer_of(request), desk=desk, overdue=overdue, page=page_number(request), now=request.now
    )
    waiting = waiting_referrals(viewer_of(request), team=True, now=request.now)
    return show(
        request,
        "team_duties.html",
        "Team duties",
        here="team",
        found=found,
        desk=desk,
        overdue=overdue,
        referrals=waiting,
    )


@require_http_methods(["GET", "HEAD"])
def handovers(request: TimedRequest) -> HttpResponse:
    """This function will show the hand-overs that nobody has received, oldest first."""
    found = handover_queries.handovers(viewer_of(request), page=page_number(request), now=request.now)
    waits = contact_checks(viewer_of(request), now=request.now)
    return show(request, "handovers.html", "Hand-overs", here="handovers", found=found, waits=waits)
