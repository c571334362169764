"""What every test of an action starts with: the cast, in a database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """This function will put the cast into the database."""
    from tests.cast import the_cast

    return the_cast()


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """This function will let a landlord want every share authorised."""
    from fanlight.casework.landlords import SharingSettings, settings_of
    from fanlight.casework.queries import judging

    connect = settings_of("connect")
    strict = replace(connect, sharing=SharingSettings(("always",), connect.sharing.review_after))
    monkeypatch.setattr(judging, "settings_of", lambda name: strict if name == "connect" else settings_of(name))
