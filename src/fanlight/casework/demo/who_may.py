"""What people decided in the demo about who may: a case opened in an emergency, somebody set aside, a deputy, a role that waits."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from fanlight.casework import access
from fanlight.casework.actions.ask_for_role import ask_for_role
from fanlight.casework.actions.name_deputy import name_deputy
from fanlight.casework.actions.open_in_emergency import open_in_emergency
from fanlight.casework.actions.set_aside import set_aside
from fanlight.casework.demo.telling import Step, Telling
from fanlight.casework.models import Case, Staff

# By landlord: who is away, and who stands in; who is to have which role, and who asked.
_DEPUTIES = {"connect": ("tomasz", "moira")}
_ASKED = {"connect": ("liam", "case_officer", "huw")}


def who_may(landlord: str, staff: Mapping[str, Staff], tellings: Sequence[Telling], now: datetime) -> list[Step]:
    """This function will give what was decided in the days before now, about cases that were reported earlier."""
    settled = [one for one in tellings if one.steps and one.steps[0].at < now - timedelta(days=5)]
    steps = [
        # Last of all: whoever is set aside has nothing more to tell of the case.
        Step(now, _set_aside(settled, staff)),
        Step(now - timedelta(hours=6), _in_emergency(settled, staff)),
    ]
    if landlord in _DEPUTIES:
        away, deputy = (staff[handle] for handle in _DEPUTIES[landlord])
        steps.append(Step(now - timedelta(hours=3), _deputy(away, deputy)))
    if landlord in _ASKED:
        handle, role, by = _ASKED[landlord]
        steps.append(Step(now - timedelta(hours=2), _asked(staff[handle], role, staff[by])))
    return steps


def _cases(tellings: Sequence[Telling]) -> list[Case]:
    return [Case.objects.get(pk=telling.case.pk) for telling in tellings]


def _set_aside(tellings: Sequence[Telling], staff: Mapping[str, Staff]) -> Callable[[datetime], None]:
    """A lead sets aside the last of those who may write in the first case that somebody else leads."""

    def act(now: datetime) -> None:
        for case in _cases(tellings):
            leads = [one for one in staff.values() if access.can(one, "case:set_aside", case, now=now)]
            others = [one for one in staff.values() if access.can(one, "case:write", case, now=now)]
            others = [one for one in others if one not in leads and one.pk != case.lead_id]
            if leads and others and case.status == "open":
                reason = "They know the family from before they worked here, and asked to have nothing to do with it."
                set_aside(case=case, staff=others[-1], reason=reason, by=leads[0], now=now)
                return

    return act


def _in_emergency(tellings: Sequence[Telling], staff: Mapping[str, Staff]) -> Callable[[datetime], None]:
    """Somebody takes a call about a case that is not theirs, whose officer cannot be reached."""

    def act(now: datetime) -> None:
        users = [one for one in staff.values() if access.can(one, "emergency:use")]
        for case in _cases(tellings):
            strangers = [one for one in users if access.case_in_emergency(one, case.reference)[1]]
            strangers = [one for one in strangers if not access.standing_of(one, case, now=now).sees]
            if strangers and case.status == "open":
                reason = "She rang the switchboard: he is outside again. The police asked what they should know of the house."
                open_in_emergency(reference=case.reference, purpose="caller", reason=reason, by=strangers[-1], now=now)
                return

    return act


def _deputy(away: Staff, deputy: Staff) -> Callable[[datetime], None]:
    def act(now: datetime) -> None:
        first = now.date()
        name_deputy(staff=away, deputy=deputy, first_day=first, last_day=first + timedelta(days=6), by=away, now=now)

    return act


def _asked(staff: Staff, role: str, by: Staff) -> Callable[[datetime], None]:
    def act(now: datetime) -> None:
        ask_for_role(staff=staff, role=role, by=by, now=now)

    return act
