"""Imports people, homes, tenancies and who lives where, as the landlord's housing system exports them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from pathlib import Path

from fanlight.casework import access
from fanlight.casework.access import Refused
from fanlight.casework.actions.importing import Counts, Importing
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.housing_system import Checked, Fault, Mapping, Source, check, rows_of, sources
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Staff
from fanlight.casework.queries.imported import cut_short, held_by, last_resident, protected_references
from fanlight.present import day_of


@dataclass
class Imported:
    """What came of an import: what stood in the files, and what was done with it."""

    checked: Checked
    counts: dict[str, Counts] = field(default_factory=dict)
    not_ended: tuple[str, ...] = ()
    """The kinds of file of which nothing was ended, because lines of them were left out."""


Say = Callable[[Fault], None]
Progress = Callable[[str, str, int, int], None]
"""Told what is being done, with which file, how far it is, and how far it has to go."""


def import_register(
    *,
    landlord_id: str,
    paths: Sequence[Path],
    mapping: Mapping,
    skip_faulty: bool = False,
    fewer: bool = False,
    say: Say,
    progress: Progress,
    by: Staff,
    now: datetime,
) -> Imported:
    """This function will import an export, each fault of it told to `say`; with `skip_faulty`, without the lines that have one.

    Its row in the log says that it began; what came of it, `finish_import`. What was written when it is stopped stays, and the
    same files again go on from there. `fewer` lets it end many at once. Raises Refused; Faulty, where nothing was written.
    """
    _demand(landlord_id, by, now)
    with sources(paths, mapping) as (found, faults):
        checked = Checked()
        number = _number(_faults(landlord_id, found, faults, mapping, checked, fewer, progress, now), say)
        with logged("import_register", by=by, now=now) as log:
            log.detail.update(lines=dict(checked.lines), faults=number)
            if number and (not skip_faulty or checked.unreadable or faults):
                many = "There is a fault" if number == 1 else f"There are {number:,} faults"
                raise Faulty({"": (f"{many} in the files: nothing was written. {_what_helps(checked, skip_faulty)}",)})
            log.detail["left_out"] = sum(map(len, checked.faulty.values()))
        return _write(landlord_id, found, mapping, checked, progress, now)


def _what_helps(checked: Checked, skip_faulty: bool) -> str:
    if checked.unread:
        return f"Mend what is wrong with {' and '.join(sorted(checked.unread))} as a whole: no lines can be left out for it."
    if checked.is_cut_short:
        also = "" if skip_faulty or not any(checked.faulty.values()) else " Lines with a fault must be mended as well."
        return f"Export again what looks cut short; where it is right, run it with --fewer.{also}"
    if skip_faulty:
        return "Mend what is wrong with the files as a whole: no lines can be left out for it."
    return "Mend them, or run it with --skip-faulty to leave those lines out."


def faults_of(
    *,
    landlord_id: str,
    paths: Sequence[Path],
    mapping: Mapping,
    fewer: bool = False,
    say: Say,
    progress: Progress,
    by: Staff,
    now: datetime,
) -> Imported:
    """This function will do as an import does, up to where it would write: the dry run, of which nothing stays.

    It raises Refused, which is in the log.
    """
    _demand(landlord_id, by, now)
    with sources(paths, mapping) as (found, faults):
        checked = Checked()
        _number(_faults(landlord_id, found, faults, mapping, checked, fewer, progress, now), say)
        checked.unreadable = checked.unreadable or bool(faults)
    return Imported(checked)


def _demand(landlord_id: str, by: Staff, now: datetime) -> None:
    if by.landlord_id == landlord_id and access.can(by, "register:import"):
        return
    with logged("import_register", by=by, now=now):
        access.demand(by, "register:import")
        raise Refused("You can import the register of your own landlord.")


def _number(faults: Iterable[Fault], say: Say) -> int:
    number = 0
    for fault in faults:
        say(fault)
        number += 1
    return number


def _faults(
    landlord_id: str,
    found: Sequence[Source],
    faults: Sequence[Fault],
    mapping: Mapping,
    checked: Checked,
    fewer: bool,
    progress: Progress,
    now: datetime,
) -> Iterator[Fault]:
    kinds = {source.kind for source in found}
    checked.unread.update(
        kind for kind, of in mapping.files.items() if kind not in kinds and any(one.file_is(of.file) for one in faults)
    )
    sizes = {source.name: source.size for source in found}
    each = check(
        found,
        mapping,
        settings_of(landlord_id),
        held=held_by(landlord_id),
        protected=protected_references(landlord_id),
        today=day_of(now),
        read=lambda name, read: progress("Reading", name, read, sizes[name]),
        checked=checked,
    )
    yield from chain(faults, each)
    if not fewer:
        for source in found:
            if source.kind in checked.unread:
                continue
            if fault := cut_short(landlord_id, source, checked.lines.get(source.kind, 0)):
                checked.unreadable = checked.is_cut_short = True
                yield fault


def _write(
    landlord_id: str, found: Sequence[Source], mapping: Mapping, checked: Checked, progress: Progress, now: datetime
) -> Imported:
    kinds = [source.kind for source in found]
    importing = Importing(landlord_id, now, day_of(now), "patches" in kinds)
    after = last_resident()
    for source in found:
        if source.kind == "residents":
            importing.expect_protected(checked.of_protected)
        done, all_of_it = 0, checked.lines[source.kind]
        rows = _rows(source, mapping, landlord_id, checked, day_of(now))
        for some in importing.write(source.kind, rows):
            done += some
            progress("Writing", source.name, done, all_of_it)
        progress("Writing", source.name, all_of_it, all_of_it)
    not_ended = []
    for kind in ("tenancies", "residents"):
        if kind in kinds and checked.faulty[kind]:
            not_ended.append(kind)
        elif kind in kinds:
            for _ in importing.end_what_is_missing(kind):
                pass
    importing.hide_who_became_protected(after)
    return Imported(checked, importing.counts, tuple(not_ended))


def _rows(source: Source, mapping: Mapping, landlord_id: str, checked: Checked, today: date) -> Iterator[object]:
    """The rows that have no fault. The file is read again: of its lines nothing was kept."""
    faulty = checked.faulty[source.kind]
    for line, row, _ in rows_of(source, mapping, settings_of(landlord_id), today, lambda _bytes: None):
        if line not in faulty and not isinstance(row, tuple):
            yield row
