"""Meetings of the MARAC: what goes on the record, who sees a list, whose the actions are, and minutes that stand apart."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fanlight.casework import keys, rulings
from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.change_marac_meeting import change_marac_meeting
from fanlight.casework.actions.complete_marac_action import complete_marac_action
from fanlight.casework.actions.decide_on_share import decide_on_share
from fanlight.casework.actions.disposal import clear, destroy_key, of_which_key
from fanlight.casework.actions.give_marac_action import give_marac_action
from fanlight.casework.actions.hold_case import hold_case
from fanlight.casework.actions.let_minutes_go import let_minutes_go
from fanlight.casework.actions.match_marac_listing import match_marac_listing
from fanlight.casework.actions.pass_on_marac_action import pass_on_marac_action
from fanlight.casework.actions.record_marac_attendance import record_marac_attendance
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.restore import DESTROYED
from fanlight.casework.actions.set_aside import set_aside
from fanlight.casework.actions.settle_marac_listing import settle_marac_listing
from fanlight.casework.actions.write_marac_minutes import write_marac_minutes
from fanlight.casework.models import (
    Case,
    ConsentSaid,
    Log,
    MaracAction,
    MaracListing,
    MaracMinutes,
    Share,
    Staff,
)
from fanlight.casework.models.marac_meetings import of_listing
from fanlight.casework.queries.marac_meetings import (
    count_of_my_actions,
    marac_page,
    meeting_page,
    minutes_page,
    open_actions,
)
from fanlight.casework.queries.sharing import share_document
from tests import homes, make
from tests.cast import Cast, hire
from tests.meetings import AFTER, COORDINATOR, MEETS, a_meeting, came, for_the_marac, heard, on, returned, specialist
from tests.pdf import text_of
from tests.sharing import a_case, consents, on_her_word

TO_THE_MARAC = {"to": "marac", "service": "", "organisation": COORDINATOR, "purpose": "assess_risk"}
LATER = make.later(days=3)


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case with three people in it."""
    return a_case(cast)


@pytest.fixture
def olwen(cast: Cast) -> Staff:
    """This function will take on somebody of the specialist team."""
    return specialist()


def to_the_marac(case: Case, answer: str, by: Staff) -> None:
    """This function will record what she said to the MARAC being told."""
    said = ConsentSaid(organisation=COORDINATOR, limits="That life comes first.")
    consents(case, by, answer, to="marac", service="", purpose="assess_risk", said=said)


def kinds(case: Case) -> list[str]:
    """This function will give the kinds of the last entries of a case."""
    return [one.told.kind for one in make.told(case)]


def test_a_meeting_of_ours_wants_the_return_so_long_before_as_the_landlord_says(cast: Cast) -> None:
    number = a_meeting(cast.carys)
    line = meeting_page(cast.carys, number, now=LATER).line
    assert line.returns_on == on(11)
    with pytest.raises(Faulty, match="entered already"):
        a_meeting(cast.carys)
    with pytest.raises(Refused):
        a_meeting(cast.asha, area="Leeds")
    with pytest.raises(Faulty, match="one of those"):
        a_meeting(cast.carys, area="Sefton")


def test_the_page_says_who_speaks_for_us_or_that_the_policy_names_nobody(cast: Cast) -> None:
    leeds = meeting_page(cast.carys, a_meeting(cast.carys, area="Leeds"), now=LATER)
    assert (leeds.seat.who, leeds.seat.clause) == ("Community housing officer, Engage Leeds colleagues", "4")
    assert meeting_page(cast.carys, a_meeting(cast.carys, area="Wakefield"), now=LATER).seat.who == ""


def test_what_another_agency_brings_is_a_request_and_what_we_brought_is_none(cast: Cast, case: Case) -> None:
    meeting = a_meeting(cast.carys)
    heard(meeting, case, cast.carys)
    assert make.told_last(case, "request").told.payload["fields"]["from"] == "marac"
    with pytest.raises(Faulty, match="already"):
        heard(meeting, case, cast.carys)
    other = a_case(cast)
    before = kinds(other)
    heard(meeting, other, cast.carys, brought_by="us")
    assert kinds(other) == before


def test_what_we_know_goes_as_a_share_and_the_record_says_that_it_was_reported(cast: Cast, case: Case) -> None:
    listing = heard(a_meeting(cast.carys), case, cast.carys)
    number = returned(listing, cast.asha)
    row = Share.objects.get(pk=number)
    assert kinds(case)[-3:] == ["case_report", "request_completed", "share"]
    assert row.sequence == make.told_last(case, "share").told.sequence
    assert MaracListing.objects.get(pk=listing).share_id == number
    document = share_document(cast.asha, case.reference, number, now=LATER)
    assert "Maria Novak" in text_of(document)
    assert "Zelenka" not in text_of(document)
    with pytest.raises(Refused, match="has been made"):
        returned(listing, cast.asha)


def test_a_return_goes_to_the_marac_and_lacks_nothing(cast: Cast, case: Case) -> None:
    listing = heard(a_meeting(cast.carys), case, cast.carys)
    for wrong, where in (({"to": "police", "service": "police-101"}, "to"), ({"necessity": ""}, "necessity")):
        with pytest.raises(Faulty) as faulty:
            returned(listing, cast.asha, **wrong)
        assert where in faulty.value.faults
    assert not Share.objects.exists()
    assert "case_report" not in kinds(case)


def test_a_return_against_their_word_waits_and_is_reported_when_it_goes(cast: Cast, case: Case, olwen: Staff) -> None:
    to_the_marac(case, "refused", cast.asha)
    listing = heard(a_meeting(cast.carys), case, cast.carys)
    number = returned(listing, olwen)
    assert Share.objects.get(pk=number).state == "waits"
    assert "case_report" not in kinds(case)
    decide_on_share(case=case, number=number, authorise=True, by=cast.carys, now=make.later(days=4))
    assert kinds(case)[-3:] == ["case_report", "request_completed", "share"]


@pytest.mark.parametrize(
    ("landlord", "lead", "duty"),
    [
        ("housing-plus", "neighbourhoods", "marac"),
        ("ongo", "safeguarding_lead", "case-report-for-the-marac"),
        ("one-vision", "community_safety_team", "agency-request"),
        ("tai-calon", "community_safety_officer", "complete-agency-request"),
    ],
)
def test_the_policys_own_duty_is_met_by_the_return(db: None, landlord: str, lead: str, duty: str) -> None:
    by = hire("Nerys", landlord, **{lead: []})
    case = make.make_report(by, patch=None)
    homes.a_part(case, homes.a_person("Maria Novak", landlord), "person_at_risk", by)
    make.make_entry(case, "triaged", by, now=make.later(hours=1), outcome="safeguarding_contact")
    area = next(iter(rulings.landlords.settings_of(landlord).areas))
    listing = heard(a_meeting(by, area=area), make.fresh(case), by)

    def state() -> str:
        ruling = rulings.rule_on(landlord, rulings.story_of(landlord, rulings.told(case)), LATER)
        return next(one.state for one in ruling.duties if one.row.id == duty)

    assert state() in ("open", "overdue")
    to_the_marac(make.fresh(case), "given", by)
    returned(listing, by, proposed=on_her_word(case, **TO_THE_MARAC))
    assert state() == "met"


def test_whom_we_have_not_found_is_for_those_who_arrange_and_is_no_case(cast: Cast, case: Case, olwen: Staff) -> None:
    meeting, before = a_meeting(cast.carys), Case.objects.count()
    listing = heard(meeting, None, cast.carys, who="Delyth Quillfeather, 5 Yarrow Close")
    assert Case.objects.count() == before
    assert meeting_page(olwen, meeting, now=LATER).listings[0].who.startswith("Delyth")
    assert meeting_page(cast.asha, meeting, now=LATER).listings == ()
    action = give_marac_action(
        meeting=meeting, listing=listing, what="Check the door", owner=cast.asha, due_on=on(20), by=olwen, now=AFTER
    )
    match_marac_listing(meeting=meeting, listing=listing, case=case, by=olwen, now=AFTER)
    row = MaracListing.objects.get(pk=listing)
    assert (row.case_id, row.who) == (case.pk, "")
    assert kinds(case)[-1] == "request"
    assert [one.what for one in open_actions(cast.asha, now=AFTER)] == ["Check the door"]
    assert MaracAction.objects.get(pk=action).case_id == case.pk
    with pytest.raises(Refused, match="already"):
        match_marac_listing(meeting=meeting, listing=listing, case=case, by=olwen, now=AFTER)


def test_a_case_that_one_may_not_see_is_not_on_the_list_nor_counted(cast: Cast, case: Case) -> None:
    meeting = a_meeting(cast.carys)
    empty = {one: meeting_page(one, meeting, now=LATER) for one in (cast.eve, cast.bronwen) if one is not cast.bronwen}
    listing = heard(meeting, case, cast.carys)
    homes.a_part(case, homes.a_person("Eve"), "witness", cast.carys)
    set_aside(case=make.fresh(case), staff=cast.eve, reason="Her sister.", by=cast.carys, now=LATER)
    assert meeting_page(cast.eve, meeting, now=LATER) == empty[cast.eve]
    assert marac_page(cast.eve, now=LATER).next[0].heard == 0
    assert [one.listing for one in marac_page(cast.asha, now=LATER).todo] == [listing]
    with pytest.raises(NotFound):
        settle_marac_listing(meeting=meeting, listing=listing, outcome="taken_off", why="?", by=cast.eve, now=LATER)
    with pytest.raises(NotFound):
        meeting_page(cast.bronwen, meeting, now=LATER)
    with pytest.raises(NotFound):
        meeting_page(cast.dev, meeting, now=LATER)


def test_the_pages_cost_the_same_for_one_case_and_for_many(
    cast: Cast, case: Case, django_assert_num_queries: Any
) -> None:
    meeting = a_meeting(cast.carys)
    pages = (
        lambda: marac_page(cast.carys, now=AFTER),
        lambda: meeting_page(cast.carys, meeting, now=AFTER),
        lambda: minutes_page(cast.carys, meeting, now=AFTER),
        lambda: count_of_my_actions(cast.asha, now=AFTER),
    )
    came(meeting, cast.carys, cast.carys)

    def hear(one: Case) -> None:
        listing = heard(meeting, one, cast.carys)
        said = {"meeting": meeting, "listing": listing, "by": cast.carys, "now": AFTER}
        write_marac_minutes(**said, text="Said.")
        give_marac_action(**said, what="Ring", owner=cast.asha, due_on=on(20))

    hear(case)
    asked = []
    for page in pages:
        page()
        with CaptureQueriesContext(connection) as queries:
            page()
        asked.append(len(queries))
    for _ in range(5):
        hear(a_case(cast))
    for page, number in zip(pages, asked, strict=True):
        with django_assert_num_queries(number):
            page()
    assert asked[3] == 2


def test_what_to_do_next_says_why_and_goes_when_it_is_done(cast: Cast, case: Case) -> None:
    meeting = a_meeting(cast.carys)
    listing = heard(meeting, case, cast.carys)
    assert [one.what for one in marac_page(cast.carys, now=LATER).todo] == ["return", "goes"]
    assert "named" not in marac_page(cast.carys, now=LATER).todo[0].why
    record_marac_attendance(meeting=meeting, staff=cast.carys, came="goes", by=cast.carys, now=LATER)
    returned(listing, cast.asha)
    assert marac_page(cast.carys, now=LATER).todo == ()
    assert [one.what for one in marac_page(cast.carys, now=AFTER).todo] == ["came"]
    assert marac_page(cast.asha, now=make.later(days=13)).todo == ()


def test_that_we_know_nothing_completes_the_request(cast: Cast, case: Case) -> None:
    meeting = a_meeting(cast.carys)
    listing = heard(meeting, case, cast.carys)
    settle_marac_listing(
        meeting=meeting, listing=listing, outcome="nothing_known", why="She left in 2019.", by=cast.carys, now=LATER
    )
    assert "2019" in make.told_last(case, "request_completed").told.payload["fields"]["note"]
    assert meeting_page(cast.asha, meeting, now=LATER).listings[0].state == "nothing_known"


def test_an_action_has_an_owner_who_sees_the_case_and_says_when_it_is_done(cast: Cast, case: Case) -> None:
    meeting = a_meeting(cast.carys)
    listing = heard(meeting, case, cast.carys)
    said = {"meeting": meeting, "listing": listing, "what": "Change the locks", "by": cast.carys, "now": AFTER}
    for owner, sentence in ((cast.bronwen, "works on this case"), (cast.gwen, "sees the MARAC"), (cast.dev, "sees")):
        with pytest.raises(Faulty, match=sentence):
            give_marac_action(**said, owner=owner, due_on=on(20))
    with pytest.raises(Faulty, match="before the meeting"):
        give_marac_action(**said, owner=cast.asha, due_on=on(3))
    number = give_marac_action(**said, owner=cast.asha, due_on=on(20))
    assert count_of_my_actions(cast.asha, now=make.later(days=20)) == (1, 0)
    assert count_of_my_actions(cast.asha, now=make.later(days=21)) == (1, 1)
    with pytest.raises(Faulty, match="what was done"):
        complete_marac_action(action=number, note=" ", by=cast.asha, now=make.later(days=22))
    complete_marac_action(action=number, note="Done by Ty Diogel.", by=cast.asha, now=make.later(days=22))
    (line,) = meeting_page(cast.carys, meeting, now=make.later(days=22)).actions
    assert (line.outcome, line.was_late, line.done) == ("done", True, "Done by Ty Diogel.")
    with pytest.raises(Refused, match="over"):
        complete_marac_action(action=number, note="Again", by=cast.asha, now=make.later(days=23))


def test_an_action_about_nobody_whom_we_found_is_for_its_owner_and_whoever_arranges_in_that_area(cast: Cast) -> None:
    meeting = a_meeting(cast.carys, area="Leeds")
    listing = heard(meeting, None, cast.carys, who="Delyth")
    for about in (listing, None):
        give_marac_action(
            meeting=meeting, listing=about, what="Ring", owner=cast.asha, due_on=on(20), by=cast.carys, now=AFTER
        )
    seen = {one.name: len(open_actions(one, now=AFTER)) for one in (cast.asha, cast.carys, cast.bronwen, cast.eve)}
    # Eve arranges meetings in Kirklees alone; Bronwen sees those of Leeds, and arranges none.
    assert seen == {"Asha": 2, "Carys": 2, "Bronwen": 1, "Eve": 0}


def test_an_action_is_passed_on_and_is_nobody_elses_to_complete(cast: Cast, case: Case, olwen: Staff) -> None:
    meeting = a_meeting(cast.carys)
    listing = heard(meeting, case, cast.carys)
    number = give_marac_action(
        meeting=meeting, listing=listing, what="Ring", owner=olwen, due_on=on(20), by=cast.carys, now=AFTER
    )
    with pytest.raises(Refused, match="somebody else's"):
        complete_marac_action(action=number, note="I did.", by=cast.asha, now=AFTER)
    pass_on_marac_action(action=number, owner=cast.asha, by=olwen, now=AFTER)
    assert count_of_my_actions(olwen, now=AFTER) == (0, 0)
    complete_marac_action(action=number, outcome="not_done", note="She moved.", by=cast.asha, now=AFTER)
    with pytest.raises(NotFound):
        complete_marac_action(action=number, note="?", by=cast.bronwen, now=AFTER)


def test_minutes_are_for_those_who_came_and_for_nobody_else(cast: Cast, case: Case, olwen: Staff) -> None:
    meeting = a_meeting(cast.carys)
    listing = heard(meeting, case, cast.carys)
    with pytest.raises(Faulty, match="not been held"):
        came(meeting, olwen, cast.carys, now=LATER)
    said = {"meeting": meeting, "listing": listing, "text": "The police watch the house.", "now": AFTER}
    with pytest.raises(NotFound):
        write_marac_minutes(**said, by=olwen)
    came(meeting, olwen, olwen)
    write_marac_minutes(**said, by=olwen)
    assert minutes_page(olwen, meeting, now=AFTER).cases[0].minutes[0].text == "The police watch the house."
    for member in (*cast.everybody(), hire("Pia", "connect", data_protection_officer=[])):
        with pytest.raises((NotFound, Refused)):
            minutes_page(member, meeting, now=AFTER)
    with pytest.raises(Refused, match="somebody else notes"):
        came(meeting, cast.carys, cast.carys)
    came(meeting, cast.carys, olwen)
    assert minutes_page(cast.carys, meeting, now=AFTER).cases[0].minutes
    set_aside(case=make.fresh(case), staff=cast.carys, reason="Her brother.", by=cast.carys, now=AFTER)
    assert minutes_page(cast.carys, meeting, now=AFTER).cases == ()


def test_minutes_go_with_their_case_and_when_their_time_is_over(cast: Cast, case: Case, olwen: Staff) -> None:
    meeting, other = a_meeting(cast.carys), a_case(cast)
    listings = [heard(meeting, one, cast.carys) for one in (case, other)] + [
        heard(meeting, None, cast.carys, who="Delyth")
    ]
    came(meeting, olwen, cast.carys)
    for listing in listings:
        write_marac_minutes(meeting=meeting, listing=listing, text="Said.", by=olwen, now=AFTER)
    give_marac_action(
        meeting=meeting, listing=listings[0], what="Ring", owner=cast.asha, due_on=on(20), by=olwen, now=AFTER
    )
    first, second, third = (MaracListing.objects.get(pk=one) for one in listings)
    assert str(of_listing(first)) in of_which_key(case.pk, ())[DESTROYED]
    destroy_key(of_listing(first), AFTER)
    clear(case.pk)
    assert not MaracListing.objects.filter(pk=first.pk).exists()
    assert not MaracAction.objects.exists()
    over = MEETS + timedelta(days=2 * 365 + 2)
    hold_case(reference=other.reference, reason="An inquest.", by=cast.carys, now=AFTER)
    assert let_minutes_go(now=over - timedelta(days=4)) == 0
    assert let_minutes_go(now=over) == 1
    assert list(MaracMinutes.objects.values_list("listing", flat=True)) == [second.pk]
    with pytest.raises(keys.Destroyed):
        assert third.who
    assert str(of_listing(third)) in Log.objects.filter(what="let_minutes_go").get().detail[DESTROYED]
    assert let_minutes_go(now=over) == 0
    page = minutes_page(olwen, meeting, now=over)
    assert [one.is_let_go for one in page.cases] == [False, True]
    with pytest.raises(Refused, match="too long ago"):
        write_marac_minutes(meeting=meeting, listing=third.pk, text="More.", by=olwen, now=over)


def test_a_meeting_that_was_held_is_not_moved_and_a_cancelled_one_takes_nothing(cast: Cast, case: Case) -> None:
    meeting, other = a_meeting(cast.carys), a_meeting(cast.carys, area="Leeds")
    came(meeting, cast.carys, cast.carys)
    with pytest.raises(Refused, match="has been held"):
        change_marac_meeting(meeting=meeting, meets_at=make.later(days=30), by=cast.carys, now=AFTER)
    change_marac_meeting(meeting=other, meets_at=MEETS, cancel=True, by=cast.carys, now=LATER)
    with pytest.raises(Refused, match="cancelled"):
        heard(other, case, cast.carys)
    assert marac_page(cast.carys, now=LATER).next[0].number == meeting
    assert for_the_marac(case).to == "marac"
