"""Starts a PostgreSQL server of the tests' own, in a temporary folder, and stops it again."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

MISSING = (
    "PostgreSQL 15 or later is needed for these tests and is not installed. "
    "On Debian or Ubuntu: apt-get install postgresql. "
    "Elsewhere: install it and put initdb and pg_ctl on the PATH."
)

# What a server needs that lives for one run and may lose everything: speed.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
}


def programs() -> Path | None:
    """This function will give the folder of PostgreSQL's programs, the newest where there are several."""
    debian = Path("/usr/lib/postgresql")
    numbered = [folder for folder in debian.glob("*/bin") if (folder / "initdb").exists()]
    if numbered:
        return max(numbered, key=lambda folder: float(folder.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def running(settings: Mapping[str, str] = SETTINGS) -> Iterator[str]:
    """This function will run a server on a free port of loopback and yield its DATABASE_URL.

    PostgreSQL refuses to run as root, so that root runs it as the user that Debian's package
    makes. It raises RuntimeError, saying what to install, where PostgreSQL is missing.
    """
    folder = programs()
    if folder is None:
        raise RuntimeError(MISSING)
    home = Path(tempfile.mkdtemp(prefix="fanlight-postgresql-"))
    as_postgres: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
        as_postgres = ["runuser", "-u", "postgres", "--"]
    data, log, port = home / "data", home / "log", _free_port()
    options = {**settings, "port": str(port), "unix_socket_directories": str(home)}
    try:
        _run(
            *as_postgres, str(folder / "initdb"), "--pgdata", str(data), "--username", "fanlight",
            "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
            at=home,
        )  # fmt: skip
        _run(
            *as_postgres, str(folder / "pg_ctl"), "--pgdata", str(data), "--log", str(log), "--wait",
            "--options", " ".join(f"-c {name}={value}" for name, value in options.items()), "start",
            at=home,
        )  # fmt: skip
        try:
            yield f"postgresql://fanlight@127.0.0.1:{port}/postgres"
        finally:
            _run(
                *as_postgres, str(folder / "pg_ctl"), "--pgdata", str(data), "--mode", "immediate",
                "stop", at=home,
            )  # fmt: skip
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _run(*command: str, at: Path) -> None:
    # The server's own output goes to its log: a pipe held open by it would never end.
    with (at / "output").open("w") as output:
        done = subprocess.run(command, cwd=at, stdout=output, stderr=subprocess.STDOUT, timeout=60, check=False)
    if done.returncode:
        raise RuntimeError(f"{Path(command[-1]).name} of PostgreSQL: {(at / 'output').read_text()}")
