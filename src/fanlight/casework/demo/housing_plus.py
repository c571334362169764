"""Housing Plus Group's cases: every report an emergency, contact in a working day, a plan and an assessment, evidence first."""

from collections.abc import Mapping
from typing import ClassVar

from fanlight.casework.demo import prose
from fanlight.casework.demo.procedure import Procedure, Team


class HousingPlus(Procedure):
    """A case of Housing Plus Group."""

    landlord = "housing-plus"
    teams: ClassVar[Mapping[str, Team]] = {
        "Stafford and the north": Team("leila", "ned"),
        "South Staffordshire": Team("ama", "ned"),
        "Shrewsbury and the north": Team("rowan", "sunita"),
        "South Shropshire": Team("rowan", "sunita"),
    }
    reporters = ("barney", "wanda")
    sees_colleagues = "magda"
    works_with_colleagues = "clement"
    overridden = 18
    own_plots: ClassVar[Mapping[str, int]] = {"marac_asks": 12, "better_tenure": 8}

    def begin(self) -> None:
        """This function will tell of the report, and of the neighbourhoods team that looks at it at once."""
        t = self.t
        self.report()
        t.minutes(5, 45)
        t.triage(
            self.manager, "safeguarding_contact", lead=self.officer, role="case_officer", area=t.area, patch=t.patch
        )
        t.people(self.manager)

    def first_questions(self) -> Mapping[str, object]:
        """This function will give what the officers ask first."""
        return {"support_agreed": True, "safeguarding_concern": self.s.learned.get("child_at_risk") is True}

    def act(self) -> None:
        """This function will tell of the plan, help for children and adults, the damage, the MARAC, and a move."""
        t, s = self.t, self.s
        t.minutes(10, 40)
        t.record(self.officer, "action_plan", t.say(s.plan), agreed=True)
        self.support()
        if self.stated("child_at_risk"):
            self.refer("children_social_care", with_consent=False)
        if self.stated("adult_at_risk"):
            self.refer("adult_safeguarding", with_consent=False)
        if s.children:
            t.minutes(5, 20)
            t.record(
                self.officer,
                "support_offered",
                "Told of the young people's group on Mondays.",
                service="children_services",
            )
        if self.stated("damage"):
            self.damage()
        if s.high:
            self.refer("marac", with_consent=False)
            t.days(2, 5)
            t.record(self.officer, "case_report", "What we know, and the three things that we can do.", for_="marac")
            t.days(2, 5)
            t.record(
                self.officer, "action_plan", "With what the MARAC agreed put in, as far as it is ours.", agreed=True
            )
        if "security" in s.wants:
            self.secure()
        if "move" in s.wants:
            self.move()
        if "legal" in s.wants:
            t.days(4, 9)
            t.record(
                self.officer,
                "harm_assessment",
                "With the police: acting now lowers the risk.",
                safe_to_proceed=True,
            )
            t.hours(1, 6)
            t.record(
                self.officer,
                "enforcement",
                "Injunction asked for, jointly with the police.",
                kind="injunction",
                evidence_sufficient=True,
            )

    def damage(self) -> None:
        """This function will tell of damage: the police if they want them, the repair, and a claim once it is safe."""
        t = self.t
        t.minutes(5, 20)
        t.record(
            self.officer,
            "briefing",
            "How to report it, and that we would come with them.",
            to="person_at_risk",
            topics=frozenset({"criminal_damage"}),
        )
        self.repair()
        if self.stated("police_told"):
            self.police()
            t.days(5, 12)
            t.record(
                self.officer,
                "cost_claim",
                "Sent by the solicitor, after we had asked whether it was safe.",
                amount=t.chance.randrange(90, 640),
            )

    def move(self) -> None:
        """This function will tell of a move, assessed first, to a home let on the same terms."""
        t = self.t
        t.days(4, 10)
        t.record(
            self.officer,
            "move_risk_assessment",
            "Another town, and nobody there whom the other person knows.",
            safe_to_proceed=True,
        )
        t.hours(2, 20)
        t.record(
            self.officer,
            "move",
            "Keys given away from the home.",
            option=t.chance.choice(("management_transfer", "direct_let")),
            tenure_before="assured",
            tenure_after="assured",
        )

    def again(self) -> None:
        """This function will tell of a further incident."""
        t, s = self.t, self.s
        t.days(9, 20)
        t.record(self.officer, "incident", t.say(*prose.INCIDENT))
        t.hours(2, 8)
        self.assess(t.say(*prose.RENEWED), score=s.score + 2)
        t.minutes(10, 40)
        t.record(self.officer, "action_plan", "Plan made again with them after what happened.", agreed=True)

    def override(self) -> None:
        """This function will tell of a move that could not wait for its assessment."""
        t = self.t
        self.begin()
        self.talk()
        t.hours(1, 4)
        t.record(
            self.officer,
            "move",
            "Three nights in the flat over the office in the next town, while we look for more.",
            option="respite",
            overrides=[
                (
                    "move-risk-first",
                    "He was released this morning and knows where she is. The assessment follows today.",
                )
            ],
        )
        t.hours(3, 6)
        t.record(self.officer, "move_risk_assessment", "Made after the move. It was right.", safe_to_proceed=True)
        self.see()
        self.act()

    def marac_asks(self) -> None:
        """This function will tell of a request from the MARAC, and of what it agreed."""
        t = self.t
        self.begin()
        self.talk()
        self.see()
        t.days(1, 4)
        asked = t.record(
            self.officer,
            "request",
            "By secure mail.",
            asks="Whether the tenancy is joint, and since when.",
            from_="marac",
        )
        t.days(1, 3)
        t.record(self.officer, "request_completed", of=asked, note="Answered, and the meeting's date put in the diary.")
        self.act()

    def better_tenure(self) -> None:
        """This function will tell of a move to another landlord's fixed term, which the head of neighbourhoods let pass."""
        t = self.t
        self.begin()
        self.talk()
        self.see()
        t.days(2, 6)
        t.record(
            self.officer, "move_risk_assessment", "The only home far enough away this month.", safe_to_proceed=True
        )
        t.hours(2, 20)
        t.record(
            "magda",
            "move",
            "They know what it means for the tenancy and want it.",
            option="other_area",
            tenure_before="assured",
            tenure_after="fixed_term",
            overrides=[
                (
                    "same-tenure",
                    "Another landlord's home, at their own wish; an assured tenancy is promised after the first year.",
                )
            ],
        )
        self.act()
