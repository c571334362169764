"""The pages on which somebody is named: who is like them is shown once, and what may not be seen changes no byte."""

import re

import pytest

from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.register import enter_person
from fanlight.casework.actions.report_abuse import NewPart, report_abuse
from fanlight.casework.models import Case, Merge, Part, PersonDetails, SaidApart
from tests import make
from tests.cast import HOME_PATCH, OTHER_PATCH, again
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


@pytest.fixture
def told(cast):
    """This function will make a report by somebody who may not look for people: it names one who is a tenant, and one of them is known."""
    people = [NewPart("person_at_risk", "Tirion Bevan"), NewPart("causing_harm", "Hal Quill"), NewPart("witness")]
    return report_abuse(
        fields={"source": "neighbour", "channel": "phone"},
        facts={"about": "customer", "patch": HOME_PATCH},
        people=people,
        by=cast.iris,
        now=NOW,
    )


def test_triage_shows_who_may_be_meant_by_a_report_and_takes_it_that_it_is_them(cast, tenant, told, as_):
    browser, path = as_(cast.carys), f"/triage/{told.reference}"
    body = browser.get(path).content.decode()
    assert "Perhaps known already" in body
    assert body.count('name="same_as"') == 1
    part = told.parts.get(part="person_at_risk")
    sent = browser.post(path, {"do": "who", "part": str(part.pk), "same_as": str(tenant.pk)})
    assert sent.headers["Location"] == f"{path}?done=who"
    part.refresh_from_db()
    assert part.person.merged_into == tenant
    assert "Perhaps known already" not in browser.get(path).content.decode()
    # Nobody is said to be somebody a second time, nor what is no number.
    for typed in ({"part": str(part.pk), "same_as": str(tenant.pk)}, {"part": "x", "same_as": "²"}, {}):
        again_sent = browser.post(path, {"do": "who", **typed})
        assert again_sent.status_code == 200
        assert "There is a problem" in again_sent.content.decode()
    assert Merge.objects.count() == 1


def test_triage_takes_nobody_for_the_opposite_of_themselves_nor_one_who_may_not_be_seen(cast, tenant, told, as_):
    browser, path = as_(cast.carys), f"/triage/{told.reference}"
    at_risk, harming = (told.parts.get(part=part) for part in ("person_at_risk", "causing_harm"))
    browser.post(path, {"do": "who", "part": str(at_risk.pk), "same_as": str(tenant.pk)})
    hidden_case = make.make_case(cast, about="colleague", lead=cast.farah)
    add_part(case=hidden_case, name="Carys", part="witness", staff_email=cast.carys.email, by=cast.farah, now=NOW)
    hidden = Part.objects.get(pk=add_part(case=hidden_case, name="Hal Quill", part="witness", by=cast.farah, now=NOW))
    for number in (tenant.pk, hidden.person_id, 10**6):
        sent = as_(again(cast.carys)).post(path, {"do": "who", "part": str(harming.pk), "same_as": str(number)})
        assert sent.status_code == 200
    assert Merge.objects.count() == 1


def test_one_who_is_like_a_person_whom_the_triager_may_not_see_changes_no_byte_of_the_report(cast, told, as_):
    path, bodies = f"/triage/{told.reference}", []
    hidden = make.make_case(cast, about="colleague", lead=cast.farah)
    add_part(case=hidden, name="Carys", part="witness", staff_email=cast.carys.email, by=cast.farah, now=NOW)
    for known in (False, True):
        if known:
            add_part(case=hidden, name="Tirion Bevan", part="witness", by=again(cast.farah), now=NOW)
        bodies.append(VARIES.sub("", as_(again(cast.carys)).get(path).content.decode()))
    assert bodies[0] == bodies[1]
    assert "Perhaps known already" not in bodies[0]
