"""What every address of the API needs: who asks, at what moment, of which case, and that they looked."""

from datetime import datetime

from django.http import HttpRequest

from fanlight.casework import access
from fanlight.casework.actions.add_part import NOBODY_SEEN
from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import Case, Person, Staff
from fanlight.casework.queries.find_people import person_numbered
from fanlight.casework.queries.staff import colleague


def viewer_of(request: HttpRequest) -> Staff:
    """This function will give who is signed in; nobody else comes so far."""
    if not isinstance(request.user, Staff):
        raise access.NotFound
    return request.user


def now_of(request: HttpRequest) -> datetime:
    """This function will give the moment at which the request came."""
    moment: datetime = request.now  # type: ignore[attr-defined]  # given to every request by a middleware
    return moment


def case_of(request: HttpRequest, reference: str) -> Case:
    """This function will give the case of a reference, as far as whoever asks may see it."""
    return access.find_case(viewer_of(request), reference, now=now_of(request))[0]


def looked(request: HttpRequest, reference: str, page: str) -> None:
    """This function will log that somebody looked at a case, in the words of the page that shows the same."""
    log_view(reference=reference, page=page, by=viewer_of(request), now=now_of(request))


def colleague_of(request: HttpRequest, number: int | None, field: str) -> Staff | None:
    """This function will give the colleague of a number, or say beside the field that there is none."""
    if number is None:
        return None
    try:
        return colleague(viewer_of(request), number)
    except access.NotFound:
        raise Faulty({field: ("Nobody who works here has that number.",)}) from None


def person_of(request: HttpRequest, number: int | None) -> Person | None:
    """This function will give the person of a number in the register; whether one may see them is asked of the action."""
    if number is None:
        return None
    found = person_numbered(viewer_of(request), str(number))
    if found is None:
        raise Faulty({"same_as": (NOBODY_SEEN,)})
    return found
