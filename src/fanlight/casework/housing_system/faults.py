"""A fault of a file: where it stands, what is wrong, and how to mend it. It repeats nothing of what a person's line says."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Fault:
    """Something of a file that cannot be understood. Line 0 is the file as a whole."""

    file: str
    line: int
    column: str
    what: str
    mend: str

    def __str__(self) -> str:
        where = ", ".join(
            part
            for part in (self.file, f"line {self.line}" if self.line else "", f'"{self.column}"' if self.column else "")
            if part
        )
        return f"{where}: {self.what} {self.mend}"

    def file_is(self, pattern: str) -> bool:
        """This function will say whether its file is the one, or one of those, that a mapping names so."""
        return fnmatchcase(self.file.casefold(), pattern.casefold())


def nearest(word: str, known: Iterable[str]) -> str:
    """This function will say which of the known words may have been meant, or list them."""
    words = list(known)
    folded = {one.casefold(): one for one in words}
    near = get_close_matches(word.casefold(), folded, 1)
    if near:
        return f"Did you mean {folded[near[0]]}?"
    return f"It must be one of: {', '.join(words)}." if words else "There are none."
