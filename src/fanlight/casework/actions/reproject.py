"""Brings the projections of cases up to date after somebody's place among the staff has changed."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from fanlight.casework import rulings, sql
from fanlight.casework.access import desk_of_person
from fanlight.casework.actions.project import project
from fanlight.casework.models import Case, DutyDesk, Entry, KeptFrom, Part, Staff


def reproject(case: Case, batch: sql.Batch, *, now: datetime) -> None:
    """This function will bring up to date what lists say of a case that is locked; the batch is the caller's to send."""
    rows = rulings.told(case)
    ruling = rulings.rule_on(case.landlord_id, rulings.story_of(case.landlord_id, rows), now)
    project(case, rows, ruling, batch, now=now)


def reproject_cases_of(staff: Staff, *, roles: Iterable[str], now: datetime) -> int:
    """This function will put the duties of somebody whose roles have changed on the right desks, and say of how many cases.

    They are the open ones that they lead or wrote in, and those from which a holder of the same roles is kept: who else
    sits at a desk of theirs is asked there.
    """
    kept = Q(staff__roles__role__in=sorted(roles), landlord_id=staff.landlord_id)
    theirs = (
        Q(lead=staff)
        | Q(pk__in=DutyDesk.objects.filter(desk=desk_of_person(staff.pk)).values("case_id"))
        | Q(pk__in=Entry.objects.filter(by=staff).values("case_id"))
        | Q(pk__in=Part.objects.filter(kept).values("case_id"))
        | Q(pk__in=KeptFrom.objects.filter(kept, ended_at=None).values("case_id"))
    )
    cases = Case.objects.filter(theirs, landlord_id=staff.landlord_id, status__in=("new", "open")).order_by("pk")
    done = 0
    for case in cases.select_for_update():
        batch = sql.Batch()
        reproject(case, batch, now=now)
        batch.send()
        done += 1
    return done
