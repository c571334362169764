"""The pages of what the person at risk wants, and of what was planned with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fanlight.casework.actions.write_wishes import write_wishes
from fanlight.casework.models import Case, Plan, PlanCopy, Staff
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.django_db

As = Callable[[Staff | None], Client]
NOW = make.later(hours=3)
HER_WORDS = "I will not leave my <garden>."


def at_risk(case: Case) -> int:
    """This function will give the part of the person at risk."""
    return case.parts.get(part="person_at_risk").pk


def text_of(browser: Client, name: str, *arguments: object) -> str:
    """This function will open a page, and give what it says."""
    page = browser.get(reverse(name, args=arguments))
    assert page.status_code == 200
    return page.content.decode()


def test_what_they_want_is_in_view_on_every_page_of_the_case(case: Case, as_: As, cast: Cast) -> None:
    asha = as_(cast.asha)
    assert "Nobody has written down what they want" in text_of(asha, "case", case.reference)
    sent = {"words": HER_WORDS, "seen": case.last_sequence, "at-day": "3", "at-month": "3", "at-year": "2026", "at-time": "10:15"}  # fmt: skip
    done = asha.post(reverse("wishes", args=[case.reference]), sent, follow=True)
    assert "Their words stand on every page of the case." in done.content.decode()
    for name, more in (
        ("case", ()),
        ("record-kind", ("contact",)),
        ("wishes", ()),
        ("letters", ()),
        ("reach", (at_risk(case),)),
        ("ways", (at_risk(case),)),
        ("person-in-case", (at_risk(case),)),
        ("case-moves", ()),
        ("close", ()),
        ("hand-over", ()),
    ):
        said = text_of(asha, name, case.reference, *more)
        assert "I will not leave my &lt;garden&gt;." in said, name
        assert "What they want, in their words of 3 March 2026, written down by Asha." in said, name


def test_what_they_said_before_can_be_read_and_is_not_in_view(case: Case, as_: As, cast: Cast) -> None:
    for number, words in enumerate(("To stay.", "To go.")):
        write_wishes(case=case, part=at_risk(case), words=words, by=cast.asha, now=make.later(hours=1, minutes=number))
    said = text_of(as_(cast.asha), "wishes", case.reference)
    assert said.index("To go.") < said.index("What Maria Novak said before") < said.index("To stay.")
    assert "To stay." not in text_of(as_(cast.asha), "letters", case.reference)


def test_the_general_form_leads_to_the_page_of_its_own(case: Case, as_: As, cast: Cast) -> None:
    found = as_(cast.asha).get(reverse("record-kind", args=[case.reference, "wishes"]))
    assert found.headers["Location"] == reverse("wishes", args=[case.reference])


def test_nothing_is_saved_where_nothing_was_said_and_what_was_typed_is_kept_where_somebody_else_wrote(
    case: Case, as_: As, cast: Cast
) -> None:
    path = reverse("wishes", args=[case.reference])
    empty = as_(cast.asha).post(path, {"words": " ", "seen": case.last_sequence})
    assert "Write what they said, in their own words" in empty.content.decode()
    late = as_(cast.asha).post(path, {"words": "To stay.", "seen": 1})
    assert late.status_code == 409
    assert "To stay." in late.content.decode()
    assert make.fresh(case).last_sequence == case.last_sequence


# ── Plans ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_plan_is_written_down_row_by_row_and_answered_for(case: Case, as_: As, cast: Cast) -> None:
    asha = as_(cast.asha)
    assert "None has been written down yet." in text_of(asha, "plans", case.reference)
    typed = {
        "what-1": "Change the locks", "owner-1": "us", "who-1": "Asha", "due-1-day": "6", "due-1-month": "3",
        "due-1-year": "2026", "what-3": "Ring the council", "owner-3": "other", "agreed": "no",
        "seen": case.last_sequence,
    }  # fmt: skip
    path = reverse("action-plan", args=[case.reference])
    wrong = asha.post(path, typed).content.decode()
    assert 'href="#who-3"' in wrong
    assert not Plan.objects.exists()
    done = asha.post(path, typed | {"who-3": "Housing options"}, follow=True).content.decode()
    assert "The plan is on the record." in done
    assert "They have not agreed it." in done
    plan = Plan.objects.get()
    answered = asha.post(reverse("plan-item", args=[case.reference, plan.pk, 1]), {"answer": "done"}, follow=True)
    assert "It is on the plan." in answered.content.decode()
    agreed = asha.post(
        reverse("agree-plan", args=[case.reference, plan.pk]), {"seen": make.fresh(case).last_sequence}, follow=True
    )
    assert "It is on the record that they agreed it." in agreed.content.decode()
    assert "1 left" in text_of(asha, "plans", case.reference)
    assert "Ring the council" in text_of(asha, "action-plan", case.reference)


def test_a_safety_plan_is_written_down_and_copied_where_it_is_safe_to_keep(case: Case, as_: As, cast: Cast) -> None:
    asha = as_(cast.asha)
    typed = {"section-danger": "Ring 999.", "agreed": "yes", "may_keep": "yes", "seen": case.last_sequence}
    done = asha.post(reverse("safety-plan", args=[case.reference]), typed, follow=True).content.decode()
    assert "If I am in danger now" in done
    plan = Plan.objects.get()
    path = reverse("copy-plan", args=[case.reference, plan.pk])
    assert "Ask them first" in asha.post(path, {"reach": "in_person"}).content.decode()
    refused = asha.post(path, {"reach": "in_person", "safe_to_keep": "no"}).content.decode()
    assert "Give none, then" in refused
    made = asha.post(path, {"reach": "in_person", "safe_to_keep": "yes"}, follow=True).content.decode()
    assert "The copy is made." in made
    copy = PlanCopy.objects.get()
    pdf = asha.get(reverse("plan-copy", args=[case.reference, plan.pk, copy.pk]))
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="document.pdf"'
    assert pdf.content.startswith(b"%PDF")


def test_the_general_forms_lead_to_the_plans_with_their_duty(case: Case, as_: As, cast: Cast) -> None:
    for kind, name in (("action_plan", "action-plan"), ("safety_plan", "safety-plan")):
        path = reverse("record-kind", args=[case.reference, kind])
        found = as_(cast.asha).get(f"{path}?duty=safety-plan.e1")
        assert found.headers["Location"] == f"{reverse(name, args=[case.reference])}?duty=safety-plan.e1"


# ── Pathways ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_they_chose_and_what_became_of_each_item_is_recorded_on_the_pages(case: Case, as_: As, cast: Cast) -> None:
    asha = as_(cast.asha)
    assert "Nobody has recorded what they want to do" in text_of(asha, "pathways", case.reference)
    typed = {"choice": "ends", "note": "If he stays away.", "seen": case.last_sequence}
    done = asha.post(reverse("choice", args=[case.reference]), typed, follow=True).content.decode()
    assert "Their choice is on the record." in done
    assert "Ending the relationship and staying in the home" in done
    path = reverse("offer", args=[case.reference, "ends", 1])
    assert "Say what became of it" in asha.post(path, {"seen": case.last_sequence + 1}).content.decode()
    sent = {"answer": "chosen", "note": "On Monday.", "seen": case.last_sequence + 1}
    made = asha.post(path, sent, follow=True).content.decode()
    assert "Chosen" in made
    assert "On Monday." in made
    assert asha.get(reverse("offer", args=[case.reference, "ends", 99])).status_code == 404


# ── Interviews ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_form_of_an_interview_says_what_is_not_right_before_it_is_saved(case: Case, as_: As, cast: Cast) -> None:
    asha = as_(cast.asha)
    path = reverse("record-interview", args=[case.reference])
    found = asha.get(reverse("record-kind", args=[case.reference, "interview"]))
    assert found.headers["Location"] == path
    typed = {
        "reach": f"{at_risk(case)}/in_person", "own-private": "yes", "own-children_present": "yes",
        "own-interpreter": "none", "note": "Seen at the library.", "seen": case.last_sequence,
    }  # fmt: skip
    first = asha.post(path, typed).content.decode()
    assert "A child was there. Have somebody look after the child elsewhere" in first
    assert "Put it right, or say why it was so all the same." in first
    assert "Seen at the library." in first
    assert make.fresh(case).last_sequence == case.last_sequence
    done = asha.post(path, typed | {"reason": "The baby slept."}, follow=True).content.decode()
    assert "It is on the record." in done
    assert "A child was there. Why: The baby slept." in done
