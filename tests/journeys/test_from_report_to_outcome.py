"""Each of the five landlords, from the report to the outcome: told, triaged, reached, assessed, to the MARAC where its policy has it, closed."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.models import Case
from tests.cast import hire
from tests.journeys.grounds import say_why_it_may_go
from tests.journeys.officer import Officer

SAFEGUARDING = "Safeguarding a child or an adult at risk"
SECTION_115 = "Crime and Disorder Act 1998, section 115"


@dataclass(frozen=True, slots=True)
class Walk:
    """Who triages at a landlord and takes the case, by their roles; where the home is, and what the landlord calls her.

    `ground` is that of its policy on which it goes to the MARAC, nothing where that is no step of its policy; `assesses` whether its
    policy has risk assessed, and by which.
    """

    landlord: str
    roles: tuple[str, ...]
    patch: str
    her: str
    ground: str = ""
    assesses: bool = True


WALKS = (
    Walk("connect", ("line_manager", "case_officer"), "Kirklees North", "Survivor", SAFEGUARDING),
    Walk("housing-plus", ("manager", "case_officer"), "South Staffordshire", "Victim", SECTION_115),
    Walk("one-vision", ("community_safety_team",), "Sefton North", "Survivor"),
    Walk("ongo", ("safeguarding_lead", "community_resolution_officer"), "Brigg", "Victim", assesses=False),
    Walk("tai-calon", ("housing_manager",), "Tredegar", "Victim", SAFEGUARDING),
)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.landlord)
def test_a_report_is_carried_to_its_outcome(walk: Walk, page: Page, live_server: LiveServer) -> None:
    officer = hire("Asha Rahmani", walk.landlord, **{role: [] for role in walk.roles})
    screen = Officer(page, live_server.url, scripts=True)
    screen.sign_in(officer.email)
    reference = told_and_triaged(screen, walk)
    screen.go("/duties")
    screen.reads(reference)
    reached(screen, reference)
    if walk.assesses:
        assessed(screen, reference)
    else:
        assessed_elsewhere(screen, reference)
    if walk.ground:
        referred_to_the_marac(screen, reference, walk)
    screen.go(f"/cases/{reference}/close")
    screen.type("Why is it closed?", "She is safe, and wants no more.")
    screen.type("What came of it for the person?", "She stayed at home, with new locks.")
    screen.press("Close the case")
    screen.reads("The case is closed.")
    screen.look(f"outcome-{walk.landlord}")
    case = Case.objects.get(reference=reference)
    assert (case.status, case.lead_id) == ("closed", officer.pk)


def told_and_triaged(screen: Officer, walk: Walk) -> str:
    """This function will report, open the case and give it to the officer; it gives the reference."""
    screen.go("/report")
    screen.choose("Who told us?", "The person at risk")
    screen.choose("How did they tell us?", "By telephone")
    screen.choose("Who is it about?", "A customer")
    choose_like(screen, "Where is the home?", walk.patch)
    screen.type("What was said?", "He waits outside, most nights.")
    screen.type("Name of the person at risk", "Maria Tandy")
    screen.type("A telephone number that is safe", "07700 900123")
    screen.press("Send the report")
    reference = screen.reference
    screen.go(f"/triage/{reference}")
    screen.choose("What is it?", "A safeguarding contact")
    choose_like(screen, "Who takes the case?", "Asha Rahmani")
    screen.press("Open the case")
    screen.reads("The case is open.")
    return reference


def reached(screen: Officer, reference: str) -> None:
    """This function will note that she rang."""
    screen.go(f"/cases/{reference}/record/contact")
    screen.choose("Whom did you reach, and how?", "Maria Tandy: they reached us: rang, wrote or came")
    screen.choose("What happened?", "We spoke")
    screen.choose("Was it safe for them to talk?", "Yes")
    screen.type("What happened, in your words", "She wants to stay in her home.")
    screen.press("Put it on the record")
    screen.reads("It is on the record.")


def assessed(screen: Officer, reference: str) -> None:
    """This function will assess the risk as high by judgement: no item says so."""
    screen.go(f"/cases/{reference}/assessments/new/dash")
    screen.page.evaluate("document.querySelectorAll('[type=radio][value=no]').forEach(one => { one.checked = true })")
    screen.press("Save, and check")
    screen.choose("In your professional judgement, is the risk high?", "Yes")
    screen.type("What is your reason?", "He knows where she sleeps.")
    screen.press("Put it on the record")
    screen.reads("The assessment is on the record.")


def assessed_elsewhere(screen: Officer, reference: str) -> None:
    """This function will put down that the police have assessed it."""
    screen.go(f"/cases/{reference}/assessments/other")
    screen.type("Which agency made it?", "The police")
    screen.choose("How do we know that it was made?", "The agency told us that it was made")
    screen.press("Put it on the record")
    screen.go(f"/cases/{reference}/assessments")
    screen.reads("Theirs")


def referred_to_the_marac(screen: Officer, reference: str, walk: Walk) -> None:
    """This function will refer her, on somebody's judgement."""
    screen.go(f"/cases/{reference}/referrals")
    screen.follow("The MARAC")
    if walk.landlord != "connect":
        screen.choose("Who gets it?", "Somebody else")
        screen.type("Who, if it is somebody else", "The coordinator")
    screen.choose("In your professional judgement", "Yes")
    for other in ("Is the risk high by the assessment?", "Is it getting worse", "Is it a repeat"):
        screen.choose(other, "No")
    screen.type("Why: what you are most worried about", "It is only a question of time.")
    screen.press("Save the draft")
    screen.press("I have sent it")
    screen.choose("How was it sent?", "Through their secure website")
    say_why_it_may_go(screen, f"Maria Tandy, {walk.her}", purpose="To protect an adult at risk")
    screen.choose("On which of the policy's grounds?", walk.ground)
    screen.press("Put it on the record")
    screen.reads("It is not received until they say so.")


def choose_like(screen: Officer, question: str, words: str) -> None:
    """This function will choose the answer that says these words among others, in a list or among radios."""
    group = screen.page.get_by_role("group", name=question, exact=False)
    if group.count():
        group.first.get_by_label(words).first.check()
        return
    choice = screen.page.get_by_label(question, exact=False).first
    value = choice.locator("option", has_text=words).first.get_attribute("value")
    choice.select_option(value=value)
