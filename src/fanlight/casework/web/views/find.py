"""Find a person: what is typed is sent in the body of a request, and stands in no address, title, session or log."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from fanlight.casework import access
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.search import search
from fanlight.casework.likeness import is_one_name
from fanlight.casework.queries.find_people import MOST, may_find
from fanlight.casework.web.forms.log import FindForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.page import blame, show, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: TimedRequest) -> HttpResponse:
    """This function will find people in the register and the cases that the viewer may see, by whatever is known of them."""
    viewer = viewer_of(request)
    if not may_find(viewer):
        raise access.Refused("Your role may not look for people.")
    form = FindForm(request.POST if request.method == "POST" else None)
    found = None
    one_name = False
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        # Asked of what was typed and never of what was found.
        one_name = is_one_name(typed["name"]) and not any(
            typed[what] for what in ("born", "phone", "address", "reference")
        )
        try:
            found = search(
                name=typed["name"],
                born=typed["born"],
                phone=typed["phone"],
                address=typed["address"],
                reference=typed["reference"],
                purpose=typed["purpose"],
                by=viewer,
                now=request.now,
            )
        except Faulty as faulty:
            blame(form, faulty)
        else:
            form = FindForm(initial=form.once_more(typed))
    audits = access.can(viewer, "audit:see")
    return show(
        request,
        "find.html",
        "Find a person",
        here="find",
        forms=[form],
        form=form,
        found=found,
        one_name=one_name,
        most=MOST,
        audits=audits,
        merges=access.can(viewer, "register:merge"),
        looks_up=access.can(viewer, "register:see"),
    )
