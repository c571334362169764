"""The database stopped and started again: pages say so in a sentence, and recover without anybody restarting them."""

from tests import postgres
from tests.faults.installation import VISIT, Installation, Visitor, assert_nothing_is_lost


def test_a_stopped_database_is_said_in_a_sentence_and_one_that_is_back_serves_again(
    durable: postgres.Server, on_postgresql: Installation
) -> None:
    case = f"/cases/{on_postgresql.references[0]}"
    with on_postgresql.served() as served:
        carys = Visitor(served.port, on_postgresql.sessions["carys"])
        form = carys.get(f"{case}/record/visit")
        assert form.status == 200
        typed = {**form.hidden(), **VISIT, "note": "She keeps a bag packed at her sister's."}

        for mode in ("immediate", "fast"):
            durable.stop(mode)
            shown = [carys.get(address) for address in ("/duties", case, "/sign-in", "/cases")]
            refused = carys.post(f"{case}/record/visit", typed)
            assert [answer.status for answer in shown] == [503] * 4
            assert "This page cannot be shown at the moment" in shown[0].body
            assert refused.status == 503
            assert "This could not be saved" in refused.body
            assert "She keeps a bag packed" in refused.body
            durable.start()
            assert [carys.get(address).status for address in ("/duties", case, "/duties", case)] == [200] * 4

        again = refused.hidden()
        assert again["mark"] == typed["mark"]
        sent = [
            carys.post(f"{case}/record/visit", {**again, "csrfmiddlewaretoken": typed["csrfmiddlewaretoken"]})
            for _ in range(2)
        ]
        assert [answer.status for answer in sent] == [302, 302]
    assert assert_nothing_is_lost(on_postgresql.inside("look"), [typed["note"]]) == 1
