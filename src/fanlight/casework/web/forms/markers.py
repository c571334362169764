"""The forms of asking before acting at an address, and of markers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fanlight.casework.models.marker import PURPOSES
from fanlight.casework.queries.address_check import Address
from fanlight.casework.queries.markers import HomeLine
from fanlight.casework.web.forms.fields import LineField, PageForm, TextField, WordField
from fanlight.casework.web.forms.people import DayField

ANOTHER, NOWHERE = "another", "nowhere"

_NOT_WHY = "Nobody reads this but those who look after the marker."


def address_of(typed: dict[str, Any]) -> Address:
    """This function will give the address that somebody typed."""
    return Address(line=typed["line"], postcode=typed["postcode"], reference=typed["reference"])


class AddressForm(PageForm):
    """An address, or a reference by which it is found."""

    line = LineField("First line of the address", hint="For example, 4 Mill Lane or Flat 2, Mill House.", most=120)
    postcode = LineField("Postcode", width="govuk-input--width-10", most=12)
    reference = LineField(
        "Or a reference",
        hint="The UPRN, or the reference of the tenancy or of the home.",
        width="govuk-input--width-20",
        most=60,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and self.asks():
            if not given.get("line") and not given.get("reference"):
                self.add_error("line", "Enter the first line of the address, or a reference")
            elif given.get("line") and not given.get("postcode"):
                self.add_error("postcode", "Enter the postcode")
        return given

    def asks(self) -> bool:
        """This function will say whether an address must be given."""
        return True


class CheckForm(AddressForm):
    """What somebody means to do, and at which address."""

    purpose = WordField("What is it for?", dict(PURPOSES), missing="Say what it is for")
    field_order = ("purpose", "line", "postcode", "reference")


class SetMarkerForm(AddressForm):
    """A marker on a home."""

    def __init__(
        self, data: Any = None, *, kinds: dict[str, str], homes: Iterable[HomeLine] | None, **kwargs: Any
    ) -> None:
        """This function will make the form; `homes` are those of the people in the case, None where it is of no case."""
        super().__init__(data, **kwargs)
        self.fields["kind"] = WordField("What must colleagues know?", kinds, missing="Say what colleagues must know")
        self.fields["reason"] = TextField("Why?", rows=3, missing="Say why", hint=_NOT_WHY)
        self.fields["until"] = DayField("Until which day?", required=False)
        self.fields["review_on"] = DayField("When do you look at it again?", required=False)
        order = ["kind", "line", "postcode", "reference", "reason", "review_on", "until"]
        self.of_case = homes is not None
        if homes is not None:
            self.fields["line"].label = "Another home: first line of the address"
            words = {str(home.id): home.address for home in homes}
            words |= {ANOTHER: "Another home: say below which", NOWHERE: "None: it is set in the housing system alone"}
            self.fields["home"] = WordField("On which home?", words, missing="Say on which home")
            order.insert(1, "home")
        self.order_fields(order)

    def asks(self) -> bool:
        return not self.of_case or self.data.get("home") == ANOTHER


class ReviewMarkerForm(PageForm):
    """A marker is looked at again, and kept."""

    reason = TextField("Why is it still needed?", rows=3, missing="Say why it is still needed", hint=_NOT_WHY)
    review_on = DayField("When do you look at it again?", required=False)
    until = DayField("Until which day?", required=False)


class EndMarkerForm(PageForm):
    """A marker is ended."""

    reason = TextField("Why does it end?", rows=3, missing="Say why it ends", hint=_NOT_WHY)
