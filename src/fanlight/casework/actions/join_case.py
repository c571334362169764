"""Triage finds that a report belongs to a case that there is already."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from fanlight.casework import rulings
from fanlight.casework.access import NotFound, Refused, find_case
from fanlight.casework.actions.joining import carry, carry_people, check_nothing_waits
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.open_case import check_new
from fanlight.casework.actions.refusals import Conflict, Faulty
from fanlight.casework.actions.write import Draft, write
from fanlight.casework.models import Case, KeptFrom, Part, Staff
from fanlight.casework.queries.opposite_parts import why_not_joined
from fanlight.casework.queries.story import story_lines_after, written

NOT_THERE = "There is no open case with that reference."


def join_case(
    *,
    case: Case,
    into: str,
    known_already: bool = False,
    note: str = "",
    expected_sequence: int | None = None,
    by: Staff,
    now: datetime,
) -> Case:
    """This function will copy the report, with its own moment, to the case of reference `into`, and give that case.

    A report of what the case was `known_already` of is no further report there: it adds what it tells, and starts nothing
    again. What else was written beside the report goes with it, and all else that it holds, as `joining` says kind by kind. In
    the new case all of it is struck; its status becomes joined. `into` must be a case that `by` may see, and not closed. Where
    somebody is at risk in the one and causes harm in the other, each stays a case of its own.
    Raises NotFound, Refused, Faulty, Conflict.
    """
    with logged("join_case", case=case, by=by, now=now) as log:
        try:
            wanted = find_case(by, into.strip().upper(), now=now)[0]
        except NotFound:
            wanted = case
        (source, standing), (target, in_target) = log.lock(case, wanted)
        check_new(source, standing)
        if expected_sequence is not None and expected_sequence < source.last_sequence:
            raise Conflict(story_lines_after(source, expected_sequence), source.last_sequence)
        if target.pk == source.pk or target.status in ("closed", "joined"):
            raise Faulty({"into": (NOT_THERE,)})
        if (source.about == "colleague") != (target.about == "colleague") and source.about and target.about:
            raise Refused("A report about a colleague and one about a customer are kept apart.")
        if why_not := why_not_joined(by, source, target):
            raise Faulty({"into": (why_not,)})
        check_nothing_waits(source)
        people, merges = carry_people(source, target, by, now)
        _keep_the_same_people_away(source, target, by, now)
        copies, strikes, places = _copies_and_strikes(source, target, people, note, known_already, now)
        write(target, in_target, copies, log=log, by=by, now=now)
        carry(source, target, people, places, by, now)
        source.joined_to = target
        source.save(update_fields=["joined_to"])
        write(source, standing, strikes, log=log, by=by, now=now)
        log.detail["into"] = target.reference
        if merges:
            log.detail["merges"] = merges
    return target


def _keep_the_same_people_away(source: Case, target: Case, by: Staff, now: datetime) -> None:
    """This function will keep from the case, in the same way, everybody who is kept from the report: it tells now what that told."""
    kept = set(target.kept_from.filter(ended_at=None).values_list("staff_id", "why"))
    for row in source.kept_from.filter(ended_at=None):
        if (row.staff_id, row.why) not in kept:
            kept_too = KeptFrom(
                landlord_id=target.landlord_id,
                case=target,
                staff_id=row.staff_id,
                why=row.why,
                relation=row.relation,
                at=now,
                by=by,
            )
            kept_too.reason = row.reason
            kept_too.save(force_insert=True)


def _copies_and_strikes(
    source: Case, target: Case, people: Mapping[int, Part], note: str, known_already: bool, now: datetime
) -> tuple[Sequence[Draft], Sequence[Draft], Mapping[int, int]]:
    rows = written(source)
    standing = {row.sequence for row in rulings.standing_rows([row.told for row in rows], now)}
    copied = [row for row in rows if row.told.sequence in standing and row.told.kind not in ("struck", "override")]
    places = {row.told.sequence: target.last_sequence + place for place, row in enumerate(copied, start=1)}
    copies: list[Draft] = []
    for row in copied:
        said: Any = row.told.payload
        heading = f"From {source.reference}, written by {row.by}."
        of = row.told.of_sequence
        known = known_already and row.told.kind == "report"
        copies.append(
            Draft(
                kind="learned" if known else row.told.kind,
                fields={} if known else said["fields"],
                facts={name: value for name, value in said["facts"].items() if name not in said["fields"]},
                note="\n\n".join(
                    part for part in (heading, row.note, note if row.told.kind == "report" else "") if part
                ),
                of_sequence=places.get(of) if of is not None else None,
                at=row.told.at,
                copied=True,
                reach=_reached(said.get("reach", {}), people),
                marac=said.get("marac", {}),
            )
        )
    reason = f"Joined to {target.reference}"
    strikes = [Draft("struck", {"reason": reason}, of_sequence=row.told.sequence) for row in copied]
    return copies, strikes, places


def _reached(reach: Mapping[str, Any], people: Mapping[int, Part]) -> Mapping[str, Any]:
    """How somebody was reached, by the part that they have in the case."""
    part = people.get(reach.get("part", 0))
    return {**reach, "part": part.pk} if part else reach
