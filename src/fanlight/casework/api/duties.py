"""What is owed: my duties, the team's, hand-overs that nobody has received; and the policy that asks for it."""

from django.http import HttpRequest
from ninja import Query, Router

from fanlight.casework.api.answers import answers
from fanlight.casework.api.asking import now_of, viewer_of
from fanlight.casework.api.bodies import DutiesAsked, Paged, TeamAsked
from fanlight.casework.queries import handovers as handover_queries
from fanlight.casework.queries import my_duties as mine_queries
from fanlight.casework.queries import policy_page as policy_queries
from fanlight.casework.queries import team_duties as team_queries
from fanlight.casework.queries.lines import HandoverLine, Page
from fanlight.casework.queries.my_duties import MyDuties
from fanlight.casework.queries.policy_page import PolicyPage
from fanlight.casework.queries.team_duties import TeamDuties

router = Router(tags=["Duties and policy"])


@router.get("/duties", url_name="my-duties", response=answers(MyDuties))
def mine(request: HttpRequest, asked: Query[DutiesAsked]) -> MyDuties:
    """This address will show what lies on one's own list, soonest first."""
    filters = mine_queries.DutyFilters(asked.overdue, asked.reference, asked.row, asked.force)
    return mine_queries.my_duties(viewer_of(request), filters=filters, page=asked.page, now=now_of(request))


@router.get("/duties/team", url_name="team-duties", response=answers(TeamDuties))
def team(request: HttpRequest, asked: Query[TeamAsked]) -> TeamDuties:
    """This address will show the lists of the team, worst first."""
    return team_queries.team_duties(
        viewer_of(request), desk=asked.desk, overdue=asked.overdue, page=asked.page, now=now_of(request)
    )


@router.get("/hand-overs", url_name="handovers", response=answers(Page[HandoverLine]))
def handovers(request: HttpRequest, asked: Query[Paged]) -> Page[HandoverLine]:
    """This address will show the hand-overs that nobody has received, oldest first."""
    return handover_queries.handovers(viewer_of(request), page=asked.page, now=now_of(request))


@router.get("/policy", url_name="policy", response=answers(PolicyPage))
def policy(request: HttpRequest) -> PolicyPage:
    """This address will show the landlord's policy, clause by clause."""
    return policy_queries.policy_page(viewer_of(request), now=now_of(request))
