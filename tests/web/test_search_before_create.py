"""The pages on which somebody is named: who is like them is shown once, and what may not be seen changes no byte."""

import re

import pytest

from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.register import enter_person
from fanlight.casework.models import Case, Merge, Part, PersonDetails, SaidApart
from tests import make
from tests.cast import OTHER_PATCH, again
from tests.web.conftest import NOW

VARIES = re.compile(r'(csrfmiddlewaretoken|name="mark"|name="seen")[^>]*value="[^"]*"|CO-\d{4}-\d{6}')
TYPED = {"name": "Tirion Bevan", "part": "household", "phone": "", "safe_contact": "", "works_here": ""}


@pytest.fixture
def tenant(cast):
    """This function will enter a tenant in the register."""
    return enter_person("connect", PersonDetails("Tirion", "Bevan"), now=NOW)


def test_one_who_is_like_them_is_shown_and_linked(cast, case, tenant, as_):
    browser = as_(cast.asha)
    path = f"/cases/{case.reference}/people"
    shown = browser.post(path, TYPED).content.decode()
    assert "Is it one of them?" in shown
    assert "The same name" in shown
    assert f'value="{tenant.pk}"' in shown
    assert not case.parts.filter(part="household").exists()
    assert browser.post(path, {**TYPED, "same_as": str(tenant.pk)}).status_code == 302
    assert case.parts.get(part="household").person == tenant


def test_somebody_else_needs_a_reason(cast, case, tenant, as_):
    browser = as_(cast.asha)
    path = f"/cases/{case.reference}/people"
    again_shown = browser.post(path, {**TYPED, "same_as": "nobody", "not_them": " "}).content.decode()
    assert "Is it one of them?" in again_shown
    assert browser.post(path, {**TYPED, "same_as": "nobody", "not_them": "A man of ninety"}).status_code == 302
    assert SaidApart.objects.get().reason == "A man of ninety"


@pytest.mark.parametrize("member", ["carys", "asha"])
def test_a_person_in_a_case_that_is_hidden_changes_no_byte_of_the_page(member, cast, case, as_):
    about = make.make_case(cast, about="colleague", lead=cast.farah)
    viewer, path = getattr(cast, member), f"/cases/{case.reference}/people"
    if member == "asha":
        about = make.make_case(cast, lead=cast.bronwen, patch=OTHER_PATCH)
    answers = []
    for hidden in (False, True):
        if hidden:
            by = cast.bronwen if member == "asha" else cast.farah
            if member == "carys":
                add_part(case=about, name="Carys", part="witness", staff_email=cast.carys.email, by=by, now=NOW)
            add_part(case=about, name="Tirion Bevan", part="witness", by=again(by), now=NOW)
        answer = as_(again(viewer)).post(path, {**TYPED, "part": ""})
        body = VARIES.sub("", answer.content.decode())
        answer = as_(again(viewer)).post(path, TYPED)
        answers.append((body, answer.status_code, answer.headers["Location"]))
        case.parts.filter(part="household").delete()
        found = as_(again(viewer)).post("/find", {"name": "Tirion Bevan", "purpose": "working"})
        answers[-1] += (VARIES.sub("", found.content.decode()),)
    assert answers[0] == answers[1]


def test_a_report_shows_who_is_like_them_once_and_takes_i_do_not_know_for_an_answer(cast, tenant, as_):
    browser = as_(cast.asha)
    said = {
        "own-source": "neighbour", "own-channel": "phone", "fact-about": "customer", "fact-immediate_danger": "no",
        "note": "Heard through the wall.", "name": "Tirion Bevan",
    }  # fmt: skip
    before = Case.objects.count()
    shown = browser.post("/report", said).content.decode()
    assert "Is it one of them?" in shown
    assert Case.objects.count() == before
    assert browser.post("/report", {**said, "same_as": "nobody"}).status_code == 302
    assert browser.post("/report", {**said, "same_as": str(tenant.pk)}).status_code == 302
    assert set(Part.objects.filter(part="person_at_risk", person=tenant)) == {Part.objects.latest("pk")}
    # Whoever may not look for people is shown nobody.
    assert as_(cast.iris).post("/report", said).status_code == 302


def test_two_are_said_to_be_one_and_taken_apart_on_their_page(cast, tenant, as_):
    other = enter_person("connect", PersonDetails("Tirion", "Bevin"), now=NOW)
    browser = as_(cast.carys)
    shown = browser.get(f"/people/{tenant.pk}/same").content.decode()
    assert "Tirion Bevin" in shown
    said = browser.post(f"/people/{tenant.pk}/same", {"into": str(other.pk), "reason": "One birthday"})
    assert said.status_code == 302
    merge = Merge.objects.get()
    assert "One birthday" in browser.get(f"/people/{tenant.pk}/same").content.decode()
    path = f"/people/{tenant.pk}/same/{merge.pk}"
    assert browser.get(path).status_code == 200
    assert browser.post(path, {"reason": "Two cards"}).status_code == 302
    assert browser.get(path).status_code == 404
    tenant.refresh_from_db()
    assert tenant.merged_into_id is None


@pytest.mark.parametrize("number", [2**63, 2**63 - 1, 10**19])
def test_a_number_that_is_nobodys_is_not_there_however_large(number, cast, case, as_):
    browser = as_(cast.carys)
    assert browser.get(f"/people/{number}/same").status_code == 404
    said = browser.post(f"/cases/{case.reference}/people", {**TYPED, "same_as": str(number)})
    assert said.status_code == 200
    assert not case.parts.filter(part="household").exists()
