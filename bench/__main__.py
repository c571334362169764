"""`python -m bench`: everything that `make bench` measures, in one run, printed as a plain table."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg
from tqdm import tqdm

from bench import addresses, documents, engine, pages
from bench.pages import Figure, Visitor
from bench.server import ROOT, WORKERS, serving
from fanlight.casework.keys.master import make_master_key
from tests import postgres

SMALLER = 1000
ENTRIES_A_SECOND = 300
VERIFIED_A_SECOND = 20_000
MINUTES_TO_IMPORT = 10
SECONDS_FOR_DOCUMENTS = 1
SECONDS_FOR_FIGURES = 10
# Of this run alone.
MASTER_KEY = {"FANLIGHT_MASTER_KEY": make_master_key()}

# As the tests have it, with memory as one gives it to a server that holds this much.
POSTGRESQL = {**postgres.SETTINGS, "shared_buffers": "2GB", "max_wal_size": "8GB"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: what was measured, what came out, what it may be at most (or must be at least)."""

    what: str
    came: float
    limit: float | None = None
    at_least: bool = False

    @property
    def holds(self) -> str:
        """Whether it is as it must be; nothing where there is no limit."""
        if self.limit is None:
            return ""
        return "yes" if (self.came >= self.limit if self.at_least else self.came <= self.limit) else "NO"


def main() -> int:
    """This function will measure and print. It is no test: whatever comes out, it ends well."""
    asked = _asked()
    began = perf_counter()
    _say(_machine())
    if not {"engine", "pages", "searching", "writing", "importing", "figures"} - set(asked.without):
        _say("Everything is measured: some minutes. Nothing else should run on this machine meanwhile.")
    lines: list[Line] = []
    if "engine" not in asked.without:
        lines += _engine()
    if "documents" not in asked.without:
        lines += _documents()
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="fanlight-bench-"))
        if {"pages", "searching", "writing", "importing", "figures"} - set(asked.without):
            server = stack.enter_context(postgres.running(POSTGRESQL))
            _say(_database(server))
        if "pages" not in asked.without:
            lines += _pages(server, home, asked.cases, asked.rounds)
        if "searching" not in asked.without:
            lines += _searching(server, home, asked.people, asked.rounds)
        if "writing" not in asked.without:
            lines += _writing(server, home, asked.seconds)
        if "importing" not in asked.without:
            lines += _importing(server, home, asked.homes)
        if "figures" not in asked.without:
            lines += _figures(server, home, asked.cases)
    _say("")
    _table(lines)
    _say(f"\nIt took {perf_counter() - began:.0f} seconds.")
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="how many cases the larger database has (100000)")
    parser.add_argument("--homes", type=int, default=100_000, help="how many homes are imported (100000)")
    parser.add_argument("--people", type=int, default=180_000, help="how many people the register has (180000)")
    parser.add_argument(
        "--rounds",
        type=int,
        default=60,
        help=f"how many rounds over the pages, of {pages.IN_A_ROUND} requests each (60)",
    )
    parser.add_argument(
        "--seconds", type=float, default=10, help="for how long entries are written to each database (10)"
    )
    parser.add_argument(
        "--without",
        nargs="*",
        default=[],
        choices=("engine", "documents", "pages", "searching", "writing", "importing", "figures"),
        help="what not to measure",
    )
    return parser.parse_args()


def _engine() -> list[Line]:
    found = engine.measure()
    _say(
        f"\nEngine: a story of {found.entries} entries ({found.letters} letters of JSON, {found.duties} duties) under {found.policy},"
        f" the largest policy, with {found.rows} rows.\n"
        f"  ruling {found.ruling * 1e6:.0f} µs (least {found.least_ruling * 1e6:.0f}),"
        f" parsing {found.parsing * 1e6:.0f} µs (least {found.least_parsing * 1e6:.0f})"
    )
    return [
        Line("ruling 60 entries, against parsing their JSON: median", found.ratio, 15),
        Line("the same, least against least", found.least_ratio, 15),
    ]


def _documents() -> list[Line]:
    found = documents.measure()
    _say(
        f"\nDocuments: a referral to the MARAC with all {found.fields} fields filled in, {found.letters:,} letters:"
        f" PDF/UA {found.pdf * 1e3:.0f} ms, with a password {found.password * 1e3:.0f} ms more, Word {found.word * 1e3:.0f} ms;"
        f" a PDF that says nothing {found.empty * 1e3:.0f} ms"
    )
    return [
        Line("documents of a referral to the MARAC, all three: seconds, median", found.together, SECONDS_FOR_DOCUMENTS),
        Line("the same, slowest", found.slowest, SECONDS_FOR_DOCUMENTS),
        Line("the same, against a PDF that says nothing", found.ratio),
    ]


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _pages(server: str, home: str, larger: int, rounds: int) -> list[Line]:
    sizes = [SMALLER, larger] if larger > SMALLER else [larger]
    environments = {size: _environment(server, home, f"cases_{size}") for size in sizes}
    _collect_static_files(environments[larger])
    with ThreadPoolExecutor() as both:
        loaded = dict(
            zip(sizes, both.map(lambda size: _run("bench.load", size, environments[size]), sizes), strict=True)
        )
    for size in sizes:
        _say(_content(loaded[size]))
    with ExitStack() as stack:
        visitors = [Visitor(stack.enter_context(serving(environments[size])), loaded[size]) for size in sizes]
        with tqdm(total=rounds, desc="rounds over the pages", unit="round", leave=False) as progress:
            pages.measure(visitors, rounds, progress.update)
        found = [addresses.times_of(visitor.server, visitor.homes) for visitor in visitors[-1:]]
    told_apart = addresses.apart(*found[0])
    figures = {size: visitor.figures() for size, visitor in zip(sizes, visitors, strict=True)}
    _say(
        f"\nPages: gunicorn with {WORKERS} workers over each database, {rounds * pages.IN_A_ROUND} requests for each page,"
    )
    _say("  in milliseconds, the median: on the clock, and of the workers' processor")
    for page in visitors[0].asked:
        told = "   ".join(
            f"{size:>7,} cases {figures[size][page].seconds * 1e3:6.2f} {figures[size][page].processor * 1e3:6.2f}"
            for size in sizes
        )
        _say(f"  {page:<42} {told}")
    _say(
        f"\nAddress check: {len(found[0][0]):,} addresses with a case and {len(found[0][1]):,} without, in an order of chance:"
        f" medians {told_apart.with_case * 1e3:.3f} and {told_apart.without * 1e3:.3f} ms"
    )
    verified = Line("rows verified a second", loaded[larger]["verified a second"], VERIFIED_A_SECOND, at_least=True)
    return [
        *_page_lines(sizes, figures),
        Line(
            "addresses with a case and without, told apart by time: p, permuted",
            told_apart.permutation,
            0.05,
            at_least=True,
        ),
        Line("the same, by ranks", told_apart.rank, 0.05, at_least=True),
        verified,
    ]


def _page_lines(sizes: list[int], figures: Mapping[int, Mapping[str, Figure]]) -> Iterator[Line]:
    for page in (pages.DUTIES, pages.CASE, pages.RECORD, pages.ASSESS, pages.RECORD_LONG, pages.CHECK, pages.CHECK_API):
        limit = pages.LIMITS.get(page)
        for size in reversed(sizes):
            found = figures[size][page]
            yield Line(f"{page}, {size:,} cases: by the clock", found.ratio, limit)
            yield Line(f"{page}, {size:,} cases: by the processor", found.processor_ratio, limit)
        if len(sizes) > 1:
            few, many = figures[sizes[0]][page], figures[sizes[1]][page]
            growth = pages.GROWTH if limit and page not in (pages.CHECK, pages.CHECK_API) else None
            yield Line(
                f"{page}: {sizes[1]:,} cases against {sizes[0]:,}, by the clock", many.seconds / few.seconds, growth
            )
            yield Line(
                f"{page}: {sizes[1]:,} cases against {sizes[0]:,}, by the processor",
                many.processor / few.processor,
                growth,
            )


def _content(loaded: Mapping[str, Any]) -> str:
    return (
        f"\n{loaded['cases']:,} cases: {loaded['entries']:,} entries, {loaded['duties']:,} duties"
        f" ({loaded['open duties on lists']:,} on lists), {loaded['log']:,} rows of the log, {loaded['officers']} officers.\n"
        f"  {loaded['told']} cases were told to the product ({loaded['entries told']:,} entries in {loaded['seconds telling']} s),"
        f" the others copied from them ({loaded['seconds copying']} s);\n"
        f"  {loaded['proved']} copies were told anew and were the same in every column;"
        f" {loaded['verified']:,} rows of the chains hold ({loaded['verified a second']:,} a second)."
    )


# ── Searching ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _searching(server: str, home: str, people: int, rounds: int) -> list[Line]:
    environment = _environment(server, home, "people")
    _collect_static_files(environment)
    loaded = _run("bench.search", people, environment)
    _say(
        f"\nA register of {loaded['people']:,} people and {loaded['homes']:,} homes: {loaded['fingerprints']:,} fingerprints,"
        f" filled in {loaded['seconds filling']} s"
    )
    missed = Counter(kind for kind, *_ in loaded["missed"])
    _say(f"  of 500 whom callers name wrongly, not among the first five: {dict(missed)}")
    with serving(environment) as running, tqdm(total=rounds, desc="rounds of searches", leave=False) as progress:
        ratio, seconds, bare = pages.search(running, loaded, rounds, progress.update)
    _say(f"  a search {seconds * 1e3:.2f} ms, a bare page {bare * 1e3:.2f} ms: medians, each search for somebody else")
    return [
        Line(f"{pages.FIND} among {people:,}: by the clock", ratio, pages.LIMITS[pages.FIND]),
        Line(
            f"of 500 named wrongly among {people:,}, percent in the first five",
            loaded["recall"] * 100,
            95,
            at_least=True,
        ),
    ]


# ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _writing(server: str, home: str, seconds: float) -> list[Line]:
    lines = []
    for name, environment in _on_each(server, home, "writing"):
        found = _run("bench.writing", seconds, environment)
        lines.append(
            Line(f"entries a second, whole write path, {name}", found["a second"], ENTRIES_A_SECOND, at_least=True)
        )
        _say(
            f"\nWriting, {name}: {found['entries']} entries in {found['seconds']:.1f} s, one worker of {found['threads']} threads;"
            f" {found['processor'] * 1e3:.2f} ms of its processor for each"
        )
    return lines


# ── Importing ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _importing(server: str, home: str, homes: int) -> list[Line]:
    lines = []
    for name, environment in _on_each(server, home, "importing"):
        found = _run("bench.importing", homes, environment)
        _say(
            f"\nImporting, {name}: {found['homes']:,} homes, {found['people']:,} people, {found['tenancies']:,} tenancies in"
            f" {found['seconds']:.0f} s ({found['processor']:.0f} of the processor), the same files again in"
            f" {found['seconds again']:.0f} s; {found['megabytes']:.0f} MB at most"
        )
        lines.append(Line(f"minutes to import {homes:,} homes, {name}", found["seconds"] / 60, MINUTES_TO_IMPORT))
        lines.append(Line(f"the same files again, {name}", found["seconds again"] / 60, MINUTES_TO_IMPORT))
    return lines


# ── Figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _figures(server: str, home: str, cases: int) -> list[Line]:
    lines = []
    for name, environment in _on_each(server, home, "figures"):
        found = _run("bench.marac", cases, environment)
        _say(
            f"\nFigures of the MARAC, {name}: {found['referrals']:,} referrals and {found['actions']:,} actions in"
            f" {found['cases']:,} cases; the slowest year"
        )
        lines += [
            Line(
                f"figures of the MARAC over {cases:,} cases, {whose}, {name}: seconds", found[who], SECONDS_FOR_FIGURES
            )
            for who, whose in (("executive", "the landlord's"), ("lead", "of the cases that a lead sees"))
        ]
    return lines


# ── Around it ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _on_each(server: str, home: str, name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """An empty database of that name on each that the product takes: what it is called, and the environment in which it is used."""
    yield "PostgreSQL", _environment(server, home, name)
    yield "SQLite", {"DATABASE_URL": f"sqlite:///{home}/{name}.sqlite3", "FANLIGHT_HOME": home, **MASTER_KEY}


def _environment(server: str, home: str, name: str) -> dict[str, str]:
    """This function will make an empty database, and say to the product where it is."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    own = Path(home, name)
    own.mkdir()
    return {"DATABASE_URL": server.rpartition("/")[0] + f"/{name}", "FANLIGHT_HOME": str(own), **MASTER_KEY}


def _run(module: str, argument: float, environment: Mapping[str, str]) -> dict[str, Any]:
    """This function will run a part of the benchmark in a process of its own, which wakes Django on its own database."""
    done = subprocess.run(
        [sys.executable, "-m", module, str(argument)],
        cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, timeout=3600, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{module} failed.")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _collect_static_files(environment: Mapping[str, str]) -> None:
    """This function will lay the static files where the server looks for them, as every start of the product does."""
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity=0"],
        cwd=ROOT,
        env={**os.environ, **environment, "DJANGO_SETTINGS_MODULE": "fanlight.casework.settings"},
        timeout=120,
        check=True,
    )


def _machine() -> str:
    memory = next((line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "0")
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ""
    )
    made_of = ", ".join(f"{name} {version(name)}" for name in ("Django", "gunicorn", "psycopg"))
    return (
        f"{os.cpu_count()} cores{f' ({model})' if model else ''}, {int(memory) / 2**20:.0f} GiB;"
        f" Python {platform.python_version()}, {made_of}"
    )


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []


def _database(server: str) -> str:
    with psycopg.connect(server) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return f"PostgreSQL {row[0] if row else ''}, started for this run"


def _table(lines: list[Line]) -> None:
    width = max(len(line.what) for line in lines)
    _say(f"{'what':<{width}}  {'came':>8}  {'limit':>9}  holds")
    for line in lines:
        limit = "" if line.limit is None else f"{'≥' if line.at_least else '≤'} {line.limit:g}"
        came = f"{line.came:.0f}" if line.at_least and (line.limit or 0) >= 1 else f"{line.came:.2f}"
        _say(f"{line.what:<{width}}  {came:>8}  {limit:>9}  {line.holds}")


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
