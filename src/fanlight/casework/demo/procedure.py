"""What the cases of every landlord have in common; how each landlord goes about it stands in a module of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from fanlight.casework import rulings
from fanlight.casework.demo import prose
from fanlight.casework.demo.risk import assess
from fanlight.casework.demo.situations import Situation
from fanlight.casework.demo.telling import Said, Telling


@dataclass(frozen=True, slots=True)
class Team:
    """Who works on a case of a patch."""

    officer: str
    manager: str


class Procedure:
    """One case of a landlord, told phase by phase in that landlord's own way.

    A subclass says how it begins, what the first conversation asks, and what is done; `t` is the telling, `s` the situation.
    """

    landlord: ClassVar[str]
    teams: ClassVar[Mapping[str, Team]]
    reporters: ClassVar[tuple[str, ...]]
    sees_colleagues: ClassVar[str]
    """Who triages a report about a colleague."""
    works_with_colleagues: ClassVar[str]
    """Whom it is then passed to."""
    overridden: ClassVar[int]
    """Which of the situations is the one in which policy is set aside."""
    own_plots: ClassVar[Mapping[str, int]]
    """The methods that tell the cases which only this landlord's procedure brings about, each with its situation."""
    welsh: ClassVar[bool] = False

    def __init__(self, t: Telling, s: Situation) -> None:
        self.t = t
        self.s = s
        team = self.teams[t.patch]
        self.officer = team.officer
        self.manager = team.manager
        self.reporter = t.chance.choice(self.reporters)

    # ── What a landlord says for itself ──────────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """This function will tell of the report, its triage, and who takes the case."""
        raise LookupError(self.landlord)

    def act(self) -> None:
        """This function will tell of what is done once the person at risk has been heard."""
        raise LookupError(self.landlord)

    def again(self) -> None:
        """This function will tell of a further incident and what follows from it."""
        raise LookupError(self.landlord)

    def override(self) -> None:
        """This function will tell of a case in which policy was set aside, with a reason."""
        raise LookupError(self.landlord)

    def first_questions(self) -> Mapping[str, Any]:
        """This function will give what the first conversation settles beside what every landlord asks."""
        return {}

    def colleague_case(self) -> None:
        """This function will tell of what becomes of a report about a colleague: redirected, unless a landlord says otherwise."""
        self.t.minutes(10, 40)
        self.t.redirect(
            self.sees_colleagues,
            "redirect",
            "About a colleague, so not for this procedure. Passed on in person, with nothing in writing to the team.",
            to="colleague_policy",
        )

    # ── What all share ───────────────────────────────────────────────────────────────────────────────────────────────

    def report(self, **facts: Any) -> None:
        """This function will tell of the report, and of the call to 999 where there is danger."""
        s, t = self.s, self.t
        t.report(
            self.reporter,
            t.say(s.told),
            source=s.source,
            channel=s.channel,
            in_confidence=True if s.source in ("neighbour", "third_party") else None,
            **{"about": s.about, "immediate_danger": s.danger, "area": t.area, **self.facts(s.known), **facts},
        )
        if s.danger:
            t.minutes(1, 4)
            t.call_999(self.reporter)

    def facts(self, *told: Mapping[str, Any]) -> dict[str, Any]:
        """This function will give those facts that this landlord's stories may state, the later ones over the earlier."""
        words = rulings.vocabulary_of(self.landlord).facts
        return {name: value for facts in told for name, value in facts.items() if name in words}

    def learned(self) -> dict[str, Any]:
        """This function will give what the first safe conversation brings."""
        s = self.s
        usual: dict[str, Any] = {
            "children": s.children > 0,
            "child_at_risk": False,
            "adult_at_risk": False,
            "disclosed": True,
            "customer_is": "survivor",
            "visit_risk": False,
            "police_told": False,
            "damage": False,
            "honour_based": False,
            "joint_tenancy": False,
        }
        if s.danger:
            usual["immediate_danger"] = False
        return self.facts(usual, self.first_questions(), s.known, s.learned)

    def stated(self, name: str) -> bool:
        """This function will say whether a fact is yes in this case once they have been heard."""
        return self.learned().get(name) is True

    def talk(self) -> None:
        """This function will tell of the first attempts, and the first safe conversation."""
        t, s = self.t, self.s
        if t.perhaps(0.35) and not s.danger:
            t.minutes(20, 80)
            t.record(self.officer, "contact", t.say(*prose.NO_ANSWER), method="phone", result="no_answer", safe=True)
            t.hours(2, 5)
        elif s.danger:
            t.minutes(40, 110)
        else:
            t.hours(1, 4)
        method = "in_person" if s.channel == "in_person" else t.chance.choice(("phone", "phone", "phone", "in_person"))
        facts = self.learned()
        t.record(self.officer, "contact", t.say(s.heard), method=method, result="spoke", safe=True, **facts)
        t.ways(self.officer)

    def see(self) -> None:
        """This function will tell that they were seen and listened to, and of the risk assessment."""
        t, s = self.t, self.s
        self.before_they_are_seen()
        foreign = self.s.learned.get("communication_barrier") is True
        t.record(
            self.officer,
            "interview",
            t.say(*prose.SEEN),
            private=True,
            interpreter="professional" if foreign else "none",
            interpreter_accepted=True if foreign else None,
            children_present=False,
        )
        t.minutes(15, 50)
        self.assess(t.say(s.seen))

    def before_they_are_seen(self) -> None:
        """This function will let some days pass, or hours where they cannot stay."""
        if self.s.danger or "refuge" in self.s.wants:
            self.t.hours(2, 6)
        else:
            self.t.days(1, 4)

    def assess(self, note: str, *, score: int | None = None) -> None:
        """This function will tell of a risk assessment by the officer."""
        s = self.s
        points = s.score if score is None else score
        high = points >= 14 or bool(s.flags)
        assess(self.t, self.officer, note, score=points, flags=s.flags, judged_high=high)

    def discuss(self, by: str, whom: str, note: str, *topics: str) -> Said:
        """This function will tell of a discussion with the holder of a role."""
        return self.t.record(by, "discussion", note, with_=whom, topics=frozenset(topics) or None)

    def consent(self, to: str, *, given: bool = True) -> None:
        """This function will tell that they agreed, or did not, that somebody be told."""
        t = self.t
        note = t.say(*(prose.CONSENTED if given else prose.REFUSED))
        t.consent(self.officer, to, note, given=given)

    def refer(self, to: str, *, by: str = "", with_consent: bool = True, received: float = 0.96) -> Said:
        """This function will tell of a referral, with consent first, and mostly of its receipt."""
        t = self.t
        if with_consent:
            t.minutes(3, 12)
            self.consent(to)
        t.minutes(5, 40)
        said = t.refer(by or self.officer, to)
        if t.perhaps(received):
            confirmed_by = t.chance.choice(prose.SERVICE_NAMES.get(to, ("Their duty worker",)))
            # They answer in their own time; the officer does not wait for it.
            goes_on = t.moment
            t.hours(1, 20)
            t.received(by or self.officer, said, confirmed_by)
            t.moment = goes_on
        return said

    def service_wanted(self) -> str:
        """This function will give the service that fits best."""
        for word, service in (("refuge", "refuge"), ("idva", "idva")):
            if word in self.s.wants:
                return service
        return "support_service"

    def ordered(self) -> None:
        """This function will tell of what a landlord does each time work on the home is ordered; most do nothing more."""

    def support(self, service: str = "") -> None:
        """This function will tell that support was offered, and what they said, and of the referral that follows a yes."""
        t = self.t
        service = service or self.service_wanted()
        t.minutes(5, 30)
        t.record(self.officer, "support_offered", t.say(*prose.OFFERED), service=service)
        t.minutes(2, 10)
        if t.perhaps(0.2) and "support" in self.s.wants:
            t.record(self.officer, "support_declined", t.say(*prose.DECLINED), service=service)
            return
        t.record(self.officer, "support_accepted", t.say(*prose.ACCEPTED), service=service)
        self.refer(service)

    def choose(self) -> None:
        """This function will tell what they decided."""
        self.t.minutes(5, 20)
        self.t.record(self.officer, "choice", choice=self.s.choice)

    def police(self) -> None:
        """This function will tell of the police's log number."""
        t = self.t
        t.minutes(5, 30)
        number = f"{t.chance.randrange(40, 990):04d}-{t.moment:%d%m%y}"
        t.record(self.officer, "police_report", "Number given by them; nothing further asked.", log_number=number)

    def secure(self, by: str = "", *, review: bool = False) -> None:
        """This function will tell of a security measure, asked for, fitted, and perhaps looked at again."""
        t = self.t
        measure = t.chance.choice(
            ("extra_locks", "lighting", "door_alarm", "fireproof_letterbox", "cctv", "window_alarm")
        )
        t.minutes(10, 40)
        asked = t.record(by or self.officer, "measure_requested", t.say(*prose.WORKS_ORDER), measure=measure)
        self.ordered()
        t.days(2, 8)
        fitted = t.record(by or self.officer, "measure_fitted", t.say(*prose.FITTED), measure=measure, of=asked)
        if review:
            t.days(10, 20)
            t.record(
                by or self.officer,
                "measure_reviewed",
                t.say(*prose.REVIEWED_MEASURE),
                measure=measure,
                effective=True,
                more_needed=False,
                of=fitted,
            )

    def repair(self) -> None:
        """This function will tell of damage photographed, and then repaired."""
        t = self.t
        t.minutes(10, 30)
        t.record(self.officer, "photographed", "Pictures kept with the case, not with the repair.")
        t.minutes(5, 20)
        t.record(self.officer, "repair", t.say(*prose.WORKS_ORDER), priority="priority")
        self.ordered()

    def keep_in_touch(self) -> None:
        """This function will tell of the weeks that follow: a call now and then, and somebody who looks at it again."""
        t = self.t
        for _ in range(t.chance.randint(1, 3)):
            t.days(9, 18)
            t.record(self.officer, "contact", t.say(*prose.STILL_THERE), method="phone", result="spoke", safe=True)
        if t.perhaps(0.5):
            t.days(4, 10)
            t.record(self.officer, "review", t.say(*prose.REVIEWED), outcome="carry on")

    def close(self) -> None:
        """This function will tell how it ended."""
        t = self.t
        t.days(5, 14)
        t.close(self.closer, t.say(*prose.CLOSING_REASONS), t.say(self.s.ended))

    @property
    def closer(self) -> str:
        """Who closes the case."""
        return self.officer

    # ── Plots ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def ordinary(self, stops_after: int = 5) -> None:
        """This function will tell a case from its report to its close; one that nobody got on with stops after fewer phases."""
        phases = [self.begin, self.talk, self.see, self.act, self.keep_in_touch]
        if self.s.recurs:
            phases.insert(4, self.again)
        for phase in phases[:stops_after]:
            phase()
        if stops_after >= 5:
            self.close()

    def only_reported(self) -> None:
        """This function will tell of a report that nobody has looked at yet."""
        s = self.s
        self.t.report(
            self.reporter,
            self.t.say(s.told),
            source=s.source,
            channel=s.channel,
            **{"about": s.about, "immediate_danger": s.danger, "area": self.t.area, **self.facts(s.known)},
        )

    def about_a_colleague(self, colleague: str, teller: str) -> None:
        """This function will tell of a report about a colleague, who sees nothing of it."""
        t = self.t
        t.report(
            teller,
            "Somebody on my team told me about things at home and gave me leave to pass it on, to one person only.",
            source="colleague",
            channel="report_it",
            in_confidence=True,
            about="colleague",
            immediate_danger=False,
        )
        t.minutes(15, 60)
        t.person(self.sees_colleagues, "person_at_risk", "", works_here=colleague)
        self.colleague_case()

    def not_abuse(self) -> None:
        """This function will tell of a report that turned out to be something else."""
        t = self.t
        t.report(
            self.reporter,
            t.say(
                "Banging and shouting next door on [Saturday afternoon|Sunday morning]. The neighbour was not sure what to make of it.",
                "A caretaker heard raised voices on the [second|third] floor and thought that he had better say so.",
            ),
            source="neighbour",
            channel="phone",
            about="customer",
            immediate_danger=False,
            area=t.area,
        )
        t.minutes(20, 90)
        t.redirect(
            self.manager,
            "not_domestic_abuse",
            t.say(
                "Two brothers putting up a wardrobe, seen and spoken to by the caretaker. Nobody is afraid of anybody.",
                "A rehearsal: she acts, and the caretaker has heard the play since.",
            ),
        )

    def struck(self) -> None:
        """This function will tell of a call that was written in the wrong case, and struck out."""
        t = self.t
        self.begin()
        self.talk()
        t.days(1, 3)
        wrong = t.record(
            self.officer,
            "contact",
            "Rang about the boiler and asked how things are. All well.",
            method="phone",
            result="spoke",
            safe=True,
        )
        t.hours(1, 20)
        t.strike(self.manager, wrong, "Written in the wrong case: the call was with another customer.")
        self.see()
        self.act()

    def unanswered(self) -> None:
        """This function will tell of somebody who does not answer any more: a welfare check waits for the manager."""
        t = self.t
        self.begin()
        self.talk()
        t.days(2, 4)
        for note in prose.NOT_ANSWERED:
            t.record(self.officer, "contact", note, method="phone", result="no_answer")
            t.hours(3, 7)

    def not_received(self) -> None:
        """This function will tell of a referral that nobody at the other end has acknowledged."""
        self.begin()
        self.talk()
        self.see()
        self.refer("idva", received=0)

    def reopened(self) -> None:
        """This function will tell of a case that was closed too soon."""
        t = self.t
        self.ordinary()
        t.days(12, 30)
        t.reopen(self.closer, "She rang: it has begun again, in a small way, and she would like us beside her.")
        t.hours(1, 4)
        t.record(
            self.officer,
            "contact",
            "Glad that we had not forgotten. Agreed to speak each Tuesday.",
            method="phone",
            result="spoke",
            safe=True,
        )

    def typed_in_late(self) -> None:
        """This function will tell of a conversation that was written down the day after."""
        t = self.t
        self.begin()
        t.days(1, 2)
        t.record(
            self.officer,
            "contact",
            t.say(self.s.heard) + " (Typed in the next morning: the laptop was at the office.)",
            method="in_person",
            result="spoke",
            safe=True,
            happened=timedelta(hours=t.chance.randint(14, 18)),
            **self.learned(),
        )
        self.see()

    def declined(self) -> None:
        """This function will tell of somebody who wanted no help, and was left a way back."""
        t = self.t
        self.begin()
        t.hours(2, 8)
        t.record(
            self.officer,
            "contact",
            "Spoke alone. Thanked us and does not want anything done. I said that we believe what was heard and that the door is open.",
            method="phone",
            result="declined",
            safe=True,
            **self.facts({"disclosed": False, "children": self.s.children > 0, "immediate_danger": False}),
        )
        t.days(6, 12)
        t.close(
            self.closer,
            "No contact wanted. A word was agreed that they can use at the desk at any time.",
            "Left with the helpline's number.",
        )
