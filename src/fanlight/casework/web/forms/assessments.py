"""The forms of risk assessments: an answer to each item, the assessor's judgement, and what another agency has found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from fanlight.casework.instruments import SAID, Answer, Instrument, Item
from fanlight.casework.queries.assessments import HOW_WE_KNOW
from fanlight.casework.web.forms.fields import (
    ComponentField,
    LineField,
    NumberField,
    PageForm,
    TextField,
    TypedGroup,
    WhenField,
    WordField,
)
from fanlight.casework.web.forms.people import DayField


class ItemField(ComponentField):
    """One item of an instrument: yes, no or don't know, who said so, and a note. Left alone, nobody has answered it yet."""

    component = "forms/item.html"

    def __init__(self, item: Item, sources: Mapping[str, str], *, number: int, of: int) -> None:
        """This function will make the field of an item, by its number among so many."""
        super().__init__(item.topic, widget=TypedGroup("said", "source", "note"))
        self.item = item
        self.sources = sources
        self.said = SAID
        self.number = number
        self.of = of

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Answer):
            return {"said": value.said, "source": value.source, "note": value.note}
        return value or {"said": "", "source": "", "note": ""}

    def says_more(self, value: Mapping[str, str]) -> bool:
        """This function will say whether more is filled in than the answer: the fold stands open then."""
        first = next(iter(self.sources))
        return bool(value["note"]) or value["source"] not in ("", first)

    def to_python(self, value: Any) -> Answer | None:
        value = self.prepare_value(value)
        note = str(value["note"]).replace("\r\n", "\n").strip()
        if not value["said"]:
            if note:
                raise ValidationError("You wrote a note: say yes, no or don't know")
            return None
        if value["said"] not in SAID:
            raise ValidationError("Select yes, no or don't know")
        if value["source"] and value["source"] not in self.sources:
            raise ValidationError("Say who said so: select one of the list")
        return Answer(value["said"], value["source"], note)


class ItemsForm(PageForm):
    """Some of the items of an instrument, or all of them."""

    def __init__(
        self, data: Any = None, *, instrument: Instrument, answers: Mapping[str, Answer], only: int = 0, **kwargs: Any
    ) -> None:
        """This function will make the form of all items, or of the one of a number, with what was answered so far."""
        items = list(enumerate(instrument.items, 1))
        shown = [pair for pair in items if not only or pair[0] == only]
        start = {_name(item): answers[item.key] for _, item in shown if item.key in answers}
        super().__init__(data, initial=start, **kwargs)
        self.items = [item for _, item in shown]
        for number, item in shown:
            self.fields[_name(item)] = ItemField(item, instrument.sources, number=number, of=len(items))

    def groups(self) -> list[tuple[str, list[Any]]]:
        """This function will give the fields under the headings of their groups, in the order of the instrument."""
        found: list[tuple[str, list[Any]]] = []
        for item in self.items:
            if not found or found[-1][0] != item.group:
                found.append((item.group, []))
            found[-1][1].append(self[_name(item)])
        return found

    def answers(self) -> dict[str, Answer | None]:
        """This function will give what was answered, and None for what was not, by item."""
        return {item.key: self.cleaned_data.get(_name(item)) for item in self.items}


def _name(item: Item) -> str:
    return f"item-{item.key}"


class JudgementForm(PageForm):
    """What the assessor judges, and why; by this the assessment is completed."""

    def __init__(self, data: Any = None, *, instrument: Instrument, said: Mapping[str, Any], **kwargs: Any) -> None:
        """This function will make the form with what was kept of it."""
        judged = {True: "yes", False: "no"}.get(said.get("judged_high"), "")  # type: ignore[arg-type]  # what a draft holds may be nothing
        start = {"judged_high": judged, **{name: said.get(name) for name in ("reason", "note", "incidents")}}
        super().__init__(data, initial=start, **kwargs)
        judgement = instrument.judgement
        if instrument.escalation:
            self.fields["incidents"] = NumberField(
                instrument.escalation.asks, hint="Leave it empty if nobody knows: that is not none."
            )
        self.fields["judged_high"] = WordField(
            judgement.asks,
            {"yes": judgement.yes, "no": judgement.no},
            missing="Say whether in your judgement the risk is high",
            hint=f"Your judgement may raise the grade to {judgement.raises_to}. It never lowers it.",
        )
        self.fields["reason"] = TextField(
            "What is your reason?",
            rows=4,
            missing="Give the reason for your judgement, whichever way it is",
            hint="What they said and what you saw. It is read by whoever decides next.",
        )
        self.fields["note"] = TextField("Anything else that belongs to it", rows=3)
        self.fields["at"] = WhenField("When was the assessment made?")

    def kept(self) -> dict[str, Any]:
        """This function will give what of a judgement can be kept as it is, whether it is whole or not."""
        taken: dict[str, Any] = {name: self[name].value() or "" for name in ("reason", "note")}
        if "incidents" in self.cleaned_data:
            taken["incidents"] = self.cleaned_data["incidents"]
        if self.cleaned_data.get("judged_high"):
            taken["judged_high"] = self.cleaned_data["judged_high"] == "yes"
        return taken


class OtherAssessmentForm(PageForm):
    """An assessment that another agency has made, as far as we were told."""

    def __init__(self, data: Any = None, *, grades: Iterable[str], **kwargs: Any) -> None:
        """This function will make the form; `grades` are those that it may have given."""
        super().__init__(data, **kwargs)
        self.fields["agency"] = LineField(
            "Which agency made it?", missing="Say which agency made it", width="govuk-!-width-two-thirds"
        )
        self.fields["how"] = WordField(
            "How do we know that it was made?",
            dict(HOW_WE_KNOW),
            missing="Say how we know that it was made",
            hint="It is never presumed: that an agency is involved does not say that it has made one.",
        )
        self.fields["made_on"] = DayField("When was it made?", hint="Leave it empty if we were not told.")
        self.fields["instrument"] = LineField("With which checklist?", width="govuk-input--width-20", most=80)
        self.fields["grade"] = WordField(
            "What grade did it give?", {grade: grade.capitalize() for grade in grades}, unsaid="We were not told"
        )
        self.fields["score"] = NumberField("What did it score?", hint="Leave it empty if we were not told.")
        self.fields["note"] = TextField("What else were we told?", rows=3)
        self.fields["at"] = WhenField("When did we learn of it?")
