"""Forms of referrals and of the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fanlight.casework.landlords import WAYS_IN, Service
from fanlight.casework.marac import Criterion
from fanlight.casework.queries.referrals import TOLD_BESIDES, OneReferral
from fanlight.casework.queries.sharing import ShareForm as Asked
from fanlight.casework.referring import MUST_SAY_WHY, PERMISSIONS, Field
from fanlight.casework.router import Recipient
from fanlight.casework.web.forms.fields import (
    LineField,
    PageForm,
    TextField,
    WhenField,
    WordField,
    WordsField,
    YesNoField,
)
from fanlight.casework.web.forms.people import DayField
from fanlight.casework.web.forms.sharing import GroundsForm

ANOTHER = "another"
LANGUAGES = {
    "en": "English",
    "cy": "Welsh",
    "pl": "Polish",
    "ur": "Urdu",
    "pa": "Punjabi",
    "gu": "Gujarati",
    "bn": "Bengali",
    "ro": "Romanian",
    "ar": "Arabic",
    "bfi": "British Sign Language",
}


class DraftReferralForm(PageForm):
    """Who gets it, and what the form says."""

    def __init__(
        self,
        data: Any = None,
        *,
        recipients: Iterable[Recipient],
        fields: Iterable[tuple[Field, str]],
        chosen: str = "",
        name: str = "",
        criteria: Sequence[Criterion] = (),
        answered: Mapping[str, bool | None] | None = None,
        **kwargs: Any,
    ) -> None:
        """This function will make the form; `chosen` is who is proposed, `fields` are filled from the case.

        `criteria` are those of the MARAC, with what speaks for each; none is answered beforehand.
        """
        super().__init__(data, **kwargs)
        self.asked = [field for field, _ in fields]
        words = {one.service.id: _recipient(one) for one in recipients}
        self.fields["service"] = WordField(
            "Who gets it?", {**words, ANOTHER: "Somebody else"}, missing="Say who gets it", initial=chosen
        )
        self.fields["name"] = LineField("Who, if it is somebody else", width="govuk-input--width-20", initial=name)
        self.criteria = [one.name for one in criteria]
        for one in criteria:
            looks = "" if one.proposed is None else "It looks like yes. " if one.proposed else "It looks like no. "
            before = (answered or {}).get(one.name)
            self.fields[f"criterion-{one.name}"] = WordField(
                one.ask,
                {"yes": "Yes", "no": "No"},
                missing="Say yes or no",
                hint=f"{looks}{one.why}",
                initial="" if before is None else "yes" if before else "no",
            )
        for field, text in fields:
            self.fields[f"answer-{field.name}"] = TextField(
                field.ask, rows=min(8, max(2, text.count("\n") + 2)), initial=text
            )

    def clean(self) -> dict[str, Any]:
        """This function will ask for the name of somebody who is not in the directory."""
        typed = super().clean() or {}
        if typed.get("service") == ANOTHER and not typed.get("name"):
            self.add_error("name", "Say who it is")
        return typed

    def who(self) -> tuple[str, str]:
        """This function will give who gets it: the id of a service of the directory, or the name of somebody else."""
        is_another = self.cleaned_data["service"] == ANOTHER
        return ("", self.cleaned_data["name"]) if is_another else (self.cleaned_data["service"], "")

    def met(self) -> dict[str, bool | None]:
        """This function will give the answers to the criteria."""
        return {name: self.cleaned_data[f"criterion-{name}"] == "yes" for name in self.criteria}

    def answers(self) -> dict[str, str]:
        """This function will give what was typed, by the names of the form's fields."""
        return {field.name: self.cleaned_data[f"answer-{field.name}"] for field in self.asked}


def _recipient(one: Recipient) -> str:
    return ", ".join(text for text in (one.service.name, one.way_title.lower()) if text)


class SendReferralForm(GroundsForm):
    """How it went, with whose permission; and, where its form says anything, all that a share is asked."""

    def __init__(
        self, data: Any = None, *, found: OneReferral, asks_permission: bool, asked: Asked | None, **kwargs: Any
    ) -> None:
        """This function will make the form; it asks what the purpose asks, and with `asked` what a share does."""
        super().__init__(data, **kwargs)
        self.fields["way"] = WordField("How was it sent?", dict(WAYS_IN), missing="Say how it was sent")
        if found.documents:
            self.fields["document"] = WordField(
                "Which of its documents went?",
                {form: title for form, title in DOCUMENTS.items() if form in found.documents},
                unsaid="None: it was told, or copied into their form",
                hint="It is kept as it went. What was told or copied is kept as the PDF without a password.",
            )
        if found.purpose.at_own_request:
            self.fields["own_request"] = YesNoField("Did they ask for it themselves?", missing="Say whether they asked")
        if asks_permission:
            whose = "the parent, or the young person," if found.purpose.permission == "child" else "they"
            self.fields["permission"] = WordField(
                f"Did {whose} give permission?", dict(PERMISSIONS), missing="Say whether they gave permission"
            )
            self.fields["reason"] = TextField("If not: why does it go all the same?", rows=3)
        if asked is not None:
            self.asked = asked
            self.ask_whom()
            self.ask_why("What they are to do with it.")
            self.ask_named()
            self.ask_grounds()
            self.fields["note"] = TextField(
                TOLD_BESIDES,
                rows=2,
                hint="It is said as much as what the form says, and must be known for the same reasons.",
            )
        self.fields["at"] = WhenField("When was it sent?")

    def blame(self, faults: Mapping[str, Sequence[str]]) -> None:
        """This function will put what it lacks beside the fields that it is about; what the draft says wrong, at the head."""
        if hasattr(self, "asked"):
            super().blame(faults)
            return
        for name, sentences in faults.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)


DOCUMENTS = {
    "protected": "The PDF with a password",
    "word": "The Word file",
    "pdf": "The PDF without a password",
}


class SayOfReferralForm(PageForm):
    """What became of it."""

    def __init__(self, data: Any = None, *, what: str, hears: bool, **kwargs: Any) -> None:
        """This function will make the form; `hears` is whether somebody there answered."""
        super().__init__(data, **kwargs)
        if hears:
            self.fields["heard_from"] = LineField("Who said so?", width="govuk-input--width-20")
        missing = "Say why, or what they said" if what in MUST_SAY_WHY else ""
        ask = {
            "declined": "What reason did they give?",
            "challenged": "How was it challenged, and what did you say?",
            "escalated": "To whom, and what did you say?",
            "withdrawn": "Why?",
        }.get(what, "What did they say?")
        self.fields["note"] = TextField(ask, rows=4, missing=missing)
        self.fields["at"] = WhenField("When was that?")


class MaracReferralElsewhereForm(PageForm):
    """Another agency referred to the MARAC."""

    agency = LineField("Which agency referred?", missing="Say which agency", most=120)
    on = DayField("On which day?", missing="Say on which day")
    note = TextField("What did they say of it?", rows=2, hint="Such as the number under which it is listed.")


class ServiceForm(PageForm):
    """What the directory says of a service."""

    def __init__(
        self,
        data: Any = None,
        *,
        kinds: Mapping[str, str],
        areas: Iterable[str],
        service: Service | None = None,
        **kwargs: Any,
    ) -> None:
        """This function will make the form, filled with what is said now."""
        if service is not None:
            said = {name: getattr(service, name) for name in _TEXTS}
            lists = {name: list(getattr(service, name)) for name in ("kinds", "areas", "languages")}
            kwargs["initial"] = {**said, **lists, "way": service.way, "takes_referrals": service.takes_referrals}
        super().__init__(data, **kwargs)
        self.fields["name"] = LineField("Name of the service", missing="Say what it is called")
        self.fields["organisation"] = LineField("Organisation, if it has another name")
        self.fields["kinds"] = WordsField(
            "What does it do?", kinds, closed=True, missing="Say what kind of service it is"
        )
        self.fields["areas"] = WordsField(
            "In which areas?", {area: area for area in areas}, closed=False, hint="None: everywhere."
        )
        self.fields["for_whom"] = TextField("For whom?", rows=2)
        self.fields["languages"] = WordsField(
            "In which languages?", LANGUAGES, closed=False, hint="Others by code, such as so."
        )
        self.fields["phone"] = LineField("Telephone number", width="govuk-input--width-20")
        self.fields["hours"] = LineField("Opening hours")
        self.fields["email"] = LineField("E-mail address")
        self.fields["web"] = LineField("Website", hint="It begins with https://")
        self.fields["way"] = WordField("How does it take a referral?", dict(WAYS_IN))
        self.fields["form"] = LineField("Name of its own form, if it wants one")
        self.fields["form_web"] = LineField("Where the form is found", hint="It begins with https://")
        self.fields["takes_referrals"] = YesNoField("Does it take referrals?")
        self.fields["challenge"] = TextField("How is a refusal challenged?", rows=2)
        self.fields["escalate_to"] = LineField("To whom does it go then?")
        self.fields["note"] = TextField("Note", rows=2, hint="Never where a refuge is.")
        self.fields["is_right"] = YesNoField("Have you made sure today that all of this is right?")

    def said(self) -> dict[str, Any]:
        """This function will give what was typed, as the action takes it."""
        typed = self.cleaned_data
        lists = {name: tuple(typed[name] or ()) for name in ("kinds", "areas", "languages")}
        texts = {name: typed[name] for name in _TEXTS}
        return {**texts, **lists, "way": typed["way"] or "", "takes_referrals": typed["takes_referrals"] is not False}


_TEXTS = (
    *("name", "organisation", "for_whom", "phone", "hours", "email", "web"),
    *("form", "form_web", "challenge", "escalate_to", "note"),
)
