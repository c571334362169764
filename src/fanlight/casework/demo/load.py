"""Makes the demo: its staff, the plots of each landlord, and the cases told in order of time."""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from fanlight.casework import rulings
from fanlight.casework.actions.hold_case import hold_case
from fanlight.casework.actions.review_for_disposal import review_for_disposal
from fanlight.casework.demo.cast import CAST, PASSWORD
from fanlight.casework.demo.connect import Connect
from fanlight.casework.demo.housing_plus import HousingPlus
from fanlight.casework.demo.kinship import kinship
from fanlight.casework.demo.looks import looks
from fanlight.casework.demo.markers import markers
from fanlight.casework.demo.meetings import meetings
from fanlight.casework.demo.moves import moves
from fanlight.casework.demo.one_vision import OneVision
from fanlight.casework.demo.ongo import Ongo
from fanlight.casework.demo.people import household
from fanlight.casework.demo.procedure import Procedure
from fanlight.casework.demo.referrals import referrals
from fanlight.casework.demo.register import the_register
from fanlight.casework.demo.risk import risk
from fanlight.casework.demo.shares import shares
from fanlight.casework.demo.situations import DANGER, QUIET, SITUATIONS, Situation
from fanlight.casework.demo.tai_calon import TaiCalon
from fanlight.casework.demo.telling import Step, Telling
from fanlight.casework.demo.who_may import who_may
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Staff, StaffRole
from fanlight.present import LONDON

PROCEDURES: Mapping[str, type[Procedure]] = {
    kind.landlord: kind for kind in (Connect, HousingPlus, OneVision, Ongo, TaiCalon)
}
CASES = 60
_COLLEAGUES: Mapping[str, tuple[str, str]] = {
    "connect": ("petra", "joan"),
    "housing-plus": ("wanda", "barney"),
    "one-vision": ("marcus", "renee"),
    "ongo": ("priti", "gareth"),
    "tai-calon": ("dilwen", "nerys"),
}
"""For each landlord: the colleague whom a report is about, and the one who makes it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A step of a case, with its place in the order of all steps."""

    at: datetime
    case: int
    place: int
    step: Step

    def __lt__(self, other: "Planned") -> bool:
        return (self.at, self.case, self.place) < (other.at, other.case, other.place)


def make_staff(landlord: str, password: str) -> dict[str, Staff]:
    """This function will make a landlord's cast, each with their roles, and give them by the word that stories use.

    All have one password, given as it is stored: a strong hash takes its time.
    """
    made: dict[str, Staff] = {}
    for colleague in CAST[landlord]:
        staff = Staff(landlord_id=landlord, password=password, is_female_staff=colleague.female)
        staff.name, staff.email = colleague.name, colleague.email(landlord)
        staff.save(force_insert=True)
        StaffRole.objects.bulk_create(
            StaffRole(landlord_id=landlord, staff=staff, role=role, patches=list(patches))
            for role, patches in colleague.roles.items()
        )
        made[colleague.handle] = staff
    return made


def plan(landlord: str, staff: Mapping[str, Staff], cases: int, now: datetime) -> list[Planned]:
    """This function will write down every step of a landlord's cases up to now, in order of time.

    With 0 cases they are those that every demo must have, and no others.
    """
    author = _Author(landlord, staff, now)
    author.write(cases)
    told = [the_register(landlord, staff, author.tellings, now)]
    told += [telling.steps for telling in author.tellings]
    beside = [
        looks(staff, author.tellings, now),
        who_may(landlord, staff, author.tellings, now),
        kinship(staff, author.tellings, now),
    ]
    beside.append(markers(staff, author.tellings, now))
    beside.append(moves(staff, author.tellings, now))
    beside.append(shares(staff, author.tellings, now))
    beside.append(risk(staff, author.tellings, now))
    beside.append(referrals(staff, author.tellings, now))
    beside.append(meetings(staff, author.tellings, now))
    steps = [
        Planned(step.at, case, place, step)
        for case, of_one in enumerate([*told, *beside])
        for place, step in enumerate(of_one)
        if step.at <= now
    ]
    heapq.heapify(steps)
    return [heapq.heappop(steps) for _ in range(len(steps))]


def carry_out(steps: Sequence[Planned]) -> Iterator[None]:
    """This function will take the steps one by one, each through an action of the product."""
    # One transaction for a stretch of steps: each action is still whole in itself, and the disk is waited for less often.
    for first in range(0, len(steps), 250):
        with transaction.atomic():
            for planned in steps[first : first + 250]:
                planned.step.act(planned.at)
                yield


class _Author:
    """Writes the cases of one landlord. All chance is seeded: the same moment gives the same demo."""

    def __init__(self, landlord: str, staff: Mapping[str, Staff], now: datetime) -> None:
        self.landlord = landlord
        self.staff = staff
        self.now = now.astimezone(LONDON)
        self.procedure = PROCEDURES[landlord]
        self.chance = _chance(landlord)
        self.patches = cycle(self.procedure.teams)
        self.situations = cycle(self.chance.sample(SITUATIONS, len(SITUATIONS)))
        self.calendar = rulings.policy_in_force(landlord, now).calendar
        self.tellings: list[Telling] = []
        self.names: set[str] = set()

    def case(
        self, age: timedelta, situation: Situation | None = None, *, patch: str = "", pace: float = 1.0
    ) -> Procedure:
        """This function will begin a case that was reported so long ago."""
        situation = situation or next(self.situations)
        patch = patch or next(self.patches)
        chance = _chance(f"{self.landlord} {len(self.tellings)}")
        begins = self.now - age
        if age > timedelta(days=1):
            begins = begins.replace(
                hour=chance.choice((8, 9, 10, 11, 13, 14, 15, 16, 18, 20)), minute=chance.randrange(60)
            )
        home = household(
            chance,
            welsh=self.procedure.welsh,
            at_risk=situation.at_risk,
            causing_harm=situation.causing_harm,
            children=situation.children,
            used=self.names,
        )
        telling = Telling(
            self.staff, chance, begins, self.works, home, settings_of(self.landlord).area_of(patch), patch, pace
        )
        told = situation.known.get("survivor_age")
        telling.age = told if isinstance(told, int) else None
        self.tellings.append(telling)
        return self.procedure(telling, situation)

    def works(self, day: date) -> bool:
        """This function will say whether the office is open on a day; of years not known yet, it knows the weekends."""
        return self.calendar.is_working_day(day) if day.year in self.calendar.years else day.weekday() < 5

    def write(self, cases: int) -> None:
        """This function will write so many cases: those that every demo must have, and ordinary ones between them."""
        special = self.special()
        if not cases:
            for tell_it in special:
                tell_it()
            return
        ordinary = self.ordinary(max(cases - len(special), cases // 2))
        for place in range(cases):
            if len(self.tellings) >= cases:
                return
            take_special = (place % 2 == 1 and special) or not ordinary
            (special if take_special else ordinary).pop(0)()

    def ordinary(self, count: int) -> list[Callable[[], None]]:
        """This function will give the ordinary cases: some of this week, a quarter of this month, the rest older."""
        written: list[Callable[[], None]] = []
        for number in range(count):
            share = ((number * 7) % count + self.chance.random()) / count
            if share < 0.15:
                days = 1 + share * 40
            elif share < 0.4:
                days = 7 + (share - 0.15) * 120
            else:
                days = 37 + (share - 0.4) * 270
            written.append(lambda days=days, number=number: self.one_ordinary(days, number))  # type: ignore[misc]  # the defaults keep each case its own age
        return written

    def one_ordinary(self, days: float, number: int) -> None:
        """This function will tell an ordinary case; every fifth is slow, and some were let lie."""
        pace = self.chance.choice((4, 6, 9)) if number % 5 == 3 else 1.0
        if number % 11 == 10:
            self.case(timedelta(days=days), self.chance.choice(QUIET[:4])).declined()
        else:
            case = self.case(timedelta(days=days), pace=pace)
            case.ordinary(stops_after=self.chance.choice((1, 2, 3)) if number % 9 == 5 else 5)

    def special(self) -> list[Callable[[], None]]:
        """This function will give the cases that a demo must have, those that show most first."""
        hours, days, minutes = (
            (lambda n: timedelta(hours=n)),
            (lambda n: timedelta(days=n)),
            (lambda n: timedelta(minutes=n)),
        )
        colleague, teller = _COLLEAGUES[self.landlord]
        quiet = cycle(QUIET)
        plots: list[Callable[[], None]] = [
            lambda: self.case(minutes(7), DANGER).only_reported(),
            lambda: self.case(hours(5.5), next(quiet)).only_reported(),
            lambda: self.case(days(24), SITUATIONS[12]).not_received(),
            lambda: self.case(days(15), SITUATIONS[2]).unanswered(),
            lambda: self.case(days(40)).struck(),
            lambda: self.case(days(12), SITUATIONS[self.procedure.overridden]).override(),
            self.joined,
            lambda: self.case(days(9)).about_a_colleague(colleague, teller),
            lambda: self.case(days(5)).not_abuse(),
            lambda: self.case(minutes(38), next(quiet)).only_reported(),
        ]
        for name in self.procedure.own_plots:
            plots.append(lambda name=name: self.own_plot(name))  # type: ignore[misc]  # the default keeps each plot its own name
        plots += [
            lambda: self.fell_due(days(391)),
            lambda: self.fell_due(days(402), held="A claim against the contractor is before the county court."),
            lambda: self.fell_due(days(417), let_go="Nothing followed from it, and nobody has asked since."),
            lambda: self.fell_due(days(458)),
            lambda: self.case(days(8), SITUATIONS[19], pace=4).ordinary(stops_after=2),
            lambda: self.case(days(4), SITUATIONS[1]).ordinary(stops_after=1),
            lambda: self.case(days(6)).typed_in_late(),
            lambda: self.case(days(170), SITUATIONS[16]).reopened(),
            lambda: self.case(hours(30), next(quiet)).only_reported(),
            lambda: self.case(days(60), SITUATIONS[18]).ordinary(),
            lambda: self.case(minutes(95), next(quiet)).only_reported(),
            lambda: self.case(days(33)).not_abuse(),
            self.joined,
        ]
        return plots

    def own_plot(self, name: str) -> None:
        """This function will tell a case that only this landlord's procedure brings about."""
        age = timedelta(hours=26) if name == "not_acknowledged" else timedelta(days=self.chance.randint(14, 70))
        # Eve works in Leeds: the case in which she is named is there.
        patch = "Leeds West" if name == "eve_is_named" else ""
        case = self.case(age, SITUATIONS[self.procedure.own_plots[name]], patch=patch)
        tell_it: Callable[[], None] = getattr(case, name)
        tell_it()

    def fell_due(self, age: timedelta, *, held: str = "", let_go: str = "") -> None:
        """This function will tell of a report that was no abuse, so long ago that it fell due; and was held back, or let go."""
        case = self.case(age)
        case.not_abuse()
        reviewer = self.staff[_who_may(self.landlord, "dispose:review", "report:triage")]
        officer = self.staff[_who_may(self.landlord, "dispose:carry_out", "retention:hold")]
        case.t.moment = self.now - timedelta(days=3)
        if held:
            case.t.step(
                lambda now: _nothing(hold_case(reference=case.t.case.reference, reason=held, by=officer, now=now))
            )
        if let_go:
            case.t.step(
                lambda now: review_for_disposal(
                    reference=case.t.case.reference, outcome="dispose", reason=let_go, by=reviewer, now=now
                )
            )

    def joined(self) -> None:
        """This function will tell of a second report about a household whose case is open already."""
        first = self.case(timedelta(days=self.chance.randint(16, 30)), SITUATIONS[0])
        first.begin()
        first.talk()
        first.see()
        t = first.t
        t.days(2, 4)
        second = self.case(timedelta(days=2), SITUATIONS[18], patch=t.patch)
        second.t.moment = t.moment
        second.t.household = t.household
        second.t.report(
            second.reporter,
            second.t.say(
                "The same flat as last time, says the neighbour: [doors and crying again|shouting until late]. It has been quiet for a while."
            ),
            source="neighbour",
            channel="phone",
            about="customer",
            immediate_danger=False,
            area=t.area,
        )
        second.t.minutes(10, 40)
        joiner = {"one-vision": "beatrix", "ongo": "stefan"}.get(self.landlord, second.manager)
        second.t.join(joiner, t, "The same household.")
        t.moment = second.t.moment + timedelta(minutes=30)
        first.act()


def _who_may(landlord: str, *permissions: str) -> str:
    """The first of a landlord's cast with a role that has all of these permissions."""
    roles = settings_of(landlord).roles
    return next(
        one.handle
        for one in CAST[landlord]
        if any(roles[role].permissions.issuperset(permissions) for role in one.roles)
    )


def _nothing(_given: object) -> None:
    """A step gives nothing."""


def _chance(seed: str) -> Random:
    return Random(f"fanlight {seed}")


def tell(
    landlords: Sequence[str], cases: int, now: datetime, progress: Callable[[str, int], Callable[[], None]]
) -> int:
    """This function will make the cast and tell the cases of these landlords, and give how many steps it took.

    `progress(landlord, steps)` is called before each landlord, and what it gives after every step.
    """
    taken = 0
    password = make_password(PASSWORD)
    for landlord in landlords:
        with transaction.atomic():
            staff = make_staff(landlord, password)
        steps = plan(landlord, staff, cases, now)
        tick = progress(landlord, len(steps))
        for _ in carry_out(steps):
            taken += 1
            tick()
    return taken
