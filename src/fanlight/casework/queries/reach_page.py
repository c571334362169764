"""What the pages show on which somebody in a case is reached: their ways, what the gate says of each now, and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from fanlight.casework import access, rulings
from fanlight.casework.access import Refused, can, find_case, visible_cases
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, Staff
from fanlight.casework.queries.lines import PartLine, WayLine
from fanlight.casework.queries.reach_words import FITS, KIND_OF_PART, reaches_out
from fanlight.casework.queries.reading_lines import part_lines
from fanlight.casework.queries.ways import Choice, Known
from fanlight.casework.safe_contact import MEANS
from fanlight.policy.vocabulary import ENTRY_KINDS

PAGE = 50


@dataclass(frozen=True, slots=True)
class WaysPage:
    """The ways of somebody in a case: those that hold, and those before, which nobody is reached by again."""

    reference: str
    person: PartLine
    hold: tuple[WayLine, ...]
    before: tuple[WayLine, ...]
    confirmed_for: str
    may_write: bool
    at_risk: tuple[PartLine, ...]


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """One way of reaching somebody, with what the gate says now: `says`, what to do `instead`, when next, and how.

    `value` names it in a form; `is_open` is whether it may be used now.
    """

    value: str
    means: str
    title: str
    way: WayLine | None
    is_open: bool
    says: str
    instead: str
    next_at: datetime | None
    how: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReachPage:
    """How somebody in a case may be reached now.

    `kind` is that of the entry that it becomes. `own_time` is their own preferred time, where it is still to come.
    `unanswered` counts the attempts since they were last spoken to, of the landlord's `limit`.
    """

    reference: str
    person: PartLine
    kind: str
    kind_title: str
    choices: tuple[ChoiceLine, ...]
    own_time: datetime | None
    unanswered: int
    limit: int
    two_to_visit: bool
    needs_interpreter: bool
    is_child: bool
    last_sequence: int
    at_risk: tuple[PartLine, ...]


@dataclass(frozen=True, slots=True)
class WhomLine:
    """One answer to whom and how in the form of an entry: `value` is part and way, `title` says both."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class ContactCheck:
    """What waits for whoever answers for the team: a welfare check, a contact past the gate (`gate`), or a case that goes back to the
    MARAC (`marac`). `since` is how long."""

    reference: str
    what: str
    since: datetime


@dataclass(frozen=True, slots=True)
class SettlePage:
    """What waits in a case, with the entries that it is about."""

    reference: str
    what: str
    since: datetime
    unanswered: int
    last_sequence: int
    at_risk: tuple[PartLine, ...]


def at_risk_in(viewer: Staff, reference: str, *, now: datetime) -> tuple[PartLine, ...]:
    """This function will give the people at risk in a case with the ways that it knows, for the head of any of its pages."""
    return _at_risk(part_lines(find_case(viewer, reference, now=now)[0], now))


def _at_risk(people: Sequence[PartLine]) -> tuple[PartLine, ...]:
    return tuple(person for person in people if person.part == "person_at_risk")


def _one(people: Sequence[PartLine], part: int) -> PartLine:
    found = next((person for person in people if person.id == part), None)
    if found is None:
        raise access.NotFound
    return found


def ways_page(viewer: Staff, reference: str, part: int, *, now: datetime) -> WaysPage:
    """This function will give the ways of somebody in a case. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    people = part_lines(case, now)
    person = _one(people, part)
    hold, before = Known(case, viewer, now).lines(part, sees_register=can(viewer, "register:see"))
    may_write = standing.can("case:write") or (case.status == "new" and standing.can("report:triage"))
    return WaysPage(
        reference=case.reference,
        person=person,
        hold=hold,
        before=before,
        confirmed_for=str(settings_of(case.landlord_id).confirmed_for),
        may_write=may_write and case.status != "joined",
        at_risk=_at_risk(people),
    )


def reach_page(viewer: Staff, reference: str, part: int, *, now: datetime) -> ReachPage:
    """This function will say of every way of reaching somebody whether it may be used now. Raises NotFound, Refused."""
    case, standing = find_case(viewer, reference, now=now)
    people = part_lines(case, now)
    person = _one(people, part)
    kind = KIND_OF_PART[person.part]
    if why_not := standing.why_not_record(kind):
        raise Refused(why_not)
    told = rulings.told(case)
    known = Known(case, viewer, now)
    whom = known.whom(part, told, now)
    choices = known.choices(part, told, now, sees_register=can(viewer, "register:see"))
    own_time = whom.preferred_at if whom.preferred_at and whom.preferred_at > now else None
    return ReachPage(
        reference=case.reference,
        person=person,
        kind=kind,
        kind_title=ENTRY_KINDS[kind].title,
        choices=tuple(_choice(one) for one in choices),
        own_time=own_time,
        unanswered=case.unanswered if person.part == "person_at_risk" else 0,
        limit=settings_of(case.landlord_id).attempts_before_welfare_check,
        two_to_visit=whom.two_to_visit,
        needs_interpreter=whom.needs_interpreter,
        is_child=whom.is_child,
        last_sequence=case.last_sequence,
        at_risk=_at_risk(people),
    )


def _choice(one: Choice) -> ChoiceLine:
    why = one.answer.why
    return ChoiceLine(
        value=one.key,
        means=one.means,
        title=one.title,
        way=one.line,
        is_open=one.answer.allowed,
        says=why.says if why else "",
        instead=why.instead if why else "",
        next_at=one.answer.next_at,
        how=one.answer.how,
    )


# ── The form of an entry that reaches out ────────────────────────────────────────────────────────────────────────────

OTHER = {"phone": "another number", "visit": "a visit to another address"}


def whom_lines(
    viewer: Staff, case: Case, people: Sequence[PartLine], kind: str, *, now: datetime
) -> tuple[WhomLine, ...]:
    """This function will give the answers to whom an entry of a kind reaches, and how; none where it reaches nobody."""
    if not reaches_out(kind, {"to": "person_at_risk"}):
        return ()
    fitting = [person for person in people if person.part in FITS[kind]]
    if not fitting:
        named = "The person causing harm" if kind == "perpetrator_contact" else "Somebody who is not named yet"
        return tuple(
            WhomLine(f"/{means}", f"{named}: {title[:1].lower()}{title[1:]}") for means, title in MEANS.items()
        )
    known = Known(case, viewer, now)
    found: list[WhomLine] = []
    for person in fitting:
        hold, _ = known.lines(person.id, sees_register=can(viewer, "register:see"))
        found += [
            WhomLine(
                f"{person.id}/{line.key}",
                f"{person.name}: {line.title.lower()} {line.value} ({line.standing_title.lower()})",
            )
            for line in hold
            if line.kind
        ]
        found += [WhomLine(f"{person.id}/other:{means}", f"{person.name}: {title}") for means, title in OTHER.items()]
        found += [
            WhomLine(f"{person.id}/{means}", f"{person.name}: {MEANS[means][:1].lower()}{MEANS[means][1:]}")
            for means in ("in_person", "they_reached_us")
        ]
    return tuple(found)


def sent_line(kind: str, sent: str) -> tuple[WhomLine, ...]:
    """This function will give the answer that somebody sends as the only one there is; whether it is one, the gate looks at."""
    return (WhomLine(sent, ""),) if reaches_out(kind, {"to": "person_at_risk"}) else ()


# ── What waits ───────────────────────────────────────────────────────────────────────────────────────────────────────


def contact_checks(viewer: Staff, *, now: datetime) -> tuple[ContactCheck, ...]:
    """This function will give what waits for whoever answers for the team, the longest first, in the cases that they may see.

    It is one query, however many cases there are; nobody without `duties:team` is shown any.
    """
    if not can(viewer, "duties:team"):
        return ()
    seen = visible_cases(viewer, "duties:team", now=now)
    waiting = seen.filter(
        Q(welfare_since__isnull=False) | Q(past_the_gate_since__isnull=False) | Q(goes_back_since__isnull=False)
    )
    rows = waiting.values_list("reference", "welfare_since", "past_the_gate_since", "goes_back_since")[:PAGE]
    found = [
        ContactCheck(reference, what, since)
        for reference, welfare, gate, goes_back in rows
        for what, since in (("welfare", welfare), ("gate", gate), ("marac", goes_back))
        if since is not None
    ]
    return tuple(sorted(found, key=lambda check: (check.what != "welfare", check.since)))


def settle_page(viewer: Staff, reference: str, what: str, *, now: datetime) -> SettlePage | None:
    """This function will give what waits in a case, or None where nothing does. Raises NotFound, Refused."""
    case, standing = find_case(viewer, reference, now=now)
    if not standing.can("duties:team"):
        raise Refused("Your role may not do this: it is for whoever answers for the team's duties.")
    since = {"welfare": case.welfare_since, "gate": case.past_the_gate_since}.get(what)
    if since is None:
        return None
    people = part_lines(case, now)
    return SettlePage(case.reference, what, since, case.unanswered, case.last_sequence, _at_risk(people))
