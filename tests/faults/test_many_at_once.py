"""Two hundred people write on one case at once, over HTTP, through the server's workers: each of them once, in one order."""

import re
import secrets
from collections.abc import Mapping
from threading import Barrier, Semaphore, Thread

from tests.faults.installation import Answer, Installation, Visitor, assert_nothing_is_lost

WRITERS = 200
WORKERS = 4
# All begin in the same moment. Whoever was too late looks again, so many of them at once as have a chance to be in time.
LOOKING_AGAIN = 2
SEEN = re.compile(r'name="seen" value="(\d+)"')


def test_two_hundred_who_write_on_one_case_at_once_are_all_on_its_record_once(on_postgresql: Installation) -> None:
    address = f"/cases/{on_postgresql.references[0]}/record/visit"
    barrier, chance = Barrier(WRITERS), Semaphore(LOOKING_AGAIN)
    outcomes: list[object] = [None] * WRITERS
    conflicts = [0] * WRITERS

    def write(number: int, carys: Visitor, form: Mapping[str, str]) -> None:
        typed = {**form, "mark": secrets.token_urlsafe(16), "note": f"Visit number {number}"}
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

    with on_postgresql.served(WORKERS) as served:
        carys = Visitor(served.port, on_postgresql.sessions["carys"])
        form = carys.get(address).hidden()
        threads = [Thread(target=write, args=(number, carys, form)) for number in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert outcomes == [302] * WRITERS
    assert sum(conflicts) > 0, "nobody met anybody"
    known = [f"Visit number {number}" for number in range(WRITERS)]
    assert assert_nothing_is_lost(on_postgresql.inside("look"), known) == WRITERS
