"""The forms of consent, shares and agreements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.forms.utils import ErrorDict

from fanlight.casework.actions.sharing import Beside
from fanlight.casework.models import ConsentSaid
from fanlight.casework.queries.consents import ConsentPage
from fanlight.casework.queries.sharing import Agreements
from fanlight.casework.queries.sharing import ShareForm as Asked
from fanlight.casework.sharing import ANSWERS, CAPACITY, GIVERS, GROUNDS, HEADS, HOW_TAKEN, MEANS, NOTHING_YET, Proposed
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

UNSAID = "Not chosen yet"


def receiver_of(key: str) -> dict[str, str]:
    """This function will give the receiver that a choice stands for, as the actions take it."""
    to, _, service = key.partition("/")
    return {"to": to, "service": service}


class ConsentForm(PageForm):
    """What somebody said to being told about."""

    def __init__(self, data: Any = None, *, asked: ConsentPage, **kwargs: Any) -> None:
        """This function will make the form; nothing is chosen beforehand but what is assumed of everybody: that they can decide."""
        super().__init__(data, **kwargs)
        self.fields["part"] = WordField(
            "Whose consent is it?",
            {str(one.id): f"{one.name}, {one.part_title}" for one in asked.people},
            missing="Say whose consent it is",
        )
        if len(asked.people) == 1:
            self.fields["part"].initial = str(asked.people[0].id)
        self.fields["to"] = WordField(
            "Who may be told?",
            {one.key: one.title for one in asked.recipients},
            missing="Say who may be told",
            hint="A yes is to one receiver. A no may be to any of a kind.",
        )
        self.fields["organisation"] = LineField(
            "Name of the organisation", hint="Only if the list above does not name it.", most=120
        )
        self.fields["purpose"] = WordField("For what?", dict(asked.purposes), missing="Say for what purpose")
        self.fields["answer"] = WordField("What did they say?", dict(ANSWERS), missing="Say what they said")
        self.fields["own_words"] = TextField("In their own words", rows=3, hint="As they said it, if they did.")
        self.fields["conditions"] = TextField(
            "On which conditions?", rows=2, hint="Such as: not my address; tell me before you ring them."
        )
        self.fields["limits"] = TextField(
            "What did you explain to them?",
            rows=3,
            hint="That some things are passed on whatever they say, to protect children, adults at risk and life; and that they can take it back.",
        )
        self.fields["how"] = WordField("How was it taken?", dict(HOW_TAKEN), missing="Say how it was taken")
        self.fields["taken_by"] = LineField("By whom?", hint="Leave it empty if it was you.", most=120)
        self.fields["giver"] = WordField("Who said it?", dict(GIVERS), initial="themselves", missing="Say who said it")
        self.fields["giver_name"] = LineField("Their name, if it was somebody else", most=120)
        self.fields["giver_reason"] = TextField(
            "Why does their word count?",
            rows=2,
            hint="Only if they have the name of whoever causes harm, or are close to them.",
        )
        self.fields["capacity"] = WordField(
            "Can they decide this?",
            dict(CAPACITY),
            initial="assumed",
            missing="Say whether there is cause to doubt it",
            hint="Everybody can, unless there is cause to doubt it. An unwise choice is none.",
        )
        self.fields["capacity_note"] = TextField("If there is cause to doubt it: what, and what was done", rows=2)
        self.fields["at"] = WhenField("When did they say it?")

    def asked_for(self) -> dict[str, Any]:
        """This function will give what was typed as the action takes it."""
        typed = self.cleaned_data
        said = ConsentSaid(
            organisation=typed["organisation"],
            conditions=typed["conditions"],
            own_words=typed["own_words"],
            taken_by=typed["taken_by"],
            limits=typed["limits"],
            capacity=typed["capacity_note"],
            giver=typed["giver_name"],
            giver_reason=typed["giver_reason"],
        )
        words = {name: typed[name] for name in ("purpose", "answer", "how", "giver", "capacity", "at")}
        return {"part": int(typed["part"]), **receiver_of(typed["to"]), **words, "said": said}


class GroundsForm(PageForm):
    """What everything that leaves the landlord is asked beside to whom and what: of whom it tells, why, and on which grounds.

    Nothing is chosen beforehand. What is missing is said by the action, all at once.
    """

    asked: Asked

    def ask_whom(self) -> None:
        """This function will ask whom it is about."""
        people = {str(one.id): f"{one.name}, {one.part_title}" for one in self.asked.people}
        self.fields["about"] = WordsField(
            "Whom is it about?", people, closed=True, hint="Those at risk. Not the one who causes harm."
        )

    def ask_why(self, hint: str) -> None:
        """This function will ask for what purpose it goes, and why."""
        self.fields["purpose"] = WordField("For what?", dict(self.asked.purposes), unsaid=UNSAID)
        self.fields["why"] = TextField("Why must they be told?", rows=3, hint=hint)

    def ask_named(self) -> None:
        """This function will ask of everybody whom it is not about why they are in it, if they are."""
        for one in self.asked.people:
            self.fields[f"named-{one.id}"] = LineField(
                f"If it is not about {one.name}, and they are in it: why must the receiver know of them?", most=400
            )

    def ask_grounds(self) -> None:
        """This function will ask why it may go: necessity, consent or why not, and the grounds."""
        self.fields["necessity"] = TextField("Why is it necessary?", rows=3, hint="What could not be done without it.")
        self.fields["proportion"] = TextField("Why this much, and no more?", rows=3)
        self.fields["without"] = WordField(
            "If not everybody agreed: why does it go all the same?",
            dict(self.asked.without),
            unsaid="Everybody agreed, or not chosen yet",
        )
        self.fields["why_without"] = TextField("In your own words: why without their consent?", rows=3)
        self.fields["conditions_kept"] = TextField("If they set conditions: how are they kept?", rows=2)
        self.fields["ground"] = WordField(
            "On which of the policy's grounds?",
            dict(GROUNDS),
            unsaid=UNSAID,
            hint="Danger of immediate harm: then it stands on the record that somebody is in danger now.",
        )
        for head, title in HEADS.items():
            words = {one.id: f"{one.title} ({one.cite})" for one in self.asked.grounds if one.head == head}
            self.fields[head] = WordField(title, words, unsaid=UNSAID)
        self.fields["section_115"] = YesNoField("Is section 115 of the Crime and Disorder Act relied on?")
        self.fields["agreement"] = WordField(
            "Which agreement is relied on?",
            {str(number): title for number, title in self.asked.agreements},
            unsaid="None",
        )

    def hush(self) -> None:
        """This function will let the form be shown as it was typed, with nothing said against it yet."""
        self._errors = ErrorDict()

    def grounds(self) -> Proposed:
        """This function will give what was typed of it, whole or not, without to whom it goes and what."""
        typed = getattr(self, "cleaned_data", {})
        named = {
            one.id: typed.get(f"named-{one.id}") or "" for one in self.asked.people if typed.get(f"named-{one.id}")
        }
        texts: dict[str, Any] = {name: typed.get(name) or "" for name in _TEXTS}
        return replace(
            NOTHING_YET,
            **texts,
            section_115=typed.get("section_115"),
            about=tuple(int(one) for one in typed.get("about") or ()),
            named=named,
            agreement=int(typed["agreement"]) if typed.get("agreement") else None,
        )

    def blame(self, faults: Mapping[str, Sequence[str]]) -> None:
        """This function will put what it lacks beside the fields that it is about."""
        ours = {"service": "to", "items": "items-0"}
        if self.asked.people:
            ours["named"] = f"named-{self.asked.people[0].id}"
        for name, sentences in faults.items():
            own = ours.get(name, name.replace(".", "-"))
            for sentence in sentences:
                self.add_error(own if own in self.fields else None, sentence)


class ShareForm(GroundsForm):
    """Something is shared: to whom, what exactly, why, on which grounds."""

    def __init__(self, data: Any = None, *, asked: Asked, **kwargs: Any) -> None:
        """This function will make the form; the pieces stand under the headings of `asked`."""
        super().__init__(data, **kwargs)
        self.asked = asked
        self.ask_whom()
        self.fields["to"] = WordField(
            "Who receives it?", {one.key: one.title for one in asked.recipients}, unsaid=UNSAID
        )
        self.fields["organisation"] = LineField(
            "Name of the organisation", hint="Only if the list above does not name it.", most=120
        )
        self.fields["attention"] = LineField("Who there?", hint="The person or the desk that it goes to.", most=120)
        self.fields["means"] = WordField("How does it get to them?", dict(MEANS), unsaid=UNSAID)
        self.fields["where"] = LineField("To which address or number of theirs?", most=120)
        self.ask_why("It stands at the head of what they get.")
        for number, (group, choices) in enumerate(asked.groups):
            self.fields[f"items-{number}"] = WordsField(group, {one.key: one.title for one in choices}, closed=True)
        self.ask_named()
        self.fields["take_out"] = TextField(
            "Which other words come out?", rows=2, hint="One to a line: names of friends, of a school, of a workplace."
        )
        self.ask_grounds()
        self.fields["at"] = WhenField("When was it told?")

    def meant(self) -> tuple[Proposed, Beside]:
        """This function will give the share that was typed, whole or not."""
        typed = getattr(self, "cleaned_data", {})
        items = [key for number in range(len(self.asked.groups)) for key in typed.get(f"items-{number}") or ()]
        receiver: dict[str, Any] = {**receiver_of(typed.get("to") or "")}
        proposed = replace(
            self.grounds(),
            **receiver,
            organisation=typed.get("organisation") or "",
            means=typed.get("means") or "",
            items=tuple(items),
        )
        lines = tuple(line.strip() for line in (typed.get("take_out") or "").split("\n") if line.strip())
        return proposed, Beside(typed.get("attention") or "", typed.get("where") or "", lines)


_TEXTS = (
    *("purpose", "why", "ground", "article_6", "article_9", "article_10", "common_law", "necessity"),
    *("proportion", "without", "why_without", "conditions_kept"),
)


class DecideOnShareForm(PageForm):
    """A share is authorised, or is not."""

    decision = WordField("Do you authorise it?", {"yes": "Yes", "no": "No"}, missing="Say whether you authorise it")
    reason = TextField("Why, if you do not", rows=2)


class ConfirmShareForm(PageForm):
    """The receiver has it."""

    confirmed_by = LineField("Who confirmed it?", missing="Say who confirmed it")
    at = WhenField("When did they say so?")


class WhyForm(PageForm):
    """Why."""

    reason = TextField("Why?", rows=3, missing="Say why")


class BarForm(PageForm):
    """Somebody must not receive anything of a case."""

    def __init__(self, data: Any = None, *, services: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """This function will make the form, with the services of the directory."""
        super().__init__(data, **kwargs)
        self.fields["service"] = WordField("Which agency?", dict(services), unsaid="None of the directory")
        self.fields["name"] = LineField(
            "Or who, by their whole name?", hint="A person there, or an organisation.", most=120
        )
        self.fields["reason"] = TextField("Why must they not receive anything?", rows=3, missing="Say why")


class AgreementForm(PageForm):
    """An agreement on sharing is entered."""

    def __init__(self, data: Any = None, *, asked: Agreements, **kwargs: Any) -> None:
        """This function will make the form."""
        super().__init__(data, **kwargs)
        self.fields["title"] = LineField("What is it called?", missing="Give it a title")
        self.fields["to"] = WordsField("Which kinds of service does it cover?", dict(asked.kinds), closed=True)
        self.fields["services"] = WordsField("Or which of the directory?", dict(asked.services), closed=True)
        self.fields["purposes"] = WordsField("For which purposes?", dict(asked.purposes), closed=True)
        self.fields["made_on"] = DayField("From which day is it in force?", missing="Say from which day it is in force")
        self.fields["review_on"] = DayField("When is it looked at again?", hint="Leave it empty for our usual period.")
        self.fields["note"] = TextField("Where it is kept, who signed it", rows=3)


class ReviewAgreementForm(PageForm):
    """An agreement was looked at again."""

    note = TextField("What did you find?", rows=3, missing="Say what you found")
    review_on = DayField("When is it looked at next?", hint="Leave it empty for our usual period.")
