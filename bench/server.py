"""gunicorn with two workers over one database, somebody signed in to it, and what its workers use of the processor."""

from __future__ import annotations

import hmac
import json
import os
import re
import socket
import struct
import subprocess
import sys
import time
from base64 import b32decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

from fanlight.present import present

ROOT = Path(__file__).resolve().parents[1]
WORKERS = 2
BARE = "/bare/"
"""The address of the bare page."""

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


class Unexpected(Exception):
    """The server answered with something else than was measured for."""


class Server:
    """One running server, and a browser's cookies."""

    def __init__(self, port: int, master: int) -> None:
        self.port = port
        self.workers = _workers_of(master)
        self.cookies: dict[str, str] = {}
        self.token = ""

    def processor(self) -> int:
        """This function will give the nanoseconds that the workers have had of the processor so far."""
        return sum(_processor_of(worker) for worker in self.workers)

    def get(self, path: str) -> bytes:
        """This function will read a page."""
        return self._answer(self.request("GET", path))[1]

    def request(self, method: str, path: str, form: Mapping[str, str] | None = None) -> bytes:
        """This function will give the bytes of a request, so that making them is not measured."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **form}).encode() if form is not None else b""
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Accept: text/html",
            "Connection: close",
        ]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    def request_json(self, path: str, said: Mapping[str, str]) -> bytes:
        """This function will give the bytes of what another system sends to the API."""
        body = json.dumps(said).encode()
        lines = [
            f"POST {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Accept: application/json",
            "Connection: close",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            f"X-CSRFToken: {self.token}",
            "Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        ]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    def send(self, request: bytes) -> tuple[float, bytes]:
        """This function will send a request on a connection of its own, and give the seconds that it took and the answer."""
        parts = []
        began = perf_counter()
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            connection.sendall(request)
            while part := connection.recv(1 << 18):
                parts.append(part)
        return perf_counter() - began, b"".join(parts)

    def sign_in(self, email: str, password: str, secret: str) -> None:
        """This function will sign somebody in as a browser does, in both steps."""
        self.token = self._token_of(self.get("/sign-in"))
        sent = self.request("POST", "/sign-in", {"email": email, "password": password, "next": ""})
        self._answer(sent)
        self.token = self._token_of(self.get("/sign-in/second-step"))
        status, _ = self._answer(self.request("POST", "/sign-in/second-step", {"code": _code(secret)}))
        if status != 302 or "sessionid" not in self.cookies:
            raise Unexpected(f"Signing in was answered with {status}.")

    def take_token(self, path: str) -> bytes:
        """This function will read a form, keep its token, and give the page."""
        page = self.get(path)
        self.token = self._token_of(page)
        return page

    def _token_of(self, page: bytes) -> str:
        found = _TOKEN.search(page)
        if not found:
            raise Unexpected("The page has no form.")
        return found[1].decode()

    def _answer(self, request: bytes) -> tuple[int, bytes]:
        _, answer = self.send(request)
        head, _, body = answer.partition(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        for name, value in re.findall(rb"(?mi)^set-cookie: ([^=]+)=([^;\r]*)", head):
            self.cookies[name.decode()] = value.decode()
        if status >= 400:
            raise Unexpected(
                f"{request.split(maxsplit=2)[1].decode()} was answered with {status}: {body[:2000].decode()}"
            )
        return status, body


def _code(secret: str) -> str:
    """This function will give the code that an authenticator app shows now."""
    step = int(present().timestamp()) // 30
    mac = hmac.digest(b32decode(secret), struct.pack(">Q", step), "sha1")
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[Server]:
    """This function will run the server over the database that the environment names, and stop it again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "bench.wsgi", f"--workers={WORKERS}", f"--bind=127.0.0.1:{port}",
        "--no-control-socket", "--log-level=warning", "--timeout=120",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        _wait_for(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        if len(_workers_of(process.pid)) == WORKERS:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                    connection.sendall(b"GET " + BARE.encode() + b" HTTP/1.0\r\n\r\n")
                    if b" 200 " in connection.recv(100):
                        return
            except OSError:
                pass
        time.sleep(0.1)
    raise Unexpected("The server did not start.")


def _workers_of(master: int) -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]
    except OSError:
        return []


def _processor_of(process: int) -> int:
    """The scheduler counts nanoseconds for each thread; where it does not, the kernel's ticks must do."""
    try:
        return sum(int(file.read_text().split()[0]) for file in Path(f"/proc/{process}/task").glob("*/schedstat"))
    except OSError:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 10**9 // os.sysconf("SC_CLK_TCK")
