"""Fields that render as GOV.UK components: one for every type of the vocabulary, and one for when a thing happened."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting

from fanlight.present import LONDON

SOMETHING_ELSE = "other:"
"""The value of the last radio where any word will do. A word of a policy never ends in a colon."""

MOST_RADIOS = 9
"""Above this many words a closed list is a select: a list of radios would push the next question off the screen."""

_CLOCK = re.compile(r"^\s*(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\s*$", re.IGNORECASE)
_NOON = 12
_EARLIEST_YEAR = 1900
_YEAR_DIGITS = 4


def title_of_word(word: str) -> str:
    """This function will give an open word as a person would write it: fireproof_letterbox → "Fireproof letterbox"."""
    text = word.replace("_", " ")
    return text[:1].upper() + text[1:]


def word_of_title(text: str, known: Iterable[str]) -> str:
    """This function will find the known word that was meant by typed text, or give the text as it is.

    "Door alarm", "door alarm" and "door_alarm" all mean door_alarm, so that a policy's row recognises it.
    """
    typed = " ".join(text.split())
    folded = typed.casefold().replace("_", " ").replace("-", " ")
    for word in known:
        if word.casefold().replace("_", " ").replace("-", " ") == folded:
            return word
    return typed


class Typed(forms.Widget):
    """A widget that reads what was typed; the field's own template shows it."""

    needs_multipart_form = False

    def id_for_label(self, id_: str) -> str:
        return id_


class TypedGroup(Typed):
    """A widget of several inputs, whose names are the field's name with a part added."""

    def __init__(self, *parts: str) -> None:
        super().__init__()
        self.parts = parts

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part: data.get(f"{name}-{part}", "") for part in self.parts}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}-{part}" not in data for part in self.parts)


class TypedChoice(Typed):
    """Radios with a last one for something else, said in an input of its own."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {"choice": data.get(name, ""), "other": data.get(f"{name}-other", "")}


class TypedSet(Typed):
    """Checkboxes, and an input for words that are not among them."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, Any]:
        ticked = data.getlist(name) if hasattr(data, "getlist") else list(data.get(name, ()))
        return {"ticked": ticked, "other": data.get(f"{name}-other", "")}


class ComponentField(forms.Field):
    """A field that asks its question and renders as one component."""

    widget: Any = Typed
    component: str

    def __init__(self, ask: str, *, missing: str = "", known: str = "", hint: str = "", **kwargs: Any) -> None:
        """This function will make a field that asks `ask`; `missing` is what to say where it must be answered."""
        kwargs.setdefault("required", bool(missing))
        super().__init__(label=ask, help_text=hint, **kwargs)
        self.template_name = self.component
        self.error_messages["required"] = missing or "Answer this question"
        self.known = known
        """What the case already knows, in words, shown as a hint."""

    def hint(self) -> str:
        """This function will give the hint under the question: what to type, and what is known so far."""
        known = f"Known so far: {self.known}." if self.known else ""
        return " ".join(part for part in (str(self.help_text), known) if part)


class YesNoField(ComponentField):
    """Yes, no, or not known: a question that nobody asked is never "no"."""

    component = "forms/yes_no.html"

    def prepare_value(self, value: Any) -> str:
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def to_python(self, value: Any) -> bool | None:
        match value:
            case "" | None:
                return None
            case "yes" | True:
                return True
            case "no" | False:
                return False
        raise ValidationError("Select yes, no or not known")


class WordField(ComponentField):
    """One word of a closed list."""

    def __init__(
        self,
        ask: str,
        words: Mapping[str, str],
        *,
        unsaid: str = "Not known",
        meets: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        """This function will make the field; `unsaid` is what leaving it unanswered is called.

        `meets` are the words that the policy asks for: in a long list they come first, under a heading.
        """
        self.words = words
        self.meets = meets
        self.unsaid = unsaid
        super().__init__(ask, **kwargs)

    @property
    def component(self) -> str:  # type: ignore[override]  # it depends on how many words there are
        return "forms/select.html" if len(self.words) > MOST_RADIOS else "forms/radios.html"

    def groups(self) -> list[tuple[str, dict[str, str]]]:
        """This function will give the words in their groups, each with its heading; one with none where there is no other."""
        asked = {word: title for word, title in self.words.items() if word in self.meets}
        if not asked:
            return [("", dict(self.words))]
        others = {word: title for word, title in self.words.items() if word not in asked}
        return [("What the policy asks for", asked), ("Others", others)]

    def to_python(self, value: Any) -> str | None:
        if not value:
            return None
        if value not in self.words:
            raise ValidationError("Select one of the answers in the list")
        return str(value)


class OpenWordField(ComponentField):
    """One word, where any will do: the suggested ones as radios, and a last one for something else."""

    widget = TypedChoice

    def __init__(self, ask: str, suggested: Mapping[str, str], **kwargs: Any) -> None:
        self.words = suggested
        super().__init__(ask, **kwargs)

    @property
    def component(self) -> str:  # type: ignore[override]  # it depends on how many words there are
        return "forms/open_word.html" if self.words else "forms/open_text.html"

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return value
        if value in (None, ""):
            return {"choice": "", "other": ""}
        if value in self.words:
            return {"choice": value, "other": ""}
        return {"choice": SOMETHING_ELSE, "other": value}

    def to_python(self, value: Any) -> str | None:
        value = self.prepare_value(value)
        other = word_of_title(value["other"], self.words)
        if not self.words:
            return other or None
        match value["choice"]:
            case "":
                return other or None
            case choice if choice == SOMETHING_ELSE:
                if not other:
                    raise ValidationError("Say what, or select another answer")
                return other
            case choice if choice in self.words:
                return str(choice)
        raise ValidationError("Select one of the answers in the list")


class EitherField(OpenWordField):
    """Yes, no, or a few words."""

    def __init__(self, ask: str, suggested: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(ask, {"yes": "Yes", "no": "No", **suggested}, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, bool):
            value = "yes" if value else "no"
        return super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        word = super().to_python(value)
        return {"yes": True, "no": False}.get(word, word) if word is not None else None


class WordsField(ComponentField):
    """A set of words: checkboxes for the known ones, and an input for others."""

    widget = TypedSet
    component = "forms/words.html"

    def __init__(self, ask: str, words: Mapping[str, str], *, closed: bool, **kwargs: Any) -> None:
        super().__init__(ask, **kwargs)
        self.words = words
        self.closed = closed

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return value
        words = list(value or ())
        return {
            "ticked": [word for word in words if word in self.words],
            "other": ", ".join(word for word in words if word not in self.words),
        }

    def to_python(self, value: Any) -> list[str] | None:
        value = self.prepare_value(value)
        if any(word not in self.words for word in value["ticked"]):
            raise ValidationError("Select only answers in the list")
        words = list(value["ticked"])
        if not self.closed:
            titles = {title.casefold(): word for word, title in self.words.items()}
            parts = [" ".join(part.split()) for part in value["other"].split(",")]
            typed = [titles.get(part.casefold()) or word_of_title(part, self.words) for part in parts]
            words += [word for word in typed if word and word not in words]
        return words or None


class NumberField(ComponentField):
    """A number, whole or not."""

    component = "forms/number.html"

    def to_python(self, value: Any) -> int | float | None:
        typed = str(value if value is not None else "").strip().replace(",", "").removeprefix("£")
        if not typed:
            return None
        try:
            number = float(typed)
        except ValueError:
            raise ValidationError("Enter a number, such as 14") from None
        if number != number or abs(number) > 10**12:
            raise ValidationError("Enter a number, such as 14")
        return int(number) if number == int(number) else number


class TextField(ComponentField):
    """Free text, kept as it was typed."""

    component = "forms/text.html"

    def __init__(self, ask: str, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(ask, **kwargs)
        self.rows = rows

    def to_python(self, value: Any) -> str:
        return str(value or "").replace("\r\n", "\n").replace("\x00", "").strip()


class LineField(TextField):
    """One line of free text: a name, a telephone number, a case reference."""

    component = "forms/line.html"

    def __init__(
        self,
        ask: str,
        *,
        width: str = "",
        kind: str = "text",
        autocomplete: str = "off",
        most: int = 200,
        **kwargs: Any,
    ) -> None:
        super().__init__(ask, rows=1, **kwargs)
        self.width = width
        self.kind = kind
        self.autocomplete = autocomplete
        self.most = most

    def to_python(self, value: Any) -> str:
        text = " ".join(super().to_python(value).split())
        if len(text) > self.most:
            raise ValidationError(f"Use {self.most} characters or fewer")
        return text


def whole_reference() -> LineField:
    """This function will give the field in which the whole reference of a case is typed."""
    return LineField(
        "Reference of the case",
        missing="Enter the whole reference of the case",
        width="govuk-input--width-20",
        most=32,
        hint="The whole of it, such as AB-2026-000123.",
    )


class PasswordField(LineField):
    """A password: never shown again, and kept exactly as it was typed."""

    component = "forms/password.html"

    def __init__(self, ask: str, **kwargs: Any) -> None:
        kwargs.setdefault("autocomplete", "current-password")
        super().__init__(ask, **kwargs)

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        if len(text) > self.most:
            raise ValidationError(f"Use {self.most} characters or fewer")
        return text


def moment_of_parts(parts: Mapping[str, str]) -> datetime | None:
    """This function will make a moment in Europe/London of day, month, year and time, or say what is wrong with them."""
    typed = {name: parts.get(name, "").strip() for name in ("day", "month", "year", "time")}
    if not any(typed.values()):
        return None
    for name in ("day", "month", "year"):
        if not typed[name]:
            raise ValidationError(f"The date must include a {name}")
        if not typed[name].isascii() or not typed[name].isdigit():
            raise ValidationError("The date must be in numbers, such as 27 3 2026")
    hour, minute = 0, 0
    if typed["time"]:
        clock = _CLOCK.match(typed["time"])
        if clock is None:
            raise ValidationError("Enter the time like 14:30")
        hour, minute = int(clock[1]), int(clock[2] or 0)
        if clock[3]:
            if not 1 <= hour <= _NOON:
                raise ValidationError("Enter the time like 14:30")
            hour = hour % _NOON + (_NOON if clock[3].lower() == "pm" else 0)
    if len(typed["year"]) != _YEAR_DIGITS or int(typed["year"]) < _EARLIEST_YEAR:
        raise ValidationError("Enter the year in four figures, such as 2026")
    try:
        return datetime(int(typed["year"]), int(typed["month"]), int(typed["day"]), hour, minute, tzinfo=LONDON)
    except (ValueError, OverflowError):
        raise ValidationError("Enter a real date and time") from None


def parts_of_moment(moment: datetime | None) -> dict[str, str]:
    """This function will split a moment into the parts that a person types."""
    if moment is None:
        return {"day": "", "month": "", "year": "", "time": ""}
    local = moment.astimezone(LONDON)
    return {"day": str(local.day), "month": str(local.month), "year": str(local.year), "time": f"{local:%H:%M}"}


class MomentField(ComponentField):
    """A day and a time of day in Europe/London."""

    component = "forms/moment.html"

    def __init__(self, ask: str, **kwargs: Any) -> None:
        super().__init__(ask, widget=TypedGroup("day", "month", "year", "time"), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return parts_of_moment(value) if value is None or isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        return moment_of_parts(value)


class WhenField(MomentField):
    """When it happened; left empty, it is just now. Radios that reveal would need a script to be understood."""

    def __init__(self, ask: str, **kwargs: Any) -> None:
        super().__init__(ask, hint="Leave it empty if it was just now.", **kwargs)


class PageForm(forms.Form):
    """A form whose errors can be listed above it, each linked to its field."""

    default_renderer = TemplatesSetting()
    use_required_attribute = False

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "%s")
        kwargs.setdefault("label_suffix", "")
        super().__init__(data, **kwargs)

    def problems(self) -> list[dict[str, str]]:
        """This function will list what is wrong for the error summary, each with a link to where it is mended."""
        if not self.is_bound:
            return []
        found = []
        for name, messages in self.errors.items():
            href = self._place_of(name) if name in self.fields else ""
            found += [{"text": str(message), "href": href} for message in messages]
        return found

    def _place_of(self, name: str) -> str:
        field = self.fields[name]
        html_name = self.add_prefix(name)
        if isinstance(field, MomentField):
            return f"#{html_name}-day"
        return f"#{html_name}"
