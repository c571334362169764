"""The landlord's own figures of the MARAC: referrals and repeats by quarter, area and criterion; actions, and how many in time.

They are counted in the database over plain columns; nothing is opened. Whoever sees cases has the figures of those; whoever does not
has the landlord's, with small numbers hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case as When
from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models import When as If

from fanlight.casework import access
from fanlight.casework.landlords import settings_of
from fanlight.casework.marac import CRITERIA
from fanlight.casework.models import MaracAction, MaracReferral, Staff
from fanlight.casework.small_numbers import hidden, hidden_parts, is_small
from fanlight.present import day_of

APRIL = 4
QUARTERS = ("April to June", "July to September", "October to December", "January to March")
NOT_SAID = "Not known"
FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One row of a table: referrals, and repeats among them. None where the number is small and the viewer sees no cases."""

    title: str
    referrals: int | None
    repeats: int | None


@dataclass(frozen=True, slots=True)
class ActionFigures:
    """What meetings gave us to do, due in a year: all of it, done in time, done late, open and late, not to be done, not due yet."""

    due: int | None
    in_time: int | None
    late: int | None
    overdue: int | None
    not_done: int | None
    to_come: int | None


@dataclass(frozen=True, slots=True)
class MaracFigures:
    """The figures of a year from April. `hides_small` is whether small numbers are hidden."""

    year: int
    title: str
    first_day: date
    last_day: date
    total: FigureLine
    quarters: tuple[FigureLine, ...]
    areas: tuple[FigureLine, ...]
    criteria: tuple[FigureLine, ...]
    actions: ActionFigures
    hides_small: bool
    has_next: bool


def marac_figures(viewer: Staff, *, year: int | None = None, now: datetime) -> MaracFigures:
    """This function will give the figures of the year that begins in April of `year` (None: this one). Raises Refused."""
    access.demand(viewer, "figures:see")
    this = year_of(day_of(now))
    year = this if year is None or not FIRST_YEAR <= year <= this else year
    first, last = date(year, APRIL, 1), date(year + 1, APRIL - 1, 31)
    sees = access.can(viewer, "case:see") or access.can(viewer, "colleague_case:see")
    referrals = MaracReferral.objects.filter(
        landlord_id=viewer.landlord_id, referred_on__gte=first, referred_on__lte=last
    )
    actions = MaracAction.objects.filter(landlord_id=viewer.landlord_id, due_on__gte=first, due_on__lte=last)
    if sees:
        seen = access.visible_cases(viewer, now=now)
        referrals = referrals.filter(case__in=seen)
        actions = actions.filter(Q(case=None) | Q(case__in=seen))
    by_quarter = _by(referrals, _quarter(year), QUARTERS)
    by_area = _by(referrals, F("area"), tuple(settings_of(viewer.landlord_id).areas))
    by_criterion = {title: _counted(referrals.filter(criteria__contains=word)) for word, title in CRITERIA.items()}
    total = (sum(all_ for all_, _ in by_quarter.values()), sum(again for _, again in by_quarter.values()))
    shown = _shown if sees else _with_small_hidden
    (total_line,) = shown({"All": total})
    criteria = shown(by_criterion)
    if total_line.repeats is None:
        # How many were repeats is what that criterion counts.
        again = CRITERIA["repeat"]
        criteria = tuple(FigureLine(again, None, None) if one.title == again else one for one in criteria)
    return MaracFigures(
        year=year,
        title=f"April {year} to March {year + 1}",
        first_day=first,
        last_day=last,
        total=total_line,
        quarters=shown(by_quarter),
        areas=shown(by_area),
        criteria=criteria,
        actions=_of_actions(actions, day_of(now), hides=not sees),
        hides_small=not sees,
        has_next=year < this,
    )


def year_of(day: date) -> int:
    """This function will give the year in whose April the year of a day begins."""
    return day.year if day.month >= APRIL else day.year - 1


def _quarter(year: int) -> When:
    ends = (date(year, 7, 1), date(year, 10, 1), date(year + 1, 1, 1))
    parts = [If(referred_on__lt=end, then=Value(title)) for end, title in zip(ends, QUARTERS, strict=False)]
    return When(*parts, default=Value(QUARTERS[-1]), output_field=CharField())


def _by(found: QuerySet[MaracReferral], what: F | When, order: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Referrals and repeats by a column, in an order, and whatever else there is after it. It is one query."""
    rows = found.annotate(which=what).order_by().values("which").annotate(**_COUNTS)
    counted = {row["which"] or NOT_SAID: (row["every"], row["again"]) for row in rows}
    return {name: counted.get(name, (0, 0)) for name in (*order, *sorted(counted.keys() - {*order}))}


_COUNTS = {"every": Count("pk"), "again": Count("pk", filter=Q(is_repeat=True))}


def _counted(found: QuerySet[MaracReferral]) -> tuple[int, int]:
    row = found.aggregate(**_COUNTS)
    return row["every"], row["again"]


def _shown(counts: Mapping[str, tuple[int, int]]) -> tuple[FigureLine, ...]:
    return tuple(FigureLine(title, *each) for title, each in counts.items())


def _with_small_hidden(counts: Mapping[str, tuple[int, int]]) -> tuple[FigureLine, ...]:
    """Parts of one total: where one alone would be hidden, another is hidden with it. A table of one row is its own total."""
    wholes = {title: every for title, (every, _) in counts.items()}
    again = {title: repeats for title, (_, repeats) in counts.items()}
    every, repeats = hidden(wholes), hidden_parts(wholes, again)
    return tuple(FigureLine(title, every[title], repeats[title]) for title in counts)


def _of_actions(found: QuerySet[MaracAction], today: date, *, hides: bool) -> ActionFigures:
    done = Q(outcome="done")
    row = found.aggregate(
        in_time=Count("pk", filter=done & Q(done_on__lte=F("due_on"))),
        late=Count("pk", filter=done & Q(done_on__gt=F("due_on"))),
        overdue=Count("pk", filter=Q(outcome="", due_on__lt=today)),
        not_done=Count("pk", filter=Q(outcome="not_done")),
        to_come=Count("pk", filter=Q(outcome="", due_on__gte=today)),
    )
    due = sum(row.values())
    if not hides:
        return ActionFigures(due, **row)
    return ActionFigures(None if is_small(due) else due, **hidden(row))
