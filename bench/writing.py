"""The whole write path on one worker: `python -m bench.writing SECONDS` tells stories into DATABASE_URL and counts entries.

Each entry passes through what a page's entry does: may this person, does the policy permit it, append,
rule, project, log. The worker is one process with as many threads as the operating guide starts it with, each of which
tells stories by officers of its own. It prints as JSON how many entries a second that came to.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanlight.casework.settings")
django.setup()

from django.db import connections

from bench import stories
from bench.telling import Cast, colleague, telling
from fanlight.casework.commands.migrate import migrate_quietly
from fanlight.present import present

# Short stories and long ones; together one in three entries goes to a case that has more than twenty.
STORIES = (stories.SEEN_THROUGH, stories.MOVED_AWAY, stories.UNDER_WAY, stories.NOTHING_IN_IT)

THREADS = 2
WARMING = 40
"""Entries of each thread that are not counted."""


def main() -> int:
    """This function will write for some seconds and print how fast that went."""
    seconds = float(sys.argv[1])
    threads = int(sys.argv[2]) if len(sys.argv) > 2 else THREADS
    migrate_quietly()
    casts = [_cast(number) for number in range(threads)]
    connections.close_all()
    with ThreadPoolExecutor(threads) as worker:
        list(worker.map(_warmed, casts))
        began, processor = perf_counter(), process_time()
        written = sum(worker.map(lambda cast: _write(cast, began + seconds), casts))
        took, processor = perf_counter() - began, process_time() - processor
    json.dump(
        {
            "entries": written,
            "seconds": took,
            "a second": written / took,
            "processor": processor / written,
            "threads": threads,
        },
        sys.stdout,
    )
    return 0


def _cast(number: int) -> Cast:
    return Cast(
        colleague(f"Ade Bright {number}", "all_staff"),
        colleague(f"Joan Farrier {number}", "line_manager"),
        colleague(f"Asha Verrall {number}", "case_officer"),
    )


def _warmed(cast: Cast) -> None:
    writing = _writing(cast)
    for _ in range(WARMING):
        next(writing)


def _write(cast: Cast, until: float) -> int:
    written, writing = 0, _writing(cast)
    while perf_counter() < until:
        written += next(writing)
    return written


def _writing(cast: Cast) -> Iterator[int]:
    """This function will write entry after entry, giving how many each action wrote."""
    first = present().date() - timedelta(days=400)
    for number in count():
        for story in STORIES:
            for _, entries in telling(story, first + timedelta(days=number % 300), cast, people=False):
                yield entries


if __name__ == "__main__":
    sys.exit(main())
