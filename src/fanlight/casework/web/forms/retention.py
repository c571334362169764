"""The forms of how long cases are kept: hold one back, lift a hold, look at one that fell due, dispose of one."""

from __future__ import annotations

from typing import Any

from fanlight.casework.models.retention import OUTCOMES
from fanlight.casework.web.forms.fields import LineField, PageForm, TextField, WordField
from fanlight.casework.web.forms.people import DayField

_NAME_NOBODY = "Name nobody: whoever looks after how long cases are kept reads it, and does not see the case."


class HoldForm(PageForm):
    """Why a case is held back, and until when."""

    reason = TextField("Why is it held back?", rows=3, missing="Say why it is held back", hint=_NAME_NOBODY)
    until = DayField("Until which day?", required=False, hint="Leave it empty to hold it until somebody lifts it.")


class LiftForm(PageForm):
    """Why a hold is lifted."""

    reason = TextField("Why is it lifted?", rows=3, missing="Say why it is lifted", hint=_NAME_NOBODY)


class ReviewDisposalForm(PageForm):
    """What becomes of a case that fell due."""

    outcome = WordField(
        "What becomes of it?",
        {**dict(OUTCOMES), "dispose": "Let it go: somebody else can dispose of it"},
        missing="Say what becomes of it",
    )
    keep_until = DayField("If it is kept, until which day?", required=False)
    reason = TextField("Why?", rows=3, missing="Say why", hint=_NAME_NOBODY)


class DisposeForm(PageForm):
    """The reference is typed once more, so that nothing goes by a slip of the hand."""

    def __init__(self, data: Any = None, *, expected: str, **kwargs: Any) -> None:
        """This function will make the form; `expected` is the reference that must be typed."""
        super().__init__(data, **kwargs)
        self.expected = expected
        self.fields["reference"] = LineField(
            "Type the reference of the case",
            missing="Type the reference of the case",
            width="govuk-input--width-20",
            most=32,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("reference") and given["reference"].upper() != self.expected:
            self.add_error("reference", f"Type {self.expected}, if that is the case you mean")
        return given
