"""From the first report to a closed case and back, at two landlords, with scripts and without."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.cast import hire
from tests.journeys.grounds import say_why_it_may_go
from tests.journeys.officer import Officer


@pytest.fixture(params=["with scripts", "without scripts"])
def screen(request: pytest.FixtureRequest, live_server: LiveServer) -> Officer:
    """This function will give somebody at a screen, whose browser runs scripts, or does not."""
    scripts = request.param == "with scripts"
    page: Page = request.getfixturevalue("page" if scripts else "page_without_javascript")
    return Officer(page, live_server.url, scripts=scripts)


def test_connect_carries_a_report_of_danger_to_a_closed_case_and_opens_it_again(screen: Officer) -> None:
    hire("Callum", "connect", all_staff=[])
    hire("Lena", "connect", line_manager=["Kirklees North"])
    hire("Asha", "connect", case_officer=["Kirklees North"])

    # Whoever sees no cases lands on the report, and leaves it with a receipt that puts 999 first.
    screen.sign_in("callum@connect.example")
    screen.reads("If someone is in danger now, call 999")
    screen.look("report")
    screen.press("Send the report")
    screen.reads("There is a problem")
    screen.reads("Say who told us")
    screen.choose("Who told us?", "The person at risk")
    screen.choose("How did they tell us?", "By telephone")
    screen.choose("Who is it about?", "A customer")
    screen.choose("Is anyone in immediate danger?", "Yes")
    screen.choose("Are there children in the household", "Yes")
    screen.choose("Where is the home?", "Kirklees North")
    screen.type("What was said?", "He is outside and will not go.")
    screen.type("Name of the person at risk", "Maria Novak")
    screen.type("A telephone number that is safe", "07700 900123")
    screen.type("How and when is it safe", "Mornings only. Leave no message.")
    screen.press("Send the report")
    screen.reads("Call 999 now")
    screen.look("receipt-danger")
    reference = screen.reference
    screen.press("999 has been called")
    screen.reads("999 was called on")
    screen.does_not_read("Call 999 now")
    screen.look("receipt")
    screen.go(f"/cases/{reference}")
    screen.reads("Page not found")
    screen.sign_out()

    # Triage opens the case and gives it to somebody.
    screen.sign_in("lena@connect.example")
    screen.go("/triage")
    screen.reads("Someone is in danger now")
    screen.look("triage")
    screen.follow(f"Look at {reference}")
    screen.reads("He is outside and will not go.")
    screen.look("triage-report")
    screen.press("Open the case")
    screen.reads("Say what it is")
    screen.choose("What is it?", "A safeguarding contact")
    screen.choose(
        "Who takes the case?", "Asha, Housing support coordinator, housing support worker or community housing officer"
    )
    screen.press("Open the case")
    screen.reads("The case is open.")
    screen.go("/duties/team")
    screen.look("team-duties")
    screen.sign_out()

    # The officer sees what to do next, and does it.
    screen.sign_in("asha@connect.example")
    screen.reads("My duties")
    screen.reads("Respond to the report")
    screen.look("my-duties")
    screen.follow(reference)
    screen.reads("What must be done now")
    screen.reads("Mornings only. Leave no message.")
    screen.look("case")
    screen.do("Respond to the report")
    screen.look("record-contact")
    screen.press("Put it on the record")
    screen.reads("Say what happened")
    screen.choose("Whom did you reach, and how?", "Maria Novak: they reached us: rang, wrote or came")
    screen.choose("What happened?", "We spoke")
    screen.choose("Was it safe for them to talk?", "Yes")
    screen.type("What happened, in your words", "She is at her sister's for the night.")
    screen.press("Put it on the record")
    screen.reads("It is on the record.")
    screen.reads("She is at her sister's for the night.")

    # A question that nobody had asked is answered in place.
    question = screen.page.locator(".app-question").filter(has_text="Have weapons been used or threatened?")
    question.get_by_label("Yes", exact=True).check()
    question.get_by_role("button", name="Save").click()
    screen.reads("The answer is on the record.")
    screen.reads("MARAC")

    # A child is referred the same day, with the reason why nobody was asked; it is not received until they say so.
    screen.do("Inform children's social care")
    screen.reads("It goes today.")
    screen.choose("Who gets it?", "Somebody else")
    screen.type("Who, if it is somebody else", "The duty team")
    screen.type("What happened, and when", "The children heard it from the stairs.")
    screen.press("Save the draft")
    screen.reads("Nothing has been sent.")
    screen.press("I have sent it")
    screen.choose("How was it sent?", "By telephone")
    screen.choose("give permission?", "No: asking would put somebody at risk")
    say_why_it_may_go(screen, "Maria Novak, Survivor", purpose="To protect a child")
    screen.press("Put it on the record")
    screen.reads("It is not received until they say so.")
    screen.go(f"/cases/{reference}")
    screen.press("Record an entry")
    screen.reads("What do you want to record?")
    screen.look("choose")

    # Closing shows what is still owed.
    screen.go(f"/cases/{reference}/close")
    screen.reads("Still owed")
    screen.look("close")
    screen.press("Close the case")
    screen.reads("Say why the case is closed")
    screen.type("Why is it closed?", "She has moved, and is safe.")
    screen.type("What came of it for the person?", "A home of her own.")
    screen.press("Close the case")
    screen.reads("The case is closed.")
    screen.press("Open it again")
    screen.look("reopen")
    screen.type("Why is it opened again?", "He has found the address.")
    screen.press("Open it again")
    screen.reads("The case is open again.")
    screen.reads("He has found the address.")
    screen.look("case-late")
    for path in ("/cases", "/policy", "/hand-overs", f"/cases/{reference}/people"):
        screen.go(path)
    screen.sign_out()

    # An entry made in error is struck by somebody who may, and can still be read.
    screen.sign_in("lena@connect.example")
    screen.go(f"/cases/{reference}")
    screen.follow("Strike entry 5: Contact")
    screen.look("strike")
    screen.press("Strike the entry")
    screen.reads("Say why it was recorded in error")
    screen.type("Why was it recorded in error?", "It was about somebody else.")
    screen.press("Strike the entry")
    screen.reads("The entry is struck. It can still be read.")
    screen.reads("She is at her sister's for the night.")
    screen.reads("Struck: recorded in error")
    screen.sign_out()


def test_tai_calon_stops_an_interview_with_children_and_a_manager_sees_what_was_not_received(screen: Officer) -> None:
    hire("Mair", "tai-calon", housing_manager=[])
    hire("Bethan", "tai-calon", community_housing_officer=["Ebbw Vale"])

    screen.sign_in("bethan@tai-calon.example")
    screen.go("/report")
    screen.choose("Who told us?", "A neighbour")
    screen.choose("How did they tell us?", "In person")
    screen.choose("Who is it about?", "A customer")
    screen.choose("Where is the home?", "Blaenau Gwent: Ebbw Vale")
    screen.type("What was said?", "Shouting through the wall on three nights.")
    screen.press("Send the report")
    screen.reads("Your report has been received")
    reference = screen.reference

    screen.go(f"/triage/{reference}")
    screen.choose("What is it?", "A safeguarding contact")
    screen.choose("Who takes the case?", "Bethan, Community housing officer")
    screen.press("Open the case")
    screen.reads("The case is open.")
    screen.reads("Not known is not safe")

    # A person is added, with how it is safe to reach them, and the banner says so from then on.
    screen.follow("Add a person")
    screen.look("person")
    screen.type("Name", "Elin Powell")
    screen.choose("What is their part in this case?", "Victim")
    screen.type("How and when is it safe to reach them?", "Only at the school gate.")
    screen.press("Add them")
    screen.reads("Only at the school gate.")

    # Nobody can set this gate aside; the page says so and offers no reason to give.
    screen.go(f"/cases/{reference}/record/interview")
    screen.choose("Whom did you reach, and how?", "Elin Powell: in person, away from any home")
    screen.choose("Was it in private?", "No")
    screen.choose("Was there an interpreter?", "No interpreter")
    screen.choose("Were children present?", "Yes")
    screen.press("Put it on the record")
    screen.reads("Nobody can set this aside")
    assert not screen.page.get_by_label("Why must it be done all the same?").count()
    screen.look("stopped-for-good")
    screen.press("Change what I typed")
    screen.choose("Was it in private?", "Yes")
    screen.choose("Were children present?", "No")
    screen.press("Put it on the record")
    screen.reads("It is on the record.")

    # Handed over to the manager by name.
    screen.go(f"/cases/{reference}/hand-over")
    screen.choose("To whom?", "Case officer")
    screen.choose("Which colleague", "Mair, Housing manager")
    screen.type("What do they need to know?", "Only at the school gate. The locks were promised for Friday.")
    screen.type("Why does the person at risk get another point of contact?", "She asked for somebody else.")
    screen.press("Hand over")
    screen.reads("Sent, not received")
    screen.sign_out()

    screen.sign_in("mair@tai-calon.example")
    screen.go("/duties")
    screen.reads("Handed over to you")
    screen.look("my-duties-handed-over")
    screen.go("/hand-overs")
    screen.reads(reference)
    screen.look("hand-overs")
    screen.go("/duties")
    screen.follow(f"Say that you have it: {reference}")
    screen.press("I have it")
    screen.reads("It has been received.")
    screen.reads("Led by Mair")
    screen.go("/hand-overs")
    screen.reads("Every hand-over has been received.")
    screen.go(f"/cases/{reference}/close")
    screen.type("Why is it closed?", "Nothing more was found.")
    screen.type("What came of it for the person?", "She knows whom to ring.")
    screen.press("Close the case")
    screen.reads("The case is closed.")
    screen.sign_out()
