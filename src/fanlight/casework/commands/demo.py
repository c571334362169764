"""The demo: five landlords, their people and their cases on this machine, told through the product's own write path."""

import os
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from tqdm import tqdm

from fanlight.casework import keys, rulings
from fanlight.casework.actions.log_rows import add_row
from fanlight.casework.commands.load_landlords import load_landlord
from fanlight.casework.commands.migrate import migrate_quietly
from fanlight.casework.demo.cast import CAST, PASSWORD
from fanlight.casework.demo.load import CASES, PROCEDURES, tell
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, Log, Staff
from fanlight.present import present

THIS_MACHINE = "127.0.0.1"
LOADED = "demo_loaded"
"""The line of the log that says that the demo was loaded whole."""


class Command(BaseCommand):
    """`fanlight demo`: loads the demo once, serves it on this machine alone, and says whom to sign in as."""

    help = "Load five landlords with their people and cases, and serve them on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """This function will take what may be chosen."""
        parser.add_argument("--cases", type=int, default=CASES, help=f"how many cases for each landlord ({CASES})")
        parser.add_argument("--fresh", action="store_true", help="throw the demo's data away and load it again")
        parser.add_argument("--no-serve", action="store_true", help="load, and stop there")
        parser.add_argument("--port", type=int, default=8000, help="the port on this machine (8000)")

    def handle(self, *, cases: int, fresh: bool, no_serve: bool, port: int, **_options: object) -> None:
        """This function will load what is not loaded, say whom to sign in as, and serve."""
        if not settings.ON_THIS_MACHINE_ALONE:
            raise CommandError(
                "The demo's password is known to everybody, so it is served on this machine alone: unset FANLIGHT_HOSTS."
            )
        if cases < 1:
            raise CommandError("--cases must be 1 or more.")
        if not no_serve:
            _check_port(port)
        migrate_quietly()
        if _holds_others():
            raise CommandError(
                "This database holds people who are not the demo's, and is left alone. Name another in DATABASE_URL, "
                "or another folder in FANLIGHT_HOME."
            )
        if Staff.objects.exists() and (fresh or not _is_whole()):
            self.stdout.write("Throwing the old demo away …")
            _throw_away()
            migrate_quietly()
        if Staff.objects.exists():
            loaded = Log.objects.filter(what=LOADED).values_list("at", flat=True).get()
            self.stdout.write(f"The demo of {loaded:%-d %B %Y} is still here; `fanlight demo --fresh` makes it anew.")
        else:
            self._load(cases)
        call_command("collectstatic", interactive=False, verbosity=0)
        self._say_who(port if not no_serve else None)
        if not no_serve:
            self.stdout.flush()
            _serve(port)

    def _load(self, cases: int) -> None:
        now = present()
        began = perf_counter()
        for landlord in PROCEDURES:
            load_landlord(landlord)
        self.stdout.write(
            f"Five landlords, {len(PROCEDURES) * cases} cases, told entry by entry as their staff would have recorded them:"
        )
        steps = tell(list(PROCEDURES), cases, now, _bar)
        add_row(LOADED, "done", {"cases": Case.objects.count()}, by=None, now=now)
        self.stdout.write(f"{steps} steps in {perf_counter() - began:.0f} seconds.")

    def _say_who(self, port: int | None) -> None:
        rows = [("Landlord", "Name", "Role", "E-mail")]
        for landlord in PROCEDURES:
            titles = rulings.role_titles_of(landlord)
            for colleague in CAST[landlord]:
                roles = ", ".join(
                    _short(titles.get(role) or role.replace("_", " ").capitalize()) for role in colleague.roles
                )
                rows.append((settings_of(landlord).name, colleague.name, roles, colleague.email(landlord)))
        self.stdout.write("")
        self.stdout.write(_table(rows))
        self.stdout.write("")
        self.stdout.write(f"The password of each of them: {PASSWORD}")
        if settings.SECOND_FACTOR == "optional":
            self.stdout.write(
                "No second step is asked for in the demo (FANLIGHT_SECOND_FACTOR=optional); everywhere else it is required."
            )
        if port is not None:
            self.stdout.write(f"Sign in at http://{THIS_MACHINE}:{port}/  (Ctrl+C stops it)")
            self.stdout.write(
                "To begin, sign in as asha@connect.example, a case officer; carys@connect.example sees all of Connect's cases."
            )


def _bar(landlord: str, steps: int) -> Callable[[], None]:
    bar = tqdm(total=steps, desc=f"{settings_of(landlord).name:<20}", unit=" steps", disable=not sys.stderr.isatty())

    def tick() -> None:
        bar.update()
        if bar.n == steps:
            bar.close()

    return tick


def _short(title: str) -> str:
    """This function will give a role's title without what stands in brackets, and without a long list of alternatives."""
    title = title.partition(" (")[0]
    return title.partition(",")[0] if len(title) > 40 else title


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]

    def line(row: Iterable[str]) -> str:
        return "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip()

    return "\n".join([line(rows[0]), line("-" * width for width in widths), *(line(row) for row in rows[1:])])


def _check_port(port: int) -> None:
    """This function will stop before anything is loaded where something else listens on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((THIS_MACHINE, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}): choose another, `fanlight demo --port 8001`."
            ) from error


def _holds_others() -> bool:
    """This function will say whether anybody is in the database who is not of the demo's cast."""
    try:
        ours = [keys.blind("email", one.email(landlord)) for landlord, cast in CAST.items() for one in cast]
    except keys.MasterKeyProblem:
        # The key store was made under another master key: whatever is here, it is not this demo's.
        return True
    return Staff.objects.exclude(email_index__in=ours).exists()


def _is_whole() -> bool:
    return Log.objects.filter(what=LOADED).exists()


def _throw_away() -> None:
    """This function will take every table of the demo's databases away; the record's own triggers let no row be deleted."""
    for connection in connections.all():
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA foreign_keys=OFF")
            for table in connection.introspection.table_names(cursor):
                cascade = " CASCADE" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}{cascade}")
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA foreign_keys=ON")
                cursor.execute("VACUUM")
    keys.forget()


def _serve(port: int) -> None:
    """This function will serve until it is stopped: gunicorn in place of this process, or Django's server where there is none."""
    connections.close_all()
    if os.name == "nt":
        call_command("runserver", f"{THIS_MACHINE}:{port}", use_reloader=False)
        return
    gunicorn: list[Any] = [sys.executable, "-m", "gunicorn", "--config", "python:fanlight.casework.serving"]
    options = ["--bind", f"{THIS_MACHINE}:{port}", "--workers", "2", "--log-level", "warning"]
    os.execv(sys.executable, [*gunicorn, *options])  # noqa: S606 - our own server takes this process's place, without a shell
