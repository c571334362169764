"""Enters an agreement on sharing in the register."""

from collections.abc import Iterable
from datetime import date, datetime

from fanlight.casework import access, rulings
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import clean_text, says_something
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Agreement, Staff
from fanlight.casework.queries.directory import directory_of
from fanlight.casework.sharing import law_at
from fanlight.present import day_of

MOST = 200
MOST_NOTE = 4000


def make_agreement(
    *,
    title: str,
    to: Iterable[str] = (),
    services: Iterable[str] = (),
    purposes: Iterable[str],
    made_on: date,
    review_on: date | None = None,
    note: str = "",
    by: Staff,
    now: datetime,
) -> int:
    """This function will enter an agreement in the register, and give its number: whom it covers, for which purposes, from which day.

    `to` are kinds of service, `services` ids of the directory. It is looked at again on `review_on` (None: after the landlord's own
    period). Raises Refused, Faulty.
    """
    with logged("make_agreement", by=by, now=now) as log:
        access.demand(by, "agreements:keep")
        landlord, day = settings_of(by.landlord_id), day_of(now)
        row = Agreement(
            landlord_id=landlord.id, to=list(to), services=list(services), purposes=list(purposes), at=now, by=by
        )
        row.made_on = made_on
        row.review_on = review_on or landlord.sharing.review_after.after(max(made_on, day))
        title, note = " ".join(clean_text(title).split()), clean_text(note)
        faults: dict[str, tuple[str, ...]] = {}
        if not says_something(title) or len(title) > MOST:
            faults["title"] = (f"Give it a title, in {MOST} characters or fewer.",)
        known = {one.id for one in directory_of(landlord.id)}
        if not {*row.to} <= {*rulings.vocabulary_of(landlord.id).services} or not {*row.services} <= known:
            faults["to"] = ("Choose out of the lists whom it covers.",)
        elif not row.to and not row.services:
            faults["to"] = ("Say whom it covers.",)
        if not row.purposes or not {*row.purposes} <= {*law_at(day).purposes}:
            faults["purposes"] = ("Say for which purposes.",)
        if made_on > day:
            faults["made_on"] = ("That day is still to come: enter it when it is in force.",)
        if row.review_on <= max(made_on, day):
            faults["review_on"] = ("It is looked at again on a day that is still to come.",)
        if len(note) > MOST_NOTE:
            faults["note"] = (f"Use {MOST_NOTE} characters or fewer.",)
        if faults:
            raise Faulty(faults)
        row.title, row.note = title, note
        row.save(force_insert=True)
        log.detail["agreement"] = row.pk
    return row.pk
