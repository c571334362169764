"""The whole write path on one worker: `python -m bench.writing SECONDS` tells stories into DATABASE_URL and counts entries.

Each entry passes through what a page's entry does: may this person, does the policy permit it, append,
rule, project, log. It prints as JSON how many entries a second that came to.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanlight.casework.settings")
django.setup()


from bench import stories
from bench.telling import Cast, cast_of, colleague, telling
from fanlight.casework.commands.migrate import migrate_quietly
from fanlight.casework.models import Staff
from fanlight.present import present

# Short stories and long ones; together one in three entries goes to a case that has more than twenty.
STORIES = (stories.SEEN_THROUGH, stories.MOVED_AWAY, stories.UNDER_WAY, stories.NOTHING_IN_IT)


def main() -> int:
    """This function will write for some seconds and print how fast that went."""
    seconds = float(sys.argv[1])
    migrate_quietly()
    officer = Staff.objects.with_email("asha.verrall@connect.example") or colleague("Asha Verrall", "case_officer")
    writing = _writing(cast_of(officer))
    for _ in range(60):
        next(writing)
    began, processor, written = perf_counter(), process_time(), 0
    while perf_counter() - began < seconds:
        written += next(writing)
    took, processor = perf_counter() - began, process_time() - processor
    json.dump(
        {"entries": written, "seconds": took, "a second": written / took, "processor": processor / written}, sys.stdout
    )
    return 0


def _writing(cast: Cast) -> Iterator[int]:
    """This function will write entry after entry, giving how many each action wrote."""
    first = present().date() - timedelta(days=400)
    for number in count():
        for story in STORIES:
            for _, entries in telling(story, first + timedelta(days=number % 300), cast, people=False):
                yield entries


if __name__ == "__main__":
    sys.exit(main())
