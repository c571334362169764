"""Two people of the register who are one: said, taken back, and those who have yet to be looked at."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework.access import NotFound
from fanlight.casework.actions.log_view import log_view_of_register
from fanlight.casework.actions.merge_people import merge_people
from fanlight.casework.actions.settle_sameness import settle_sameness
from fanlight.casework.actions.unmerge_people import unmerge_people
from fanlight.casework.queries import sameness
from fanlight.casework.web.forms.sameness import MergeForm, PairForm, UnmergeForm
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage
from fanlight.casework.web.views.page import carry_out_once, go, show, viewer_of


@require_http_methods(["GET", "HEAD"])
def pairs(request: TimedRequest) -> HttpResponse:
    """This function will show people of two cases who are alike, to whoever sees both."""
    viewer = viewer_of(request)
    found = sameness.pairs(viewer, now=request.now)
    log_view_of_register(page="pairs", by=viewer, now=request.now)
    return show(request, "pairs.html", "Perhaps the same person", here="find", found=found)


@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: TimedRequest, number: int) -> HttpResponse:
    """This function will take whether two people are one."""
    viewer = viewer_of(request)
    line = sameness.pair(viewer, number, now=request.now)
    if line.are_one and request.method == "POST":

        def seen() -> HttpResponseRedirect:
            settle_sameness(number=number, is_same=True, by=viewer, now=request.now)
            return go("pairs", done="pair-settled")

        return carry_out_once(request, seen)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        settle_sameness(
            number=number, is_same=typed["answer"] == "one", reason=typed["reason"], by=viewer, now=request.now
        )
        return go("pairs", done="pair-settled")

    if request.method != "POST":
        log_view_of_register(page="pair", pair=number, by=viewer, now=request.now)
    form = PairForm(request.POST if request.method == "POST" else None)
    back = (reverse("pairs"), "Perhaps the same person")
    return FormPage(request, "", form, "pair.html", "Are they one person?", here="find", back=back, line=line).answer(
        act
    )


@require_http_methods(["GET", "HEAD", "POST"])
def same(request: TimedRequest, number: int) -> HttpResponse:
    """This function will say that somebody is the same as another, and show with whom they are merged."""
    viewer = viewer_of(request)
    found = sameness.same_page(viewer, number, now=request.now)
    form = MergeForm(request.POST if request.method == "POST" else None, like=found.like)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        merge_people(person=number, into=int(typed["into"]), reason=typed["reason"], by=viewer, now=request.now)
        return go("same", number, done="merged")

    if request.method != "POST":
        log_view_of_register(page="same person", person=number, by=viewer, now=request.now)
    back = (reverse("find"), "Find a person")
    return FormPage(request, "", form, "same.html", "The same person", here="find", back=back, found=found).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def apart(request: TimedRequest, number: int, merge: int) -> HttpResponse:
    """This function will take two people apart who were said to be one."""
    viewer = viewer_of(request)
    found = sameness.same_page(viewer, number, now=request.now)
    line = next((one for one in found.merges if one.id == merge and one.ended_at is None), None)
    if line is None:
        raise NotFound

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        unmerge_people(merge=merge, reason=typed["reason"], by=viewer, now=request.now)
        return go("same", number, done="apart")

    form = UnmergeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        log_view_of_register(page="same person", person=number, by=viewer, now=request.now)
    return FormPage(
        request,
        "",
        form,
        "one_form.html",
        "Take them apart",
        here="find",
        back=(reverse("same", args=[number]), "The same person"),
        heading="Take them apart",
        lines=["Each is again as they were. That they were merged, by whom and why, is kept."],
        button="Take them apart",
    ).answer(act)
