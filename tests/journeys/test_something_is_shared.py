"""She says no, something is shared all the same with a ground, waits for somebody else, goes, and is received."""

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fanlight.casework.models import Share
from tests import homes
from tests.cast import hire
from tests.journeys.officer import Officer
from tests.journeys.test_who_saw_whom import case_of


def test_what_she_did_not_agree_to_is_authorised_by_somebody_else_and_shown_again_as_it_went(
    page: Page, live_server: LiveServer
) -> None:
    lena = hire("Lena Vale", "connect", safeguarding_lead=[])
    asha = hire("Asha Rahmani", "connect", case_officer=["Kirklees North"])
    case = case_of(lena, asha)
    homes.a_part(case, homes.a_person("Maria Tandy"), "person_at_risk", asha)
    homes.a_part(case, homes.a_person("Piotr Zelenka"), "causing_harm", asha)

    screen = Officer(page, live_server.url, scripts=True)
    screen.sign_in(asha.email)
    screen.go(f"/cases/{case.reference}")
    screen.follow("Consent")
    screen.look("consent")
    screen.press("Record consent")
    screen.press("Record it")
    screen.reads("Say what they said")
    screen.look("record-consent")
    screen.choose("Whose consent is it?", "Maria Tandy, Survivor")
    page.get_by_label("Who may be told?").select_option(label="Police, when it is not an emergency (Police)")
    screen.choose("For what?", "To prevent or detect crime")
    screen.choose("What did they say?", "Did not agree")
    screen.type("In their own words", "He will know that it was me.")
    screen.choose("How was it taken?", "In person")
    screen.press("Record it")
    screen.reads("He will know that it was me.")
    screen.look("consent-refused")

    screen.go(f"/cases/{case.reference}/shares")
    screen.look("shares")
    screen.press("Share something")
    screen.look("share")
    screen.reads("He will know that it was me.")
    screen.press("Read what would go")
    screen.reads("Say the basis under Article 6.")
    screen.look("share-missing")
    page.get_by_role("group", name="Whom is it about?").get_by_label("Maria Tandy, Survivor").check()
    page.get_by_label("Who receives it?").select_option(label="Police, when it is not an emergency (Police)")
    screen.choose("How does it get to them?", "Told by telephone")
    screen.choose("For what?", "To prevent or detect crime")
    screen.type("Why must they be told?", "Zelenka said that he comes back tonight.")
    page.get_by_role("group", name="Maria Tandy, Survivor").get_by_label("Name: Maria Tandy").check()
    screen.type("Why is it necessary?", "They must know whose home it is.")
    screen.type("Why this much, and no more?", "Her name alone.")
    screen.choose(
        "If not everybody agreed: why does it go all the same?", "Asking would put the protection of somebody at risk"
    )
    screen.type("In your own words: why without their consent?", "She said no out of fear of him.")
    screen.choose("On which of the policy's grounds?", "Crime and Disorder Act 1998, section 115")
    screen.choose("The basis under Article 6", "Safeguarding, crime or an emergency (Article 6(1)(ea) and Annex 1)")
    screen.press("Look again which grounds fit")
    screen.look("share-fits")
    nine = page.get_by_role("group", name="the condition under Article 9")
    nine.get_by_label("Preventing or detecting unlawful acts").check()
    ten = page.get_by_role("group", name="the condition under Article 10")
    ten.get_by_label("Preventing or detecting unlawful acts").check()
    page.get_by_label("The public interest outweighs the confidence").check()
    screen.choose("Is section 115 of the Crime and Disorder Act relied on?", "Yes")
    screen.press("Read what would go")
    screen.reads("Read it before it goes")
    screen.reads("[taken out] said that he comes back tonight.")
    screen.does_not_read("Zelenka")
    screen.look("share-look")
    screen.press("Ask for it")
    screen.reads("Waits for its authoriser")
    screen.look("one-share")
    share = Share.objects.get()
    screen.sign_out()

    screen.sign_in(lena.email)
    screen.turn_to("Sharing")
    screen.look("all-shares")
    screen.follow(f"Case {case.reference}, Police, when it is not an emergency (Police)")
    screen.press("Authorise it, or not")
    screen.look("decide-on-share")
    screen.choose("Do you authorise it?", "Yes")
    screen.press("Go on")
    screen.reads("Sent, not yet confirmed")
    with page.expect_download() as got:
        screen.page.get_by_role("link", name="Open the document").click()
    assert got.value.path().read_bytes()[:5] == b"%PDF-"
    screen.press("They have it")
    screen.type("Who confirmed it?", "Their duty desk")
    screen.press("Save")
    screen.reads("Received")
    share.refresh_from_db()
    assert share.state == "received"
    screen.go("/agreements")
    screen.press("Enter an agreement")
    screen.look("agreement")
    screen.type("What is it called?", "With the police")
    page.get_by_role("group", name="Which kinds of service does it cover?").get_by_label("Police", exact=True).check()
    page.get_by_role("group", name="For which purposes?").get_by_label("To prevent or detect crime").check()
    for place, typed in (("Day", "5"), ("Month", "1"), ("Year", "2026")):
        page.get_by_role("group", name="From which day is it in force?").get_by_label(place).fill(typed)
    screen.press("Enter it")
    screen.reads("The agreement is on the register.")
    screen.look("agreements")
