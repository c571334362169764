"""The forms of the pages that are not for one kind of entry: report, triage, people, hand over, close."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fanlight.casework.queries.lines import Colleague
from fanlight.casework.queries.report_form import ReportForm as Asked
from fanlight.casework.web.forms.fields import (
    LineField,
    PageForm,
    TextField,
    WhenField,
    WordField,
)
from fanlight.casework.web.forms.people import DayField
from fanlight.casework.web.forms.vocabulary import field_of, name_of

_MUST = {
    "own-source": "Say who told us",
    "own-channel": "Say how they told us",
    "fact-about": "Say who it is about",
}
_OPENLY = ("fact-children",)
_BY_PLACE = ("fact-area", "fact-patch")


class ReportForm(PageForm):
    """A minute to complete: who told us, how, about whom; all else may be left."""

    def __init__(self, data: Any = None, *, asked: Asked, staff: Iterable[Colleague] = (), **kwargs: Any) -> None:
        """This function will make the form; `staff` are the people who work here, for a report about one of them."""
        super().__init__(data, **kwargs)
        lines = {name_of(line): line for line in (*asked.fields, *asked.facts)}
        for name, missing in _MUST.items():
            self.fields[name] = field_of(lines.pop(name), missing=missing)
        danger = lines.pop("fact-immediate_danger", None)
        if danger is not None:
            self.fields["fact-immediate_danger"] = field_of(danger)
        for name in _OPENLY:
            if name in lines:
                self.fields[name] = field_of(lines.pop(name))
        for name in _BY_PLACE:
            lines.pop(name, None)
        self.fields["place"] = WordField("Where is the home?", _places(asked.areas))
        self.fields["note"] = TextField(
            "What was said?",
            rows=6,
            hint="Their own words where you can. Do not ask for proof, and do not ask anyone else about it.",
        )
        self.fields["name"] = LineField("Name of the person at risk", width="govuk-!-width-two-thirds", most=120)
        self.fields["phone"] = LineField(
            "A telephone number that is safe for them", width="govuk-input--width-20", kind="tel", most=40
        )
        self.fields["safe_contact"] = TextField(
            "How and when is it safe to reach them?",
            rows=2,
            hint="For example: mornings only, leave no message, her sister knows.",
        )
        self.fields["works_here"] = WordField(
            "If it is about somebody who works here, who?",
            {str(one.id): one.name for one in staff},
            unsaid="It is not",
            hint="They will see nothing of this report, whatever their work here is.",
        )
        self.fields["their_part"] = WordField(
            "Is that colleague the person at risk, or the person causing harm?",
            {"person_at_risk": "The person at risk", "causing_harm": "The person causing harm"},
        )
        self._fold = tuple(lines)
        for name, line in lines.items():
            self.fields[name] = field_of(line)
        self.fields["at"] = WhenField("When were you told?")
        self.fields["same_as"] = LineField("Is it one of them?", most=20)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("works_here") and not given.get("their_part"):
            self.add_error(
                "their_part", "Say what the colleague's part is, so that the report goes to the right people"
            )
        return given

    def fold(self) -> list[Any]:
        """This function will give the fields of the fold."""
        return [self[name] for name in self._fold]

    def opened(self) -> bool:
        """This function will say whether something in the fold is wrong, so that it must stand open."""
        return any(field.errors for field in self.fold())

    def own(self) -> dict[str, Any]:
        """This function will give the report's own fields."""
        return _given(self.cleaned_data, "own-")

    def facts(self) -> dict[str, Any]:
        """This function will give the facts that the report states."""
        area, _, patch = (self.cleaned_data.get("place") or "").partition(_BETWEEN)
        places = {"area": area, "patch": patch}
        return {**_given(self.cleaned_data, "fact-"), **{name: word for name, word in places.items() if word}}


_BETWEEN = " / "


def _places(areas: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    places = {}
    for area, patches in areas:
        places[area] = f"{area} (patch not known)" if patches else area
        for patch in patches:
            places[f"{area}{_BETWEEN}{patch}"] = patch if patch.startswith(area) else f"{area}: {patch}"
    return places


def _given(cleaned: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {
        name.removeprefix(prefix): value
        for name, value in cleaned.items()
        if name.startswith(prefix) and value not in (None, "")
    }


def takers(colleagues: Iterable[Colleague]) -> dict[str, str]:
    """This function will give who may take a case, and as what: one choice for each role that each of them holds."""
    return {
        f"{one.id}:{role}": f"{one.name}, {title}"
        for one in colleagues
        for role, title in zip(one.role_ids, one.roles, strict=True)
    }


def taker(choice: str) -> tuple[int, str]:
    """This function will split a choice of `takers` into the colleague's number and the role."""
    number, _, role = choice.partition(":")
    return int(number), role


class AssignForm(PageForm):
    """Somebody takes the case; where somebody leads it already, it changes hands."""

    def __init__(
        self,
        data: Any = None,
        *,
        colleagues: Iterable[Colleague],
        lead: str = "",
        one_point_of_contact: bool = False,
        **kwargs: Any,
    ) -> None:
        """This function will make the form; `colleagues` are those who may take the case, `lead` whoever leads it now."""
        super().__init__(data, **kwargs)
        self.fields["taker"] = WordField("Who takes the case?", takers(colleagues), missing="Say who takes the case")
        self.fields["note"] = TextField(
            "What must they know?" if lead else "What should they know?",
            rows=4 if lead else 3,
            missing=NEXT_ONE if lead else "",
            hint="How it is safe to reach the person, what was promised, what comes next." if lead else "",
        )
        if lead and one_point_of_contact:
            self.fields["reason"] = another_point_of_contact()
        if lead:
            self.fields["at_once"] = WordField(
                "When does it change hands?",
                {"yes": AT_ONCE},
                unsaid=f"When they say that they have it; until then it stays with {lead}",
            )


NEXT_ONE = "Write what the next one must know"
AT_ONCE = "At once: whoever leads it now cannot go on"


def another_point_of_contact() -> TextField:
    """This function will give the field that asks why the person at risk gets another point of contact."""
    return TextField(
        "Why does the person at risk get another point of contact?",
        rows=2,
        missing="Say why they get another point of contact",
        hint="The policy promises them one person to deal with.",
    )


class OpenForm(AssignForm):
    """A report becomes a case: what kind it is, and who takes it."""

    def __init__(self, data: Any = None, *, outcomes: Mapping[str, str], **kwargs: Any) -> None:
        """This function will make the form; `outcomes` are what a report may turn out to be."""
        super().__init__(data, **kwargs)
        self.fields["outcome"] = WordField("What is it?", outcomes, missing="Say what it is")


class JoinForm(PageForm):
    """A report belongs to a case that is already there."""

    reference = LineField(
        "Reference of the case", missing="Enter the reference of the case", width="govuk-input--width-20", most=32
    )
    known_already = WordField(
        "Is it about something that we know of already?",
        {"no": "No, it is a further report", "yes": "Yes, somebody else told us of the same thing"},
        missing="Say whether we know of it already",
        hint="A further report starts what the policy asks for anew. The same thing, told twice, does not.",
    )
    reason = TextField("Why do they belong together?", rows=3, missing="Say why they belong together")


class WhoItIsForm(PageForm):
    """Somebody whom a report names is one who is known already: both by their numbers, from a button."""

    part = LineField("Who in the report?", missing="Say who in the report", most=20)
    same_as = LineField("Who is it?", missing="Say who it is", most=20)

    def numbers(self) -> tuple[int, int]:
        """This function will give the number of the part and of the person; nobody has a number of 0."""
        part, same_as = (self.cleaned_data[name] for name in ("part", "same_as"))
        return _number(part), _number(same_as)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() else 0


class RedirectForm(PageForm):
    """A report is for somebody else, or is not domestic abuse."""

    def __init__(
        self, data: Any = None, *, outcomes: Mapping[str, str], places: Mapping[str, str], **kwargs: Any
    ) -> None:
        """This function will make the form; `places` are where it may go."""
        super().__init__(data, **kwargs)
        self.fields["outcome"] = WordField("What is it?", outcomes, missing="Say what it is")
        self.fields["to"] = WordField(
            "Where does it go?",
            places,
            unsaid="Nowhere else",
            hint="A service outside gets a referral: its form comes next, and the case stays open until they have it.",
        )
        self.fields["reason"] = TextField("Why?", rows=3, missing="Say why, so that whoever reported it can be told")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("outcome") == "redirect" and not given.get("to"):
            self.add_error("to", "Say where it goes")
        return given


class PartForm(PageForm):
    """Somebody in the case, and how to reach them safely."""

    def __init__(
        self, data: Any = None, *, parts: Mapping[str, str], staff: Iterable[Colleague], **kwargs: Any
    ) -> None:
        """This function will make the form; `staff` are the people who work here."""
        super().__init__(data, **kwargs)
        self.fields["name"] = LineField("Name", missing="Enter their name", width="govuk-!-width-two-thirds", most=120)
        self.fields["part"] = WordField("What is their part in this case?", parts, missing="Say what their part is")
        self.fields["born"] = DayField("Date of birth, if you know", required=False)
        self.fields["phone"] = LineField(
            "A telephone number that is safe", width="govuk-input--width-20", kind="tel", most=40
        )
        self.fields["safe_contact"] = TextField(
            "How and when is it safe to reach them?",
            rows=3,
            hint="Ways that are safe, ways that are not, times, words to use, who must not learn of it.",
        )
        self.fields["works_here"] = WordField(
            "Do they work here?",
            {str(one.id): one.name for one in staff},
            unsaid="No",
            hint="If so, say who they are: they will see nothing of this case.",
        )
        self.fields["same_as"] = LineField("Is it one of them?", most=20)
        self.fields["not_them"] = TextField("If it is somebody else: how do you know?", rows=2)

    def questions(self) -> list[Any]:
        """This function will give the fields that stand on the page from the first: not those about people who are like them."""
        return [self[name] for name in self.fields if name not in ("same_as", "not_them")]

    def one_of_them(self) -> int | None:
        """This function will give the number of the person who it is, where it is one who is known already."""
        said = self.cleaned_data.get("same_as", "")
        return int(said) if said.isascii() and said.isdecimal() else None


class HandOverForm(PageForm):
    """The case, or a part of it, goes to somebody; it is received only when they say so."""

    def __init__(
        self,
        data: Any = None,
        *,
        services: Mapping[str, str],
        colleagues: Iterable[Colleague],
        one_point_of_contact: bool = False,
        **kwargs: Any,
    ) -> None:
        """This function will make the form; with one point of contact it asks why that changes, if the case itself goes."""
        super().__init__(data, **kwargs)
        self.fields["to"] = WordField("To whom?", services, missing="Say to whom you hand it over")
        self.fields["person"] = WordField(
            "Which colleague, if it is one?",
            {str(one.id): f"{one.name}, {', '.join(one.roles)}" for one in colleagues},
            unsaid="None",
            hint="They see it on their list until they say that they have it.",
        )
        self.fields["note"] = TextField(
            "What do they need to know?",
            rows=4,
            hint="For the case itself this must be said: how it is safe to reach the person, what was promised, what comes next.",
        )
        if one_point_of_contact:
            reason = another_point_of_contact()
            reason.required = False
            reason.help_text = (
                "Only where the case itself goes to a colleague: the policy promises them one person to deal with."
            )
            self.fields["reason"] = reason
        self.fields["at"] = WhenField("When was it handed over?")


class ReceiptForm(PageForm):
    """The receiver has confirmed that they have it."""

    by = LineField("Who confirmed it?", missing="Say who confirmed it", width="govuk-!-width-two-thirds", most=120)
    note = TextField("What did they say?", rows=3)
    at = WhenField("When did they confirm it?")


class StrikeForm(PageForm):
    """Why an entry is struck."""

    reason = TextField("Why was it recorded in error?", rows=3, missing="Say why it was recorded in error")


class CloseForm(PageForm):
    """Why a case is closed, and what came of it."""

    reason = TextField("Why is it closed?", rows=3, missing="Say why the case is closed")
    outcome = TextField("What came of it for the person?", rows=3, missing="Say what came of it")


class ReopenForm(PageForm):
    """Why a case is opened again."""

    reason = TextField("Why is it opened again?", rows=3, missing="Say why the case is opened again")
