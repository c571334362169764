"""What the story says so far: the facts that entries state, and those that the engine derives (section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from fanlight.policy.conditions import Condition
from fanlight.policy.story import Entry, Value


@dataclass(frozen=True, slots=True)
class Grade:
    """A `[[risk.grade]]`: its name, and its condition; without one it is the last resort."""

    name: str
    when: Condition | None


@dataclass(frozen=True)
class Grades:
    """The grades of a policy, read down; a policy may have none."""

    rows: tuple[Grade, ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """The facts that decide the grade."""
        if not self.rows:
            return frozenset({"grade_given"})
        return frozenset(name for row in self.rows if row.when for name in row.when.names())

    def __hash__(self) -> int:
        return id(self)


class Facts:
    """The facts as the entries so far leave them: `values` by name, where what is unknown is absent."""

    __slots__ = ("_assessed", "_consented", "_first_report_at", "_graded_by", "_refused", "grade_reasons", "values")

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}
        self.grade_reasons: tuple[str, ...] = ()
        self._assessed = False
        self._first_report_at: datetime | None = None
        self._consented: frozenset[str] = frozenset()
        self._refused: frozenset[str] = frozenset()
        self._graded_by: Grades | None = None

    def apply(self, entry: Entry, grades: Grades | None) -> dict[str, Value | None]:
        """This function will take an entry in, and give the facts that it changed with what they were before.

        `grades` are those of the policy in force at the entry; None where none is in force.
        """
        before: dict[str, Value | None] = {}
        values = self.values
        for name, value in entry.facts.items():
            old = values.get(name)
            if isinstance(value, frozenset) and isinstance(old, frozenset):
                value = old | value
            if value != old:
                before[name] = old
                values[name] = value
        kind = entry.kind
        if kind == "report" or kind == "incident":
            self._count_report(entry, before)
        elif kind == "contact":
            self._count_contact(entry, before)
        elif kind == "consent":
            self._count_consent(entry, before)
        elif kind == "assessment":
            self._assessed = True
        if grades is not None and (
            grades is not self._graded_by or kind == "assessment" or not grades.names.isdisjoint(before)
        ):
            self._graded_by = grades
            self._grade(grades, before)
        return before

    def _set(self, name: str, value: Value | None, before: dict[str, Value | None]) -> None:
        old = self.values.get(name)
        if value == old:
            return
        before.setdefault(name, old)
        if value is None:
            del self.values[name]
        else:
            self.values[name] = value

    def _count_report(self, entry: Entry, before: dict[str, Value | None]) -> None:
        if self._first_report_at is not None:
            self._set("repeat", True, before)
        elif entry.kind == "report":
            self._first_report_at = entry.at
            self._set("repeat", False, before)

    def _count_contact(self, entry: Entry, before: dict[str, Value | None]) -> None:
        spoke_safely = entry.fields.get("result") == "spoke" and entry.fields.get("safe") is True
        if spoke_safely and self._first_report_at is not None and "response_minutes" not in self.values:
            self._set("response_minutes", int((entry.at - self._first_report_at).total_seconds() // 60), before)

    def _count_consent(self, entry: Entry, before: dict[str, Value | None]) -> None:
        """The latest word on each recipient wins; with the first consent both sets are known."""
        to, given = entry.fields.get("to"), entry.fields.get("given")
        if not isinstance(to, str) or not isinstance(given, bool):
            return
        self._consented = self._consented | {to} if given else self._consented - {to}
        self._refused = self._refused - {to} if given else self._refused | {to}
        self._set("consented_to", self._consented, before)
        self._set("refused_to", self._refused, before)

    def _grade(self, grades: Grades, before: dict[str, Value | None]) -> None:
        grade, reasons = grade_of(grades, self)
        self._set("grade", grade, before)
        self.grade_reasons = reasons

    @property
    def assessed(self) -> bool:
        """Whether there has been an assessment: until then the grade of last resort does not hold."""
        return self._assessed


def grade_of(grades: Grades, facts: Facts) -> tuple[str | None, tuple[str, ...]]:
    """This function will give the grade, with the atoms that made it, or None while it is unknown.

    It is the first grade whose condition is true, reading down; an unknown condition above it makes it unknown.
    A policy without grades takes the one that the assessment gave.
    """
    if not grades.rows:
        given = facts.values.get("grade_given")
        return (given, ()) if isinstance(given, str) else (None, ())
    for grade in grades.rows:
        if grade.when is None:
            return (grade.name, ()) if facts.assessed else (None, ())
        truth = grade.when.holds(facts.values)
        if truth is None:
            return None, ()
        if truth:
            return grade.name, tuple(atom.text for atom in grade.when.reasons(facts.values))
    return None, ()
