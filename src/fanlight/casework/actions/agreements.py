"""What the actions on agreements have in common. No verb."""

from fanlight.casework import access
from fanlight.casework.access import NotFound
from fanlight.casework.models import Agreement, Staff


def agreement_of(by: Staff, number: int) -> Agreement:
    """This function will give an agreement in force that somebody may keep, held until the transaction ends. Raises Refused, NotFound."""
    access.demand(by, "agreements:keep")
    found = (
        Agreement.objects.select_for_update(of=("self",))
        .filter(landlord_id=by.landlord_id, pk=number, ended_at=None)
        .first()
    )
    if found is None:
        raise NotFound
    return found
