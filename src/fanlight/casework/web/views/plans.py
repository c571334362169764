"""What the people at risk want, in their own words, and what was planned with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from fanlight.casework.access import Refused
from fanlight.casework.actions.write_wishes import write_wishes
from fanlight.casework.queries import plans as queries
from fanlight.casework.queries.lines import PartLine
from fanlight.casework.web.forms.plans import WishesForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage
from fanlight.casework.web.views.page import case_of, go, seen, viewer_of


def _typed(request: TimedRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _part(typed: Mapping[str, Any], people: Sequence[PartLine]) -> int:
    """Whose it is: as it was said, or the only one of whom it can be."""
    return int(typed.get("part") or (people[0].id if people else 0))


@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show what they want and wanted, and write down what they say now."""
    viewer = viewer_of(request)
    found = queries.wishes_page(viewer, reference, now=request.now)
    if request.method == "POST" and not found.may_write:
        raise Refused("You cannot write in this case.")
    form = WishesForm(_typed(request), people=found.at_risk)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        write_wishes(
            case=case_of(request, reference),
            part=_part(typed, found.at_risk),
            words=typed["words"],
            at=typed["at"],
            expected_sequence=seen(request),
            by=viewer,
            now=request.now,
        )
        return go("case", reference, done="wishes")

    title = f"What they want, case {reference}"
    return FormPage(
        request,
        reference,
        form,
        "wishes.html",
        title,
        found=found,
        at_risk=found.at_risk,
        last_sequence=found.last_sequence,
    ).answer(act)
