"""Tells a story to the product through its own actions, as pages do; Django must be awake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bench.stories import Line, Story, said_on
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.complete_assessment import complete_assessment
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.actions.reaching import Reach
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.redirect_report import redirect_report
from fanlight.casework.actions.refer import refer
from fanlight.casework.actions.report_abuse import report_abuse
from fanlight.casework.demo.plans import OWN, put_on_record
from fanlight.casework.instruments import Answer
from fanlight.casework.models import Case, Landlord, Staff, StaffRole
from fanlight.casework.queries.assessments import offered
from fanlight.casework.queries.reach_words import reaches_out
from fanlight.casework.referring import is_outside
from fanlight.policy.vocabulary import ENTRY_KINDS

LANDLORD = "connect"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who tells a story: who took the report, who triages, and the officer who leads."""

    adviser: Staff
    manager: Staff
    officer: Staff

    def who(self, line: Line) -> Staff:
        """This function will give whoever made an entry."""
        return {"adviser": self.adviser, "manager": self.manager, "officer": self.officer}[line.by]


def colleague(name: str, role: str, patches: tuple[str, ...] = (), *, password: str | None = None) -> Staff:
    """This function will make somebody on staff. Without a password nobody can sign in as them."""
    landlord, _ = Landlord.objects.get_or_create(id=LANDLORD, defaults={"name": "Connect Housing"})
    staff = Staff(landlord=landlord)
    staff.name, staff.email = name, f"{name.lower().replace(' ', '.')}@connect.example"
    staff.set_password(password)
    staff.save()
    StaffRole.objects.create(landlord=landlord, staff=staff, role=role, patches=list(patches))
    return staff


def cast_of(officer: Staff) -> Cast:
    """This function will give an officer the adviser and the manager whom all officers share."""
    found = {role: Staff.objects.filter(roles__role=role).first() for role in ("all_staff", "line_manager")}
    adviser, manager = found["all_staff"], found["line_manager"]
    return Cast(
        adviser or colleague("Ade Bright", "all_staff"),
        manager or colleague("Joan Farrier", "line_manager"),
        officer,
    )


def tell(story: Story, first: date, cast: Cast) -> Case:
    """This function will make the case of a story that begins on a day, and give it."""
    steps = telling(story, first, cast)
    case, _ = next(steps)
    for _ in steps:
        pass
    return case


def telling(story: Story, first: date, cast: Cast, *, people: bool = True) -> Iterator[tuple[Case, int]]:
    """This function will make the case action by action, giving after each how many entries it wrote.

    Without `people` nobody is named in it: that is no entry, and not what a count of entries should wait for.
    """
    lines = list(story.lines)
    report = lines.pop(0)
    fields, facts = _split(report, first)
    case = report_abuse(fields=fields, facts=facts, note=report.note, by=cast.adviser, now=report.at(first))
    yield case, 1
    named = not people
    while lines:
        line = lines.pop(0)
        by, now = cast.who(line), line.at(first)
        fields, facts = _split(line, first)
        following = lines[0] if lines else None
        if line.kind == "triaged" and following and following.kind == "assigned":
            role = str(lines.pop(0).said["to"])
            outcome = str(fields["outcome"])
            open_case(
                case=case, outcome=outcome, lead=cast.officer, role=role, facts=facts, note=line.note, by=by, now=now
            )
            yield case, 2
        elif line.kind == "triaged" and following and following.kind == "closed":
            reason = str(lines.pop(0).said["reason"])
            redirect_report(case=case, outcome=str(fields["outcome"]), reason=reason, by=by, now=now)
            yield case, 2
        elif line.kind == "closed":
            close_case(case=case, reason=str(fields["reason"]), outcome=str(fields.get("outcome", "")), by=by, now=now)
            yield case, 1
        elif line.kind == "referral" and is_outside(str(fields["to"])):
            asked = {"permission": "not_asked", "reason": "It could not wait."}
            refer(case=case, to=str(fields["to"]), note=line.note, own_request=True, **asked, by=by, now=now)  # type: ignore[arg-type]  # each is a text
            yield case, 1
        elif line.kind == "assessment":
            _assess(case, facts, line.note, by, now)
            yield case, 1
        elif line.kind in OWN:
            put_on_record(
                case, line.kind, fields=fields, facts=facts, note=line.note, reach=_reached(line), by=by, now=now
            )
            yield case, 1
        else:
            record_entry(
                case=case,
                kind=line.kind,
                fields=fields,
                facts=facts,
                note=line.note,
                of_sequence=line.of,
                reach=_reached(line),
                by=by,
                now=now,
            )
            yield case, 1
        if not named and line.by == "officer":
            named = True
            for person in story.people:
                add_part(
                    case=case, name=person.name, part=person.part, phone=person.phone,
                    safe_contact=person.safe_contact, not_them="Another household.", by=by, now=now,
                )  # fmt: skip


def _assess(case: Case, facts: Mapping[str, object], note: str, by: Staff, now: datetime) -> None:
    """An assessment of the score that the story tells: the items that state its facts, and as many others as it takes."""
    instrument = offered(case.landlord_id, now)["dash"]
    yes = {item.key for item in instrument.items if facts.get(item.states) is True}
    plain = [item.key for item in instrument.items if not item.decides]
    yes.update(plain[: int(str(facts["score"])) - len(yes)])
    complete_assessment(
        case=case,
        instrument=instrument.id,
        answers={item.key: Answer("yes" if item.key in yes else "no") for item in instrument.items},
        judged_high=facts["judged_high"] is True,
        reason="As she told it, and as we saw it.",
        incidents=2,
        note=note,
        by=by,
        now=now,
    )


def _reached(line: Line) -> Reach | None:
    """How somebody was reached by an entry that reaches out: they rang back, where there was no answer the first time."""
    if not reaches_out(line.kind, line.said):
        return None
    if line.kind == "visit":
        return Reach("visit", two_attend=True)
    if line.kind == "interview":
        return Reach("in_person")
    return Reach("phone" if line.said.get("result") == "no_answer" else "they_reached_us")


def _split(line: Line, first: date) -> tuple[Mapping[str, object], Mapping[str, object]]:
    own = ENTRY_KINDS[line.kind].fields
    said = said_on(line, first)
    return (
        {name: value for name, value in said.items() if name in own},
        {name: value for name, value in said.items() if name not in own},
    )
