"""Sees to the programs that the tests need from outside Python: `python -m tests.needs`."""

import os
import shutil
import subprocess
import sys

from tests import browser, pooler, postgres

# Debian's package, how to see that it is there, and what to say when it cannot be put there.
PROGRAMS = (
    ("chromium", browser.chromium, browser.MISSING),
    ("postgresql", postgres.programs, postgres.MISSING),
    ("pgbouncer", pooler.program, pooler.MISSING),
)


def main() -> int:
    """This function will install what is missing where it may, and otherwise say what to install."""
    missing = [package for package, find, _what in PROGRAMS if find() is None]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        sys.stderr.write(f"Installing {' and '.join(missing)} from Debian: a minute or two, once.\n")
        quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *missing]):
            done = subprocess.run(
                ["apt-get", "-qq", *command], env=quietly, capture_output=True, text=True, timeout=1200, check=False
            )
            if done.returncode:
                sys.stderr.write(done.stdout + done.stderr)
    still = [what for _package, find, what in PROGRAMS if find() is None]
    for what in still:
        sys.stderr.write(what + "\n")
    return 1 if still else 0


if __name__ == "__main__":
    sys.exit(main())
