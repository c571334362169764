"""The chains: whatever is changed, taken out, swapped, moved or cut, `fanlight verify` names the first row that does not hold."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.db import connection

from fanlight.casework.commands.tick import Command as Tick
from fanlight.casework.commands.verify import Command as Verify
from fanlight.casework.heads import read_heads, seal_heads
from fanlight.casework.keys import Damaged
from fanlight.casework.models import Case, Entry, Log
from fanlight.casework.queries.verification import Verification
from tests import make
from tests.cast import Cast, the_cast

NOW = make.later(days=2)


@pytest.fixture
def cast(db: None, settings: object, tmp_path: Path) -> Cast:
    settings.HEADS = tmp_path / "heads"  # type: ignore[attr-defined]  # pytest-django's settings
    return the_cast()


@pytest.fixture
def cases(cast: Cast) -> tuple[Case, Case]:
    """Two cases of some entries, and the log of how they came about."""
    cases = make.make_case(cast), make.make_case(cast, now=make.later(hours=1))
    for case in cases:
        for number in range(3):
            make.make_entry(case, "visit", cast.asha, now=make.later(days=1, hours=number), note=f"Visit {number}")
    return cases


@pytest.fixture
def thief() -> Iterator[Callable[[str], None]]:
    """Somebody who may do to the database whatever they like: they take the triggers off first."""
    dropped: list[str] = []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("select name from sqlite_master where type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"drop trigger {name}")
                dropped.append(name)
        else:
            cursor.execute("set constraints all immediate")
            for table in ("casework_entry", "casework_log"):
                cursor.execute(f"alter table {table} disable trigger user")
    yield lambda statement: connection.cursor().execute(statement)


def broken() -> list[tuple[str, int | None, str]]:
    """This function will walk the chains and give what does not hold."""
    verification = Verification(read_heads())
    list(verification.walk())
    return [(one.table, one.row, one.what) for one in verification.broken]


def test_the_record_and_the_log_hold_as_they_were_written(cases, capsys):
    assert broken() == []
    Verify().execute(no_color=True, force_color=False, skip_checks=True)
    assert f"{Entry.objects.count() + Log.objects.count()} rows hold" in capsys.readouterr().out


@pytest.mark.parametrize("column", Entry.HASHED)
def test_a_changed_entry_is_named_whatever_was_changed(cases, thief, column):
    row = cases[0].entries.get(sequence=6)
    another = {
        "landlord_id": "'ongo'",
        "kind": "'contact'",
        "at": "'2026-01-01 00:00:00+00:00'",
        "recorded_at": "'2026-01-01 00:00:00+00:00'",
        "by_id": "by_id + 1",
        "of_sequence": "1",
        "to_staff_id": "by_id",
        "sequence": "99",
        "case_id": f"{cases[1].pk}, sequence = 99",
        "payload": "hash",
        "note": "hash",
    }
    thief(f"update casework_entry set {column} = {another[column]} where id = {row.pk}")
    found = [one for one in broken() if one[1] == row.pk]
    assert [one[0] for one in found] == ["casework_entry"]
    assert "it was changed" in found[0][2]


@pytest.mark.parametrize("table", ["casework_entry", "casework_log"])
def test_one_flipped_bit_of_a_hash_is_noticed(cases, thief, table):
    model = {"casework_entry": Entry, "casework_log": Log}[table]
    row = model.objects.order_by("pk")[2]
    flipped = bytes([row.hash[0] ^ 1, *row.hash[1:]]).hex()
    thief(
        f"update {table} set hash = "
        + (f"x'{flipped}'" if connection.vendor == "sqlite" else f"'\\x{flipped}'::bytea")
        + f" where id = {row.pk}"
    )
    assert (table, row.pk) in [one[:2] for one in broken()]


def test_a_missing_entry_is_noticed_at_the_one_after_it(cases, thief):
    gone, after = cases[0].entries.get(sequence=4), cases[0].entries.get(sequence=5)
    thief(f"delete from casework_entry where id = {gone.pk}")
    assert broken() == [
        ("casework_entry", after.pk, f"case {cases[0].reference}, entry 5: the row before it is gone: 4 was to come.")
    ]


def test_a_missing_row_of_the_log_is_noticed_even_where_the_numbers_are_mended(cases, cast, thief):
    gone = Log.objects.filter(strand=cast.asha.pk).order_by("number")[1]
    thief(f"delete from casework_log where id = {gone.pk}")
    first = broken()[0]
    assert first[0] == "casework_log"
    assert "the row before it is gone: 2 was to come" in first[2]
    thief(f"update casework_log set number = number - 1 where strand = {cast.asha.pk} and number = 3")
    assert "it was changed" in broken()[0][2]


def test_two_entries_that_changed_places_are_noticed(cases, thief):
    one, other = cases[0].entries.get(sequence=4), cases[0].entries.get(sequence=5)
    thief(f"update casework_entry set sequence = 99 where id = {one.pk}")
    thief(f"update casework_entry set sequence = 4 where id = {other.pk}")
    thief(f"update casework_entry set sequence = 5 where id = {one.pk}")
    table, row, what = broken()[0]
    assert (table, row) == ("casework_entry", other.pk)
    assert "it was changed, or stands where another row stood" in what


def test_a_case_that_was_cut_at_its_end_is_missed_in_the_log(cases, thief):
    thief(f"delete from casework_entry where case_id = {cases[0].pk} and sequence > 4")
    assert broken() == [
        (
            "casework_entry",
            None,
            f"case {cases[0].reference} was cut at its end: it has 4 entries, and the log knows of 6.",
        )
    ]
    thief(f"delete from casework_entry where case_id = {cases[0].pk}")
    assert broken()[0][2] == f"case {cases[0].reference} has no entries: the log knows of 6."


def test_a_strand_that_was_cut_at_its_end_is_missed_in_the_sealed_file(cases, cast, thief):
    assert seal_heads(NOW) == 3
    assert seal_heads(NOW) == 0
    last = Log.objects.filter(strand=cast.asha.pk).order_by("-number")[0]
    thief(f"delete from casework_log where id = {last.pk}")
    # The entry that it told of stands alone now, too.
    assert [one[2].split(":")[0] for one in broken()] == [
        f"the strand of member of staff {cast.asha.pk} was cut at its end",
        f"case {cases[1].reference}, entry 6",
    ]
    thief(f"delete from casework_log where strand = {cast.carys.pk}")
    assert f"the strand of member of staff {cast.carys.pk} is gone: it had 2 rows" in "\n".join(
        what for _, _, what in broken()
    )


def test_an_entry_that_the_log_does_not_know_of_is_noticed(cases, cast, thief):
    last = Log.objects.filter(strand=cast.asha.pk).order_by("-number")[0]
    thief(f"delete from casework_log where id = {last.pk}")
    assert broken() == [
        ("casework_entry", None, f"case {cases[1].reference}, entry 6: no row of the log says who wrote it.")
    ]


def test_a_sealed_file_that_was_changed_is_noticed_and_nothing_is_added_to_it(cases, cast, settings):
    seal_heads(NOW)
    make.make_entry(cases[0], "visit", cast.asha, now=NOW)
    seal_heads(NOW)
    whole = settings.HEADS.read_text()
    first, second = whole.splitlines()
    for damaged in (second, whole.replace('"at"', '"when"', 1), first.replace("1", "2", 1), "nothing\n"):
        settings.HEADS.write_text(damaged)
        assert broken()[0][0] == "the file of heads"
        with pytest.raises(Damaged):
            seal_heads(NOW)


def test_after_a_restore_the_file_begins_again(cases, cast, thief):
    seal_heads(NOW)
    last = Log.objects.order_by("-pk")[0]
    thief(f"delete from casework_log where id = {last.pk}")
    thief(f"delete from casework_entry where case_id = {cases[1].pk} and sequence = 6")
    assert broken()
    seal_heads(NOW, begins=True)
    assert broken() == []


def test_the_tick_seals_the_ends_and_verify_says_when(cases, capsys):
    tick()
    assert "3 strands sealed" in capsys.readouterr().out
    Verify().execute(no_color=True, force_color=False, skip_checks=True)
    assert "Their ends hold against the file sealed at" in capsys.readouterr().out


def tick(**options: bool) -> None:
    """This function will run `fanlight tick`."""
    Tick().execute(no_color=True, force_color=False, skip_checks=True, **options)


def verify(capsys) -> tuple[int, str]:
    """This function will run `fanlight verify`, and give how it ended and what it said."""
    try:
        Verify().execute(no_color=True, force_color=False, skip_checks=True)
    except SystemExit as ended:
        return int(str(ended.code)), capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_where_no_end_was_ever_sealed_verify_says_so_and_is_content(cases, capsys):
    code, said = verify(capsys)
    assert code == 0
    assert "Their ends were never sealed: run `fanlight tick` every minute." in said


@pytest.mark.parametrize("is_empty", [False, True])
def test_a_sealed_file_that_is_gone_is_missed_and_no_tick_puts_another_in_its_place(
    cases, settings, thief, capsys, is_empty
):
    tick()
    settings.HEADS.unlink()
    if is_empty:
        settings.HEADS.touch()
    # Whoever took it empties the log of those not signed in as well.
    thief("delete from casework_log where strand = 0")
    code, said = verify(capsys)
    assert code == 1
    assert f"the file of heads: {settings.HEADS} is gone or empty, and ends were sealed in it before" in said
    with pytest.raises(CommandError, match="is gone or empty"):
        tick()
    assert verify(capsys)[0] == 1


def test_once_it_is_known_why_the_file_is_gone_it_is_begun_anew_and_the_log_says_so(cases, settings, capsys):
    tick()
    with pytest.raises(CommandError, match="nothing to begin anew"):
        tick(begin_anew=True)
    settings.HEADS.unlink()
    tick(begin_anew=True)
    last = Log.objects.filter(what="begin_ends_anew").get()
    assert read_heads().ends[0] == (last.number, bytes(last.hash))
    assert verify(capsys)[0] == 0
    tick()


def test_what_does_not_hold_ends_the_command_with_one(cases, thief, capsys):
    thief(f"update casework_entry set kind = 'contact' where case_id = {cases[0].pk} and sequence = 4")
    with pytest.raises(SystemExit) as ended:
        Verify().execute(no_color=True, force_color=False, skip_checks=True)
    assert ended.value.code == 1
    assert f"case {cases[0].reference}, entry 4: it was changed" in capsys.readouterr().out
