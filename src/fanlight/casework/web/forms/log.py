"""The forms of finding a person, and of choosing whose log to look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fanlight.casework.queries.log_words import PURPOSES
from fanlight.casework.web.forms.fields import LineField, PageForm, WordField, whole_reference


class FindForm(PageForm):
    """Somebody is looked for, by the whole of a name or a telephone number, and for what."""

    name = LineField(
        "Name",
        hint="The whole name, as it was written down. Capital letters and accents do not matter.",
        width="govuk-!-width-two-thirds",
        most=120,
    )
    phone = LineField("Or a telephone number", width="govuk-input--width-20", kind="tel", most=40)
    purpose = WordField("Why are you looking?", PURPOSES, missing="Say why you are looking", hint="The log keeps this.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("name") and not given.get("phone"):
            self.add_error("name", "Enter a name or a telephone number")
        return given


class CaseAskedForm(PageForm):
    """The log of a case is asked for."""

    reference = whole_reference()


class StaffAskedForm(PageForm):
    """The log of a colleague is asked for."""

    def __init__(self, data: Any = None, *, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        """This function will make the form; `people` are all who work here or did."""
        super().__init__(data, **kwargs)
        self.fields["person"] = WordField("Who?", {str(number): name for number, name in people}, missing="Say who")
