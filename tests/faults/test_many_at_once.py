"""Two hundred people write on one case at once, over HTTP and through a pool of connections: each of them once, in one order."""

import re
import secrets
from collections.abc import Mapping
from threading import Barrier, Semaphore, Thread

import pytest

from tests import postgres
from tests.faults.installation import VISIT, Answer, Installation, Server, Visitor, assert_nothing_is_lost
from tests.pooler import Pooler, pooling

WRITERS = 200
# Whoever writes has a thread of the server's, and a connection to the pooler; behind it they share a tenth as many.
WORKERS, THREADS, POOL = 2, 100, 20
# All begin in the same moment. Whoever was too late looks again, so many of them at once as have a chance to be in time.
LOOKING_AGAIN = 2
SEEN = re.compile(r'name="seen" value="(\d+)"')


def test_two_hundred_who_write_on_one_case_at_once_are_all_on_its_record_once(
    durable: postgres.Server, on_postgresql: Installation
) -> None:
    with pooling(durable, "transaction", POOL) as pooler:
        behind(pooler, on_postgresql)
        with on_postgresql.served(WORKERS, THREADS) as served:
            conflicts = all_write(WRITERS, on_postgresql, served)
        assert pooler.clients_at_once() > 5 * POOL
        assert conflicts > 0, "nobody met anybody"
        known = [note(number) for number in range(WRITERS)]
        assert assert_nothing_is_lost(on_postgresql.inside("look"), known) == WRITERS


@pytest.mark.parametrize("mode", ["transaction", "session"])
def test_everything_that_needs_a_database_works_through_a_pooler(
    mode: str, durable: postgres.Server, on_postgresql: Installation
) -> None:
    with pooling(durable, mode, POOL) as pooler:
        behind(pooler, on_postgresql)
        with on_postgresql.served(2) as served:
            assert all_write(6, on_postgresql, served) >= 0
            carys = Visitor(served.port, on_postgresql.sessions["carys"])
            assert [carys.get(page).status for page in ("/duties", "/cases", "/find", "/retention")] == [200] * 4
        for command in ("check_projections", "rebuild_projections", "tick", "verify", "rotate_keys", "migrate"):
            ran = on_postgresql.command(command)
            assert ran.returncode == 0, f"{command}: {ran.stdout}{ran.stderr}"
        assert assert_nothing_is_lost(on_postgresql.inside("look"), [note(number) for number in range(6)]) == 6


def behind(pooler: Pooler, here: Installation) -> None:
    """This function will have an installation ask the pooler for its database from here on."""
    name = here.environment["DATABASE_URL"].rpartition("/")[2]
    here.environment["DATABASE_URL"] = pooler.url_of(name)


def note(number: int) -> str:
    """This function will give what one of those who write has to say."""
    return f"Visit number {number}"


def all_write(writers: int, here: Installation, served: Server) -> int:
    """This function will have so many people write on one case at one moment, and give how often one was too late."""
    address = f"/cases/{here.references[0]}/record/visit"
    barrier, chance = Barrier(writers), Semaphore(LOOKING_AGAIN)
    outcomes: list[object] = [None] * writers
    conflicts = [0] * writers

    def write(number: int, carys: Visitor, form: Mapping[str, str]) -> None:
        typed = {**form, **VISIT, "mark": secrets.token_urlsafe(16), "note": note(number)}
        try:
            barrier.wait()
            answer = carys.post(address, typed)
            if answer.status == 409:
                with chance:
                    answer = look_again(number, carys, typed)
            outcomes[number] = answer.status
        except Exception as raised:
            outcomes[number] = raised

    def look_again(number: int, carys: Visitor, typed: Mapping[str, str]) -> Answer:
        seen = carys.get(address).hidden()["seen"]
        while (answer := carys.post(address, {**typed, "seen": seen})).status == 409:
            conflicts[number] += 1
            found = SEEN.search(answer.body)
            assert found, "the page does not say what it has shown"
            seen = found[1]
        return answer

    carys = Visitor(served.port, here.sessions["carys"])
    shown = carys.get(address)
    assert shown.status == 200, shown.body
    form = shown.hidden()
    threads = [Thread(target=write, args=(number, carys, form)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [302] * writers
    return sum(conflicts)
