"""Addresses: before something is done at one, the housing system asks whether it may go ahead."""

from django.http import HttpRequest
from ninja import Router

from fanlight.casework.actions.check_address import check_address
from fanlight.casework.api.answers import answers
from fanlight.casework.api.asking import now_of, viewer_of
from fanlight.casework.api.bodies import AddressBody
from fanlight.casework.queries.address_check import Address, Answer

router = Router(tags=["Addresses"])


@router.post("/address-check", url_name="address-check", response=answers(Answer))
def ask(request: HttpRequest, said: AddressBody) -> Answer:
    """This address will say whether something may be done at an address, in the same shape for every address, and never why.

    Say one of uprn, tenancy and home, or line and postcode. The answer is go_ahead, speak_first, or not_known for an address that
    is none of the landlord's. For a visit it gives what whoever goes must know, as well. A program may ask with a key.
    """
    address = Address(said.uprn, said.tenancy, said.home, "", said.line, said.postcode)
    return check_address(address=address, purpose=said.purpose, by=viewer_of(request), now=now_of(request))
