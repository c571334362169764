"""What the tests of the API share with those of the pages: the same cast, case, clock and browser."""

from tests.web.conftest import as_, case, cast, report, the_clock

__all__ = ["as_", "case", "cast", "report", "the_clock"]
