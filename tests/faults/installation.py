"""An installation of its own: a home, a database, a server as it is served, and somebody who asks it for pages."""

import html
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from fanlight.casework.keys.master import make_master_key

ROOT = Path(__file__).resolve().parents[2]
OURS = ("FANLIGHT_", "DATABASE_", "KEY_STORE_", "SECRET_", "DJANGO_")


class Installation:
    """One installation; `url` is where its database is, an SQLite file in its home unless one is given."""

    def __init__(self, home: Path, url: str = "", **more: str) -> None:
        self.home = home
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.environment = {
            **kept,
            "FANLIGHT_HOME": str(home),
            "FANLIGHT_MASTER_KEY": make_master_key(),
            "DJANGO_SETTINGS_MODULE": "fanlight.casework.settings",
            **({"DATABASE_URL": url} if url else {}),
            **more,
        }
        self.references: list[str] = []
        self.sessions: dict[str, str] = {}

    def inside(self, *words: object) -> Any:
        """This function will run `tests.faults.inside` in it, and give what it says."""
        ran = self._run(words)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    def command(self, *words: object, limit: int = 0) -> "subprocess.CompletedProcess[str]":
        """This function will run a command of `fanlight` in it, perhaps with a limit on how large a file it may write."""
        return self._run(words, command=True, limit=limit)

    def _run(
        self, words: Sequence[object], *, command: bool = False, limit: int = 0
    ) -> "subprocess.CompletedProcess[str]":
        said = [str(word) for word in words]
        out, err = self.home / ".out", self.home / ".err"
        asked = {
            "words": said, "command": command, "limit": limit, "out": str(out), "err": str(err),
            "environment": self.environment,
        }  # fmt: skip
        status = AWAKE.ask(json.dumps(asked), self)
        return subprocess.CompletedProcess(said, status, out.read_text(), err.read_text())

    def started(self, *words: object, listening: bool = False) -> "subprocess.Popen[str]":
        """This function will start `tests.faults.inside` in it, and not wait for it."""
        command = [sys.executable, "-m", "tests.faults.inside", *map(str, words)]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=pipe if listening else None,
            stdout=pipe,
            stderr=pipe,
            text=True,
        )

    def make(self, cases: int = 1) -> None:
        """This function will make its tables, the cast, and some cases that Carys leads."""
        made = self.inside("make", cases)
        self.references, self.sessions = made["references"], made["sessions"]

    def copied(self, home: Path, url: str = "") -> "Installation":
        """This function will give another installation with the same files; `url` is where its copied database is."""
        shutil.copytree(self.home, home, dirs_exist_ok=True)
        copy = Installation(home, url, FANLIGHT_MASTER_KEY=self.environment["FANLIGHT_MASTER_KEY"])
        copy.references, copy.sessions = self.references, self.sessions
        return copy

    @contextmanager
    def served(self, workers: int = 2, threads: int = 1) -> Iterator["Server"]:
        """This function will serve it with gunicorn, as the operating guide says, and stop it again."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [
            sys.executable, "-m", "gunicorn", "tests.faults.served:application", f"--workers={workers}",
            f"--threads={threads}",
            f"--bind=127.0.0.1:{port}", "--no-control-socket", "--log-level=critical",
        ]  # fmt: skip
        with (self.home / "server.log").open("ab") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        try:
            server = Server(port, process.pid)
            server.wait(workers)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=30)


class Awake:
    """A process that has done once what takes time at every start; whatever is asked of it, a child of its own does."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    def ask(self, asked: str, first: Installation) -> int:
        """This function will have something done, and give its exit status; it is started in the first one's environment."""
        if self.process is None:
            self.process = first.started(listening=True)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{asked}\n")
        self.process.stdin.flush()
        status = self.process.stdout.readline()
        assert status, self.process.communicate()[1]
        return int(status)

    def sleep(self) -> None:
        """This function will end the process."""
        if self.process is not None:
            self.process.communicate()
            self.process = None


AWAKE = Awake()

VISIT = {"reach": "/visit"}
"""What a form of a visit is told besides: whoever the case is about, and that it was a visit."""


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    body: str
    location: str

    def hidden(self) -> dict[str, str]:
        """This function will give the hidden fields of the page's last form of its own."""
        form = self.body.rpartition("<form")[2]
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
        return {name: html.unescape(value) for name, value in found}


class Server:
    """A server that is running."""

    def __init__(self, port: int, master: int) -> None:
        self.port = port
        self.master = master

    def workers(self) -> list[int]:
        """This function will give the processes of its workers."""
        try:
            return [int(one) for one in Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()]
        except OSError:
            return []

    def wait(self, workers: int) -> None:
        """This function will wait until all of its workers answer."""
        for _ in range(300):
            if len(self.workers()) == workers:
                try:
                    if Visitor(self.port, "").get("/sign-in").status == 200:
                        return
                except OSError:
                    pass
            time.sleep(0.1)
        raise AssertionError("the server did not start")


class Visitor:
    """Somebody who is signed in, and asks for pages and sends forms as a browser does."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.cookies = {"sessionid": session} if session else {}

    def get(self, address: str) -> Answer:
        """This function will ask for a page."""
        return self._ask("GET", address)

    def post(self, address: str, typed: Mapping[str, str]) -> Answer:
        """This function will send a form."""
        return self._ask("POST", address, urlencode(typed))

    def _ask(self, method: str, address: str, body: str | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, address, body, headers)
            response = connection.getresponse()
            for name, value in response.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]
            return Answer(response.status, response.read().decode(), response.getheader("Location") or "")
        finally:
            connection.close()


def assert_nothing_is_lost(found: Mapping[str, Any], known: Sequence[str]) -> int:
    """This function will fail unless everything that was acknowledged is on the record once, in order, and all agrees with it.

    It gives how many entries are on the record.
    """
    notes = [note for case in found["cases"].values() for note in case["notes"]]
    assert len(notes) == len(set(notes)), "something is on the record twice"
    assert set(known) <= set(notes), "something that was acknowledged is lost"
    for reference, case in found["cases"].items():
        assert case["sequences"] == list(range(1, case["last_sequence"] + 1)), reference
        assert case["differences"] == []
    assert found["broken"] == []
    assert found["walked"] > len(notes)
    assert found["logged"].get("done", 0) == len(notes), "the log does not say what the record does"
    return len(notes)
