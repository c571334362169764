"""The one write path: may this person, does the policy permit it, append, project, log."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from fanlight.casework import rulings
from fanlight.casework.access import (
    THE_CASE_ITSELF,
    Refused,
    Standing,
    away,
    kept_away,
    roles_of,
    roles_to_lead,
    why_not_receive,
)
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.plan_items import keep_waiting
from fanlight.casework.actions.reaching import Reach, through_the_gate
from fanlight.casework.actions.referring import unsent
from fanlight.casework.actions.refusals import Faulty, Stopped
from fanlight.casework.actions.write import NOTHING, Draft, says_something, write
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, Staff
from fanlight.casework.queries.answers import RECORDED_APART
from fanlight.casework.queries.refusal_lines import refusal_lines
from fanlight.casework.referring import is_outside
from fanlight.casework.rulings import Told
from fanlight.policy.vocabulary import ENTRY_KINDS

# The facts on which it turns whose a case is to see.
DECIDING = frozenset({"about", "area", "patch"})
LAST_REPORT = "This is the only report of the case: join the case to another, or close it."


def record_entry(
    *,
    case: Case,
    kind: str,
    fields: Mapping[str, object] = NOTHING,
    facts: Mapping[str, object] = NOTHING,
    note: str = "",
    of_sequence: int | None = None,
    at: datetime | None = None,
    to_staff: Staff | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    duty: str = "",
    reach: Reach | None = None,
    by: Staff,
    now: datetime,
) -> int:
    """This function will append an entry to the record of a case, and give its sequence.

    `at` is when it was learned or done (None: now). `overrides` are (gate, reason). `expected_sequence` is
    the last entry that the writer had seen. `duty` is the key of the duty that it was written for, for the log.
    `reach` says whom an entry reached that reaches out, and how: the safe-contact gate is asked.
    Values are yes or no as bool, numbers, words, sets of words, aware moments; None says nothing.
    Raises NotFound, Refused, NotSafe, Faulty, Conflict, Stopped.
    """
    draft = Draft(kind, fields, facts, note, of_sequence, at, to_staff)
    return record(
        "record_entry",
        case,
        draft,
        expected_sequence=expected_sequence,
        overrides=overrides,
        duty=duty,
        reach=reach,
        by=by,
        now=now,
    )


def record(
    what: str,
    case: Case,
    draft: Draft,
    *,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    duty: str = "",
    needed: Mapping[str, str] = MappingProxyType({}),
    reason: str = "",
    reach: Reach | None = None,
    by: Staff,
    now: datetime,
) -> int:
    """This function will append one entry under the name of the action that asked for it.

    `needed` are the fields that it cannot do without, each with the sentence for one left empty. `reason` is why the one point
    of contact changes, where the case itself is handed over.
    """
    with logged(what, case=case, by=by, now=now) as log:
        if duty:
            # It comes from an address, in which anybody can write anything.
            log.detail["duty"] = duty if rulings.is_duty(case.landlord_id, duty) else "another"
        ((locked, standing),) = log.lock(case)
        if why_not := _why_not(standing, draft) or (RECORDED_APART.get(draft.kind) if what == "record_entry" else ""):
            raise Refused(why_not)
        _check_needed(draft, needed)
        _check_goes_within(draft)
        _check_people(locked, draft, by, now)
        check_emergency(standing, decides=draft.to_staff is not None or bool(DECIDING & {*draft.fields, *draft.facts}))
        _check_strike(draft, log.told(locked))
        _check_receipt(draft, log.told(locked), by, now)
        draft = through_the_gate(locked, draft, reach, log.told(locked), log=log, by=by, now=now)
        if draft.kind == "referral" and draft.fields.get("to") == THE_CASE_ITSELF and draft.to_staff is not None:
            check_handover(locked, draft.to_staff, note=draft.note, reason=reason)
            role = role_to_take(locked, draft.to_staff)
            check_they_could_take(locked, standing, draft.to_staff, role, log.told(locked), now)
            draft = replace(draft, note=handover_note(draft.note, reason))
        sequence = write(
            locked,
            standing,
            [_with_recipient(draft, log.told(locked))],
            expected_sequence=expected_sequence,
            overrides=overrides,
            log=log,
            by=by,
            now=now,
        )
        if draft.kind == "struck":
            keep_waiting(locked, strike=(sequence, draft.of_sequence))
            unsent(locked, draft.of_sequence)
        return sequence


def _why_not(standing: Standing, draft: Draft) -> str:
    approves, as_role = draft.fields.get("for"), draft.fields.get("by")
    if draft.kind not in ENTRY_KINDS:
        raise Faulty({"kind": (f"{draft.kind} is not a kind of entry.",)})
    return standing.why_not_record(
        draft.kind,
        approves=approves if isinstance(approves, str) else "",
        as_role=as_role if isinstance(as_role, str) else "",
    )


REFER_THERE = "A referral to a service outside is made on the page of referrals: it asks who gets it, and how."


def _check_goes_within(draft: Draft) -> None:
    """What goes out of the house is a referral, with a page and an action of its own; what stays within is handed over."""
    to = draft.fields.get("to")
    if draft.kind == "referral" and isinstance(to, str) and is_outside(to):
        raise Refused(REFER_THERE)


def _check_needed(draft: Draft, needed: Mapping[str, str]) -> None:
    empty = {
        name: (sentence,) for name, sentence in needed.items() if not says_something(str(draft.fields.get(name) or ""))
    }
    if empty:
        raise Faulty(empty)


def check_emergency(standing: Standing, *, decides: bool) -> None:
    """This function will raise Refused where somebody who sees the case in an emergency alone decides who sees it."""
    if decides and standing.emergency_until is not None:
        raise Refused(
            "You have this case open in an emergency: record what happens, and leave whose it is to those who work on it."
        )


def _check_people(case: Case, draft: Draft, by: Staff, now: datetime) -> None:
    """Whoever is given a case, or a part of it, works for the landlord and is not kept from it."""
    if draft.kind == "approval":
        _check_needed(draft, {"by": "Say in which role.", "for": "Say for what."})
    if draft.to_staff is not None:
        if draft.to_staff.pk == by.pk and case.lead_id != by.pk and away(by, now):
            # What a deputy has for some days is not made theirs for good.
            raise Refused("You stand in for somebody: you cannot hand it over to yourself.")
        check_recipient(case, draft.to_staff)


def check_recipient(case: Case, to: Staff) -> None:
    """This function will raise Refused for somebody who cannot be given a case or a part of it."""
    known = to.landlord_id == case.landlord_id and any(held.sees(case.restricted) for held in roles_of(to))
    if not known or to.pk in kept_away(case).people:
        raise Refused("They cannot be given this case.")


def check_handover(case: Case, to: Staff, *, note: str, reason: str) -> None:
    """This function will raise Faulty where a case changes hands and nobody says what the next one must know.

    Where the policy has one point of contact for the person at risk, changing it needs its reason.
    """
    if case.lead_id is None or case.lead_id == to.pk:
        return
    faults: dict[str, tuple[str, ...]] = {}
    if not says_something(note):
        faults["note"] = (
            "Write what the next one must know: how it is safe to reach them, what was promised, what comes next.",
        )
    if settings_of(case.landlord_id).ownership.one_point_of_contact and not says_something(reason):
        faults["reason"] = ("Say why the person at risk gets another point of contact.",)
    if faults:
        raise Faulty(faults)


def role_to_take(case: Case, to: Staff) -> str:
    """This function will give the role in which somebody takes a case that is handed to them: one that owns cases, if they hold one."""
    held = roles_to_lead(to, case.restricted)
    owners = settings_of(case.landlord_id).ownership.roles
    return next((role for role in owners if role in held), next(iter(held), ""))


def check_they_could_take(
    case: Case, standing: Standing, to: Staff, role: str, told: Sequence[Told], now: datetime
) -> None:
    """This function will raise Stopped where the policy would not let them take the case: better now than when they acknowledge."""
    entry = rulings.proposed(
        case.landlord_id,
        sequence=case.last_sequence + 1,
        kind="assigned",
        at=now,
        of_sequence=None,
        fields={"to": role, "female": to.is_female_staff},
        facts=NOTHING,
    )
    story = rulings.story_of(case.landlord_id, told)
    if refusals := rulings.refusals_of(case.landlord_id, story, entry, now):
        raise Stopped(refusal_lines(case.landlord_id, refusals, standing))


def handover_note(note: str, reason: str) -> str:
    """This function will put the reason for another point of contact under the note of a hand-over."""
    return f"{note}\n\nWhy their point of contact changes: {reason}" if says_something(reason) else note


def _check_strike(draft: Draft, told: Sequence[Told]) -> None:
    """A case stands on a report: the last one that stands is not struck."""
    if draft.kind != "struck" or draft.of_sequence is None:
        return
    reports = {row.sequence for row in told if row.kind == "report"}
    if draft.of_sequence in reports:
        struck = {row.of_sequence for row in told if row.kind == "struck"}
        if not reports - struck - {draft.of_sequence}:
            raise Refused(LAST_REPORT)


def _check_receipt(draft: Draft, told: Sequence[Told], by: Staff, now: datetime) -> None:
    """A hand-over that stands is acknowledged by its receiver. The story tells of it what the row in the table does."""
    if draft.kind != "receipt" or draft.of_sequence is None:
        return
    for row in rulings.standing_rows(told, now):
        if row.sequence == draft.of_sequence and row.kind == "referral":
            to = str(row.payload["fields"].get("to", ""))
            if why_not := why_not_receive(by, to=to, to_staff_id=row.to_staff_id, sent_by_id=row.by_id):
                raise Refused(why_not)


def _with_recipient(draft: Draft, told: Sequence[Told]) -> Draft:
    """A receipt is by the receiver of the referral that it answers, unless it says otherwise."""
    if draft.kind != "receipt" or draft.of_sequence is None or draft.fields.get("to"):
        return draft
    to = next((row.payload["fields"].get("to") for row in told if row.sequence == draft.of_sequence), None)
    return draft if to is None else replace(draft, fields={**draft.fields, "to": to})
