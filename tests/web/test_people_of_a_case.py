"""The page of a person in a case, the statutory test at triage, and who is proposed for a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.name_deputy import name_deputy
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.register import enter_person
from fanlight.casework.actions.relate_people import relate_people
from fanlight.casework.actions.set_aside import set_aside
from fanlight.casework.models import (
    Case,
    ChildSaid,
    Home,
    HomeDetails,
    Part,
    PartChange,
    Person,
    PersonDetails,
    Relation,
    Staff,
)
from fanlight.casework.queries.person_in_case import person_in_case
from fanlight.casework.queries.triage_report import triage_report
from tests import make
from tests.cast import HOME_PATCH, OTHER_PATCH, Cast, again, hire

pytestmark = pytest.mark.django_db

As = Callable[[Staff | None], Client]
NOW = make.later(hours=3)


def name_in(case: Case, by: Staff, part: str, name: str, person: Person | None = None) -> Part:
    """This function will name somebody in a case, who is known in the register where `person` is given."""
    number = add_part(case=case, name=name, part=part, not_them="Another of that name.", by=by, now=make.later(hours=1))
    if person is not None:
        Part.objects.filter(pk=number).update(person=person)
    return Part.objects.get(pk=number)


def enter(case: Case, given: str, family: str, *, born: date | None = None, homes: Any = (), **said: Any) -> Person:
    """This function will enter somebody in the register, first named in a case."""
    details = PersonDetails(given_names=given, family_name=family, born=born, **said)
    return enter_person(case.landlord_id, details, first_case=case, homes=homes, now=make.later())


def page_of(browser: Client, case: Case, part: Part) -> str:
    """This function will open the page of a person in a case."""
    answer = browser.get(reverse("person-in-case", args=[case.reference, part.pk]))
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_the_page_says_who_they_are_their_part_and_how_they_stand_to_the_others(
    cast: Cast, case: Case, as_: As
) -> None:
    person = enter(case, "Maria", "Novak", born=date(1990, 5, 1), former_names=("Maria Kowal",), language="Polish")
    maria = Part.objects.get(case=case, part="person_at_risk")
    Part.objects.filter(pk=maria.pk).update(person=person)
    piotr = name_in(case, cast.asha, "causing_harm", "Piotr Novak")
    relate_people(
        case=case, one=maria.pk, other=piotr.pk, kind="married", is_past=True, note="Until May.", by=cast.asha, now=NOW
    )
    body = page_of(as_(cast.asha), case, maria)
    for said in ("Maria Novak", "Survivor", "35 years old", "Maria Kowal", "Polish", "1 May 1990", "Piotr Novak"):
        assert said in body, said
    assert "perpetrator" in body
    assert "section 2(1)(a)" in body
    assert "Until May." in body
    # From the other side it is said too.
    assert "Maria Novak" in page_of(as_(cast.asha), case, piotr)


def test_whoever_may_not_see_the_case_is_told_what_they_are_told_of_one_that_is_not_there(
    cast: Cast, case: Case, as_: As
) -> None:
    maria = Part.objects.get(case=case, part="person_at_risk")
    for browser in (as_(cast.bronwen), as_(cast.dev), as_(cast.eve), as_(cast.gwen)):
        hidden = browser.get(reverse("person-in-case", args=[case.reference, maria.pk]))
        nothing = browser.get(reverse("person-in-case", args=["CO-1999-000001", 1]))
        assert (hidden.status_code, nothing.status_code) == (404, 404)
    # Nor is somebody of another case shown under this one.
    other = name_in(make.make_case(cast), cast.asha, "witness", "Somebody Else")
    assert as_(cast.asha).get(reverse("person-in-case", args=[case.reference, other.pk])).status_code == 404


def test_relations_children_and_parts_are_recorded_from_the_page(cast: Cast, case: Case, as_: As) -> None:
    browser = as_(cast.asha)
    maria = Part.objects.get(case=case, part="person_at_risk")
    child = name_in(case, cast.asha, "child", "Ela Novak")
    here = [case.reference, child.pk]
    typed = {"other": str(maria.pk), "relation": "parental_responsibility:other", "past": "no", "note": "Her mother."}
    sent = browser.post(reverse("relate", args=here), typed)
    assert sent.headers["Location"].endswith("?done=related")
    row = Relation.objects.get()
    assert (row.one_id, row.other_id, row.kind, row.is_past) == (maria.pk, child.pk, "parental_responsibility", False)
    assert "They hold parental responsibility for this person" in page_of(browser, case, child)
    assert "This person holds parental responsibility for them" in page_of(browser, case, maria)

    browser.post(reverse("relation", args=[*here, row.pk]), {"do": "strike", "strike-reason": "It is her aunt."})
    assert Relation.objects.count() == 2
    assert "Recorded in error" in page_of(browser, case, child)

    browser.post(reverse("describe-child", args=here), {"lives": "With her mother", "school": "The primary"})
    assert ChildSaid.objects.get().school == "The primary"
    body = page_of(browser, case, child)
    assert "The primary" in body
    assert "victim in their own right" in body
    assert "who holds parental responsibility" in body

    seen = {"seen": str(make.fresh(case).last_sequence)}
    browser.post(reverse("change-part", args=here), {"becomes": "witness", "why": "error", "reason": "Of age.", **seen})
    assert PartChange.objects.get().became == "witness"


def test_a_child_who_is_added_lets_the_questions_about_children_be_asked_and_sets_none(
    cast: Cast, report: Case, as_: As
) -> None:
    case = make.make_case(cast)
    child = name_in(case, cast.asha, "child", "Ela Novak")
    found = person_in_case(cast.asha, case.reference, child.pk, now=NOW)
    assert {"children", "child_at_risk"} <= {question.fact for question in found.questions}
    assert not {"children", "child_at_risk"} & {name for one in make.told(case) for name in one.told.payload["facts"]}
    as_(cast.asha).post(
        reverse("answer", args=[case.reference, "children"]),
        {"fact-children": "yes", "seen": str(make.fresh(case).last_sequence)},
    )
    found = person_in_case(cast.asha, case.reference, child.pk, now=NOW)
    assert "children" not in {question.fact for question in found.questions}


@pytest.mark.parametrize(
    ("born", "is_shown"), [(date(2009, 5, 1), True), (date(2010, 5, 1), False), (date(2000, 1, 1), False)]
)
def test_somebody_of_sixteen_or_seventeen_is_shown_both_ways(
    born: date, is_shown: bool, cast: Cast, case: Case, as_: As
) -> None:
    part = name_in(case, cast.asha, "causing_harm", "Jan Novak", enter(case, "Jan", "Novak", born=born))
    assert ("Both ways are taken" in page_of(as_(cast.asha), case, part)) is is_shown


# ── The same person in several cases ─────────────────────────────────────────────────────────────────────────────────


def test_the_same_person_in_opposite_parts_is_shown_to_whoever_sees_both_with_what_the_policy_says(
    cast: Cast, as_: As
) -> None:
    emrys = hire("Emrys", "tai-calon", housing_manager=[])
    cases = [make.make_report(emrys, patch="Tredegar", now=make.later(days=day)) for day in (0, 1)]
    person = enter(cases[0], "Siân", "Rees")
    parts = [
        name_in(case, emrys, part, "Siân Rees", person)
        for case, part in zip(cases, ("person_at_risk", "causing_harm"), strict=True)
    ]
    found = person_in_case(emrys, cases[0].reference, parts[0].pk, now=NOW)
    assert [one.reference for one in found.opposite] == [cases[1].reference]
    assert [(one.clause, one.is_duty) for one in found.policy_says] == [("5.0", True)]
    assert "counter_allegation" in {question.fact for question in found.questions}
    body = page_of(as_(emrys), cases[1], parts[1])
    assert cases[0].reference in body
    assert "not exchanged" in body


def one_person_in_two_cases(cast: Cast, first: str, second: str) -> tuple[Case, Case, Part]:
    """This function will make a case of Asha's and one of Bronwen's with one person in both, and give their part in the first."""
    mine = make.make_case(cast)
    theirs = make.make_case(cast, lead=cast.bronwen, patch=OTHER_PATCH, now=make.later(days=-30))
    person = enter(mine, "Jan", "Novak")
    part = name_in(mine, cast.asha, first, "Jan Novak", person)
    name_in(theirs, cast.carys, second, "Jan Novak", person)
    return mine, theirs, part


@pytest.mark.parametrize(
    ("first", "second"),
    [("person_at_risk", "causing_harm"), ("causing_harm", "causing_harm"), ("person_at_risk", "person_at_risk")],
)
def test_a_case_that_one_may_not_see_changes_no_byte_of_the_page(first: str, second: str, cast: Cast, as_: As) -> None:
    mine, theirs, part = one_person_in_two_cases(cast, first, second)
    path = reverse("person-in-case", args=[mine.reference, part.pk])

    def shown(staff: Staff) -> str:
        body = as_(staff).get(path).content.decode()
        return "\n".join(line for line in body.splitlines() if "csrf" not in line and 'name="mark"' not in line)

    with_it = shown(cast.asha)
    assert theirs.reference in shown(cast.carys)
    assert theirs.reference not in with_it
    # The same without the other case, for somebody who never saw it.
    Part.objects.filter(case=theirs).delete()
    assert shown(cast.asha) == with_it


def test_one_person_who_causes_harm_in_several_cases_is_shown_to_whoever_sees_them(cast: Cast, as_: As) -> None:
    mine, theirs, part = one_person_in_two_cases(cast, "causing_harm", "causing_harm")
    found = person_in_case(cast.carys, mine.reference, part.pk, now=NOW)
    assert [one.reference for one in found.harms_elsewhere] == [theirs.reference]
    assert "in 2 cases that you can see" in page_of(as_(cast.carys), mine, part)
    assert person_in_case(cast.asha, mine.reference, part.pk, now=NOW).elsewhere == ()


def test_an_earlier_case_of_the_same_person_at_risk_proposes_that_it_has_happened_before(cast: Cast) -> None:
    mine, _, part = one_person_in_two_cases(cast, "person_at_risk", "person_at_risk")
    asked = {one.fact for one in person_in_case(cast.carys, mine.reference, part.pk, now=NOW).questions}
    assert "abused_before" in asked
    assert "abused_before" not in {
        one.fact for one in person_in_case(cast.asha, mine.reference, part.pk, now=NOW).questions
    }
    make.make_entry(mine, "learned", cast.asha, now=NOW, facts={"abused_before": True})
    asked = {one.fact for one in person_in_case(cast.carys, mine.reference, part.pk, now=NOW).questions}
    assert "abused_before" not in asked


def test_people_who_were_merged_count_as_one(cast: Cast) -> None:
    mine, theirs, part = one_person_in_two_cases(cast, "causing_harm", "causing_harm")
    again_in = enter(theirs, "Jan", "Nowak")
    Part.objects.filter(case=theirs).update(person=again_in)
    assert person_in_case(cast.carys, mine.reference, part.pk, now=NOW).elsewhere == ()
    Person.objects.filter(pk=again_in.pk).update(merged_into=part.person)
    assert len(person_in_case(cast.carys, mine.reference, part.pk, now=NOW).harms_elsewhere) == 1


# ── The statutory test at triage ─────────────────────────────────────────────────────────────────────────────────────


def test_the_statutory_test_asks_what_is_not_known_and_the_answers_are_on_the_record(
    cast: Cast, report: Case, as_: As
) -> None:
    browser = as_(cast.carys)
    body = browser.get(reverse("triage-report", args=[report.reference])).content.decode()
    assert "Not known yet: ask what is missing." in body
    form = browser.get(reverse("statutory-test", args=[report.reference]))
    assert form.status_code == 200
    typed = {
        "fact-survivor_age": "34",
        "fact-perpetrator_age": "40",
        "fact-connection": ["married"],
        "fact-behaviour": ["economic", "controlling_or_coercive"],
        "seen": "1",
    }
    sent = browser.post(reverse("statutory-test", args=[report.reference]), typed)
    assert sent.headers["Location"] == f"/triage/{report.reference}?done=answered"
    told = make.told_last(report, "learned").told.payload["facts"]
    assert told["connection"] == ["married"]
    found = triage_report(cast.carys, report.reference, now=NOW)
    assert (found.test.outcome, found.test.do, found.test.triage_outcome) == ("fits", "open", "safeguarding_contact")
    body = browser.get(reverse("triage-report", args=[report.reference])).content.decode()
    assert "This is domestic abuse as the Act has it." in body
    assert 'value="safeguarding_contact" checked' in body


def test_a_child_under_sixteen_is_proposed_to_safeguarding_children_and_what_does_not_fit_to_be_sent_on(
    cast: Cast, as_: As
) -> None:
    child = make.make_report(cast.iris, survivor_age=15)
    found = triage_report(cast.carys, child.reference, now=NOW).test
    assert (found.outcome, found.do, found.to) == ("child", "redirect", "safeguarding_children_team")
    body = as_(cast.carys).get(reverse("triage-report", args=[child.reference])).content.decode()
    assert '<option value="safeguarding_children_team" selected' in body
    neighbours = make.make_report(cast.iris, connection=frozenset({"none"}))
    found = triage_report(cast.carys, neighbours.reference, now=NOW).test
    assert (found.outcome, found.do, found.triage_outcome) == ("does_not_fit", "redirect", "redirect")
    assert "nothing is dropped" in found.says


def test_an_adult_whom_a_child_under_sixteen_harms_is_supported_and_the_child_goes_to_safeguarding_children(
    cast: Cast, as_: As
) -> None:
    report = make.make_report(cast.iris, survivor_age=40, perpetrator_age=15)
    found = triage_report(cast.carys, report.reference, now=NOW).test
    assert (found.outcome, found.do, found.triage_outcome) == ("harm_by_child", "open", "safeguarding_contact")
    assert "child abuse" not in found.says
    body = as_(cast.carys).get(reverse("triage-report", args=[report.reference])).content.decode()
    assert "The person causing harm is under 16" in body
    assert "tell safeguarding children of that child" in body
    assert 'value="safeguarding_contact" checked' in body


@pytest.mark.parametrize("age", [-1, -0.5, 121, 200])
@pytest.mark.parametrize("fact", ["survivor_age", "perpetrator_age"])
def test_nobody_has_an_age_below_nought_or_above_a_hundred_and_twenty(cast: Cast, fact: str, age: float) -> None:
    with pytest.raises(Faulty) as faulty:
        make.make_report(cast.iris, **{fact: age})
    assert list(faulty.value.faults) == [fact]
    for right in (0, 120):
        make.make_report(cast.iris, **{fact: right})


def test_the_test_goes_by_dates_of_birth_and_by_how_the_people_stand_to_each_other(cast: Cast, report: Case) -> None:
    maria = name_in(
        report, cast.carys, "person_at_risk", "Maria", enter(report, "Maria", "Novak", born=date(2009, 6, 1))
    )
    piotr = name_in(report, cast.carys, "causing_harm", "Piotr", enter(report, "Piotr", "Novak", born=date(1980, 6, 1)))
    relate_people(case=report, one=piotr.pk, other=maria.pk, kind="intimate", by=cast.carys, now=NOW)
    found = triage_report(cast.carys, report.reference, now=NOW).test
    assert [part.holds for part in found.parts] == [True, True, True, None]
    assert found.is_child_too
    assert found.parts[0].known_from == "by the date of birth in the register"


def test_none_of_these_is_not_ticked_beside_something(cast: Cast, report: Case, as_: As) -> None:
    typed = {"fact-connection": ["none", "married"], "fact-survivor_age": "300", "seen": "1"}
    body = as_(cast.carys).post(reverse("statutory-test", args=[report.reference]), typed).content.decode()
    assert "not both" in body
    assert "Enter an age in years" in body
    assert make.fresh(report).last_sequence == 1


def test_people_of_a_report_who_are_in_other_cases_are_shown_at_triage_to_whoever_sees_those(
    cast: Cast, report: Case, as_: As
) -> None:
    theirs = make.make_case(cast, lead=cast.bronwen, patch=OTHER_PATCH, now=make.later(days=-30))
    person = enter(report, "Jan", "Novak")
    name_in(report, cast.carys, "person_at_risk", "Jan Novak", person)
    name_in(theirs, cast.carys, "causing_harm", "Jan Novak", person)
    nia = hire("Nia", "connect", line_manager=[HOME_PATCH])
    assert [one.opposite[0].reference for one in triage_report(cast.carys, report.reference, now=NOW).known] == [
        theirs.reference
    ]
    assert triage_report(nia, report.reference, now=NOW).known == ()
    path = reverse("triage-report", args=[report.reference])
    assert theirs.reference in as_(cast.carys).get(path).content.decode()
    assert theirs.reference not in as_(nia).get(path).content.decode()


# ── Whose case ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_officer_of_the_patch_of_the_home_is_proposed_whatever_the_case_says_of_the_place() -> None:
    mali = hire("Mali", "tai-calon", community_housing_officer=["Tredegar"])
    cerys = hire("Cerys", "tai-calon", community_housing_officer=["Abertillery"])
    emrys = hire("Emrys", "tai-calon", housing_manager=[])
    report = make.make_report(emrys, patch="Tredegar")
    whose = triage_report(emrys, report.reference, now=NOW).whose
    assert [(one.id, one.role) for one in whose.proposed] == [(mali.pk, "community_housing_officer")]
    assert "Tredegar" in whose.proposed[0].because
    home = Home(landlord_id="tai-calon", patch="Abertillery", area="Blaenau Gwent", changed_at=NOW)
    home.details = HomeDetails(("1 Example Row",), "NP13 0AA")
    home.save()
    name_in(report, emrys, "person_at_risk", "Siân", enter(report, "Siân", "Rees", homes=[home]))
    whose = triage_report(emrys, report.reference, now=NOW).whose
    assert [one.id for one in whose.proposed] == [cerys.pk]
    assert "Put right whichever is wrong" in whose.doubts[0]
    # Somebody who is protected may have gone to another patch: the register is not asked.
    Person.objects.update(is_protected=True)
    assert [one.id for one in triage_report(emrys, report.reference, now=NOW).whose.proposed] == [mali.pk]


def test_where_the_patch_is_not_known_nobody_is_guessed() -> None:
    hire("Mali", "tai-calon", community_housing_officer=["Tredegar"])
    emrys = hire("Emrys", "tai-calon", housing_manager=[])
    whose = triage_report(emrys, make.make_report(emrys, patch=None).reference, now=NOW).whose
    assert whose.proposed == ()
    assert "patch of the home is not known" in whose.doubts[0]


def test_a_deputy_is_proposed_in_place_of_whoever_is_away_and_nobody_who_is_kept_from_the_case(cast: Cast) -> None:
    mali = hire("Mali", "tai-calon", community_housing_officer=["Tredegar"])
    cerys = hire("Cerys", "tai-calon", community_housing_officer=["Abertillery"])
    emrys = hire("Emrys", "tai-calon", housing_manager=[])
    report = make.make_report(emrys, patch="Tredegar")
    today = NOW.date()
    name_deputy(staff=mali, deputy=cerys, first_day=today, last_day=today, by=mali, now=NOW)
    (proposed,) = triage_report(emrys, report.reference, now=NOW).whose.proposed
    assert (proposed.id, proposed.for_whom) == (cerys.pk, "Mali")
    assert "Mali, whose case it would be, is away" in proposed.because
    set_aside(case=report, staff=cerys, reason="A cousin.", by=emrys, now=NOW)
    assert triage_report(emrys, report.reference, now=NOW).whose.proposed == ()


def test_of_those_of_the_patch_whoever_leads_fewest_is_proposed_and_hidden_cases_do_not_count(cast: Cast) -> None:
    nest = hire("Nest", "connect", case_officer=[HOME_PATCH])
    manager = hire("Olwen", "connect", line_manager=[HOME_PATCH])
    make.make_case(cast)
    make.make_case(cast, lead=cast.eve)
    report = make.make_report(cast.iris)
    assert triage_report(manager, report.reference, now=NOW).whose.proposed[0].id == nest.pk
    for _ in range(2):
        hidden = make.make_report(cast.iris, patch=OTHER_PATCH)
        open_case(
            case=hidden, outcome="asb_case", lead=nest, role="case_officer", by=cast.carys, now=make.later(minutes=5)
        )
    assert triage_report(manager, report.reference, now=NOW).whose.proposed[0].id == nest.pk
    assert triage_report(cast.carys, report.reference, now=NOW).whose.proposed[0].id == cast.asha.pk


def test_where_female_staff_are_asked_for_only_those_who_said_so_are_proposed() -> None:
    nasreen = hire("Nasreen", "one-vision", community_safety_team=[])
    colin = hire("Colin", "one-vision", community_safety_team=[])
    report = make.make_report(colin, patch="Sefton North", female_staff_wanted=True)
    whose = triage_report(colin, report.reference, now=NOW).whose
    assert (whose.women_only, whose.proposed) == (True, ())
    assert "Nobody who could take the case has said" in whose.doubts[-1]
    Staff.objects.filter(pk=nasreen.pk).update(is_female_staff=True)
    assert [one.id for one in triage_report(colin, report.reference, now=NOW).whose.proposed] == [nasreen.pk]


def test_a_team_has_its_name_in_the_rule_and_each_role_is_said_once(cast: Cast) -> None:
    nasreen = hire("Nasreen", "one-vision", community_safety_team=[])
    report = make.make_report(nasreen, patch="Sefton North")
    rule = triage_report(nasreen, report.reference, now=NOW).whose.rule
    assert rule == "The case belongs to the Community Safety Team."
    rule = triage_report(cast.carys, make.make_report(cast.iris).reference, now=NOW).whose.rule
    assert rule.endswith("a housing support coordinator, housing support worker or community housing officer.")


def test_where_the_lead_chooses_nobody_is_proposed_and_the_rule_is_said() -> None:
    maud = hire("Maud", "ongo", safeguarding_lead=[])
    hire("Rhona", "ongo", community_resolution_officer=[])
    report = make.make_report(maud, patch="Barton")
    whose = triage_report(maud, report.reference, now=NOW).whose
    assert whose.proposed == ()
    assert (whose.clause, whose.rule) == (
        "2",
        "Whoever triages chooses: community resolution officer or tenancy officer.",
    )


def test_the_one_who_is_proposed_is_chosen_in_the_form_and_the_officers_decision_stands(cast: Cast, as_: As) -> None:
    report = make.make_report(cast.iris)
    browser = as_(cast.carys)
    body = browser.get(reverse("triage-report", args=[report.reference])).content.decode()
    assert "Proposed: Asha" in body
    assert (
        f'value="{cast.asha.pk}:case_officer" checked' in body
        or f'value="{cast.asha.pk}:case_officer" selected' in body
    )
    typed = {"do": "open", "outcome": "asb_case", "taker": f"{cast.bronwen.pk}:case_officer", "note": "", "seen": "1"}
    browser.post(reverse("triage-report", args=[report.reference]), typed)
    assert make.fresh(report).lead == cast.bronwen
    body = browser.get(reverse("assign", args=[report.reference])).content.decode()
    assert "Proposed: Asha" in body
    assert "Bronwen leads it" in body


def test_a_colleague_gives_their_own_postcode_and_has_it_forgotten(cast: Cast, as_: As) -> None:
    own, path = as_(cast.asha), reverse("postcode")
    assert "You need not give it." in own.get(path).content.decode()
    assert "Enter a full postcode" in own.post(path, {"postcode": "Leeds"}).content.decode()
    own.post(path, {"postcode": "ls1 4ap"})
    assert again(cast.asha).postcode_index
    said = own.get(reverse("account")).content.decode()
    assert "A fingerprint of it is kept" in said
    assert "4AP" not in (said + own.get(path).content.decode()).upper()
    own.post(path, {"postcode": ""})
    assert again(cast.asha).postcode_index == ""


def test_what_colleagues_say_of_female_staff_is_theirs_to_say(cast: Cast, as_: As) -> None:
    own = as_(cast.asha)
    path = reverse("female-staff", args=[cast.asha.pk])
    assert own.get(path).status_code == 200
    own.post(path, {"is_female_staff": "yes"})
    assert again(cast.asha).is_female_staff is True
    assert as_(cast.bronwen).get(path).status_code == 403
    as_(cast.huw).post(path, {"is_female_staff": ""})
    assert again(cast.asha).is_female_staff is None


def test_the_one_point_of_contact_stands_on_the_page_of_the_case(as_: As) -> None:
    mali = hire("Mali", "tai-calon", community_housing_officer=["Tredegar"])
    case = make.make_report(mali, patch="Tredegar")
    open_case(
        case=case, outcome="asb_case", lead=mali, role="community_housing_officer", by=mali, now=make.later(minutes=5)
    )
    body = as_(mali).get(reverse("case", args=[case.reference])).content.decode()
    assert "Their one point of contact is Mali" in body
