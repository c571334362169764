"""What is known of how the people of a case may be reached: for the gate, whatever it is known from; for pages, as far as seen."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from fanlight.casework import access, keys, rulings, sql
from fanlight.casework.addresses import is_same_door
from fanlight.casework.keys.index import folded
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, Home, Part, Person, PersonDetails, Staff, Terms, Way, names_of, one_with
from fanlight.casework.models.contact import ADDRESSES, STANDINGS, WAYS
from fanlight.casework.models.part import OPPOSED
from fanlight.casework.queries.lines import WayLine
from fanlight.casework.queries.protected import protected_among, shown_to
from fanlight.casework.queries.reach_words import result_of
from fanlight.casework.rulings import Told
from fanlight.casework.safe_contact import (
    MEANS,
    Answer,
    KnownWay,
    Proposed,
    Whom,
    may_reach,
    standing_at,
    terms_in_words,
)
from fanlight.present import day_of

KINDS: Mapping[str, str] = dict(WAYS)
_STANDINGS: Mapping[str, str] = dict(STANDINGS)
_NUMBER = re.compile(r"\+?[0-9][0-9 ()-]{7,}[0-9]")
_ADULT = 16


def index_of(landlord_id: str, kind: str, value: str) -> str:
    """This function will give the fingerprint of a number or an address, the same however it was typed; nothing for a way that has none."""
    if kind in ("phone", "text"):
        return keys.blind("phone", value, within=landlord_id)
    if kind == "email":
        return keys.blind("email", value, within=landlord_id)
    return keys.blind("address", value, within=landlord_id) if kind in ADDRESSES else ""


# ── Lines for the banner and the lists of people: ways of this case alone ────────────────────────────────────────────


_LINE: sql.Columns = (
    Way,
    "way",
    ("id", "mark", "kind", "sealed_value", "standing", "sealed_terms", "is_protected", "confirmed_at", "at"),
)
_ROOT = "coalesce(person.merged_into_id, person.id)"


def lines_of_case(case: Case) -> sql.Read:
    """This function will say how the ways that a case knows are read; `way_lines` takes the rows."""
    which = """from casework_way way join casework_person person on person.id = way.person_id
        where way.case_id = %s and way.ended_at is null order by way.id"""
    return sql.Read(which, [case.pk], (_LINE,), also=("person.mark", _ROOT))


def way_lines(case: Case, rows: sql.Rows, now: datetime) -> Mapping[int, tuple[WayLine, ...]]:
    """This function will give the ways that a case knows, by person, the safe ones first. A protected address is not in them."""
    if not rows:
        return {}
    keys.warm(keys.Subject("person", row[-2]) for row in rows)
    confirmed_for = settings_of(case.landlord_id).confirmed_for
    found: dict[int, list[WayLine]] = {}
    for *said, mark, root in rows:
        way = Way(**dict(zip(_LINE[2], said, strict=True)))
        way.person = Person(pk=root, mark=mark)
        line = _line_of(way, way.value if not way.is_protected else "A protected address", confirmed_for, now)
        found.setdefault(root, []).append(line)
    return {root: sorted_ways(lines) for root, lines in found.items()}


def sorted_ways(lines: Iterable[WayLine]) -> tuple[WayLine, ...]:
    """This function will put the safe ways first, those that are not safe next, and what nobody has asked about last."""
    order = ("safe", "unsafe", "not_known")
    return tuple(sorted(lines, key=lambda line: (order.index(line.standing), not line.is_stale)))


def _line_of(way: Way, value: str, confirmed_for: Any, now: datetime, **more: Any) -> WayLine:
    standing = standing_at(way.standing, way.confirmed_at, confirmed_for, now)
    return WayLine(
        key=f"w{way.pk}",
        id=way.pk,
        kind=way.kind,
        title=KINDS[way.kind],
        value=value,
        standing=standing,
        standing_title=_STANDINGS[standing],
        is_stale=way.standing != standing,
        terms=terms_in_words(way.terms),
        said=way.terms,
        confirmed_at=way.confirmed_at,
        at=way.at,
        **more,
    )


def noted_line(phone: str, note: str) -> WayLine | None:
    """This function will give what was noted in the case before ways were kept, as a way of which nobody has said that it is safe."""
    if not phone and not note:
        return None
    return WayLine(
        key="noted",
        id=None,
        kind="phone" if phone else "",
        title=KINDS["phone"] if phone else "Noted before",
        value=phone,
        standing="not_known",
        standing_title=_STANDINGS["not_known"],
        note=note,
        source="noted",
    )


# ── All that is known, for the gate and for the pages of ways ────────────────────────────────────────────────────────


class _Somebody(NamedTuple):
    """Somebody in the case, with who they are in the register."""

    id: int
    part: str
    name: str
    phone: str
    note: str
    phone_index: str
    person_id: int | None
    root: int | None
    details: PersonDetails
    is_elsewhere: bool = False
    """What stands in the register of them was told in another case, and is not shown here."""


class _Lives(NamedTuple):
    """Somebody lives at an address, or lived there."""

    root: int
    home_id: int
    door: str
    address: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A way that may be chosen, with what the gate says of it now. `index` is its fingerprint."""

    key: str
    means: str
    title: str
    index: str
    line: WayLine | None
    answer: Answer


class Known:
    """All that is known of how the people of one case may be reached."""

    def __init__(self, case: Case, by: Staff, now: datetime) -> None:
        """This function will read it, in two journeys to the database and, where keys are not at hand, one to the key store.

        The first says who the people are, with whoever is one with them; what hangs on them is then read by their ids, which
        PostgreSQL plans in a third of the time that looking for them in each read takes.
        """
        self.case = case
        self.by = by
        self.now = now
        parts, people, harming = _people_of(case)
        ways, lives, others, knowers = _about(case, people, harming, now)
        sealed = (*(row[-4] for row in parts), *(row[-2] for row in ways), *(row[-1] for row in others))
        keys.warm(keys.Subject("person", mark) for mark in sealed if mark)
        self.people = [_somebody(case, row) for row in parts]
        self._roots: dict[int, int] = {}
        self._indexes_of: dict[str, str] = {}
        self.ways = [self._way(row) for row in ways]
        self._lives = [self._lives_at(row) for row in lives]
        self._others = [(person_id, _details(person_id, mark, sealed)) for person_id, sealed, mark in others]
        self._knowers = access.known(knowers)

    # ── What is there ────────────────────────────────────────────────────────────────────────────────────────────────

    def somebody(self, part_id: int | None) -> _Somebody | None:
        """This function will give somebody in the case by their part. It raises NotFound where there is no such part."""
        if part_id is None:
            return None
        found = next((one for one in self.people if one.id == part_id), None)
        if found is None:
            raise access.NotFound
        return found

    def root_of(self, way: Way) -> int:
        """This function will give whose way it is: the person where merges end."""
        return self._roots[way.pk]

    @cached_property
    def _protected(self) -> frozenset[int]:
        return protected_among(self.ways)

    def _way(self, row: Sequence[Any]) -> Way:
        *said, mark, root = row
        way = Way(**dict(zip(_WAY[2], said, strict=True)))
        way.person = Person(pk=way.person_id, mark=mark)
        self._roots[way.pk] = root
        return way

    def _lives_at(self, row: Sequence[Any]) -> _Lives:
        root, home_id, index, mark, sealed, to_on, is_hidden = row
        home = Home(pk=home_id, landlord_id=self.case.landlord_id, mark=mark, sealed_details=sealed)
        today = day_of(self.now)
        holds = not is_hidden and (to_on is None or _day(to_on) > today)
        details = home.details
        return _Lives(root, home_id, index, details.address, holds)

    def indexes_of(self, kind: str, value: str) -> frozenset[str]:
        """This function will give the fingerprint of a number or an address that somebody typed.

        An address that is not on record may be one that is, said otherwise: then it is that one, or those where they are several.
        """
        index = index_of(self.case.landlord_id, kind, value)
        if kind not in ADDRESSES:
            return frozenset({index})
        known = {way.value_index: way.value for way in self.ways if way.kind in ADDRESSES}
        known |= {home.door: home.address for home in self._lives}
        same = {one for one, address in known.items() if is_same_door(value, address)} if index not in known else set()
        return frozenset(same or {index})

    def _own(self, one: _Somebody) -> Iterator[Way]:
        theirs = (way for way in self.ways if one.root is not None and self._roots[way.pk] == one.root)
        return (way for way in theirs if way.person_id == one.person_id) if self._is_mistaken(one) else theirs

    def _is_mistaken(self, one: _Somebody) -> bool:
        """Whether somebody was said to be one with whoever has the opposite part here: they are never taken for each other."""
        opposite = OPPOSED.get(one.part)
        return one.root is not None and any(one.root == other.root and other.part == opposite for other in self.people)

    def _from_register(self, one: _Somebody) -> Iterator[tuple[str, str, str, bool]]:
        """What the housing system has: kind, value, fingerprint, whether it is theirs no more."""
        if not one.is_elsewhere:
            yield from self._numbers_of(one.details)
        for home in self._lives:
            if home.root == one.root:
                for kind in ADDRESSES:
                    yield kind, home.address if home.holds else "", home.door, not home.holds

    def _numbers_of(self, details: PersonDetails) -> Iterator[tuple[str, str, str, bool]]:
        landlord = self.case.landlord_id
        for phone in details.phones:
            yield "phone", phone, index_of(landlord, "phone", phone), False
        for email in details.emails:
            yield "email", email, index_of(landlord, "email", email), False

    # ── For the gate ─────────────────────────────────────────────────────────────────────────────────────────────────

    def whom(self, part_id: int | None, told: Sequence[Told], at: datetime) -> Whom:
        """This function will give somebody as the gate knows them at a moment; no part is the person at risk, not named yet."""
        one = self.somebody(part_id)
        rows = rulings.standing_rows([row for row in told if row.at <= at], at)
        facts = _facts_of(rows)
        part = one.part if one else "person_at_risk"
        shared, must_not, others, elsewhere = self._of_others(one, facts)
        return Whom(
            part=part,
            is_named=one is not None,
            case_status=self.case.status,
            ways=self._known_ways(one, at) if one else (),
            shared=shared,
            must_not_learn=must_not,
            others=others,
            elsewhere=elsewhere,
            was_tried=tried_in_vain(rows, part_id),
            preferred_at=_moment(facts.get("preferred_contact_at")) if part == "person_at_risk" else None,
            two_to_visit=facts.get("two_to_visit") is True or _is_marked(rows),
            is_child=self._is_child(one, facts),
            needs_interpreter=one is not None and one.details.interpreter is True,
        )

    def _known_ways(self, one: _Somebody, at: datetime) -> tuple[KnownWay, ...]:
        confirmed_for = settings_of(self.case.landlord_id).confirmed_for
        found = [
            KnownWay(
                kind=way.kind,
                index=way.value_index,
                standing=standing_at(way.standing, way.confirmed_at, confirmed_for, at),
                terms=way.terms,
                has_ended=way.ended_at is not None,
                may_know=way.pk not in self._protected
                or self._knowers.may_know(self.by, way.person_id, way.value_index),
                is_elsewhere=way.case_id != self.case.pk,
            )
            for way in self._own(one)
        ]
        if one.phone_index:
            found.append(KnownWay("phone", one.phone_index))
        found += [KnownWay(kind, index, has_ended=ended) for kind, _, index, ended in self._from_register(one)]
        return tuple(_without_those_said_anew(found))

    def _of_others(
        self, one: _Somebody | None, facts: Mapping[str, Any]
    ) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
        """Whose numbers and addresses these are: of harm, of who must not learn, of others, and those known elsewhere."""
        shared: set[str] = set()
        must_not: set[str] = set()
        others: set[str] = set()
        elsewhere: set[str] = set()
        unwanted = self._must_not_learn(one)
        is_harm = one is not None and one.part == "causing_harm"
        for other in self.people:
            is_one = one is not None and one.root is not None and other.root == one.root
            if one is not None and (other.id == one.id or (is_one and OPPOSED.get(other.part) != one.part)):
                continue
            here, there = self._indexes(other)
            if other.part in (("person_at_risk",) if is_harm else _HARM):
                shared |= here
                elsewhere |= there
            elif unwanted(other):
                must_not |= here
                elsewhere |= there
            else:
                others |= here
        if not is_harm:
            shared |= self._of_the_household(one)
            must_not |= self._numbers_that_must_not(one)
            if facts.get("lives_with_perpetrator") is True and one is not None and one.part == "person_at_risk":
                shared |= {home.door for home in self._lives if home.root == one.root and home.holds}
        return tuple(frozenset(one - {""}) for one in (shared, must_not, others, elsewhere))  # type: ignore[return-value]  # four of them, as the four sets above

    def _indexes(self, one: _Somebody) -> tuple[set[str], set[str]]:
        here = {way.value_index for way in self._own(one) if way.case_id == self.case.pk and way.ended_at is None}
        there = {way.value_index for way in self._own(one) if way.case_id != self.case.pk and way.ended_at is None}
        here |= {one.phone_index} | {index for _, _, index, ended in self._from_register(one) if not ended}
        if one.is_elsewhere:
            there |= {index for _, _, index, _ in self._numbers_of(one.details)}
        return here, there - here

    def _of_the_household(self, one: _Somebody | None) -> set[str]:
        """The telephone numbers and e-mail addresses of those who live with the person causing harm."""
        lives = (
            details for person_id, details in self._others if one is None or person_id not in (one.person_id, one.root)
        )
        return {index for details in lives for _, _, index, _ in self._numbers_of(details)}

    def _said_must_not(self, one: _Somebody | None) -> list[str]:
        return [
            way.terms.must_not_learn
            for way in (self._own(one) if one else ())
            if way.ended_at is None and way.terms.must_not_learn
        ]

    def _must_not_learn(self, one: _Somebody | None) -> Any:
        """This function will give a test of whether somebody in the case is named as one who must not learn of it."""
        said = [f" {folded(text)} " for text in self._said_must_not(one)]

        def unwanted(other: _Somebody) -> bool:
            name = folded(other.name)
            first = name.partition(" ")[0]
            return bool(first) and any(f" {name} " in text or f" {first} " in text for text in said)

        return unwanted

    def _numbers_that_must_not(self, one: _Somebody | None) -> set[str]:
        return {
            index_of(self.case.landlord_id, "phone", number)
            for text in self._said_must_not(one)
            for number in _NUMBER.findall(text)
        }

    def _is_child(self, one: _Somebody | None, facts: Mapping[str, Any]) -> bool:
        if one is not None and one.details.born is not None:
            today, born = day_of(self.now), one.details.born
            age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
            return age < _ADULT
        if one is not None and one.part != "person_at_risk":
            return one.part == "child"
        age_told = facts.get("survivor_age")
        return isinstance(age_told, int | float) and age_told < _ADULT

    # ── For pages ────────────────────────────────────────────────────────────────────────────────────────────────────

    def lines(self, part_id: int, *, sees_register: bool) -> tuple[tuple[WayLine, ...], tuple[WayLine, ...]]:
        """This function will give the ways of somebody that the viewer may see: those that hold, and those before, newest first."""
        one = self.somebody(part_id)
        if one is None:
            raise access.NotFound
        here = [way for way in self._own(one) if way.case_id == self.case.pk]
        shown = shown_to(self.by, self.case, here, self._knowers)
        names = names_of(person for way in here for person in (way.by_id, way.confirmed_by_id, way.ended_by_id))
        confirmed_for = settings_of(self.case.landlord_id).confirmed_for
        lines = [
            replace(
                _line_of(way, shown.values[way.pk], confirmed_for, self.now),
                by=names[way.by_id],
                confirmed_by=names[way.confirmed_by_id],
                ended_at=way.ended_at,
                ended_by=names[way.ended_by_id],
            )
            for way in here
        ]
        self._indexes_of |= {line.key: way.value_index for line, way in zip(lines, here, strict=True)}
        hold = [line for line in lines if line.ended_at is None]
        had = {(way.kind, way.value_index) for way in here}
        noted = noted_line(one.phone, one.note)
        if noted and (noted.kind, one.phone_index) not in had:
            self._indexes_of[noted.key] = one.phone_index
            hold.append(noted)
        if sees_register:
            hold += self._register_lines(one, had)
        before = sorted(
            (line for line in lines if line.ended_at), key=lambda line: line.ended_at or self.now, reverse=True
        )
        return sorted_ways(hold), tuple(before)

    def _register_lines(self, one: _Somebody, had: set[tuple[str, str]]) -> list[WayLine]:
        found = []
        for kind, value, index, ended in self._from_register(one):
            if value and not ended and (kind, index) not in had and index != one.phone_index:
                title = _STANDINGS["not_known"]
                key = f"r{kind}{index[:8]}"
                line = WayLine(key, None, kind, KINDS[kind], value, "not_known", title, source="register")
                self._indexes_of[line.key] = index
                found.append(line)
        return found

    def choices(
        self, part_id: int | None, told: Sequence[Told], at: datetime, *, sees_register: bool, **more: Any
    ) -> tuple[Choice, ...]:
        """This function will give every way of reaching somebody with what the gate says of it at a moment, the open ones first."""
        whom = self.whom(part_id, told, at)
        lines = self.lines(part_id, sees_register=sees_register)[0] if part_id is not None else ()
        found = [
            Choice(line.key, line.kind, line.title, index, line, self.ask(whom, line.kind, index, at, **more))
            for line in lines
            if line.kind
            for index in (self._indexes_of[line.key],)
        ]
        if not any(one.means == "phone" for one in found):
            found.append(Choice("phone", "phone", MEANS["phone"], "", None, self.ask(whom, "phone", "", at, **more)))
        for means in ("in_person", "they_reached_us"):
            found.append(Choice(means, means, MEANS[means], "", None, self.ask(whom, means, "", at, **more)))
        return tuple(sorted(found, key=lambda one: not one.answer.allowed))

    def way_of_key(self, part_id: int, key: str, means: str, *, sees_register: bool) -> tuple[str, str] | None:
        """This function will give the kind and the fingerprint of a way by its key in a form; None where they have none such.

        By other means than its kind it is another way: a text to a number, a letter to the address of visits.
        """
        hold, _ = self.lines(part_id, sees_register=sees_register)
        line = next((one for one in hold if one.key == key and one.kind), None)
        if line is None or (means and line.kind not in _ALIKE.get(means, (means,))):
            return None
        return line.kind, self._indexes_of[key]

    @staticmethod
    def ask(whom: Whom, means: str, index: str, at: datetime, **more: Any) -> Answer:
        """This function will ask the gate."""
        return may_reach(whom, Proposed(means, at, index, **more))


_HARM = ("causing_harm", "household")
_ALIKE = {"text": ("text", "phone"), "visit": ("visit", "post"), "post": ("post", "visit")}


_PART: sql.Columns = (
    Part,
    "part",
    ("id", "mark", "part", "sealed_name", "sealed_phone", "sealed_safe_contact", "phone_index", "person_id"),
)
_WAY: sql.Columns = (
    Way,
    "way",
    (
        *("id", "mark", "person_id", "case_id", "kind", "sealed_value", "value_index", "standing", "sealed_terms"),
        *("is_protected", "confirmed_at", "confirmed_by_id", "at", "by_id", "ended_at", "ended_by_id"),
    ),
)


def _people_of(case: Case) -> tuple[sql.Rows, tuple[int, ...], tuple[int, ...]]:
    """The parts of a case; the ids in the register of all in it and of whoever is one with them; and of those who cause harm."""
    which = f"""from casework_part part left join casework_person person on person.id = part.person_id
        left {one_with("person", "same")} where part.case_id = %s order by part.id, same.id"""
    also = ("person.mark", "person.sealed_details", _ROOT, "person.first_case_id", "same.id")
    parts: dict[int, Sequence[Any]] = {}
    people: dict[int, None] = {}
    harming: dict[int, None] = {}
    for *row, same in sql.select(which, [case.pk], _PART, also=also):
        parts[row[0]] = row
        if same is not None:
            people[same] = None
            if row[2] == "causing_harm":
                harming[same] = None
    return list(parts.values()), tuple(people), tuple(harming)


def _about(
    case: Case, people: Sequence[int], harming: Sequence[int], now: datetime
) -> tuple[sql.Rows, sql.Rows, sql.Rows, sql.Rows]:
    """Their ways; where they live and lived; who lives with those who cause harm; who may know their protected addresses."""
    if not people:
        return (), (), (), ()
    ids, of_harm = sql.marks(people), sql.marks(harming)
    ways = sql.Read(
        f"""from casework_way way join casework_person person on person.id = way.person_id
        where way.person_id in ({ids}) order by way.id""",
        people,
        (_WAY,),
        ("person.mark", _ROOT),
    )
    lives = sql.Read(
        f"""from casework_resident resident join casework_person person on person.id = resident.person_id
        join casework_home home on home.id = resident.home_id where resident.person_id in ({ids}) order by resident.id""",
        people,
        also=(
            *(_ROOT, "home.id", "home.address_index", "home.mark", "home.sealed_details"),
            *("resident.to_on", "resident.is_hidden"),
        ),
    )
    others = sql.Read(
        f"""from casework_resident resident join casework_person person on person.id = resident.person_id
        where resident.to_on is null and resident.home_id in (
            select lives.home_id from casework_resident lives where lives.person_id in ({of_harm}) and lives.to_on is null)
        order by resident.id""",  # noqa: S608 - as above
        harming,
        also=("person.id", "person.sealed_details", "person.mark"),
    )
    knowing = access.knowing(case, people, now=now)
    if not harming:
        found_ways, found_lives, knowers = sql.select_together(ways, lives, knowing)
        return found_ways, found_lives, (), knowers
    found_ways, found_lives, found_others, knowers = sql.select_together(ways, lives, others, knowing)
    return found_ways, found_lives, found_others, knowers


def _somebody(case: Case, row: Sequence[Any]) -> _Somebody:
    *said, mark, sealed_details, root, first_case = row
    part = Part(case_id=case.pk, **dict(zip(_PART[2], said, strict=True)))
    details = _details(part.person_id, mark, sealed_details) if part.person_id else PersonDetails()
    return _Somebody(
        part.pk,
        part.part,
        part.name,
        part.phone,
        part.safe_contact,
        part.phone_index,
        part.person_id,
        root,
        details,
        first_case not in (None, case.pk),
    )


def _details(person_id: int | None, mark: str, sealed: bytes) -> PersonDetails:
    return Person(pk=person_id, mark=mark, sealed_details=sealed).details


def _day(stored: date | str) -> date:
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def _without_those_said_anew(ways: Iterable[KnownWay]) -> Iterator[KnownWay]:
    """What was noted before, or stands in the housing system, gives way to what somebody said of the same number since."""
    said = list(ways)
    spoken = {(way.kind, way.index) for way in said if way.standing != "not_known" and not way.has_ended}
    for way in said:
        is_mere_note = way.standing == "not_known" and way.terms == Terms() and not way.is_elsewhere
        if not (is_mere_note and not way.has_ended and (way.kind, way.index) in spoken):
            yield way


def _facts_of(rows: Iterable[Told]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for row in rows:
        facts |= row.payload["facts"]
    return facts


def _is_marked(rows: Iterable[Told]) -> bool:
    return any(row.kind == "marker" and row.payload["fields"].get("kind") == "two_to_visit" for row in rows)


def _moment(said: object) -> datetime | None:
    return datetime.fromisoformat(said) if isinstance(said, str) else None


# ── What was tried ───────────────────────────────────────────────────────────────────────────────────────────────────


def tried_in_vain(rows: Iterable[Told], part_id: int | None) -> frozenset[str]:
    """This function will give the numbers, addresses or means by which somebody was tried, since they were last spoken to,
    while nobody had said that it was safe."""
    tried: set[str] = set()
    for row in rows:
        reach = row.payload.get("reach")
        if not reach or reach.get("part") != part_id:
            continue
        result = result_of(row)
        if result in ("spoke", "declined"):
            tried.clear()
        elif result == "no_answer" and reach.get("standing") != "safe":
            tried.add(str(reach.get("index") or reach.get("means") or ""))
    return frozenset(tried)
