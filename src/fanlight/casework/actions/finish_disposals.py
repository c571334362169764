"""Finishes disposals that were begun, and disposes again of what a restore has brought back."""

from datetime import datetime

from django.db import transaction

from fanlight.casework.access import DISPOSED, demand
from fanlight.casework.actions import disposal
from fanlight.casework.actions.dispose_case import certificate_of
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.restore import DESTROYED
from fanlight.casework.keystore.models import DataKey
from fanlight.casework.models import Case, Disposal, Staff

AT_ONCE = 500


def finish_disposals(*, by: Staff, now: datetime) -> tuple[str, ...]:
    """This function will finish every disposal of the landlord that was begun, and give the references.

    With them go cases whose key was destroyed by a disposal of which this database, being older, knows nothing, and those
    whose key a restored key store has brought back. Nothing goes by it that two people had not decided on. Raises Refused.
    """
    with transaction.atomic(durable=True):
        pass  # Django refuses it here where somebody else's transaction is open.
    with logged("finish_disposals", by=by, now=now) as log:
        demand(by, "dispose:carry_out")
        log.head()
        for case in _gone_already(by.landlord_id):
            disposal.begin(case, certificate_of(case, by, now))
        of_landlord = Disposal.objects.filter(landlord_id=by.landlord_id)
        waiting = [*of_landlord.filter(done_at=None).order_by("pk"), *_brought_back(by.landlord_id)]
        log.detail["cases"] = [one.case_id for one in waiting]
        people = {one.case_id: disposal.people_of_no_other(one.case_id) for one in waiting}
        named = (disposal.of_which_key(case, people[case])[DESTROYED] for case in people)
        log.detail[DESTROYED] = [name for each in named for name in each]
    for one in waiting:
        disposal.finish(one, people[one.case_id], now)
    return tuple(one.reference for one in waiting)


def _gone_already(landlord_id: str) -> list[Case]:
    """The cases whose key was destroyed and that this database still holds: it was restored from before."""
    destroyed = DataKey.objects.filter(kind="case").exclude(destroyed_at=None).order_by("pk")
    ids = [int(subject) for subject in destroyed.values_list("subject", flat=True) if subject.isdigit()]
    found: list[Case] = []
    for start in range(0, len(ids), AT_ONCE):
        here = Case.objects.filter(landlord_id=landlord_id, pk__in=ids[start : start + AT_ONCE])
        found += here.exclude(status=DISPOSED).select_for_update()
    return found


def _brought_back(landlord_id: str) -> list[Disposal]:
    """The disposals that were done, and whose key is in the key store nevertheless."""
    done = Disposal.objects.filter(landlord_id=landlord_id).exclude(done_at=None).order_by("pk")
    by_key = {str(one.case_id): one for one in done}
    ids = sorted(by_key)
    found: list[Disposal] = []
    for start in range(0, len(ids), AT_ONCE):
        there = DataKey.objects.filter(kind="case", subject__in=ids[start : start + AT_ONCE], destroyed_at=None)
        found += [by_key[subject] for subject in there.values_list("subject", flat=True)]
    return found
