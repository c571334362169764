"""The form that records an entry of any kind, made from the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fanlight.casework.actions.reaching import Reach
from fanlight.casework.queries.entry_form import EntryForm as Asked
from fanlight.casework.web.forms import kinds
from fanlight.casework.web.forms.fields import PageForm, TextField, WhenField, WordField
from fanlight.casework.web.forms.reach import HOW, WhomForm
from fanlight.casework.web.forms.vocabulary import field_of, name_of, start_of


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form took: everything that an entry is made of but who wrote it."""

    at: datetime | None
    fields: Mapping[str, Any]
    facts: Mapping[str, Any]
    of: int | None
    note: str
    reach: Reach | None = None


# Learned now, it may have happened long before: the moment of the entry is when we were told.
_WHEN: Mapping[str, str] = {"learned": "When did you learn it?", "incident": "When did you learn of it?"}


class EntryForm(PageForm):
    """Own fields of the kind first, then the facts that it usually states, then a fold with all the others."""

    def __init__(self, data: Any = None, *, asked: Asked, **kwargs: Any) -> None:
        """This function will make the form for what a query says is to be asked."""
        when = _WHEN.get(asked.kind.name, "When did it happen?")
        more_facts = tuple(line for line in asked.more_facts if line.term.ask != when)
        lines = (*asked.fields, *asked.facts, *more_facts)
        start = start_of(lines)
        if asked.of is not None:
            start["of"] = str(asked.of)
        super().__init__(data, initial=start, **kwargs)
        self.kind = asked.kind.name
        self._own = tuple(line.term.name for line in asked.fields)
        self._usual = tuple(line.term.name for line in asked.facts)
        self._others = tuple(line.term.name for line in more_facts)
        must = kinds.MUST_ASK.get(self.kind, {})
        if asked.of_required or asked.of_candidates or asked.of is not None:
            self.fields["of"] = WordField(
                asked.kind.of or "Which entry does this answer?",
                {str(one.sequence): one.title for one in asked.of_candidates},
                missing="Say which entry this answers" if asked.of_required else "",
                hint="" if asked.of_candidates else "There is nothing on this case yet that this could answer.",
            )
        for line in lines:
            missing = "" if line.is_fact else must.get(line.term.name, "")
            self.fields[name_of(line)] = field_of(line, missing=missing)
        if asked.whom:
            WhomForm.add(self, asked.whom, must=self.kind != "briefing")
        self.fields["note"] = TextField(
            "What happened, in your words",
            rows=5,
            hint="Say what you saw, heard and did. Put opinions as opinions.",
        )
        self.fields["at"] = WhenField(when)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.kind == "learned" and not self.errors and not self._facts_given(given) and not given.get("note"):
            self.add_error("note", "Answer at least one question, or write what you learned")
        return given

    def opening(self) -> list[Any]:
        """This function will give the fields that come first: which entry it answers, and the kind's own."""
        names = ("of", "reach", *(f"own-{name}" for name in self._own))
        return [self[name] for name in names if name in self.fields]

    def how(self) -> list[Any]:
        """This function will give what is asked beside of how somebody was reached, for a fold."""
        return [self[name] for name in HOW if name in self.fields]

    def how_is_open(self) -> bool:
        """This function will say whether that fold must stand open."""
        return any(field.errors or field.value() for field in self.how())

    def usual(self) -> list[Any]:
        """This function will give the facts that this kind usually states."""
        return [self[f"fact-{name}"] for name in self._usual]

    def others(self) -> list[Any]:
        """This function will give all the other facts, for the fold."""
        return [self[f"fact-{name}"] for name in self._others]

    def opened(self) -> bool:
        """This function will say whether the fold must stand open, because something in it is filled in or wrong."""
        for field in self.others():
            if field.errors:
                return True
            value = field.value()
            if isinstance(value, dict):
                value = "".join(str(part) for part in value.values() if part)
            if value not in (None, "", "[]"):
                return True
        return False

    def _facts_given(self, given: Mapping[str, Any]) -> dict[str, Any]:
        named = {name: given.get(f"fact-{name}") for name in (*self._usual, *self._others)}
        return {name: value for name, value in named.items() if value is not None}

    def typed(self) -> Typed:
        """This function will give what a valid form took."""
        given = self.cleaned_data
        own = {name: given.get(f"own-{name}") for name in self._own}
        of = given.get("of")
        return Typed(
            at=given.get("at"),
            fields={name: value for name, value in own.items() if value not in (None, "")},
            facts=self._facts_given(given),
            of=int(of) if of else None,
            note=given.get("note") or "",
            reach=WhomForm.taken(given),
        )


class OverrideForm(PageForm):
    """The reason for which a gate is set aside for one entry."""

    def __init__(self, data: Any = None, *, gates: Mapping[str, str], **kwargs: Any) -> None:
        """This function will make the form for the gates that may be set aside: id → whose decision it is, in words."""
        super().__init__(data, **kwargs)
        self.gates = gates
        for gate, whose in gates.items():
            self.fields[f"reason-{gate}"] = TextField(
                "Why must it be done all the same?", rows=3, missing="Give your reason", hint=whose
            )

    def reasons(self) -> dict[str, str]:
        """This function will give the reason for each gate."""
        return {gate: self.cleaned_data[f"reason-{gate}"] for gate in self.gates}
