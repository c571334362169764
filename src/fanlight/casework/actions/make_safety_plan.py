"""Writes down a safety plan, section by section."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.make_action_plan import LONGEST_NOTE
from fanlight.casework.actions.planning import plan_beside, words_of, write_beside
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft, says_something
from fanlight.casework.models import Case, Staff
from fanlight.casework.plan_forms import form_on, forms_of
from fanlight.present import day_of

LONGEST_SECTION = 4000


def make_safety_plan(
    *,
    case: Case,
    sections: Mapping[str, str],
    agreed: bool,
    part: int | None = None,
    may_keep: bool | None = None,
    note: str = "",
    at: datetime | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    duty: str = "",
    by: Staff,
    now: datetime,
) -> int:
    """This function will put a safety plan on the record, and give its number; it takes the place of the one before, which stays.

    `sections` is what it says, by the sections of the landlord's form for the day; those with nothing to say are left out. The
    rest is as in make_action_plan. Raises NotFound, Refused, Faulty, Conflict, Stopped.
    """
    with logged("make_safety_plan", case=case, by=by, now=now) as log:
        form = form_on(forms_of(case.landlord_id), day_of(at or now))
        if form is None:
            raise Faulty({"at": ("There was no form for safety plans on that day.",)})
        known = {section.id for section in form.sections}
        if set(sections) - known:
            raise Faulty({"sections": ("The plan has no such section.",)})
        said = {name: words_of(name, text, LONGEST_SECTION) for name, text in sections.items()}
        said = {section.id: said[section.id] for section in form.sections if says_something(said.get(section.id, ""))}
        if not said:
            raise Faulty({form.sections[0].id: ("Write something in at least one section.",)})
        draft = Draft("safety_plan", {"agreed": agreed}, note=words_of("note", note, LONGEST_NOTE), at=at)
        locked, sequence = write_beside(
            log, case, draft, expected_sequence=expected_sequence, overrides=overrides, duty=duty, by=by, now=now
        )
        plan = plan_beside(locked, "safety_plan", sequence, part, agreed, may_keep, at or now, by=by)
        plan.form, plan.sections_text = form.id, json.dumps(said, ensure_ascii=False)
        plan.save(force_insert=True)
        log.detail |= {"plan": plan.pk, "sections": len(said)}
    return plan.pk
