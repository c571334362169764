"""Keeps what staff have learned of how somebody is spoken with: it stands, whatever the housing system says next."""

import json
from datetime import datetime

from fanlight.casework import keys
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import Person, PersonChange, PersonDetails, Staff
from fanlight.casework.queries.own_words import OWN, Said, overlaid, said_by_staff
from fanlight.casework.queries.register import person_to_change

LONGEST = {"language": 60, "communication": 2000, "access_needs": 2000}


def change_person(
    *,
    number: int,
    language: str = "",
    interpreter: bool | None = None,
    communication: str = "",
    access_needs: str = "",
    by: Staff,
    now: datetime,
) -> bool:
    """This function will say anew what somebody speaks and needs, and give whether anything changed; what was said before is kept.

    Raises NotFound, Faulty.
    """
    said: dict[str, Said] = {
        "language": clean_text(language),
        "interpreter": interpreter,
        "communication": clean_text(communication),
        "access_needs": clean_text(access_needs),
    }
    with logged("change_person", by=by, now=now) as log:
        log.detail["person"] = number
        seen = person_to_change(by, number, now=now)
        log.head()
        person = Person.objects.select_for_update(no_key=True).get(pk=seen.pk)
        if faults := {
            name: (f"This must be {longest:,} characters or fewer.",)
            for name, longest in LONGEST.items()
            if len(str(said[name])) > longest
        }:
            raise Faulty(faults)
        details = person.details
        changed = {name: (getattr(details, name), said[name]) for name in OWN if getattr(details, name) != said[name]}
        log.detail["changed"] = sorted(changed)
        if not changed:
            return False
        _keep(person, details, {name: after for name, (_, after) in changed.items()}, now)
        change = PersonChange(landlord_id=person.landlord_id, person=person, at=now, by=by)
        change.change_text = json.dumps(changed, ensure_ascii=False)
        change.save(force_insert=True)
    return True


def _keep(person: Person, details: PersonDetails, said: dict[str, Said], now: datetime) -> None:
    """What staff say stands beside what the housing system said, which is kept to show where they differ."""
    try:
        own = {**said_by_staff(person.own_text), **said}
    except keys.Unreadable:
        own = dict(said)
    if person.reference_index and not person.imported_text:
        person.imported_text = details.as_text()
    person.own_text = json.dumps(own, ensure_ascii=False)
    person.details = overlaid(details, said)
    person.changed_at = now
    person.save(update_fields=["sealed_own", "sealed_imported", "sealed_details", "changed_at"])
