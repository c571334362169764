"""The forms of wishes, plans, choices and interviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fanlight.casework.queries.lines import PartLine
from fanlight.casework.web.forms.fields import PageForm, TextField, WhenField, WordField


def whose(people: Sequence[PartLine], ask: str) -> dict[str, WordField]:
    """This function will give the field that asks whose it is, where there are several to choose from."""
    if len(people) <= 1:
        return {}
    return {"part": WordField(ask, {str(one.id): one.name for one in people}, missing="Say whose it is")}


class WishesForm(PageForm):
    """What somebody wants, in their own words."""

    def __init__(self, data: Any = None, *, people: Sequence[PartLine], **kwargs: Any) -> None:
        """This function will make the form for the people at risk."""
        super().__init__(data, **kwargs)
        self.fields |= whose(people, "Whose words are they?")
        self.fields["words"] = TextField(
            "What do they want, in their own words?", rows=5, missing="Write what they said, in their own words"
        )
        self.fields["at"] = WhenField("When did they say it?")
