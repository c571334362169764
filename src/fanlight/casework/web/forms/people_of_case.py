"""The forms of the page of a person in a case, of the statutory test, and of whether somebody is female staff."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fanlight.casework.models.relations import KINDS, ONE_WAY, WHY_CHANGED
from fanlight.casework.queries.lines import FieldLine, PartLine
from fanlight.casework.statute import OLDEST
from fanlight.casework.web.forms.fields import NumberField, PageForm, TextField, WordField
from fanlight.casework.web.forms.vocabulary import field_of, name_of, start_of
from fanlight.policy.vocabulary import NONE_OF_THESE

OF_THE_OTHER = ":other"
"""Ends the word of a relation that the other has to this person."""
_FROM_THE_OTHER: Mapping[str, str] = {
    "parental_responsibility": "They hold parental responsibility for this person",
    "cares_for": "They care for this person",
}


def kinds_of(name: str) -> dict[str, str]:
    """This function will give the ways in which somebody may stand to another, from both sides where that differs."""
    found: dict[str, str] = {}
    for kind, title in KINDS:
        if kind in ONE_WAY:
            found[kind] = f"{name} {title[0].lower()}{title[1:]}"
            found[kind + OF_THE_OTHER] = _FROM_THE_OTHER[kind]
        else:
            found[kind] = title
    return found


class RelateForm(PageForm):
    """How somebody stands to another person of the case."""

    def __init__(self, data: Any = None, *, person: PartLine, others: Iterable[PartLine], **kwargs: Any) -> None:
        """This function will make the form; `others` are the other people of the case."""
        super().__init__(data, **kwargs)
        self.fields["other"] = WordField(
            "To whom?",
            {str(one.id): f"{one.name}, {one.part_title.lower()}" for one in others},
            missing="Say to whom",
        )
        self.fields["relation"] = WordField(
            "How do they stand to each other?",
            kinds_of(person.name),
            missing="Say how they stand to each other",
            hint="The first seven are those by which the Domestic Abuse Act has two people connected.",
        )
        self.fields["past"] = WordField("Is it so now?", {"no": "Yes, now", "yes": "No, it is over"})
        self.fields["note"] = TextField(
            "What exactly?", rows=2, hint="For example: her stepson, since they married in 2019."
        )


class EndForm(PageForm):
    """A relation is over."""

    note = TextField(
        "What changed?", rows=2, hint="For example: divorced in May. Leave it empty to keep what was said."
    )


class StrikeRelationForm(PageForm):
    """A relation was recorded in error."""

    reason = TextField("What was wrong?", rows=2, missing="Say what was wrong")


class ChangePartForm(PageForm):
    """Somebody's part in the case becomes another."""

    def __init__(self, data: Any = None, *, person: PartLine, parts: Mapping[str, str], **kwargs: Any) -> None:
        """This function will make the form; `parts` are all that there are."""
        super().__init__(data, **kwargs)
        others = {part: title for part, title in parts.items() if part != person.part}
        self.fields["becomes"] = WordField("What is their part?", others, missing="Say what their part is")
        self.fields["why"] = WordField("Why does it change?", dict(WHY_CHANGED), missing="Say why it changes")
        self.fields["reason"] = TextField(
            "What was learned, or what was wrong?",
            rows=3,
            missing="Say what was learned, or what was wrong",
            hint="It goes into the story of the case.",
        )


class ChildForm(PageForm):
    """What is known of a child."""

    lives = TextField(
        "Where do they live, and with whom?", rows=2, hint="An address that must stay secret does not belong here."
    )
    school = TextField("Which school or nursery do they go to?", rows=2)
    responsibility = TextField(
        "Who holds parental responsibility?",
        rows=2,
        hint="Parents, guardians, the council; and any order that says so. People who are in the case are better related to the child.",
    )
    note = TextField("What else should be known of them?", rows=3)


class FemaleStaffForm(PageForm):
    """Whether somebody may be given a case in which female staff are asked for."""

    is_female_staff = WordField(
        "May they be given a case where female staff are asked for?",
        {"yes": "Yes, as female staff", "no": "No"},
        unsaid="Not said",
    )


class StatutoryForm(PageForm):
    """The questions of the statutory test, with what is known already filled in."""

    def __init__(self, data: Any = None, *, lines: tuple[FieldLine, ...], **kwargs: Any) -> None:
        """This function will make the form."""
        super().__init__(data, initial=start_of(lines), **kwargs)
        self.lines = lines
        for line in lines:
            self.fields[name_of(line)] = field_of(line)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for line in self.lines:
            name = name_of(line)
            said = given.get(name)
            if isinstance(said, list) and NONE_OF_THESE in said and len(said) > 1:
                self.add_error(name, "Tick what there is, or that there is none of these: not both")
            if isinstance(self.fields[name], NumberField) and said is not None and not 0 <= said <= OLDEST:
                self.add_error(name, "Enter an age in years, such as 34")
        return given

    def learned(self) -> dict[str, object]:
        """This function will give what was said that was not known before."""
        found: dict[str, object] = {}
        for line in self.lines:
            said = self.cleaned_data.get(name_of(line))
            if isinstance(said, list):
                said = sorted(set(said) - set(line.value if isinstance(line.value, frozenset) else ()))
            if said not in (None, "", []) and said != line.value:
                found[line.term.name] = said
        return found
