"""What the people of a case want, in their own words: read in one journey with its people, for the head of every page."""

from collections.abc import Mapping, Sequence
from typing import Any

from fanlight.casework import keys, rulings, sql
from fanlight.casework.models import Case, Entry, Staff
from fanlight.casework.queries.lines import WishLine

_ENTRY: sql.Columns = (Entry, "entry", ("sequence", "of_sequence", "at", "note"))
_STAFF: sql.Columns = (Staff, "staff", ("mark", "sealed_name"))


def wishes_of_case(case: Case) -> sql.Read:
    """This function will say how what is wanted is read, with the strikes of the case, in order; `wish_lines` takes the rows.

    A case in which nobody said what they want costs a look at an index.
    """
    which = """from casework_entry entry join casework_staff staff on staff.id = entry.by_id
        left join casework_wish wish on wish.case_id = entry.case_id and wish.sequence = entry.sequence
        where entry.case_id = %s and (wish.id is not null or entry.kind = 'struck')
        and exists (select 1 from casework_wish said where said.case_id = %s)
        order by entry.at, entry.sequence"""
    return sql.Read(which, [case.pk, case.pk], (_ENTRY, _STAFF), also=("wish.part_id",))


def every_wish(case: Case, rows: sql.Rows) -> Mapping[int, tuple[WishLine, ...]]:
    """This function will give all that is wanted, by part, the last word first. What was struck is not in it."""
    struck = _struck(rows)
    said = [row for row in rows if row[-1] is not None and row[0] not in struck]
    if not said:
        return {}
    of_case = rulings.key_of(case.pk)
    words = keys.unseal_many(of_case, ((rulings.note_place(case.pk, row[0]), bytes(row[3])) for row in said))
    keys.warm(keys.Subject("staff", row[4]) for row in said)
    found: dict[int, tuple[WishLine, ...]] = {}
    for (sequence, _, at, _, mark, name, part), one in zip(said, words, strict=True):
        by = keys.unseal(keys.Subject("staff", mark), keys.Place("casework_staff", mark, "sealed_name"), bytes(name))
        found[part] = (WishLine(sequence, one.decode(), at, by), *found.get(part, ()))
    return found


def wish_lines(case: Case, rows: sql.Rows) -> Mapping[int, WishLine]:
    """This function will give what each part wants, as they last said it."""
    return {part: lines[0] for part, lines in every_wish(case, rows).items()} if rows else {}


def _struck(rows: Sequence[Sequence[Any]]) -> frozenset[int]:
    """The sequences that strikes strike. One that was itself struck counts for nothing: the later is asked before the earlier."""
    strikes = [(row[0], row[1]) for row in rows if row[-1] is None and row[1] is not None]
    counting: dict[int, int] = {}
    for sequence, of in reversed(strikes):
        if sequence not in counting.values():
            counting[sequence] = of
    return frozenset(counting.values())
