"""Everybody who works for the viewer's landlord: to say in a form who somebody is, and to find one of them."""

from fanlight.casework.access import NotFound, roles_of
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Staff, names_of
from fanlight.casework.models.part import PARTS
from fanlight.casework.queries.lines import Colleague
from fanlight.casework.queries.words import role_titles


def everybody(viewer: Staff) -> tuple[Colleague, ...]:
    """This function will list everybody who works for the viewer's landlord, by name, without their roles."""
    found = Staff.objects.filter(landlord_id=viewer.landlord_id, is_active=True)
    named = names_of(found.values_list("pk", flat=True)).items()
    return tuple(
        Colleague(number, name, (), ()) for number, name in sorted(named, key=lambda one: one[1]) if number is not None
    )


def colleague(viewer: Staff, number: int) -> Staff:
    """This function will give one of the viewer's colleagues, and NotFound for anybody else."""
    found = Staff.objects.filter(landlord_id=viewer.landlord_id, is_active=True, pk=number).first()
    if found is None:
        raise NotFound
    return found


def parts_to_choose(viewer: Staff) -> dict[str, str]:
    """This function will give the parts that somebody may have in a case, in the words of the viewer's landlord."""
    words = settings_of(viewer.landlord_id).words
    ours = {"person_at_risk": words["person_at_risk"], "causing_harm": words["person_causing_harm"]}
    return {part: ours[part].capitalize() if part in ours else title for part, title in PARTS}


def own_roles(viewer: Staff) -> tuple[str, ...]:
    """This function will give the titles of the roles that the viewer holds: a page need not say whose they are."""
    return role_titles(viewer.landlord_id, [held.role for held in roles_of(viewer)])
