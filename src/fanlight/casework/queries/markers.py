"""Markers on homes: in neutral words for everybody, with the reason for whoever looks after them; and who asked about which home."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from fanlight.casework import access, keys, sql
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import AddressCheck, Case, Home, Marker, Staff, names_of, one_with
from fanlight.casework.models.marker import MARKERS, PURPOSES, of_case_or_landlord
from fanlight.present import day_of

MOST_CHECKS = 100


@dataclass(frozen=True, slots=True)
class HomeLine:
    """A home, and where it is."""

    id: int
    address: str


@dataclass(frozen=True, slots=True)
class MarkerLine:
    """A marker as whoever looks after it sees it. `says` is all that anybody else sees; `is_due` where its review is due."""

    mark: str
    reference: str
    address: str
    kind: str
    says: str
    reason: str
    review: str
    until: date
    review_on: date
    is_due: bool
    is_over: bool
    at: datetime
    by: str
    reviewed_at: datetime | None
    reviewed_by: str
    ended_at: datetime | None
    ended_by: str
    end_reason: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    """Somebody asked before acting at a home."""

    address: str
    purpose: str
    spoke_first: bool
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class CaseMarkers:
    """What was set on the homes of the people in a case, what is over, and who asked about them, the latest first."""

    reference: str
    homes: tuple[HomeLine, ...]
    now: tuple[MarkerLine, ...]
    over: tuple[MarkerLine, ...]
    checks: tuple[CheckLine, ...]
    may_set: bool
    last_sequence: int


def words_of(landlord_id: str) -> Mapping[str, str]:
    """This function will give what each kind of marker says to colleagues: the same words whatever the reason."""
    desk = settings_of(landlord_id).markers.whom
    said = {**dict(MARKERS), "contact_first": f"Speak to {desk} before any contact"}
    return {kind: f"{words}." for kind, words in said.items()}


def instructions_at(landlord_id: str, home_id: int, now: datetime) -> tuple[str, ...]:
    """This function will give what colleagues are told of a home, always in the same order, each once, whoever set it and why."""
    kinds = set(_in_force(Marker.objects.filter(home=home_id), now).values_list("kind", flat=True))
    return tuple(words for kind, words in words_of(landlord_id).items() if kind in kinds)


def _in_force(markers: Any, now: datetime) -> Any:
    return markers.filter(ended_at=None, until__gte=day_of(now))


def case_markers(viewer: Staff, reference: str, *, now: datetime) -> CaseMarkers:
    """This function will give the markers and the address checks of a case. Raises NotFound."""
    case, standing = access.find_case(viewer, reference, now=now)
    homes = homes_of_case(viewer, case, now=now)
    rows = Marker.objects.filter(Q(case=case) | Q(case__joined_to=case)).select_related("home", "case").order_by("-at")
    lines = marker_lines(list(rows), now)
    return CaseMarkers(
        reference=case.reference,
        homes=homes,
        now=tuple(line for line in lines if not line.is_over),
        over=tuple(line for line in lines if line.is_over),
        checks=_checks(homes),
        may_set=not standing.why_not_record("marker") and case.status in ("new", "open"),
        last_sequence=case.last_sequence,
    )


def homes_of_case(viewer: Staff, case: Case, *, now: datetime) -> tuple[HomeLine, ...]:
    """This function will give the homes of the people in a case, as far as the viewer may know where they live."""
    known = access.known_in(case, now=now)
    tail = f"""from casework_part part
        join casework_person who on who.id = part.person_id
        {one_with("who", "same")}
        join casework_resident lives on lives.person_id = same.id
        where part.case_id = %s and part.part <> 'reporter'"""
    rows = sql.select(tail, [case.pk], also=("lives.home_id", "lives.came_hidden", "part.person_id", "same.id"))
    shown = {
        home_id
        for home_id, came_hidden, *people in rows
        if not came_hidden or any(known.may_know(viewer, one) for one in people)
    }
    # A home to which somebody came hidden is hidden, whoever else of the case lives there.
    shown -= {
        home_id
        for home_id, came_hidden, *people in rows
        if came_hidden and not any(known.may_know(viewer, one) for one in people)
    }
    return tuple(HomeLine(home.pk, home.details.address) for home in Home.objects.filter(pk__in=shown).order_by("pk"))


def home_numbered(viewer: Staff, number: int) -> Home:
    """This function will give a home of the viewer's landlord, which a form chose among those of a case. It raises NotFound."""
    found = Home.objects.filter(pk=number, landlord_id=viewer.landlord_id).first()
    if found is None:
        raise access.NotFound
    return found


def _checks(homes: Sequence[HomeLine]) -> tuple[CheckLine, ...]:
    where = {home.id: home.address for home in homes}
    rows = list(AddressCheck.objects.filter(home__in=list(where)).order_by("-at", "-pk")[:MOST_CHECKS])
    names = names_of(row.by_id for row in rows)
    purposes = dict(PURPOSES)
    return tuple(
        CheckLine(where[row.home_id or 0], purposes[row.purpose], row.speak_first, row.at, names[row.by_id])
        for row in rows
    )


def marker_lines(rows: Sequence[Marker], now: datetime) -> tuple[MarkerLine, ...]:
    """This function will give markers with their reasons; each was read with its home and its case."""
    keys.warm(of_case_or_landlord(row) for row in rows)
    names = names_of(one for row in rows for one in (row.by_id, row.reviewed_by_id, row.ended_by_id))
    today = day_of(now)
    return tuple(
        MarkerLine(
            mark=row.mark,
            reference=row.case.reference if row.case else "",
            address=row.home.details.address,
            kind=row.kind,
            says=words_of(row.landlord_id)[row.kind],
            reason=row.reason,
            review=row.review,
            until=row.until,
            review_on=row.review_on,
            is_due=row.ended_at is None and row.review_on <= today <= row.until,
            is_over=row.ended_at is not None or row.until < today,
            at=row.at,
            by=names[row.by_id],
            reviewed_at=row.reviewed_at,
            reviewed_by=names[row.reviewed_by_id],
            ended_at=row.ended_at,
            ended_by=names[row.ended_by_id],
            end_reason=row.end_reason,
        )
        for row in rows
    )


def one_marker(viewer: Staff, mark: str, *, now: datetime) -> MarkerLine:
    """This function will give a marker that the viewer looks after. Raises NotFound."""
    (line,) = marker_lines([access.find_marker(viewer, mark, now=now)], now)
    return line


def markers_looked_after(viewer: Staff, *, now: datetime) -> tuple[MarkerLine, ...]:
    """This function will give the markers that are the viewer's to review, those first whose review comes soonest.

    They are those of the cases that the viewer leads, or somebody for whom the viewer stands in, and those of no case that
    the viewer set, or a colleague who has left.
    """
    leads = [viewer.pk, *(one.staff_id for one in access.away(viewer, now))]
    own = Q(case__lead__in=leads, case__in=access.visible_cases(viewer, now=now).values("pk"))
    if access.can(viewer, "marker:set"):
        own |= Q(case=None, by=viewer)
        if access.leads(viewer):
            own |= Q(case=None, by__is_active=False)
    found = _in_force(Marker.objects.filter(own, landlord_id=viewer.landlord_id), now)
    return marker_lines(list(found.select_related("home", "case").order_by("review_on", "pk")[:MOST_CHECKS]), now)
