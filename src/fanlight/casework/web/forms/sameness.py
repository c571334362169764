"""The forms by which two people of the register are said to be one, or two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fanlight.casework.queries.find_people import FoundPerson
from fanlight.casework.web.forms.fields import PageForm, TextField, WordField


class MergeForm(PageForm):
    """Somebody is the same as one of those who are like them."""

    def __init__(self, data: Any = None, *, like: Iterable[FoundPerson], **kwargs: Any) -> None:
        """This function will make the form; `like` are those who are like them."""
        super().__init__(data, **kwargs)
        self.fields["into"] = WordField(
            "Who is it?", {str(one.id): _line(one) for one in like}, missing="Say who it is", unsaid="Nobody of them"
        )
        self.fields["reason"] = TextField("How do you know?", rows=2, missing="Say how you know")


def _line(one: FoundPerson) -> str:
    born = f", born {one.born:%-d %B %Y}" if one.born else ""
    return f"{one.name}{born}{', ' + one.address if one.address else ''} ({'; '.join(one.why).lower()})"


class UnmergeForm(PageForm):
    """Two who were said to be one are taken apart."""

    reason = TextField("How do you know that they are two?", rows=2, missing="Say how you know")


class PairForm(PageForm):
    """Two who were put side by side are one, or two."""

    answer = WordField(
        "Are they one person?",
        {"one": "One person", "two": "Two people"},
        missing="Say whether they are one",
        unsaid="Not known",
    )
    reason = TextField("How do you know?", rows=2, missing="Say how you know")
