"""What a data protection officer finds in the demo: a refusal, looks at a late hour, a colleague who has a party's surname.

Each is an action of the product, taken by somebody who may, or who is refused as they would be on the page.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta

from fanlight.casework import access
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.log_view import log_view, log_view_refused
from fanlight.casework.demo.telling import Step, Telling
from fanlight.casework.models import Case, Staff
from fanlight.present import LONDON, day_of

SATURDAY = 5


def looks(staff: Mapping[str, Staff], tellings: Sequence[Telling], now: datetime) -> list[Step]:
    """This function will give the looks of the week before now, at cases that were reported some days earlier."""
    yesterday = datetime.combine(day_of(now) - timedelta(days=1), time(11, 20), LONDON)
    days_back = (yesterday.weekday() - SATURDAY) % 7
    saturday = datetime.combine(yesterday.date() - timedelta(days=days_back), time(22, 40), LONDON)
    settled = [one for one in tellings if one.steps and one.steps[0].at < saturday - timedelta(days=3)]
    steps = [
        Step(saturday + timedelta(minutes=4 * number), _at_night(telling, staff))
        for number, telling in enumerate(settled[:3])
    ]
    for telling in settled[:1]:
        steps.append(Step(yesterday, _of_a_relative(telling, staff)))
        steps.append(Step(yesterday + timedelta(hours=4), _in_vain(telling, staff)))
    return steps


def _who_writes(case: Case, staff: Mapping[str, Staff], now: datetime) -> list[Staff]:
    """Those who may write in a case, in the order of the cast."""
    return [one for one in staff.values() if access.can(one, "case:write", case, now=now)]


def _at_night(telling: Telling, staff: Mapping[str, Staff]) -> Callable[[datetime], None]:
    def act(now: datetime) -> None:
        for one in _who_writes(telling.case, staff, now)[-1:]:
            log_view(reference=telling.case.reference, page="case", by=one, now=now)

    return act


def _of_a_relative(telling: Telling, staff: Mapping[str, Staff]) -> Callable[[datetime], None]:
    """A neighbour is named, who has the surname of somebody who reads the case."""

    def act(now: datetime) -> None:
        writers = _who_writes(telling.case, staff, now)
        if len(writers) < 2:
            return
        writer, reader = writers[0], writers[-1]
        name = f"Morgan {reader.name.rpartition(' ')[2]}"
        add_part(case=telling.case, name=name, part="witness", by=writer, now=now)
        log_view(reference=telling.case.reference, page="case", by=reader, now=now)

    return act


def _in_vain(telling: Telling, staff: Mapping[str, Staff]) -> Callable[[datetime], None]:
    def act(now: datetime) -> None:
        for one in [one for one in staff.values() if not access.can(one, "case:see")][:1]:
            log_view_refused(reference=telling.case.reference, page="case", by=one, now=now)

    return act
