"""Markers and address checks of the demo: from a case, for another reason, and who asked before they acted."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from fanlight.casework import access
from fanlight.casework.actions.check_address import check_address
from fanlight.casework.actions.review_marker import review_marker
from fanlight.casework.actions.set_marker import set_marker
from fanlight.casework.demo.telling import Step, Telling
from fanlight.casework.models import Case, Home, Staff
from fanlight.casework.queries.address_check import Address
from fanlight.casework.queries.markers import homes_of_case

FROM_CASES = (
    ("visit_risk", "He has said that he will set the dog on whoever comes to the door."),
    ("contact_first", "He reads her post and answers her telephone."),
    ("no_post", "Letters to the flat are opened before she sees them."),
)
FOR_OTHER_REASONS = (
    ("two_to_visit", "The stairs are steep and the tenant is unsteady: one steadies the ladder, one does the work."),
    ("contact_first", "The tenant lip-reads, and lets nobody in without an appointment made by her niece."),
)
ASKED = (("arrears", 3), ("noise", 2), ("visit", 1), ("recharge", 6), ("arrears", 0))
"""For what somebody asked about a home, and how many days ago."""


def markers(staff: Mapping[str, Staff], tellings: Sequence[Telling], now: datetime) -> list[Step]:
    """This function will give the markers of a landlord and the checks of the days before now. They need homes in the register."""
    settled = [one for one in tellings if one.steps and one.steps[0].at < now - timedelta(days=9)]

    def from_cases(at: datetime) -> None:
        left = list(FROM_CASES)
        for telling in settled:
            case = Case.objects.get(pk=telling.case.pk)
            if not left or case.status != "open" or case.lead is None:
                continue
            standing = access.standing_of(case.lead, case, now=at)
            homes = homes_of_case(case.lead, case, now=at)
            if homes and standing.sees and not standing.why_not_record("marker"):
                kind, reason = left.pop()
                home = Home.objects.get(pk=homes[0].id)
                set_marker(kind=kind, reason=reason, home=home, case=case, by=case.lead, now=at)

    def for_other_reasons(at: datetime) -> None:
        setters = [one for one in staff.values() if access.can(one, "marker:set")]
        if not setters:
            return
        homes = Home.objects.filter(landlord_id=setters[0].landlord_id).order_by("pk")
        for (kind, reason), home in zip(FOR_OTHER_REASONS, homes[3:40:17], strict=False):
            today = at.date()
            mark = set_marker(
                kind=kind, reason=reason, home=home, review_on=today + timedelta(days=8), by=setters[0], now=at
            )
            if kind == "contact_first":
                still = "Her niece says that nothing has changed."
                review_marker(mark=mark, reason=still, by=setters[0], now=at + timedelta(hours=1))

    def asked(purpose: str, place: int) -> Step:
        def act(at: datetime) -> None:
            people = sorted(staff.values(), key=lambda one: one.pk)
            by = people[-1 - place]
            with_case = Home.objects.filter(landlord_id=by.landlord_id, markers__case__isnull=False).order_by("pk")
            home = with_case.first() if place % 2 == 0 else Home.objects.filter(landlord_id=by.landlord_id).last()
            if home is not None:
                check_address(address=Address(home=home.reference), purpose=purpose, by=by, now=at)

        return Step(now - timedelta(days=ASKED[place][1], minutes=17 * place + 5), act)

    return [
        Step(now - timedelta(days=8, hours=2), from_cases),
        Step(now - timedelta(days=8, hours=1), for_other_reasons),
        *(asked(purpose, place) for place, (purpose, _) in enumerate(ASKED)),
    ]
