"""Puts an interview on the record: who was there, who interpreted, and what was not right about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.make_action_plan import LONGEST_NOTE
from fanlight.casework.actions.planning import words_of, write_beside
from fanlight.casework.actions.reaching import Reach
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import NOTHING, Draft, says_something
from fanlight.casework.interviews import WRONGS, Seen, what_is_wrong
from fanlight.casework.models import Case, Interview, Part, Staff
from fanlight.casework.queries.receiving import of_harm

LONGEST_NAME = 200
LONGEST_REASON = 2000
OF_THE_OTHER = ("causing_harm", "household")


def record_interview(
    *,
    case: Case,
    fields: Mapping[str, object],
    facts: Mapping[str, object] = NOTHING,
    note: str = "",
    at: datetime | None = None,
    reach: Reach | None = None,
    with_them: str = "",
    interpreted_by: str = "",
    reason: str = "",
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    duty: str = "",
    by: Staff,
    now: datetime,
) -> int:
    """This function will append an interview to the record, and give its sequence.

    Whether it was in private, whether children were present and whether there was an interpreter must be said. `with_them` names who
    was with them, `interpreted_by` the interpreter and their organisation. What is not right is said, and nothing is saved, until
    it is put right or `reason` says why it was so all the same; a gate of the policy stands whatever the reason. `reach` says whom
    it reached, and how: the safe-contact gate is asked. Raises NotFound, Refused, NotSafe, Faulty, Conflict, Stopped.
    """
    with logged("record_interview", case=case, by=by, now=now) as log:
        _check_said(fields)
        said = words_of("note", note, LONGEST_NOTE)
        draft = Draft("interview", fields, facts, said, at=at)
        # The policy is asked first: where it refuses, no reason of ours helps.
        locked, sequence = write_beside(
            log,
            case,
            draft,
            expected_sequence=expected_sequence,
            overrides=overrides,
            duty=duty,
            reach=reach,
            by=by,
            now=now,
        )
        row = Interview(landlord_id=locked.landlord_id, case=locked, sequence=sequence)
        row.supporter = words_of("with_them", with_them, LONGEST_NAME)
        row.interpreter = words_of("interpreted_by", interpreted_by, LONGEST_NAME)
        if fields["interpreter"] != "none" and not says_something(row.interpreter):
            raise Faulty({"interpreted_by": ("Say who interpreted, and from which organisation.",)})
        row.reason = words_of("reason", reason, LONGEST_REASON)
        row.wrong = list(what_is_wrong(_seen(locked, fields, reach, row.supporter, row.interpreter)))
        if row.wrong and not says_something(row.reason):
            raise Faulty(_not_right(row.wrong))
        row.save(force_insert=True)
        if row.wrong:
            log.detail["not_right"] = row.wrong
    return sequence


def _check_said(fields: Mapping[str, object]) -> None:
    missing = {
        "private": "Say whether it was in private.",
        "children_present": "Say whether children were present.",
        "interpreter": "Say whether there was an interpreter.",
    }
    if faults := {name: (why,) for name, why in missing.items() if fields.get(name) in (None, "")}:
        raise Faulty(faults)


def _seen(case: Case, fields: Mapping[str, object], reach: Reach | None, with_them: str, interpreter: str) -> Seen:
    people = list(Part.objects.filter(case=case))
    harm = of_harm(case, {one.pk: one.part for one in people})
    supporter = fields.get("supporter")
    whom = reach.part if reach else None
    return Seen(
        private=fields["private"] is True,
        children_present=fields["children_present"] is not False,
        interpreter=str(fields["interpreter"]),
        interpreter_accepted=fields.get("interpreter_accepted") is True,
        supporter=supporter if isinstance(supporter, bool) else None if supporter in (None, "") else True,
        with_them=with_them or (supporter if isinstance(supporter, str) else ""),
        interpreted_by=interpreter,
        of_the_other=[one.name for one in people if one.part in OF_THE_OTHER or one.pk in harm],
        is_child=any(one.part == "child" for one in people if one.pk == whom),
    )


def _not_right(wrong: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Each thing that is not right, at its own question, and where to say why it was so."""
    found: dict[str, tuple[str, ...]] = {}
    for word in wrong:
        one = WRONGS[word]
        found[one.of] = (*found.get(one.of, ()), f"{one.says} {one.instead}")
    return {**found, "reason": ("Put it right, or say why it was so all the same.",)}
