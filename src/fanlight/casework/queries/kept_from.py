"""Who is kept from a case, for whoever may set colleagues aside: nobody else is shown a list of them."""

from dataclasses import dataclass
from datetime import datetime

from fanlight.casework.access import Refused, find_case
from fanlight.casework.models import KeptFrom, Part, Staff
from fanlight.casework.models.reach import RELATIONS, WHY_KEPT_FROM
from fanlight.casework.queries.lines import Colleague
from fanlight.casework.queries.staff import everybody, parts_to_choose


@dataclass(frozen=True, slots=True)
class KeptLine:
    """Somebody is kept from the case, or was: why, who recorded it, and how it ended."""

    id: int
    name: str
    why: str
    relation: str
    reason: str
    at: datetime
    by: str
    ended_at: datetime | None
    ended_by: str
    end_reason: str


@dataclass(frozen=True, slots=True)
class KeptPage:
    """Those who are kept from a case now, those who were, and those who are named in it: (name, part)."""

    reference: str
    now: tuple[KeptLine, ...]
    before: tuple[KeptLine, ...]
    named: tuple[tuple[str, str], ...]
    colleagues: tuple[Colleague, ...]
    relations: tuple[tuple[str, str], ...]


def kept_page(viewer: Staff, reference: str, *, now: datetime) -> KeptPage:
    """This function will give who is kept from a case. Raises NotFound; Refused for one who may not set anybody aside."""
    case, standing = find_case(viewer, reference, now=now)
    if not standing.can("case:set_aside"):
        raise Refused("Your role may not set people aside from a case.")
    rows = list(KeptFrom.objects.filter(case=case).order_by("-at", "-pk").select_related("staff", "by", "ended_by"))
    lines = [_line(row) for row in rows]
    parts = parts_to_choose(viewer)
    named = Part.objects.filter(case=case, staff__isnull=False).select_related("staff").order_by("pk")
    return KeptPage(
        reference=case.reference,
        now=tuple(line for line in lines if line.ended_at is None),
        before=tuple(line for line in lines if line.ended_at is not None),
        named=tuple((part.staff.name, parts[part.part]) for part in named if part.staff),
        colleagues=everybody(viewer),
        relations=RELATIONS,
    )


def _line(row: KeptFrom) -> KeptLine:
    return KeptLine(
        id=row.pk,
        name=row.staff.name,
        why=dict(WHY_KEPT_FROM)[row.why],
        relation=dict(RELATIONS).get(row.relation, ""),
        reason=row.reason,
        at=row.at,
        by=row.by.name,
        ended_at=row.ended_at,
        ended_by=row.ended_by.name if row.ended_by else "",
        end_reason=row.end_reason,
    )
