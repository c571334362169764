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
    """This function will run a command of ours, or else one of Django's, and give its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanlight.casework.settings")
    import django
    from django.core.management import execute_from_command_line

    name, arguments = words[0], list(words)
    if name == "help" and len(words) == 1:
        sys.stdout.write("\n".join(names()) + "\n")
        return 0
    if name not in names():
        execute_from_command_line(["fanlight", *arguments])
        return 0
    django.setup()
    command: BaseCommand = importlib.import_module(f"{__name__}.{name}").Command()
    command.run_from_argv(["fanlight", *arguments])
    return 0
