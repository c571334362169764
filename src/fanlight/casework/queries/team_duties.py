"""A team's duties, for managers: by person or desk, what is overdue and what is coming."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, OuterRef, Q

from fanlight.casework import rulings
from fanlight.casework.access import demand, desk_of_person, desk_of_role, is_kept_from, roles_of, visible_cases
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import DutyDesk, Staff, names_of
from fanlight.casework.queries.case_lines import SOONEST, case_lines
from fanlight.casework.queries.duty_lines import work_lines
from fanlight.casework.queries.lines import CaseLine, Page, WorkLine
from fanlight.casework.queries.paging import page_number
from fanlight.casework.queries.reach_page import ContactCheck, contact_checks

NO_DEADLINE = 9999


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One list of the team: a person's, or that of a role in a patch (or anywhere).

    `desk` is what to filter by. `people` are those who hold the role there: empty means that nobody does.
    """

    desk: str
    title: str
    people: tuple[str, ...]
    open: int
    overdue: int
    soonest: datetime | None


@dataclass(frozen=True, slots=True)
class TeamDuties:
    """The lists of the team, worst first, the duties of one of them or of all, and cases that nobody leads who may.

    `overdue` counts each duty once, on however many lists it lies. `waits` are welfare checks, and contacts past the gate.
    """

    desks: tuple[DeskLine, ...]
    duties: Page[WorkLine]
    overdue: int
    without_lead: tuple[CaseLine, ...]
    waits: tuple[ContactCheck, ...] = ()


PAGE = 50


def team_duties(viewer: Staff, *, desk: str = "", overdue: bool = False, page: int = 1, now: datetime) -> TeamDuties:
    """This function will give the duties in the cases that the viewer may see; it needs `duties:team`."""
    demand(viewer, "duties:team")
    seen = visible_cases(viewer, "duties:team", now=now)
    team = _team(viewer)
    open_duties = DutyDesk.objects.filter(desk__in=list(team), case__in=seen)
    counted = open_duties.values("desk").annotate(
        open=Count("pk"), late=Count("pk", filter=Q(soonest__lt=now)), soonest_one=Min("soonest")
    )
    desks = [
        DeskLine(
            desk=row["desk"],
            title=team[row["desk"]][0],
            people=team[row["desk"]][1],
            open=row["open"],
            overdue=row["late"],
            soonest=row["soonest_one"] if row["soonest_one"].year < NO_DEADLINE else None,
        )
        for row in counted
    ]
    shown = open_duties.filter(desk=desk) if desk in team else open_duties
    if overdue:
        shown = shown.filter(soonest__lt=now)
    ids = shown.values("duty_id").annotate(when=Min("soonest")).order_by("when", "duty_id")
    total = ids.count()
    number, pages = page_number(page, total, PAGE)
    page_ids = [row["duty_id"] for row in ids[(number - 1) * PAGE : number * PAGE]]
    without_lead = seen.filter(
        Q(lead=None) | Q(lead__is_active=False) | is_kept_from(OuterRef("lead_id")), status="open"
    ).order_by(*SOONEST)[:PAGE]
    return TeamDuties(
        desks=tuple(sorted(desks, key=lambda line: (-line.overdue, -line.open, line.title))),
        duties=Page(work_lines(viewer.landlord_id, page_ids, now), number, pages, total),
        overdue=open_duties.filter(soonest__lt=now).aggregate(count=Count("duty_id", distinct=True))["count"],
        without_lead=case_lines(without_lead),
        waits=contact_checks(viewer, now=now),
    )


def _team(viewer: Staff) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """This function will give the desks of the team, each with its title and the people who sit at it.

    Team is the landlord's own staff: which duties of theirs are seen is a matter of the cases.
    """
    landlord = settings_of(viewer.landlord_id)
    titles = rulings.role_titles_of(landlord.id)
    holders: dict[tuple[str, str], list[str]] = {}
    team: dict[str, tuple[str, tuple[str, ...]]] = {}
    staff = Staff.objects.filter(landlord_id=landlord.id, is_active=True).prefetch_related("roles")
    names = names_of(one.pk for one in staff)
    for one in sorted(staff, key=lambda one: names[one.pk]):
        team[desk_of_person(one.pk)] = (names[one.pk], (names[one.pk],))
        for held in roles_of(one):
            for patch in ("", *(held.patches or landlord.patches)):
                holders.setdefault((held.role, patch), []).append(names[one.pk])
    for role in landlord.roles:
        for patch in ("", *landlord.patches):
            title = f"{titles.get(role, role)}, {patch}" if patch else titles.get(role, role)
            team[desk_of_role(landlord.id, role, patch)] = (title, tuple(holders.get((role, patch), ())))
    return team
