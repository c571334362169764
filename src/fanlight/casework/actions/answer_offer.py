"""Says of one item of a menu of the policy that it was offered, chosen or declined."""

from collections.abc import Sequence
from datetime import datetime

from fanlight.casework import rulings
from fanlight.casework.access import NotFound
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.planning import words_of, write_beside
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft
from fanlight.casework.models import Case, Offered, Staff
from fanlight.casework.models.plans import ANSWERS_TO_AN_OFFER
from fanlight.casework.queries.pathways import SUPPORT_SAID, item_title
from fanlight.casework.rulings import OptionRow

LONGEST = 2000
SUPPORT = {answer: kind for kind, answer in SUPPORT_SAID.items()}
"""What the entry is where a service is offered to the person at risk: the policy's own duties count it."""


def answer_offer(
    *,
    case: Case,
    option: str,
    item: str,
    answer: str,
    note: str = "",
    at: datetime | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    by: Staff,
    now: datetime,
) -> int:
    """This function will put on the record what became of an item of a menu, and give the sequence of its entry.

    `option` is the row of the menu, which the policy must have for this case now, and `item` the item as it stands there. What was
    said of it before stays. What is offered to the person causing harm never counts as support for the person at risk.
    Raises NotFound, Refused, Faulty, Conflict, Stopped.
    """
    with logged("answer_offer", case=case, by=by, now=now) as log:
        ((locked, _),) = log.lock(case)
        story = rulings.story_of(locked.landlord_id, log.told(locked))
        ruling = rulings.rule_on(locked.landlord_id, story, now)
        row = next((one.row for one in ruling.options if one.row.id == option), None)
        if row is None or item not in row.offer:
            raise NotFound
        if answer not in dict(ANSWERS_TO_AN_OFFER):
            raise Faulty({"answer": ("Say what became of it.",)})
        said = words_of("note", note, LONGEST)
        draft = _draft(locked, row, item, answer, said, at)
        _, sequence = write_beside(
            log, case, draft, expected_sequence=expected_sequence, overrides=overrides, by=by, now=now
        )
        offered = Offered(landlord_id=locked.landlord_id, case=locked, sequence=sequence, version=ruling.policy)
        offered.pathway = "causing_harm" if rulings.is_for_causing_harm(row) else "person_at_risk"
        offered.option, offered.item, offered.answer = row.id, item, answer
        offered.at, offered.by, offered.note = at or now, by, said
        offered.save(force_insert=True)
        log.detail |= {"option": row.id, "answer": answer, "pathway": offered.pathway}
    return sequence


def _draft(case: Case, row: OptionRow, item: str, answer: str, said: str, at: datetime | None) -> Draft:
    """A service for the person at risk is support that was offered; anything else is something that we learned."""
    if item in rulings.vocabulary_of(case.landlord_id).services and not rulings.is_for_causing_harm(row):
        return Draft(SUPPORT[answer], {"service": item}, note=said, at=at)
    to = "to the person causing harm" if rulings.is_for_causing_harm(row) else "to the person at risk"
    told = {
        "offered": f"Offered {to}",
        "chosen": f"Offered {to}, and chosen",
        "declined": f"Offered {to}, and declined",
    }
    heading = f"{told[answer]}: {item_title(case.landlord_id, item)}."
    return Draft("learned", note=f"{heading}\n\n{said}" if said else heading, at=at)
