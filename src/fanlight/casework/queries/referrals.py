"""Referrals of a case: to whom one goes and what the policy says of it, the form filled from the case, what became of each."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q

from fanlight.casework import keys, rulings, sql
from fanlight.casework.access import NotFound, Refused, find_case, is_visible, roles_of, visible_cases
from fanlight.casework.landlords import WAYS_IN, settings_of
from fanlight.casework.marac import Criterion, Standing, day_in_words
from fanlight.casework.models import (
    Case,
    ChildSaid,
    MaracReferral,
    OnwardReferral,
    Referral,
    ReferralDocument,
    ReferralStep,
    Share,
    Staff,
    names_of,
)
from fanlight.casework.queries.consents import consents_to
from fanlight.casework.queries.criteria import criteria_of, referred_before
from fanlight.casework.queries.directory import directory_of, kinds_outside, routed
from fanlight.casework.queries.duty_lines import duty_line, receivable_by
from fanlight.casework.queries.judging import Carried
from fanlight.casework.queries.letters import gives_away
from fanlight.casework.queries.lines import AdviceLine, DutyLine, PartLine, RefusalLine, WayLine
from fanlight.casework.queries.person_in_case import relation_in_words, relation_rows, relations_that_hold
from fanlight.casework.queries.protected import protected_addresses, protected_among
from fanlight.casework.queries.reading_lines import advice_lines, part_lines
from fanlight.casework.queries.refusal_lines import refusal_lines
from fanlight.casework.queries.shareable import Item, shareable
from fanlight.casework.queries.ways import Known
from fanlight.casework.queries.words import role_titles
from fanlight.casework.referring import (
    CRITERIA,
    MARAC,
    MAY,
    OTHER,
    PERMISSIONS,
    STATES,
    WORDS,
    Field,
    OnRecord,
    Purpose,
    is_outside,
    lacks,
    purpose_for,
    purposes_of,
    state_of,
)
from fanlight.casework.referring import Terms as SentOn
from fanlight.casework.router import Route
from fanlight.casework.rulings import DutyRow, GateRow, OptionRow
from fanlight.casework.sharing import law_at
from fanlight.present import day_of

PAGE = 200
"""So many rows of a list; there are never as many, and a list that is cut says so."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """Something that became of a referral: what, when, who wrote it down, and what they wrote."""

    what: str
    at: datetime
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral in a list: to whom, for what, in which state, and since when."""

    number: int
    reference: str
    title: str
    to: str
    state: str
    state_title: str
    since: datetime
    by: str
    waiting: timedelta


@dataclass(frozen=True, slots=True)
class PolicySays:
    """A row of the landlord's policy that speaks of a kind of service: its clause, what it says, and how we read it."""

    clause: str
    says: str
    reading: str


@dataclass(frozen=True, slots=True)
class Referrals:
    """The referrals of a case, newest first, and what a new one may be for: (purpose, title)."""

    reference: str
    lines: tuple[ReferralLine, ...]
    purposes: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    may_refer: bool
    may_note: bool
    """Whether they may note that another agency referred to the MARAC."""
    marac: Standing | None
    last_sequence: int


@dataclass(frozen=True, slots=True)
class ReferralForm:
    """What is asked before a referral goes: who gets it and how, the form filled from the case, what the policy and practice say.

    `in_the_way` are the gates of the policy that would stop it now. `missing` is what our own rules ask besides. `criteria` are those of
    the MARAC as they are proposed, where it is for that.
    """

    reference: str
    purpose: Purpose
    kind_title: str
    route: Route
    fields: tuple[tuple[Field, str], ...]
    criteria: tuple[Criterion, ...]
    policy: tuple[PolicySays, ...]
    advice: tuple[AdviceLine, ...]
    in_the_way: tuple[RefusalLine, ...]
    duties: tuple[DutyLine, ...]
    asks_permission: bool
    last_sequence: int


@dataclass(frozen=True, slots=True)
class MaracAnswers:
    """What was answered to the criteria of the MARAC in a referral, and the day of the referral before it."""

    answers: Mapping[str, bool | None]
    previous_on: date | None


@dataclass(frozen=True, slots=True)
class OneReferral:
    """A referral: its form, to whom, its state, what may be said of it now, its steps and documents.

    `waits_for` is the share that waits for its authoriser, and `share` the one as which it went, by their numbers in the register.
    `challenge` and `escalate_to` are said where it was declined. `password` opens the PDF. `may` are (what, in words).
    """

    number: int
    reference: str
    purpose: Purpose
    kind: str
    to: str
    way: str
    way_title: str
    service: str
    phone: str
    email: str
    form: str
    form_web: str
    state: str
    state_title: str
    permission: str
    reason: str
    own_request: bool
    said: tuple[tuple[str, str], ...]
    answers: Mapping[str, str]
    documents: tuple[str, ...]
    password: str
    steps: tuple[StepLine, ...]
    may: tuple[tuple[str, str], ...]
    may_write: bool
    challenge: str
    escalate_to: str
    our_escalation: tuple[str, ...]
    waits_since: datetime | None
    waits_for: int | None
    share: int | None
    marac: MaracAnswers | None
    last_sequence: int


def referrals_of_case(viewer: Staff, reference: str, *, now: datetime) -> Referrals:
    """This function will give the referrals of a case. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    rows = list(OnwardReferral.objects.filter(case=case).order_by("-pk"))
    for row in rows:
        row.case = case
    purposes = purposes_of(case.landlord_id)
    kinds = kinds_outside(case.landlord_id)
    served = {one.to for one in purposes.values()}
    return Referrals(
        reference=case.reference,
        lines=_lines(rows, now),
        purposes=tuple((one.id, one.title) for one in purposes.values() if one.to in kinds),
        kinds=tuple((place_of(case.landlord_id, kind), title) for kind, title in kinds.items() if kind not in served),
        may_refer=not standing.why_not_record("referral") and case.status in ("new", "open"),
        may_note=not standing.why_not_record("learned") and case.status in ("new", "open"),
        marac=referred_before(case, rulings.told(case), viewer, now),
        last_sequence=case.last_sequence,
    )


def _lines(rows: Sequence[OnwardReferral], now: datetime) -> tuple[ReferralLine, ...]:
    received = _received(rows)
    names = names_of(row.made_by_id for row in rows)
    return tuple(_line(row, received, names, now) for row in rows)


def _line(
    row: OnwardReferral,
    received: Mapping[tuple[int, int], datetime | None],
    names: Mapping[int | None, str],
    now: datetime,
) -> ReferralLine:
    state, since = state_and_since(row, received)
    return ReferralLine(
        number=row.pk,
        reference=row.case.reference,
        title=purpose_of(row).title,
        to=said_of(row).get("name", ""),
        state=state,
        state_title=STATES[state],
        since=since,
        by=names[row.made_by_id],
        waiting=now - since,
    )


def _received(rows: Iterable[OnwardReferral]) -> dict[tuple[int, int], datetime | None]:
    """When the entry of each was received, as the record has it; one that was struck is not there."""
    cases = {row.case_id for row in rows if row.sequence is not None}
    found = Referral.objects.filter(case__in=cases).values_list("case_id", "sequence", "received_at")
    return {(case_id, sequence): at for case_id, sequence, at in found}


def state_and_since(
    row: OnwardReferral, received: Mapping[tuple[int, int], datetime | None] | None = None
) -> tuple[str, datetime]:
    """This function will give the state of a referral, and since when: what is stored, and what the record says of its receipt."""
    if row.sequence is None or row.state != "sent":
        return row.state, row.sent_at or row.made_at
    key = (row.case_id, row.sequence)
    on_record = _received([row]) if received is None else received
    at = on_record.get(key)
    return state_of(row.state, None if key not in on_record else at is not None), at or row.sent_at or row.made_at


def purpose_of(row: OnwardReferral) -> Purpose:
    """This function will give what a referral is for; where the landlord's file has it no more, what is usual for its kind."""
    return purposes_of(row.landlord_id).get(row.purpose) or purpose_for(row.landlord_id, row.to)


def said_of(row: OnwardReferral) -> dict[str, Any]:
    """This function will open what a referral says."""
    found: dict[str, Any] = json.loads(row.said_text) if row.sealed_said else {}
    return found


# ── Lists over cases ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Waiting:
    """Referrals that wait: not received, come back declined, and begun but not sent; those of the viewer, or of the team."""

    not_received: tuple[ReferralLine, ...]
    declined: tuple[ReferralLine, ...]
    drafts: tuple[ReferralLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class WaitingCount:
    """How many referrals of the viewer wait: not received, come back declined, and begun but not sent."""

    not_received: int
    declined: int
    drafts: int

    @property
    def total(self) -> int:
        """How many wait in all."""
        return self.not_received + self.declined + self.drafts

    @property
    def in_words(self) -> str:
        """How many wait for what."""
        counted = (
            (self.declined, "was declined", "were declined"),
            (self.not_received, "is not received", "are not received"),
            (self.drafts, "is not sent", "are not sent"),
        )
        said = [f"{number} {one if number == 1 else many}" for number, one, many in counted if number]
        return f"Referrals: {', '.join(said)}."


def count_waiting(viewer: Staff, *, now: datetime) -> WaitingCount:
    """This function will count what `waiting_referrals` lists of the viewer's own, in one short query: nothing is opened for it."""
    is_seen, seen = is_visible(viewer, "waiting.case_id", now=now)
    unsettled = """(sent.state in ('draft', 'declined') or sent.state = 'sent' and exists (
        select 1 from casework_referral pending where pending.case_id = sent.case_id and pending.sequence = sent.sequence
        and pending.received_at is null)) and matter.status in ('new', 'open', 'closed')"""
    which = f"""from (
        select sent.state, sent.case_id from casework_case matter
        join casework_onwardreferral sent on sent.case_id = matter.id
        where matter.lead_id = %s and {unsettled}
        union all
        select sent.state, sent.case_id from casework_onwardreferral sent join casework_case matter on matter.id = sent.case_id
        left join casework_staff leader on leader.id = matter.lead_id
        where sent.made_by_id = %s and (matter.lead_id is null or matter.lead_id <> %s and (not leader.is_active or sent.state = 'draft'))
        and {unsettled}) waiting where {is_seen}"""  # noqa: S608 - our own words; every value is a parameter
    each = tuple(f"count(case when waiting.state = '{state}' then 1 end)" for state in ("sent", "declined", "draft"))
    values = [viewer.pk, viewer.pk, viewer.pk, *seen]
    return WaitingCount(*sql.select(which, values, also=each)[0])


def waiting_referrals(viewer: Staff, *, team: bool = False, now: datetime) -> Waiting:
    """This function will give the referrals that wait in the cases that the viewer may see, oldest first.

    Those of their own: in cases that they lead, and those that they sent where nobody leads who works here. With `team` all of
    them, for whom the duties of the team are to see.
    """
    # An index finds what is not settled; a referral that was received is not among the rows.
    pending = Referral.objects.filter(case=OuterRef("case"), sequence=OuterRef("sequence"), received_at=None)
    rows = OnwardReferral.objects.filter(landlord_id=viewer.landlord_id).filter(
        Q(state__in=["draft", "declined"]) | (Q(state="sent") & Exists(pending))
    )
    seen = (
        visible_cases(viewer, "duties:team" if team else "case:see", now=now)
        if team
        else visible_cases(viewer, now=now)
    )
    rows = rows.filter(case__in=seen.filter(status__in=["new", "open", "closed"]))
    if not team:
        rows = rows.filter(
            Q(case__lead=viewer)
            | (Q(made_by=viewer) & (Q(case__lead=None) | Q(case__lead__is_active=False) | Q(state="draft")))
        )
    total = rows.count()
    found = list(rows.select_related("case").order_by("sent_at", "pk")[:PAGE])
    keys.warm(rulings.key_of(row.case_id) for row in found)
    lines = _lines(found, now)
    return Waiting(
        not_received=tuple(line for line in lines if line.state == "sent"),
        declined=tuple(line for line in lines if line.state == "declined"),
        drafts=tuple(line for line in lines if line.state == "draft" and not team),
        total=total,
    )


# ── The form ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def referral_form(viewer: Staff, reference: str, *, purpose: str = "", kind: str = "", now: datetime) -> ReferralForm:
    """This function will give the form of a referral, filled from the case. Raises NotFound; Refused for whoever may not refer."""
    case, standing = find_case(viewer, reference, now=now)
    if why_not := standing.why_not_record("referral"):
        raise Refused(why_not)
    landlord = case.landlord_id
    chosen = purposes_of(landlord).get(purpose)
    titles = kinds_outside(landlord)
    others = {place_of(landlord, one): one for one in titles}
    to = chosen.to if chosen and chosen.to else kind or others.get(purpose, "")
    if to not in titles:
        raise NotFound
    chosen = chosen if chosen and chosen.to == to else purpose_for(landlord, to)
    told = rulings.told(case)
    story = rulings.story_of(landlord, told)
    ruling = rulings.rule_on(landlord, story, now)
    record = frozenset({"referral"})
    receivable = receivable_by(viewer, told, record)
    entry = rulings.proposed(
        landlord,
        sequence=case.last_sequence + 1,
        kind="referral",
        at=now,
        of_sequence=None,
        fields={"to": to},
        facts={},
    )
    return ReferralForm(
        reference=case.reference,
        purpose=chosen,
        kind_title=titles[to],
        route=routed(landlord, to, case.area, day_of(now)),
        fields=filled_from_case(viewer, case, chosen, rulings.known_facts(landlord, told, ruling), told=told, now=now),
        criteria=criteria_of(case, told, viewer, now) if to == MARAC else (),
        policy=what_the_policy_says(landlord, to, now),
        advice=advice_lines(rulings.advice_for(landlord, story, "referral", now)),
        in_the_way=refusal_lines(landlord, rulings.refusals_of(landlord, story, entry, now), standing),
        duties=tuple(
            duty_line(landlord, duty, record=record, receivable=receivable)
            for duty in ruling.duties
            if duty.is_owed and any(rulings.is_referral_to(pattern, to) for pattern in duty.row.met_by)
        ),
        asks_permission=bool(lacks(chosen, SentOn(own_request=True), on_record(ruling.facts))),
        last_sequence=case.last_sequence,
    )


def kinds_for_duty(
    viewer: Staff, reference: str, duty: str, *, now: datetime
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """This function will give the kinds of service, outside and within, a referral to any of which would meet a duty of a case."""
    case, _ = find_case(viewer, reference, now=now)
    row = rulings.duty_row(
        case.landlord_id, rulings.policy_in_force(case.landlord_id, now).name, duty.partition(".")[0]
    )
    every = rulings.vocabulary_of(case.landlord_id).services
    found = [kind for kind in every if row and any(rulings.is_referral_to(pattern, kind) for pattern in row.met_by)]
    return tuple(k for k in found if is_outside(k)), tuple(k for k in found if not is_outside(k))


def place_of(landlord_id: str, kind: str) -> str:
    """This function will name the page on which one refers to a kind of service, in words that an address may have in it.

    A kind that no purpose has for its own goes by its number: its name may say what the matter is.
    """
    usual = purpose_for(landlord_id, kind)
    return usual.id if usual.to else f"{OTHER}-{list(kinds_outside(landlord_id)).index(kind) + 1}"


def on_record(facts: Mapping[str, object]) -> OnRecord:
    """This function will give what the record knows that bears on a referral."""
    consented = facts.get("consented_to")
    return OnRecord(
        consented_to=consented if isinstance(consented, frozenset) else frozenset(),
        facts=frozenset(name for name, value in facts.items() if value is True),
    )


def what_the_policy_says(landlord_id: str, kind: str, moment: datetime) -> tuple[PolicySays, ...]:
    """This function will list what the policy in force says of referring to a kind of service: what asks for it, stops it, offers it."""
    found: list[PolicySays] = []
    for row in rulings.policy_in_force(landlord_id, moment).rows:
        if isinstance(row, DutyRow) and any(rulings.is_referral_to(pattern, kind) for pattern in row.met_by):
            found.append(PolicySays(row.clause, row.must, row.reading))
        elif isinstance(row, GateRow) and any(rulings.is_referral_to(pattern, kind) for pattern in row.before):
            found.append(PolicySays(row.clause, row.refuse, row.reading))
        elif isinstance(row, OptionRow) and kind in row.offer:
            found.append(PolicySays(row.clause, f"It is offered: {row.title}", row.reading))
    return tuple(found)


def filled_from_case(
    viewer: Staff,
    case: Case,
    purpose: Purpose,
    facts: Mapping[str, object],
    *,
    told: Sequence[rulings.Told],
    now: datetime,
) -> tuple[tuple[Field, str], ...]:
    """This function will fill a form from what the case knows and the viewer may read. No protected address is ever in it.

    The field of the criteria is not there: they are answered one by one.
    """
    filling = _Filling(viewer, case, part_lines(case, now), facts, told, now)
    return tuple(
        (field, filling.of(field)) for field in purpose.fields if not (purpose.to == MARAC and field.name == CRITERIA)
    )


class _Filling:
    """What a form is first filled with."""

    def __init__(
        self,
        viewer: Staff,
        case: Case,
        people: Sequence[PartLine],
        facts: Mapping[str, object],
        told: Sequence[rulings.Told],
        now: datetime,
    ) -> None:
        self.viewer = viewer
        self.case = case
        self.people = people
        self.facts = facts
        self.told = told
        self.now = now

    def of(self, field: Field) -> str:
        """This function will give what a field is filled with: nothing where the case does not know."""
        filled: Mapping[str, Callable[[], str]] = {
            "children": self._children,
            "safe_ways": self._safe_ways,
            "risk": self._risk,
            "officer": self._officer,
            "person_whole": lambda: self._each("person_at_risk", "born"),
            "address": self._address,
            "ways": self._ways,
            "causing_harm_whole": lambda: self._each("causing_harm", "born", "home", relations=True),
            "children_whole": lambda: self._each("child", "born", "lives", "school", "responsibility", relations=True),
            "last_referral": self._last_referral,
            "consent": self._consent,
            "landlord": lambda: settings_of(self.case.landlord_id).name,
        }
        if field.filled_from in ("person_at_risk", "adult_at_risk", "causing_harm"):
            return "\n".join(one.name for one in self.people if one.part == field.filled_from)
        return filled.get(field.filled_from, str)()

    def _officer(self) -> str:
        name = settings_of(self.case.landlord_id).name
        roles = role_titles(self.case.landlord_id, [role.role for role in roles_of(self.viewer)])
        return "\n".join((f"{self.viewer.name}, {', '.join(roles)}", name, self.viewer.email))

    def _children(self) -> str:
        children = [one for one in self.people if one.part == "child"]
        rows = ChildSaid.objects.filter(case=self.case, part__in=[one.id for one in children]).order_by("pk")
        said = {row.part_id: row for row in rows}
        lines = []
        for one in children:
            row = said.get(one.id)
            more = (row.school, row.responsibility) if row else ()
            lines.append(", ".join((one.name, *(text for text in more if text))))
        return "\n".join(lines)

    def _safe_ways(self) -> str:
        """The ways that are safe now, by telephone, text and e-mail, with their terms; no address."""
        return "\n".join(
            ". ".join((f"{one.name}: {way.title} {way.value}", *way.terms))
            for one, way in self._reaching()
            if _is_safe(way)
        )

    def _reaching(self) -> Iterator[tuple[PartLine, WayLine]]:
        for one in self.people:
            if one.part == "person_at_risk":
                yield from ((one, way) for way in one.ways if way.kind in ("phone", "text", "email"))

    def _ways(self) -> str:
        """As the safe-contact gate knows them: one that is not known to be safe is not given, and said to be there."""
        lines = []
        for one, way in self._reaching():
            if _is_safe(way):
                lines.append(". ".join((f"{one.name}: {way.title} {way.value}. Safe to call: yes", *way.terms)))
            else:
                why = "not confirmed for too long" if way.is_stale else way.standing_title.lower()
                lines.append(
                    f"{one.name}: another way, {way.title.lower()}. Safe to call: no ({why}). Do not use one that you hold; ask us first"
                )
        return "\n".join(dict.fromkeys(lines))

    @cached_property
    def _pieces(self) -> Mapping[int, list[Item]]:
        """What may be shared of each, by their part: no protected address is among it, nor what somebody wrote before it was one."""
        found: dict[int, list[Item]] = {}
        protected = protected_addresses(self.case)
        for item in shareable(self.case, self.viewer, law_at(day_of(self.now)), self.now).items:
            if item.part is not None and not any(gives_away(item.text, address) for address in protected):
                found.setdefault(item.part, []).append(item)
        return found

    def _said_of(self, part: int, *what: str) -> list[str]:
        return [
            f"{item.title}: {', '.join(item.text.splitlines())}"
            for item in self._pieces.get(part, ())
            if item.key.split(".")[2:3] and item.key.split(".")[2] in what
        ]

    def _each(self, part: str, *what: str, relations: bool = False) -> str:
        """Everybody of a part on a line of their own: the name, what is known, and how they stand to the others."""
        stands = self._relations if relations else {}
        lines = [
            (one.name, *self._said_of(one.id, *what), *stands.get(one.id, ()))
            for one in self.people
            if one.part == part
        ]
        return "\n".join(". ".join(line) for line in lines)

    @cached_property
    def _relations(self) -> Mapping[int, list[str]]:
        names = {one.id: one.name for one in self.people if one.part in ("person_at_risk", "causing_harm")}
        found: dict[int, list[str]] = {}
        for row in relations_that_hold(relation_rows(self.case)):
            past = ", in the past" if row.is_past else ""
            for own, other, towards in ((row.one_id, row.other_id, True), (row.other_id, row.one_id, False)):
                if other in names:
                    said = relation_in_words(row.kind, towards=towards)
                    found.setdefault(own, []).append(f"To {names[other]}: {said[0].lower()}{said[1:]}{past}")
        return found

    def _address(self) -> str:
        """Where they live, as the housing system has it or the case; a protected address is asked for by telephone."""
        lines = []
        protected = self._protected
        for one in self.people:
            if one.part != "person_at_risk":
                continue
            if one.id in protected:
                lines.append(f"{one.name}: protected. It is not written here: ask us by telephone.")
            else:
                lines += [f"{one.name}. {said}" for said in self._said_of(one.id, "home")]
        return "\n".join(lines)

    @cached_property
    def _protected(self) -> frozenset[int]:
        known = Known(self.case, self.viewer, self.now)
        protected = protected_among(known.ways)
        roots = {known.root_of(way) for way in known.ways if way.pk in protected and way.ended_at is None}
        return frozenset(one.id for one in known.people if one.root in roots)

    def _last_referral(self) -> str:
        stands = referred_before(self.case, self.told, self.viewer, self.now)
        if stands is None:
            return ""
        by = stands.last.agency or settings_of(self.case.landlord_id).name
        return f"Referred on {day_in_words(stands.last.on)} by {by}"

    def _consent(self) -> str:
        lines = []
        for line in consents_to(self.viewer, self.case.reference, MARAC, now=self.now):
            conditions = f". Conditions: {line.conditions}" if line.conditions else ""
            lines.append(f"{line.name}: {line.answer_title.lower()}, {day_in_words(day_of(line.at))}{conditions}")
        return "\n".join(lines)

    def _risk(self) -> str:
        grade = self.facts.get("grade")
        score = self.facts.get("score")
        said = [f"{grade} risk".capitalize() if isinstance(grade, str) else ""]
        said.append(f"Score {score:g}" if isinstance(score, int | float) and not isinstance(score, bool) else "")
        return ". ".join(part for part in said if part)


def _is_safe(way: WayLine) -> bool:
    return way.standing == "safe" and not way.is_stale


def carried_by(row: OnwardReferral) -> Carried | None:
    """This function will give what goes by a referral, as a share is judged by it; None where nothing was said of anybody.

    What was told besides its form is said as much as what the form says.
    """
    said = said_of(row)
    purpose, answers = purpose_of(row), said.get("answers", {})
    asks = {field.name: field.ask for field in purpose.fields}
    rows = tuple((name, asks.get(name, WHICH_CRITERIA), str(text)) for name, text in answers.items() if text)
    if any(letter.isalnum() for letter in said.get("note", "")):
        rows = (*rows, ("note", TOLD_BESIDES, said["note"]))
    ours = frozenset(field.name for field in purpose.fields if field.filled_from in ("officer", "landlord"))
    return Carried(purpose.title, rows, ours) if rows else None


WHICH_CRITERIA = "Which criteria it meets"
"""What the field of the criteria is called where the file of what referrals are for has no name for it."""


TOLD_BESIDES = "What else they were told"
"""What is told with a referral and stands in no field of its form."""


# ── One referral ─────────────────────────────────────────────────────────────────────────────────────────────────────


def one_referral(viewer: Staff, reference: str, number: int, *, now: datetime) -> OneReferral:
    """This function will give a referral. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    row = OnwardReferral.objects.filter(case=case, pk=number).first()
    if row is None:
        raise NotFound
    row.case = case
    purpose, said = purpose_of(row), said_of(row)
    state, since = state_and_since(row)
    service = next((one for one in directory_of(case.landlord_id) if one.id == row.service), None)
    may_write = not standing.why_not_record("referral")
    asks = {field.name: field.ask for field in purpose.fields}
    answers = {str(name): str(text) for name, text in said.get("answers", {}).items()}
    settings = settings_of(case.landlord_id)
    shares = list(Share.objects.filter(referral=row))
    return OneReferral(
        number=row.pk,
        reference=case.reference,
        purpose=purpose,
        kind=row.to,
        to=said.get("name", ""),
        way=row.way,
        way_title=WAYS_IN.get(row.way, ""),
        service=row.service,
        phone=service.phone if service else "",
        email=service.email if service else "",
        form=service.form if service else "",
        form_web=service.form_web if service else "",
        state=state,
        state_title=STATES[state],
        permission=PERMISSIONS.get(said.get("permission", ""), ""),
        reason=said.get("reason", ""),
        own_request=said.get("own_request", False),
        said=tuple((asks.get(name, name), text) for name, text in answers.items() if text),
        answers=answers,
        documents=tuple(ReferralDocument.objects.filter(referral=row).order_by("form").values_list("form", flat=True)),
        password=row.password if may_write else "",
        steps=_steps(row),
        may=tuple((what, WORDS[what]) for what in MAY[state] if what != "sent") if may_write else (),
        may_write=may_write,
        challenge=(service.challenge if service else "") or purpose.challenge,
        escalate_to=(service.escalate_to if service else "") or purpose.escalate_to,
        our_escalation=role_titles(case.landlord_id, settings.escalates_to),
        waits_since=since if state == "sent" else None,
        waits_for=next((one.pk for one in shares if one.state == "waits"), None),
        share=next((one.pk for one in shares if one.gone_at is not None), None),
        marac=_marac(row),
        last_sequence=case.last_sequence,
    )


def _marac(row: OnwardReferral) -> MaracAnswers | None:
    own = MaracReferral.objects.filter(referral=row).first() if row.to == MARAC else None
    if own is None:
        return None
    own.case = row.case
    return MaracAnswers(own.said["answers"], own.previous_on)


def _steps(row: OnwardReferral) -> tuple[StepLine, ...]:
    steps = list(ReferralStep.objects.filter(referral=row).order_by("at", "pk"))
    names = names_of(step.by_id for step in steps)
    found = [StepLine(WORDS.get(step.what, step.what), step.at, names[step.by_id], step.note) for step in steps]
    if row.sequence is not None:
        at = _received([row]).get((row.case_id, row.sequence))
        if at is not None:
            found.append(StepLine(WORDS["received"], at, "", "As the record has it."))
    first = (WORDS["sent"], WORDS["received"])
    return tuple(
        sorted(found, key=lambda step: (step.at, first.index(step.what) if step.what in first else len(first)))
    )


def referral_document(viewer: Staff, reference: str, number: int, form: str, *, now: datetime) -> bytes:
    """This function will give a document of a referral as it was made. Raises NotFound; Refused for whoever may not refer."""
    case, standing = find_case(viewer, reference, now=now)
    row = ReferralDocument.objects.filter(case=case, referral=number, form=form).first()
    if row is None:
        raise NotFound
    if why_not := standing.why_not_record("referral"):
        raise Refused(why_not)
    return keys.unseal_bytes(row.subject, row.place, bytes(row.sealed_document))
