"""A full disk: the one who writes gets a sentence and keeps what they typed; nothing is half written; with room it works again."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests import postgres
from tests.faults.disks import SmallDisk, small_disk
from tests.faults.installation import VISIT, Installation, Server, Visitor, assert_nothing_is_lost

LONG = "She told the whole of it again, from the beginning. "


def write_until_it_is_full(here: Installation, served: Server, disk: SmallDisk, processes: list[int]) -> list[str]:
    """This function will write until the disk is full, hold the page to what it must say, make room, and send again.

    It gives what was acknowledged.
    """
    address = f"/cases/{here.references[0]}/record/visit"
    carys = Visitor(served.port, here.sessions["carys"])
    known: list[str] = []

    def typed(number: int) -> dict[str, str]:
        return {**carys.get(address).hidden(), **VISIT, "note": f"{number}: " + LONG * 200}

    for number in range(3):
        sent = typed(number)
        assert carys.post(address, sent).status == 302
        known.append(sent["note"].strip())

    sent = typed(3)
    disk.fill(processes)
    answers = []
    # What room is left in files that are there already is used up first.
    for number in range(3, 300):
        sent = {**sent, "note": f"{number}: " + LONG * 200}
        answers.append(carys.post(address, sent))
        if answers[-1].status != 302:
            break
        known.append(sent["note"].strip())
        sent["seen"] = str(int(sent["seen"]) + 1)
    refused = answers[-1]
    assert refused.status == 503, refused.body
    assert "This could not be saved" in refused.body
    assert ("There is no room left" if disk.is_mounted else "cannot reach its records") in refused.body
    assert LONG.strip() in refused.body
    assert carys.get("/sign-in").status in (302, 503)

    disk.empty(processes)
    kept = {**refused.hidden(), "csrfmiddlewaretoken": sent["csrfmiddlewaretoken"]}
    assert [carys.post(address, kept).status for _ in range(2)] == [302, 302]
    assert carys.get(f"/cases/{here.references[0]}").status == 200
    return [*known, sent["note"].strip()]


@pytest.mark.parametrize("mounted", [True, False], ids=["a file system", "a limit on files"])
def test_a_full_disk_under_sqlite_loses_nothing_and_says_so_in_a_sentence(
    mounted: bool, made_on_sqlite: Installation, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "small", 24, mounted=mounted) as disk:
        here = made_on_sqlite.copied(disk.folder)
        with here.served() as served:
            known = write_until_it_is_full(here, served, disk, served.workers())
        assert assert_nothing_is_lost(here.inside("look"), known) == len(known)


def test_a_full_disk_under_postgresql_loses_nothing_and_says_so_in_a_sentence(tmp_path: Path) -> None:
    # The server must reach its data, and root's temporary folder is closed to it.
    with TemporaryDirectory(prefix="fanlight-disk-") as folder:
        Path(folder).chmod(0o755)
        with small_disk(Path(folder) / "small", 90) as disk:
            data = disk.folder / "data"
            data.mkdir()
            with postgres.server(postgres.DURABLE, data=data) as database:
                here = Installation(tmp_path, database.url)
                here.make()
                with here.served() as served:
                    known = write_until_it_is_full(here, served, disk, database.processes())
                assert assert_nothing_is_lost(here.inside("look"), known) == len(known)
