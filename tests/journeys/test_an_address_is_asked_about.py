"""A marker is set from a case, a contractor reads the neutral words alone, and whoever asks before acting is told what to do."""

from datetime import timedelta

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.actions.set_marker import set_marker
from fanlight.casework.models import Marker
from fanlight.present import present
from tests import homes
from tests.cast import hire
from tests.journeys.officer import Officer
from tests.journeys.test_who_saw_whom import case_of

SECRET = "He has said that he will hurt whoever comes to the door."


def test_a_contractor_reads_what_to_do_and_never_why(page: Page, live_server: LiveServer) -> None:
    lena = hire("Lena Vale", "connect", line_manager=["Kirklees North"])
    asha = hire("Asha Rahmani", "connect", case_officer=["Kirklees North"])
    iris = hire("Iris Oldroyd", "connect", managing_agent=[])
    case = case_of(lena, asha)
    here, there, free = (homes.a_home(number) for number in (1, 2, 3))
    maria = homes.a_person("Maria Tandy")
    homes.lives_in(maria, here)
    homes.a_part(case, maria, "person_at_risk", asha)
    long_ago = present() - timedelta(days=100)
    set_marker(kind="contact_first", reason="The tenant lip-reads.", home=there, by=lena, now=long_ago)
    assert free.pk

    screen = Officer(page, live_server.url, scripts=True)
    screen.sign_in(asha.email)
    screen.go(f"/cases/{case.reference}")
    screen.follow("Markers and address checks")
    screen.look("case-markers")
    screen.reads("No marker is set from this case.")
    screen.press("Set a marker")
    screen.press("Set the marker")
    screen.reads("Say what colleagues must know")
    screen.look("set-marker")
    screen.choose("What must colleagues know?", "Two people to attend, since there is a risk to whoever visits")
    screen.choose("On which home?", "1 Alder Court, Exampleton, ZZ1 1ZZ")
    screen.type("Why?", SECRET)
    screen.press("Set the marker")
    screen.reads("The marker is set.")
    screen.reads(SECRET)
    assert Marker.objects.filter(home=here, case=case, kind="two_to_visit").count() == 1
    screen.sign_out()

    screen.sign_in(iris.email)
    screen.follow("Address check")
    screen.look("address-check")
    screen.choose("What is it for?", "A visit, a call or a delivery")
    screen.type("First line of the address", "1 alder court")
    screen.type("Postcode", "zz11zz")
    screen.press("May we go ahead?")
    screen.look("address-answer")
    screen.reads("Go ahead.")
    screen.reads("Two people to attend.")
    screen.does_not_read("hurt")
    screen.does_not_read("risk")
    answers = []
    for number in (1, 2, 3):
        screen.follow("Ask about another address")
        screen.choose("What is it for?", "Arrears")
        screen.type("Or a reference", homes.uprn_of(number))
        screen.press("May we go ahead?")
        answers.append(page.get_by_role("main").inner_text())
    assert answers[0] == answers[1]
    assert "Speak to Customer services desk, 01632 960120, first." in answers[0]
    assert "Go ahead." in answers[2]
    screen.sign_out()

    screen.sign_in(asha.email)
    screen.go(f"/cases/{case.reference}/markers")
    screen.reads("by Iris Oldroyd")
    screen.reads("Arrears")
    screen.follow("End it")
    screen.type("Why does it end?", "He has moved away.")
    screen.press("End it")
    screen.reads("The marker is ended.")
    screen.sign_out()

    # A review that is due is on the list of whoever looks after the marker.
    screen.sign_in(lena.email)
    screen.go("/duties")
    screen.reads("1 marker is to be looked at again.")
    screen.follow("Look at it")
    screen.look("markers")
    screen.reads("Look at it again now")
    screen.follow("Keep it longer")
    screen.type("Why is it still needed?", "Nothing has changed.")
    screen.press("Keep it")
    screen.reads("The marker is kept.")
