"""Meetings of the MARAC in the demo: one that was held, with what it gave us to do and minutes; one that comes, with a list to work on."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from fanlight.casework import access
from fanlight.casework.actions.arrange_marac_meeting import areas_to_arrange, arrange_marac_meeting
from fanlight.casework.actions.complete_marac_action import complete_marac_action
from fanlight.casework.actions.give_marac_action import give_marac_action
from fanlight.casework.actions.list_case_for_marac import list_case_for_marac
from fanlight.casework.actions.record_marac_attendance import record_marac_attendance
from fanlight.casework.actions.write_marac_minutes import write_marac_minutes
from fanlight.casework.demo.telling import Step, Telling
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, Staff
from fanlight.present import LONDON, day_of

WHERE = "By video; the coordinator is on 01632 960188 and sends the list a week before."
HEARD = 2
"""So many cases of ours are heard at each meeting."""


def meetings(staff: Mapping[str, Staff], tellings: Sequence[Telling], now: datetime) -> list[Step]:
    """This function will give a landlord's meetings: what was held eight days ago, and what comes in six."""
    arranges = next((one for one in staff.values() if areas_to_arrange(one)), None)
    if arranges is None:
        return []
    area = areas_to_arrange(arranges)[0]
    older = [one for one in tellings if one.area == area and one.steps and one.steps[0].at < now - timedelta(days=20)]
    held_at = _at_ten(now - timedelta(days=8))
    before = held_at - timedelta(days=5)
    made: dict[str, int] = {}

    def enter(at: datetime) -> None:
        made["held"] = arrange_marac_meeting(area=area, meets_at=held_at, note=WHERE, by=arranges, now=at)
        for case in _open(older, arranges, at)[:HEARD]:
            list_case_for_marac(meeting=made["held"], case=case, brought_by="us", by=arranges, now=at)

    def follow(at: datetime) -> None:
        goes = _speaker(staff, area) or arranges
        record_marac_attendance(meeting=made["held"], staff=goes, came="came", by=arranges, now=at)
        for place, listing in enumerate(access.visible_listings(arranges, now=at).filter(meeting=made["held"])):
            if listing.case is None:
                continue
            if access.visible_listings(goes, now=at).filter(pk=listing.pk).exists():
                text = (
                    "The police go by each evening. Children's services see the school on Monday. We see to the door."
                )
                write_marac_minutes(meeting=made["held"], listing=listing.pk, text=text, by=goes, now=at)
            lead = listing.case.lead
            owner = lead if lead and access.standing_of(lead, listing.case, now=at).sees else arranges
            number = give_marac_action(
                meeting=made["held"],
                listing=listing.pk,
                what="Say by when the new door is in."
                if place
                else "Change the locks, and tell the coordinator of it.",
                owner=owner,
                due_on=day_of(held_at) + timedelta(days=21 if place else 5),
                by=arranges,
                now=at,
            )
            if place:
                continue
            done = "Both locks changed; the coordinator was told by telephone."
            complete_marac_action(action=number, note=done, by=owner, now=at + timedelta(hours=1))

    def come(at: datetime) -> None:
        meeting = arrange_marac_meeting(
            area=area, meets_at=_at_ten(now + timedelta(days=6)), note=WHERE, by=arranges, now=at
        )
        for case in _open(older, arranges, at)[HEARD : 2 * HEARD]:
            list_case_for_marac(meeting=meeting, case=case, brought_by="agency", by=arranges, now=at)
        who = "A. Brightwater and two children; last known address in one of our blocks. The police brought it."
        list_case_for_marac(meeting=meeting, who=who, brought_by="agency", by=arranges, now=at)

    return [Step(before, enter), Step(held_at + timedelta(hours=4), follow), Step(now - timedelta(hours=3), come)]


def _open(tellings: Sequence[Telling], by: Staff, at: datetime) -> list[Case]:
    """The cases of ours that are open, that they see, and whose lead sees meetings."""
    found = []
    for telling in tellings:
        case = Case.objects.filter(pk=telling.case.pk, status="open").select_related("lead").first()
        if case is not None and case.lead is not None and access.can(case.lead, "marac:see"):
            standing = access.standing_of(by, case, now=at)
            if standing.sees and not standing.why_not_record("request"):
                found.append(case)
    return found


def _speaker(staff: Mapping[str, Staff], area: str) -> Staff | None:
    """Whoever the document names for the area, and who writes minutes."""
    landlord = next(iter(staff.values())).landlord_id
    seat = settings_of(landlord).marac.seats.get(area)
    for one in staff.values():
        held = {role.role for role in access.roles_of(one)}
        if seat and held & {*seat.roles} and access.can(one, "marac:minutes"):
            return one
    return None


def _at_ten(moment: datetime) -> datetime:
    """Ten in the morning of the working day at or before."""
    local = moment.astimezone(LONDON).replace(hour=10, minute=0, second=0, microsecond=0)
    return local - timedelta(days=max(0, local.weekday() - 4))
