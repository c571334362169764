"""Keeps the fingerprint of a colleague's home postcode, if they give it: the postcode itself is stored nowhere."""

from datetime import datetime

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.addresses import postcode_in
from fanlight.casework.folding import folded
from fanlight.casework.models import Staff


def say_postcode(*, postcode: str, by: Staff, now: datetime) -> None:
    """This function will keep the fingerprint of somebody's own postcode, or with nothing forget it. Raises Faulty."""
    with logged("say_postcode", by=by, now=now) as log:
        if fault := fault_of_postcode(postcode):
            raise Faulty({"postcode": (fault,)})
        by.keep_postcode(postcode)
        log.detail["is_kept"] = bool(by.postcode_index)
        by.save(update_fields=["postcode_index"])


def fault_of_postcode(postcode: str) -> str:
    """This function will say what is wrong with a postcode; nothing where it is one, or nothing was given."""
    plain = folded(postcode).replace(" ", "")
    return "" if plain == postcode_in(postcode) else "Enter a full postcode, such as LS1 4AP, or leave it empty."
