"""The forms of finding a person, and of choosing whose log to look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fanlight.casework.queries.log_words import PURPOSES
from fanlight.casework.web.forms.fields import LineField, PageForm, WordField, whole_reference
from fanlight.casework.web.forms.people import DayField


class FindForm(PageForm):
    """Somebody is looked for, by whatever is known of them, and for what."""

    name = LineField(
        "Name",
        hint="However it is spelt: by its sound, a short form or an initial will do, and a former name.",
        width="govuk-!-width-two-thirds",
        most=120,
    )
    born = DayField("Date of birth", required=False)
    phone = LineField("Telephone number", width="govuk-input--width-20", kind="tel", most=40)
    address = LineField("Address or postcode", width="govuk-!-width-two-thirds", most=120)
    reference = LineField(
        "A reference",
        hint="Of a tenancy, a home or a person in the housing system, a case, a police log, or the UPRN of a home.",
        width="govuk-input--width-20",
        most=60,
    )
    purpose = WordField("Why are you looking?", PURPOSES, missing="Say why you are looking", hint="The log keeps this.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(given.get(name) for name in ("name", "born", "phone", "address", "reference")):
            self.add_error("name", "Enter at least one thing that you know of them")
        return given

    @staticmethod
    def once_more(given: dict[str, Any]) -> dict[str, Any]:
        """This function will give what was typed, to stand in the form again; why is asked anew each time."""
        born = given.get("born")
        day = {"day": str(born.day), "month": str(born.month), "year": str(born.year)} if born else {}
        return {**{name: given[name] for name in ("name", "phone", "address", "reference")}, "born": day}


class CaseAskedForm(PageForm):
    """The log of a case is asked for."""

    reference = whole_reference()


class StaffAskedForm(PageForm):
    """The log of a colleague is asked for."""

    def __init__(self, data: Any = None, *, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        """This function will make the form; `people` are all who work here or did."""
        super().__init__(data, **kwargs)
        self.fields["person"] = WordField("Who?", {str(number): name for number, name in people}, missing="Say who")
