"""Measures the figures of the MARAC over many cases: for an executive, who has the landlord's, and for a lead, who has those that she sees.

`python -m bench.marac CASES` works on the database of DATABASE_URL, which must be empty, and prints as JSON how long each took. Every
case has a referral to the MARAC and every second an action, over four years: far more than any landlord has. The rows are written as
they stand, with nothing sealed in them: the figures open nothing, and read no other column.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from statistics import median
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanlight.casework.settings")
django.setup()

from django.db import connection, transaction

from bench.telling import LANDLORD, colleague
from fanlight.casework import sql
from fanlight.casework.commands.migrate import migrate_quietly
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, MaracAction, MaracMeeting, MaracReferral, OnwardReferral, Part, Staff
from fanlight.casework.models.sealed import new_mark
from fanlight.casework.queries.marac_figures import marac_figures, year_of
from fanlight.present import LONDON, present

YEARS = 4
MEETINGS = 400
ROUNDS = 5
CRITERIA = ("high_risk", "judgement", "judgement high_risk", "high_risk repeat", "escalation", "high_risk escalation")


def main() -> int:
    """This function will fill the database, ask for the figures of each year, and say how long the slowest took."""
    cases = int(sys.argv[1])
    migrate_quietly()
    executive = colleague("Gwen Ackerby", "executive")
    lead = colleague("Carys Penhallow", "safeguarding_lead")
    began = perf_counter()
    with transaction.atomic():
        fill(cases, lead)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    filling = perf_counter() - began
    json.dump(
        {
            "cases": cases,
            "referrals": MaracReferral.objects.count(),
            "actions": MaracAction.objects.count(),
            "seconds filling": round(filling, 1),
            "executive": slowest(executive),
            "lead": slowest(lead),
        },
        sys.stdout,
    )
    return 0


def slowest(viewer: Staff) -> float:
    """This function will give the seconds that the slowest year took: the median of some rounds."""
    now = present()
    this = year_of(now.date())
    return max(
        median(_timed(lambda year=year: marac_figures(viewer, year=year, now=now)) for _ in range(ROUNDS))  # type: ignore[misc]  # the default keeps each its own year
        for year in range(this - YEARS + 1, this + 1)
    )


def _timed(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began


def fill(cases: int, by: Staff) -> None:
    """This function will write so many cases, each with somebody in it and a referral, and every second with an action."""
    areas, now = settings_of(LANDLORD).areas, present()
    meetings = [MaracMeeting(landlord_id=LANDLORD, area=next(iter(areas)), at=now, by=by) for _ in range(MEETINGS)]
    for place, meeting in enumerate(meetings):
        meeting.meets_at = now - timedelta(days=365 * YEARS * place / MEETINGS)
        meeting.returns_on = meeting.meets_at.date()
    held = MaracMeeting.objects.bulk_create(meetings)
    places = [(area, patch) for area, patches in areas.items() for patch in patches]
    began = now - timedelta(days=365 * YEARS)

    def day(number: int) -> datetime:
        return began + timedelta(days=365 * YEARS * number / cases)

    sql.load(
        Case,
        ("id", "landlord", "reference", "status", "area", "patch", "restricted", "opened_at", "danger", "grade", "about",
         "next_is", "last_sequence", "kept_as", "unanswered"),
        ((number, LANDLORD, f"BM-{number}", "closed", *places[number % len(places)], False, day(number), False, "", "customer",
          "", 0, "", 0) for number in range(1, cases + 1)),
    )  # fmt: skip
    sql.load(
        Part,
        ("landlord", "case", "mark", "sealed_name", "part", "sealed_safe_contact", "sealed_phone", "name_index",
         "phone_index", "surname_index", "added_at", "added_by"),
        ((LANDLORD, number, new_mark(), b"", "person_at_risk", b"", b"", "", "", "", day(number), by.pk)
         for number in range(1, cases + 1)),
    )  # fmt: skip
    sql.load(
        OnwardReferral,
        ("id", "landlord", "case", "mark", "purpose", "to", "service", "way", "sealed_said", "sealed_password", "state",
         "sequence", "made_at", "made_by", "sent_at"),
        ((number, LANDLORD, number, new_mark(), "marac", "marac", "", "email", b"", b"", "sent", 1, day(number), by.pk,
          day(number)) for number in range(1, cases + 1)),
    )  # fmt: skip
    sql.load(
        MaracReferral,
        ("landlord", "case", "referral", "mark", "area", "criteria", "is_repeat", "referred_on", "sealed_said"),
        ((LANDLORD, number, number, new_mark(), places[number % len(places)][0], criteria, "repeat" in criteria,
          day(number).date(), b"") for number, criteria in _with_criteria(cases)),
    )  # fmt: skip
    sql.load(
        MaracAction,
        ("landlord", "meeting", "case", "mark", "sealed_what", "owner", "due_on", "at", "by", "outcome", "done_on",
         "done_by", "sealed_done"),
        ((LANDLORD, held[number % MEETINGS].pk, number, new_mark(), b"", by.pk, day(number).date(), day(number), by.pk,
          *_outcome(number, day(number), by), b"") for number in range(2, cases + 1, 2)),
    )  # fmt: skip


def _with_criteria(cases: int) -> Iterator[tuple[int, str]]:
    return ((number, CRITERIA[number % len(CRITERIA)]) for number in range(1, cases + 1))


def _outcome(number: int, due: datetime, by: Staff) -> tuple[object, ...]:
    """Of ten actions seven are done in time, two late, and one is open."""
    if number % 20 == 0:
        return "", None, None
    late = timedelta(days=3 if number % 20 in (2, 4) else -1)
    return "done", datetime.combine((due + late).date(), time(12), LONDON).date(), by.pk


if __name__ == "__main__":
    sys.exit(main())
