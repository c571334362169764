"""Stories of cases under Connect Housing's policy, told as their officers would; nobody in them is real.

Each is told from the day of the report, so that it can begin on any day. The engine's benchmark reads it
as JSON; the loader tells it to the product's own write path, entry by entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

Who = Literal["adviser", "manager", "officer"]


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a story: on which day after the report and at what time, by whom, what, and what it answers."""

    day: int
    clock: str
    by: Who
    kind: str
    said: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    of: int | None = None
    """The sequence of the entry that it answers."""

    def at(self, first: date) -> datetime:
        """This function will give the moment of the entry in a story that begins on a day."""
        return datetime.combine(first + timedelta(days=self.day), time.fromisoformat(self.clock), LONDON)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the case."""

    name: str
    part: str
    phone: str = ""
    safe_contact: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A whole story and the people in it."""

    title: str
    lines: tuple[Line, ...]
    people: tuple[Person, ...]

    @property
    def days(self) -> int:
        """How many days it runs."""
        return max(line.day for line in self.lines) + 1


def as_json(story: Story, first: date) -> list[dict[str, Any]]:
    """This function will give the story as the policy language writes it, in values that JSON has."""
    return [
        {
            "id": f"e{place}",
            "at": line.at(first).isoformat(),
            "entry": line.kind,
            **({} if line.of is None else {"of": f"e{line.of}"}),
            **{name: _moment(value, first) for name, value in line.said.items()},
        }
        for place, line in enumerate(story.lines, start=1)
    ]


def _moment(value: Any, first: date) -> Any:
    return value.at(first).isoformat() if isinstance(value, Line) else value


def said_on(line: Line, first: date) -> dict[str, Any]:
    """This function will give what an entry says in a story that begins on a day."""
    return {name: value.at(first) if isinstance(value, Line) else value for name, value in line.said.items()}


NO_ANSWER = {"method": "phone", "result": "no_answer", "safe": True}
SPOKE = {"method": "phone", "result": "spoke", "safe": True}
ON_THE_HUB = {"where": "safeguarding_hub"}

# A mother of two who is strangled, stays, has her home made safe, is attacked again six weeks later, and has him put out.
MADE_SAFE_TWICE = Story(
    "Two children, strangulation, a second attack, an injunction",
    (
        Line(
            0, "14:05", "adviser", "report",
            {
                "source": "survivor", "channel": "phone", "in_confidence": False, "about": "customer",
                "immediate_danger": True, "children": True, "area": "Kirklees", "patch": "Kirklees North",
                "disclosed": True, "customer_is": "survivor", "managed_by_agent": False, "connect_property": True,
            },
            "She rang from the bathroom. He had held her by the throat this morning and was downstairs with the children.",
        ),
        Line(0, "14:07", "manager", "emergency_call", {"service": "police"}, "The operator kept us on until a car was there."),
        Line(0, "14:20", "manager", "discussion", {"with": "line_manager", "topics": ["danger", "children"]}),
        Line(0, "14:25", "manager", "referral", {"to": "case_officer"}, "Rung through, and agreed that she is seen tomorrow."),
        Line(0, "14:30", "manager", "triaged", {"outcome": "safeguarding_contact"}),
        Line(0, "14:30", "manager", "assigned", {"to": "case_officer"}),
        Line(0, "14:50", "officer", "receipt", {"by": "case_officer"}, of=4),
        Line(0, "15:10", "officer", "contact", NO_ANSWER),
        Line(
            0, "15:40", "officer", "contact",
            {**SPOKE, "immediate_danger": False, "safe_at_home": False, "lives_with_perpetrator": True, "police_told": True},
            "He has been arrested. She is at her sister's with the children until tomorrow and can talk on this number until six.",
        ),
        Line(0, "16:20", "officer", "logged", ON_THE_HUB),
        Line(
            1, "10:00", "officer", "interview",
            {
                "private": True, "interpreter": "none", "children_present": False, "supporter": "her sister",
                "adult_at_risk": False, "survivor_age": 34, "perpetrator_age": 37, "visit_risk": True,
                "joint_tenancy": True, "general_needs": True, "honour_based": False, "counter_allegation": False,
            },
            "Eleven years together. It began when she was expecting the elder child. He holds the money and reads her messages.",
        ),
        Line(
            1, "11:10", "officer", "assessment",
            {
                "by": "us", "instrument": "dash", "score": 16, "judged_high": True, "weapons": False,
                "strangulation": True, "stalking": False, "threats_to_kill": False, "grade_given": "high",
            },
        ),
        Line(1, "11:20", "officer", "consent", {"to": "children_social_care", "given": True, "purpose": "support for the children"}),
        Line(1, "11:22", "officer", "consent", {"to": "womens_refuge_check", "given": True, "purpose": "check with the MARAC"}),
        Line(1, "11:24", "officer", "consent", {"to": "idva", "given": True, "purpose": "advocacy"}),
        Line(1, "11:40", "officer", "referral", {"to": "womens_refuge_check"}),
        Line(1, "11:55", "officer", "referral", {"to": "children_social_care"}, "Both children by name, school and year."),
        Line(1, "12:30", "officer", "referral", {"to": "marac"}, "On the Kirklees form. The next meeting is in nine days."),
        Line(1, "12:40", "officer", "marker", {"kind": "two_to_visit"}),
        Line(1, "12:45", "officer", "support_accepted", {"service": "idva"}),
        Line(1, "13:10", "officer", "referral", {"to": "idva"}),
        Line(1, "13:30", "officer", "support_offered", {"service": "children_support"}),
        Line(1, "14:30", "officer", "safety_plan", {"agreed": True}, "A word for her sister, a bag at her mother's, the car key on its own."),
        Line(2, "09:40", "officer", "receipt", {"by": "duty worker"}, of=16),
        Line(2, "10:15", "officer", "receipt", {"by": "the front door team"}, of=17),
        Line(2, "11:00", "officer", "choice", {"choice": "ends"}, "She wants him gone and the children in their own beds."),
        Line(2, "11:10", "officer", "consent", {"to": "sanctuary", "given": True, "purpose": "making the home safe"}),
        Line(2, "11:30", "officer", "referral", {"to": "sanctuary"}),
        Line(2, "11:45", "officer", "measure_requested", {"measure": "extra_locks"}),
        Line(2, "15:00", "officer", "lock_change", {}, "All outer doors. Keys handed to her and to nobody else."),
        Line(4, "10:30", "officer", "measure_fitted", {"measure": "extra_locks"}, of=29),
        Line(
            5, "09:20", "officer", "police_report", {"log_number": "482 of the day", "offence": "assault, strangulation"},
            "She gave her statement herself; the IDVA sat with her.",
        ),
        Line(7, "14:00", "officer", "contact", SPOKE, "Sleeping better. The younger child asks where he is."),
        Line(7, "14:30", "officer", "logged", ON_THE_HUB, "What has been done so far."),
        Line(10, "16:00", "officer", "briefing", {"to": "staff", "topics": ["MARAC", "two to visit"]}),
        Line(14, "10:00", "officer", "review", {"reason": "two weeks on", "outcome": "steady; plan kept"}),
        Line(
            41, "08:50", "officer", "incident",
            {
                "occurred": Line(40, "23:30", "officer", "incident"), "kinds": ["physical", "criminal damage"],
                "immediate_danger": False, "damage": True, "in_public": False, "threats_to_kill": True,
            },
            "He came back in the night, broke the kitchen window and said that he would finish it. Gone before the police came.",
        ),
        Line(41, "09:10", "officer", "discussion", {"with": "line_manager", "topics": ["second attack"]}),
        Line(41, "09:30", "officer", "logged", ON_THE_HUB),
        Line(41, "09:45", "officer", "contact", {**SPOKE, "safe_at_home": False}),
        Line(
            41, "11:00", "officer", "assessment",
            {
                "by": "us", "instrument": "dash", "score": 19, "judged_high": True, "weapons": False,
                "strangulation": True, "stalking": True, "threats_to_kill": True, "grade_given": "high",
            },
        ),
        Line(41, "11:30", "officer", "referral", {"to": "marac"}, "Sent again, with last night on it."),
        Line(41, "11:40", "officer", "referral", {"to": "womens_refuge_check"}),
        Line(41, "11:50", "officer", "share", {"to": "children_social_care", "ground": "safeguarding", "reason": "the children saw it"}),
        Line(41, "12:00", "officer", "support_offered", {"service": "support_service"}),
        Line(41, "12:10", "officer", "repair", {"priority": "emergency"}, "Board up today, glaze this week."),
        Line(41, "12:20", "officer", "photographed"),
        Line(41, "12:30", "officer", "measure_requested", {"measure": "door_alarm"}),
        Line(43, "10:00", "officer", "measure_fitted", {"measure": "door_alarm"}, of=48),
        Line(44, "09:30", "officer", "receipt", {"by": "MARAC coordinator"}, of=42),
        Line(47, "13:00", "officer", "enforcement", {"kind": "without_notice_injunction", "evidence_sufficient": True}),
        Line(49, "10:00", "officer", "learned", {"perpetrator_left": True, "safe_at_home": True, "statutory_support": True}),
        Line(50, "15:00", "officer", "case_report", {"for": "MARAC"}),
        Line(52, "11:00", "officer", "visit", {}, "Two of us. Alarm and locks work; the children showed us."),
        Line(55, "10:20", "officer", "contact", SPOKE),
        Line(58, "09:00", "officer", "risk_changed", {"how": "down"}, "He has been remanded."),
        Line(
            59, "10:00", "officer", "assessment",
            {
                "by": "us", "instrument": "dash", "score": 8, "judged_high": False, "weapons": False,
                "strangulation": False, "stalking": False, "threats_to_kill": False, "grade_given": "standard",
            },
        ),
        Line(60, "11:00", "officer", "measure_reviewed", {"measure": "door_alarm", "effective": True, "more_needed": False}, of=49),
        Line(62, "14:00", "officer", "contact", SPOKE, "She starts a course in the new term."),
        Line(63, "10:00", "officer", "action_plan", {"agreed": True}),
    ),
    (
        Person("Rowena Castell", "person_at_risk", "07700 900417", "Text first; never after six."),
        Person("Martin Oake", "causing_harm"),
        Person("Ivy Castell", "child"),
        Person("Noah Castell", "child"),
    ),
)  # fmt: skip

# Shouting through the wall that was a football match.
NOTHING_IN_IT = Story(
    "Not domestic abuse",
    (
        Line(
            0, "21:40", "adviser", "report",
            {
                "source": "neighbour", "channel": "phone", "about": "customer", "immediate_danger": False,
                "children": False, "area": "Leeds", "patch": "Leeds East",
            },
            "Shouting for an hour next door and something thrown.",
        ),
        Line(1, "09:30", "manager", "triaged", {"outcome": "not_domestic_abuse"}),
        Line(1, "09:30", "manager", "closed", {"reason": "Rang back: it was the match, and he lives alone"}),
    ),
    (Person("A neighbour", "reporter"),),
)  # fmt: skip

# A grown son takes his mother's money; she takes help, and it ends.
SEEN_THROUGH = Story(
    "Standard risk, seen through and closed",
    (
        Line(
            0, "11:15", "adviser", "report",
            {
                "source": "agency", "channel": "agency_referral", "about": "customer", "immediate_danger": False,
                "children": False, "area": "Leeds", "patch": "Leeds West", "customer_is": "survivor",
            },
            "Her surgery wrote: bruised wrist, and her son has her bank card.",
        ),
        Line(0, "11:30", "manager", "discussion", {"with": "line_manager"}),
        Line(0, "11:35", "manager", "referral", {"to": "case_officer"}),
        Line(0, "11:40", "manager", "triaged", {"outcome": "safeguarding_contact"}),
        Line(0, "11:40", "manager", "assigned", {"to": "case_officer"}),
        Line(0, "13:00", "officer", "receipt", {"by": "case_officer"}, of=3),
        Line(0, "14:00", "officer", "contact", SPOKE),
        Line(0, "16:10", "officer", "logged", ON_THE_HUB),
        Line(
            2, "10:00", "officer", "assessment",
            {"by": "us", "instrument": "dash", "score": 6, "judged_high": False, "adult_at_risk": False, "disclosed": True},
        ),
        Line(2, "10:30", "officer", "marker", {"kind": "contact_first"}),
        Line(2, "10:40", "officer", "support_declined", {"service": "support_service"}),
        Line(2, "11:00", "officer", "safety_plan", {"agreed": True}, "A new card, and her niece has the spare key."),
        Line(30, "15:00", "officer", "contact", SPOKE, "He has moved out. She has her card."),
        Line(31, "09:00", "officer", "logged", ON_THE_HUB),
        Line(31, "09:30", "officer", "closed", {"reason": "He has left and she feels safe", "outcome": "Safe at home"}),
    ),
    (Person("Edith Marlow", "person_at_risk", "01632 960121"), Person("Keith Marlow", "causing_harm")),
)  # fmt: skip

# A young mother stalked after she left; moved.
MOVED_AWAY = Story(
    "High risk with children, moved and closed",
    (
        Line(
            0, "09:05", "adviser", "report",
            {
                "source": "survivor", "channel": "web", "about": "customer", "immediate_danger": False, "children": True,
                "area": "Kirklees", "patch": "Kirklees South", "stalking": True, "disclosed": True, "customer_is": "survivor",
            },
            "He sits outside in a different car each day.",
        ),
        Line(0, "09:20", "manager", "discussion", {"with": "line_manager"}),
        Line(0, "09:25", "manager", "referral", {"to": "case_officer"}),
        Line(0, "09:30", "manager", "triaged", {"outcome": "safeguarding_contact"}),
        Line(0, "09:30", "manager", "assigned", {"to": "case_officer"}),
        Line(0, "09:45", "officer", "receipt", {"by": "case_officer"}, of=3),
        Line(0, "10:10", "officer", "contact", SPOKE),
        Line(0, "13:00", "officer", "logged", ON_THE_HUB),
        Line(
            1, "10:00", "officer", "assessment",
            {
                "by": "us", "instrument": "dash", "score": 15, "judged_high": True, "weapons": False,
                "strangulation": False, "stalking": True, "threats_to_kill": False, "adult_at_risk": False,
            },
        ),
        Line(1, "10:20", "officer", "consent", {"to": "womens_refuge_check", "given": True}),
        Line(1, "10:22", "officer", "consent", {"to": "children_social_care", "given": True}),
        Line(1, "10:24", "officer", "consent", {"to": "idva", "given": True}),
        Line(1, "10:40", "officer", "referral", {"to": "womens_refuge_check"}),
        Line(1, "10:50", "officer", "referral", {"to": "children_social_care"}),
        Line(1, "11:20", "officer", "referral", {"to": "marac"}),
        Line(1, "11:30", "officer", "marker", {"kind": "visit_risk"}),
        Line(1, "11:40", "officer", "support_accepted", {"service": "idva"}),
        Line(1, "11:50", "officer", "referral", {"to": "idva"}),
        Line(1, "12:00", "officer", "support_offered", {"service": "children_support"}),
        Line(1, "12:30", "officer", "safety_plan", {"agreed": True}),
        Line(3, "10:00", "officer", "choice", {"choice": "leaves"}),
        Line(20, "14:00", "officer", "move", {"option": "management_transfer", "priority": "high"}),
        Line(34, "10:00", "officer", "contact", SPOKE),
        Line(35, "09:30", "officer", "logged", ON_THE_HUB),
        Line(35, "10:00", "officer", "closed", {"reason": "Moved", "outcome": "Moved and safe"}),
    ),
    (
        Person("Shanice Poole", "person_at_risk", "07700 900562", "Call from a withheld number."),
        Person("Craig Lunn", "causing_harm"),
        Person("Theo Poole", "child"),
    ),
)  # fmt: skip

# Just begun, and much of it still to do.
UNDER_WAY = Story(
    "Open, some of it done",
    (
        Line(
            0, "16:30", "adviser", "report",
            {
                "source": "contractor", "channel": "report_it", "about": "customer", "immediate_danger": False,
                "area": "Wakefield", "patch": "Wakefield", "customer_is": "survivor", "disclosed": False,
            },
            "The joiner saw the bedroom door off its hinges and her packing.",
        ),
        Line(0, "16:45", "manager", "discussion", {"with": "line_manager"}),
        Line(0, "16:50", "manager", "referral", {"to": "case_officer"}),
        Line(0, "16:55", "manager", "triaged", {"outcome": "safeguarding_contact"}),
        Line(0, "16:55", "manager", "assigned", {"to": "case_officer"}),
        Line(0, "17:10", "officer", "receipt", {"by": "case_officer"}, of=3),
        Line(1, "09:30", "officer", "contact", NO_ANSWER),
        Line(1, "14:00", "officer", "contact", {**SPOKE, "children": True, "visit_risk": True}),
        Line(1, "14:20", "officer", "logged", ON_THE_HUB),
        Line(2, "11:00", "officer", "support_offered", {"service": "idva"}),
    ),
    (Person("Priya Dunmore", "person_at_risk", "07700 900238"), Person("Lee Dunmore", "causing_harm")),
)  # fmt: skip

# Nobody has looked at it yet.
JUST_REPORTED = Story(
    "A report that waits for triage",
    (
        Line(
            0, "08:10", "adviser", "report",
            {
                "source": "third_party", "channel": "email", "about": "customer", "immediate_danger": False,
                "area": "Leeds", "patch": "Leeds East",
            },
            "A friend writes that she has not been let out all week.",
        ),
    ),
    (),
)  # fmt: skip
