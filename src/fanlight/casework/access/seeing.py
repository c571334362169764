"""Which cases somebody sees, of all of them: for lists, counts and searches."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from fanlight.casework.access.desks import away, desks_of
from fanlight.casework.access.kept import is_kept_from, is_without_a_lead
from fanlight.casework.access.roles import NOTHING, left_in_emergency, roles_of, standing_in
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, DutyDesk, EmergencyAccess, Referral, Staff

DISPOSED = "disposed"
"""The status of a case that was disposed of, or is about to be: from then on it is not there, for anybody."""


def visible_cases(staff: Staff, permission: str | None = None, *, now: datetime) -> QuerySet[Case]:
    """This function will give the cases that somebody may see, and no others.

    With a permission, those in which they also have it.
    """
    own, opened = Q(pk__in=_own_cases(staff, now)), Q(pk__in=opened_in_emergency(staff, now).values_list("case_id"))
    return _visible(staff, permission, own, opened)


def _visible(staff: Staff, permission: str | None, own: Q, opened: Q) -> QuerySet[Case]:
    """`own` are the cases that are somebody's to work on, `opened` those that are open to them in an emergency."""
    roles = roles_of(staff)
    allowed = NOTHING
    for role in roles:
        if permission is None or role.has(permission):
            allowed |= role.as_filter(own)
    for role in standing_in(staff.landlord_id, roles):
        if permission is None or role.has(permission):
            allowed |= role.as_filter(own) & is_without_a_lead(staff.landlord_id)
    if left_in_emergency(roles, permission):
        allowed |= Q(restricted=False) & opened
    there = Case.objects.exclude(status=DISPOSED)
    return there.filter(allowed, ~is_kept_from(staff.pk), landlord_id=staff.landlord_id)


def is_visible(staff: Staff, column: str, *, now: datetime) -> tuple[str, list[Any]]:
    """This function will give, in SQL with its values, whether the case whose id stands in a column is one of `visible_cases`.

    It is asked of one case after another, and never gathers all that somebody sees.
    """
    seen, values = is_seen(staff, now=now)
    return f"exists (select 1 from casework_case where {seen} and casework_case.id = {column})", values  # noqa: S608 - a column and places for parameters alone


def is_seen(staff: Staff, *, now: datetime) -> tuple[str, list[Any]]:
    """This function will give the conditions of `visible_cases` in SQL with its values, on the table of cases by its own name.

    For a read that joins the case itself: planned in two thirds of the time that asking `is_visible` beside the join takes.
    The SQL is the same for as long as they stand as they do, and is made once: making it costs more than the read.
    """
    stands = (staff.pk, staff.landlord_id, staff.is_active, staff.roles_held, away(staff, now), connection.vendor)
    moment = connection.ops.adapt_datetimefield_value(now)
    made = _made.get((*stands, id(settings_of(staff.landlord_id))))
    if made is None:
        opened = Q(Exists(opened_in_emergency(staff, now).filter(case=OuterRef("pk"))))
        seen = _visible(staff, None, _is_own(staff, now), opened)
        try:
            text, values = seen.values("pk").query.sql_with_params()
        except EmptyResultSet:
            text, values = f" WHERE {NO}", ()
        made = (
            text.partition(" WHERE ")[2],
            tuple(values),
            frozenset(place for place, value in enumerate(values) if value == moment),
        )
        if len(_made) >= _MADE_AT_MOST:
            _made.clear()
        _made[*stands, id(settings_of(staff.landlord_id))] = made
    text, then, moments = made
    return text, [moment if place in moments else value for place, value in enumerate(then)]


_made: dict[tuple[object, ...], tuple[str, tuple[Any, ...], frozenset[int]]] = {}
_MADE_AT_MOST = 512


def ids_of(cases: QuerySet[Case]) -> tuple[str, list[Any]]:
    """This function will give the ids of some cases as SQL and its values."""
    try:
        text, values = cases.values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "select 0 where 1 = 0", []
    return text, list(values)


def opened_in_emergency(staff: Staff, now: datetime) -> QuerySet[EmergencyAccess]:
    return EmergencyAccess.objects.filter(staff=staff, at__lte=now, until__gt=now)


NO = "1 = 0"
"""In SQL: no. For what is asked beside, or not at all."""


def _own_cases(staff: Staff, now: datetime) -> QuerySet[Case, int]:
    """This function will give the ids of the cases that are somebody's to work on, by short reads of an index."""
    led = Case.objects.filter(lead=staff).values_list("pk", flat=True)
    on_desk = DutyDesk.objects.filter(desk__in=desks_of(staff)).values_list("case_id", flat=True)
    handed = Referral.objects.filter(to_staff=staff, received_at=None).values_list("case_id", flat=True)
    of_others: list[QuerySet[Any, int]] = []
    for one in away(staff, now):
        led_by_them = Case.objects.filter(~is_kept_from(one.staff_id), lead=one.staff_id)
        on_theirs = DutyDesk.objects.filter(~is_kept_from(one.staff_id, "case_id"), desk__in=one.desks)
        of_others += [led_by_them.values_list("pk", flat=True), on_theirs.values_list("case_id", flat=True)]
    return led.union(on_desk, handed, *of_others)


def _is_own(staff: Staff, now: datetime) -> Q:
    """This function will give the same as a filter that is asked of one case after another."""
    handed = Referral.objects.filter(case=OuterRef("pk"), to_staff=staff, received_at=None)
    found = Q(lead=staff) | Q(Exists(_on_a_desk(desks_of(staff)))) | Q(Exists(handed))
    for one in away(staff, now):
        theirs = Q(lead=one.staff_id) | Q(Exists(_on_a_desk(one.desks)))
        found |= ~is_kept_from(one.staff_id) & theirs
    return found


def _on_a_desk(desks: Iterable[str]) -> QuerySet[DutyDesk]:
    return DutyDesk.objects.filter(case=OuterRef("pk"), desk__in=desks)
