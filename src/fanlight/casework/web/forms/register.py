"""The forms of the register: what staff learn of how somebody is spoken with, and equality data, of which nothing is required."""

from __future__ import annotations

from typing import Any

from fanlight.casework.queries.equality import QUESTIONS
from fanlight.casework.web.forms.fields import LineField, PageForm, TextField, WordField, YesNoField


class ChangePersonForm(PageForm):
    """What somebody speaks and needs."""

    language = LineField("Which language do they speak best?", width="20", most=60)
    interpreter = YesNoField("Do they need an interpreter?")
    communication = TextField("What helps when you speak or write to them?", rows=3)
    access_needs = TextField("What helps when you visit them, or they come to you?", rows=3)


class EqualityForm(PageForm):
    """What somebody is willing to say of themselves."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        """This function will make the form: a question each, and none that must be answered."""
        super().__init__(data, **kwargs)
        for name, question in QUESTIONS.items():
            self.fields[name] = WordField(question.ask, question.words, unsaid="Not asked")
