"""Looks for people in what somebody may see; the log says why, by what and how many, and never who."""

import unicodedata
from datetime import date, datetime

from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.likeness import Asked
from fanlight.casework.models import Staff
from fanlight.casework.queries.find_people import Found, find_people, may_find
from fanlight.casework.queries.log_words import PURPOSES

MOST_LETTERS = 120
BY = ("name", "born", "phone", "email", "address", "reference")


def search(
    *,
    name: str = "",
    born: date | None = None,
    phone: str = "",
    email: str = "",
    address: str = "",
    reference: str = "",
    purpose: str,
    by: Staff,
    now: datetime,
) -> Found:
    """This function will find people by whatever is known of them, the likeliest first, and log that somebody looked.

    Raises Faulty; Refused for one whose work has nothing to do with people.
    """
    typed = {"name": name, "phone": phone, "email": email, "address": address, "reference": reference}
    with logged("search", by=by, now=now) as log:
        if not may_find(by):
            raise Refused("Your role may not look for people.")
        _check(typed, born, purpose)
        asked = Asked(name=name, born=born, phone=phone, email=email, address=address)
        found = find_people(by, asked, reference=reference, read=log.read, now=now)
        log.detail.update(
            purpose=purpose,
            by=[kind for kind in BY if (born if kind == "born" else typed[kind].strip())],
            found=len(found.people) + len(found.cases),
        )
    return found


def _check(typed: dict[str, str], born: date | None, purpose: str) -> None:
    faults: dict[str, tuple[str, ...]] = {}
    if born is None and not any(text.strip() for text in typed.values()):
        faults["name"] = ("Enter at least one thing that you know of them.",)
    for field, text in typed.items():
        if len(text) > MOST_LETTERS:
            faults[field] = (f"Use {MOST_LETTERS} characters or fewer.",)
        elif text.strip() and not any(unicodedata.category(letter)[0] in "LN" for letter in text):
            faults[field] = ("There is no letter or figure in it.",)
    if typed["phone"].strip() and "phone" not in faults and sum(map(str.isdecimal, typed["phone"])) < 6:
        faults["phone"] = ("Enter at least the last six figures of the number.",)
    if purpose not in PURPOSES:
        faults["purpose"] = ("Say why you are looking.",)
    if faults:
        raise Faulty(faults)
