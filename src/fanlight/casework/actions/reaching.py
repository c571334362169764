"""Below the actions by which somebody is reached: asks the safe-contact gate, and says on the entry how it was done.

No entry that reaches out goes on the record without it: `write` refuses one that does not say how.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fanlight.casework.access import Refused, can
from fanlight.casework.actions.logged import LogRow
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft, says_something
from fanlight.casework.models import Case, Staff
from fanlight.casework.queries.reach_words import FITS, KIND_OF_PART, reaches_out
from fanlight.casework.queries.ways import Known
from fanlight.casework.rulings import Told
from fanlight.casework.safe_contact import MEANS, Answer, Proposed, fault_of, may_reach


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody is reached, or was.

    `part` is that of the person in the case; None: not named yet. `way` is the key of a way on record (`WayLine.key`), whose
    kind is the means where none are said; or `value` is the number or address where it is another. With `danger` it is done
    past the gate because somebody is in immediate danger, with `done` because it had been done before anybody asked; either
    needs its `reason`.
    """

    means: str
    part: int | None = None
    way: str = ""
    value: str = ""
    to: str = "themselves"
    leaves_message: bool = False
    number_shown: bool = False
    interpreter: str = ""
    two_attend: bool = False
    through: str = ""
    result: str = ""
    danger: bool = False
    done: bool = False
    reason: str = ""


class NotSafe(Refused):
    """The safe-contact gate refuses. `answer` says why, when, and what to do instead; the sentence names nobody."""

    def __init__(self, answer: Answer) -> None:
        """This function will take the sentence from the reason."""
        self.answer = answer
        super().__init__(answer.why.says if answer.why else "")


def through_the_gate(
    case: Case, draft: Draft, reach: Reach | None, told: Sequence[Told], *, log: LogRow, by: Staff, now: datetime
) -> Draft:
    """This function will give the draft with how somebody was reached, if it reaches out and the gate lets it. Raises NotSafe, Faulty.

    What was done already goes on the record as it was, marked as past the gate, for whoever leads to look at.
    """
    if reach is None:
        return draft
    if not reaches_out(draft.kind, draft.fields) and draft.kind != "learned":
        raise Faulty({"reach": ("An entry of this kind reaches nobody.",)})
    known = Known(case, by, now)
    known.somebody(reach.part)
    reach, index = resolved(known, reach)
    _check(known, draft, reach)
    check_whom(known, draft.kind, reach)
    answer = asked(known, reach, index, told, draft.at or now, kind=draft.kind, fields=draft.fields)
    said: dict[str, Any] = {"part": reach.part, "means": reach.means, "standing": answer.standing}
    said |= {name: value for name, value in _beside(reach, index).items() if value}
    past = answer.set_aside
    if not answer.allowed:
        log.detail["contact"] = answer.because
        if not reach.done:
            raise NotSafe(answer)
        past = answer.because
    if past:
        if not says_something(reach.reason):
            raise Faulty({"reach_reason": ("Say why it was done all the same.",)})
        log.detail["past_the_gate"] = past
        said |= {"past": past, "because": "danger" if answer.set_aside else "done", "reason": reach.reason}
    is_also = ("visit",) if reach.means == "visit" and draft.kind != "visit" else ()
    return replace(draft, fields=_with_method(draft, reach), reach=said, is_also=is_also)


def asked(
    known: Known,
    reach: Reach,
    index: str,
    told: Sequence[Told],
    at: datetime,
    *,
    kind: str,
    fields: Mapping[str, object],
) -> Answer:
    """This function will ask the gate; `index` is the fingerprint of the number or address, as `resolved` gives it."""
    whom = known.whom(reach.part, told, at)
    if reach.part is None:
        whom = replace(
            whom, part={"perpetrator_contact": "causing_harm", "family_contact": "household"}.get(kind, whom.part)
        )
    proposed = Proposed(
        reach.means,
        at,
        index,
        to=reach.to,
        leaves_message=reach.leaves_message,
        number_shown=reach.number_shown,
        interpreter=reach.interpreter or str(fields.get("interpreter") or ""),
        two_attend=reach.two_attend,
        through=reach.through,
        danger=reach.danger,
    )
    return may_reach(whom, proposed)


def resolved(known: Known, reach: Reach) -> tuple[Reach, str]:
    """This function will give how somebody is reached with its means, and the fingerprint of the number or address. Raises Faulty."""
    if not reach.way:
        is_done = reach.danger or reach.done
        if reach.value and not is_done and (fault := fault_of(reach.means, reach.value)):
            raise Faulty({"value": (fault,)})
        found = known.indexes_of(reach.means, reach.value)
        if len(found) > 1:
            raise Faulty(
                {"value": ("More than one address on record may be meant: say which flat, and the postcode.",)}
            )
        (index,) = found
        return reach, index
    way = None
    if reach.part is not None:
        way = known.way_of_key(reach.part, reach.way, reach.means, sees_register=can(known.by, "register:see"))
    if way is None:
        raise Faulty({"reach": ("That way is not theirs, or holds no more: look again.",)})
    kind, of_the_way = way
    return replace(reach, means=reach.means or kind), of_the_way


_TO = ("themselves", "somebody_else")
_THROUGH = ("", "safe_parent", "social_care")
_INTERPRETERS = ("", "none", "professional", "other")
_RESULTS = ("", "spoke", "no_answer", "declined")


def check_words(reach: Reach) -> None:
    """This function will raise Faulty for a word that is none of those that are offered."""
    words = (
        (reach.means, tuple(MEANS)),
        (reach.to, _TO),
        (reach.through, _THROUGH),
        (reach.interpreter, _INTERPRETERS),
        (reach.result, _RESULTS),
    )
    if any(word not in allowed for word, allowed in words):
        raise Faulty({"reach": ("Say how you reached them, in the words that are offered.",)})


def check_whom(known: Known, kind: str, reach: Reach) -> None:
    """This function will raise Faulty where it is not said whom of those who are named it reaches: the gate would be asked about nobody."""
    if (
        reach.part is None
        and reach.means != "they_reached_us"
        and any(one.part in FITS.get(kind, ()) for one in known.people)
    ):
        raise Faulty({"part": ("Say whom of those who are named in the case it reaches.",)})


def _check(known: Known, draft: Draft, reach: Reach) -> None:
    check_words(reach)
    one = known.somebody(reach.part)
    if one is not None and draft.kind != "learned":
        fits = KIND_OF_PART[one.part]
        is_harm = one.part == "causing_harm"
        if is_harm != (draft.kind == "perpetrator_contact") or (draft.kind == "contact" and fits == "family_contact"):
            raise Faulty({"part": (f"That is not how contact with them is recorded: use “{_TITLES[fits]}”.",)})
    if one is not None and one.part == "causing_harm" and draft.kind == "learned":
        raise Faulty(
            {"part": (f"That is not how contact with them is recorded: use “{_TITLES['perpetrator_contact']}”.",)}
        )
    result = reach.result or draft.fields.get("result")
    if reach.means == "they_reached_us" and result == "no_answer":
        raise Faulty({"means": ("They reached us, so there was an answer: say how you tried them.",)})


_TITLES = {
    "contact": "Contact",
    "perpetrator_contact": "Contact with the person causing harm",
    "family_contact": "Contact with family",
    "learned": "Facts learned",
}


def _beside(reach: Reach, index: str) -> dict[str, Any]:
    return {
        "index": index,
        "way": reach.way,
        "to": reach.to if reach.to != "themselves" else "",
        "message": reach.leaves_message,
        "two": reach.two_attend,
        "through": reach.through,
        "result": reach.result,
    }


_METHODS = {"visit": "in_person", "in_person": "in_person", "post": "letter"}


def _with_method(draft: Draft, reach: Reach) -> Mapping[str, object]:
    """A contact says by which method it was, in the policy's own words."""
    if draft.kind != "contact":
        return draft.fields
    said = dict(draft.fields)
    if not said.get("method") and reach.means in ("phone", "text", "email", *_METHODS):
        said["method"] = _METHODS.get(reach.means, reach.means)
    if reach.result and not said.get("result"):
        said["result"] = reach.result
    return said
