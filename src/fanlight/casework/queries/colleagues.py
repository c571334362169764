"""The people who work for the viewer's landlord: to choose from in a form, and to find one of them."""

from datetime import datetime

from fanlight.casework import access
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Staff
from fanlight.casework.models.part import PARTS
from fanlight.casework.queries.lines import Colleague


def colleagues(viewer: Staff, *, now: datetime) -> tuple[Colleague, ...]:
    """This function will list everybody who works for the viewer's landlord, by name, without their roles."""
    found = Staff.objects.filter(landlord_id=viewer.landlord_id, is_active=True).order_by("name", "id")
    return tuple(Colleague(id=one, name=name, roles=(), role_ids=()) for one, name in found.values_list("id", "name"))


def colleague(viewer: Staff, number: int) -> Staff:
    """This function will give a colleague of the viewer, and NotFound for anybody else."""
    found = Staff.objects.filter(landlord_id=viewer.landlord_id, is_active=True, id=number).first()
    if found is None:
        raise access.NotFound
    return found


def parts_to_choose(viewer: Staff) -> dict[str, str]:
    """This function will give the parts that somebody may have in a case, in the words of the viewer's landlord."""
    words = settings_of(viewer.landlord_id).words
    ours = {"person_at_risk": words["person_at_risk"], "causing_harm": words["person_causing_harm"]}
    return {part: ours[part].capitalize() if part in ours else title for part, title in PARTS}
