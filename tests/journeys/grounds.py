"""What somebody types into every form by which something leaves the landlord: of whom it tells, why, and on which grounds."""

from tests.journeys.officer import Officer


def say_why_it_may_go(screen: Officer, about: str, *, purpose: str = "") -> None:
    """This function will answer, without her word, all that is asked of what goes to an agency that section 115 reaches.

    No purpose: the form has one of its own.
    """
    page = screen.page
    page.get_by_role("group", name="Whom is it about?").get_by_label(about).check()
    if purpose:
        screen.choose("For what?", purpose)
    screen.type("Why must they be told?", "They can plan for her only if they know.")
    screen.type("Why is it necessary?", "Nobody else brings it together.")
    screen.type("Why this much, and no more?", "What their form asks.")
    screen.choose(
        "If not everybody agreed: why does it go all the same?", "Asking would put the protection of somebody at risk"
    )
    screen.type("In your own words: why without their consent?", "He reads her messages.")
    screen.choose("On which of the policy's grounds?", "Safeguarding a child or an adult at risk")
    screen.choose("The basis under Article 6", "Safeguarding, crime or an emergency (Article 6(1)(ea) and Annex 1)")
    for head in ("the condition under Article 9", "the condition under Article 10"):
        page.get_by_role("group", name=head).get_by_label("Safeguarding of children and of individuals at risk").check()
    page.get_by_label("The public interest outweighs the confidence").check()
    screen.choose("Is section 115 of the Crime and Disorder Act relied on?", "Yes")
