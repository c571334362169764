"""One new report, with what triage needs to decide: who may take it, and the cases it might belong to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from fanlight.casework import rulings
from fanlight.casework.access import NotFound, find_case, visible_cases
from fanlight.casework.landlords import settings_of
from fanlight.casework.marac import Standing
from fanlight.casework.models import Case, Staff
from fanlight.casework.queries.case_lines import case_lines
from fanlight.casework.queries.criteria import referred_before
from fanlight.casework.queries.duty_lines import duty_line, soonest_first
from fanlight.casework.queries.likely_in_report import LikelyInReport, likely_in_report
from fanlight.casework.queries.lines import AdviceLine, CaseLine, Colleague, DutyLine, PartLine, StoryLine
from fanlight.casework.queries.ownership import WhoseCase, whose_case
from fanlight.casework.queries.person_in_case import (
    BEFORE,
    KnownFromElsewhere,
    PolicySays,
    known_from_elsewhere,
    policy_on_counter_allegations,
)
from fanlight.casework.queries.reading_lines import advice_lines, part_lines
from fanlight.casework.queries.statutory_test import StatutoryTest, statutory_test
from fanlight.casework.queries.story import story_lines, written
from fanlight.casework.queries.words import choices_of
from fanlight.policy.vocabulary import ENTRY_KINDS


@dataclass(frozen=True, slots=True)
class TriageReport:
    """The report in words, the duties that already run, and the choices.

    `outcomes` are those for opening a case, `redirects` those for sending it elsewhere, both (word, title);
    `redirect_to` are the services and roles it may go to, (word, title). `candidates` are open cases that the
    viewer may see: those found by `search` (part of a reference), else the latest of the same patch.
    `test` holds what is known against the Act, `whose` says who is proposed for it, `likely` are those whom the viewer may see and who
    may be meant by the people of the report, `known` are its people who are in other cases
    that the viewer may see, with what the policy says of counter-allegations. `marac` is how the same two people stand there, by the
    cases that the viewer may see.
    """

    reference: str
    report: StoryLine
    others: tuple[StoryLine, ...]
    people: tuple[PartLine, ...]
    danger: bool
    about: str
    deadline: datetime
    waiting: timedelta
    escalated: bool
    duties: tuple[DutyLine, ...]
    advice: tuple[AdviceLine, ...]
    outcomes: tuple[tuple[str, str], ...]
    redirects: tuple[tuple[str, str], ...]
    redirect_to: tuple[tuple[str, str], ...]
    officers: tuple[Colleague, ...]
    candidates: tuple[CaseLine, ...]
    test: StatutoryTest
    whose: WhoseCase
    likely: tuple[LikelyInReport, ...]
    known: tuple[KnownFromElsewhere, ...]
    marac: Standing | None
    policy_says: tuple[PolicySays, ...]
    abused_before: bool | None
    last_sequence: int


OUTCOMES = ("safeguarding_contact", "target_hardening", "asb_case")
REDIRECTS = ("redirect", "not_domestic_abuse")
CANDIDATES = 10


def triage_report(viewer: Staff, reference: str, *, search: str = "", now: datetime) -> TriageReport:
    """This function will give a report in status new that the viewer may triage, and NotFound for any other."""
    case, standing = find_case(viewer, reference, now=now)
    if case.status != "new" or not standing.can("report:triage"):
        raise NotFound
    landlord = settings_of(case.landlord_id)
    rows = written(case)
    story = rulings.story_of(landlord.id, [row.told for row in rows])
    ruling = rulings.rule_on(landlord.id, story, now)
    lines = story_lines(landlord.id, rows, now)
    report = next(line for line in lines if line.kind == "report" and line.struck_by is None)
    at, deadline = case.opened_at or now, case.next_at or now
    people = part_lines(case, now)
    known = known_from_elsewhere(viewer, case, people, now=now)
    whose = whose_case(viewer, case, ruling.facts, now=now)
    before = ruling.facts.get(BEFORE)
    titles = dict(rulings.vocabulary_of(landlord.id).titles_of(ENTRY_KINDS["triaged"].fields["outcome"]) or {})
    return TriageReport(
        reference=case.reference,
        report=report,
        others=tuple(line for line in lines if line is not report),
        people=people,
        danger=case.danger,
        about=case.about,
        deadline=deadline,
        waiting=now - at,
        escalated=now > deadline,
        duties=soonest_first([duty_line(landlord.id, duty) for duty in ruling.duties if duty.is_owed]),
        advice=advice_lines((*ruling.advice, *rulings.advice_for(landlord.id, story, "triaged", now))),
        outcomes=tuple((outcome, titles[outcome]) for outcome in OUTCOMES),
        redirects=tuple((outcome, titles[outcome]) for outcome in REDIRECTS),
        redirect_to=choices_of(landlord.id, ENTRY_KINDS["triaged"].fields["to"]) or (),
        officers=whose.colleagues,
        candidates=_candidates(viewer, case, search, now),
        test=statutory_test(viewer, case, ruling, now=now),
        whose=whose,
        likely=likely_in_report(viewer, case, people, now=now),
        known=known,
        marac=referred_before(case, [row.told for row in rows], viewer, now),
        policy_says=policy_on_counter_allegations(landlord.id, now) if any(one.opposite for one in known) else (),
        abused_before=before if isinstance(before, bool) else None,
        last_sequence=case.last_sequence,
    )


def _candidates(viewer: Staff, case: Case, search: str, now: datetime) -> tuple[CaseLine, ...]:
    """Cases that are still open, about the same kind of person: found by reference, or the latest of the patch."""
    open_ones = visible_cases(viewer, now=now).filter(status__in=("new", "open")).exclude(pk=case.pk)
    same = Q(about="colleague") if case.about == "colleague" else ~Q(about="colleague")
    open_ones = open_ones.filter(same)
    if wanted := search.strip().upper():
        return case_lines(open_ones.filter(reference__contains=wanted).order_by("-pk")[:CANDIDATES])
    if case.patch:
        return case_lines(open_ones.filter(patch=case.patch).order_by("-pk")[:CANDIDATES])
    return ()
