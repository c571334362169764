"""Handing over: sent is not received."""

import pytest

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.acknowledge_receipt import acknowledge_receipt
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.hand_over import hand_over
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.queries.handovers import handovers
from tests import make
from tests.cast import Cast

NOW = make.later(hours=1)
LATER = make.later(days=1)


def test_a_hand_over_is_received_only_when_it_is_acknowledged(cast: Cast) -> None:
    case = make.make_case(cast)
    sequence = hand_over(case=case, to="marac", by=cast.asha, now=NOW)
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
    sequence = hand_over(case=case, to="marac", by=cast.asha, now=NOW)
    make.make_entry(case, "receipt", cast.asha, of=sequence, now=LATER)
    assert case.referrals.get().received_at == LATER
    assert make.told_last(case, "receipt").told.payload["fields"] == {"to": "marac"}


def test_no_other_way_to_record_a_receipt_speaks_for_the_receiver(cast: Cast) -> None:
    case = make.make_case(cast)
    named = hand_over(case=case, to="case_officer", to_staff=cast.bronwen, by=cast.asha, now=NOW)
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
    sequence = hand_over(case=case, to="case_officer", to_staff=cast.bronwen, by=cast.asha, now=NOW)
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
            hand_over(case=case, to="case_officer", to_staff=to_staff, by=cast.asha, now=NOW)
    with pytest.raises(Faulty):
        hand_over(case=case, to="", by=cast.asha, now=NOW)
