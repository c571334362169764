"""The forms of the people's pages: roles, deputies, who is kept from a case, emergencies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from fanlight.casework.models.reach import OUTCOMES_OF_REVIEW, PURPOSES, RELATIONS
from fanlight.casework.queries.lines import Colleague
from fanlight.casework.web.forms.fields import (
    MomentField,
    PageForm,
    TextField,
    TypedGroup,
    WordField,
    WordsField,
    moment_of_parts,
    parts_of_moment,
    whole_reference,
)


class DayField(MomentField):
    """A day in Europe/London."""

    component = "forms/day.html"

    def __init__(self, ask: str, **kwargs: Any) -> None:
        super().__init__(ask, **kwargs)
        self.widget = TypedGroup("day", "month", "year")

    def prepare_value(self, value: Any) -> Any:
        parts = parts_of_moment(value) if value is None or isinstance(value, datetime) else value
        return {part: parts.get(part, "") for part in ("day", "month", "year")}

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]  # a day, where the other gives a moment
        moment = moment_of_parts(value)
        return moment.date() if moment else None


class AskForRoleForm(PageForm):
    """A role for a colleague."""

    def __init__(self, data: Any = None, *, roles: Mapping[str, str], patches: Iterable[str], **kwargs: Any) -> None:
        """This function will make the form; `roles` are those that the colleague may have."""
        super().__init__(data, **kwargs)
        self.fields["role"] = WordField(
            "Which role?",
            roles,
            missing="Say which role",
            hint="One that sees cases, or decides who does, waits for somebody else to approve it.",
        )
        self.fields["patches"] = WordsField(
            "In which patches?",
            {patch: patch for patch in patches},
            closed=True,
            hint="Leave all of them empty for everywhere.",
        )


class DecideForm(PageForm):
    """A role that waits is granted or refused."""

    decision = WordField(
        "Should they have this role?",
        {"grant": "Yes, grant it", "refuse": "No, refuse it"},
        missing="Say whether they should have it",
    )


class DeputyForm(PageForm):
    """Who stands in, and from which day to which."""

    def __init__(self, data: Any = None, *, colleagues: Iterable[Colleague], **kwargs: Any) -> None:
        """This function will make the form; `colleagues` are those who may stand in."""
        super().__init__(data, **kwargs)
        self.fields["deputy"] = WordField(
            "Who stands in?",
            {str(one.id): f"{one.name}, {', '.join(one.roles)}" for one in colleagues},
            missing="Say who stands in",
            hint="They have the duties and the cases too, as far as their own roles see cases of the kind.",
        )
        self.fields["first_day"] = DayField("First day", missing="Enter the first day")
        self.fields["last_day"] = DayField("Last day", missing="Enter the last day")


class SetAsideForm(PageForm):
    """A colleague is set aside from a case."""

    def __init__(self, data: Any = None, *, colleagues: Iterable[Colleague], **kwargs: Any) -> None:
        """This function will make the form."""
        super().__init__(data, **kwargs)
        self.fields["staff"] = WordField("Who?", _names(colleagues), missing="Say who")
        self.fields["reason"] = TextField("Why?", rows=3, missing="Say why")


class RelatedColleagueForm(PageForm):
    """A colleague is related to somebody in a case."""

    def __init__(self, data: Any = None, *, colleagues: Iterable[Colleague], **kwargs: Any) -> None:
        """This function will make the form."""
        super().__init__(data, **kwargs)
        self.fields["staff"] = WordField("Who?", _names(colleagues), missing="Say who")
        self.fields["relation"] = _relation("What are they to somebody in the case?")


class RelatedForm(PageForm):
    """Somebody declares that they are related to somebody in the case."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        """This function will make the form."""
        super().__init__(data, **kwargs)
        self.fields["relation"] = _relation("What are you to somebody in the case?")


class LetBackInForm(PageForm):
    """Why somebody is let back in."""

    reason = TextField("Why?", rows=3, missing="Say why")


class EmergencyForm(PageForm):
    """A case is opened in an emergency."""

    reference = whole_reference()
    purpose = WordField("What makes it an emergency?", dict(PURPOSES), missing="Say what makes it an emergency")
    reason = TextField(
        "Why do you need this case now?",
        rows=3,
        missing="Say why you need this case now",
        hint="Whoever reviews it reads this.",
    )


class ReviewForm(PageForm):
    """Whether an emergency was one."""

    outcome = WordField("Was it right to open it?", dict(OUTCOMES_OF_REVIEW), missing="Say whether it was right")
    review = TextField("What was found, and what follows?", rows=3)


class ConfirmForm(PageForm):
    """Nothing to fill in: a press of the button says that it is meant."""


def _names(colleagues: Iterable[Colleague]) -> dict[str, str]:
    return {str(one.id): one.name for one in colleagues}


def _relation(ask: str) -> WordField:
    return WordField(ask, dict(RELATIONS), missing="Say how they are related")
