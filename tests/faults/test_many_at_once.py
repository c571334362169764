"""Two hundred people write on one case at once, over HTTP, through the server's workers: each of them once, in one order."""

import re
import secrets
from collections.abc import Mapping
from threading import Barrier, Thread

from tests.faults.installation import Installation, Visitor, assert_nothing_is_lost

WRITERS = 200
# So many of them say what they have seen last, and look again where somebody was before them.
LOOKING = 10
WORKERS = 4
SEEN = re.compile(r'name="seen" value="(\d+)"')


def test_two_hundred_who_write_on_one_case_at_once_are_all_on_its_record_once(on_postgresql: Installation) -> None:
    address = f"/cases/{on_postgresql.references[0]}/record/visit"
    barrier = Barrier(WRITERS)
    outcomes: list[object] = [None] * WRITERS
    conflicts = [0] * WRITERS

    def write(number: int, carys: Visitor, form: Mapping[str, str]) -> None:
        typed = {**form, "mark": secrets.token_urlsafe(16), "note": f"Visit number {number}"}
        if number >= LOOKING:
            typed["seen"] = ""
        try:
            barrier.wait()
            while (answer := carys.post(address, typed)).status == 409:
                conflicts[number] += 1
                found = SEEN.search(answer.body)
                typed["seen"] = found[1] if found else "0"
            outcomes[number] = answer.status
        except Exception as raised:
            outcomes[number] = raised

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
