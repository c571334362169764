"""The forms of wishes, plans, choices and interviews."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fanlight.casework.actions.make_action_plan import LONGEST_ITEM, MOST_ITEMS, Item
from fanlight.casework.models.plans import ANSWERS_TO_AN_ITEM, ANSWERS_TO_AN_OFFER, OWNERS
from fanlight.casework.queries.lines import PartLine
from fanlight.casework.queries.plans import CopyChoice, PlanForm
from fanlight.casework.web.forms.fields import LineField, PageForm, TextField, WhenField, WordField, YesNoField
from fanlight.casework.web.forms.people import DayField


def whose(people: Sequence[PartLine], ask: str) -> dict[str, WordField]:
    """This function will give the field that asks whose it is, where there are several to choose from."""
    if len(people) <= 1:
        return {}
    return {"part": WordField(ask, {str(one.id): one.name for one in people}, missing="Say whose it is")}


class WishesForm(PageForm):
    """What somebody wants, in their own words."""

    def __init__(self, data: Any = None, *, people: Sequence[PartLine], **kwargs: Any) -> None:
        """This function will make the form for the people at risk."""
        super().__init__(data, **kwargs)
        self.fields |= whose(people, "Whose words are they?")
        self.fields["words"] = TextField(
            "What do they want, in their own words?", rows=5, missing="Write what they said, in their own words"
        )
        self.fields["at"] = WhenField("When did they say it?")


AGREED = "Have they agreed it?"
MAY_KEEP = "Have they said that it is safe for them to keep a copy?"
BLANK_ROWS = 5


def _beside(form: PageForm, people: Sequence[PartLine]) -> None:
    """What is asked of every plan."""
    form.fields |= whose(people, "Whose plan is it?")
    form.fields["agreed"] = YesNoField(AGREED, missing="Say whether they have agreed it")
    form.fields["may_keep"] = YesNoField(
        MAY_KEEP,
        hint="Only they know who looks through their things, their telephone and their post. Not asked is not yes.",
    )
    form.fields["note"] = TextField("What else belongs on the record", rows=3)
    form.fields["at"] = WhenField("When was it made?")


class ActionPlanForm(PageForm):
    """What is to be done, in rows: what, who does it, by which day. A row in which nothing is written is left out."""

    def __init__(self, data: Any = None, *, page: PlanForm, **kwargs: Any) -> None:
        """This function will make the form; what was left open of the plan before is filled in."""
        initial: dict[str, Any] = {}
        for number, item in enumerate(page.items, 1):
            initial |= {f"what-{number}": item.what, f"owner-{number}": item.owner, f"who-{number}": item.who}
        super().__init__(data, initial=initial, **kwargs)
        self._rows = range(1, min(len(page.items) + BLANK_ROWS, MOST_ITEMS) + 1)
        for number in self._rows:
            self.fields[f"what-{number}"] = LineField("What is to be done", most=LONGEST_ITEM)
            self.fields[f"owner-{number}"] = WordField("Who does it", dict(OWNERS), unsaid="Nobody yet")
            self.fields[f"who-{number}"] = LineField("Which colleague, or who else", most=LONGEST_ITEM)
            self.fields[f"due-{number}"] = DayField("By which day", hint="Leave it empty if there is none.")
        _beside(self, page.at_risk)

    def rows(self) -> list[tuple[int, list[Any]]]:
        """This function will give the rows, each with its fields."""
        return [(row, [self[f"{name}-{row}"] for name in ("what", "owner", "who", "due")]) for row in self._rows]

    def rest(self) -> list[Any]:
        """This function will give the fields that come after the rows."""
        return [self[name] for name in ("part", "agreed", "may_keep", "note", "at") if name in self.fields]

    def items(self) -> list[tuple[int, Item]]:
        """This function will give the items that were written, each with its row."""
        found = []
        for row in self._rows:
            said: dict[str, Any] = {
                name: self.cleaned_data.get(f"{name}-{row}") for name in ("what", "owner", "who", "due")
            }
            if any(said.values()):
                found.append((row, Item(said["what"] or "", said["owner"] or "", said["who"] or "", said["due"])))
        return found


class SafetyPlanForm(PageForm):
    """A safety plan, section by section."""

    def __init__(self, data: Any = None, *, page: PlanForm, **kwargs: Any) -> None:
        """This function will make the form; what the plan before said is filled in."""
        super().__init__(data, initial={f"section-{name}": words for name, words in page.said.items()}, **kwargs)
        self._sections = [section.id for section in page.sections]
        for section in page.sections:
            self.fields[f"section-{section.id}"] = TextField(section.title, rows=3, hint=section.hint)
        _beside(self, page.at_risk)

    def said(self) -> dict[str, str]:
        """This function will give what was written, by section."""
        return {name: self.cleaned_data.get(f"section-{name}") or "" for name in self._sections}


class PlanItemForm(PageForm):
    """What became of an item."""

    answer = WordField("Is it done?", dict(ANSWERS_TO_AN_ITEM), missing="Say whether it is done")
    note = TextField("What was done, or why it was not", rows=3)


class CopyPlanForm(PageForm):
    """How a copy reaches them, and whether it is safe for them to keep it."""

    def __init__(self, data: Any = None, *, choices: Sequence[CopyChoice], **kwargs: Any) -> None:
        """This function will make the form for the ways that are open."""
        super().__init__(data, **kwargs)
        self.fields["safe_to_keep"] = YesNoField(
            "Do they say now that it is safe for them to keep it?",
            missing="Ask them first",
            hint="Ask where they would keep it, and who might find it.",
        )
        self.fields["reach"] = WordField(
            "How does it reach them?",
            {one.value: one.title for one in choices if one.is_open},
            missing="Choose how it reaches them",
        )


class ChoiceForm(PageForm):
    """What they chose."""

    def __init__(self, data: Any = None, *, words: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        """This function will make the form for the ways that there are."""
        super().__init__(data, **kwargs)
        self.fields["choice"] = WordField("What do they want to do?", dict(words), missing="Say what they chose")
        self.fields["note"] = TextField("How they said it, and what matters to them in it", rows=3)
        self.fields["at"] = WhenField("When did they choose it?")


class OfferForm(PageForm):
    """What became of an item of a menu."""

    answer = WordField("What became of it?", dict(ANSWERS_TO_AN_OFFER), missing="Say what became of it")
    note = TextField("What they said to it", rows=3)
    at = WhenField("When was that?")
