"""The forms by which somebody is reached: a way and its terms, how they were reached, and what was done about what waits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fanlight.casework.actions.reaching import NotSafe, Reach
from fanlight.casework.models import Terms
from fanlight.casework.models.contact import STANDINGS, WAYS
from fanlight.casework.queries.reach_page import ChoiceLine, ReachPage, WhomLine
from fanlight.casework.safe_contact import DAYS, MEANS
from fanlight.casework.web.forms.fields import (
    LineField,
    PageForm,
    TextField,
    WhenField,
    WordField,
    WordsField,
    YesNoField,
)
from fanlight.casework.web.wording import moment_in_words

OTHER = "other:"
PAST = {
    "danger": "Somebody is in immediate danger, and it prevents harm now",
    "done": "It had been done already, before anybody asked",
}
NOT_ON_RECORD = {
    "phone": "Another telephone number",
    "visit": "A visit to another address",
    "text": "A text to another number",
    "email": "Another e-mail address",
    "post": "A letter to another address",
    "portal": "Their online account",
}
HOW = (
    "reach_value",
    "reach_to",
    "reach_shown",
    "reach_message",
    "reach_two",
    "reach_through",
    "reach_past",
    "reach_reason",
)
"""The fields that say more of how, for a fold."""
_LONGEST = 400


def add_how(form: PageForm, *, is_child: bool = True, two_attend: bool = True) -> None:
    """This function will add to a form the questions of how somebody was reached, apart from which way it was."""
    form.fields["reach_value"] = LineField(
        "The number or address, if it is not on record", width="govuk-!-width-two-thirds", most=_LONGEST
    )
    form.fields["reach_to"] = WordField(
        "Who was spoken to?",
        {"themselves": "Nobody but them", "somebody_else": "Somebody else"},
        unsaid="Nobody",
    )
    form.fields["reach_shown"] = YesNoField("If you rang: did your number show?")
    form.fields["reach_message"] = YesNoField("Was a message left?")
    if two_attend:
        form.fields["reach_two"] = YesNoField("Did two of you attend?")
    if is_child:
        form.fields["reach_through"] = WordField(
            "If they are a child: with whom was it agreed?",
            {"safe_parent": "A parent or carer who is safe", "social_care": "Children's social care"},
            unsaid="Nobody, or they are no child",
        )
    form.fields["reach_past"] = WordField(
        "If it is not safe and was done all the same: why?",
        PAST,
        unsaid="It is safe",
        hint="It goes on the record as it was. Whoever leads is told.",
    )
    form.fields["reach_reason"] = TextField("What happened that it had to be so?", rows=2)


def reach_of(given: Mapping[str, Any], part: int | None, choice: str, result: str = "") -> Reach:
    """This function will give how somebody was reached, from what a form took; `choice` is the way."""
    means, way = choice, ""
    if choice.startswith(OTHER):
        means = choice.removeprefix(OTHER)
    elif choice not in MEANS:
        means, way = "", choice
    return Reach(
        means=means,
        part=part,
        way=way,
        value=given.get("reach_value") or "",
        to=given.get("reach_to") or "themselves",
        leaves_message=given.get("reach_message") is True,
        number_shown=given.get("reach_shown") is True,
        two_attend=given.get("reach_two") is True,
        through=given.get("reach_through") or "",
        interpreter=given.get("reach_interpreter") or "",
        result=result,
        danger=given.get("reach_past") == "danger",
        done=given.get("reach_past") == "done",
        reason=given.get("reach_reason") or "",
    )


def blame_the_gate(form: PageForm, refused: NotSafe) -> None:
    """This function will say above a form, and beside the way, why the gate refuses, and what to do instead."""
    answer = refused.answer
    if answer.why is None:
        return
    when = f" The next safe moment is {moment_in_words(answer.next_at)}." if answer.next_at else ""
    form.add_error("reach", f"Not safe. {answer.why.says} {answer.why.instead}{when}")


class ReachForm(PageForm):
    """How somebody is reached now, or was."""

    def __init__(self, data: Any = None, *, page: ReachPage, **kwargs: Any) -> None:
        """This function will make the form for the choices of a page."""
        super().__init__(data, **kwargs)
        words = {one.value: _title(one) for one in page.choices}
        words |= {f"{OTHER}{means}": title for means, title in NOT_ON_RECORD.items()}
        self.fields["reach"] = WordField(
            "How do you reach them, or did you?", words, missing="Choose how you reach them"
        )
        self.fields["result"] = WordField(
            "What came of it?",
            {"spoke": "We spoke", "no_answer": "No answer", "declined": "They did not want to talk"},
            unsaid="I have not tried yet",
        )
        if page.kind == "contact":
            self.fields["safe"] = YesNoField("Was it safe for them to talk?")
        if page.needs_interpreter:
            self.fields["reach_interpreter"] = WordField(
                "Who interprets?",
                {"professional": "A professional interpreter", "other": "A relative or friend"},
                unsaid="Nobody",
            )
        self.fields["note"] = TextField(
            "What happened, in your words", rows=4, hint="Say what you saw, heard and did. Put opinions as opinions."
        )
        self.fields["at"] = WhenField("When was it?")
        add_how(self, is_child=page.is_child)

    def first(self) -> list[Any]:
        """This function will give the fields that come before the fold."""
        names = ("reach", "result", "safe", "reach_interpreter", "note", "at")
        return [self[name] for name in names if name in self.fields]

    def more(self) -> list[Any]:
        """This function will give the fields in the fold."""
        return [self[name] for name in HOW if name in self.fields]

    def opened(self) -> bool:
        """This function will say whether the fold must stand open."""
        return any(field.errors or field.value() for field in self.more())


def _title(one: ChoiceLine) -> str:
    if one.way is None:
        return one.title
    value = f" {one.way.value}" if one.way.value else ""
    return f"{one.title}{value}: {one.way.standing_title.lower()}"


class WayForm(PageForm):
    """A way of reaching somebody, and on which terms."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        """This function will make the form."""
        super().__init__(data, **kwargs)
        self.fields["kind"] = WordField("Which way is it?", dict(WAYS), missing="Say which way it is")
        self.fields["value"] = TextField("The number or address", rows=3)
        self.fields["standing"] = WordField(
            "Is it safe?", dict(STANDINGS), missing="Say whether it is safe", hint="Not known is not safe."
        )
        self.fields["told_by_them"] = YesNoField("Did they say so themselves, just now?")
        self.fields["days"] = WordsField("On which days?", dict(DAYS), closed=True, hint="None ticked: on any day.")
        self.fields["since"] = LineField(
            "From what time?", width="govuk-input--width-5", hint="Such as 09:30. Empty: any time."
        )
        self.fields["until"] = LineField("Until what time?", width="govuk-input--width-5")
        self.fields["ask_for"] = LineField("Whom do you ask for?", width="govuk-!-width-two-thirds", most=_LONGEST)
        self.fields["words"] = TextField("What do you say?", rows=2)
        self.fields["not_words"] = TextField("What do you never say?", rows=2)
        self.fields["code_word"] = LineField("Is there a code word?", width="govuk-input--width-20", most=_LONGEST)
        self.fields["message"] = YesNoField("May a message be left?")
        self.fields["must_not_learn"] = TextField(
            "Who must not learn of it?",
            rows=2,
            hint="Names, and numbers if you have them: no number or address of theirs is used.",
        )

    def terms(self) -> Terms:
        """This function will give the terms that were typed."""
        given = self.cleaned_data
        texts = ("since", "until", "ask_for", "words", "not_words", "code_word", "must_not_learn")
        said = {name: given.get(name) or "" for name in texts}
        return Terms(days=tuple(given.get("days") or ()), may_leave_message=given.get("message"), **said)


def start_of_way(kind: str, value: str, standing: str, terms: Terms) -> dict[str, Any]:
    """This function will give what is filled in where a way is said anew."""
    said = {
        name: getattr(terms, name)
        for name in ("since", "until", "ask_for", "words", "not_words", "code_word", "must_not_learn")
    }
    return {
        "kind": kind,
        "value": value,
        "standing": standing,
        "days": list(terms.days),
        "message": terms.may_leave_message,
        **said,
    }


class SettleForm(PageForm):
    """What was done about what waits."""

    def __init__(self, data: Any = None, *, what: str, **kwargs: Any) -> None:
        """This function will make the form for a welfare check, or for a contact past the gate."""
        super().__init__(data, **kwargs)
        if what == "welfare":
            self.fields["outcome"] = WordField(
                "What came of the welfare check?",
                {
                    "seen": "They were seen, and are safe for now",
                    "not_seen": "They were not seen",
                    "police": "It is with the police",
                },
                missing="Say what came of it",
            )
        self.fields["note"] = TextField("What was done, and what follows?", rows=4, missing="Say what was done")


_SENT = re.compile(r"(?:[1-9][0-9]{0,17})?/[a-z0-9_:]{1,40}")


def _words(whom: Sequence[WhomLine]) -> Mapping[str, str]:
    return {line.value: line.title for line in whom}


class WhomForm:
    """What the form of an entry that reaches out asks beside: whom it reached, and how."""

    @staticmethod
    def add(form: PageForm, whom: Sequence[WhomLine], *, must: bool) -> None:
        """This function will add the questions to a form; `must`: the entry cannot do without."""
        form.fields["reach"] = WordField(
            "Whom did you reach, and how?",
            _words(whom),
            missing="Say whom you reached, and how" if must else "",
            unsaid="Nobody at risk",
        )
        add_how(form)

    @staticmethod
    def sent(data: Mapping[str, Any]) -> str | None:
        """This function will give the answer that a form sends, empty where it sends none; None for what has not the shape of one."""
        said = str(data.get("reach", ""))
        return said if not said or _SENT.fullmatch(said) else None

    @staticmethod
    def offer(form: PageForm, whom: Sequence[WhomLine]) -> None:
        """This function will put every answer there is in the place of the one that was sent."""
        field = form.fields.get("reach")
        if isinstance(field, WordField):
            field.words = _words(whom)

    @staticmethod
    def taken(given: Mapping[str, Any]) -> Reach | None:
        """This function will give how somebody was reached, where the form says so."""
        said = given.get("reach")
        if not said:
            return None
        part, _, choice = str(said).partition("/")
        return reach_of(given, int(part) if part else None, choice)
