"""Answers whoever means to act at an address: may they go ahead, or do they speak to somebody first?"""

from datetime import datetime

from fanlight.casework import sql
from fanlight.casework.access import demand
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import AddressCheck, Staff
from fanlight.casework.models.marker import PURPOSES
from fanlight.casework.queries.address_check import Address, Answer, asking, homes_in, told

_PURPOSES = frozenset(purpose for purpose, _ in PURPOSES)


def check_address(*, address: Address, purpose: str, by: Staff, now: datetime) -> Answer:
    """This function will say whether something may be done at an address, and keep that it was asked.

    Whatever the answer, it reads and writes the same: one journey to read, one to write, the same rows. Raises Faulty.
    """
    with logged("check_address", by=by, now=now) as log:
        demand(by, "address:check")
        _check(address, purpose)
        *_, rows = log.read(*sql.in_order(), asking(by.landlord_id, address, now))
        answer = told(by.landlord_id, purpose, rows)
        asked = {"landlord_id": by.landlord_id, "purpose": purpose, "speak_first": answer.answer == "speak_first"}
        asked |= {"at": now, "by_id": by.pk}
        log.batch.insert(AddressCheck, [{**asked, "home_id": home} for home in homes_in(rows)])
        log.detail["purpose"] = purpose
    return answer


def _check(address: Address, purpose: str) -> None:
    faults: dict[str, tuple[str, ...]] = {}
    if not any((address.uprn, address.tenancy, address.home, address.reference, address.line)):
        faults["line"] = ("Enter an address, or a reference.",)
    elif address.line and not address.postcode:
        faults["postcode"] = ("Enter the postcode.",)
    if purpose not in _PURPOSES:
        faults["purpose"] = ("Say what it is for.",)
    if faults:
        raise Faulty(faults)
