"""What the people at risk in a case want, and what was planned with them."""

from django.http import HttpRequest
from ninja import Router, Status

from fanlight.casework.actions.write_wishes import write_wishes
from fanlight.casework.api.answers import answers
from fanlight.casework.api.asking import case_of, looked, now_of, viewer_of
from fanlight.casework.api.bodies import Moment, Number, Seen, Text, Written
from fanlight.casework.queries import plans as queries
from fanlight.casework.queries.plans import WishesPage

router = Router(tags=["Wishes and plans"])


class WishesBody(Seen):
    """What somebody at risk wants, in their own words, by the number of their part; `at` is when they said it."""

    part: Number
    words: Text
    at: Moment | None = None


@router.get("/cases/{reference}/wishes", url_name="wishes", response=answers(WishesPage))
def wishes(request: HttpRequest, reference: str) -> WishesPage:
    """This address will show what the people at risk want, in their own words, and what they said before."""
    found = queries.wishes_page(viewer_of(request), reference, now=now_of(request))
    looked(request, reference, "wishes")
    return found


@router.post("/cases/{reference}/wishes", url_name="write-wishes", response=answers(Written, status=201, stopped=True))
def write(request: HttpRequest, reference: str, said: WishesBody) -> Status[object]:
    """This address will write down what somebody wants: what they said before stays, and nothing changes it."""
    sequence = write_wishes(
        case=case_of(request, reference),
        part=said.part,
        words=said.words,
        at=said.at,
        expected_sequence=said.expected_sequence,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": sequence})
