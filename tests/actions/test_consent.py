"""Consent: of one person, one receiver and one purpose, how it was taken, and the last word is what holds."""

from typing import Any

import pytest

from fanlight.casework import rulings
from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.record_consent import record_consent
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.strike_entry import strike_entry
from fanlight.casework.models import Case, Consent, ConsentSaid, Log, Part, Staff
from fanlight.casework.queries.consents import ConsentLine, consent_page
from tests import homes, make
from tests.cast import Cast

NOW = make.later(hours=4)
EXPLAINED = "That children come first."


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case with a person at risk, a child and the person causing harm."""
    case = make.make_case(cast)
    for name, part in (("Maria Novak", "person_at_risk"), ("Leo Novak", "child"), ("Piotr Novak", "causing_harm")):
        homes.a_part(case, homes.a_person(name), part, cast.asha)
    return case


def consent(case: Case, by: Staff, of: str = "person_at_risk", **more: Any) -> int:
    """This function will record a yes to Galop for support, unless it says otherwise."""
    said: dict[str, Any] = {
        "to": "support_service",
        "service": "galop",
        "purpose": "support",
        "answer": "given",
        "how": "by_phone",
        "said": ConsentSaid(limits=EXPLAINED),
        "now": NOW,
        **more,
    }
    return record_consent(case=case, part=Part.objects.get(case=case, part=of).pk, by=by, **said)


def facts(case: Case) -> dict[str, object]:
    """This function will give what the policy knows of consent."""
    told = rulings.told(case)
    ruling = rulings.rule_on(case.landlord_id, rulings.story_of(case.landlord_id, told), make.later(days=2))
    return {name: ruling.facts.get(name) for name in ("consented_to", "refused_to")}


def lines(case: Case, viewer: Staff) -> tuple[ConsentLine, ...]:
    """This function will give the consent that holds."""
    return consent_page(viewer, case.reference, now=make.later(days=2)).now


def test_consent_says_who_agreed_to_whom_for_what_and_how_it_was_taken(cast: Cast, case: Case) -> None:
    said = ConsentSaid(
        conditions="Not my address.", own_words="Yes, ring me first.", limits=EXPLAINED, taken_by="Nerys, IDVA"
    )
    consent(case, cast.asha, said=said, how="another_agency")
    (line,) = lines(case, cast.carys)
    assert (line.name, line.answer, line.to_title) == ("Maria Novak", "given", "Galop (Domestic abuse support service)")
    assert (line.conditions, line.own_words, line.limits) == ("Not my address.", "Yes, ring me first.", EXPLAINED)
    assert (line.taken_by, line.capacity_title) == ("Nerys, IDVA", "It is assumed: nobody has cause to doubt it")
    assert facts(case)["consented_to"] == {"support_service"}


def test_the_last_word_on_a_receiver_and_a_purpose_is_what_holds_and_the_first_can_still_be_read(
    cast: Cast, case: Case
) -> None:
    consent(case, cast.asha)
    consent(case, cast.asha, answer="withdrawn", said=ConsentSaid(own_words="Not any more."), now=make.later(hours=5))
    page = consent_page(cast.asha, case.reference, now=make.later(hours=6))
    assert [(one.answer, one.own_words) for one in page.now] == [("withdrawn", "Not any more.")]
    assert [one.answer for one in page.before] == ["given"]
    assert facts(case) == {"consented_to": frozenset(), "refused_to": {"support_service"}}


def test_a_no_for_one_purpose_leaves_the_yes_for_another_standing(cast: Cast, case: Case) -> None:
    consent(case, cast.asha, to="police", service="police-101", purpose="prevent_crime")
    consent(case, cast.asha, to="police", service="police-101", purpose="home", answer="refused")
    assert {(one.purpose, one.answer) for one in lines(case, cast.asha)} == {
        ("prevent_crime", "given"),
        ("home", "refused"),
    }
    assert facts(case)["consented_to"] == {"police"}


def test_a_yes_of_whoever_causes_harm_opens_no_gate_that_stands_for_the_person_at_risk(cast: Cast, case: Case) -> None:
    consent(case, cast.asha, "causing_harm")
    assert facts(case) == {"consented_to": None, "refused_to": None}
    consent(case, cast.asha, "causing_harm", to="perpetrator_service", service="respect")
    assert facts(case)["consented_to"] == {"perpetrator_service"}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"to": "the_neighbours"}, "to"),
        ({"service": "respect"}, "to"),
        ({"service": "", "said": ConsentSaid(limits=EXPLAINED)}, "organisation"),
        ({"purpose": "gossip"}, "purpose"),
        ({"answer": "perhaps"}, "answer"),
        ({"how": "by pigeon"}, "how"),
        ({"giver": "a friend"}, "giver"),
        ({"giver": "attorney"}, "giver_name"),
        ({"giver": "parent", "said": ConsentSaid(limits=EXPLAINED, giver="Her mother")}, "giver"),
        ({"capacity": "who knows"}, "capacity"),
        ({"said": ConsentSaid()}, "limits"),
        ({"capacity": "doubted", "said": ConsentSaid(limits=EXPLAINED, capacity="Confused today")}, "capacity"),
        ({"capacity": "found", "said": ConsentSaid(limits=EXPLAINED)}, "capacity_note"),
        ({"said": ConsentSaid(limits="x" * 5000)}, "limits"),
    ],
)
def test_consent_that_does_not_say_all_of_it_is_not_recorded(
    cast: Cast, case: Case, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Faulty) as faulty:
        consent(case, cast.asha, **more)
    assert field in faulty.value.faults
    assert not Consent.objects.exists()


def test_a_no_is_a_no_whatever_is_doubted(cast: Cast, case: Case) -> None:
    said = ConsentSaid(capacity="Confused today; assessment asked for.")
    consent(case, cast.asha, answer="refused", capacity="doubted", said=said)
    assert facts(case)["refused_to"] == {"support_service"}


def test_a_parent_may_agree_for_a_child(cast: Cast, case: Case) -> None:
    said = ConsentSaid(limits=EXPLAINED, giver="Maria Novak")
    consent(case, cast.asha, "child", giver="parent", said=said)
    assert lines(case, cast.asha)[0].giver_name == "Maria Novak"


@pytest.mark.parametrize("giver", ["Piotr Novak", "Novak, Piotr", "Mr Peter Novak", "P Novak"])
def test_whoever_causes_harm_does_not_agree_for_a_child_unless_somebody_says_why_it_counts(
    cast: Cast, case: Case, giver: str
) -> None:
    said = ConsentSaid(limits=EXPLAINED, giver=giver)
    with pytest.raises(Faulty, match="does not agree") as faulty:
        consent(case, cast.asha, "child", giver="parent", said=said)
    assert set(faulty.value.faults) == {"giver_reason"}
    assert not Consent.objects.exists()
    consent(case, cast.asha, "child", giver="parent", said=said, answer="refused")
    said = ConsentSaid(
        limits=EXPLAINED, giver=giver, giver_reason="His uncle of the same name, who has the care of him."
    )
    consent(case, cast.asha, "child", giver="parent", said=said, now=make.later(hours=5))
    assert lines(case, cast.asha)[0].giver_reason == said.giver_reason


def test_consent_that_was_recorded_in_error_holds_no_more_and_what_was_said_before_holds_again(
    cast: Cast, case: Case
) -> None:
    consent(case, cast.asha, answer="refused")
    sequence = consent(case, cast.asha, now=make.later(hours=5))
    strike_entry(case=case, sequence=sequence, reason="Another case's", by=cast.carys, now=make.later(hours=6))
    assert [one.answer for one in lines(case, cast.asha)] == ["refused"]


def test_consent_is_recorded_in_no_other_way(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="on the page"):
        record_entry(case=case, kind="consent", fields={"to": "police", "given": True}, by=cast.asha, now=NOW)


def test_whoever_does_not_see_the_case_learns_nothing_of_consent(cast: Cast, case: Case) -> None:
    consent(case, cast.asha)
    for stranger in (cast.bronwen, cast.dev, cast.gwen, cast.huw):
        with pytest.raises(NotFound):
            consent_page(stranger, case.reference, now=NOW)
        with pytest.raises(NotFound):
            consent(case, stranger)


def test_the_log_says_that_consent_was_recorded_and_nothing_of_what_was_said(cast: Cast, case: Case) -> None:
    consent(case, cast.asha, said=ConsentSaid(own_words="Zephyrine", limits=EXPLAINED))
    row = Log.objects.order_by("-pk")[0]
    assert (row.what, row.outcome, row.detail["answer"]) == ("record_consent", "done", "given")
    assert "Zephyrine" not in str(row.detail)


TO_POLICE = {"to": "police", "service": "police-101", "purpose": "prevent_crime"}


@pytest.mark.parametrize("more", [{"service": "any"}, {"purpose": "any"}, {"service": "any", "purpose": "any"}])
def test_a_no_may_be_to_any_of_a_kind_and_for_any_purpose_and_a_yes_may_not(
    cast: Cast, case: Case, more: dict[str, str]
) -> None:
    consent(case, cast.asha, **TO_POLICE)
    with pytest.raises(Faulty):
        consent(case, cast.asha, **{**TO_POLICE, **more}, now=make.later(hours=5))
    consent(case, cast.asha, answer="withdrawn", **{**TO_POLICE, **more}, now=make.later(hours=5))
    assert [one.answer for one in lines(case, cast.asha)] == ["withdrawn"]
    assert facts(case) == {"consented_to": frozenset(), "refused_to": {"police"}}


def test_a_yes_to_one_after_a_no_to_all_stands_beside_it(cast: Cast, case: Case) -> None:
    consent(case, cast.asha, answer="refused", **{**TO_POLICE, "service": "any", "purpose": "any"})
    consent(case, cast.asha, **TO_POLICE, now=make.later(hours=5))
    assert {(one.answer, one.to_title, one.purpose_title) for one in lines(case, cast.asha)} == {
        ("refused", "Police: any of them", "Any purpose"),
        ("given", "Police, when it is not an emergency (Police)", "To prevent or detect crime"),
    }
