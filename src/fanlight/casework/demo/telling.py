"""How one invented case is told: steps, each at its moment, each an action of the product by somebody who may do it.

A telling is written down first, from the report on; steps that would be in the future are left out, so that
a young case is simply one that has not got far. The steps of all cases are then carried out in order of time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from fanlight.casework.access import can
from fanlight.casework.actions.acknowledge_receipt import acknowledge_receipt
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.answer_question import answer_question
from fanlight.casework.actions.assign_case import assign_case
from fanlight.casework.actions.call_999 import call_999
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.hand_over import hand_over
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.actions.reaching import Reach
from fanlight.casework.actions.record_consent import record_consent
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.redirect_report import redirect_report
from fanlight.casework.actions.refer import refer
from fanlight.casework.actions.reopen_case import reopen_case
from fanlight.casework.actions.report_abuse import report_abuse
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.actions.share_information import share_information
from fanlight.casework.actions.strike_entry import strike_entry
from fanlight.casework.demo import prose
from fanlight.casework.demo.marac import to_marac
from fanlight.casework.demo.people import Household
from fanlight.casework.demo.plans import OWN, offer_some, put_on_record, say_wishes
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, ConsentSaid, Staff, Terms
from fanlight.casework.queries.reach_words import reaches_out
from fanlight.casework.referring import MARAC, is_outside
from fanlight.casework.sharing import Proposed
from fanlight.policy.vocabulary import ENTRY_KINDS
from fanlight.present import LONDON

OPENS, CLOSES = time(9, 5), time(16, 50)
SEEN_AT = "4 Larkspur Court, Exampleton, ZZ1 4ZZ"
"""Where the people of the demo are visited, whatever the register has of them."""


@dataclass(slots=True)
class Said:
    """An entry of a telling, by which a later one can answer it; its sequence is known once it has been made."""

    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One action, and the moment at which it is taken."""

    at: datetime
    act: Callable[[datetime], None]


@dataclass(slots=True)
class Telling:
    """One case being told: a clock that runs on as it is told, and the steps so far."""

    staff: Mapping[str, Staff]
    chance: Random
    moment: datetime
    works: Callable[[date], bool]
    """Whether the office is open on a day."""
    household: Household
    area: str = ""
    patch: str = ""
    pace: float = 1.0
    """How much longer than usual things take: a slow case runs late."""
    steps: list[Step] = field(default_factory=list)
    told: Case | None = None
    named: dict[str, int] = field(default_factory=dict)
    """The first of each part who was named, once the step has been taken."""
    known: Mapping[str, int] = field(default_factory=dict)
    """Who of the household is who in the register, where they are in it."""
    visits: bool = False
    """Whether they are visited at home in this story, at an address that it does not name."""
    age: int | None = None
    """How old the person at risk is, where the story says so."""
    said_safe: bool = False
    tried: bool = False
    """Whether they were tried in vain since they were last spoken to, by a number that nobody had said was safe."""

    # ── The clock ────────────────────────────────────────────────────────────────────────────────────────────────────

    def minutes(self, least: int, most: int) -> None:
        """This function will let some minutes pass; in a slow case they are more, and do not run into the night."""
        self.moment += timedelta(
            minutes=self.chance.randint(least, most) * self.pace, seconds=self.chance.randrange(60)
        )
        if self.pace > 1:
            self._to_the_office()

    def hours(self, least: int, most: int) -> None:
        """This function will let some hours pass, and go on when the office is open."""
        self.moment += timedelta(minutes=self.chance.randint(least * 60, most * 60) * self.pace)
        self._to_the_office()

    def days(self, least: int, most: int) -> None:
        """This function will let some days pass, and go on when the office is open, at another time of the day."""
        self.moment += timedelta(days=self.chance.randint(least, most) * self.pace)
        self.moment = self.moment.replace(hour=self.chance.randint(9, 16), minute=self.chance.randrange(5, 50))
        self._to_the_office()

    def _to_the_office(self) -> None:
        opened = self.moment
        if opened.time() > CLOSES:
            opened = self._opening(opened + timedelta(days=1))
        while not self.works(opened.date()):
            opened = self._opening(opened + timedelta(days=1))
        if opened.time() < OPENS:
            opened = self._opening(opened)
        self.moment = opened

    def _opening(self, day: datetime) -> datetime:
        return datetime.combine(day.date(), OPENS, LONDON) + timedelta(minutes=self.chance.randrange(0, 40))

    # ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def say(self, *texts: str) -> str:
        """This function will choose a text, and one of each [this|that] in it."""
        return prose.say(self.chance, *texts)

    def perhaps(self, chances: float) -> bool:
        """This function will say yes as often as it is asked to."""
        return self.chance.random() < chances

    # ── What can be done ─────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def case(self) -> Case:
        """The case, once it has been reported."""
        if self.told is None:
            raise LookupError("Nothing has been reported yet.")
        return self.told

    def step(self, act: Callable[[datetime], None]) -> None:
        """This function will add an action at the present moment of the telling."""
        self.steps.append(Step(self.moment, act))

    def report(
        self, by: str, note: str, *, source: str, channel: str, in_confidence: bool | None = None, **facts: Any
    ) -> None:
        """This function will tell of the report that begins the case."""

        def act(now: datetime) -> None:
            fields = {"source": source, "channel": channel, "in_confidence": in_confidence}
            self.told = report_abuse(fields=fields, facts=facts, note=note, by=self.staff[by], now=now)

        self.step(act)

    def call_999(self, by: str) -> None:
        """This function will tell that whoever took the report noted that 999 was called."""
        self.step(lambda now: call_999(reference=self.case.reference, by=self.staff[by], now=now))

    def triage(self, by: str, outcome: str, *, note: str = "", lead: str = "", role: str = "", **facts: Any) -> None:
        """This function will tell that the report was made a case, and perhaps given to somebody."""
        self.step(
            lambda now: open_case(
                case=self.case,
                outcome=outcome,
                lead=self.staff[lead] if lead else None,
                role=role,
                facts=facts,
                note=note or self.say(*prose.TRIAGED),
                by=self.staff[by],
                now=now,
            )
        )

    def redirect(self, by: str, outcome: str, reason: str, *, to: str = "") -> None:
        """This function will tell that the report was for somebody else, or was not domestic abuse."""
        self.step(
            lambda now: _nothing(
                redirect_report(case=self.case, outcome=outcome, to=to, reason=reason, by=self.staff[by], now=now)
            )
        )

    def join(self, by: str, into: "Telling", note: str) -> None:
        """This function will tell that the report belongs to another case, which goes on from there."""
        self.step(
            lambda now: _nothing(
                join_case(case=self.case, into=into.case.reference, note=note, by=self.staff[by], now=now)
            )
        )

    def people(self, by: str, *, works_here: str = "", names_children: bool = True) -> None:
        """This function will tell that the people of the household were named in their parts."""
        home = self.household
        parts = [
            ("person_at_risk", home.at_risk, home.phone, home.safe_contact),
            ("causing_harm", home.causing_harm, "", ""),
        ]
        if names_children:
            parts += [("child", name, "", "") for name in home.children]
        for part, name, phone, safe_contact in parts:
            self.moment += timedelta(seconds=40)
            self.person(by, part, name, phone=phone, safe_contact=safe_contact)
        if works_here:
            self.person(by, "causing_harm", "", works_here=works_here)

    def person(
        self, by: str, part: str, name: str, *, phone: str = "", safe_contact: str = "", works_here: str = ""
    ) -> None:
        """This function will tell that a person was named; one who works here is given by their handle."""

        def act(now: datetime) -> None:
            colleague = self.staff[works_here] if works_here else None
            looks_up = not colleague and can(self.staff[by], "register:see")
            same_as = self.known.get(name) if looks_up else None
            number = add_part(
                case=self.case,
                name=colleague.name if colleague else name,
                part=part,
                safe_contact=safe_contact,
                phone=phone,
                staff_email=colleague.email if colleague else "",
                same_as=same_as,
                not_them="" if same_as else "Asked: another family, of a like name.",
                by=self.staff[by],
                now=now,
            )
            self.named.setdefault(part, number)

        self.step(act)

    def ways(self, by: str) -> None:
        """This function will tell that they said which of their numbers is safe, on which terms, and which is not."""
        home = self.household

        def said(kind: str, value: str, standing: str, terms: Terms) -> None:
            def act(now: datetime) -> None:
                part = self.named.get("person_at_risk")
                if part is not None:
                    say_way(
                        case=self.case,
                        part=part,
                        kind=kind,
                        value=value,
                        standing=standing,
                        terms=terms,
                        told_by_them=standing == "safe",
                        by=self.staff[by],
                        now=now,
                    )

            self.moment += timedelta(seconds=50)
            self.step(act)

        said("phone", home.phone, "safe", home.terms)
        said("phone", home.landline, "unsafe", Terms(must_not_learn="Anybody else at home"))
        self.said_safe = True

    def reached(self, kind: str, fields: Mapping[str, Any]) -> Callable[[], Reach | None]:
        """This function will say how an entry that reaches out reached them: by the number that they gave, or they rang back."""
        if not reaches_out(kind, fields):
            return lambda: None
        whom = {"perpetrator_contact": "causing_harm", "family_contact": "child"}.get(kind, "person_at_risk")
        means, value = ("visit", SEEN_AT) if kind == "visit" else ("in_person", "")
        self.visits = self.visits or kind == "visit"
        result = fields.get("result")
        if kind == "contact" and fields.get("method") != "in_person":
            means, value = "phone", self.household.phone
            if self.tried and result != "no_answer":
                means, value = "they_reached_us", ""
        self.tried = not self.said_safe and result == "no_answer"
        return lambda: Reach(
            means, self.named.get(whom), value=value if self.named.get(whom) else "", two_attend=kind == "visit"
        )

    def record(
        self,
        by: str,
        kind: str,
        note: str = "",
        /,
        *,
        of: Said | None = None,
        overrides: Sequence[tuple[str, str]] = (),
        happened: timedelta | None = None,
        **values: Any,
    ) -> Said:
        """This function will tell of an entry of any kind, with the values of its fields and facts.

        `happened` says how long before it was typed in. A field whose name is a word of Python ends in `_`: `with_`.
        """
        own = ENTRY_KINDS[kind].fields
        values = {name.removesuffix("_"): value for name, value in values.items()}
        fields = {name: value for name, value in values.items() if name in own}
        facts = {name: value for name, value in values.items() if name not in own}
        said = Said()
        reach = self.reached(kind, fields)

        def act_apart(now: datetime) -> None:
            at = now - happened if happened else None
            told: dict[str, Any] = {"fields": fields, "facts": facts, "note": note, "at": at, "reach": reach()}
            said.sequence = put_on_record(self.case, kind, **told, copies=True, by=self.staff[by], now=now)

        def act(now: datetime) -> None:
            said.sequence = record_entry(
                case=self.case,
                kind=kind,
                fields=fields,
                facts=facts,
                note=note,
                of_sequence=of.sequence if of else None,
                at=now - happened if happened else None,
                overrides=overrides,
                reach=reach(),
                by=self.staff[by],
                now=now,
            )

        self.step(act_apart if kind in OWN else act)
        if kind == "interview":
            self.moment += timedelta(seconds=70)
            self.step(lambda now: say_wishes(self.case, self.staff[by], now))
        if kind == "choice":
            self.moment += timedelta(seconds=70)
            self.step(lambda now: offer_some(self.case, self.staff[by], now))
        return said

    def consent(self, by: str, to: str, own_words: str, *, given: bool = True) -> None:
        """This function will tell that they agreed, or did not, that a service be told: one of the directory, where it has one."""
        whose = "causing_harm" if to == "perpetrator_service" else "person_at_risk"

        def act(now: datetime) -> None:
            known = settings_of(self.case.landlord_id).services_of(to, self.case.area)
            record_consent(
                case=self.case,
                part=self.named[whose],
                to=to,
                service=known[0].id if known else "",
                purpose=prose.PURPOSES.get(to, "support"),
                answer="given" if given else "refused",
                how="by_phone",
                said=ConsentSaid(
                    organisation="" if known else prose.SERVICE_NAMES.get(to, ("Their duty team",))[0],
                    own_words=own_words,
                    limits=prose.LIMITS,
                ),
                by=self.staff[by],
                now=now,
            )

        self.step(act)

    def share(
        self, by: str, to: str, why: str, *, purpose: str = "stop_harm", overrides: Sequence[tuple[str, str]] = ()
    ) -> None:
        """This function will tell that a service was told who is at risk, at once and without asking: harm was about to happen."""

        def act(now: datetime) -> None:
            known = settings_of(self.case.landlord_id).services_of(to, self.case.area)
            her = self.named["person_at_risk"]
            share_information(
                case=self.case,
                proposed=Proposed(
                    to=to,
                    service=known[0].id if known else "",
                    organisation="" if known else prose.SERVICE_NAMES.get(to, ("Their duty team",))[0],
                    purpose=purpose,
                    why=why,
                    ground="immediate_harm",
                    article_6="recognised_legitimate_interest",
                    article_9="none",
                    article_10="none",
                    common_law="public_interest",
                    section_115=False,
                    necessity="They could not hold a place for somebody whose name they did not have.",
                    proportion="A name, and nothing of what happened.",
                    means="by_phone",
                    about=(her,),
                    items=(f"who.{her}.name",),
                    without="cannot_be_obtained",
                    why_without="There was no safe way of asking before the place had gone.",
                ),
                overrides=overrides,
                by=self.staff[by],
                now=now,
            )

        self.step(act)

    def answer(self, by: str, note: str = "", **facts: Any) -> None:
        """This function will tell that a question of the case page was answered."""
        self.step(
            lambda now: _nothing(answer_question(case=self.case, facts=facts, note=note, by=self.staff[by], now=now))
        )

    def refer(
        self, by: str, to: str, note: str = "", *, to_staff: str = "", overrides: Sequence[tuple[str, str]] = ()
    ) -> Said:
        """This function will tell of a hand-over to a service, or to a colleague; what a service outside is told stands in a form alone."""
        said = Said()

        def act(now: datetime) -> None:
            if to == MARAC:
                her = self.named["person_at_risk"]
                said.sequence = to_marac(self.case, her, note or self.say(*prose.REFERRED), by=self.staff[by], now=now)
                return
            if is_outside(to):
                said.sequence = refer(
                    case=self.case,
                    to=to,
                    own_request=to == "perpetrator_service",
                    permission="not_asked",
                    reason=prose.WHY_NOT_ASKED,
                    overrides=overrides,
                    by=self.staff[by],
                    now=now,
                )
                return
            said.sequence = hand_over(
                case=self.case,
                to=to,
                to_staff=self.staff[to_staff] if to_staff else None,
                note=note or self.say(*prose.REFERRED),
                overrides=overrides,
                by=self.staff[by],
                now=now,
            )

        self.step(act)
        return said

    def received(self, by: str, referral: Said, confirmed_by: str = "", note: str = "") -> None:
        """This function will tell that the receiver of a hand-over said that it had arrived."""
        self.step(
            lambda now: acknowledge_receipt(
                case=self.case,
                sequence=referral.sequence,
                confirmed_by=confirmed_by,
                note=note or self.say(*prose.RECEIVED),
                by=self.staff[by],
                now=now,
            )
        )

    def assign(self, by: str, to: str, role: str, note: str = "") -> None:
        """This function will tell that a case that nobody leads was given to somebody."""
        self.step(
            lambda now: _nothing(
                assign_case(case=self.case, to=self.staff[to], role=role, note=note, by=self.staff[by], now=now)
            )
        )

    def strike(self, by: str, said: Said, reason: str) -> None:
        """This function will tell that an entry was struck out."""
        self.step(
            lambda now: _nothing(
                strike_entry(case=self.case, sequence=said.sequence, reason=reason, by=self.staff[by], now=now)
            )
        )

    def close(self, by: str, reason: str, outcome: str = "") -> None:
        """This function will tell that the case was closed."""
        self.step(lambda now: close_case(case=self.case, reason=reason, outcome=outcome, by=self.staff[by], now=now))

    def reopen(self, by: str, reason: str) -> None:
        """This function will tell that the case was opened again."""
        self.step(lambda now: reopen_case(case=self.case, reason=reason, by=self.staff[by], now=now))


def _nothing(_given: object) -> None:
    """This function will let an action stand as a step whose answer nobody needs."""
