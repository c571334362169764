"""The gates in the way of an entry, as lines for a page."""

from collections.abc import Sequence

from fanlight.casework.access import Standing
from fanlight.casework.queries.lines import RefusalLine
from fanlight.casework.queries.words import role_titles
from fanlight.casework.rulings import Refusal

ANYBODY = "Anyone who may write in the case, to prevent immediate harm"


def refusal_lines(landlord_id: str, refusals: Sequence[Refusal], standing: Standing) -> tuple[RefusalLine, ...]:
    """This function will give each gate with its clause, and who may set it aside."""
    return tuple(_line(landlord_id, refusal, standing) for refusal in refusals)


def _line(landlord_id: str, refusal: Refusal, standing: Standing) -> RefusalLine:
    row = refusal.row
    titles = {"none": "", "emergency": ANYBODY}
    return RefusalLine(
        gate=row.id,
        clause=row.clause,
        reading=row.reading,
        refuse=row.refuse,
        override=row.override,
        override_title=titles[row.override] if row.override in titles else role_titles(landlord_id, (row.override,))[0],
        may_override=bool(standing.override_role(row.override)),
    )
