"""Tells a story to the product through its own actions, as pages do; Django must be awake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bench.stories import Line, Story, said_on
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.complete_assessment import complete_assessment
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.actions.reaching import Reach
from fanlight.casework.actions.record_consent import record_consent
from fanlight.casework.actions.record_entry import record, record_entry
from fanlight.casework.actions.redirect_report import redirect_report
from fanlight.casework.actions.refer import refer
from fanlight.casework.actions.report_abuse import report_abuse
from fanlight.casework.actions.share_information import share_information
from fanlight.casework.actions.write import Draft, write
from fanlight.casework.demo.plans import OWN, put_on_record
from fanlight.casework.instruments import Answer
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, ConsentSaid, Landlord, Staff, StaffRole
from fanlight.casework.queries.assessments import offered
from fanlight.casework.queries.reach_words import reaches_out
from fanlight.casework.referring import MARAC, is_outside
from fanlight.casework.sharing import Proposed
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

    Without `people` nobody is named in it: that is no entry, and not what a count of entries should wait for. What is of one
    person (consent, a share) is then its entry alone.
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
        elif line.kind == "referral" and fields["to"] == MARAC:
            # Its form, its documents and the share that it is are measured by themselves (bench/documents.py).
            with logged("refer", case=case, by=by, now=now) as log:
                ((locked, standing),) = log.lock(case)
                write(locked, standing, [Draft("referral", fields, note=line.note)], log=log, by=by, now=now)
            yield case, 1
        elif line.kind == "referral" and is_outside(str(fields["to"])):
            asked = {"permission": "not_asked", "reason": "It could not wait."}
            refer(case=case, to=str(fields["to"]), own_request=True, **asked, by=by, now=now)  # type: ignore[arg-type]  # each is a text
            yield case, 1
        elif line.kind == "assessment":
            _assess(case, facts, line.note, by, now)
            yield case, 1
        elif line.kind in ("consent", "share"):
            if people:
                {"consent": _consent, "share": _share}[line.kind](case, fields, by, now)
            else:
                record(f"record_{line.kind}", case, Draft(line.kind, fields, facts, line.note), by=by, now=now)
            yield case, 1
        elif line.kind in OWN:
            put_on_record(
                case, line.kind, fields=fields, facts=facts, note=line.note, reach=_reached(case, line), by=by, now=now
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
                reach=_reached(case, line),
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


def _consent(case: Case, fields: Mapping[str, object], by: Staff, now: datetime) -> None:
    service, organisation = _receiver(case, str(fields["to"]))
    record_consent(
        case=case,
        part=_at_risk(case),
        to=str(fields["to"]),
        service=service,
        purpose="support",
        answer="given" if fields["given"] else "refused",
        how="in_person",
        said=ConsentSaid(organisation=organisation, own_words="Yes.", limits="That children come first."),
        by=by,
        now=now,
    )


def _share(case: Case, fields: Mapping[str, object], by: Staff, now: datetime) -> None:
    service, organisation = _receiver(case, str(fields["to"]))
    her = _at_risk(case)
    share_information(
        case=case,
        proposed=Proposed(
            to=str(fields["to"]),
            service=service,
            organisation=organisation,
            purpose="protect_child",
            why=str(fields["reason"]),
            ground=str(fields["ground"]),
            article_6="recognised_legitimate_interest",
            article_9="paragraph_18",
            article_10="paragraph_18",
            common_law="public_interest",
            section_115=False,
            necessity="They cannot look after children of whom they do not know.",
            proportion="Her name, and that there are children.",
            means="by_phone",
            about=(her,),
            items=(f"who.{her}.name",),
            without="would_prejudice",
            why_without="He was in the house, and hears what she says.",
        ),
        by=by,
        now=now,
    )


def _receiver(case: Case, to: str) -> tuple[str, str]:
    """The service of the directory by its id, or else an organisation by its name."""
    known = settings_of(case.landlord_id).services_of(to, case.area)
    return (known[0].id, "") if known else ("", "Their duty team")


def _at_risk(case: Case) -> int:
    return case.parts.get(part="person_at_risk").pk


def _reached(case: Case, line: Line) -> Reach | None:
    """How somebody was reached by an entry that reaches out: they rang back, where there was no answer the first time."""
    if not reaches_out(line.kind, line.said):
        return None
    her = case.parts.filter(part="person_at_risk").first()
    part = her.pk if her else None
    if line.kind == "visit":
        return Reach("visit", part, value="" if part is None else "4 Alder Court, Exampleton, ZZ1 1ZZ", two_attend=True)
    if line.kind == "interview":
        return Reach("in_person", part)
    if line.said.get("result") == "no_answer":
        return Reach("phone", part, way="" if part is None else "noted")
    return Reach("they_reached_us", part)


def _split(line: Line, first: date) -> tuple[Mapping[str, object], Mapping[str, object]]:
    own = ENTRY_KINDS[line.kind].fields
    said = said_on(line, first)
    return (
        {name: value for name, value in said.items() if name in own},
        {name: value for name, value in said.items() if name not in own},
    )
