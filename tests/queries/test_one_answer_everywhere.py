"""Whether somebody sees a case, and what they may do in it, is one answer: asked of one case, or of all of them in a list.

Chance makes the staff, their roles and patches, the cases, who is kept from which, deputies, emergencies and desks.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanlight.casework import access, sql
from fanlight.casework.access import NotFound, can, desk_of_person, desk_of_role, find_case, visible_cases
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import (
    Case,
    Deputy,
    Duty,
    DutyDesk,
    EmergencyAccess,
    KeptFrom,
    Landlord,
    Part,
    Referral,
    Staff,
    StaffRole,
)
from fanlight.casework.models.part import PARTS
from fanlight.casework.queries.cases import cases
from fanlight.casework.queries.my_duties import my_duties
from fanlight.casework.queries.triage_queue import reports_to_triage
from tests import make
from tests.cast import again

NOW = make.MORNING
LANDLORDS = ("connect", "ongo", "housing-plus")
PEOPLE, CASES = 4, 4
# One of each sort: to see, to write, what an emergency does not give, what a lead who may not see the case passes on.
PERMISSIONS = ("case:see", "case:write", "case:close", "report:triage", "emergency:review")
# Before, now, later: a span of time that is over, one that is on, one that is still to come.
SPANS = {"over": (-5, -1), "on": (-1, 5), "to come": (1, 5), "just begun": (0, 4), "just over": (-4, 0)}

people = st.integers(0, PEOPLE - 1)
some_cases = st.integers(0, CASES - 1)
spans = st.sampled_from(sorted(SPANS))


@st.composite
def worlds(draw: Callable[..., Any]) -> dict[str, Any]:
    """This function will draw a world: who works where as what, the cases, and all that widens or narrows who sees them."""
    landlord = draw(st.sampled_from(LANDLORDS))
    here = settings_of(landlord)
    patches = st.lists(st.sampled_from(here.patches), max_size=2, unique=True)
    roles = st.dictionaries(st.sampled_from(sorted(here.roles)), patches, max_size=3)
    places = st.sampled_from(
        [("", ""), *((area, "") for area in here.areas), *((here.area_of(p), p) for p in here.patches)]
    )
    case = st.fixed_dictionaries(
        {
            "place": places,
            "status": st.sampled_from(["new", "open", "closed", "joined"]),
            "restricted": st.booleans(),
            "lead": st.none() | people,
        }
    )
    pairs = st.tuples(some_cases, people)
    return {
        "landlord": landlord,
        "roles": draw(st.lists(roles, min_size=PEOPLE, max_size=PEOPLE)),
        "left": draw(st.sets(people, max_size=1)),
        "cases": draw(st.lists(case, min_size=CASES, max_size=CASES)),
        "elsewhere": draw(st.sets(some_cases, max_size=1)),
        "named": draw(st.sets(st.tuples(some_cases, people, st.sampled_from([part for part, _ in PARTS])), max_size=3)),
        "kept": draw(
            st.sets(st.tuples(some_cases, people, st.sampled_from(["related", "set_aside"]), st.booleans()), max_size=3)
        ),
        "deputies": draw(st.lists(st.tuples(people, people, spans), max_size=4)),
        "emergencies": draw(st.lists(st.tuples(some_cases, people, spans), max_size=4)),
        "at_desks": draw(
            st.lists(st.tuples(some_cases, people, st.none() | st.sampled_from(sorted(here.roles))), max_size=6)
        ),
        "handed": draw(st.sets(pairs, max_size=2)),
    }


class World:
    """The rows of a world, written straight into the tables: what the actions refuse to make must be answered too."""

    def __init__(self, said: dict[str, Any]) -> None:
        landlord = said["landlord"]
        for one in (landlord, "tai-calon"):
            Landlord.objects.get_or_create(id=one, defaults={"name": one})
        self.staff = [
            Staff.objects.create(
                landlord_id=landlord,
                name=f"N{place}",
                email=f"n{place}@{landlord}.example",
                password="!",
                is_active=place not in said["left"],
            )
            for place in range(PEOPLE)
        ]
        for staff, roles in zip(self.staff, said["roles"], strict=True):
            for role, patches in roles.items():
                StaffRole.objects.create(landlord_id=landlord, staff=staff, role=role, patches=patches)
        self.cases = [
            Case.objects.create(
                landlord_id="tai-calon" if place in said["elsewhere"] else landlord,
                reference=f"X-{place}",
                status=case["status"],
                restricted=case["restricted"],
                area=case["place"][0],
                patch=case["place"][1],
                lead=None if case["lead"] is None else self.staff[case["lead"]],
            )
            for place, case in enumerate(said["cases"])
        ]
        self._narrow(said)
        self._widen(said)

    def _narrow(self, said: dict[str, Any]) -> None:
        by = self.staff[0]
        for case, person, part in said["named"]:
            Part.objects.create(
                landlord_id=self.cases[case].landlord_id,
                case=self.cases[case],
                name="N",
                part=part,
                staff=self.staff[person],
                added_at=NOW,
                added_by=by,
            )
        for case, person, why in {(case, person, why) for case, person, why, _ in said["kept"]}:
            ended = (case, person, why, True) in said["kept"]
            KeptFrom.objects.create(
                landlord_id=self.cases[case].landlord_id,
                case=self.cases[case],
                staff=self.staff[person],
                why=why,
                relation="friend" if why == "related" else "",
                at=NOW,
                by=by,
                ended_at=NOW if ended else None,
            )

    def _widen(self, said: dict[str, Any]) -> None:
        by, landlord = self.staff[0], said["landlord"]
        for away, deputy, span in said["deputies"]:
            if away != deputy:
                since, until = (NOW + timedelta(hours=hours) for hours in SPANS[span])
                Deputy.objects.create(
                    landlord_id=landlord,
                    staff=self.staff[away],
                    deputy=self.staff[deputy],
                    since=since,
                    until=until,
                    named_by=by,
                    named_at=NOW,
                )
        for case, person, span in said["emergencies"]:
            at, until = (NOW + timedelta(hours=hours) for hours in SPANS[span])
            EmergencyAccess.objects.create(
                landlord_id=landlord,
                case=self.cases[case],
                staff=self.staff[person],
                purpose="danger",
                at=at,
                until=until,
            )
        for case, person, role in said["at_desks"]:
            # As the projections put them: at desks of roles that see the kind of case, and of people whom nothing keeps from it.
            matter = self.cases[case]
            sees = "colleague_case:see" if matter.restricted else "case:see"
            if role is not None and role in settings_of(landlord).roles_with(sees):
                self._put(matter, desk_of_role(landlord, role, matter.patch))
            elif role is None and access.roles_of_people(matter, [self.staff[person].pk]).get(self.staff[person].pk):
                held = access.roles_of_people(matter, [self.staff[person].pk])[self.staff[person].pk]
                if any(one.sees(matter.restricted) for one in held):
                    self._put(matter, desk_of_person(self.staff[person].pk))
        for case, person in said["handed"]:
            Referral.objects.create(
                landlord_id=landlord,
                case=self.cases[case],
                sequence=person + 1,
                to="case_officer",
                to_staff=self.staff[person],
                sent_at=NOW,
                sent_by=by,
            )

    def _put(self, case: Case, desk: str) -> None:
        duty = Duty.objects.create(
            landlord_id=case.landlord_id,
            case=case,
            row="contact",
            version="connect/2",
            clause="1",
            force="must",
            who=[],
            since=NOW,
            state="open",
            desks=[desk],
        )
        DutyDesk.objects.create(landlord_id=case.landlord_id, case=case, duty=duty, desk=desk, soonest=NOW)


def ids_in_sql(viewer: Staff) -> set[int]:
    """This function will read the cases that somebody may see by the SQL that was made when they were first asked for, before they can begin."""
    access.is_visible(viewer, "matter.id", now=NOW - timedelta(days=3650))
    is_seen, values = access.is_visible(viewer, "matter.id", now=NOW)
    which = f"from casework_case matter where {is_seen}"
    return {row[0] for row in sql.select(which, values, also=("matter.id",))}


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(said=worlds())
def test_who_sees_a_case_and_what_they_may_do_in_it_is_one_answer_asked_of_one_case_and_of_all(
    said: dict[str, Any],
) -> None:
    with transaction.atomic():
        world = World(said)
        for staff in world.staff:
            viewer = again(staff)
            found = {permission: set(visible_cases(viewer, permission, now=NOW)) for permission in (None, *PERMISSIONS)}
            assert ids_in_sql(viewer) == {case.pk for case in found[None]}
            for case in world.cases:
                try:
                    standing = find_case(viewer, case.reference, now=NOW)[1]
                except NotFound:
                    assert all(case not in these for these in found.values()), (staff.name, case.reference)
                    continue
                assert case in found[None], (staff.name, case.reference)
                for permission in PERMISSIONS:
                    assert standing.can(permission) is (case in found[permission]), (
                        staff.name,
                        case.reference,
                        permission,
                    )
                assert can(viewer, "case:write", case, now=NOW) is standing.can("case:write")
            hold(world, said, staff.pk, found[None])
        transaction.set_rollback(True)


def hold(world: World, said: dict[str, Any], staff_id: int, seen: set[Case]) -> None:
    """This function will fail where a list shows somebody more than they see, or where one who is kept away sees anything."""
    viewer = Staff.objects.get(pk=staff_id)
    references = {case.reference for case in seen}
    assert {line.reference for line in cases(viewer, now=NOW).cases.items} == references
    assert {case.reference for case in reports_to_triage(viewer, NOW)} <= references
    if viewer.is_active:
        mine = my_duties(viewer, now=NOW)
        assert {line.case.reference for line in mine.duties.items} <= references
        assert mine.total == len(mine.duties.items)
        assert {line.reference for line in (*mine.look_again, *mine.handovers, *mine.waiting_reports)} <= references
    place = [one.pk for one in world.staff].index(staff_id)
    kept = {case for case, person, _ in said["named"] if person == place}
    kept |= {
        case
        for case, person, why, over in said["kept"]
        if person == place and (case, person, why, True) not in said["kept"]
    }
    assert not seen & {world.cases[case] for case in kept | said["elsewhere"]}
    if place in said["left"]:
        assert not seen
