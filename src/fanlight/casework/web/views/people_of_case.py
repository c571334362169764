"""A person in a case: their page, how they stand to the others, their part, what is said of a child; and the statutory test."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from fanlight.casework import access
from fanlight.casework.actions.answer_question import answer_question
from fanlight.casework.actions.change_part import change_part
from fanlight.casework.actions.describe_child import describe_child
from fanlight.casework.actions.end_relation import end_relation
from fanlight.casework.actions.relate_people import relate_people
from fanlight.casework.actions.say_female_staff import say_female_staff
from fanlight.casework.actions.strike_relation import strike_relation
from fanlight.casework.queries.person_in_case import PersonInCase, person_in_case
from fanlight.casework.queries.staff import colleague, parts_to_choose
from fanlight.casework.queries.statutory_test import form_of_test
from fanlight.casework.web.forms.fields import PageForm
from fanlight.casework.web.forms.people_of_case import (
    OF_THE_OTHER,
    ChangePartForm,
    ChildForm,
    EndForm,
    FemaleStaffForm,
    RelateForm,
    StatutoryForm,
    StrikeRelationForm,
)
from fanlight.casework.web.middleware import TimedRequest
from fanlight.casework.web.views.form_page import FormPage, back_to, look
from fanlight.casework.web.views.page import case_of, go, seen, show, viewer_of

BESIDE = (
    ("ways", "How it is safe to reach them"),
    ("reach", "Reach them now"),
    ("known-to", "Who may know their address"),
)
"""Other pages of a person in a case, by the names of their addresses, where there are such."""


def _typed(request: TimedRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _back(reference: str, part: int) -> tuple[str, str]:
    return reverse("person-in-case", args=[reference, part]), "Back to the person"


def _found(request: TimedRequest, reference: str, part: int, *, to_write: bool = True) -> PersonInCase:
    found = person_in_case(viewer_of(request), reference, part, now=request.now)
    if to_write and not found.may.add_part:
        raise access.Refused("Your role may not write of people in this case.")
    return found


@require_http_methods(["GET", "HEAD"])
def one(request: TimedRequest, reference: str, part: int) -> HttpResponse:
    """This function will show a person in a case."""
    found = _found(request, reference, part, to_write=False)
    look(request, reference)
    return show(
        request,
        "person_in_case.html",
        f"Somebody in case {reference}",
        here="cases",
        back=back_to(reference),
        page=found,
        may=found.may,
        reference=reference,
        beside=_beside(reference, part),
    )


def _beside(reference: str, part: int) -> list[dict[str, str]]:
    links = []
    for name, text in BESIDE:
        try:
            links.append({"href": reverse(name, args=[reference, part]), "text": text})
        except NoReverseMatch:
            continue
    return links


@require_http_methods(["GET", "HEAD", "POST"])
def relate(request: TimedRequest, reference: str, part: int) -> HttpResponse:
    """This function will say how somebody stands to another person of the case."""
    found = _found(request, reference, part)
    form = RelateForm(_typed(request), person=found.person, others=found.others)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        kind, other = typed["relation"], int(typed["other"])
        one, to = (other, part) if kind.endswith(OF_THE_OTHER) else (part, other)
        relate_people(
            case=case_of(request, reference),
            one=one,
            other=to,
            kind=kind.removesuffix(OF_THE_OTHER),
            is_past={"yes": True, "no": False}.get(typed["past"]),
            note=typed["note"],
            by=viewer_of(request),
            now=request.now,
        )
        return go("person-in-case", reference, part, done="related")

    heading = f"How does {found.person.name} stand to somebody else in the case?"
    return _one_form(request, found, form, heading, "Save it").answer(act)


def _one_form(
    request: TimedRequest, found: PersonInCase, form: PageForm, heading: str, button: str, **context: Any
) -> FormPage:
    reference, part = found.reference, found.person.id
    lines = [f"{found.person.name} is in this case as {found.person.part_title.lower()}.", *context.pop("lines", ())]
    return FormPage(
        request,
        reference,
        form,
        "one_form.html",
        f"Somebody in case {reference}",
        back=_back(reference, part),
        heading=heading,
        lines=lines,
        button=button,
        **context,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def relation(request: TimedRequest, reference: str, part: int, number: int) -> HttpResponse:
    """This function will say that a relation is over, or was recorded in error."""
    found = _found(request, reference, part)
    line = next((one for one in found.relations if one.id == number), None)
    if line is None:
        return go("person-in-case", reference, part)
    chosen = request.POST.get("do", "") if request.method == "POST" else ""
    forms: dict[str, PageForm] = {
        "end": EndForm(request.POST if chosen == "end" else None, prefix="end"),
        "strike": StrikeRelationForm(request.POST if chosen == "strike" else None, prefix="strike"),
    }

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        which: dict[str, Any] = {
            "case": case_of(request, reference),
            "number": number,
            "by": viewer_of(request),
            "now": request.now,
        }
        if chosen == "strike":
            strike_relation(reason=typed["reason"], **which)
        else:
            end_relation(note=typed["note"], **which)
        return go("person-in-case", reference, part, done="relation")

    return FormPage(
        request,
        reference,
        forms.get(chosen) or forms["end"],
        "relation.html",
        f"Somebody in case {reference}",
        back=_back(reference, part),
        two=forms,
        line=line,
        person=found.person,
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: TimedRequest, reference: str, part: int) -> HttpResponse:
    """This function will give somebody another part in the case."""
    viewer = viewer_of(request)
    found = _found(request, reference, part)
    form = ChangePartForm(_typed(request), person=found.person, parts=parts_to_choose(viewer))

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        case = case_of(request, reference)
        change_part(
            case=case,
            part=part,
            becomes=typed["becomes"],
            why=typed["why"],
            reason=typed["reason"],
            expected_sequence=seen(request),
            by=viewer,
            now=request.now,
        )
        if not access.standing_of(viewer, case, now=request.now).sees:
            return go("my-duties", done="restricted")
        return go("person-in-case", reference, part, done="part-changed")

    lines = [
        "What it was stays on the record. Who is at risk and who causes harm are not exchanged because of what one says of the other."
    ]
    heading = f"Another part for {found.person.name}"
    return _one_form(request, found, form, heading, "Change it", lines=lines, last_sequence=found.last_sequence).answer(
        act
    )


@require_http_methods(["GET", "HEAD", "POST"])
def child(request: TimedRequest, reference: str, part: int) -> HttpResponse:
    """This function will say what is known of a child."""
    found = _found(request, reference, part)
    if found.person.part != "child":
        return go("person-in-case", reference, part)
    said = found.child
    initial = (
        {"lives": said.lives, "school": said.school, "responsibility": said.responsibility, "note": said.note}
        if said
        else {}
    )
    form = ChildForm(_typed(request), initial=initial)

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        describe_child(case=case_of(request, reference), part=part, **typed, by=viewer_of(request), now=request.now)
        return go("person-in-case", reference, part, done="child")

    heading = f"What is known of {found.person.name}"
    return _one_form(request, found, form, heading, "Save it").answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def statutory_test(request: TimedRequest, reference: str) -> HttpResponse:
    """This function will take the answers of the statutory test, for a new report."""
    viewer = viewer_of(request)
    asked = form_of_test(viewer, reference, now=request.now)
    form = StatutoryForm(_typed(request), lines=asked.fields)

    def act(_typed: dict[str, Any]) -> HttpResponseRedirect:
        learned = form.learned()
        if learned:
            answer_question(
                case=case_of(request, reference),
                facts=learned,
                expected_sequence=seen(request),
                by=viewer,
                now=request.now,
            )
        return go("triage-report", reference, done="answered" if learned else "")

    return FormPage(
        request,
        reference,
        form,
        "statutory_test.html",
        f"What is known of report {reference}",
        here="triage",
        back=(reverse("triage-report", args=[reference]), "Back to the report"),
        last_sequence=asked.last_sequence,
    ).answer(act)


@require_http_methods(["GET", "HEAD", "POST"])
def female_staff(request: TimedRequest, person: int) -> HttpResponse:
    """This function will record whether somebody may be given a case in which female staff are asked for."""
    viewer = viewer_of(request)
    staff = colleague(viewer, person)
    if not access.may_name_deputy(viewer, staff):
        raise access.Refused(
            "Everybody says this of themselves; of somebody else, a lead or whoever manages accounts does."
        )
    said = {True: "yes", False: "no"}.get(staff.is_female_staff) if staff.is_female_staff is not None else None
    form = FemaleStaffForm(_typed(request), initial={"is_female_staff": said})

    def act(typed: dict[str, Any]) -> HttpResponseRedirect:
        said = {"yes": True, "no": False}.get(typed["is_female_staff"])
        say_female_staff(staff=staff, is_female_staff=said, by=viewer, now=request.now)
        return go("account" if staff.pk == viewer.pk else "staff-member", *_of(viewer.pk, person), done="female-staff")

    own = staff.pk == viewer.pk
    back = (reverse("account"), "Your account") if own else (reverse("staff-member", args=[person]), "Back to them")
    lines = [
        (
            "Some people ask that only women deal with them. Who may be given such a case is what colleagues say of themselves; "
            "nobody guesses it."
        )
    ]
    heading = "Female staff" if own else f"Female staff: {staff.name}"
    return FormPage(
        request,
        "",
        form,
        "one_form.html",
        "Female staff",
        here="" if own else "staff",
        back=back,
        heading=heading,
        lines=lines,
        button="Save it",
    ).answer(act)


def _of(viewer: int, person: int) -> tuple[int, ...]:
    return () if viewer == person else (person,)
