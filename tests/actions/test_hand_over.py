"""Handing over: sent is not received."""

import pytest

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.acknowledge_receipt import acknowledge_receipt
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.assign_case import assign_case
from fanlight.casework.actions.end_staff import end_staff
from fanlight.casework.actions.hand_over import hand_over
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.refusals import Faulty, Stopped
from fanlight.casework.actions.say_female_staff import say_female_staff
from fanlight.casework.actions.set_aside import set_aside
from fanlight.casework.models import Case, Staff
from fanlight.casework.queries.handovers import handovers
from tests import make
from tests.cast import Cast, again, hire

NOW = make.later(hours=1)
NOTE = "Mornings only. The locks come on Friday; she has been told."
LATER = make.later(days=1)


def test_a_hand_over_is_received_only_when_it_is_acknowledged(cast: Cast) -> None:
    case = make.make_case(cast)
    sequence = make.make_entry(case, "referral", cast.asha, to="marac", now=NOW)
    waiting = handovers(cast.carys, now=LATER).items
    assert [(line.reference, line.to, line.sent_by, line.waiting) for line in waiting] == [
        (case.reference, "marac", "Asha", LATER - NOW)
    ]
    acknowledge_receipt(case=case, sequence=sequence, confirmed_by="The coordinator", by=cast.asha, now=LATER)
    assert handovers(cast.carys, now=LATER).total == 0
    receipt = make.told_last(case, "receipt").told
    assert (receipt.of_sequence, receipt.payload["fields"]) == (sequence, {"to": "marac", "by": "The coordinator"})
    with pytest.raises(Refused, match="already"):
        acknowledge_receipt(case=case, sequence=sequence, by=cast.asha, now=LATER)


def test_a_receipt_typed_as_an_entry_says_who_received_it_by_itself(cast: Cast) -> None:
    case = make.make_case(cast)
    sequence = make.make_entry(case, "referral", cast.asha, to="marac", now=NOW)
    make.make_entry(case, "receipt", cast.asha, of=sequence, now=LATER)
    assert case.referrals.get().received_at == LATER
    assert make.told_last(case, "receipt").told.payload["fields"] == {"to": "marac"}


def test_no_other_way_to_record_a_receipt_speaks_for_the_receiver(cast: Cast) -> None:
    case = make.make_case(cast)
    named = hand_over(case=case, to="case_officer", to_staff=cast.bronwen, note=NOTE, by=cast.asha, now=NOW)
    unnamed = hand_over(case=case, to="case_officer", by=cast.asha, now=NOW)
    for sequence in (named, unnamed):
        with pytest.raises(Refused, match="say that it has arrived"):
            make.make_entry(case, "receipt", cast.asha, of=sequence, now=LATER)
        with pytest.raises(Refused, match="say that it has arrived"):
            acknowledge_receipt(case=case, sequence=sequence, by=cast.asha, now=LATER)
    make.make_entry(case, "receipt", cast.carys, of=unnamed, now=LATER)
    assert [referral.received_at for referral in case.referrals.order_by("sequence")] == [None, LATER]


def test_whoever_leads_a_case_leads_it_until_the_colleague_acknowledges(cast: Cast) -> None:
    case = make.make_case(cast)
    with pytest.raises(NotFound):
        make.make_entry(case, "visit", cast.bronwen, now=NOW)
    sequence = hand_over(case=case, to="case_officer", to_staff=cast.bronwen, note=NOTE, by=cast.asha, now=NOW)
    assert make.fresh(case).lead == cast.asha
    with pytest.raises(Refused, match="Only the one"):
        acknowledge_receipt(case=case, sequence=sequence, by=cast.asha, now=LATER)
    acknowledge_receipt(case=case, sequence=sequence, by=cast.bronwen, now=LATER)
    assert make.fresh(case).lead == cast.bronwen
    assert handovers(cast.carys, now=LATER).total == 0


def test_nothing_is_handed_over_to_somebody_who_may_not_see_it(cast: Cast) -> None:
    case = make.make_case(cast)
    add_part(case=case, name="Bronwen", part="witness", staff_email="bronwen@connect.example", by=cast.asha, now=NOW)
    for to_staff in (cast.dev, cast.gwen, cast.iris, cast.bronwen, cast.farah):
        with pytest.raises(Refused):
            hand_over(case=case, to="case_officer", to_staff=to_staff, note=NOTE, by=cast.asha, now=NOW)
    with pytest.raises(Faulty):
        hand_over(case=case, to="", by=cast.asha, now=NOW)


def test_a_case_that_somebody_leads_does_not_change_hands_without_a_note_for_the_next_one(cast: Cast) -> None:
    case = make.make_case(cast)
    for note in ("", " ", "-"):
        with pytest.raises(Faulty) as faulty:
            hand_over(case=case, to="case_officer", to_staff=cast.bronwen, note=note, by=cast.asha, now=NOW)
        assert set(faulty.value.faults) == {"note"}
        with pytest.raises(Faulty):
            assign_case(case=case, to=cast.bronwen, role="case_officer", note=note, by=cast.carys, now=NOW)
        with pytest.raises(Faulty):
            record_entry(
                case=case, kind="referral", fields={"to": "case_officer"}, to_staff=cast.bronwen, note=note,
                by=cast.asha, now=NOW,
            )  # fmt: skip


def test_a_case_that_is_given_to_another_stays_with_whoever_leads_it_until_it_is_acknowledged(cast: Cast) -> None:
    case = make.make_case(cast)
    assert not assign_case(case=case, to=cast.bronwen, role="case_officer", note=NOTE, by=cast.carys, now=NOW)
    assert make.fresh(case).lead == cast.asha
    (waiting,) = handovers(cast.bronwen, now=LATER).items
    acknowledge_receipt(case=case, sequence=waiting.sequence, by=cast.bronwen, now=LATER)
    assert make.fresh(case).lead == cast.bronwen
    assert make.told_last(case, "referral").note == NOTE


def test_a_case_changes_hands_at_once_where_whoever_leads_it_cannot_go_on(cast: Cast) -> None:
    led = make.make_case(cast)
    assert assign_case(case=led, to=cast.bronwen, role="case_officer", note=NOTE, at_once=True, by=cast.carys, now=NOW)
    assert make.fresh(led).lead == cast.bronwen
    left, kept = make.make_case(cast), make.make_case(cast)
    set_aside(case=kept, staff=cast.asha, reason="A friend.", by=cast.carys, now=NOW)
    assert assign_case(case=kept, to=cast.bronwen, role="case_officer", note=NOTE, by=cast.carys, now=NOW)
    end_staff(staff=cast.asha, by=cast.huw, now=NOW)
    assert assign_case(case=left, to=cast.bronwen, role="case_officer", note=NOTE, by=cast.carys, now=NOW)


def test_a_case_that_nobody_leads_is_given_to_somebody_without_more_ado(cast: Cast) -> None:
    case = make.make_report(cast.iris)
    open_case(case=case, outcome="safeguarding_contact", by=cast.carys, now=NOW)
    assert assign_case(case=case, to=cast.bronwen, role="case_officer", by=cast.carys, now=NOW)
    assert make.fresh(case).lead == cast.bronwen


def a_case_of_tai_calon(**facts: object) -> tuple[Case, Staff, Staff, Staff]:
    """This function will make a case in Tredegar, its officer, another, and their manager."""
    mali = hire("Mali", "tai-calon", community_housing_officer=["Tredegar"])
    cerys = hire("Cerys", "tai-calon", line_manager=[], community_housing_officer=["Abertillery"])
    emrys = hire("Emrys", "tai-calon", housing_manager=[])
    case = make.make_report(mali, patch="Tredegar", **facts)
    open_case(case=case, outcome="safeguarding_contact", lead=mali, role="community_housing_officer", by=emrys, now=NOW)
    return make.fresh(case), mali, cerys, emrys


@pytest.mark.django_db
def test_where_the_policy_has_one_point_of_contact_changing_it_asks_for_the_reason() -> None:
    case, mali, cerys, emrys = a_case_of_tai_calon()
    asked = {"note": NOTE, "now": LATER}
    for reason in ("", "."):
        with pytest.raises(Faulty) as faulty:
            hand_over(case=case, to="case_officer", to_staff=cerys, reason=reason, by=mali, **asked)
        assert set(faulty.value.faults) == {"reason"}
    with pytest.raises(Faulty):
        assign_case(case=case, to=cerys, role="community_housing_officer", by=emrys, **asked)
    why = "She has moved to Abertillery."
    sequence = hand_over(case=case, to="case_officer", to_staff=cerys, reason=why, by=mali, **asked)
    assert why in make.told_last(case, "referral").note
    acknowledge_receipt(case=case, sequence=sequence, by=cerys, now=LATER)
    # Of the roles that she holds, it is the one whose cases they are.
    assert make.told_last(case, "assigned").told.payload["fields"]["to"] == "community_housing_officer"


@pytest.mark.django_db
def test_whether_somebody_is_female_staff_is_what_they_said_and_is_never_guessed() -> None:
    nasreen = hire("Nasreen", "one-vision", community_safety_team=[])
    colin = hire("Colin", "one-vision", community_safety_team=[])
    case = make.make_report(nasreen, patch="Sefton North")
    open_case(case=case, outcome="safeguarding_contact", lead=colin, role="community_safety_team", by=nasreen, now=NOW)
    assert "female" not in make.told_last(case, "assigned").told.payload["fields"]
    say_female_staff(staff=colin, is_female_staff=False, by=colin, now=NOW)
    say_female_staff(staff=nasreen, is_female_staff=True, by=nasreen, now=NOW)
    make.make_entry(case, "learned", nasreen, now=NOW, facts={"female_staff_wanted": True})
    assign_case(case=case, to=nasreen, role="community_safety_team", note=NOTE, at_once=True, by=nasreen, now=LATER)
    assert make.told_last(case, "assigned").told.payload["fields"]["female"] is True
    # Better now than when he acknowledges.
    with pytest.raises(Stopped) as stopped:
        assign_case(case=case, to=colin, role="community_safety_team", note=NOTE, by=nasreen, now=LATER)
    assert [gate.gate for gate in stopped.value.gates] == ["women-only"]
    with pytest.raises(Stopped):
        hand_over(case=case, to="case_officer", to_staff=colin, note=NOTE, by=nasreen, now=LATER)


def test_everybody_says_it_of_themselves_and_only_those_who_look_after_people_of_another(cast: Cast) -> None:
    say_female_staff(staff=cast.asha, is_female_staff=True, by=cast.asha, now=NOW)
    assert again(cast.asha).is_female_staff is True
    for by in (cast.huw, cast.carys):
        say_female_staff(staff=cast.asha, is_female_staff=None, by=by, now=NOW)
        assert again(cast.asha).is_female_staff is None
    for by in (cast.bronwen, cast.dev, cast.gwen):
        with pytest.raises(Refused):
            say_female_staff(staff=cast.asha, is_female_staff=True, by=by, now=NOW)
