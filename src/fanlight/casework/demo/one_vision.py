"""One Vision Housing's cases: a discreet entry, the Community Safety Team, consent before anyone is told, women if asked for."""

from collections.abc import Mapping
from typing import ClassVar

from fanlight.casework.demo import prose
from fanlight.casework.demo.procedure import Procedure, Team


class OneVision(Procedure):
    """A case of One Vision Housing."""

    landlord = "one-vision"
    teams: ClassVar[Mapping[str, Team]] = {
        "Sefton North": Team("nasreen", "desmond"),
        "Sefton South": Team("colin", "orla"),
        "Outside Sefton": Team("nasreen", "orla"),
    }
    reporters = ("tilda", "marcus", "tilda")
    sees_colleagues = "beatrix"
    works_with_colleagues = "ottilie"
    overridden = 7
    own_plots: ClassVar[Mapping[str, int]] = {"women_only": 21, "agency_asks": 9, "exemption": 3}
    women = False
    """Whether she asked for women only."""

    def begin(self) -> None:
        """This function will tell of the report, the neutral entry, and triage by the Community Safety Team."""
        t = self.t
        self.report()
        triager = t.chance.choice(("nasreen", "colin", "beatrix"))
        t.minutes(10, 80)
        t.record(triager, "marker", "Neutral wording: ring before calling.", kind="contact_first")
        t.minutes(3, 12)
        t.triage(
            triager, "safeguarding_contact", lead=self.officer, role="community_safety_team", area=t.area, patch=t.patch
        )
        t.people(triager)

    def first_questions(self) -> Mapping[str, object]:
        """This function will give what the team asks first."""
        self.t.age = self.t.age or self.t.chance.randint(23, 61)
        return {
            "female_staff_wanted": self.women,
            "capacity_in_doubt": False,
            "survivor_age": self.t.age,
            "breach": False,
            "safeguarding_concern": False,
        }

    def act(self) -> None:
        """This function will tell of the plan, support with consent, measures, and action against the one causing harm."""
        t, s = self.t, self.s
        t.minutes(15, 50)
        t.record(self.officer, "action_plan", t.say(s.plan), agreed=True)
        self.choose()
        self.support()
        if s.children or self.stated("child_at_risk"):
            self.refer("children_social_care")
        if self.stated("capacity_in_doubt"):
            t.minutes(10, 40)
            t.refer(self.officer, "capacity_assessor")
            t.days(4, 9)
            t.record(
                self.officer, "learned", "The surgery finds that she understands and can decide.", lacks_capacity=False
            )
        if self.stated("adult_at_risk"):
            self.refer("adult_safeguarding")
        if s.high:
            self.refer("marac")
            t.days(2, 5)
            t.record(self.officer, "case_report", "For the meeting on the first Tuesday.", for_="marac")
        if "security" in s.wants:
            self.secure()
        if self.stated("damage"):
            self.repair()
        if "move" in s.wants:
            t.days(4, 10)
            t.record(
                self.officer,
                "move",
                "Evidence for the higher band sent with the form.",
                option="allocation",
                priority="high" if s.high else "normal",
                exemption=False,
                breach=False,
            )
        if "legal" in s.wants:
            t.days(4, 9)
            t.record(
                self.officer,
                "harm_assessment",
                "The police have spoken to the other person already. Safe to go on.",
                safe_to_proceed=True,
            )
            t.hours(1, 20)
            t.record(self.officer, "enforcement", "Application lodged; no name on the public list.", kind="injunction")
        if self.learned().get("breach_from_abuse") is True:
            t.days(2, 5)
            t.record(
                self.officer,
                "household_impact_assessment",
                "The complaints come from what was done to her. No action on the tenancy.",
                breach_from_abuse=True,
                safe_to_proceed=False,
            )

    def again(self) -> None:
        """This function will tell of a further incident."""
        t = self.t
        t.days(9, 20)
        t.record(self.officer, "incident", t.say(*prose.INCIDENT))
        t.minutes(20, 60)
        t.record(self.officer, "action_plan", "Plan made again with them after what happened.", agreed=True)

    def override(self) -> None:
        """This function will tell of a child who could not wait for consent."""
        t = self.t
        self.begin()
        self.talk()
        t.minutes(10, 40)
        t.record(
            self.officer,
            "learned",
            "The little one has been kept off school for two weeks.",
            children=True,
            child_at_risk=True,
        )
        t.minutes(5, 15)
        told = t.refer(
            self.officer,
            "children_social_care",
            overrides=[("consent-to-refer", "A child is at risk and the law asks for it; she knows, and has said no.")],
        )
        t.hours(1, 5)
        t.received(self.officer, told, "Duty social worker")
        self.see()
        self.act()

    def colleague_case(self) -> None:
        """This function will tell of a colleague's case, which People & Culture take."""
        t = self.t
        t.triage(
            "beatrix",
            "safeguarding_contact",
            lead="ottilie",
            role="people_and_culture",
            note="With Ottilie. Nobody else is told.",
        )
        t.hours(2, 20)
        t.record(
            "ottilie",
            "contact",
            "Met off site. Would like a parking space by the door.",
            method="in_person",
            result="spoke",
            safe=True,
        )
        t.minutes(10, 40)
        t.record(
            "ottilie",
            "action_plan",
            "Parking, a change of desk, calls screened by reception without a reason given.",
            agreed=True,
        )

    def women_only(self) -> None:
        """This function will tell of a person who asked for women only."""
        t = self.t
        self.officer, self.women = "nasreen", True
        self.report(female_staff_wanted=True)
        t.minutes(10, 40)
        t.record("beatrix", "logged", "Women only, please.", where="housing_system")
        t.minutes(4, 10)
        t.triage("beatrix", "safeguarding_contact", area=t.area, patch=t.patch)
        t.people("beatrix")
        t.minutes(3, 9)
        t.assign("beatrix", "nasreen", "community_safety_team", "She asked for a woman. Agreed with Nasreen.")
        self.talk()
        self.see()

    def agency_asks(self) -> None:
        """This function will tell of a request from the MARAC, answered after some days."""
        t = self.t
        self.begin()
        self.talk()
        t.days(2, 5)
        asked = t.record(
            self.officer,
            "request",
            "By secure mail.",
            asks="What is known of the tenancy and who holds keys.",
            from_="marac",
        )
        t.days(1, 4)
        t.record(self.officer, "request_completed", of=asked, note="Sent what they need, within the protocol.")
        self.see()
        self.act()

    def exemption(self) -> None:
        """This function will tell of a move for which old arrears were set aside, with the police's support."""
        t = self.t
        self.begin()
        self.talk()
        self.see()
        t.days(2, 6)
        t.record(
            self.officer,
            "learned",
            "The police support the move in writing. The arrears are from when he held the card.",
            breach=True,
            statutory_support=True,
        )
        t.days(1, 4)
        t.record(
            self.officer,
            "move",
            "Management transfer; arrears set aside.",
            option="management_transfer",
            priority="high",
            exemption=True,
        )
        self.act()
