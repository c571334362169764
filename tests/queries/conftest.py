"""What every test of a query starts with: the cast, in a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """This function will put the cast into the database."""
    from tests.cast import the_cast

    return the_cast()
