"""Connect Housing's cases: told to a line manager, handed to an officer by telephone, logged on the hub, DASH and MARAC."""

from collections.abc import Mapping
from typing import ClassVar

from fanlight.casework.demo import prose
from fanlight.casework.demo.procedure import Procedure, Team


class Connect(Procedure):
    """A case of Connect Housing."""

    landlord = "connect"
    teams: ClassVar[Mapping[str, Team]] = {
        "Kirklees North": Team("asha", "nadia"),
        "Kirklees South": Team("asha", "nadia"),
        "Leeds East": Team("bronwen", "owen"),
        "Leeds West": Team("bronwen", "owen"),
        "Wakefield": Team("moira", "owen"),
        "Calderdale": Team("moira", "owen"),
    }
    reporters = ("liam", "petra", "liam", "tomasz")
    sees_colleagues = "carys"
    works_with_colleagues = "farah"
    forgets_the_log = False
    """Whether the officer is late with the log on the hub."""
    overridden = 19
    own_plots: ClassVar[Mapping[str, int]] = {
        "eve_is_named": 16,
        "from_the_agent": 14,
        "not_acknowledged": 1,
        "with_the_specialists": 12,
    }

    def begin(self) -> None:
        """This function will tell of the report, the line manager's call to the officer, and the log on the hub."""
        t = self.t
        self.forgets_the_log = t.perhaps(0.12)
        self.report(managed_by_agent=False if t.perhaps(0.7) else None)
        t.minutes(5, 14)
        t.triage(self.manager, "safeguarding_contact", area=t.area, patch=t.patch)
        t.people(self.manager)
        t.minutes(2, 6)
        self.discuss(self.manager, "line_manager", t.say(*prose.TALKED_WITH_MANAGER))
        t.minutes(2, 8)
        handed = t.refer(self.manager, "case_officer", t.say(*prose.HANDED), to_staff=self.officer)
        t.minutes(6, 40)
        t.received(self.officer, handed, note=t.say(*prose.TAKEN))
        if not self.forgets_the_log:
            t.minutes(30, 180)
            t.record(self.officer, "logged", t.say(*prose.LOGGED), where="safeguarding_hub")

    def talk(self) -> None:
        """This function will tell of the first safe conversation, and of a log on the hub that was forgotten until then."""
        super().talk()
        if self.forgets_the_log:
            self.t.days(2, 5)
            self.t.record(self.officer, "logged", "Late, I know: I was on leave.", where="safeguarding_hub")

    def first_questions(self) -> Mapping[str, object]:
        """This function will give what Connect's officers ask first."""
        return {"connect_property": self.s.about == "customer", "general_needs": True, "managed_by_agent": False}

    def act(self) -> None:
        """This function will tell of the checks, referrals, marker and plan of Connect's procedure."""
        t, s = self.t, self.s
        t.minutes(10, 40)
        if t.area == "Kirklees":
            self.refer("womens_refuge_check")
        if s.children or self.stated("child_at_risk"):
            self.refer("children_social_care", with_consent=not self.stated("child_at_risk"))
        if self.stated("adult_at_risk"):
            self.refer("adult_safeguarding", with_consent=False)
        if s.high:
            self.refer("marac", with_consent=False)
        if self.learned()["customer_is"] == "perpetrator":
            t.minutes(10, 30)
            t.record(
                self.officer, "harm_assessment", "Nobody visits alone; office appointments only.", safe_to_proceed=True
            )
        t.hours(1, 6)
        marker = "two_to_visit" if s.high else "contact_first"
        t.record(self.officer, "marker", t.say(*prose.MARKED[marker]), kind=marker)
        self.choose()
        self.support()
        if s.children:
            t.minutes(3, 10)
            t.record(
                self.officer, "support_offered", "The young people's worker, at school.", service="children_support"
            )
        t.days(1, 4)
        t.record(self.officer, "safety_plan", t.say(s.plan), agreed=True)
        if self.stated("police_told"):
            self.police()
        if self.stated("damage"):
            self.repair()
        if "security" in s.wants:
            self.refer("sanctuary")
            self.secure()
        if "legal" in s.wants:
            self.refer("solicitor")
        if "move" in s.wants:
            t.days(5, 15)
            t.record(
                self.officer,
                "move",
                "Agreed with lettings; no forwarding address on any account.",
                option="management_transfer",
                priority="high" if s.high else "normal",
            )
        t.days(3, 9)
        t.record(self.officer, "logged", t.say(*prose.LOG_UPDATED), where="safeguarding_hub")

    def again(self) -> None:
        """This function will tell of a further incident: everything that the policy asks for at each one."""
        t, s = self.t, self.s
        t.days(9, 20)
        t.record(self.officer, "incident", t.say(*prose.INCIDENT))
        t.minutes(15, 60)
        self.discuss(self.officer, "line_manager", "Told my manager; agreed to see them this week.")
        t.minutes(10, 60)
        t.record(self.officer, "logged", t.say(*prose.LOGGED), where="safeguarding_hub")
        t.hours(3, 20)
        self.assess(t.say(*prose.RENEWED), score=s.score + 2)
        if t.area == "Kirklees":
            self.refer("womens_refuge_check", with_consent=False)
        if s.children or self.stated("child_at_risk"):
            self.refer("children_social_care", with_consent=False)
        if s.high or s.score + 2 >= 14:
            self.refer("marac", with_consent=False)
        t.minutes(5, 20)
        t.record(self.officer, "support_offered", t.say(*prose.OFFERED), service="idva")

    def close(self) -> None:
        """This function will tell how it ended, with the outcome on the hub first."""
        t = self.t
        t.days(3, 9)
        t.record(self.officer, "logged", "Outcome put on the hub.", where="safeguarding_hub")
        super().close()

    def override(self) -> None:
        """This function will tell that a refuge was told at once, before consent could be asked."""
        t = self.t
        self.begin()
        t.minutes(20, 60)
        t.share(
            self.officer,
            "refuge",
            "The room would have gone, and they were on the street with nowhere to be that night.",
            overrides=[
                ("share-with-ground", "She could not be reached to ask, and there was nowhere safe for the night.")
            ],
        )
        self.talk()
        self.see()
        self.act()

    def eve_is_named(self) -> None:
        """This function will tell of a customer's case in which an officer is named: for her it does not exist."""
        t = self.t
        self.report()
        t.minutes(10, 20)
        t.triage(
            "carys",
            "safeguarding_contact",
            area=t.area,
            patch=t.patch,
            note="Taken by me: one of our own people lives next door and is named.",
        )
        t.minutes(1, 3)
        t.person(
            "carys",
            "person_at_risk",
            t.household.at_risk,
            phone=t.household.phone,
            safe_contact=t.household.safe_contact,
        )
        t.person("carys", "witness", "", works_here="eve")
        t.minutes(4, 10)
        self.discuss("carys", "line_manager", "Spoke with Owen alone. Nothing to the Leeds team.")
        t.minutes(3, 10)
        handed = t.refer("carys", "case_officer", "Please take this one outside your usual patch.", to_staff="moira")
        self.officer = "moira"
        t.minutes(10, 30)
        t.received("moira", handed, note=t.say(*prose.TAKEN))
        t.minutes(20, 60)
        t.record("moira", "logged", "Restricted log, for the lead and me.", where="safeguarding_hub")
        self.talk()
        self.see()
        self.act()

    def from_the_agent(self) -> None:
        """This function will tell of a report by a managing agent's own staff."""
        t = self.t
        t.report(
            "iris",
            "One of your tenants in the block that we look after has been sleeping in the bin store to keep out of the way.",
            source="managing_agent",
            channel="report_it",
            about="customer",
            immediate_danger=False,
            area=t.area,
            managed_by_agent=True,
            agent_has_other_policy=False,
        )
        t.minutes(8, 20)
        t.triage(self.manager, "safeguarding_contact", area=t.area, patch=t.patch)
        t.people(self.manager)
        t.minutes(3, 9)
        self.discuss(self.manager, "line_manager", t.say(*prose.TALKED_WITH_MANAGER))
        t.minutes(3, 9)
        self.discuss(
            self.manager,
            "managing_agent",
            "Agreed: we lead, they keep the caretaker off the landing and tell us at once.",
        )
        handed = t.refer(self.manager, "case_officer", t.say(*prose.HANDED), to_staff=self.officer)
        t.minutes(10, 40)
        t.received(self.officer, handed, note=t.say(*prose.TAKEN))
        t.hours(1, 4)
        t.record(self.officer, "logged", t.say(*prose.LOGGED), where="safeguarding_hub")
        self.talk()
        self.see()
        self.act()

    def not_acknowledged(self) -> None:
        """This function will tell of a case that was handed over yesterday, and that nobody has said they have."""
        t = self.t
        self.report()
        t.minutes(10, 20)
        t.triage(self.manager, "safeguarding_contact", area=t.area, patch=t.patch)
        t.people(self.manager)
        t.minutes(3, 9)
        self.discuss(self.manager, "line_manager", t.say(*prose.TALKED_WITH_MANAGER))
        t.minutes(3, 9)
        t.refer(self.manager, "case_officer", "Left a message to ring me. For you, please.", to_staff=self.officer)

    def with_the_specialists(self) -> None:
        """This function will tell of a high-risk case in which the specialist team writes too."""
        t = self.t
        self.begin()
        self.talk()
        self.see()
        t.minutes(20, 60)
        t.record(
            "samira",
            "review",
            "Read through with the officer. The MARAC form carries the work number, not the home.",
            outcome="carry on",
        )
        self.act()
