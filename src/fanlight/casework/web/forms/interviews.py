"""The form of an interview: what the record asks of every interview, and who was there."""

from __future__ import annotations

from typing import Any

from fanlight.casework.queries.entry_form import EntryForm as Asked
from fanlight.casework.web.forms.entry import EntryForm
from fanlight.casework.web.forms.fields import LineField, TextField


class InterviewForm(EntryForm):
    """What was asked and learned, who was with them, and why anything was not as it should be."""

    def __init__(self, data: Any = None, *, asked: Asked, **kwargs: Any) -> None:
        """This function will make the form for what a query says is to be asked."""
        super().__init__(data, asked=asked, **kwargs)
        self.fields["with_them"] = LineField(
            "Who was with them?", hint="Their name, and what they are to them. Nobody: leave it empty."
        )
        self.fields["interpreted_by"] = LineField(
            "Who interpreted?", hint="Their name and organisation. Nobody: leave it empty."
        )
        self.fields["reason"] = TextField(
            "If something of this is not as it should be: why was it so?",
            rows=2,
            hint="It goes on the record as it was, with your reason.",
        )

    def opening(self) -> list[Any]:
        """This function will give the fields that come first: whom it reached, the kind's own, who was there."""
        return [*super().opening(), self["with_them"], self["interpreted_by"]]
