"""Colleagues to choose from: who may be given a case."""

from dataclasses import dataclass

from fanlight.casework.access import kept_away, roles_of, roles_to_lead
from fanlight.casework.models import Case, Staff, names_of
from fanlight.casework.queries.lines import Colleague
from fanlight.casework.queries.words import role_titles


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody who may lead a case, and what a form shows of them."""

    staff: Staff
    colleague: Colleague


def people_to_lead(case: Case) -> tuple[Lead, ...]:
    """This function will give who may lead a case: those of its patch first; nobody who is kept from it."""
    staff = Staff.objects.filter(landlord_id=case.landlord_id, is_active=True).exclude(pk__in=kept_away(case).people)
    found: list[tuple[bool, str, Lead]] = []
    people = list(staff.prefetch_related("roles"))
    names = names_of(one.pk for one in people)
    for one in people:
        role_ids = roles_to_lead(one, case.restricted)
        if role_ids:
            here = any(held.covers(case.area, case.patch) for held in roles_of(one) if held.role in role_ids)
            colleague = Colleague(one.pk, names[one.pk], role_titles(case.landlord_id, role_ids), role_ids)
            found.append((not here, names[one.pk], Lead(one, colleague)))
    return tuple(lead for _, _, lead in sorted(found, key=lambda one: one[:2]))


def colleagues_to_lead(case: Case) -> tuple[Colleague, ...]:
    """This function will list who may lead a case, for a form."""
    return tuple(lead.colleague for lead in people_to_lead(case))
