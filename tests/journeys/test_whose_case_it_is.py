"""A report held against the Act, given to the officer whom the policy has, its people related, and the case handed on."""

from datetime import timedelta

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.models import Case, Part, Staff
from fanlight.present import present
from tests import make
from tests.cast import hire
from tests.journeys.officer import Officer


def somebody_in_two_cases() -> tuple[Case, str]:
    """This function will make a new report of somebody who causes harm in an earlier case, and give the report and that case."""
    now = present() - timedelta(hours=2)
    emrys = hire("Emrys", "tai-calon", housing_manager=[])
    mali = hire("Mali", "tai-calon", community_housing_officer=["Tredegar"])
    hire("Cerys", "tai-calon", community_housing_officer=["Abertillery"])
    before = make.make_report(emrys, patch="Tredegar", now=now)
    open_case(
        case=before, outcome="safeguarding_contact", lead=mali, role="community_housing_officer", by=emrys, now=now
    )
    add_part(case=before, name="Jan Novak", part="causing_harm", by=mali, now=now)
    person = Part.objects.get(case=before).person_id
    report = make.make_report(emrys, patch="Tredegar", now=now + timedelta(minutes=30))
    add_part(
        case=report, name="Jan Novak", part="person_at_risk", same_as=person, by=emrys, now=now + timedelta(hours=1)
    )
    add_part(case=report, name="Ela Novak", part="child", not_them="His niece.", by=emrys, now=now + timedelta(hours=1))
    return report, before.reference


def test_a_report_is_held_against_the_act_and_opened_for_the_officer_of_the_patch(
    page: Page, live_server: LiveServer
) -> None:
    report, before = somebody_in_two_cases()
    screen = Officer(page, live_server.url, scripts=True)

    # Triage: what is not known is asked; who is in the opposite part elsewhere is said; the officer of the patch is proposed.
    screen.sign_in("emrys@tai-calon.example")
    screen.go(f"/triage/{report.reference}")
    screen.reads("Not known yet: ask what is missing.")
    screen.reads(f"Jan Novak is the victim here, and the perpetrator in {before}")
    screen.reads("Proposed: Mali, Community housing officer, because the home is in Tredegar.")
    screen.look("triage-report-with-the-test")
    screen.follow("Answer what is not known")
    screen.type("How old is the person at risk?", "17")
    screen.type("How old is the person causing harm?", "nineteen")
    screen.press("Save the answers")
    screen.reads("Enter a number")
    screen.type("How old is the person causing harm?", "19")
    page.get_by_label("They are, or were, in an intimate relationship").check()
    page.get_by_label("Violence or threats").check()
    screen.look("statutory-test")
    screen.press("Save the answers")
    screen.reads("This is domestic abuse as the Act has it.")
    screen.reads("a child for safeguarding too")
    screen.press("Open the case")
    screen.reads("The case is open.")
    screen.reads("Their one point of contact is Mali.")
    screen.reads("Jan Novak is the victim here, and the perpetrator in")
    screen.look("case-with-somebody-in-opposite-parts")


def opened(report: Case) -> None:
    """This function will open a report as a case of Mali's."""
    mali, emrys = (
        Staff.objects.with_email("mali@tai-calon.example"),
        Staff.objects.with_email("emrys@tai-calon.example"),
    )
    assert mali
    assert emrys
    open_case(case=report, outcome="asb_case", lead=mali, role="community_housing_officer", by=emrys, now=present())


def test_the_people_of_a_case_are_related_and_a_counter_allegation_exchanges_nobody(
    page: Page, live_server: LiveServer
) -> None:
    report, _ = somebody_in_two_cases()
    opened(report)
    screen = Officer(page, live_server.url, scripts=True)
    screen.sign_in("emrys@tai-calon.example")
    screen.go(f"/cases/{report.reference}/people/{report.parts.get(part='person_at_risk').pk}")
    screen.reads("ask a specialist domestic abuse organisation for advice")
    screen.look("person-in-case")
    screen.follow("Their part is another")
    screen.choose("What is their part?", "Perpetrator")
    screen.choose("Why does it change?", "We know more now")
    screen.type("What was learned, or what was wrong?", "He is accused by the other.")
    screen.press("Change it")
    screen.reads("record that as a fact")
    screen.look("change-part")
    screen.follow("Back to the person")
    screen.follow("Say how they stand to somebody else in the case")
    screen.press("Save it")
    screen.reads("Say how they stand to each other")
    screen.choose("To whom?", "Ela Novak, child")
    screen.choose("How do they stand to each other?", "They are relatives")
    screen.type("What exactly?", "Her uncle.")
    screen.look("relate")
    screen.press("Save it")
    screen.reads("The Act, section 2(1)(g)")
    screen.follow("Ela Novak")
    screen.reads("a victim in their own right")
    screen.reads("Is a child at risk?")
    screen.follow("Say what is known of them")
    screen.type("Which school or nursery do they go to?", "The nursery on the hill")
    screen.look("describe-child")
    screen.press("Save it")
    screen.reads("The nursery on the hill")
    screen.look("child-in-case")
    screen.follow("Change: they are relatives, Jan Novak")
    screen.look("relation")
    screen.type("What was wrong?", "He is her brother.")
    screen.press("Take it back")
    screen.reads("What was said before: 1")


def test_another_officer_takes_over_with_a_note_a_reason_and_their_own_word(
    page: Page, live_server: LiveServer
) -> None:
    report, _ = somebody_in_two_cases()
    opened(report)
    screen = Officer(page, live_server.url, scripts=True)
    screen.sign_in("emrys@tai-calon.example")
    screen.go(f"/cases/{report.reference}/assign")
    screen.reads("It is with them already.")
    screen.choose("Who takes the case?", "Cerys, Community housing officer")
    screen.press("Give them the case")
    screen.reads("Write what the next one must know")
    screen.type("What must they know?", "Ring in the morning. The locks come on Friday.")
    screen.type("Why does the person at risk get another point of contact?", "He has moved to Abertillery.")
    screen.look("assign-a-case-that-is-led")
    screen.press("Give them the case")
    screen.reads("It is not received until they say so.")
    screen.reads("Their one point of contact is Mali.")
    screen.sign_out()

    screen.sign_in("cerys@tai-calon.example")
    screen.go("/hand-overs")
    screen.follow("Case officer: Cerys")
    screen.press("I have it")
    screen.reads("It has been received.")
    screen.reads("Their one point of contact is Cerys.")
    screen.reads("The locks come on Friday.")
    screen.go("/account")
    screen.follow("Say whether you may be given such a case")
    screen.choose("May they be given a case where female staff are asked for?", "Yes, as female staff")
    screen.look("female-staff")
    screen.press("Save it")
    screen.reads("It is saved.")
