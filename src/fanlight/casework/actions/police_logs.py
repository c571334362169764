"""The fingerprints by which a case is found by the number of a police log. No verb: part of the one write path."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework import keys, likeness, rulings, sql
from fanlight.casework.models import Case, FoundBy
from fanlight.casework.rulings import Told

NUMBER = "log_number"


def index_police_logs(case: Case, rows: Sequence[Told], before: int, batch: sql.Batch, now: datetime) -> None:
    """This function will make the fingerprints of a case's police logs anew, where one was told or struck after the first `before` entries."""
    told = [row for row in rows if _number(row)]
    fresh = rows[before:]
    if not told or not any(_number(row) or row.kind == "struck" for row in fresh):
        return
    signs = {likeness.sign_of_police_log(_number(row)) for row in rulings.standing_rows(rows, now) if _number(row)} - {
        ""
    }
    batch.add("delete from casework_foundby where case_id = %s and person_id is null and home_id is null", [case.pk])
    tokens = keys.tokens(sorted(signs), within=case.landlord_id)
    batch.insert(FoundBy, [{"landlord_id": case.landlord_id, "case_id": case.pk, "token": token} for token in tokens])


def _number(row: Told) -> str:
    said = row.payload.get("fields", {}) if isinstance(row.payload, dict) else {}
    return str(said.get(NUMBER) or "")
