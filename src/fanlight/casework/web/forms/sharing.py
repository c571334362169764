"""The forms of consent, shares and agreements."""

from __future__ import annotations

from typing import Any

from fanlight.casework.models import ConsentSaid
from fanlight.casework.queries.consents import ConsentPage
from fanlight.casework.sharing import ANSWERS, CAPACITY, GIVERS, HOW_TAKEN
from fanlight.casework.web.forms.fields import LineField, PageForm, TextField, WhenField, WordField


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
            "Who may be told?", {one.key: one.title for one in asked.recipients}, missing="Say who may be told"
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
        )
        words = {name: typed[name] for name in ("purpose", "answer", "how", "giver", "capacity", "at")}
        return {"part": int(typed["part"]), **receiver_of(typed["to"]), **words, "said": said}
