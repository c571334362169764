"""Records whether somebody who works here may be given a case in which female staff are asked for: their own word, or their manager's."""

from datetime import datetime

from fanlight.casework.access import Refused, may_name_deputy
from fanlight.casework.actions.logged import logged
from fanlight.casework.models import Staff


def say_female_staff(*, staff: Staff, is_female_staff: bool | None, by: Staff, now: datetime) -> None:
    """This function will record it, or with None that nobody has said. It is never guessed from a name. Raises Refused."""
    with logged("say_female_staff", by=by, now=now) as log:
        log.detail.update(staff=staff.pk, own_word=staff.pk == by.pk)
        if not may_name_deputy(by, staff):
            raise Refused(
                "Everybody says this of themselves; of somebody else, a lead or whoever manages accounts does."
            )
        staff.is_female_staff = is_female_staff
        staff.save(update_fields=["is_female_staff"])
