"""The forms of meetings of the MARAC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fanlight.casework.models.marac_meetings import BROUGHT_BY, CAME, OUTCOMES_OF_AN_ACTION
from fanlight.casework.queries.lines import Colleague
from fanlight.casework.web.forms.fields import LineField, MomentField, PageForm, TextField, WordField, YesNoField
from fanlight.casework.web.forms.people import DayField


class MeetingForm(PageForm):
    """A meeting is entered, or put right."""

    def __init__(self, data: Any = None, *, areas: Mapping[str, str], may_cancel: bool = False, **kwargs: Any) -> None:
        """This function will make the form; with no areas, the area stays as it is."""
        super().__init__(data, **kwargs)
        if areas:
            self.fields["area"] = WordField("Of which area?", areas, missing="Say of which area")
        self.fields["meets_at"] = MomentField("When does it meet?", missing="Say when it meets")
        self.fields["returns_on"] = DayField(
            "By which day does the coordinator want what we know?", hint="Leave it empty for our usual period."
        )
        self.fields["note"] = TextField(
            "Where is it, and how is the coordinator reached?", rows=3, hint="Nothing about anybody who is heard."
        )
        if may_cancel:
            self.fields["cancel"] = YesNoField("Is it cancelled?")


class ListingForm(PageForm):
    """A case is put on the list of a meeting."""

    reference = LineField(
        "Reference of our case",
        hint="The whole of it, such as AB-2026-000123. Leave it empty if you have not found them.",
        width="govuk-input--width-20",
        most=32,
    )
    brought_by = WordField("Who brought it to the MARAC?", dict(BROUGHT_BY), missing="Say who brought it")
    who = TextField(
        "If you have not found them: whom does the list name?",
        rows=3,
        hint="As the coordinator's list has it. Only those who arrange meetings see it, until they are found.",
    )


class MatchForm(PageForm):
    """Which of our cases it is."""

    reference = LineField(
        "Reference of our case",
        missing="Enter the whole reference of the case",
        width="govuk-input--width-20",
        most=32,
    )


class SettleForm(PageForm):
    """A case on the list is settled without a return."""

    outcome = WordField(
        "What became of it?",
        {
            "nothing_known": "We know nothing that helps, and say so",
            "taken_off": "It is not heard at this meeting: take it off the list",
        },
        missing="Say what became of it",
    )
    why = TextField("Why?", rows=3)


class AttendanceForm(PageForm):
    """Who goes, and who came."""

    def __init__(self, data: Any = None, *, colleagues: Iterable[Colleague], **kwargs: Any) -> None:
        """This function will make the form."""
        super().__init__(data, **kwargs)
        self.fields["staff"] = WordField("Who?", _people(colleagues), missing="Say who")
        self.fields["came"] = WordField("Do they go, or did they come?", dict(CAME), missing="Say whether they came")


class ActionForm(PageForm):
    """What a meeting gave us to do."""

    def __init__(
        self, data: Any = None, *, colleagues: Iterable[Colleague], cases: Mapping[str, str], **kwargs: Any
    ) -> None:
        """This function will make the form; `cases` are those on the list."""
        super().__init__(data, **kwargs)
        self.fields["listing"] = WordField(
            "About which case?", cases, unsaid="About none of them", hint="If it is about none of them, name nobody."
        )
        self.fields["what"] = TextField("What are we to do?", rows=3, missing="Say what is to be done")
        self.fields["owner"] = WordField("Who sees to it?", _people(colleagues), missing="Say who sees to it")
        self.fields["due_on"] = DayField("By which day?", missing="Say by which day")


class CompleteActionForm(PageForm):
    """An action is over."""

    outcome = WordField("Is it done?", dict(OUTCOMES_OF_AN_ACTION), missing="Say whether it is done")
    note = TextField("What was done, or why can it not be?", rows=3, missing="Say what was done, or why it cannot be")
    done_on = DayField("On which day?", hint="Leave it empty if it was today.")


class PassOnForm(PageForm):
    """An action is given to another colleague."""

    def __init__(self, data: Any = None, *, colleagues: Iterable[Colleague], **kwargs: Any) -> None:
        """This function will make the form."""
        super().__init__(data, **kwargs)
        self.fields["owner"] = WordField("Who sees to it now?", _people(colleagues), missing="Say who sees to it")


class MinutesForm(PageForm):
    """What was said of a case."""

    text = TextField(
        "What was said, and agreed?",
        rows=10,
        missing="Write what was said",
        hint="It stands apart from the case: those of us who were there read it, and nobody else. What it asks of us is entered as an action.",
    )


def _people(colleagues: Iterable[Colleague]) -> dict[str, str]:
    return {str(one.id): f"{one.name}, {', '.join(one.roles)}" for one in colleagues}
