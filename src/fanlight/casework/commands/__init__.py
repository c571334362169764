"""The shell's commands: our own, one a module, and then Django's."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.core.management.base import BaseCommand


def names() -> list[str]:
    """This function will list our own commands."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def run(words: Sequence[str]) -> int:
    """This function will run a command of ours, or else one of Django's, and give its exit status.

    A setting that stops the start, and a database that is not there, are said in a sentence.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanlight.casework.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, ProgrammingError

    if list(words) == ["help"]:
        sys.stdout.write("\n".join(names()) + "\n")
        return 0
    try:
        _run(words[0], list(words))
    except ImproperlyConfigured as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    except (OperationalError, ProgrammingError) as wrong:
        why = str(wrong).strip().partition("\n")[0]
        sys.stderr.write(f"The database cannot be used: {why}. Is it there, and has `fanlight migrate` been run?\n")
        return 1
    return 0


def _run(name: str, arguments: list[str]) -> None:
    import django
    from django.core.management import execute_from_command_line

    if name not in names():
        execute_from_command_line(["fanlight", *arguments])
        return
    django.setup()
    command: BaseCommand = importlib.import_module(f"{__name__}.{name}").Command()
    command.run_from_argv(["fanlight", *arguments])
