"""A case goes to the MARAC on its criteria, is flagged, and goes back when there is more abuse, whatever the score."""

from datetime import timedelta

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.models import MaracReferral, Share
from fanlight.present import present
from tests import homes
from tests.cast import hire
from tests.journeys.grounds import say_why_it_may_go
from tests.journeys.officer import Officer
from tests.journeys.test_who_saw_whom import case_of

AT_RISK = "Maria Tandy, Survivor"


def test_a_case_goes_to_the_marac_and_back_again(page: Page, live_server: LiveServer) -> None:
    lena = hire("Lena Vale", "connect", line_manager=["Kirklees North"])
    asha = hire("Asha Rahmani", "connect", case_officer=["Kirklees North"])
    case = case_of(lena, asha)
    homes.a_part(case, homes.a_person("Maria Tandy"), "person_at_risk", asha)
    homes.a_part(case, homes.a_person("Piotr Zelenka"), "causing_harm", asha)

    screen = Officer(page, live_server.url, scripts=True)
    screen.sign_in(asha.email)
    screen.go(f"/cases/{case.reference}/referrals")
    screen.follow("The MARAC")
    screen.look("refer-marac")
    screen.reads("Which criteria does it meet?")
    screen.press("Save the draft")
    screen.reads("Say yes or no")
    screen.choose("In your professional judgement", "Yes")
    for other in ("Is the risk high by the assessment?", "Is it getting worse", "Is it a repeat"):
        screen.choose(other, "No")
    screen.type("Why: what you are most worried about", "It is only a question of time.")
    screen.press("Save the draft")
    screen.reads("Professional judgement: yes")
    screen.look("marac-draft")
    screen.press("I have sent it")
    screen.choose("How was it sent?", "Through their secure website")
    say_why_it_may_go(screen, AT_RISK, purpose="To protect an adult at risk")
    screen.press("Put it on the record")
    # Who causes harm is named in the form: it is said why they are.
    screen.reads("It names Piotr Zelenka")
    screen.look("marac-named")
    screen.type("If it is not about Piotr Zelenka", "They plan for what he may do.")
    screen.press("Put it on the record")
    screen.reads("It is not received until they say so.")
    screen.look("marac-sent")
    screen.follow("On which grounds it went, and what exactly")
    screen.look("marac-share")
    screen.go(f"/cases/{case.reference}")
    screen.reads("any new abuse goes back, whatever the score")
    screen.look("case-flagged")
    assert MaracReferral.objects.get().criteria == "judgement"
    assert Share.objects.get().gone_at is not None

    later = present() + timedelta(minutes=1)
    record_entry(case=case, kind="incident", note="He was back.", by=asha, now=later)
    screen.go(f"/cases/{case.reference}")
    screen.reads("Repeat: refer back to the MARAC, whatever the score.")
    screen.look("case-repeat")
    screen.follow("Refer back to the MARAC")
    screen.reads("and abuse since, on")
    screen.go(f"/cases/{case.reference}/referrals")
    screen.follow("Another agency referred to the MARAC")
    screen.look("referred-elsewhere")
    screen.type("Which agency referred?", "The police")
    for name in ("Day", "Month", "Year"):
        value = {"Day": later.day, "Month": later.month, "Year": later.year}[name]
        page.get_by_label(name, exact=True).first.fill(str(value))
    screen.press("Save")
    screen.reads("The twelve months run from that day.")
    screen.look("referrals-marac")
