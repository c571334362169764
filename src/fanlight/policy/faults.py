"""What is wrong with a file or a story, said so that the person who wrote it can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, what, and how to mend it."""

    where: str
    what: str
    mend: str = ""
    line: int | None = None

    def __str__(self) -> str:
        """This function will put the fault on one line, whatever was quoted in it."""
        place = f"{self.where}, line {self.line}" if self.line else self.where
        said = f"{place}: {self.what}" + (f" {self.mend}" if self.mend else "")
        return " ".join(said.split())


class Faults(Exception):
    """Everything that is wrong at once; nothing of what was read is used."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def nearest(word: object, known: Iterable[str]) -> str:
    """This function will name the known word that is most like `word`, as the end of a message, or say nothing."""
    # Nobody means a word of a page, and nobody waits for the nearest of thousands.
    close = get_close_matches(str(word)[:80], list(islice(known, 400)), n=1, cutoff=0.6)
    return f"Did you mean '{close[0]}'?" if close else ""


def nearest_or_list(word: object, known: Iterable[str], limit: int = 12) -> str:
    """This function will name the nearest known word, or list the known words where there are few."""
    words = list(known)
    if close := nearest(word, words):
        return close
    if 0 < len(words) <= limit:
        return f"Known: {', '.join(words)}."
    return ""
