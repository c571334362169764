"""Ongo's cases: triaged by the safeguarding lead or deputy, logged on the housing system, given to an officer, followed up."""

from collections.abc import Mapping
from typing import ClassVar

from fanlight.casework.demo import prose
from fanlight.casework.demo.procedure import Procedure, Team

_OFFICERS = ("community_resolution_officer", "tenancy_officer")


class Ongo(Procedure):
    """A case of Ongo. Its manager is the deputy, who triages and follows up."""

    landlord = "ongo"
    teams: ClassVar[Mapping[str, Team]] = {
        "Barton": Team("rhona", "stefan"),
        "Brigg": Team("callum", "stefan"),
        "Isle of Axholme": Team("rhona", "stefan"),
        "Scunthorpe North": Team("dev", "stefan"),
        "Scunthorpe South": Team("priti", "stefan"),
    }
    reporters = ("robin", "callum", "priti", "gareth", "robin")
    sees_colleagues = "maud"
    works_with_colleagues = "yusuf"
    overridden = 9
    own_plots: ClassVar[Mapping[str, int]] = {"only_measures": 1, "tenancy": 15, "from_lettings": 8}

    @property
    def officers_role(self) -> str:
        """The role in which the officer of the patch takes a case."""
        return _OFFICERS[self.officer in ("callum", "priti")]

    def begin(self) -> None:
        """This function will tell of the report, triage by the deputy, the housing system, and the officer."""
        t, s = self.t, self.s
        if s.about == "applicant":
            self.reporter = "lottie"
            self.report(support_wanted=frozenset({"phone_call", "target_hardening"}))
        else:
            self.report()
        t.minutes(10, 70)
        self.triaged("safeguarding_contact")
        t.people(self.manager)
        t.minutes(5, 20)
        customer = self.learned()["customer_is"]
        t.record(
            self.manager,
            "logged",
            t.say(*prose.LOGGED),
            where="housing_system",
            logged_as=frozenset({"asb_case" if customer == "perpetrator" else "safeguarding_concern"}),
        )

    def triaged(self, outcome: str) -> None:
        """This function will tell of the triage, and to whom the case was given."""
        t = self.t
        t.triage(
            self.manager,
            outcome,
            lead=self.officer,
            role=self.officers_role,
            area=t.area,
            patch=t.patch,
            customer_is=self.learned()["customer_is"],
        )

    def first_questions(self) -> Mapping[str, object]:
        """This function will give what Ongo asks first."""
        return {"colleague_involved": False, "multi_agency_meeting": self.s.high, "wellbeing_affected": True}

    def see(self) -> None:
        """This function will tell of the talk with them; Ongo's procedure knows no risk assessment of its own."""
        t = self.t
        self.before_they_are_seen()
        t.record(
            self.officer, "interview", t.say(self.s.seen), private=True, interpreter="none", children_present=False
        )

    def act(self) -> None:
        """This function will tell of support, agencies, the plan, the deputy's follow-up and target hardening."""
        t, s = self.t, self.s
        t.minutes(10, 40)
        self.support()
        if s.children:
            self.refer("children_social_care", with_consent=not self.stated("child_at_risk"))
        if self.stated("adult_at_risk"):
            self.refer("adult_safeguarding")
        t.hours(1, 5)
        t.record(self.officer, "action_plan", t.say(s.plan), agreed=True)
        if s.high:
            self.refer("marac", with_consent=False)
            t.days(2, 6)
            t.record(
                "stefan",
                "case_report",
                "One page: what we know, what we ask. No addresses but ours.",
                for_="marac",
            )
        t.days(2, 5)
        t.record(
            "stefan",
            "contact",
            "Follow-up: asked how they find our help, and what is missing.",
            method="phone",
            result="spoke",
            safe=True,
        )
        if "security" in s.wants:
            self.secure("stefan", review=True)
        if self.stated("damage"):
            self.repair()
        if "legal" in s.wants:
            t.days(3, 8)
            t.record(
                self.officer,
                "harm_assessment",
                "The other person knows already that we know. An order now is safer than waiting.",
                safe_to_proceed=True,
            )
            t.hours(2, 20)
            t.record(
                self.officer,
                "enforcement",
                "Order to keep them out of the street; served by the agents.",
                kind="asb_injunction",
            )
        if "move" in s.wants:
            t.days(4, 12)
            t.record(
                self.officer,
                "move",
                "Under the lettings exception; another town.",
                option="other_area",
                priority="high",
            )

    def again(self) -> None:
        """This function will tell of a further incident: the same help as the first time."""
        t = self.t
        t.days(9, 20)
        t.record(self.officer, "incident", t.say(*prose.INCIDENT))
        t.hours(1, 5)
        t.record(self.officer, "support_offered", t.say(*prose.OFFERED), service="idva")

    def override(self) -> None:
        """This function will tell of an order that could not wait for the assessment."""
        t = self.t
        self.begin()
        self.talk()
        t.hours(2, 6)
        t.record(
            "stefan",
            "enforcement",
            "The court sat that afternoon and the police asked us to be there with them.",
            kind="without_notice_injunction",
            overrides=[
                ("assess-each-case-first", "He was on his way to the address; the assessment follows tomorrow.")
            ],
        )
        t.days(1, 2)
        t.record("stefan", "harm_assessment", "Made after the order, with the police. It stands.", safe_to_proceed=True)
        self.act()

    def colleague_case(self) -> None:
        """This function will tell of a colleague's case: the lead and People & Culture, and nobody else."""
        t = self.t
        t.triage("maud", "safeguarding_contact", note="Kept to Yusuf and me.")
        t.minutes(10, 40)
        handed = t.refer(
            "maud", "people_and_culture", "To you alone, please, and by telephone first.", to_staff="yusuf"
        )
        t.hours(1, 5)
        t.received("yusuf", handed, note="Received. I will see them away from the office.")
        t.days(1, 3)
        t.record(
            "yusuf",
            "contact",
            "Met for a walk. Wants little, and wants it quietly.",
            method="in_person",
            result="spoke",
            safe=True,
        )
        t.minutes(10, 30)
        t.record(
            "yusuf", "support_offered", "Changed hours, a different desk, and a number to ring.", service="specialist"
        )

    def only_measures(self) -> None:
        """This function will tell of a request for security measures and no more."""
        t = self.t
        t.report(
            "priti",
            "He was sentenced and will be out in three months. She would like the door seen to before then.",
            source="survivor",
            channel="phone",
            about="customer",
            immediate_danger=False,
            customer_is="survivor",
            area=t.area,
        )
        t.minutes(20, 90)
        self.triaged("target_hardening")
        t.people(self.manager)
        t.hours(1, 4)
        t.record(self.manager, "logged", where="housing_system", logged_as=frozenset({"safeguarding_concern"}))
        self.secure("stefan", review=True)
        t.hours(1, 5)
        t.record(
            "stefan", "contact", "Shown how the new lock works. Content.", method="in_person", result="spoke", safe=True
        )

    def tenancy(self) -> None:
        """This function will tell of a breach at the address, and of the household's being thought of first."""
        t = self.t
        self.begin()
        self.talk()
        self.act()
        t.days(4, 9)
        t.record(
            self.officer,
            "household_impact_assessment",
            "The noise is his. A notice would fall on her and the children, so the step is a warning to him by name.",
            safe_to_proceed=True,
        )
        t.minutes(20, 60)
        t.record(self.officer, "tenancy_action", "Warning about noise, to him, at his work address.", kind="noise")

    def from_lettings(self) -> None:
        """This function will tell of an applicant whom the lettings officer reports, with what is wanted still to be said."""
        t = self.t
        t.report(
            "lottie",
            "Signing next week, from a refuge out of the county. Asked me twice who can see the new address.",
            source="survivor",
            channel="in_person",
            about="applicant",
            immediate_danger=False,
            fleeing=True,
            area=t.area,
        )
        t.minutes(20, 90)
        self.triaged("safeguarding_contact")
        t.people(self.manager)
        t.hours(2, 20)
        t.answer(
            "lottie",
            "A telephone call in the first week, and the letterbox.",
            support_wanted=frozenset({"phone_call", "target_hardening"}),
        )
        self.talk()
        self.act()
