"""Letters to the people of a case."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework.access import Refused
from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.reaching import NotSafe
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write_letter import write_letter
from fanlight.casework.queries import letters as queries
from fanlight.casework.web.forms.moving import WriteLetterForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage, back_to, look
from fanlight.casework.web.views.page import case_of, go, show, viewer_of


@require_http_methods(["GET", "HEAD"])
def of_case(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will show the letters of a case, and to whom one may be written."""
    found = queries.letters_of_case(viewer_of(request), reference, now=request.now)
    look(request, reference)
    title = f"Letters, case {reference}"
    return show(request, "letters.html", title, here="cases", back=back_to(reference), found=found, reference=reference)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: TimedRequest, reference: str, part: int, kind: str) -> HttpResponse:
    """This function will write a letter."""
    viewer = viewer_of(request)
    found = queries.letter_form(viewer, reference, part, kind, now=request.now)
    form = WriteLetterForm(request.POST if request.method == "POST" else None, asked=found)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        try:
            write_letter(
                case=case_of(request, reference),
                part=part,
                way=int(typed["way"]),
                kind=kind,
                said=form.said(found.asks),
                language=typed.get("language") or found.languages[0][0],
                by=viewer,
                now=request.now,
            )
        except NotSafe as refused:
            why = refused.answer.why
            raise Faulty({"way": (f"{why.says} {why.instead}" if why else refused.sentence,)}) from refused
        except Refused as refused:
            raise Faulty({"": (refused.sentence,)}) from refused
        return go("letters", reference, done="letter-written")

    back = (reverse("letters", args=[reference]), f"Letters, case {reference}")
    title = f"Write a letter, case {reference}"
    return FormPage(request, reference, form, "write_letter.html", title, back=back, found=found).answer(act)


@require_http_methods(["GET", "HEAD"])
def document(request: TimedRequest, reference: str, number: int) -> HttpResponse:
    """This function will give a letter as it was written, under a name that says nothing."""
    pdf = queries.letter_document(viewer_of(request), reference, number, now=request.now)
    log_view(reference=reference, page="letter", how="download", by=viewer_of(request), now=request.now)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="letter.pdf"'},
    )
