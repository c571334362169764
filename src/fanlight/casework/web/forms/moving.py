"""The forms of moves and letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fanlight.casework.models.moving import ANSWERS_TO_A_STEP
from fanlight.casework.queries.letters import LetterForm
from fanlight.casework.queries.lines import Colleague, PartLine
from fanlight.casework.web.forms.fields import LineField, PageForm, TextField, WordField, WordsField, YesNoField
from fanlight.casework.web.forms.people import DayField

WRITE_IT_HERE = "Write it here and nowhere else: what stands in a note is read by everybody who sees the case."


class AskForMoveForm(PageForm):
    """A move that leaves no trace is asked for."""

    def __init__(
        self, data: Any = None, *, people: Iterable[PartLine], colleagues: Iterable[Colleague], **kwargs: Any
    ) -> None:
        """This function will make the form; `colleagues` are those who see the case."""
        super().__init__(data, **kwargs)
        self.fields["part"] = WordField(
            "Who moves?", {str(one.id): f"{one.name}, {one.part_title}" for one in people}, missing="Say who moves"
        )
        self.fields["reason"] = TextField("Why must it leave no trace?", rows=3, missing="Say why")
        self.fields["moves_on"] = DayField("When do they move?", hint="Leave it empty if it is not known yet.")
        self.fields |= _where("New address, if it is known", WRITE_IT_HERE)
        self.fields["named"] = WordsField(
            "Who should know the new address?",
            _names(colleagues),
            closed=True,
            hint="As few as can be. Whoever authorises the move decides. You know it if you write it here.",
        )


class CorrectMoveForm(PageForm):
    """A move is put right."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        """This function will make the form."""
        super().__init__(data, **kwargs)
        self.fields["moves_on"] = DayField("Another day", hint="Leave it empty to leave it as it is.")
        self.fields |= _where("Another address", f"Leave it empty to leave it as it is. {WRITE_IT_HERE}")
        self.fields["reason"] = TextField("Why?", rows=3, missing="Say why", hint="Without the address.")


class DecideOnMoveForm(PageForm):
    """A move is authorised, or is not."""

    def __init__(self, data: Any = None, *, colleagues: Iterable[Colleague], **kwargs: Any) -> None:
        """This function will make the form; `colleagues` are those who see the case."""
        super().__init__(data, **kwargs)
        self.fields["decision"] = WordField(
            "Do you authorise it?", {"yes": "Yes", "no": "No"}, missing="Say whether you authorise it"
        )
        self.fields["named"] = WordsField(
            "Who may know the new address?",
            _names(colleagues),
            closed=True,
            hint="Nobody else will, whatever their role. Whoever wrote it down knows it.",
        )
        self.fields["reason"] = TextField("Why, if you do not", rows=2)


class StepForm(PageForm):
    """What was done about a system."""

    answer = WordField("Is it done?", dict(ANSWERS_TO_A_STEP), missing="Say whether it is done")
    note = TextField("What was done, or why it is not needed", rows=2, hint="Without the address.")


class AskToLiftForm(PageForm):
    """Why an address need be protected no longer."""

    reason = TextField("Why need it be protected no longer?", rows=3, missing="Say why", hint="Without the address.")
    they_agree = YesNoField("Do they want it?", hint="Not known, if nobody could ask them.")


class DecideOnLiftingForm(PageForm):
    """The protection of an address is lifted, or is not."""

    decision = WordField(
        "What do you decide?", {"yes": "Lift it", "no": "Keep it protected"}, missing="Say what you decide"
    )
    reason = TextField("Why, if you keep it", rows=2)


class ReasonForm(PageForm):
    """Why."""

    reason = TextField("Why?", rows=3, missing="Say why")


class NameKnowerForm(PageForm):
    """A colleague may know a protected address."""

    def __init__(self, data: Any = None, *, colleagues: Iterable[Colleague], **kwargs: Any) -> None:
        """This function will make the form."""
        super().__init__(data, **kwargs)
        self.fields["staff"] = WordField("Who may know it?", _names(colleagues), missing="Say who")
        self.fields["last_day"] = DayField("Until which day?", hint="Leave it empty for no end.")


class WriteLetterForm(PageForm):
    """A letter: where to, in which language, and what it asks for."""

    def __init__(self, data: Any = None, *, asked: LetterForm, **kwargs: Any) -> None:
        """This function will make the form; an address to which no letter may go is not among those to choose from."""
        super().__init__(data, **kwargs)
        open_to = [one for one in asked.choices if not one.why_not]
        self.fields["way"] = WordField(
            "To which address?", {str(one.way): one.value for one in open_to}, missing="Choose an address"
        )
        if len(open_to) == 1:
            self.fields["way"].initial = str(open_to[0].way)
        if len(asked.languages) > 1:
            self.fields["language"] = WordField(
                "In which language?", dict(asked.languages), missing="Choose a language"
            )
        for name, question in asked.asks.items():
            self.fields[f"said-{name}"] = LineField(question, missing="Fill this in")

    def said(self, asks: Mapping[str, str]) -> dict[str, str]:
        """This function will give what was typed, by the names that the letter asks for."""
        return {name: self.cleaned_data[f"said-{name}"] for name in asks}


def _where(ask: str, hint: str) -> dict[str, Any]:
    return {
        "address": TextField(ask, rows=4, hint=hint),
        "home": LineField(
            "If it is one of our homes: its reference, or its UPRN",
            width="govuk-input--width-20",
            most=40,
            hint="In place of the address.",
        ),
        "may_write": YesNoField("Is post to the new address safe?", hint="Only if they have said so themselves."),
    }


def _names(colleagues: Iterable[Colleague]) -> dict[str, str]:
    return {str(one.id): ", ".join((one.name, *one.roles)) for one in colleagues}


def numbers(words: Sequence[str] | None) -> list[int]:
    """This function will give the ids of the colleagues who were chosen."""
    return [int(word) for word in words or ()]
