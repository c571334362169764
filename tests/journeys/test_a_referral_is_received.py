"""A child is referred the same day: who gets it, with which permission; it is declined, challenged, and the manager sees it in red."""

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.models import OnwardReferral
from tests import homes
from tests.cast import hire
from tests.journeys.grounds import say_why_it_may_go
from tests.journeys.officer import Officer
from tests.journeys.test_who_saw_whom import case_of


def test_a_child_is_referred_declined_and_challenged(page: Page, live_server: LiveServer) -> None:
    lena = hire("Lena Vale", "connect", line_manager=["Kirklees North"])
    asha = hire("Asha Rahmani", "connect", case_officer=["Kirklees North"])
    case = case_of(lena, asha)
    homes.a_part(case, homes.a_person("Leo Tandy"), "child", asha)

    screen = Officer(page, live_server.url, scripts=True)
    screen.sign_in(asha.email)
    screen.go(f"/cases/{case.reference}/referrals")
    screen.look("referrals")
    screen.follow("A child: children's social care")
    screen.look("refer")
    screen.reads("It goes today.")
    screen.choose("Who gets it?", "Somebody else")
    screen.press("Save the draft")
    screen.reads("Say who it is")
    screen.type("Who, if it is somebody else", "The duty team")
    screen.type("What happened, and when", "Both children heard it from the stairs.")
    screen.press("Save the draft")
    screen.reads("Nothing has been sent.")
    screen.look("referral-draft")
    screen.press("I have sent it")
    screen.look("send-referral")
    screen.choose("How was it sent?", "By telephone")
    screen.choose("give permission?", "No: asking would put somebody at risk")
    screen.press("Put it on the record")
    screen.reads("Say why they must be told.")
    say_why_it_may_go(screen, "Leo Tandy, Child", purpose="To protect a child")
    screen.press("Put it on the record")
    screen.reads("It is not received until they say so.")
    screen.sign_out()

    screen.sign_in(lena.email)
    screen.follow("Team duties")
    screen.reads("Not received")
    screen.look("team-duties-referral")
    screen.sign_out()

    screen.sign_in(asha.email)
    screen.turn_to("Referrals")
    screen.look("my-referrals")
    screen.go(f"/cases/{case.reference}/referrals/{OnwardReferral.objects.get().pk}")
    screen.follow("They have declined it")
    screen.look("say-of-referral")
    screen.type("What reason did they give?", "Below their threshold.")
    screen.press("Save")
    screen.reads("How to challenge it")
    screen.look("referral-declined")
    screen.follow("We have challenged the refusal")
    screen.type("How was it challenged", "In writing, with the three incidents of this year.")
    screen.press("Save")
    screen.turn_to("Services")
    screen.look("directory")
    screen.reads("24 services.")
    assert OnwardReferral.objects.get().state == "declined"
