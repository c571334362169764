"""Who sees which case: the whole cast against every sort of case, and one answer everywhere."""

from itertools import product

import pytest

from fanlight.casework import access
from fanlight.casework.access import NotFound, can, find_case, standing_of, visible_cases
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.hand_over import hand_over
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.models import Case
from fanlight.casework.queries.case_page import case_page
from fanlight.casework.queries.cases import cases
from fanlight.casework.queries.my_duties import my_duties
from fanlight.casework.queries.triage_queue import triage_queue
from tests import make
from tests.cast import OTHER_PATCH, Cast, again

NOW = make.later(days=1)


def some_of_everything(cast: Cast) -> dict[str, Case]:
    """This function will make a case of every sort that differs in who sees it."""
    made = {
        "Asha's": make.make_case(cast),
        "in the other patch": make.make_case(cast, lead=cast.bronwen, patch=OTHER_PATCH),
        "whose patch nobody knows": make.make_case(cast, lead=cast.carys, patch=None),
        "whose area alone is known": make.make_case(cast, lead=cast.carys, patch=None, area="Leeds"),
        "a new report": make.make_report(cast.iris),
        "about a colleague": make.make_case(cast, lead=cast.farah, about="colleague"),
        "a new report about a colleague": make.make_report(cast.iris, about="colleague"),
        "of another landlord": make.make_report(cast.dev, patch=None),
        "in which Eve is named": make.make_case(cast),
        "that is being handed to Bronwen": make.make_case(cast),
        "that is closed": make.make_case(cast),
        "that was joined": make.make_report(cast.iris),
    }
    named = made["in which Eve is named"]
    add_part(case=named, name="Eve", part="witness", staff_email="eve@connect.example", by=cast.asha, now=NOW)
    handed = made["that is being handed to Bronwen"]
    hand_over(case=handed, to="case_officer", to_staff=cast.bronwen, note="Yours.", by=cast.asha, now=NOW)
    close_case(case=made["that is closed"], reason="Moved", by=cast.asha, now=NOW)
    join_case(case=made["that was joined"], into=made["Asha's"].reference, by=cast.carys, now=NOW)
    return made


def seen_by(cast: Cast, made: dict[str, Case]) -> dict[str, set[str]]:
    """This function will give which of the cases each of the cast sees."""
    names = {case.pk: name for name, case in made.items()}
    return {
        staff.name: {names[pk] for pk in visible_cases(again(staff), now=NOW).values_list("pk", flat=True)}
        for staff in cast.everybody()
    }


def test_each_of_the_cast_sees_their_own_cases_and_no_others(cast: Cast) -> None:
    made = some_of_everything(cast)
    seen = seen_by(cast, made)
    customers = {
        *("Asha's", "in the other patch", "whose patch nobody knows", "whose area alone is known", "a new report"),
        *("in which Eve is named", "that is being handed to Bronwen", "that is closed", "that was joined"),
    }
    colleagues = {"about a colleague", "a new report about a colleague"}
    assert seen["Carys"] == customers | colleagues
    assert seen["Farah"] == colleagues
    assert seen["Dev"] == {"of another landlord"}
    assert seen["Gwen"] == seen["Huw"] == seen["Iris"] == set()
    # A team's cases are those of its patch, and those that might be; nothing in which she is named.
    assert seen["Eve"] == customers - {"in the other patch", "whose area alone is known", "in which Eve is named"}
    assert {"Asha's", "in which Eve is named", "that is being handed to Bronwen", "that is closed"} <= seen["Asha"]
    assert not seen["Asha"] & {"in the other patch", *colleagues}
    assert {"in the other patch", "that is being handed to Bronwen"} <= seen["Bronwen"]
    assert not seen["Bronwen"] & {"Asha's", "in which Eve is named", "that is closed", *colleagues}


def test_every_way_of_asking_who_sees_a_case_gives_the_same_answer(cast: Cast) -> None:
    made = some_of_everything(cast)
    seen = seen_by(cast, made)
    for staff, (name, case) in product(cast.everybody(), made.items()):
        is_seen = name in seen[staff.name]
        viewer = again(staff)
        assert standing_of(viewer, make.fresh(case), now=NOW).sees is is_seen, (staff.name, name)
        if is_seen:
            assert find_case(viewer, case.reference, now=NOW)[0].pk == case.pk
            assert case_page(viewer, case.reference, now=NOW).case.reference == case.reference
        else:
            with pytest.raises(NotFound):
                find_case(viewer, case.reference, now=NOW)
            with pytest.raises(NotFound):
                case_page(viewer, case.reference, now=NOW)


def test_what_one_may_do_in_a_case_is_the_same_asked_of_one_case_and_of_all(cast: Cast) -> None:
    made = some_of_everything(cast)
    permissions = [permission for permission in access.PERMISSIONS if not permission.startswith("approve:")]
    for staff, permission in product(cast.everybody(), permissions):
        viewer = again(staff)
        allowed = set(visible_cases(viewer, permission, now=NOW).values_list("pk", flat=True))
        assert allowed == {case.pk for case in made.values() if can(viewer, permission, make.fresh(case), now=NOW)}, (
            staff.name,
            permission,
        )


def test_every_list_shows_nothing_that_its_viewer_may_not_see(cast: Cast) -> None:
    made = some_of_everything(cast)
    seen = seen_by(cast, made)
    for staff in cast.everybody():
        viewer = again(staff)
        references = {made[name].reference for name in seen[staff.name]}
        shown = {line.reference for line in cases(viewer, now=NOW).cases.items}
        assert shown == references, staff.name
        mine = my_duties(viewer, now=NOW)
        assert {line.case.reference for line in mine.duties.items} <= references, staff.name
        assert mine.total == mine.duties.total == len(mine.duties.items)
        assert {line.reference for line in mine.look_again} <= references
        assert {line.reference for line in mine.handovers} <= references
        assert {line.reference for line in mine.waiting_reports} <= references
        if can(viewer, "report:triage"):
            assert {line.reference for line in triage_queue(viewer, now=NOW).reports.items} <= references


def test_a_lead_who_is_named_loses_the_case_and_its_duties_go_to_somebody_who_may_see_it(cast: Cast) -> None:
    case = make.make_case(cast)
    mine = my_duties(again(cast.asha), now=NOW).total
    assert mine > 0
    add_part(case=case, name="Asha", part="causing_harm", staff_email="asha@connect.example", by=cast.carys, now=NOW)
    assert my_duties(again(cast.asha), now=NOW).total == 0
    desks = {desk for duty in case.duties.filter(state="open") for desk in duty.desks}
    assert desks
    assert not any(desk == f"staff:{cast.asha.pk}" for desk in desks)


def test_somebody_who_has_left_sees_and_does_nothing(cast: Cast) -> None:
    case = make.make_case(cast)
    cast.carys.is_active = False
    cast.carys.save()
    carys = again(cast.carys)
    assert not visible_cases(carys, now=NOW).exists()
    assert not can(carys, "report:make")
    with pytest.raises(NotFound):
        find_case(carys, case.reference, now=NOW)


def test_every_permission_in_every_landlords_settings_is_known_and_every_kind_that_a_role_records(cast: Cast) -> None:
    from fanlight.casework.landlords import ALL_KINDS, landlord_folders, settings_of
    from fanlight.policy.vocabulary import ENTRY_KINDS

    for landlord_id in landlord_folders():
        for role in settings_of(landlord_id).roles.values():
            assert role.permissions <= access.PERMISSIONS.keys(), (landlord_id, role.role)
            assert role.records <= {ALL_KINDS, *ENTRY_KINDS}, (landlord_id, role.role)


def test_a_duty_never_lies_with_a_lead_who_no_longer_sees_the_case(cast: Cast) -> None:
    case = make.make_case(cast)
    assert my_duties(again(cast.asha), now=NOW).total > 0
    make.make_entry(case, "learned", cast.carys, facts={"about": "colleague"}, now=NOW)
    assert my_duties(again(cast.asha), now=NOW).total == 0
    with pytest.raises(NotFound):
        find_case(again(cast.asha), case.reference, now=NOW)
