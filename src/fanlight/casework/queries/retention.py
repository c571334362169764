"""How long cases are kept: what falls due for disposal, what is held back, and what a review decided. It names nobody.

A case is kept from the day on which it was closed, or from the last thing that was recorded of a later day; a report that
was joined to a case from the day on which it was joined, and never shorter than that case.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from fanlight.casework.access import DISPOSED, can, cases_kept_of, find_kept
from fanlight.casework.landlords import KINDS_KEPT, LandlordSettings, Length, settings_of
from fanlight.casework.models import Case, Disposal, DisposalReview, Hold, Part, Staff, names_of
from fanlight.casework.models.retention import OUTCOMES
from fanlight.casework.queries.lines import Page
from fanlight.casework.queries.paging import page_number
from fanlight.present import LONDON, day_of

PAGE = 50
COMING = timedelta(days=90)
"""How far ahead the list looks."""
SHOWN: Mapping[str, str] = MappingProxyType(
    {"due": "To be looked at", "marked": "Let go", "held": "Held back", "later": "Kept longer", "coming": "Coming"}
)
"""The parts of the list, by the state of the cases in each."""

_CHILDREN = {"ordinary": "with_children", "colleague": "colleague_with_children"}
_PERIODS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **{kind: (kind,) for kind in KINDS_KEPT},
        "colleague_with_children": ("colleague", "with_children"),
        # Not worked out yet: the longest of all.
        "": tuple(KINDS_KEPT),
    }
)
_FIELDS = (
    *("pk", "reference", "status", "kept_as", "has_child", "closed_at", "last_at", "opened_at"),
    *("joined_to_id", "last_sequence"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A case as far as it matters for how long it is kept.

    `due_on` is the first day on which the schedule lets it go, None while it is not closed. `falls_due_on` is that, or the later
    day until which a review keeps it. `state` is `not_closed`, `coming`, `due`, `held`, `later` (kept longer), or `marked` (let go
    by a review that still holds). `waits_for` is the case to which it was joined, where that goes no sooner; `rule` says why.
    """

    case_id: int
    reference: str
    status: str
    kind: str
    since: datetime | None
    rule: str
    due_on: date | None
    falls_due_on: date | None
    state: str
    waits_for: str
    hold: Hold | None
    review: DisposalReview | None
    last_sequence: int


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A case in the list: its reference, when it was closed, what it is kept as, when it falls due, and whether it is held."""

    reference: str
    kind: str
    since: datetime | None
    falls_due_on: date | None
    state: str
    is_held: bool
    held_until: date | None
    waits_for: str


@dataclass(frozen=True, slots=True)
class RetentionList:
    """A page of one part of the list; how many there are in each part; the schedule; disposals begun and not finished."""

    cases: Page[KeptLine]
    counts: Mapping[str, int]
    schedule: tuple[tuple[str, str], ...]
    unfinished: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold on a case; its reason, for those who decide on it."""

    number: int
    at: datetime
    by: str
    until: date | None
    reason: str
    is_on: bool
    lifted_at: datetime | None
    lifted_by: str
    lift_reason: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """What somebody decided on a case that fell due."""

    at: datetime
    by: str
    outcome: str
    keep_until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class RetentionCase:
    """How long one case is kept, and what the viewer may do about it; `why_not_dispose` is empty where they may dispose of it."""

    kept: Kept
    kind: str
    joined: tuple[str, ...]
    holds: tuple[HoldLine, ...]
    reviews: tuple[ReviewLine, ...]
    may_hold: bool
    may_review: bool
    may_dispose: bool
    why_not_dispose: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """That a case was disposed of: under what rule, how much there was, and by whom. It names nobody who was in the case."""

    reference: str
    landlord: str
    kind: str
    rule: str
    closed_at: datetime | None
    due_on: date | None
    entries: int
    head: str
    reviewed_by: str
    reviewed_at: datetime | None
    disposed_by: str
    disposed_at: datetime
    done_at: datetime | None


# ── One case ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_known(viewer: Staff, reference: str) -> bool:
    """This function will say whether there is a case of a reference whose keeping the viewer may see. Raises Refused."""
    return cases_kept_of(viewer).filter(reference=reference).exists()


def kept(case: Case, now: datetime) -> Kept:
    """This function will say how long a case is kept, and how it stands with that at a moment."""
    return _kept(case.landlord_id, Case.objects.filter(pk=case.pk), now)[0]


def why_not_dispose(one: Kept, by: Staff) -> str:
    """This function will say why somebody may not dispose of a case as it stands, or nothing where they may."""
    if one.state == "held":
        return "It is held back."
    if one.state != "marked" or one.review is None:
        return "Somebody must look at it first, and let it go."
    if one.review.by_id == by.pk:
        return "Somebody else disposes of what you let go."
    return ""


def why_not_review(one: Kept, now: datetime) -> str:
    """This function will say why a case cannot be looked at for disposal, or nothing where it can."""
    if one.state == "held":
        return "It is held back: lift the hold first."
    if one.due_on is None:
        return (
            "It is not closed."
            if one.status not in ("closed", "joined")
            else "The case to which it was joined is kept."
        )
    return "" if one.due_on <= day_of(now) else "It does not fall due yet."


def retention_case(viewer: Staff, reference: str, *, now: datetime) -> RetentionCase:
    """This function will give how long a case is kept, with its holds and reviews. Raises Refused; NotFound."""
    case = find_kept(viewer, reference)
    one = kept(case, now)
    holds = list(Hold.objects.filter(case=case).order_by("-at", "-pk"))
    reviews = list(DisposalReview.objects.filter(case=case).order_by("-at", "-pk"))
    names = names_of(
        [*(row.by_id for row in holds), *(row.lifted_by_id for row in holds), *(row.by_id for row in reviews)]
    )
    today = day_of(now)
    return RetentionCase(
        kept=one,
        kind=kind_in_words(viewer, one.kind),
        joined=tuple(case.joined_cases.exclude(status=DISPOSED).order_by("pk").values_list("reference", flat=True)),
        holds=tuple(
            HoldLine(
                number=row.pk,
                at=row.at,
                by=names[row.by_id],
                until=row.until,
                reason=row.reason,
                is_on=_is_on(row, today),
                lifted_at=row.lifted_at,
                lifted_by=names[row.lifted_by_id],
                lift_reason=row.lift_reason,
            )
            for row in holds
        ),
        reviews=tuple(
            ReviewLine(row.at, names[row.by_id], dict(OUTCOMES)[row.outcome], row.keep_until, row.reason)
            for row in reviews
        ),
        may_hold=can(viewer, "retention:hold"),
        may_review=can(viewer, "dispose:review") and not why_not_review(one, now),
        may_dispose=can(viewer, "dispose:carry_out"),
        why_not_dispose=why_not_dispose(one, viewer),
    )


# ── The list ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def retention_list(viewer: Staff, *, show: str = "due", page: int = 1, now: datetime) -> RetentionList:
    """This function will give one part of what falls due or is held back, soonest first. Raises Refused."""
    landlord = settings_of(viewer.landlord_id)
    theirs = cases_kept_of(viewer).exclude(status=DISPOSED)
    found = _kept(landlord.id, theirs.filter(_may_matter(landlord, day_of(now))), now)
    parts: dict[str, list[Kept]] = {state: [] for state in SHOWN}
    horizon = day_of(now) + COMING
    for one in found:
        if one.state in parts and (one.state != "coming" or (one.falls_due_on or date.max) <= horizon):
            parts[one.state].append(one)
    wanted = sorted(parts.get(show, parts["due"]), key=lambda one: (one.falls_due_on or date.max, one.case_id))
    number, pages = page_number(page, len(wanted), PAGE)
    lines = tuple(_line(viewer, one) for one in wanted[(number - 1) * PAGE : number * PAGE])
    waiting = Disposal.objects.filter(landlord_id=landlord.id, done_at=None).order_by("pk")
    return RetentionList(
        cases=Page(lines, number, pages, len(wanted)),
        counts=Counter({state: len(ones) for state, ones in parts.items()}),
        schedule=tuple((KINDS_KEPT[kind], str(length)) for kind, length in landlord.retention.items()),
        unfinished=tuple(waiting.values_list("reference", flat=True)),
    )


def marked(landlord_id: str, *, now: datetime) -> tuple[Kept, ...]:
    """This function will list what somebody let go and nobody has disposed of yet, soonest first: for the command."""
    reviewed = Case.objects.filter(landlord_id=landlord_id, disposal_reviews__outcome="dispose").exclude(
        status=DISPOSED
    )
    found = _kept(landlord_id, reviewed.distinct(), now)
    return tuple(sorted((one for one in found if one.state == "marked"), key=lambda one: one.case_id))


def _line(viewer: Staff, one: Kept) -> KeptLine:
    return KeptLine(
        reference=one.reference,
        kind=kind_in_words(viewer, one.kind),
        since=one.since,
        falls_due_on=one.falls_due_on,
        state=one.state,
        is_held=one.state == "held",
        held_until=one.hold.until if one.hold else None,
        waits_for=one.waits_for,
    )


def kind_in_words(viewer: Staff, kind: str) -> str:
    """This function will say what a case is kept as; that it is about a colleague is said to those alone who see such cases."""
    if "colleague" in kind and not can(viewer, "colleague_case:see"):
        kind = "with_children" if "children" in kind else "ordinary"
    if kind == "colleague_with_children":
        return f"{KINDS_KEPT['colleague']}, with children in it"
    return KINDS_KEPT.get(kind, KINDS_KEPT["ordinary"])


def _may_matter(landlord: LandlordSettings, today: date) -> Q:
    """The cases that may be due by the horizon, and those that are held: exactly which is worked out of their rows."""
    horizon = today + COMING
    found = Q(pk__in=Hold.objects.filter(landlord_id=landlord.id, lifted_at=None).values("case_id"))
    for kind, periods in _PERIODS.items():
        # Days of grace, since a year ago today may be a day that does not exist.
        begun = min(landlord.retention[period].before(horizon) for period in periods) + timedelta(days=3)
        found |= Q(status__in=("closed", "joined"), kept_as=kind, last_at__lt=datetime.combine(begun, time.min, LONDON))
    return found


# ── Working it out ───────────────────────────────────────────────────────────────────────────────────────────────────


def _kept(landlord_id: str, cases: QuerySet[Case], now: datetime) -> list[Kept]:
    """This function will work out how cases stand, with a few queries however many they are."""
    rows = _rows(cases)
    known = {row["pk"]: row for row in rows}
    while missing := {row["joined_to_id"] for row in known.values()} - known.keys() - {None}:
        known.update({row["pk"]: row for row in _rows(Case.objects.filter(pk__in=missing))})
    holds: dict[int, list[Hold]] = defaultdict(list)
    for hold in Hold.objects.filter(case__in=list(known)).order_by("pk"):
        holds[hold.case_id].append(hold)
    reviews = {review.case_id: review for review in DisposalReview.objects.filter(case__in=list(known)).order_by("pk")}
    worked_out = _Working(settings_of(landlord_id), known, holds, reviews, now)
    return [worked_out.of(row["pk"]) for row in rows]


def _rows(cases: QuerySet[Case]) -> list[dict[str, Any]]:
    has_child = Exists(Part.objects.filter(case=OuterRef("pk"), part="child"))
    return list(cases.annotate(has_child=has_child).values(*_FIELDS))


class _Working:
    """How cases stand, each worked out once."""

    def __init__(
        self,
        landlord: LandlordSettings,
        rows: Mapping[int, dict[str, Any]],
        holds: Mapping[int, Sequence[Hold]],
        reviews: Mapping[int, DisposalReview],
        now: datetime,
    ) -> None:
        self.landlord = landlord
        self.rows = rows
        self.holds = holds
        self.reviews = reviews
        self.today = day_of(now)
        self._done: dict[int, Kept] = {}

    def of(self, case_id: int) -> Kept:
        """This function will say how one of the cases stands."""
        if case_id not in self._done:
            self._done[case_id] = self._work_out(self.rows[case_id])
        return self._done[case_id]

    def _work_out(self, row: Mapping[str, Any]) -> Kept:
        kind = _CHILDREN.get(row["kept_as"], row["kept_as"]) if row["has_child"] else row["kept_as"]
        since, due_on, rule = self._schedule(row, kind)
        into = self._joined_to(row)
        waits_for = into.reference if into else ""
        hold = next((one for one in self.holds.get(row["pk"], ()) if _is_on(one, self.today)), None)
        if into is not None and due_on is not None:
            hold = hold or into.hold
            due_on = None if into.falls_due_on is None else max(due_on, into.falls_due_on)
        review = self.reviews.get(row["pk"])
        kept_until = review.keep_until if review and review.outcome == "keep" else None
        falls_due_on = max(due_on, kept_until) if due_on and kept_until else due_on
        return Kept(
            case_id=row["pk"],
            reference=row["reference"],
            status=row["status"],
            kind=kind,
            since=since,
            rule=rule,
            due_on=due_on,
            falls_due_on=falls_due_on,
            state=self._state(row, due_on, falls_due_on, hold, review),
            waits_for=waits_for,
            hold=hold,
            review=review,
            last_sequence=row["last_sequence"],
        )

    def _schedule(self, row: Mapping[str, Any], kind: str) -> tuple[datetime | None, date | None, str]:
        moments = {"closed": (row["closed_at"], row["last_at"]), "joined": (row["last_at"], row["opened_at"])}
        since = max((moment for moment in moments.get(row["status"], ()) if moment), default=None)
        day = day_of(since) if since else self.today
        longest = max((self.landlord.retention[period] for period in _PERIODS[kind]), key=lambda one: one.after(day))
        return since, longest.after(day) if since else None, _rule(longest, row["status"] == "joined")

    def _joined_to(self, row: Mapping[str, Any]) -> Kept | None:
        """The case to which a report was joined, while it is there."""
        into = row["joined_to_id"] if row["status"] == "joined" else None
        return self.of(into) if into is not None and self.rows[into]["status"] != DISPOSED else None

    def _state(
        self,
        row: Mapping[str, Any],
        due_on: date | None,
        falls_due_on: date | None,
        hold: Hold | None,
        review: DisposalReview | None,
    ) -> str:
        if hold is not None:
            return "held"
        if due_on is None or falls_due_on is None:
            return "not_closed"
        if due_on <= self.today and review is not None and self._lets_go(row, review):
            return "marked"
        if falls_due_on <= self.today:
            return "due"
        return "later" if falls_due_on > due_on else "coming"

    def _lets_go(self, row: Mapping[str, Any], review: DisposalReview) -> bool:
        """Whether a review that let a case go still holds: nothing was written since, and nobody has held it back since."""
        held_since = any(hold.at > review.at for hold in self.holds.get(row["pk"], ()))
        return review.outcome == "dispose" and review.last_sequence == row["last_sequence"] and not held_since


def _is_on(hold: Hold, today: date) -> bool:
    return hold.lifted_at is None and (hold.until is None or today <= hold.until)


def _rule(length: Length, joined: bool) -> str:
    if joined:
        return f"{length} from the day it was joined, and no shorter than the case to which it was joined"
    return f"{length} from its closure, or from what was last recorded after that"


# ── Certificates ─────────────────────────────────────────────────────────────────────────────────────────────────────


def certificates(viewer: Staff, *, page: int = 1) -> Page[Certificate]:
    """This function will give what was disposed of, the latest first. Raises Refused."""
    found = _certificates_of(viewer).order_by("-ordered_at", "-pk")
    total = found.count()
    number, pages = page_number(page, total, PAGE)
    return Page(_certificates(viewer, found[(number - 1) * PAGE : number * PAGE]), number, pages, total)


def certificate(viewer: Staff, reference: str) -> Certificate | None:
    """This function will give the certificate of a case, or None where it was not disposed of. Raises Refused."""
    return next(iter(_certificates(viewer, _certificates_of(viewer).filter(reference=reference))), None)


def _certificates_of(viewer: Staff) -> QuerySet[Disposal]:
    return Disposal.objects.filter(landlord_id=viewer.landlord_id, case__in=cases_kept_of(viewer))


def _certificates(viewer: Staff, found: Iterable[Disposal]) -> tuple[Certificate, ...]:
    rows = list(found)
    names = names_of([*(row.reviewed_by_id for row in rows), *(row.ordered_by_id for row in rows)])
    landlord = settings_of(viewer.landlord_id).name
    return tuple(
        Certificate(
            reference=row.reference,
            landlord=landlord,
            kind=kind_in_words(viewer, row.kind),
            rule=row.rule,
            closed_at=row.closed_at,
            due_on=row.due_on,
            entries=row.entries,
            head=row.head,
            reviewed_by=names[row.reviewed_by_id],
            reviewed_at=row.reviewed_at,
            disposed_by=names[row.ordered_by_id],
            disposed_at=row.ordered_at,
            done_at=row.done_at,
        )
        for row in rows
    )
