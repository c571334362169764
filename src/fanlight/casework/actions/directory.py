"""What the actions on the directory share: finding a service in it, and writing down what it is from now on. No verb."""

import json
from datetime import datetime

from fanlight.casework.access import NotFound
from fanlight.casework.landlords import Service
from fanlight.casework.models import DirectoryEntry, Staff
from fanlight.casework.queries.directory import as_said, directory_of


def write_entry(landlord_id: str, service: Service, *, by: Staff | None, now: datetime) -> None:
    """This function will write down what a service is from now on."""
    row = DirectoryEntry(landlord_id=landlord_id, service=service.id, at=now, by=by)
    row.said_text = json.dumps(as_said(service), ensure_ascii=False)
    row.save(force_insert=True)


def known_service(landlord_id: str, service: str) -> Service:
    """This function will give a service of the directory. Raises NotFound."""
    found = next((one for one in directory_of(landlord_id) if one.id == service), None)
    if found is None:
        raise NotFound
    return found
