"""What a ruling says beside the duties, as lines: questions, options, advice, people, hand-overs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from fanlight.casework import rulings, sql
from fanlight.casework.access import is_seen, why_not_receive
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, Part, Referral, Staff, names_of, one_with
from fanlight.casework.models.part import OPPOSED, PARTS
from fanlight.casework.queries.lines import (
    AdviceLine,
    Decides,
    HandoverLine,
    Offer,
    OptionLine,
    PartElsewhere,
    PartLine,
    QuestionLine,
)
from fanlight.casework.queries.ways import lines_of_case, noted_line, way_lines
from fanlight.casework.queries.wishes import wish_lines, wishes_of_case
from fanlight.casework.queries.words import answer_in_words, choices_of, in_words, minutes_in_words, recipient_title
from fanlight.casework.rulings import Advice, DutyRow, OptionRow, Ruling, Told
from fanlight.policy.vocabulary import DERIVED, ENTRY_KINDS, Term

_PART: sql.Columns = (
    Part,
    "part",
    ("id", "mark", "part", "staff_id", "sealed_name", "sealed_safe_contact", "sealed_phone"),
)


def question_lines(landlord_id: str, ruling: Ruling) -> tuple[QuestionLine, ...]:
    """This function will give what nobody has asked yet, those that decide most first."""
    vocabulary = rulings.vocabulary_of(landlord_id)
    lines: list[QuestionLine] = []
    for question in ruling.questions:
        term = vocabulary.facts.get(question.fact) or Term(question.fact, "text", in_words(question.fact))
        decides = tuple(_decides(landlord_id, ruling.policy, row) for row in question.decides)
        lines.append(QuestionLine(term.name, term.ask, term, choices_of(landlord_id, term) or (), decides))
    return tuple(sorted(lines, key=lambda line: -len(line.decides)))


def _decides(landlord_id: str, version: str, row_id: str) -> Decides:
    row = rulings.row_of(landlord_id, version, row_id)
    if isinstance(row, DutyRow):
        return Decides(row_id, "duty", row.clause, row.must)
    if isinstance(row, OptionRow):
        return Decides(row_id, "option", row.clause, row.title)
    return Decides(row_id, "", row.clause if row else "", in_words(row_id))


def option_lines(landlord_id: str, ruling: Ruling, area: str) -> tuple[OptionLine, ...]:
    """This function will give what the policy offers, with the services that work in the area."""
    return tuple(
        OptionLine(
            row=option.row.id,
            clause=option.row.clause,
            reading=option.row.reading,
            title=option.row.title,
            offers=tuple(_offer(landlord_id, item, area) for item in option.row.offer),
        )
        for option in ruling.options
    )


def _offer(landlord_id: str, item: str, area: str) -> Offer:
    services = rulings.vocabulary_of(landlord_id).services
    if item in services:
        return Offer(services[item], "referral", item, settings_of(landlord_id).services_of(item, area))
    if item in ENTRY_KINDS:
        return Offer(ENTRY_KINDS[item].title, item)
    return Offer(item, "")


def advice_lines(advice: Iterable[Advice]) -> tuple[AdviceLine, ...]:
    """This function will give the policy's advice."""
    return tuple(AdviceLine(one.row.id, one.row.clause, one.row.reading, one.row.say) for one in advice)


def fact_lines(landlord_id: str, told: Iterable[Told], ruling: Ruling) -> tuple[tuple[str, str], ...]:
    """This function will give what is known so far as (question, answer).

    The grade that an assessment gave is left out where the policy grades by rules of its own and has a grade.
    """
    vocabulary = rulings.vocabulary_of(landlord_id)
    is_graded = "grade" in ruling.facts and rulings.has_grades(landlord_id, ruling.policy)
    lines: list[tuple[str, str]] = []
    for name, value in rulings.known_facts(landlord_id, told, ruling).items():
        term = vocabulary.facts.get(name) or DERIVED.get(name)
        if name == "response_minutes" and isinstance(value, int | float):
            lines.append(
                (
                    "From the first report to the first safe conversation, by when they took place",
                    minutes_in_words(value),
                )
            )
        elif name != "grade_given" or not (is_graded or value == "none"):
            lines.append((term.ask if term else in_words(name), answer_in_words(term, value, vocabulary)))
    return tuple(lines)


def proposed_questions(landlord_id: str, ruling: Ruling, asked: Iterable[str]) -> tuple[QuestionLine, ...]:
    """This function will give questions about facts that nobody has stated; with what they decide, where the policy waits for them."""
    waiting = {line.fact: line for line in question_lines(landlord_id, ruling)}
    facts = rulings.vocabulary_of(landlord_id).facts
    return tuple(
        waiting.get(fact) or QuestionLine(fact, facts[fact].ask, facts[fact], (), ())
        for fact in asked
        if fact not in ruling.facts
    )


def _elsewhere(viewer: Staff, case: Case, now: datetime) -> sql.Read:
    """How it is read who is at risk here or causes harm, and is either in another case; one that is hidden is not there."""
    seen, values = is_seen(viewer, now=now)
    # Those few first, which the limit sees to, and whether they are seen of each: never from all that somebody sees.
    which = f"""from (
            select mine.id, mine.part, theirs.case_id, theirs.part as other, theirs.id as later
            from casework_part mine join casework_person me on me.id = mine.person_id
            {one_with("me", "same")}
            join casework_part theirs on theirs.person_id = same.id and theirs.case_id <> mine.case_id
            where mine.case_id = %s and mine.part in ('person_at_risk', 'causing_harm')
            and theirs.part in ('person_at_risk', 'causing_harm')
            order by theirs.case_id desc, theirs.id limit {_PAIRS}) pair
        join casework_case on casework_case.id = pair.case_id
        where {seen} order by pair.case_id desc, pair.later"""  # noqa: S608 - a number of ours and places for parameters alone
    return sql.Read(which, [case.pk, *values], also=("pair.id", "pair.part", "casework_case.reference", "pair.other"))


_PAIRS = 500
"""So many parts in other cases are looked at, of the people of one: more than anybody has."""


def part_lines(case: Case, now: datetime | None = None, *, viewer: Staff | None = None) -> tuple[PartLine, ...]:
    """This function will give the people in a case, those at risk first, as this landlord calls them.

    With `now`, each with the ways of reaching them that the case knows, as they stand then, and with what they want; with a viewer
    too, where they are at risk or cause harm in other cases that the viewer may see: in the same journey.
    """
    words = settings_of(case.landlord_id).words
    titles = {
        **dict(PARTS),
        "person_at_risk": words["person_at_risk"].capitalize(),
        "causing_harm": words["person_causing_harm"].capitalize(),
    }
    order = [part for part, _ in PARTS]
    which = """from casework_part part left join casework_person person on person.id = part.person_id
        where part.case_id = %s order by part.id"""
    rows, *known = sql.select_together(
        sql.Read(which, [case.pk], (_PART,), ("coalesce(person.merged_into_id, person.id)",)),
        *([lines_of_case(case), wishes_of_case(case)] if now else []),
        *([_elsewhere(viewer, case, now)] if now and viewer else []),
    )
    elsewhere: dict[int, tuple[PartElsewhere, ...]] = {}
    for number, part, reference, theirs in known.pop() if now and viewer else ():
        line = PartElsewhere(reference, theirs, titles[theirs], OPPOSED[part] == theirs)
        elsewhere[number] = tuple(dict.fromkeys((*elsewhere.get(number, ()), line)))
    ways, wants = (way_lines(case, known[0], now), wish_lines(case, known[1])) if now and known else ({}, {})
    lines: list[PartLine] = []
    for *said, root in rows:
        one = Part(case_id=case.pk, **dict(zip(_PART[2], said, strict=True)))
        name, phone, note = one.name, one.phone, one.safe_contact
        theirs = ways.get(root, ())
        if now and (noted := noted_line(phone, note)) and not any(way.value == phone for way in theirs if phone):
            theirs = (*theirs, noted)
        works_here = one.staff_id is not None
        title, others = titles[one.part], elsewhere.get(one.pk, ())
        wish = wants.get(one.pk)
        lines.append(PartLine(one.pk, name, one.part, title, note, phone, works_here, theirs, others, wish))
    return tuple(sorted(lines, key=lambda line: order.index(line.part)))


def handover_lines(
    viewer: Staff, referrals: Sequence[Referral], now: datetime, names: Mapping[int | None, str] | None = None
) -> tuple[HandoverLine, ...]:
    """This function will give hand-overs; each referral is read with its case, and the names of colleagues if they are not known."""
    if names is None:
        names = names_of(person for referral in referrals for person in (referral.to_staff_id, referral.sent_by_id))
    return tuple(
        HandoverLine(
            reference=referral.case.reference,
            sequence=referral.sequence,
            to=referral.to,
            to_title=recipient_title(referral.landlord_id, referral.to),
            to_staff=names[referral.to_staff_id],
            sent_by=names[referral.sent_by_id],
            sent_at=referral.sent_at,
            waiting=now - referral.sent_at,
            for_me=referral.to_staff_id == viewer.pk,
            may_receive=not why_not_receive(
                viewer, to=referral.to, to_staff_id=referral.to_staff_id, sent_by_id=referral.sent_by_id
            ),
        )
        for referral in referrals
    )
