"""Destroys the minutes of meetings of the MARAC that the landlord keeps no longer, with whom their lists named."""

from datetime import datetime, time

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from fanlight.casework.actions.disposal import destroy_key, destroy_listings, sweep
from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.actions.restore import DESTROYED
from fanlight.casework.landlords import landlord_folders, settings_of
from fanlight.casework.models import Hold, MaracAction, MaracListing
from fanlight.casework.models.marac_meetings import of_listing
from fanlight.present import LONDON, day_of

AT_ONCE = 200


def let_minutes_go(*, now: datetime) -> int:
    """This function will destroy the keys of lists whose meeting is longer ago than the landlord keeps minutes, and say of how many cases.

    What is about a case that is held back stays. It can be called again, wherever it stopped; the log says whose keys went.
    """
    gone = 0
    for landlord_id in landlord_folders():
        today = day_of(now)
        last = settings_of(landlord_id).marac.minutes_kept_for.before(today)
        before = datetime.combine(last, time.min, LONDON)
        held = Hold.objects.filter(Q(until=None) | Q(until__gte=today), case=OuterRef("case"), lifted_at=None)
        due = MaracListing.objects.filter(
            ~Exists(held), landlord_id=landlord_id, let_go_at=None, meeting__meets_at__lt=before
        )
        rows = list(due.order_by("pk")[:AT_ONCE])
        if not rows:
            continue
        with transaction.atomic():
            detail = {"listings": len(rows), DESTROYED: [str(of_listing(row)) for row in rows]}
            add_row("let_minutes_go", "done", detail, landlord_id=landlord_id, by=None, now=now)
        for row in rows:
            destroy_key(of_listing(row), now)
        with transaction.atomic():
            destroy_listings(rows, now)
            MaracAction.objects.filter(listing__in=rows, case=None).update(sealed_what=b"", sealed_done=b"")
        gone += len(rows)
    if gone:
        sweep()
    return gone
