"""A small disk that can be filled and emptied: a file system of its own where that may be mounted, or else a limit on files.

Only root may mount. For everybody else the kernel's limit on the size of a file stands in: a write beyond it fails
in the same call, and in the same place of the product.
"""

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class SmallDisk(NamedTuple):
    """A folder with little room; `fill` takes the room away from processes, `empty` gives it back."""

    folder: Path
    is_mounted: bool
    fill: Callable[[list[int]], None]
    empty: Callable[[list[int]], None]


@contextmanager
def small_disk(folder: Path, megabytes: int, *, mounted: bool = True) -> Iterator[SmallDisk]:
    """This function will give a disk of so many megabytes, or the folder's own where nothing can be mounted or is to be."""
    folder.mkdir(exist_ok=True)
    if not mounted or os.geteuid() != 0 or shutil.which("mount") is None or not _mounted(folder, megabytes):
        yield SmallDisk(folder, False, _limit, _lift)
        return
    ballast = folder / "ballast"

    def fill(_processes: list[int]) -> None:
        with ballast.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                os.fsync(file.fileno())

    def empty(_processes: list[int]) -> None:
        ballast.unlink()

    try:
        yield SmallDisk(folder, True, fill, empty)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _mounted(folder: Path, megabytes: int) -> bool:
    options = f"size={megabytes}m,mode=755"
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _limit(processes: list[int]) -> None:
    for process in processes:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))


def _lift(processes: list[int]) -> None:
    for process in processes:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
