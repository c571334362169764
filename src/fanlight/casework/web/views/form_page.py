"""A form on a page of a case: shows it, does what it asks, or shows it again with what stands against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from fanlight.casework.actions.log_view import log_view
from fanlight.casework.actions.reaching import NotSafe
from fanlight.casework.actions.refusals import Alike, Conflict, Faulty, Stopped
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.forms.reach import blame_the_gate
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.page import blame, carry_out_once, seen, show, stopped, viewer_of


def look(request: TimedRequest, reference: str) -> None:
    """This function will log that the viewer looks at a page of a case."""
    page = request.resolver_match.url_name if request.resolver_match else None
    log_view(reference=reference, page=page or "case", by=viewer_of(request), now=request.now)


def back_to(reference: str) -> tuple[str, str]:
    """This function will give the link back to a case."""
    return reverse("case", args=[reference]), f"Case {reference}"


class FormPage:
    """The page of one form. `context` is what its template needs beside the form, the reference and the last entry seen."""

    def __init__(
        self,
        request: TimedRequest,
        reference: str,
        form: PageForm,
        template: str,
        title: str,
        *,
        here: str = "cases",
        back: tuple[str, str] | None = None,
        may_override: bool = False,
        again: Callable[[], Mapping[str, Any]] | None = None,
        **context: Any,
    ) -> None:
        """This function will make the page; `may_override` is whether the action takes reasons for setting a gate aside.

        `again` gives what else the template needs where a form that was sent is shown again: what is only shown is not read before.
        A page that is of no case has an empty reference, and says itself what is `here` and what is `back`.
        """
        self.request = request
        self.reference = reference
        self.form = form
        self.template = template
        self.title = title
        self.here = here
        self.back = back or (back_to(reference) if reference else None)
        self.may_override = may_override
        self.again = again
        self.context = context

    def answer(self, act: Callable[[dict[str, Any]], HttpResponseRedirect]) -> HttpResponse:
        """This function will do what the form asks, or show it again; what was typed is kept.

        `act` does it, with what the form took, and gives the answer.
        """
        request = self.request
        if request.method != "POST":
            if self.reference:
                look(request, self.reference)
            return self.shown()
        if "change" in request.POST or not self.form.is_valid():
            return self.shown()
        try:
            return carry_out_once(request, lambda: act(self.form.cleaned_data))
        except NotSafe as refused:
            blame_the_gate(self.form, refused)
        except Alike as alike:
            blame(self.form, alike)
            return self.shown(alike=alike.people)
        except Faulty as faulty:
            blame(self.form, faulty)
        except Stopped as stop:
            return stopped(
                request,
                stop.gates,
                reference=self.reference,
                back=back_to(self.reference),
                may_override=self.may_override,
            )
        except Conflict as conflict:
            return self.shown(since=conflict.since, last_sequence=conflict.last_sequence, status=409)
        return self.shown()

    def shown(self, status: int = 200, **more: Any) -> HttpResponse:
        """This function will show the form as it is, with what stands against it."""
        if self.request.method == "POST":
            more = {**(self.again() if self.again else {}), **more}
            if "last_sequence" in self.context:
                # What was written since is still to be shown: seen is what was there when the form was opened.
                more = {"last_sequence": seen(self.request), **more}
        return show(
            self.request,
            self.template,
            self.title,
            here=self.here,
            back=self.back,
            forms=[self.form],
            status=status,
            **{**self.context, "form": self.form, "reference": self.reference, **more},
        )
