"""The page of a person in a case: who they are, their part, how they stand to the others, and their part in other cases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fanlight.casework import keys, rulings, sql
from fanlight.casework.access import NotFound, can, find_case, is_visible
from fanlight.casework.models import Case, ChildSaid, Part, PartChange, Person, PersonDetails, Relation, Staff, names_of
from fanlight.casework.models.part import OPPOSED
from fanlight.casework.models.relations import KINDS, ONE_WAY, WHY_CHANGED
from fanlight.casework.queries.case_page import OF_A_CHILD, may_in
from fanlight.casework.queries.lines import May, PartLine, QuestionLine
from fanlight.casework.queries.reading_lines import part_lines, proposed_questions
from fanlight.casework.queries.staff import parts_to_choose
from fanlight.casework.rulings import AdviceRow, DutyRow, Ruling
from fanlight.casework.statute import Statute, age_on, statute_at
from fanlight.present import day_of

AGES: Mapping[str, str] = {"person_at_risk": "survivor_age", "causing_harm": "perpetrator_age"}
COUNTER = "counter_allegation"
BEFORE = "abused_before"


@dataclass(frozen=True, slots=True)
class RelationLine:
    """How somebody stands to another of the case: `cite` is the provision of the Act for one of its ways, and empty otherwise.

    `towards` is true where it is said of them towards the other (they hold parental responsibility for the other).
    """

    id: int
    other: PartLine
    kind: str
    title: str
    cite: str
    is_past: bool | None
    towards: bool
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class RelationBefore:
    """A statement that was ended or taken back since."""

    other: str
    title: str
    became: str
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change of their part in the case."""

    was: str
    became: str
    why: str
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ChildLine:
    """What was last said of a child, and by whom."""

    lives: str
    school: str
    responsibility: str
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Their part in another case that the viewer may see. `is_opposite`: at risk in the one, causing harm in the other."""

    reference: str
    part: str
    part_title: str
    status: str
    opened_at: datetime | None
    is_opposite: bool


@dataclass(frozen=True, slots=True)
class PolicySays:
    """What the policy says of something: a duty, advice or an offer, with its clause."""

    clause: str
    says: str
    is_duty: bool


@dataclass(frozen=True, slots=True)
class PersonInCase:
    """Somebody in a case.

    `age_is_of` says where the age comes from. `is_child_too`: 16 or 17, a possible party under the Act and a child for safeguarding.
    `elsewhere` are their parts in other cases that the viewer may see, the latest first; `policy_says` is of a counter-allegation.
    `questions` are proposed because of who they are, and asked in place. `missing` is what of a child nobody has said yet.
    """

    reference: str
    person: PartLine
    details: PersonDetails | None
    age: int | None
    age_is_of: str
    is_child_too: bool
    act: str
    age_cite: str
    child_cite: str
    relations: tuple[RelationLine, ...]
    relations_before: tuple[RelationBefore, ...]
    changes: tuple[ChangeLine, ...]
    child: ChildLine | None
    missing: tuple[str, ...]
    elsewhere: tuple[Elsewhere, ...]
    policy_says: tuple[PolicySays, ...]
    counter_allegation: bool | None
    others: tuple[PartLine, ...]
    questions: tuple[QuestionLine, ...]
    may: May
    last_sequence: int

    @property
    def opposite(self) -> tuple[Elsewhere, ...]:
        """The cases in which they have the opposite part."""
        return tuple(one for one in self.elsewhere if one.is_opposite)

    @property
    def harms_elsewhere(self) -> tuple[Elsewhere, ...]:
        """The other cases in which they cause harm, of somebody who does so here."""
        return self._same("causing_harm")

    @property
    def at_risk_elsewhere(self) -> tuple[Elsewhere, ...]:
        """The other cases in which they are at risk, of somebody who is so here: whether it has happened before is proposed by them."""
        return self._same("person_at_risk")

    @property
    def rest_elsewhere(self) -> tuple[Elsewhere, ...]:
        """Their parts in other cases that nothing follows from."""
        told = {*self.opposite, *self.harms_elsewhere, *self.at_risk_elsewhere}
        return tuple(one for one in self.elsewhere if one not in told)

    def _same(self, part: str) -> tuple[Elsewhere, ...]:
        return tuple(one for one in self.elsewhere if one.part == part) if self.person.part == part else ()


def person_in_case(viewer: Staff, reference: str, number: int, *, now: datetime) -> PersonInCase:
    """This function will give somebody in a case. Raises NotFound, for a case that the viewer may not see as for nobody."""
    case, standing = find_case(viewer, reference, now=now)
    people = {one.id: one for one in part_lines(case)}
    if number not in people:
        raise NotFound
    person = people[number]
    story = rulings.story_of(case.landlord_id, rulings.told(case))
    ruling = rulings.rule_on(case.landlord_id, story, now)
    statute = statute_at(day_of(now))
    registered = Part.objects.filter(pk=number).values_list("person_id", flat=True)[0]
    details = _details(viewer, registered)
    age, age_is_of = _age(person, details, ruling, people.values(), day_of(now))
    relations, before = _relations(case, people, number, statute)
    child = _child(number) if person.part == "child" else None
    elsewhere = _elsewhere(viewer, case, person.part, registered, now)
    may = may_in(case, standing)
    return PersonInCase(
        reference=case.reference,
        person=person,
        details=details,
        age=age,
        age_is_of=age_is_of,
        is_child_too=age is not None and statute.age <= age < statute.child_until,
        act=statute.name,
        age_cite=statute.age_cite,
        child_cite=statute.child_cite,
        relations=relations,
        relations_before=before,
        changes=_changes(number, parts_to_choose(viewer)),
        child=child,
        missing=_missing(person, child, relations, people.values()),
        elsewhere=elsewhere,
        policy_says=policy_on_counter_allegations(case.landlord_id, now),
        counter_allegation=_yes_or_no(ruling.facts.get(COUNTER)),
        others=tuple(one for one in people.values() if one.id != number),
        questions=_questions(case, ruling, person, elsewhere),
        may=may,
        last_sequence=case.last_sequence,
    )


def _yes_or_no(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


# ── Who they are ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _details(viewer: Staff, registered: int | None) -> PersonDetails | None:
    """Who they are in the register. One whom the housing system knows is shown to whoever may see the register."""
    found = Person.objects.filter(pk=registered).select_related("merged_into").first() if registered else None
    if found is None:
        return None
    person = found.merged_into or found
    if person.first_case_id is None and not can(viewer, "register:see"):
        return None
    try:
        return person.details
    except keys.Unreadable:
        return None


def _age(
    person: PartLine, details: PersonDetails | None, ruling: Ruling, people: Iterable[PartLine], today: date
) -> tuple[int | None, str]:
    """By their date of birth, or by the age that the case was told of the one person who has their part."""
    if details is not None and details.born is not None:
        return age_on(details.born, today), "by the date of birth in the register"
    fact = AGES.get(person.part, "")
    told = ruling.facts.get(fact)
    alone = sum(one.part == person.part for one in people) == 1
    if isinstance(told, int | float) and not isinstance(told, bool) and alone:
        return int(told), "as this case was told"
    return None, ""


# ── How they stand to the others ─────────────────────────────────────────────────────────────────────────────────────

_RELATION: sql.Columns = (
    Relation,
    "relation",
    ("id", "mark", "one_id", "other_id", "kind", "is_past", "sealed_note", "answers_id", "holds", "at", "by_id"),
)


def relation_rows(case: Case) -> list[Relation]:
    """This function will read every statement of a case about how its people stand to each other, in order."""
    rows = sql.select(
        "from casework_relation relation where relation.case_id = %s order by relation.id", [case.pk], _RELATION
    )
    return [Relation(case_id=case.pk, **dict(zip(_RELATION[2], row, strict=True))) for row in rows]


def relations_that_hold(rows: Sequence[Relation]) -> list[Relation]:
    """This function will give the statements that nobody has answered since, and that were not taken back."""
    answered = {row.answers_id for row in rows}
    return [row for row in rows if row.holds and row.pk not in answered]


def _relations(
    case: Case, people: Mapping[int, PartLine], number: int, statute: Statute
) -> tuple[tuple[RelationLine, ...], tuple[RelationBefore, ...]]:
    rows = [row for row in relation_rows(case) if number in (row.one_id, row.other_id)]
    names = names_of(row.by_id for row in rows)
    titles = dict(KINDS)
    now = tuple(
        RelationLine(
            id=row.pk,
            other=people[_other(row, number)],
            kind=row.kind,
            title=relation_in_words(row.kind, towards=row.one_id == number),
            cite=statute.ways.get(row.kind, ""),
            is_past=row.is_past,
            towards=row.one_id == number,
            note=row.note,
            at=row.at,
            by=names[row.by_id],
        )
        for row in relations_that_hold(rows)
    )
    by_id = {row.pk: row for row in rows}
    before = tuple(
        RelationBefore(
            other=people[_other(row, number)].name,
            title=titles[row.kind],
            became="Over" if row.holds else "Recorded in error",
            note=row.note,
            at=row.at,
            by=names[row.by_id],
        )
        for row in rows
        if row.answers_id in by_id
    )
    return now, before[::-1]


def _other(row: Relation, number: int) -> int:
    return row.other_id if row.one_id == number else row.one_id


_TOWARDS: Mapping[tuple[str, bool], str] = {
    ("parental_responsibility", True): "This person holds parental responsibility for them",
    ("parental_responsibility", False): "They hold parental responsibility for this person",
    ("cares_for", True): "This person cares for them",
    ("cares_for", False): "They care for this person",
}


def relation_in_words(kind: str, *, towards: bool) -> str:
    """This function will say a relation from one side of it."""
    return _TOWARDS[kind, towards] if kind in ONE_WAY else dict(KINDS)[kind]


# ── Children, and parts that changed ─────────────────────────────────────────────────────────────────────────────────


def _child(number: int) -> ChildLine | None:
    row = ChildSaid.objects.filter(part=number).order_by("-pk").first()
    if row is None:
        return None
    by = names_of([row.by_id])[row.by_id]
    return ChildLine(row.lives, row.school, row.responsibility, row.note, row.at, by)


def _missing(
    person: PartLine, child: ChildLine | None, relations: Sequence[RelationLine], people: Iterable[PartLine]
) -> tuple[str, ...]:
    """What nobody has said of a child yet: how they stand to both, where they live, the school, who holds parental responsibility."""
    if person.part != "child":
        return ()
    related = {line.other.id for line in relations}
    missing = [
        f"how they stand to {one.name} ({one.part_title.lower()})"
        for one in people
        if one.part in OPPOSED and one.id not in related
    ]
    responsible = any(line.kind == "parental_responsibility" and not line.towards for line in relations)
    missing += [
        words
        for is_said, words in (
            (child and child.lives, "where they live"),
            (child and child.school, "which school they go to"),
            ((child and child.responsibility) or responsible, "who holds parental responsibility"),
        )
        if not is_said
    ]
    return tuple(missing)


def _changes(number: int, titles: Mapping[str, str]) -> tuple[ChangeLine, ...]:
    rows = list(PartChange.objects.filter(part=number).order_by("-pk"))
    names = names_of(row.by_id for row in rows)
    return tuple(
        ChangeLine(
            titles[row.was], titles[row.became], dict(WHY_CHANGED)[row.why], row.reason, row.at, names[row.by_id]
        )
        for row in rows
    )


# ── Their part in other cases ────────────────────────────────────────────────────────────────────────────────────────


def _elsewhere(viewer: Staff, case: Case, part: str, registered: int | None, now: datetime) -> tuple[Elsewhere, ...]:
    """Their parts in the other cases that the viewer may see, and in no others: what is hidden changes nothing."""
    titles = parts_to_choose(viewer)
    return tuple(
        Elsewhere(reference, theirs, titles[theirs], status, opened_at, OPPOSED.get(part) == theirs)
        for _, reference, theirs, status, opened_at in parts_elsewhere(viewer, case, [registered], now=now)
    )


def parts_elsewhere(
    viewer: Staff, case: Case, registered: Iterable[int | None], *, now: datetime
) -> list[tuple[int, str, str, str, datetime | None]]:
    """This function will read the parts of people of the register in the other cases that the viewer may see, the latest case first.

    Each is (person, reference, part, status, opened at), where person is the one of `registered` whom it concerns; people
    who were merged count as one.
    """
    wanted = sorted({one for one in registered if one is not None})
    if not wanted:
        return []
    same = _the_same_people(wanted)
    is_seen, values = is_visible(viewer, "matter.id", now=now)
    which = f"""from casework_part part join casework_case matter on matter.id = part.case_id
        where part.person_id in ({sql.marks(list(same))}) and part.case_id <> %s and {is_seen}
        order by part.case_id desc, part.id"""
    rows: list[list[Any]] = sql.select(
        which,
        [*same, case.pk, *values],
        (Part, "part", ("person_id", "part")),
        (Case, "matter", ("reference", "status", "opened_at")),
    )
    found = [(same[person], reference, part, status, opened) for person, part, reference, status, opened in rows]
    return list(dict.fromkeys(found))


def _the_same_people(wanted: Sequence[int]) -> dict[int, int]:
    """Everybody who is one with somebody wanted since they were merged: their id → the one wanted."""
    roots: dict[int, int] = {}
    merged = f"from casework_person person where person.id in ({sql.marks(wanted)})"
    for person, into in sql.select(merged, wanted, also=("person.id", "person.merged_into_id")):
        roots.setdefault(into or person, person)
    same = dict(roots)
    others = f"from casework_person person where person.merged_into_id in ({sql.marks(list(roots))})"
    for person, into in sql.select(others, list(roots), also=("person.id", "person.merged_into_id")):
        same[person] = roots[into]
    return same


@dataclass(frozen=True, slots=True)
class KnownFromElsewhere:
    """Somebody of a report with their parts in other cases that the viewer may see."""

    person: PartLine
    elsewhere: tuple[Elsewhere, ...]

    @property
    def opposite(self) -> tuple[Elsewhere, ...]:
        """The cases in which they have the opposite part."""
        return tuple(one for one in self.elsewhere if one.is_opposite)

    @property
    def the_same(self) -> tuple[Elsewhere, ...]:
        """The cases in which they have the part that they have here, where it is that of somebody at risk or causing harm."""
        return tuple(one for one in self.elsewhere if one.part == self.person.part and one.part in OPPOSED)


def known_from_elsewhere(
    viewer: Staff, case: Case, people: Sequence[PartLine], *, now: datetime
) -> tuple[KnownFromElsewhere, ...]:
    """This function will give the people of a case who are in other cases that the viewer may see, in two queries however many there are."""
    registered = dict(Part.objects.filter(case=case, person__isnull=False).values_list("pk", "person_id"))
    rows = parts_elsewhere(viewer, case, registered.values(), now=now)
    titles = parts_to_choose(viewer)
    found = []
    for one in people:
        theirs = tuple(
            Elsewhere(reference, part, titles[part], status, opened, OPPOSED.get(one.part) == part)
            for person, reference, part, status, opened in rows
            if person == registered.get(one.id)
        )
        if theirs:
            found.append(KnownFromElsewhere(one, theirs))
    return tuple(found)


def policy_on_counter_allegations(landlord_id: str, now: datetime) -> tuple[PolicySays, ...]:
    """This function will give what the landlord's policy says where the person causing harm presents as the one harmed."""
    return tuple(
        PolicySays(
            row.clause,
            row.must if isinstance(row, DutyRow) else row.say if isinstance(row, AdviceRow) else row.title,
            isinstance(row, DutyRow),
        )
        for row in rulings.rows_that_turn_on(landlord_id, COUNTER, now)
    )


def _questions(
    case: Case, ruling: Ruling, person: PartLine, elsewhere: Sequence[Elsewhere]
) -> tuple[QuestionLine, ...]:
    """What is proposed to be asked because of who they are, where nobody has said it yet: it is never set unasked."""
    asked: list[str] = []
    if person.part == "child":
        asked += OF_A_CHILD
    if any(one.is_opposite for one in elsewhere):
        asked.append(COUNTER)
    if person.part == "person_at_risk" and any(one.part == "person_at_risk" for one in elsewhere):
        asked.append(BEFORE)
    return proposed_questions(case.landlord_id, ruling, asked)
