"""Looks for a person in the cases that somebody may see; the log says why and how many, and never who."""

from datetime import datetime

from fanlight.casework import keys
from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import Staff
from fanlight.casework.queries.find_person import Found, find_person, may_find
from fanlight.casework.queries.log_words import PURPOSES

MOST_LETTERS = 120


def search(*, name: str = "", phone: str = "", purpose: str, by: Staff, now: datetime) -> Found:
    """This function will find people by a whole name, or by a telephone number, and log that somebody looked for one.

    Raises Faulty; Refused for one whose work has nothing to do with cases.
    """
    with logged("search", by=by, now=now) as log:
        if not may_find(by):
            raise Refused("Your role may not look for people.")
        _check(name, phone, purpose)
        found = find_person(by, name=name, phone=phone, now=now)
        log.detail.update(
            purpose=purpose,
            by=[kind for kind, typed in (("name", name), ("phone", phone)) if typed.strip()],
            found=len(found.cases),
        )
    return found


def _check(name: str, phone: str, purpose: str) -> None:
    faults: dict[str, tuple[str, ...]] = {}
    if not name.strip() and not phone.strip():
        faults["name"] = ("Enter a name or a telephone number.",)
    for field, typed in (("name", name), ("phone", phone)):
        if len(typed) > MOST_LETTERS:
            faults[field] = (f"Use {MOST_LETTERS} characters or fewer.",)
        elif typed.strip() and not keys.blind(field, typed):
            letter = "letter" if field == "name" else "figure"
            faults[field] = (f"There is no {letter} in it.",)
    if purpose not in PURPOSES:
        faults["purpose"] = ("Say why you are looking.",)
    if faults:
        raise Faulty(faults)
