"""Roles by two people, deputies, who is kept from a case, emergencies, leavers: what each does and what it must not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from fanlight.casework import access
from fanlight.casework.access import NotFound, Refused, can, find_case, permissions, standing_of, visible_cases
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.add_staff import add_staff
from fanlight.casework.actions.ask_for_role import ask_for_role
from fanlight.casework.actions.assign_case import assign_case
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.decide_on_role import decide_on_role
from fanlight.casework.actions.end_deputy import end_deputy
from fanlight.casework.actions.end_staff import end_staff
from fanlight.casework.actions.hand_over import hand_over
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.let_back_in import let_back_in
from fanlight.casework.actions.name_deputy import name_deputy
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.actions.open_in_emergency import open_in_emergency
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.redirect_report import redirect_report
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.relate_staff import relate_staff
from fanlight.casework.actions.report_abuse import NewPart, report_abuse
from fanlight.casework.actions.review_emergency import review_emergency
from fanlight.casework.actions.set_aside import set_aside
from fanlight.casework.actions.take_role_away import take_role_away
from fanlight.casework.landlords import RoleSettings, settings_of
from fanlight.casework.models import Case, EmergencyAccess, KeptFrom, Log, RoleAsked, Staff, StaffRole
from fanlight.casework.queries.emergencies import count_to_review, emergencies, emergency
from fanlight.casework.queries.handovers import handovers
from fanlight.casework.queries.my_duties import my_duties
from fanlight.casework.queries.team_duties import team_duties
from fanlight.casework.queries.triage_report import triage_report
from tests import make
from tests.cast import HOME_PATCH, OTHER_PATCH, Cast, again, hire

NOW = make.later(days=1)
TODAY = NOW.date()
WHY = {"purpose": "danger", "reason": "She rang from a neighbour's."}


def sees(staff: Staff, case: Case, now: object = NOW) -> bool:
    """This function will say whether somebody sees a case at a moment, asked as the next request would."""
    found = standing_of(again(staff), make.fresh(case), now=now).sees  # type: ignore[arg-type]  # moments all
    listed = visible_cases(again(staff), now=now).filter(pk=case.pk).exists()  # type: ignore[arg-type]  # as above
    assert found is listed
    return found


def desks(case: Case) -> set[str]:
    """This function will give the desks on which the open duties of a case lie."""
    return {desk for duty in make.fresh(case).duties.filter(state="open") for desk in duty.desks}


def opened(case: Case, by: Staff, now: object = NOW) -> EmergencyAccess:
    """This function will open a case in an emergency, and give the row."""
    open_in_emergency(reference=case.reference, **WHY, by=again(by), now=now)  # type: ignore[arg-type]  # as above
    return EmergencyAccess.objects.latest("pk")


# ── Roles ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_role_that_sees_cases_is_granted_by_two_people_and_works_from_the_next_request(cast: Cast) -> None:
    case = make.make_case(cast)
    assert ask_for_role(staff=cast.iris, role="specialist_team", by=cast.huw, now=NOW) is False
    assert not sees(cast.iris, case)
    decide_on_role(number=RoleAsked.objects.get().pk, is_granted=True, by=cast.carys, now=NOW)
    assert sees(cast.iris, case)
    take_role_away(staff=cast.iris, role="specialist_team", by=cast.huw, now=NOW)
    assert not sees(cast.iris, case)
    logged = Log.objects.filter(what__in=["ask_for_role", "decide_on_role", "take_role_away"]).order_by("pk")
    assert [(row.staff_id, row.detail["role"]) for row in logged] == [
        (cast.huw.pk, "specialist_team"),
        (cast.carys.pk, "specialist_team"),
        (cast.huw.pk, "specialist_team"),
    ]


def test_a_role_that_shows_no_case_takes_one_person(cast: Cast) -> None:
    assert ask_for_role(staff=cast.iris, role="executive", by=cast.huw, now=NOW) is True
    assert can(again(cast.iris), "figures:see")


@pytest.mark.parametrize("role", ["data_protection_officer", "people_and_culture", "line_manager", "safeguarding_lead"])
def test_whatever_shows_cases_or_who_looked_at_them_takes_two(cast: Cast, role: str) -> None:
    assert ask_for_role(staff=cast.iris, role=role, by=cast.huw, now=NOW) is False


def test_nobody_grants_a_role_to_themselves_by_whatever_way(cast: Cast) -> None:
    with pytest.raises(Refused):
        ask_for_role(staff=cast.huw, role="executive", by=cast.huw, now=NOW)
    with pytest.raises(Refused):
        ask_for_role(staff=cast.carys, role="specialist_team", by=cast.carys, now=NOW)
    # One who may ask and approve both asks for another, and does not approve it; nor does the other their own.
    both = hire("Both", "connect", safeguarding_lead=[])
    StaffRole.objects.create(landlord=both.landlord, staff=both, role="system_administrator", patches=[])
    ask_for_role(staff=cast.carys, role="specialist_team", by=both, now=NOW)
    number = RoleAsked.objects.get().pk
    for by in (both, cast.carys):
        with pytest.raises(Refused):
            decide_on_role(number=number, is_granted=True, by=by, now=NOW)
    assert [role for role, _ in again(cast.carys).roles_held] == ["safeguarding_lead"]


def test_nobody_but_those_who_may_asks_approves_or_takes_away(cast: Cast) -> None:
    ask_for_role(staff=cast.bronwen, role="line_manager", by=cast.huw, now=NOW)
    number = RoleAsked.objects.get().pk
    for by in (cast.asha, cast.eve, cast.gwen, cast.iris, cast.dev):
        with pytest.raises((Refused, NotFound)):
            ask_for_role(staff=cast.farah, role="line_manager", by=by, now=NOW)
        with pytest.raises((Refused, NotFound)):
            decide_on_role(number=number, is_granted=True, by=by, now=NOW)
        with pytest.raises((Refused, NotFound)):
            take_role_away(staff=cast.carys, role="safeguarding_lead", by=by, now=NOW)
        with pytest.raises((Refused, NotFound)):
            end_staff(staff=cast.carys, by=by, now=NOW)
    assert can(again(cast.carys), "case:see")


def test_more_patches_are_a_new_grant_and_add_to_those_held(cast: Cast) -> None:
    ask_for_role(staff=cast.bronwen, role="case_officer", patches=[HOME_PATCH], by=cast.huw, now=NOW)
    assert dict(again(cast.bronwen).roles_held) == {"case_officer": (OTHER_PATCH,)}
    decide_on_role(number=RoleAsked.objects.get().pk, is_granted=True, by=cast.carys, now=NOW)
    assert dict(again(cast.bronwen).roles_held) == {"case_officer": (HOME_PATCH, OTHER_PATCH)}
    with pytest.raises(Faulty):
        ask_for_role(staff=cast.bronwen, role="case_officer", patches=[HOME_PATCH], by=cast.huw, now=NOW)


def test_whoever_manages_accounts_never_sees_cases_through_another_role(cast: Cast) -> None:
    bob = hire("Bob", "connect", system_administrator=[])
    with pytest.raises(Faulty, match="manages accounts may not see cases"):
        ask_for_role(staff=bob, role="case_officer", by=cast.huw, now=NOW)
    with pytest.raises(Faulty, match="manages accounts may not see cases"):
        ask_for_role(staff=cast.asha, role="system_administrator", by=cast.huw, now=NOW)


def test_a_colleague_who_takes_somebody_on_cannot_give_them_sight_of_cases_alone(cast: Cast) -> None:
    case = make.make_case(cast)
    new = add_staff(
        landlord=cast.huw.landlord,
        name="Nerys",
        email="nerys@connect.example",
        roles={"specialist_team": [], "all_staff": []},
        by=cast.huw,
        now=NOW,
    )
    assert [role for role, _ in again(new).roles_held] == ["all_staff"]
    assert not sees(new, case)
    decide_on_role(number=RoleAsked.objects.get(staff=new).pk, is_granted=True, by=cast.carys, now=NOW)
    assert sees(new, case)
    with pytest.raises(Refused):
        add_staff(
            landlord=cast.dev.landlord, name="X", email="x@ongo.example", roles={"manager": []}, by=cast.huw, now=NOW
        )


def test_a_leaver_loses_everything_at_once_and_their_work_shows_up_for_others(cast: Cast) -> None:
    case = make.make_case(cast)
    name_deputy(staff=cast.asha, deputy=cast.bronwen, first_day=TODAY, last_day=TODAY, by=cast.asha, now=NOW)
    assert sees(cast.bronwen, case)
    end_staff(staff=cast.asha, by=cast.huw, now=NOW)
    asha = again(cast.asha)
    assert (asha.is_active, asha.roles_held) == (False, ())
    assert not sees(asha, case)
    assert not can(asha, "report:make")
    assert not sees(cast.bronwen, case)
    assert f"staff:{asha.pk}" not in desks(case)
    assert desks(case)
    assert [line.reference for line in team_duties(again(cast.carys), now=NOW).without_lead] == [case.reference]
    with pytest.raises(Refused):
        assign_case(case=case, to=asha, role="case_officer", by=cast.carys, now=NOW)


def test_an_account_is_ended_once_by_somebody_else(cast: Cast) -> None:
    with pytest.raises(Refused):
        end_staff(staff=cast.huw, by=cast.huw, now=NOW)
    end_staff(staff=cast.asha, by=cast.carys, now=NOW)
    with pytest.raises(Refused):
        end_staff(staff=again(cast.asha), by=cast.carys, now=NOW)
    with pytest.raises(NotFound):
        end_staff(staff=cast.dev, by=cast.carys, now=NOW)


# ── Deputies ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_deputy_has_the_cases_and_the_duties_from_the_first_day_to_the_end_of_the_last(cast: Cast) -> None:
    case = make.make_case(cast)
    before = my_duties(again(cast.asha), now=NOW).total
    name_deputy(
        staff=cast.asha,
        deputy=cast.bronwen,
        first_day=TODAY + timedelta(days=1),
        last_day=TODAY + timedelta(days=2),
        by=cast.asha,
        now=NOW,
    )
    midnight = NOW.replace(hour=0, minute=0)
    for moment, is_on in (
        (NOW, False),
        (midnight + timedelta(days=1), True),
        (midnight + timedelta(days=3, seconds=-1), True),
        (midnight + timedelta(days=3), False),
    ):
        assert sees(cast.bronwen, case, moment) is is_on
        assert my_duties(again(cast.bronwen), now=moment).total == (before if is_on else 0)
    tomorrow = midnight + timedelta(days=1, hours=9)
    record_entry(case=case, kind="visit", reach=make.reached("visit"), by=again(cast.bronwen), now=tomorrow)
    assert my_duties(again(cast.bronwen), now=tomorrow).stands_in_for == ("Asha",)
    with pytest.raises(Refused):
        assign_case(case=case, to=cast.bronwen, role="case_officer", by=again(cast.bronwen), now=tomorrow)


def test_a_deputy_gains_reach_and_never_sight_of_a_kind_of_case_that_no_role_of_theirs_has(cast: Cast) -> None:
    about_colleague = make.make_case(cast, lead=cast.carys, about="colleague")
    led = make.make_case(cast, lead=cast.carys, patch=HOME_PATCH)
    name_deputy(staff=cast.carys, deputy=cast.bronwen, first_day=TODAY, last_day=TODAY, by=cast.carys, now=NOW)
    assert sees(cast.bronwen, led)
    assert not sees(cast.bronwen, about_colleague)
    references = {line.case.reference for line in my_duties(again(cast.bronwen), now=NOW).duties.items}
    assert led.reference in references
    assert about_colleague.reference not in references
    assert my_duties(again(cast.bronwen), now=NOW).total == len(my_duties(again(cast.bronwen), now=NOW).duties.items)
    assert not can(again(cast.bronwen), "report:triage")


@pytest.mark.parametrize("kept", ["named", "related", "set aside"])
def test_a_deputy_who_is_kept_from_a_case_sees_nothing_of_it(cast: Cast, kept: str) -> None:
    case = make.make_case(cast)
    name_deputy(staff=cast.asha, deputy=cast.bronwen, first_day=TODAY, last_day=TODAY, by=cast.asha, now=NOW)
    keep(cast, case, cast.bronwen, kept)
    assert not sees(cast.bronwen, case)
    assert my_duties(again(cast.bronwen), now=NOW).total == 0


@pytest.mark.parametrize("kept", ["named", "related", "set aside"])
def test_one_who_is_kept_from_a_case_cannot_look_at_it_through_a_deputy(cast: Cast, kept: str) -> None:
    case = make.make_case(cast)
    keep(cast, case, cast.asha, kept)
    name_deputy(staff=cast.asha, deputy=cast.bronwen, first_day=TODAY, last_day=TODAY, by=cast.asha, now=NOW)
    assert not sees(cast.bronwen, case)


def test_deputies_do_not_pass_it_on(cast: Cast) -> None:
    case, third = make.make_case(cast), hire("Third", "connect", case_officer=[OTHER_PATCH])
    name_deputy(staff=cast.asha, deputy=cast.bronwen, first_day=TODAY, last_day=TODAY, by=cast.asha, now=NOW)
    name_deputy(staff=cast.bronwen, deputy=third, first_day=TODAY, last_day=TODAY, by=cast.bronwen, now=NOW)
    assert sees(cast.bronwen, case)
    assert not sees(third, case)


def test_nobody_makes_themselves_a_deputy_and_only_some_name_one_for_another(cast: Cast) -> None:
    def name(staff: Staff, deputy: Staff, by: Staff, days: tuple[date, date] = (TODAY, TODAY)) -> int:
        return name_deputy(staff=staff, deputy=deputy, first_day=days[0], last_day=days[1], by=by, now=NOW)

    for staff, deputy, by in (
        (cast.asha, cast.bronwen, cast.bronwen),
        (cast.asha, cast.carys, cast.carys),
        (cast.asha, cast.eve, cast.bronwen),
        (cast.dev, cast.asha, cast.carys),
    ):
        with pytest.raises(Refused):
            name(staff, deputy, by)
    for staff, deputy, by in (
        (cast.asha, cast.asha, cast.huw),
        (cast.asha, cast.dev, cast.asha),
        (cast.asha, cast.gwen, cast.asha),
        (cast.asha, cast.huw, cast.asha),
    ):
        with pytest.raises((Faulty, Refused)):
            name(staff, deputy, by)
    for days in (
        (TODAY, TODAY - timedelta(days=1)),
        (TODAY - timedelta(days=3),) * 2,
        (TODAY, TODAY.replace(year=2028)),
    ):
        with pytest.raises(Faulty):
            name(cast.asha, cast.bronwen, cast.asha, days)
    name(cast.asha, cast.bronwen, cast.huw)
    name(cast.asha, cast.bronwen, cast.carys)


def test_a_deputy_is_ended_at_once_by_those_whom_it_concerns(cast: Cast) -> None:
    case = make.make_case(cast)
    number = name_deputy(staff=cast.asha, deputy=cast.bronwen, first_day=TODAY, last_day=TODAY, by=cast.asha, now=NOW)
    for by in (cast.eve, cast.dev, cast.gwen):
        with pytest.raises(NotFound):
            end_deputy(number=number, by=by, now=NOW)
    end_deputy(number=number, by=cast.bronwen, now=NOW)
    assert not sees(cast.bronwen, case)
    with pytest.raises(NotFound):
        end_deputy(number=number, by=cast.asha, now=NOW)


# ── Kept from a case ─────────────────────────────────────────────────────────────────────────────────────────────────


def keep(cast: Cast, case: Case, staff: Staff, how: str) -> None:
    """This function will keep somebody from a case in one of the three ways."""
    if how == "named":
        email = f"{staff.name.lower()}@{staff.landlord_id}.example"
        add_part(case=case, name=staff.name, part="witness", staff_email=email, by=cast.carys, now=NOW)
    elif how == "related":
        relate_staff(case=case, staff=staff, relation="sibling", by=cast.carys, now=NOW)
    else:
        set_aside(case=case, staff=staff, reason="They fell out in public.", by=cast.carys, now=NOW)


@pytest.mark.parametrize("how", ["named", "related", "set aside"])
def test_whoever_is_kept_from_a_case_finds_nothing_of_it_anywhere(cast: Cast, how: str) -> None:
    """Everything that could show it is put there first: they lead it, a hand-over names them, it is on their desk, and open."""
    case = make.make_case(cast, lead=cast.bronwen, patch=OTHER_PATCH)
    manager = hire("Nest", "connect", line_manager=[OTHER_PATCH], case_officer=[OTHER_PATCH])
    hand_over(
        case=case, to="case_officer", to_staff=manager, note="Read the last page first.", by=cast.bronwen, now=NOW
    )
    assign_case(case=case, to=manager, role="case_officer", note="Yours.", at_once=True, by=cast.carys, now=NOW)
    hand_over(case=case, to="case_officer", to_staff=manager, note="Read the last page first.", by=cast.carys, now=NOW)
    name_deputy(staff=cast.bronwen, deputy=manager, first_day=TODAY, last_day=TODAY, by=cast.bronwen, now=NOW)
    report = make.make_report(cast.iris, patch=OTHER_PATCH)
    assert sees(manager, case)
    keep(cast, case, manager, how)
    assert not sees(manager, case)
    viewer = again(manager)
    references = [
        *(line.case.reference for line in my_duties(viewer, now=NOW).duties.items),
        *(line.reference for line in my_duties(viewer, now=NOW).handovers),
        *(line.reference for line in handovers(viewer, now=NOW).items),
        *(line.case.reference for line in team_duties(viewer, now=NOW).duties.items),
        *(line.reference for line in team_duties(viewer, now=NOW).without_lead),
        *(line.reference for line in triage_report(viewer, report.reference, now=NOW).candidates),
        *(
            line.reference
            for line in triage_report(viewer, report.reference, search=case.reference, now=NOW).candidates
        ),
    ]
    assert case.reference not in references
    for act in (
        lambda: record_entry(case=case, kind="visit", reach=make.reached("visit"), by=viewer, now=NOW),
        lambda: open_in_emergency(reference=case.reference, **WHY, by=viewer, now=NOW),
        lambda: relate_staff(case=case, staff=viewer, relation="friend", by=viewer, now=NOW),
    ):
        with pytest.raises(NotFound):
            act()
    # To join a report to it is answered as for a case that is not there.
    said = []
    for into in (case.reference, "CO-1999-000001"):
        with pytest.raises(Faulty) as faulty:
            join_case(case=report, into=into, by=viewer, now=NOW)
        said.append(faulty.value.faults)
    assert said[0] == said[1]
    # Nor can anybody hand it to them, and nobody is told why.
    with pytest.raises(Refused, match=r"^They cannot be given this case\.$"):
        hand_over(
            case=case, to="case_officer", to_staff=manager, note="Read the last page first.", by=cast.carys, now=NOW
        )
    assert f"staff:{manager.pk}" not in desks(case)
    assert [line.reference for line in team_duties(again(cast.carys), now=NOW).without_lead] == [case.reference]


def test_who_is_set_aside_is_let_back_in_with_a_reason_and_both_rows_are_kept(cast: Cast) -> None:
    case = make.make_case(cast)
    number = set_aside(case=case, staff=cast.asha, reason="They share a fence.", by=cast.carys, now=NOW)
    assert f"staff:{cast.asha.pk}" not in desks(case)
    with pytest.raises(Faulty):
        set_aside(case=case, staff=cast.asha, reason="Again", by=cast.carys, now=NOW)
    with pytest.raises(Faulty):
        let_back_in(case=case, number=number, reason=" ", by=cast.carys, now=NOW)
    let_back_in(case=case, number=number, reason="They have moved.", by=cast.carys, now=make.later(days=2))
    assert sees(cast.asha, case)
    assert f"staff:{cast.asha.pk}" in desks(case)
    set_aside(case=case, staff=cast.asha, reason="Back again.", by=cast.carys, now=make.later(days=3))
    rows = KeptFrom.objects.order_by("pk")
    assert [(row.reason, row.end_reason, row.ended_at is None) for row in rows] == [
        ("They share a fence.", "They have moved.", False),
        ("Back again.", "", True),
    ]
    with pytest.raises(NotFound):
        let_back_in(case=case, number=number, reason="Once more", by=cast.carys, now=NOW)


def test_only_those_who_may_set_anybody_aside_or_say_of_another_that_they_are_related(cast: Cast) -> None:
    case = make.make_case(cast)
    with pytest.raises(Refused):
        set_aside(case=case, staff=cast.carys, reason="In my way", by=cast.asha, now=NOW)
    with pytest.raises(Refused):
        relate_staff(case=case, staff=cast.carys, relation="friend", by=cast.asha, now=NOW)
    for by in (cast.dev, cast.huw, cast.gwen, cast.farah):
        with pytest.raises(NotFound):
            set_aside(case=case, staff=cast.asha, reason="In my way", by=by, now=NOW)
    with pytest.raises(Faulty):
        set_aside(case=case, staff=cast.dev, reason="Elsewhere", by=cast.carys, now=NOW)
    relate_staff(case=case, staff=cast.asha, relation="friend", by=cast.asha, now=NOW)
    assert not sees(cast.asha, case)
    with pytest.raises(NotFound):
        let_back_in(case=case, number=KeptFrom.objects.get().pk, reason="A mistake", by=cast.asha, now=NOW)


def test_a_case_to_which_a_report_is_joined_keeps_the_same_people_away(cast: Cast) -> None:
    case, report = make.make_case(cast), make.make_report(cast.iris)
    add_part(case=report, name="Eve", part="witness", staff_email="eve@connect.example", by=cast.carys, now=NOW)
    set_aside(case=report, staff=cast.asha, reason="They share a fence.", by=cast.carys, now=NOW)
    assert sees(cast.eve, case)
    join_case(case=report, into=case.reference, by=cast.carys, now=NOW)
    assert not sees(cast.eve, case)
    assert not sees(cast.asha, case)


# ── Restricted cases ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("part", ["causing_harm", "person_at_risk"])
def test_a_customers_case_in_which_a_colleague_is_a_party_is_for_people_and_culture_and_those_who_triage_alone(
    cast: Cast, part: str
) -> None:
    case = make.make_case(cast)
    assert sees(cast.asha, case)
    add_part(case=case, name="Eve", part=part, staff_email="eve@connect.example", by=cast.asha, now=NOW)
    assert make.fresh(case).restricted
    assert make.fresh(case).about == "customer"
    assert {staff.name for staff in cast.everybody() if sees(staff, case)} == {"Carys", "Farah"}
    assert my_duties(again(cast.asha), now=NOW).total == 0
    assert f"staff:{cast.asha.pk}" not in desks(case)
    assert desks(case)


def test_a_report_that_names_a_colleague_as_the_one_causing_harm_is_restricted_from_its_first_moment(
    cast: Cast,
) -> None:
    case = report_abuse(
        fields={"source": "survivor", "channel": "phone"},
        facts={"about": "customer", "patch": HOME_PATCH},
        people=[NewPart("causing_harm", staff=cast.asha)],
        by=cast.iris,
        now=NOW,
    )
    manager = hire("Nest", "connect", line_manager=[HOME_PATCH], specialist_team=[])
    assert {staff.name for staff in (*cast.everybody(), manager) if sees(staff, case)} == {"Carys", "Farah"}


def test_a_witness_who_works_here_is_kept_away_and_the_officer_goes_on(cast: Cast) -> None:
    case = make.make_case(cast)
    add_part(case=case, name="Eve", part="witness", staff_email="eve@connect.example", by=cast.asha, now=NOW)
    assert sees(cast.asha, case)
    assert not sees(cast.eve, case)


# ── The lead is in it ────────────────────────────────────────────────────────────────────────────────────────────────


def lead_named(cast: Cast, part: str) -> Case:
    """This function will make a new report in which the only lead is named."""
    return report_abuse(
        fields={"source": "survivor", "channel": "phone"},
        facts={"about": "customer", "patch": HOME_PATCH},
        people=[NewPart(part, staff=cast.carys)],
        by=cast.iris,
        now=NOW,
    )


def test_a_case_in_which_the_only_lead_is_named_goes_to_the_roles_set_for_that_and_the_lead_sees_nothing(
    cast: Cast,
) -> None:
    sam = hire("Sam", "connect", specialist_team=[])
    case = lead_named(cast, "witness")
    assert not sees(cast.carys, case)
    assert sees(sam, case)
    for permission in ("report:triage", "case:assign", "case:strike", "case:set_aside", "emergency:review"):
        assert can(again(sam), permission, case, now=NOW), permission
    # What it lends holds in this case alone.
    other = make.make_case(cast)
    assert not can(again(sam), "case:strike", other, now=NOW)
    assert any("specialist_team" in desk for desk in desks(case))
    assert case.reference in {line.reference for line in my_duties(again(sam), now=NOW).waiting_reports}
    open_case(case=case, outcome="safeguarding_contact", lead=cast.asha, role="case_officer", by=again(sam), now=NOW)
    assert not sees(cast.carys, case)
    assert not any(":safeguarding_lead" in desk for desk in desks(case))


def test_a_restricted_case_in_which_the_only_lead_is_named_goes_to_people_and_culture_who_may_then_triage_it(
    cast: Cast,
) -> None:
    sam = hire("Sam", "connect", specialist_team=[])
    case, customers = lead_named(cast, "causing_harm"), make.make_report(cast.iris)
    assert {staff.name for staff in (*cast.everybody(), sam) if sees(staff, case)} == {"Farah"}
    assert not sees(cast.farah, customers)
    assert any("people_and_culture" in desk for desk in desks(case))
    assert {line.reference for line in my_duties(again(cast.farah), now=NOW).waiting_reports} == {case.reference}
    redirect_report(
        case=case, outcome="redirect", to="colleague_policy", reason="By our own policy", by=again(cast.farah), now=NOW
    )


def test_where_another_lead_may_see_it_nobody_stands_in(cast: Cast) -> None:
    second = hire("Second", "connect", safeguarding_lead=[])
    case = lead_named(cast, "causing_harm")
    assert sees(second, case)
    assert not can(again(cast.farah), "report:triage", case, now=NOW)
    assert not my_duties(again(cast.farah), now=NOW).waiting_reports


def test_a_desk_at_which_only_the_one_who_is_named_sits_is_no_desk_of_the_case(cast: Cast) -> None:
    case = make.make_report(cast.iris)
    assert any(f":line_manager:{HOME_PATCH}" in desk for desk in desks(case))
    add_part(case=case, name="Eve", part="witness", staff_email="eve@connect.example", by=cast.carys, now=NOW)
    assert desks(case)
    assert not any(":line_manager" in desk for desk in desks(case))
    hire("Nest", "connect", line_manager=[HOME_PATCH])
    set_aside(case=case, staff=cast.asha, reason="They share a fence.", by=cast.carys, now=NOW)
    assert any(f":line_manager:{HOME_PATCH}" in desk for desk in desks(case))


# ── Emergencies ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_in_an_emergency_a_case_is_open_for_four_hours_to_read_and_to_record_and_nothing_more(cast: Cast) -> None:
    case = make.make_case(cast)
    assert not sees(cast.bronwen, case)
    row = opened(case, cast.bronwen)
    assert (row.reason, row.until) == (WHY["reason"], NOW + timedelta(hours=4))
    assert sees(cast.bronwen, case)
    record_entry(case=case, kind="contact", reach=make.reached("contact"), by=again(cast.bronwen), now=NOW)
    for permission in ("case:close", "case:assign", "case:strike", "case:set_aside"):
        assert not can(again(cast.bronwen), permission, case, now=NOW)
    with pytest.raises(Refused):
        close_case(case=case, reason="Moved", by=again(cast.bronwen), now=NOW)
    assert sees(cast.bronwen, case, NOW + timedelta(hours=4, seconds=-1))
    assert not sees(cast.bronwen, case, NOW + timedelta(hours=4))
    logged = Log.objects.get(what="open_in_emergency")
    assert (logged.outcome, logged.case_id, logged.staff_id) == ("done", case.pk, cast.bronwen.pk)
    assert (logged.detail["override"], logged.detail["purpose"]) == ("emergency", "danger")
    assert WHY["reason"] not in str(logged.detail)


def test_in_an_emergency_nobody_makes_the_case_theirs_or_decides_whose_it_is(cast: Cast) -> None:
    """Each of these would show them the case for longer than four hours, or take it from somebody."""
    case = make.make_case(cast, patch=OTHER_PATCH, lead=cast.bronwen)
    opened(case, cast.eve)
    eve = again(cast.eve)
    tries: list[Callable[[], object]] = [
        lambda: hand_over(case=case, to="case_officer", to_staff=eve, note="Mine.", by=eve, now=NOW),
        lambda: hand_over(case=case, to="case_officer", to_staff=cast.asha, note="Yours.", by=eve, now=NOW),
        lambda: make.make_entry(case, "learned", eve, facts={"patch": HOME_PATCH}, now=NOW),
        lambda: make.make_entry(case, "learned", eve, facts={"about": "colleague"}, now=NOW),
        lambda: add_part(case=case, name="Asha", part="witness", staff_email="asha@connect.example", by=eve, now=NOW),
    ]
    for act in tries:
        with pytest.raises(Refused):
            act()
    make.make_entry(case, "contact", eve, now=NOW)
    assert not sees(eve, case, NOW + timedelta(hours=5))


def test_a_deputy_cannot_hand_the_case_to_themselves_for_good(cast: Cast) -> None:
    case = make.make_case(cast)
    name_deputy(staff=cast.asha, deputy=cast.bronwen, first_day=TODAY, last_day=TODAY, by=cast.asha, now=NOW)
    with pytest.raises(Refused, match="to yourself"):
        hand_over(case=case, to="case_officer", to_staff=cast.bronwen, note="Mine.", by=again(cast.bronwen), now=NOW)


def test_it_is_told_to_the_lead_and_reviewed_once_by_somebody_else(cast: Cast) -> None:
    case = make.make_case(cast)
    row = opened(case, cast.bronwen)
    assert my_duties(again(cast.carys), now=NOW).emergencies == count_to_review(again(cast.carys), now=NOW) == 1
    (waiting,) = emergencies(again(cast.carys), now=NOW).waiting
    assert (waiting.by, waiting.reference, waiting.reason) == ("Bronwen", case.reference, WHY["reason"])
    for by in (cast.bronwen, cast.asha, cast.eve, cast.dev, cast.farah, cast.gwen, cast.huw):
        assert count_to_review(again(by), now=NOW) == 0
        with pytest.raises(NotFound):
            review_emergency(number=row.pk, outcome="right", by=again(by), now=NOW)
        with pytest.raises(NotFound):
            emergency(again(by), row.pk, now=NOW)
    with pytest.raises(Faulty):
        review_emergency(number=row.pk, outcome="taken_further", by=cast.carys, now=NOW)
    review_emergency(number=row.pk, outcome="right", by=cast.carys, now=NOW)
    assert my_duties(again(cast.carys), now=NOW).emergencies == 0
    with pytest.raises(Refused):
        review_emergency(number=row.pk, outcome="not_needed", review="No.", by=cast.carys, now=NOW)


def test_nobody_reviews_their_own_emergency_and_a_lead_who_is_kept_away_is_told_nothing_of_it(cast: Cast) -> None:
    case, sam = make.make_case(cast), hire("Sam", "connect", specialist_team=[])
    row = opened(case, cast.bronwen)
    EmergencyAccess.objects.filter(pk=row.pk).update(staff=cast.carys)
    with pytest.raises(Refused):
        review_emergency(number=row.pk, outcome="right", by=cast.carys, now=NOW)
    EmergencyAccess.objects.filter(pk=row.pk).update(staff=cast.bronwen)
    set_aside(case=case, staff=cast.carys, reason="Her sister is in it.", by=cast.carys, now=NOW)
    assert count_to_review(again(cast.carys), now=NOW) == 0
    assert emergencies(again(cast.carys), now=NOW).waiting == ()
    assert count_to_review(again(sam), now=NOW) == 1
    review_emergency(number=row.pk, outcome="right", by=again(sam), now=NOW)


def unopened(cast: Cast) -> dict[str, Callable[[], tuple[Staff, str]]]:
    """This function will give everything that an emergency does not open: who tries, and with which reference."""
    case, about_colleague = make.make_case(cast), make.make_case(cast, lead=cast.farah, about="colleague")
    elsewhere = make.make_report(cast.dev, patch=None)
    for staff, how in ((cast.bronwen, "named"), (cast.eve, "set aside")):
        keep(cast, case, staff, how)
    third = hire("Third", "connect", case_officer=[OTHER_PATCH])
    return {
        "named in it": lambda: (cast.bronwen, case.reference),
        "set aside from it": lambda: (cast.eve, case.reference),
        "restricted": lambda: (third, about_colleague.reference),
        "another landlord's": lambda: (third, elsewhere.reference),
        "not there": lambda: (third, "CO-1999-000001"),
        "part of a reference": lambda: (third, case.reference[:-1]),
        "a pattern": lambda: (third, "CO-%"),
    }


def test_an_emergency_opens_no_case_to_one_who_is_kept_from_it_no_restricted_one_and_none_of_another_landlord(
    cast: Cast,
) -> None:
    for name, who in unopened(cast).items():
        staff, reference = who()
        with pytest.raises(NotFound):
            open_in_emergency(reference=reference, **WHY, by=again(staff), now=NOW)
        assert not EmergencyAccess.objects.exists(), name


def test_only_a_role_that_has_it_opens_anything_in_an_emergency(cast: Cast) -> None:
    case = make.make_case(cast)
    for by in (cast.gwen, cast.huw, cast.iris, cast.farah):
        for reference in (case.reference, "CO-1999-000001"):
            with pytest.raises(Refused):
                open_in_emergency(reference=reference, **WHY, by=again(by), now=NOW)
    with pytest.raises(Faulty):
        open_in_emergency(reference=case.reference, purpose="danger", reason=" ", by=again(cast.bronwen), now=NOW)
    with pytest.raises(Faulty):
        open_in_emergency(reference=case.reference, purpose="curious", reason="Mm", by=again(cast.bronwen), now=NOW)
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize("then", ["set aside", "role gone", "restricted", "left"])
def test_an_emergency_ends_at_once_when_what_it_rests_on_does(cast: Cast, then: str) -> None:
    case = make.make_case(cast)
    opened(case, cast.bronwen)
    if then == "set aside":
        keep(cast, case, cast.bronwen, "set aside")
    elif then == "role gone":
        take_role_away(staff=cast.bronwen, role="case_officer", by=cast.huw, now=NOW)
    elif then == "restricted":
        add_part(case=case, name="Eve", part="causing_harm", staff_email="eve@connect.example", by=cast.asha, now=NOW)
    else:
        end_staff(staff=cast.bronwen, by=cast.huw, now=NOW)
    assert not sees(cast.bronwen, case)


def test_a_case_that_ones_roles_show_is_not_opened_in_an_emergency(cast: Cast) -> None:
    case = make.make_case(cast)
    assert open_in_emergency(reference=case.reference.lower(), **WHY, by=again(cast.asha), now=NOW).pk == case.pk
    assert not EmergencyAccess.objects.exists()


def test_an_override_reserved_to_a_role_and_an_approval_are_not_given_in_an_emergency(cast: Cast) -> None:
    case = make.make_case(cast, lead=cast.bronwen, patch=OTHER_PATCH)
    opened(case, cast.eve)
    standing = find_case(again(cast.eve), case.reference, now=NOW)[1]
    assert standing.emergency_until == NOW + timedelta(hours=4)
    assert standing.override_role("line_manager") == ""
    assert standing.why_not_record("approval", approves="move", as_role="line_manager")
    assert {role.role for role in standing.roles} == {"line_manager", "case_officer"}
    assert all(role.settings.permissions <= access.IN_EMERGENCY for role in standing.roles)


@pytest.mark.parametrize("permission", ["case:see", "staff:approve", "address:authorise"])
def test_a_role_that_shows_a_case_or_decides_who_sees_something_takes_two(
    permission: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    landlord = settings_of("connect")
    role = RoleSettings("another", "own", frozenset({"report:make", permission}), frozenset())
    roles = {**landlord.roles, "another": role, "plain": replace(role, permissions=frozenset({"report:make"}))}
    monkeypatch.setattr(permissions, "settings_of", lambda _: replace(landlord, roles=roles))
    assert access.takes_two("connect", "another")
    assert not access.takes_two("connect", "plain")
