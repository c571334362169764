"""The statutory test at triage: what is known of a report held against the Act, what to ask, and what becomes of it if that is so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fanlight.casework import keys, rulings, sql
from fanlight.casework.access import NotFound, can, find_case
from fanlight.casework.models import Case, Part, Person, Staff
from fanlight.casework.queries.lines import FieldLine
from fanlight.casework.queries.person_in_case import relation_rows, relations_that_hold
from fanlight.casework.queries.words import field_line
from fanlight.casework.rulings import Ruling
from fanlight.casework.statute import Finding, Known, Outcome, age_on, find, statute_at
from fanlight.present import day_of

FACTS = ("survivor_age", "perpetrator_age", "connection", "behaviour")
_PARTIES = {"person_at_risk": "survivor_age", "causing_harm": "perpetrator_age"}


@dataclass(frozen=True, slots=True)
class PartOfTest:
    """One part of the test: yes, no, or None for not known; why; where the law says so; and from where it is known."""

    fact: str
    holds: bool | None
    because: str
    cite: str
    known_from: str


@dataclass(frozen=True, slots=True)
class StatutoryTest:
    """What the test found and what it proposes: `do` is open, redirect, or nothing; with the outcome of triage, and where it goes.

    `ask` are the questions that are still to be asked, in words. Whoever triages decides.
    """

    outcome: Outcome
    act: str
    source: str
    says: str
    parts: tuple[PartOfTest, ...]
    ask: tuple[str, ...]
    is_child_too: bool
    child_cite: str
    do: str
    triage_outcome: str
    to: str


@dataclass(frozen=True, slots=True)
class FormOfTest:
    """The questions of the test, each with what is known already."""

    reference: str
    fields: tuple[FieldLine, ...]
    last_sequence: int


_SAYS: Mapping[Outcome, str] = {
    "fits": "This is domestic abuse as the Act has it.",
    "child": "This is child abuse, not domestic abuse: it goes to safeguarding children.",
    "harm_by_child": (
        "The person causing harm is under 16, and the Act needs both to be 16 or over: tell safeguarding children of that child. "
        "The person at risk is supported as anybody else is: open a case for them."
    ),
    "does_not_fit": "This is not domestic abuse as the Act has it. Send it to whoever deals with it: nothing is dropped.",
    "not_known": "Not known yet: ask what is missing. Not asked is not the same as no.",
}
_PROPOSES: Mapping[Outcome, tuple[str, str, str]] = {
    "fits": ("open", "safeguarding_contact", ""),
    "child": ("redirect", "redirect", "safeguarding_children_team"),
    "harm_by_child": ("open", "safeguarding_contact", ""),
    "does_not_fit": ("redirect", "redirect", ""),
    "not_known": ("", "", ""),
}


def statutory_test(viewer: Staff, case: Case, ruling: Ruling, *, now: datetime) -> StatutoryTest:
    """This function will hold what is known of a case against the Act."""
    statute = statute_at(day_of(now))
    known, from_where = _known(viewer, case, ruling, day_of(now))
    found = find(known, statute)
    facts = rulings.vocabulary_of(case.landlord_id).facts
    do, triage_outcome, to = _PROPOSES[found.outcome]
    return StatutoryTest(
        outcome=found.outcome,
        act=statute.name,
        source=statute.source,
        says=_SAYS[found.outcome],
        parts=_parts(found, from_where),
        ask=tuple(facts[fact].ask for fact in found.ask),
        is_child_too=found.is_child_too,
        child_cite=statute.child_cite,
        do=do,
        triage_outcome=triage_outcome,
        to=to,
    )


def _parts(found: Finding, from_where: Mapping[str, str]) -> tuple[PartOfTest, ...]:
    return tuple(
        PartOfTest(part.name, part.holds, part.because, part.cite, from_where.get(part.name, ""))
        for part in found.parts
    )


def form_of_test(viewer: Staff, reference: str, *, now: datetime) -> FormOfTest:
    """This function will give the questions of the test for a new report that the viewer may triage, and NotFound for any other."""
    case, standing = find_case(viewer, reference, now=now)
    if case.status != "new" or not standing.can("report:triage"):
        raise NotFound
    landlord = case.landlord_id
    facts = rulings.owed_on(landlord, rulings.story_of(landlord, rulings.told(case)), now).facts
    terms = rulings.vocabulary_of(landlord).facts
    return FormOfTest(
        reference=case.reference,
        fields=tuple(field_line(landlord, terms[fact], value=facts.get(fact), is_fact=True) for fact in FACTS),
        last_sequence=case.last_sequence,
    )


def _known(viewer: Staff, case: Case, ruling: Ruling, today: date) -> tuple[Known, Mapping[str, str]]:
    """What is known: by the facts of the case, by dates of birth in the register, by how its people stand to each other."""
    from_where: dict[str, str] = {}
    parties = _parties(case)
    ages: dict[str, float | None] = {}
    for part, fact in _PARTIES.items():
        ages[fact] = _age(viewer, parties.get(part, ()), today)
        if ages[fact] is not None:
            from_where[fact] = "by the date of birth in the register"
        elif isinstance(told := ruling.facts.get(fact), int | float) and not isinstance(told, bool):
            ages[fact] = told
            from_where[fact] = "as this report was told"
    ways = _words(ruling.facts.get("connection"))
    related = _related(case, parties)
    if related - ways:
        from_where["connection"] = "by what is said of the people of the case"
    kinds = _words(ruling.facts.get("behaviour"))
    return Known(ages["survivor_age"], ages["perpetrator_age"], ways | related, kinds), from_where


def _words(said: object) -> frozenset[str]:
    return frozenset(said) if isinstance(said, frozenset | set | tuple | list) else frozenset()


_PART: sql.Columns = (Part, "part", ("part", "id", "person_id"))


def _parties(case: Case) -> Mapping[str, tuple[tuple[int, int | None], ...]]:
    """The people at risk and those causing harm: (id of the part, who they are in the register)."""
    which = "from casework_part part where part.case_id = %s and part.part in ('person_at_risk', 'causing_harm') order by part.id"
    found: dict[str, tuple[tuple[int, int | None], ...]] = {}
    for part, number, person in sql.select(which, [case.pk], _PART):
        found[part] = (*found.get(part, ()), (number, person))
    return found


def _age(viewer: Staff, parties: Sequence[tuple[int, int | None]], today: date) -> int | None:
    """The age of the one who has a part, by their date of birth; of several nobody can say whose is meant."""
    if len(parties) != 1 or parties[0][1] is None:
        return None
    named = Person.objects.filter(pk=parties[0][1]).select_related("merged_into").first()
    person = named and (named.merged_into or named)
    if person is None or (person.first_case_id is None and not can(viewer, "register:see")):
        return None
    try:
        born = person.details.born
    except keys.Unreadable:
        return None
    return age_on(born, today) if born else None


def _related(case: Case, parties: Mapping[str, Sequence[tuple[int, int | None]]]) -> frozenset[str]:
    at_risk = {number for number, _ in parties.get("person_at_risk", ())}
    harming = {number for number, _ in parties.get("causing_harm", ())}
    if not at_risk or not harming:
        return frozenset()
    return frozenset(
        row.kind
        for row in relations_that_hold(relation_rows(case))
        if (row.one_id in at_risk and row.other_id in harming) or (row.one_id in harming and row.other_id in at_risk)
    )
