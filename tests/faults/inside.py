"""Runs inside an installation of its own, in a process of its own: `python -m tests.faults.inside`.

The tests of faults kill processes and fill disks. What they do it to is the product as it is installed, with its own settings,
its own files, and the real way to write.
"""

import importlib
import json
import os
import random
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path
from time import monotonic
from typing import Any
from unittest.mock import patch

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django is awake first
from django.core.checks import run_checks  # noqa: E402 - Django is awake first
from django.core.management import CommandError, call_command  # noqa: E402 - as above
from django.db import Error, connection, connections  # noqa: E402 - Django is awake first
from django.test import Client  # noqa: E402 - as above

from fanlight.casework import keys, rulings  # noqa: E402 - as above
from fanlight.casework import settings as own_settings  # noqa: E402 - as above
from fanlight.casework.actions.log_rows import add_row  # noqa: E402 - as above
from fanlight.casework.actions.once import once, sending  # noqa: E402 - as above
from fanlight.casework.actions.reaching import Reach  # noqa: E402 - as above
from fanlight.casework.actions.record_entry import record_entry  # noqa: E402 - as above
from fanlight.casework.actions.restore import DESTROYED  # noqa: E402 - as above
from fanlight.casework.commands import restore  # noqa: E402 - as above
from fanlight.casework.commands.check_projections import differences_of  # noqa: E402 - as above
from fanlight.casework.commands.migrate import migrate_quietly  # noqa: E402 - as above
from fanlight.casework.copies import CopyProblem, on_postgresql  # noqa: E402 - as above
from fanlight.casework.heads import read_heads  # noqa: E402 - as above
from fanlight.casework.models import Case, FoundBy, Home, Log, Person, Resident, Staff, Tenancy  # noqa: E402 - as above
from fanlight.casework.queries.story import written  # noqa: E402 - as above
from fanlight.casework.queries.verification import Verification  # noqa: E402 - as above
from fanlight.command_line import main as fanlight  # noqa: E402 - as above
from fanlight.present import present  # noqa: E402 - as above
from tests import make  # noqa: E402 - as above
from tests.cast import let_in, the_cast  # noqa: E402 - as above

LETTERS_OF_A_MARK = 22


def make_all(cases: int) -> dict[str, Any]:
    """This function will make the tables, the cast, some cases of Carys's, and a session of hers."""
    migrate_quietly()
    cast = the_cast()
    made = [make.make_case(cast, lead=cast.carys) for _ in range(cases)]
    return {
        "references": [case.reference for case in made],
        "sessions": {name: _session(getattr(cast, name)) for name in ("carys", "asha", "eve")},
    }


def _session(staff: Staff) -> str:
    browser = Client(HTTP_HOST="127.0.0.1")
    let_in(browser, staff, present())
    return browser.cookies["sessionid"].value


def look() -> dict[str, Any]:
    """This function will give what is on the record: of each case its sequences, its notes, and what does not hold."""
    cases = {}
    for case in Case.objects.order_by("pk"):
        rows = written(case)
        cases[case.reference] = {
            "sequences": [row.told.sequence for row in rows],
            "notes": [row.note for row in rows if row.told.kind == "visit"],
            "differences": differences_of(case.pk),
            "last_sequence": case.last_sequence,
        }
    logged = Counter(Log.objects.filter(what="record_entry").values_list("outcome", flat=True))
    lines = Counter(Log.objects.filter(what__in=("back_up", "restore")).values_list("what", flat=True))
    sessions = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects.count()
    verification = Verification(read_heads())
    walked = sum(verification.walk())
    return {
        "cases": cases,
        "logged": logged,
        "lines": lines,
        "sessions": sessions,
        "walked": walked,
        "broken": [str(broken) for broken in verification.broken],
    }


def record(reference: str, notes: list[str]) -> None:
    """This function will put visits with these notes on the record of a case."""
    by = Staff.objects.get(pk=Case.objects.get(reference=reference).lead_id)
    for note in notes:
        _record(Case.objects.get(reference=reference), note, by)


def destroy(reference: str) -> None:
    """This function will destroy the key of a case as its disposal does, and say so in the log."""
    case, now = Case.objects.get(reference=reference), present()
    keys.destroy(case_key(case), now)
    add_row("dispose", "done", {DESTROYED: [str(case_key(case))]}, by=None, now=now)


def register() -> dict[str, int]:
    """This function will say how much there is in the register, and what of it is not whole."""
    people = list(Person.objects.exclude(reference_index=""))
    keys.warm(keys.Subject("person", person.mark) for person in people)
    tables = {"person": Person, "home": Home, "tenancy": Tenancy, "resident": Resident, "foundby": FoundBy}
    whole = sum(bool(person.details.name and person.reference) for person in people)
    return {
        **{name: table._default_manager.count() for name, table in tables.items()},
        "person": len(people),
        "without fingerprints": Person.objects.filter(found_by=None).exclude(reference_index="").count(),
        "unreadable": len(people) - whole,
        "imports": Log.objects.filter(what="import_register").count(),
        "finished": Log.objects.filter(what="finish_import").count(),
    }


def case_key(case: Case) -> keys.Subject:
    """This function will name the key of a case."""
    return keys.Subject("case", str(case.pk))


def readable() -> dict[str, bool]:
    """This function will say of each case whether what was written in it can be read."""
    return {case.reference: _can_be_read(case) for case in Case.objects.all()}


def _can_be_read(case: Case) -> bool:
    try:
        return bool(written(case))
    except keys.Unreadable:
        return False


def restore_keys_after(days: int, file: Path) -> str:
    """This function will restore a key store so many days from now, and give why that was refused."""
    later = present() + timedelta(days=days)
    with patch.object(restore, "present", lambda: later):
        try:
            call_command(restore.Command(stdout=StringIO()), str(file), keys=True)
        except CommandError as refused:
            return str(refused)
    return ""


def program_of(folder: str) -> str:
    """This function will look for PostgreSQL's programs in one folder alone, and give why none of them will do."""
    with patch.object(on_postgresql, "DEBIAN", Path(folder)), patch.dict(os.environ, PATH=folder):
        try:
            with on_postgresql.PostgresqlCopies("default").taken():
                return ""
        except CopyProblem as problem:
            return str(problem)


def _record(case: Case, note: str, by: Staff) -> int:
    return record_entry(case=case, kind="visit", note=note, reach=Reach("visit"), by=by, now=present())


# ── Writers that are killed ──────────────────────────────────────────────────────────────────────────────────────────


class Writers:
    """Processes that write without a pause, and are killed at random moments; whoever comes after one takes up what it left.

    Each says in a file what it means to write before it writes it, and what it knows to be written after.
    """

    def __init__(self, folder: Path, at_once: int) -> None:
        self.folder = folder
        self.at_once = at_once
        self.cases = list(Case.objects.order_by("pk"))
        self.by = Staff.objects.get(pk=self.cases[0].lead_id)
        self.born = 0
        self.killed = 0
        self.alive: dict[int, int] = {}
        connections.close_all()

    def run(self, seconds: float) -> int:
        """This function will let them write for so long, or until a file `enough` is there, killing one after another.

        What is begun then is finished.
        """
        until = monotonic() + seconds
        while monotonic() < until and not (self.folder / "enough").exists():
            while len(self.alive) < self.at_once:
                self._bear(until)
            time.sleep(random.uniform(0.05, 0.25))
            self._kill(random.choice(list(self.alive)))
        for process in self.alive:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        self.alive.clear()
        self._finish(self._left())
        return self.killed

    def _bear(self, until: float) -> None:
        number, left = self.born, self._left()
        self.born += 1
        process = os.fork()
        if process:
            self.alive[process] = number
            return
        try:
            random.seed(number)
            self._finish(left)
            count = 0
            while monotonic() < until + 30:
                count += 1
                self._write(number, f"{number}-{count}".ljust(LETTERS_OF_A_MARK, "."), random.choice(self.cases))
        finally:
            os._exit(0)

    def _kill(self, process: int) -> None:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        del self.alive[process]
        self.killed += 1

    def _left(self) -> list[tuple[str, int]]:
        """What the dead meant to write, of which nobody knows that it was written."""
        dead = set(range(self.born)) - set(self.alive.values())
        known = {line.split()[0] for line in self._lines("known")}
        meant = (line.split() for line in self._lines("meant"))
        return [(note, int(case)) for note, case in meant if note not in known and int(note.split("-")[0]) in dead]

    def _lines(self, name: str) -> Iterator[str]:
        file = self.folder / name
        yield from file.read_text().splitlines() if file.exists() else ()

    def _finish(self, left: list[tuple[str, int]]) -> None:
        cases = {case.pk: case for case in self.cases}
        for note, case_id in left:
            self._until_known(note, cases[case_id])

    def _write(self, number: int, note: str, case: Case) -> None:
        self._say("meant", f"{note} {case.pk}")
        self._until_known(note, case)

    def _until_known(self, note: str, case: Case) -> None:
        while True:
            try:
                once(
                    sent=sending(note, [("case", str(case.pk))]),
                    act=lambda: str(_record(case, note, self.by)),
                    by=self.by,
                    now=present(),
                )
            except Error:
                # The server was killed, or is recovering: as a web server's worker does, it connects anew.
                connections.close_all()
                time.sleep(0.1)
            else:
                self._say("known", note)
                return

    def _say(self, name: str, line: str) -> None:
        # One short write to a file that is only appended to: it is whole, or is not there.
        descriptor = os.open(self.folder / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(descriptor, f"{line}\n".encode())
        os.close(descriptor)


def main(words: list[str]) -> None:
    """This function will do what the first word says and print what came of it as JSON."""
    match words:
        case ["make", cases]:
            said: Any = make_all(int(cases))
        case ["write", folder, at_once, seconds]:
            said = {"killed": Writers(Path(folder), int(at_once)).run(float(seconds))}
        case ["destroy", reference]:
            said = destroy(reference)
        case ["readable"]:
            said = readable()
        case ["restore_keys_after", days, file]:
            said = restore_keys_after(int(days), Path(file))
        case ["program_of", folder]:
            said = program_of(folder)
        case ["register"]:
            said = register()
        case ["record", reference, *notes]:
            said = record(reference, notes)
        case _:
            said = look()
    connection.close()
    sys.stdout.write(json.dumps(said) + "\n")


# ── Many words to one process ────────────────────────────────────────────────────────────────────────────────────────


def listen() -> None:
    """This function will carry out what comes line by line, each in a process of its own that is born awake.

    Each says in which environment, and reads the settings anew in it: waking takes seconds, and there are hundreds of them.
    """
    # Read and imported once, for everybody who is born here.
    rulings.policies_of("connect")
    run_checks()
    for line in sys.stdin:
        asked = json.loads(line)
        process = os.fork()
        if not process:
            os._exit(_apart(asked))
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


def _settle(environment: dict[str, str]) -> None:
    """This function will take on an environment as if the process had been started in it."""
    os.environ.clear()
    os.environ.update(environment)
    importlib.reload(own_settings)
    for name in filter(str.isupper, vars(own_settings)):
        setattr(settings, name, getattr(own_settings, name))
    connections._settings = settings.DATABASES
    vars(connections).pop("settings", None)
    for alias in settings.DATABASES:
        if hasattr(connections._connections, alias):
            del connections[alias]


def _apart(asked: dict[str, Any]) -> int:
    for number, name in enumerate(("in", "out", "err")):
        flags = os.O_RDONLY if name == "in" else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open("/dev/null" if name == "in" else asked[name], flags, 0o600), number)
    if asked["limit"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["limit"], resource.RLIM_INFINITY))
    status = 0
    try:
        _settle(asked["environment"])
        status = fanlight(asked["words"]) if asked["command"] else main(asked["words"]) or 0
    except SystemExit as gone:
        status = gone.code if isinstance(gone.code, int) else 1
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return status


if __name__ == "__main__":
    if sys.argv[1:]:
        main(sys.argv[1:])
    else:
        listen()
