"""Tai Calon's cases: the officer of the patch, a safe call in a working day, same-day referrals, one talk with community safety."""

from collections.abc import Mapping
from typing import ClassVar

from fanlight.casework.demo import prose
from fanlight.casework.demo.procedure import Procedure, Team

_FOUR_TOPICS = ("action_plan", "security_and_repairs", "legal_action", "marac")


class TaiCalon(Procedure):
    """A case of Tai Calon."""

    landlord = "tai-calon"
    welsh = True
    teams: ClassVar[Mapping[str, Team]] = {
        "Abertillery": Team("cerys", "emrys"),
        "Brynmawr and Nantyglo": Team("ioan", "emrys"),
        "Ebbw Vale": Team("dilwen", "emrys"),
        "Tredegar": Team("mali", "emrys"),
    }
    reporters = ("gwawr", "gwawr", "gwawr", "cerys", "ioan", "dilwen", "mali")
    sees_colleagues = "emrys"
    works_with_colleagues = "tegwen"
    overridden = 18
    own_plots: ClassVar[Mapping[str, int]] = {"visited": 9, "locks": 16, "counter_allegation": 14}

    def begin(self) -> None:
        """This function will tell of the report, and of the officer on whose patch they live."""
        t = self.t
        self.report()
        t.minutes(10, 60)
        triager = t.chance.choice((self.officer, self.officer, "emrys"))
        t.triage(
            triager,
            "safeguarding_contact",
            lead=self.officer,
            role="community_housing_officer",
            area=t.area,
            patch=t.patch,
        )
        t.people(triager)

    def first_questions(self) -> Mapping[str, object]:
        """This function will give what the procedure has the officer consider and ask."""
        s = self.s
        told = s.learned.get("police_told") is True
        return {
            "lives_with_perpetrator": True,
            "vulnerable": False,
            "communication_barrier": False,
            "two_to_visit": s.high,
            "breach": False,
            "safe_at_home": True,
            "agency_told": told or s.source == "agency",
            "in_public": False,
            "security_needed": bool(s.wants & {"security", "repair"}),
            "preferred_language": "Welsh" if self.t.perhaps(0.15) else "English",
        }

    def talk(self) -> None:
        """This function will tell of the safe call, of the referrals that go the same day, and of the database."""
        t, s = self.t, self.s
        super().talk()
        t.minutes(3, 12)
        t.record(
            self.officer,
            "briefing",
            "Whom to ring at night, and the words to use.",
            to="person_at_risk",
            topics=frozenset({"emergency_agencies"}),
        )
        if self.stated("police_told") or s.source == "agency":
            self.others_know()
        if s.learned.get("safe_at_home") is False:
            self.not_safe_at_home()
        if s.children:
            t.minutes(10, 40)
            sent = t.refer(self.officer, "children_social_care")
            t.minutes(20, 90)
            if t.perhaps(0.9):
                t.received(self.officer, sent, "Duty referral team")
        t.minutes(10, 40)
        t.record(self.officer, "logged", t.say(*prose.LOGGED), where="case_database")

    def others_know(self) -> None:
        """This function will tell of what is asked where the police or another agency know."""
        t = self.t
        if self.stated("police_told"):
            self.police()
        t.minutes(2, 8)
        self.consent("police" if self.stated("police_told") else "support_service")
        t.minutes(1, 5)
        t.record(self.officer, "dash_clarified", "Asked. They do not remember one.", exists=False)

    def not_safe_at_home(self) -> None:
        """This function will tell of the council's housing options team, and of a refuge place offered."""
        t = self.t
        t.minutes(4, 12)
        self.consent("housing_options")
        t.minutes(4, 15)
        referred = t.refer(self.officer, "housing_options")
        t.minutes(10, 40)
        t.received(self.officer, referred, "Housing options duty officer")
        t.minutes(4, 12)
        t.record(self.officer, "support_offered", "A refuge place, in the county or out of it.", service="refuge")
        if "refuge" in self.s.wants:
            t.minutes(3, 10)
            t.record(self.officer, "support_accepted", t.say(*prose.ACCEPTED), service="refuge")
            t.minutes(2, 6)
            self.consent("refuge")
            t.minutes(4, 15)
            room = t.refer(self.officer, "refuge")
            t.minutes(10, 60)
            t.received(self.officer, room, "Refuge duty worker")

    def see(self) -> None:
        """This function will tell of the interview, the assessment, the discussion, and the MARAC the same day."""
        t, s = self.t, self.s
        super().see()
        t.minutes(15, 60)
        self.discuss(
            self.officer, "community_safety_officer", "All four points gone through with Rhiannon.", *_FOUR_TOPICS
        )
        if s.high:
            t.minutes(10, 40)
            referred = t.refer("rhiannon", "marac", "Made by me, with the officer's form.")
            goes_on = t.moment
            t.hours(2, 20)
            t.received("rhiannon", referred, "MARAC coordinator")
            t.moment = goes_on

    def act(self) -> None:
        """This function will tell of support, adult safeguarding, the home, legal action and a move."""
        t, s = self.t, self.s
        if "refuge" not in s.wants:
            self.support("support_service" if not s.high else "idva")
        if self.stated("adult_at_risk"):
            self.refer("adult_safeguarding", with_consent=False)
        self.choose()
        if "repair" in s.wants or self.stated("damage"):
            self.repair()
        if "security" in s.wants:
            self.secure()
        if "legal" in s.wants:
            t.days(2, 6)
            self.discuss(
                "rhiannon",
                "housing_manager",
                "Agreed with Emrys, with the solicitor's opinion before us.",
                "legal_action",
            )
            t.hours(1, 20)
            t.record("rhiannon", "enforcement", "Application made; I go to court on Thursday.", kind="injunction")
        if "move" in s.wants:
            t.days(2, 6)
            t.record(
                "emrys",
                "approval",
                "Agreed, on what the officer has put before me.",
                by="housing_manager",
                for_="move",
            )
            t.hours(2, 20)
            t.record(
                self.officer, "move", "Offered away from the valley.", option="management_transfer", priority="high"
            )

    def ordered(self) -> None:
        """This function will tell that the contractor was told that it is urgent, and nothing else."""
        self.t.minutes(3, 10)
        self.t.record(
            self.officer,
            "briefing",
            "Urgent, ring before calling, be kind. Nothing else.",
            to="contractor",
            topics=frozenset({"urgent", "consideration"}),
        )

    def again(self) -> None:
        """This function will tell of a further incident."""
        t, s = self.t, self.s
        t.days(9, 20)
        t.record(self.officer, "incident", t.say(*prose.INCIDENT))
        t.minutes(15, 60)
        self.discuss(
            self.officer,
            "community_safety_officer",
            "Told Rhiannon what happened and what it may mean.",
            "legal_action",
        )
        if s.children:
            t.minutes(10, 40)
            sent = t.refer(self.officer, "children_social_care")
            t.minutes(20, 90)
            t.received(self.officer, sent, "Duty referral team")

    def override(self) -> None:
        """This function will tell of a front door that could not wait for a photograph."""
        t = self.t
        self.begin()
        t.minutes(30, 90)
        t.record(
            self.officer,
            "repair",
            "Front door made safe by the out-of-hours joiner.",
            priority="emergency",
            damage=True,
            overrides=[
                ("photograph-before-repair", "It was dark, the door stood open, and there were children inside.")
            ],
        )
        self.ordered()
        self.talk()
        t.minutes(20, 60)
        t.record(self.officer, "photographed", "What was left of the frame, kept by the joiner.")
        self.see()
        self.act()

    def visited(self) -> None:
        """This function will tell of a home to which two go together."""
        t = self.t
        self.begin()
        self.talk()
        self.see()
        t.days(1, 3)
        t.record(
            self.officer,
            "briefing",
            "Went through the instructions with the colleague who comes with me.",
            to="staff",
            topics=frozenset({"two_to_visit"}),
        )
        t.minutes(40, 90)
        t.record(self.officer, "visit", "Both of us, twenty minutes, at the kitchen table.", two_to_visit=True)
        self.act()

    def locks(self) -> None:
        """This function will tell of the locks of a joint tenancy, changed once the other had left and it had been discussed."""
        t = self.t
        self.begin()
        self.talk()
        self.see()
        t.days(1, 3)
        t.record(
            self.officer,
            "learned",
            "He has gone to Cardiff and given notice at work.",
            joint_tenancy=True,
            perpetrator_left=True,
        )
        t.minutes(10, 30)
        self.discuss(self.officer, "line_manager", "Nerys agrees: he has left, and she is the tenant who stays.")
        t.hours(1, 4)
        t.record(self.officer, "lock_change", "Booked for the morning.")
        self.act()

    def counter_allegation(self) -> None:
        """This function will tell of a report by somebody who may be the one who causes harm."""
        t = self.t
        self.begin()
        self.talk()
        t.days(1, 2)
        t.answer(
            self.officer,
            "The accounts do not fit. The one who rang us first may not be the one who is afraid.",
            counter_allegation=True,
        )
        t.hours(2, 8)
        self.discuss(
            self.officer,
            "domestic_abuse_specialist",
            "Asked without names. They told me what to look for in each account.",
            "who_is_afraid",
        )
        self.see()
        self.act()
