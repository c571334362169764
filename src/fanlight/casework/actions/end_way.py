"""A way of reaching somebody is theirs no more: it stays on record, and nobody is reached by it again."""

from datetime import datetime

from fanlight.casework.access import NotFound, known_in
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.say_way import demand_writer, part_of
from fanlight.casework.models import Case, Staff, Way


def end_way(*, case: Case, part: int, way: int, by: Staff, now: datetime) -> None:
    """This function will end a way of somebody in a case. Raises NotFound, Refused."""
    with logged("end_way", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        demand_writer(locked, standing)
        row = part_of(locked, part)
        person = (row.person.merged_into or row.person) if row.person else None
        found = Way.objects.filter(case=locked, person=person, pk=way, ended_at=None).first() if person else None
        if found is None or person is None:
            raise NotFound
        if found.is_protected and not known_in(locked, now=now).may_know(by, person.pk, found.value_index):
            raise NotFound
        Way.objects.filter(pk=found.pk).update(ended_at=now, ended_by=by)
        log.detail["kind"] = found.kind
