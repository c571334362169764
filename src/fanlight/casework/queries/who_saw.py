"""Who looked at what: the log, for whoever may see it; without the cases from which they are kept themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from fanlight.casework.access import NotFound, case_to_audit, cases_kept_from, demand, log_to_see
from fanlight.casework.models import EmergencyAccess, Log, Staff, names_of
from fanlight.casework.models.reach import OUTCOMES_OF_REVIEW, PURPOSES
from fanlight.casework.queries.lines import Page
from fanlight.casework.queries.log_words import outcome_in_words, purpose_in_words, what_in_words
from fanlight.casework.queries.paging import page_number
from fanlight.present import LONDON, day_of

PAGE = 50
PERIODS = (1, 7, 28, 91, 365)
"""How many days a page of the log may look back over."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days in London: so many, the last of them `last`."""

    days: int
    last: date

    @property
    def since(self) -> datetime:
        """The moment at which it begins."""
        return datetime.combine(self.last - timedelta(days=self.days - 1), time.min, LONDON)

    @property
    def until(self) -> datetime:
        """The moment at which it is over."""
        return datetime.combine(self.last + timedelta(days=1), time.min, LONDON)


@dataclass(frozen=True, slots=True)
class LogLine:
    """A row of the log: who, when, what, of which case, how it went, and for what. `in_emergency`: they had it open for an emergency."""

    at: datetime
    who: str
    who_id: int | None
    what: str
    outcome: str
    reference: str
    purpose: str
    in_emergency: bool


@dataclass(frozen=True, slots=True)
class OpenedLine:
    """A case was opened in an emergency: for what, until when, and what the review said. The reason is for the reviewers."""

    at: datetime
    day: date
    who: str
    who_id: int
    reference: str
    purpose: str
    until: datetime
    outcome: str
    reviewed_by: str
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OfStaff:
    """What one member of staff did and saw, in a period."""

    name: str
    is_active: bool
    rows: Page[LogLine]


def period_of(days: str, last: str, now: datetime, *, usual: int) -> Period:
    """This function will understand a period as an address says it, and the usual one where it makes no sense."""
    today = day_of(now)
    length = int(days) if days.isascii() and days.isdigit() and len(days) < 4 else usual
    try:
        ends = date.fromisoformat(last)
    except ValueError:
        ends = today
    ends = ends if 2000 <= ends.year <= today.year else today
    return Period(length if length in PERIODS else usual, min(ends, today))


def who_saw_case(viewer: Staff, reference: str, *, page: int = 1) -> Page[LogLine]:
    """This function will give who did and saw what in a case, the latest first. Raises Refused; NotFound."""
    case = case_to_audit(viewer, reference)
    return _page(viewer, log_to_see(viewer, ()).filter(case=case), frozenset(), page)


def what_they_saw(viewer: Staff, number: int, period: Period, *, page: int = 1) -> OfStaff:
    """This function will give what a colleague did and saw in a period, the latest first. Raises Refused; NotFound."""
    demand(viewer, "audit:see")
    staff = Staff.objects.filter(landlord_id=viewer.landlord_id, pk=number).first()
    if staff is None:
        raise NotFound
    kept = cases_kept_from(viewer)
    rows = _within(log_to_see(viewer, kept).filter(strand=staff.pk), period)
    return OfStaff(staff.name, staff.is_active, _page(viewer, rows, kept, page))


def what_was_refused(viewer: Staff, period: Period, *, page: int = 1) -> Page[LogLine]:
    """This function will give what was refused in a period, to whom, the latest first. Raises Refused."""
    kept = cases_kept_from(viewer)
    rows = _within(log_to_see(viewer, kept), period).exclude(outcome="done").filter(outcome__in=("refused", "stopped"))
    return _page(viewer, rows, kept, page)


def opened_in_emergency(viewer: Staff, period: Period, *, page: int = 1) -> Page[OpenedLine]:
    """This function will give the cases that were opened in an emergency in a period, the latest first. Raises Refused."""
    demand(viewer, "audit:see")
    found = EmergencyAccess.objects.filter(
        landlord_id=viewer.landlord_id, at__gte=period.since, at__lt=period.until
    ).exclude(case_id__in=cases_kept_from(viewer))
    total = found.count()
    number, pages = page_number(page, total, PAGE)
    rows = list(found.select_related("case").order_by("-at", "-pk")[(number - 1) * PAGE : number * PAGE])
    names = names_of([row.staff_id for row in rows] + [row.reviewed_by_id for row in rows])
    lines = tuple(
        OpenedLine(
            at=row.at,
            day=day_of(row.at),
            who=names[row.staff_id],
            who_id=row.staff_id,
            reference=row.case.reference,
            purpose=dict(PURPOSES)[row.purpose],
            until=row.until,
            outcome=dict(OUTCOMES_OF_REVIEW).get(row.outcome, ""),
            reviewed_by=names[row.reviewed_by_id],
            reviewed_at=row.reviewed_at,
        )
        for row in rows
    )
    return Page(lines, number, pages, total)


def colleagues_in_the_log(viewer: Staff) -> tuple[tuple[int, str], ...]:
    """This function will list everybody who works or worked for the viewer's landlord, by name. Raises Refused."""
    demand(viewer, "audit:see")
    named = names_of(Staff.objects.filter(landlord_id=viewer.landlord_id).values_list("pk", flat=True))
    people = [(number, name) for number, name in named.items() if number is not None]
    return tuple(sorted(people, key=lambda one: (one[1].casefold(), one[0])))


def _within(rows: QuerySet[Log], period: Period) -> QuerySet[Log]:
    return rows.filter(at__gte=period.since, at__lt=period.until)


_COLUMNS = ("at", "staff_id", "what", "outcome", "case_id", "case__reference", "detail")


def _page(viewer: Staff, rows: QuerySet[Log], kept: frozenset[int], page: int) -> Page[LogLine]:
    total = rows.count()
    number, pages = page_number(page, total, PAGE)
    found = list(rows.order_by("-at", "-pk").values_list(*_COLUMNS)[(number - 1) * PAGE : number * PAGE])
    return Page(_lines(viewer, found, kept), number, pages, total)


def _lines(viewer: Staff, found: Sequence[tuple[Any, ...]], kept: frozenset[int]) -> tuple[LogLine, ...]:
    names = names_of(row[1] for row in found)
    cases = {row[4] for row in found} - {None} - kept
    opened = EmergencyAccess.objects.filter(landlord_id=viewer.landlord_id, case_id__in=[*cases, 0])
    emergencies = list(opened.values_list("case_id", "staff_id", "at", "until"))
    return tuple(
        LogLine(
            at=at,
            who=names[staff_id] or "Nobody who was signed in",
            who_id=staff_id,
            what=what_in_words(what, detail),
            outcome=outcome_in_words(outcome),
            reference=reference if case_id is not None and case_id not in kept else "",
            purpose=purpose_in_words(what, detail),
            in_emergency=any(
                (case_id, staff_id) == one[:2] and one[2] <= at < one[3] and outcome == "done" for one in emergencies
            ),
        )
        for at, staff_id, what, outcome, case_id, reference, detail in found
    )
