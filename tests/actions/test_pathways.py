"""The pathways: what the person at risk chose, the policy's own menus, and what was offered, chosen and declined, with dates."""

import pytest

from fanlight.casework import rulings
from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.answer_offer import answer_offer
from fanlight.casework.actions.disposal import clear
from fanlight.casework.actions.record_choice import record_choice
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.strike_entry import strike_entry
from fanlight.casework.models import Case, Offered
from fanlight.casework.queries.pathways import Menu, PathwaysPage, pathways_page
from tests import make
from tests.cast import Cast, hire

NOW = make.later(hours=1)


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case."""
    return make.make_case(cast)


def page_of(case: Case, cast: Cast) -> PathwaysPage:
    """This function will give the page as Asha sees it later on."""
    return pathways_page(cast.asha, case.reference, now=make.later(days=9))


def titles(menus: tuple[Menu, ...]) -> set[str]:
    """This function will name the menus."""
    return {menu.option for menu in menus}


@pytest.mark.parametrize(("choice", "menu"), [("leaves", "leaves"), ("stays", "stays"), ("ends", "ends")])
def test_each_of_the_three_pathways_has_the_menu_of_the_policy(choice: str, menu: str, case: Case, cast: Cast) -> None:
    before = page_of(case, cast)
    assert (before.choices, before.of_choice) == ((), ())
    record_choice(case=case, choice=choice, note="For the children.", by=cast.asha, now=NOW)
    page = page_of(case, cast)
    assert menu in titles(page.of_choice)
    assert [(line.choice, line.note, line.at, line.by) for line in page.choices] == [
        (choice, "For the children.", NOW, "Asha")
    ]
    assert "law" in titles(page.besides)
    assert make.told_last(case, "choice").told.payload["facts"] == {"choice": choice}


def test_they_may_choose_another_way_and_what_they_chose_before_stays(case: Case, cast: Cast) -> None:
    first = record_choice(case=case, choice="stays", by=cast.asha, now=NOW)
    record_choice(case=case, choice="leaves", by=cast.asha, now=make.later(days=1))
    assert [line.choice for line in page_of(case, cast).choices] == ["leaves", "stays"]
    strike_entry(case=case, sequence=first, reason="Another case", by=cast.carys, now=make.later(days=2))
    assert [line.choice for line in page_of(case, cast).choices] == ["leaves"]
    with pytest.raises(Faulty):
        record_choice(case=case, choice="waits", by=cast.asha, now=NOW)
    with pytest.raises(Refused, match="Pathways"):
        record_entry(case=case, kind="choice", facts={"choice": "ends"}, by=cast.asha, now=NOW)


def test_what_was_offered_chosen_and_declined_stands_at_its_item_with_its_day(case: Case, cast: Cast) -> None:
    record_choice(case=case, choice="leaves", by=cast.asha, now=NOW)
    for day, answer in enumerate(("offered", "declined", "chosen"), 1):
        answer_offer(
            case=case, option="leaves", item="idva", answer=answer, note=f"Day {day}.", by=cast.asha,
            now=make.later(days=day),
        )  # fmt: skip
    (menu,) = (menu for menu in page_of(case, cast).of_choice if menu.option == "leaves")
    (idva,) = (item for item in menu.items if item.item == "idva")
    assert [(one.answer, one.note, one.at) for one in idva.said] == [
        ("chosen", "Day 3.", make.later(days=3)),
        ("declined", "Day 2.", make.later(days=2)),
        ("offered", "Day 1.", make.later(days=1)),
    ]
    kinds = [row.told.kind for row in make.told(case)][-3:]
    assert kinds == ["support_offered", "support_declined", "support_accepted"]
    assert make.told_last(case, "support_accepted").told.payload["fields"] == {"service": "idva"}
    assert all(b"Day" not in bytes(row.sealed_note) for row in Offered.objects.all())


def test_support_that_was_recorded_by_itself_stands_at_the_service_too(case: Case, cast: Cast) -> None:
    record_choice(case=case, choice="leaves", by=cast.asha, now=NOW)
    make.make_entry(case, "support_offered", cast.asha, now=NOW, service="helpline")
    menus = page_of(case, cast)
    said = [item.said for menu in menus.of_choice for item in menu.items if item.item == "helpline"]
    assert [one[0].answer for one in said] == ["offered"]


def test_what_is_no_service_is_something_that_we_learned_and_closes_no_duty_of_support(case: Case, cast: Cast) -> None:
    words = "Help to use the civil courts: injunctions and other orders"
    answer_offer(case=case, option="law", item=words, answer="declined", note="Not yet.", by=cast.asha, now=NOW)
    learned = make.told_last(case, "learned")
    assert learned.note == f"Offered to the person at risk, and declined: {words}.\n\nNot yet."
    owed = rulings.rule_on(case.landlord_id, rulings.story_of(case.landlord_id, rulings.told(case)), NOW)
    assert next(duty for duty in owed.duties if duty.row.id == "offer-support").is_owed


def test_the_person_causing_harm_has_a_pathway_apart_and_nothing_of_it_counts_as_support_for_the_other(
    cast: Cast,
) -> None:
    case = make.make_case(cast, customer_is="perpetrator")
    page = page_of(case, cast)
    assert titles(page.of_harm) == {"perpetrator-support"}
    answer_offer(
        case=case, option="perpetrator-support", item="perpetrator_service", answer="chosen", by=cast.asha, now=NOW
    )
    assert Offered.objects.get().pathway == "causing_harm"
    assert not [row for row in make.told(case) if row.told.kind.startswith("support_")]
    assert make.told_last(case, "learned").note.startswith("Offered to the person causing harm, and chosen: ")
    (menu,) = page_of(case, cast).of_harm
    assert [one.answer for one in menu.items[0].said] == ["chosen"]


def test_what_is_on_no_menu_of_the_case_now_is_not_answered_for_and_what_was_said_before_is_still_shown(
    case: Case, cast: Cast
) -> None:
    for option, item in (("leaves", "idva"), ("law", "idva"), ("nothing", "idva"), ("marac-referral", "marac")):
        with pytest.raises(NotFound):
            answer_offer(case=case, option=option, item=item, answer="offered", by=cast.asha, now=NOW)
    with pytest.raises(Faulty):
        answer_offer(case=case, option="law", item="solicitor", answer="perhaps", by=cast.asha, now=NOW)
    assert not Offered.objects.exists()
    record_choice(case=case, choice="leaves", by=cast.asha, now=NOW)
    answer_offer(case=case, option="leaves", item="housing_options", answer="offered", by=cast.asha, now=NOW)
    record_choice(case=case, choice="stays", by=cast.asha, now=make.later(days=1))
    assert [one.title for one in page_of(case, cast).before] == ["Council housing options"]


def test_nobody_sees_or_writes_a_pathway_who_does_not_see_the_case(case: Case, cast: Cast) -> None:
    for stranger in (cast.bronwen, cast.dev, cast.gwen):
        with pytest.raises(NotFound):
            pathways_page(stranger, case.reference, now=NOW)
        with pytest.raises(NotFound):
            record_choice(case=case, choice="stays", by=stranger, now=NOW)
        with pytest.raises(NotFound):
            answer_offer(case=case, option="law", item="solicitor", answer="offered", by=stranger, now=NOW)


@pytest.mark.parametrize("landlord", ["connect", "housing-plus", "one-vision", "ongo", "tai-calon"])
def test_the_menus_of_each_landlord_are_one_or_the_other(landlord: str) -> None:
    rows = rulings.policy_in_force(landlord, NOW).options
    harm = {row.id for row in rows if rulings.is_for_causing_harm(row)}
    assert (
        harm
        == {
            "connect": {"perpetrator-support"},
            "housing-plus": {"change"},
            "one-vision": set(),
            "ongo": set(),
            "tai-calon": {"perpetrator-programme"},
        }[landlord]
    )


def test_a_policy_without_menus_for_the_choice_has_those_that_it_has_whatever_they_choose(db: None) -> None:
    officer = hire("Gwilym", "ongo", safeguarding_lead=[])
    case = make.make_report(officer, patch=None)
    page = pathways_page(officer, case.reference, now=NOW)
    assert (page.of_choice, page.of_harm) == ((), ())
    assert "support" in titles(page.besides)


def test_nothing_of_what_was_offered_is_left_when_the_case_is_disposed_of(case: Case, cast: Cast) -> None:
    answer_offer(case=case, option="law", item="solicitor", answer="offered", by=cast.asha, now=NOW)
    clear(case.pk)
    assert not Offered.objects.exists()
