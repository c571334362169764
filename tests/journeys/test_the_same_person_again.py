"""The same person again: found however they are spelt, linked where they are named, merged and taken apart."""

from datetime import date, timedelta

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.compare_people import compare_people
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.actions.register import enter_person
from fanlight.casework.actions.report_abuse import report_abuse
from fanlight.casework.models import Case, PersonDetails, Staff
from fanlight.present import present
from tests.cast import hire
from tests.journeys.officer import Officer


def case_of(triage: Staff, lead: Staff, patch: str) -> Case:
    """This function will make a case, some days old."""
    now = present() - timedelta(days=3)
    case = report_abuse(
        fields={"source": "survivor", "channel": "phone"},
        facts={"about": "customer", "patch": patch},
        by=triage,
        now=now,
    )
    open_case(case=case, outcome="safeguarding_contact", lead=lead, role="case_officer", by=triage, now=now)
    return case


def test_somebody_is_looked_for_before_they_are_entered_and_two_who_are_one_are_merged(
    page: Page, live_server: LiveServer
) -> None:
    carys = hire("Carys Pugh", "connect", safeguarding_lead=[])
    asha = hire("Asha Rahmani", "connect", case_officer=["Kirklees North"])
    bronwen = hire("Bronwen Tasker", "connect", case_officer=["Leeds East"])
    earlier = present() - timedelta(hours=30)
    for name, born in (("Maddox", date(1984, 3, 12)), ("Price", date(1984, 12, 3))):
        details = PersonDetails(
            "Si\u00e2n", name, former_names=("Si\u00e2n Maddox",), born=born, phones=("01632 960123",)
        )
        enter_person("connect", details, now=earlier)
    case, hidden = case_of(carys, asha, "Kirklees North"), case_of(carys, bronwen, "Leeds East")
    add_part(case=hidden, name="Tirion Bevan", part="causing_harm", by=bronwen, now=earlier)
    compare_people(now=earlier)

    screen = Officer(page, live_server.url, scripts=True)
    screen.sign_in(asha.email)
    screen.go(f"/cases/{case.reference}/people")
    screen.type("Name", "Shan Prise")
    screen.choose("What is their part in this case?", "Survivor")
    screen.press("Add them")
    screen.reads("Is it one of them?")
    screen.reads("The name sounds the same")
    screen.look("person-alike")
    screen.choose("Is it one of them?", "Si\u00e2n Price, born 3 December 1984")
    screen.press("Add them")
    screen.reads("They are on the case.")
    screen.go(f"/cases/{case.reference}/people")
    screen.type("Name", "Tiri\u00f3n Bevan")
    screen.choose("What is their part in this case?", "Witness")
    screen.press("Add them")
    screen.reads("They are on the case.")
    screen.sign_out()
    compare_people(now=present())

    screen.sign_in(carys.email)
    screen.go("/find")
    screen.look("find-everything")
    screen.type("Name", "Maddox, Shan")
    screen.choose("Why are you looking?", "To see whether we know of it already")
    screen.press("Find")
    screen.reads("2 people found")
    screen.reads(f"Survivor in {case.reference}")
    screen.look("found-people")
    page.get_by_role("link", name="The same as another?").first.click()
    screen.reads("People who are like them")
    screen.look("same")
    page.get_by_role("radio").first.check()
    screen.type("How do you know?", "One National Insurance number.")
    screen.press("They are one person")
    screen.reads("They are read as one person from now on.")
    screen.follow("Take them apart")
    screen.type("How do you know that they are two?", "Two sisters.")
    screen.press("Take them apart")
    screen.reads("They are two again")
    screen.look("same-taken-apart")
    screen.go("/same")
    screen.reads("Tirion Bevan")
    screen.look("perhaps-same")
    screen.follow("Say whether they are one")
    screen.look("pair")
    screen.choose("Are they one person?", "Two people")
    screen.type("How do you know?", "Forty years between them.")
    screen.press("Save")
    screen.reads("Nobody in the cases that you see is to be compared.")
    screen.sign_out()
