"""Starts a pooler before a PostgreSQL server of the tests' own: PgBouncer, as the operating guide sets it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests import postgres

MISSING = (
    "PgBouncer 1.18 or later is needed for these tests and is not installed. "
    "On Debian or Ubuntu: apt-get install pgbouncer. Elsewhere: install it and put pgbouncer on the PATH."
)

# What docs/operating.md says under "Through a pooler"; there the names of people are checked, too.
SETTINGS = """
[databases]
* = host=127.0.0.1 port={server} user=fanlight

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
default_pool_size = {size}
max_client_conn = 400
server_idle_timeout = 30
server_round_robin = 1
pidfile = {home}/pid
logfile = {home}/log
"""


def program() -> Path | None:
    """This function will find PgBouncer."""
    found = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin")
    return Path(found) if found else None


class Pooler:
    """A pooler that runs."""

    def __init__(self, port: int, log: Path) -> None:
        self.port = port
        self.log = log

    def url_of(self, database: str) -> str:
        """This function will give the DATABASE_URL of a database behind it."""
        return f"postgresql://fanlight@127.0.0.1:{self.port}/{database}"

    def clients_at_once(self) -> int:
        """This function will say how many it has had at most, of those that it wrote down as coming and going."""
        here = most = 0
        for line in self.log.read_text().splitlines():
            here += (" login attempt:" in line and " C-0x" in line) - (" closing because:" in line and " C-0x" in line)
            most = max(most, here)
        return most


@contextmanager
def pooling(server: "postgres.Server", mode: str, size: int) -> Iterator[Pooler]:
    """This function will run a pooler with so many connections to each database of a server. It raises RuntimeError."""
    found = program()
    if found is None:
        raise RuntimeError(MISSING)
    home = Path(tempfile.mkdtemp(prefix="fanlight-pooler-"))
    port = postgres.free_port()
    (home / "settings.ini").write_text(
        SETTINGS.format(server=server.port, port=port, mode=mode, size=size, home=home), encoding="utf-8"
    )
    as_postgres: list[str] = []
    if os.geteuid() == 0:
        # It refuses to run as root, as PostgreSQL does.
        shutil.chown(home, "postgres", "postgres")
        as_postgres = ["runuser", "-u", "postgres", "--"]
    with (home / "output").open("w") as output:
        process = subprocess.Popen([*as_postgres, str(found), str(home / "settings.ini")], stdout=output, stderr=output)
    try:
        _wait(Pooler(port, home / "log"), home / "output", process)
        yield Pooler(port, home / "log")
    finally:
        if (home / "pid").exists():
            os.kill(int((home / "pid").read_text()), signal.SIGTERM)
        else:
            process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(home, ignore_errors=True)


def _wait(pooler: Pooler, output: Path, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(100):
        if process.poll() is not None:
            break
        try:
            psycopg.connect(pooler.url_of("postgres")).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"PgBouncer did not start: {output.read_text()}")
