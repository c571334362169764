"""The files of an export, each opened once: what is checked is what is read, whatever takes the file's place meanwhile."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from io import BufferedReader
from pathlib import Path

from fanlight.casework.housing_system.faults import Fault
from fanlight.casework.housing_system.mapping import KINDS, FileMapping, Mapping


@dataclass(frozen=True, slots=True)
class Source:
    """A file of an export that is open, and how it is understood."""

    name: str
    mapping: FileMapping
    opened: BufferedReader
    size: int

    @property
    def kind(self) -> str:
        """Which kind of file it is."""
        return self.mapping.kind


@contextmanager
def sources(paths: Sequence[Path], mapping: Mapping) -> Iterator[tuple[list[Source], list[Fault]]]:
    """This function will open the files of an export in the order in which they are read, with what is wrong with them.

    A folder is all that the mapping names; files are those alone.
    """
    faults: list[Fault] = []
    found: dict[str, Path] = {}
    for path in paths:
        if path.is_dir():
            _in_folder(path, mapping, found, faults)
        elif not path.is_file():
            faults.append(Fault(path.name, 0, "", "There is no such file.", "Look at how it is named."))
        else:
            _one_file(path, mapping, found, faults)
    if not found and not faults:
        faults.append(Fault("", 0, "", "There is nothing to read.", "Name the folder with the files, or the files."))
    with ExitStack() as stack:
        opened = []
        for kind in KINDS:
            if kind in found:
                try:
                    file = stack.enter_context(found[kind].open("rb"))
                except OSError as error:
                    faults.append(
                        Fault(found[kind].name, 0, "", f"It cannot be read: {error.strerror}.", "See to that.")
                    )
                    continue
                opened.append(Source(found[kind].name, mapping.files[kind], file, found[kind].stat().st_size))
        yield opened, faults


def _in_folder(folder: Path, mapping: Mapping, found: dict[str, Path], faults: list[Fault]) -> None:
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    for kind, of in mapping.files.items():
        fitting = [name for name in names if _fits(name, of.file)]
        if len(fitting) > 1:
            faults.append(
                Fault(
                    of.file,
                    0,
                    "",
                    f"{len(fitting)} files of the folder fit.",
                    "Leave the one that is to be read, or name it.",
                )
            )
        elif fitting:
            found[kind] = folder / fitting[0]
        elif not of.is_optional:
            mend = f"Put it there, or take [{kind}] out of the mapping."
            faults.append(Fault(of.file, 0, "", "It is not in the folder.", mend))


def _one_file(path: Path, mapping: Mapping, found: dict[str, Path], faults: list[Fault]) -> None:
    kind = next((kind for kind, of in mapping.files.items() if _fits(path.name, of.file)), "")
    if not kind:
        named = ", ".join(of.file for of in mapping.files.values())
        faults.append(
            Fault(
                path.name,
                0,
                "",
                "The mapping does not say what is in it.",
                f"It names {named}: name the file so, or add it.",
            )
        )
    elif kind in found:
        faults.append(Fault(path.name, 0, "", "It is a second file of its kind.", f"Name one file for {kind}."))
    else:
        found[kind] = path


def _fits(name: str, pattern: str) -> bool:
    return fnmatchcase(name.casefold(), pattern.casefold())
