"""The directory as Open Referral UK JSON by the API: what is given is taken."""

import json
from typing import Any

from tests.cast import Cast


def test_what_the_directory_gives_it_takes_and_is_the_same_after(cast: Cast, as_: Any) -> None:
    browser = as_(cast.carys)
    given = browser.get("/api/directory").json()
    assert given["contents"]
    taken = browser.post("/api/directory", json.dumps(given), content_type="application/json")
    assert (taken.status_code, taken.json()["services"]) == (200, len(given["contents"])), taken.content
    assert browser.get("/api/directory").json() == given
    assert browser.post("/api/directory", '{"rubbish": 1}', content_type="application/json").status_code == 422
