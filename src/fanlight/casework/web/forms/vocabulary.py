"""Fields made from the terms of the vocabulary: one term, one component."""

from __future__ import annotations

from typing import Any

from fanlight.casework.queries.lines import FieldLine
from fanlight.casework.web.forms.fields import (
    ComponentField,
    EitherField,
    MomentField,
    NumberField,
    OpenWordField,
    TextField,
    WordField,
    WordsField,
    YesNoField,
)


def name_of(line: FieldLine) -> str:
    """This function will give the name of a term's field in a form: a fact and an own field may share a word."""
    return f"{'fact' if line.is_fact else 'own'}-{line.term.name}"


def field_of(line: FieldLine, *, missing: str = "", hint: str = "") -> ComponentField:
    """This function will make the field that asks for a term; `missing` is what to say where it must be answered."""
    term = line.term
    asked: dict[str, Any] = {"missing": missing, "hint": hint}
    match term.type:
        case "yes/no":
            return YesNoField(term.ask, **asked)
        case "number":
            return NumberField(term.ask, **asked)
        case "moment":
            return MomentField(term.ask, **asked)
        case "text":
            return TextField(term.ask, rows=2, **asked)
        case "either":
            return EitherField(term.ask, dict(line.suggested), **asked)
        case "set of words" if line.choices is not None:
            return WordsField(term.ask, dict(line.choices), closed=True, **asked)
        case "set of words":
            return WordsField(term.ask, dict(line.suggested), closed=False, **asked)
        case "word" if line.choices is not None:
            return WordField(term.ask, dict(line.choices), meets=line.meets, **asked)
        case "word":
            return OpenWordField(term.ask, dict(line.suggested), **asked)
    raise ValueError(f"{term.name} is of type {term.type}, which no field asks for")


def start_of(lines: tuple[FieldLine, ...]) -> dict[str, Any]:
    """This function will give what is filled in already, for a form's `initial`."""
    return {name_of(line): line.value for line in lines if line.value is not None}
