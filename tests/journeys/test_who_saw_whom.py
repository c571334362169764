"""Finding a person, and the data protection officer who looks who saw them."""

from datetime import timedelta

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.log_view import log_view, log_view_refused
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.actions.open_in_emergency import open_in_emergency
from fanlight.casework.actions.report_abuse import report_abuse
from fanlight.casework.models import Case, Staff
from fanlight.present import present
from tests.cast import hire
from tests.journeys.officer import Officer


def case_of(lena: Staff, asha: Staff) -> Case:
    """This function will make a case of Asha's, some days old."""
    now = present() - timedelta(days=3)
    case = report_abuse(
        fields={"source": "survivor", "channel": "phone"},
        facts={"about": "customer", "patch": "Kirklees North"},
        by=lena,
        now=now,
    )
    open_case(case=case, outcome="safeguarding_contact", lead=asha, role="case_officer", by=lena, now=now)
    return case


def test_an_officer_finds_somebody_and_the_data_protection_officer_sees_that_they_looked(
    page: Page, live_server: LiveServer
) -> None:
    lena = hire("Lena Vale", "connect", line_manager=["Kirklees North"])
    asha = hire("Asha Rahmani", "connect", case_officer=["Kirklees North"])
    bronwen = hire("Bronwen Tasker", "connect", case_officer=["Leeds East"])
    pia = hire("Pia Underhay", "connect", data_protection_officer=[])
    case, other = case_of(lena, asha), case_of(lena, asha)
    earlier = present() - timedelta(hours=30)
    for matter, part in ((case, "person_at_risk"), (other, "causing_harm")):
        add_part(
            case=matter,
            name="Maria Novak",
            part=part,
            phone="07700 900123",
            not_them="Two women.",
            by=asha,
            now=earlier,
        )
    add_part(case=case, name="Gareth Vale", part="witness", by=asha, now=earlier)
    log_view(reference=case.reference, page="case", by=lena, now=earlier)
    log_view_refused(reference=case.reference, page="case", by=bronwen, now=earlier)
    open_in_emergency(reference=case.reference, purpose="danger", reason="She rang", by=bronwen, now=earlier)

    screen = Officer(page, live_server.url, scripts=True)
    screen.sign_in(asha.email)
    screen.follow("Find a person")
    screen.look("find")
    screen.press("Find")
    screen.reads("There is a problem")
    screen.reads("Say why you are looking")
    screen.choose("Why are you looking?", "To see whether we know of it already")
    screen.type("Telephone number", "+44 7700 900123")
    screen.press("Find")
    screen.reads("2 people found")
    screen.reads("Somebody here, or of the same name or number, is at risk in one case and causing harm in another.")
    screen.reads(f"Survivor in {case.reference}")
    screen.reads(f"perpetrator in {other.reference}")
    screen.look("found")
    screen.follow(case.reference)
    screen.reads("Maria Novak")
    screen.sign_out()

    screen.sign_in(pia.email)
    screen.go("/log")
    screen.look("log")
    screen.press("Show who saw it")
    screen.reads("Enter the whole reference of the case")
    screen.type("Reference of the case", case.reference)
    screen.press("Show who saw it")
    screen.reads(f"Who saw case {case.reference}")
    screen.reads("Looked: case")
    screen.look("log-case")
    screen.go("/log")
    screen.choose("Who?", "Asha Rahmani")
    screen.press("Show what they saw")
    screen.reads("What Asha Rahmani did and saw")
    screen.reads("Looked for a person")
    screen.reads("Why: Whether it was known already")
    screen.look("log-staff")
    screen.go("/log/refusals")
    screen.reads("Bronwen Tasker")
    screen.look("log-refusals")
    screen.go("/log/emergencies")
    screen.reads("Not reviewed yet")
    screen.look("log-emergencies")
    screen.go("/log/unusual")
    screen.reads("They opened a case in which somebody has the same surname as theirs.")
    screen.reads("They were refused the case, and opened it in an emergency within a day.")
    screen.look("log-unusual")
    screen.follow("Refused, and then opened in an emergency (1)")
    screen.follow("Bronwen Tasker")
    screen.reads("What Bronwen Tasker did and saw")
    screen.sign_out()
