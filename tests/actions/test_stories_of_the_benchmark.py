"""The stories of the benchmark are told by the actions of the product, as they are asked for today."""

from datetime import timedelta

import pytest

from bench import stories
from bench.telling import Cast as Tellers
from bench.telling import telling
from tests import make
from tests.cast import Cast

EVERY = [story for story in vars(stories).values() if isinstance(story, stories.Story)]


@pytest.mark.parametrize("people", [True, False], ids=["people named", "nobody named"])
@pytest.mark.parametrize("story", EVERY, ids=lambda story: story.title)
def test_every_line_of_a_story_is_an_entry_in_its_place(story: stories.Story, people: bool, cast: Cast) -> None:
    first = make.MORNING.date() - timedelta(days=400)
    told = list(telling(story, first, Tellers(cast.carys, cast.carys, cast.asha), people=people))
    case = make.fresh(told[0][0])
    assert [row.kind for row in case.entries.order_by("sequence")] == [line.kind for line in story.lines]
    assert sum(entries for _, entries in told) == len(story.lines)
