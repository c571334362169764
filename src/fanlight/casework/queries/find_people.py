"""People, found by whatever is known of them: through fingerprints, in what the viewer may see, the likeliest first with why.

Two sources, and never more: the register, for whoever may look people up in it, and the cases that the viewer sees. What
stands in any other case is left out where the database looks for it: it changes neither what is found, nor the order, nor how
many there are.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from math import log2

from fanlight.casework import access, keys, likeness, sql
from fanlight.casework.keys import Place, Subject
from fanlight.casework.likeness import Asked
from fanlight.casework.models import (
    Case,
    Home,
    HomeDetails,
    Part,
    Person,
    PersonDetails,
    Resident,
    Staff,
    Way,
    names_of,
)
from fanlight.casework.models.part import OPPOSED
from fanlight.casework.queries.staff import parts_to_choose

MOST = 20
"""How many people are shown at most."""
OPENED = 20
"""How many are opened and compared, of all whom a fingerprint found: those of whom the most and the rarest agree."""
Reader = Callable[..., Sequence[sql.Rows]]
ROWS = 4000
"""How many fingerprints are read at most: what finds more than that says too little."""


@dataclass(frozen=True, slots=True)
class FoundPart:
    """Somebody's part in a case that the viewer sees, and the name by which that case knows them.

    `elsewhere` says how another case has them, where one of the two is at risk and the other causes harm.
    """

    reference: str
    status: str
    patch: str
    lead: str
    name: str
    part: str
    part_title: str
    elsewhere: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody who may be meant, and why. `address` is where the housing system has them, for whoever may look there."""

    id: int
    name: str
    born: date | None
    address: str
    why: tuple[str, ...]
    parts: tuple[FoundPart, ...]


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case of that reference, or one of which the viewer sees the log: without `may_open`, its reference alone."""

    reference: str
    may_open: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, the likeliest first; `is_more` where there was more than is shown.

    `confused`: somebody is at risk in one case and causes harm in another.
    """

    people: tuple[FoundPerson, ...] = ()
    cases: tuple[FoundCase, ...] = ()
    is_more: bool = False
    confused: bool = False


def may_find(viewer: Staff) -> bool:
    """This function will say whether somebody may look for people at all: those who see cases, the register, or who saw them."""
    wanted = ("case:see", "colleague_case:see", "report:triage", "audit:see", "register:see")
    return any(access.can(viewer, one) for one in wanted)


def find_people(
    viewer: Staff, asked: Asked, *, reference: str = "", read: Reader = sql.select_together, now: datetime
) -> Found:
    """This function will find everybody whom the viewer may see and who may be meant, the likeliest first.

    `reference` is of a tenancy, a home (also its UPRN), a person in the housing system, a case, or a police log.
    `read` is how it begins to read: what else is wanted in that journey comes along.
    To whoever sees the log, cases that they do not see are given as well where the whole name or number is that of
    somebody in them, by their reference alone: so that they can look who saw somebody.
    """
    candidates = _candidates(viewer, asked, reference, now, read)
    people = _opened(viewer, candidates, now)
    ranked = sorted(
        (one for one in (_ranked(group, asked, candidates) for group in people) if one is not None),
        key=lambda one: (-one.points, one.group.name, one.group.id),
    )
    found = _in_lines(viewer, ranked[:MOST])
    cases = tuple(FoundCase(said, may_open=True) for said in candidates.cases)
    return Found(
        people=found,
        cases=cases + _audited(viewer, asked, found, now),
        is_more=len(ranked) > MOST or candidates.is_more,
        confused=any(part.elsewhere for one in found for part in one.parts),
    )


LIKELY = 15.0
"""With so many points somebody is likely to be the same: a whole name but for a slip, or what is rarer."""
MOST_LIKELY = 5


def likely_people(viewer: Staff, asked: Asked, *, now: datetime) -> tuple[FoundPerson, ...]:
    """This function will give those whom the viewer may see and who are likely to be meant: to be looked at before somebody is entered anew."""
    candidates = _candidates(viewer, asked, "", now)
    ranked = [one for one in (_ranked(group, asked, candidates) for group in _opened(viewer, candidates, now)) if one]
    likely = sorted(
        (one for one in ranked if one.points >= LIKELY), key=lambda one: (-one.points, one.group.name, one.group.id)
    )
    return _in_lines(viewer, likely[:MOST_LIKELY])


def person_seen(viewer: Staff, number: int, *, now: datetime) -> FoundPerson | None:
    """This function will give somebody of the register whom the viewer may see, with whom they are merged with; None for anybody else."""
    if number > sql.LARGEST:
        return None
    candidates = _Candidates()
    candidates.said[number].append("")
    groups = [group for group in _opened(viewer, candidates, now) if number in group.rows]
    lines = _in_lines(viewer, [_Ranked(group, group.known(), 0, ()) for group in groups])
    return lines[0] if lines else None


def people_seen(viewer: Staff, numbers: Iterable[int], *, now: datetime) -> frozenset[int]:
    """This function will say which people of the register the viewer may see, asked of some at a time and never of one after another."""
    wanted = sorted({number for number in numbers if number <= sql.LARGEST})
    seen: set[int] = set()
    for start in range(0, len(wanted), OPENED):
        candidates = _Candidates()
        for number in wanted[start : start + OPENED]:
            candidates.said[number].append("")
        groups = _opened(viewer, candidates, now)
        seen.update(number for group in groups for number in group.rows if number in candidates.said)
    return frozenset(seen)


def person_numbered(viewer: Staff, said: str) -> Person | None:
    """This function will give the person whom a form names by number, as it was typed; whether they may be named is asked of the action."""
    if not (said.isascii() and said.isdecimal()) or int(said) > sql.LARGEST:
        return None
    return Person.objects.filter(landlord_id=viewer.landlord_id, pk=int(said)).first()


def _in_lines(viewer: Staff, ranked: Sequence["_Ranked"]) -> tuple[FoundPerson, ...]:
    titles = parts_to_choose(viewer)
    everything = [part for one in ranked for part in one.group.parts]
    leads = names_of(part.case.lead_id for part in everything)
    return tuple(_shown(one, everything, titles, leads) for one in ranked)


# --- Whom a fingerprint finds -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Candidates:
    """Those whom a fingerprint or a reference found: by their own row, whatever they are merged with."""

    tokens: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    said: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    """What found them that is no likeness: a reference of theirs."""
    cases: list[str] = field(default_factory=list)
    is_more: bool = False

    def best(self) -> list[int]:
        """The ids of those on whom the most and the rarest fingerprints agree."""
        often = Counter(token for tokens in self.tokens.values() for token in tokens)
        worth = {token: 20 - log2(times) for token, times in often.items()}
        points = {person: sum(worth[token] for token in tokens) for person, tokens in self.tokens.items()}
        for person in self.said:
            points[person] = points.get(person, 0) + 1000
        return sorted(points, key=lambda person: (-points[person], person))[:OPENED]


def _candidates(
    viewer: Staff, asked: Asked, reference: str, now: datetime, read: Reader = sql.select_together
) -> _Candidates:
    landlord = viewer.landlord_id
    in_case, sees = access.is_visible(viewer, "found.case_id", now=now)
    in_register = "found.case_id is null" if access.can(viewer, "register:see") else _NEVER
    of_home, of_person = likeness.signs_asked(asked)
    tokens = keys.tokens(sorted(of_person), within=landlord) or [""]
    homes = keys.tokens(sorted(of_home), within=landlord)
    reads = [
        sql.Read(
            # Of the index alone, which is why the landlord is not asked for: a fingerprint holds within one.
            f"""from casework_foundby found where found.token in ({sql.marks(tokens)}) and found.person_id is not null
            and ({in_register} or {in_case}) limit %s""",
            [*tokens, *sees, ROWS],
            also=("found.person_id", "found.token"),
        )
    ]
    if homes:
        reads.append(
            sql.Read(
                f"""from casework_foundby found join casework_resident resident on resident.home_id = found.home_id
                join casework_person person on person.id = resident.person_id
                where found.token in ({sql.marks(homes)}) and found.landlord_id = %s
                and {in_register} and not resident.is_hidden and {_NO_CASE} limit %s""",
                [*homes, landlord, ROWS],
                also=("resident.person_id", "found.token"),
            )
        )
    if reference.strip():
        reads += _by_reference(viewer, reference, now)
    of_people, *others = read(*reads)
    of_homes = others.pop(0) if homes else []
    of_references = others
    found = _Candidates(is_more=len(of_people) == ROWS or len(of_homes) == ROWS)
    for person, token in (*of_people, *of_homes):
        found.tokens[person].add(token)
    for rows, said in zip(of_references, _REFERENCES, strict=False):
        for person, case in rows:
            if person is not None and said not in found.said[person]:
                found.said[person].append(said)
            if case and case not in found.cases:
                found.cases.append(case)
    found.said.pop(0, None)
    return found


_NEVER = "1 = 0"
_NO_CASE = "coalesce(person.first_case_id, 0) = 0"
"""Whom the housing system knows. Said so that no database begins with the index of all those, who are nearly everybody."""
_REFERENCES = (
    "The reference of the tenancy",
    "The UPRN of the home",
    "The reference of the home",
    "The reference in the housing system",
    "Named in the case of that reference",
    "Named in the case with that police log number",
)


def _by_reference(viewer: Staff, reference: str, now: datetime) -> list[sql.Read]:
    landlord = viewer.landlord_id
    kinds = ("tenancy_reference", "uprn", "home_reference", "person_reference")
    index = {kind: keys.blind(kind, reference, within=landlord) for kind in kinds}
    register = "1 = 1" if access.can(viewer, "register:see") else _NEVER
    in_case, sees = access.is_visible(viewer, "matter.id", now=now)
    police = keys.tokens([likeness.sign_of_police_log(reference)], within=landlord)
    residents = "join casework_person person on person.id = resident.person_id"
    whoever = f"and not resident.is_hidden and {_NO_CASE} and {register}"
    return [
        sql.Read(
            f"""from casework_tenancy tenancy join casework_resident resident on resident.tenancy_id = tenancy.id {residents}
            where tenancy.landlord_id = %s and tenancy.reference_index = %s and tenancy.reference_index <> '' {whoever}""",
            [landlord, index["tenancy_reference"]],
            also=("resident.person_id", "''"),
        ),
        sql.Read(
            f"""from casework_home home join casework_resident resident on resident.home_id = home.id {residents}
            where home.landlord_id = %s and home.uprn_index = %s and home.uprn_index <> '' {whoever}""",
            [landlord, index["uprn"]],
            also=("resident.person_id", "''"),
        ),
        sql.Read(
            f"""from casework_home home join casework_resident resident on resident.home_id = home.id {residents}
            where home.landlord_id = %s and home.reference_index = %s and home.reference_index <> '' {whoever}""",
            [landlord, index["home_reference"]],
            also=("resident.person_id", "''"),
        ),
        sql.Read(
            f"""from casework_person person where person.landlord_id = %s and person.reference_index = %s
            and person.reference_index <> '' and {_NO_CASE} and {register}""",
            [landlord, index["person_reference"]],
            also=("person.id", "''"),
        ),
        sql.Read(
            f"""from casework_case matter left join casework_part part on part.case_id = matter.id
            where matter.landlord_id = %s and matter.reference = %s and {in_case}""",
            [landlord, reference.strip().upper(), *sees],
            also=("part.person_id", "matter.reference"),
        ),
        sql.Read(
            f"""from casework_foundby found join casework_case matter on matter.id = found.case_id
            left join casework_part part on part.case_id = matter.id
            where found.token = %s and found.landlord_id = %s and found.person_id is null and {in_case}""",
            [police[0], landlord, *sees],
            also=("part.person_id", "matter.reference"),
        ),
    ]  # fmt: skip


# --- Those who are opened ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Group:
    """Somebody as the viewer may see them: one row of the register, or several that are merged."""

    id: int
    rows: list[int] = field(default_factory=list)
    details: list[PersonDetails] = field(default_factory=list)
    homes: list[HomeDetails] = field(default_factory=list)
    lives_at: str = ""
    parts: list[Part] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    """Telephone numbers that a case has learned."""
    names: dict[int, str] = field(default_factory=dict)
    """By which name a part's case knows them."""

    @property
    def name(self) -> str:
        """Their name: that of the register, or of the latest case."""
        said = next((one.name for one in self.details if one.name), "")
        return said or next(iter(self.names.values()), "")

    def known(self) -> PersonDetails:
        """All that the viewer may know of them, as one."""
        first = self.details[0] if self.details else PersonDetails()
        also = [one.name for one in self.details[1:]] + list(self.names.values())
        given, family = first.given_names, first.family_name
        if not given and not family and also:
            given, family = likeness.split_name(also[0])
        former = dict.fromkeys([name for one in self.details for name in one.former_names] + also)
        return PersonDetails(
            given_names=given,
            family_name=family,
            former_names=tuple(name for name in former if name and name != first.name),
            born=next((one.born for one in self.details if one.born), None),
            phones=tuple(
                dict.fromkeys(
                    [phone for one in self.details for phone in one.phones]
                    + [part.phone for part in self.parts]
                    + self.numbers
                )
            ),
            emails=tuple(email for one in self.details for email in one.emails),
        )


_PERSON: sql.Columns = (Person, "person", ("id", "mark", "sealed_details", "first_case_id", "merged_into_id"))
_PART: sql.Columns = (
    Part,
    "part",
    ("id", "case_id", "mark", "part", "person_id", "sealed_name", "sealed_phone", "name_index", "phone_index"),
)  # fmt: skip
_CASE: sql.Columns = (Case, "casework_case", ("id", "reference", "status", "patch", "area", "lead_id"))
_RESIDENT: sql.Columns = (Resident, "resident", ("person_id", "to_on"))
_WAY: sql.Columns = (Way, "way", ("id", "mark", "sealed_value"))
_HOME: sql.Columns = (Home, "home", ("id", "mark", "sealed_details"))


def _opened(viewer: Staff, candidates: _Candidates, now: datetime) -> list[_Group]:
    """Those who are to be compared, with all that the viewer may see of them and of whom they are merged with."""
    best = candidates.best() or [0]
    # Each with whoever is merged with them: the roots, and what hangs on the roots, by short reads of indexes.
    roots = (
        f"select coalesce(merged_into_id, id) from casework_person where id in ({sql.marks(best)}) and landlord_id = %s"  # noqa: S608 - places for parameters alone
    )
    group = f"(person.id {sql.among(roots)} or person.merged_into_id {sql.among(roots)})"
    of_group = [*best, viewer.landlord_id, *best, viewer.landlord_id]
    seen, sees = access.is_seen(viewer, now=now)
    register = access.can(viewer, "register:see")
    people, parts, residents = sql.select_together(
        sql.Read(
            f"from casework_person person where {group}",
            of_group,
            (_PERSON,),
        ),
        sql.Read(
            f"""from casework_part part join casework_case on casework_case.id = part.case_id
            join casework_person person on person.id = part.person_id
            left join casework_way way on way.case_id = part.case_id and way.person_id in (person.id, person.merged_into_id)
            and way.ended_at is null and way.kind in ('phone', 'text') and not way.is_protected
            left join casework_person owner on owner.id = way.person_id
            where {group} and {seen} order by part.case_id desc, part.id, way.id""",
            [*of_group, *sees],
            (_PART, _CASE, _WAY),
            ("owner.mark", "coalesce(person.merged_into_id, person.id)"),
        ),
        sql.Read(
            f"""from casework_resident resident join casework_home home on home.id = resident.home_id
            join casework_person person on person.id = resident.person_id
            where {group} and not resident.is_hidden and {_NO_CASE}
            and {"1 = 1" if register else _NEVER}
            order by case when resident.to_on is null then 0 else 1 end, resident.from_on desc, resident.id""",
            of_group,
            (_RESIDENT, _HOME),
            ("coalesce(person.merged_into_id, person.id)",),
        ),
    )
    return _grouped(viewer, people, parts, residents, register=register)


def _grouped(viewer: Staff, people: sql.Rows, parts: sql.Rows, residents: sql.Rows, *, register: bool) -> list[_Group]:
    groups: dict[int, _Group] = {}
    by_root: dict[int, list[Part]] = defaultdict(list)
    through_case: set[int] = set()
    ways: dict[int, list[Way]] = defaultdict(list)
    for *said, mark, root in parts:
        part = Part(landlord_id=viewer.landlord_id, **dict(zip(_PART[2], said, strict=False)))
        if not by_root[root] or by_root[root][-1].pk != part.pk:
            matter = said[len(_PART[2]) : len(_PART[2]) + len(_CASE[2])]
            part.case = Case(**dict(zip(_CASE[2], matter, strict=True)))
            by_root[root].append(part)
            through_case.add(part.person_id or 0)
        way = Way(**dict(zip(_WAY[2], said[-len(_WAY[2]) :], strict=True)))
        if way.pk is not None:
            way.person = Person(mark=mark)
            ways[root].append(way)
    seen = sorted(
        (into is not None, number, mark, bytes(sealed), into)
        for number, mark, sealed, first_case, into in people
        if number in through_case or (register and first_case is None)
    )
    keys.warm(
        [Subject("person", mark) for _, _, mark, _, _ in seen]
        + [Subject("case", str(part.case_id)) for some in by_root.values() for part in some]
    )
    # Opened here and not by the rows' own attributes: a row of a table costs more to make than to open.
    for _, number, mark, sealed, into in seen:
        group = groups.setdefault(into or number, _Group(number))
        try:
            place = Place("casework_person", mark, "sealed_details")
            said_of = keys.unseal(Subject("person", mark), place, sealed) if sealed else ""
        except keys.Unreadable:
            continue
        group.details.append(PersonDetails.from_text(said_of))
        group.rows.append(number)
    for root, group in groups.items():
        for part in by_root[root]:
            try:
                group.names[part.pk] = part.name
            except keys.Unreadable:
                # Disposed of meanwhile.
                continue
            group.parts.append(part)
    homes = [row for row in residents if row[-1] in groups and row[4]]
    places = [(Place("casework_home", mark, "sealed_details"), bytes(sealed)) for _, _, _, mark, sealed, _ in homes]
    opened = keys.unseal_many(Subject("landlord", viewer.landlord_id), places) if places else []
    for (_, to_on, *_, root), text in zip(homes, opened, strict=True):
        details = HomeDetails.from_text(text.decode())
        if not groups[root].homes and to_on is None:
            groups[root].lives_at = details.address
        groups[root].homes.append(details)
    for root, theirs in ways.items():
        for way in theirs if root in groups else ():
            with suppress(keys.Unreadable):
                groups[root].numbers.append(way.value)
    return [group for group in groups.values() if group.rows]


@dataclass(frozen=True, slots=True)
class _Ranked:
    group: _Group
    known: PersonDetails
    points: float
    why: tuple[str, ...]


def _ranked(group: _Group, asked: Asked, candidates: _Candidates) -> _Ranked | None:
    known = group.known()
    found = likeness.alike(asked, known, group.homes)
    said = tuple(dict.fromkeys(why for row in group.rows for why in candidates.said.get(row, ())))
    if found.points < likeness.ENOUGH and not said:
        return None
    return _Ranked(group, known, found.points + 30 * len(said), (*said, *found.why))


def _shown(
    one: _Ranked, everything: Sequence[Part], titles: Mapping[str, str], leads: Mapping[int | None, str]
) -> FoundPerson:
    group = one.group
    return FoundPerson(
        id=group.id,
        name=group.name,
        born=one.known.born,
        address=group.lives_at,
        why=one.why,
        parts=tuple(
            FoundPart(
                reference=part.case.reference,
                status=part.case.status,
                patch=part.case.patch or part.case.area,
                lead=leads[part.case.lead_id],
                name=group.names[part.pk],
                part=part.part,
                part_title=titles[part.part],
                elsewhere=_elsewhere(part, group.parts, everything, titles),
            )
            for part in group.parts
        ),
    )


def _elsewhere(
    part: Part, theirs: Iterable[Part], everything: Iterable[Part], titles: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """In which other cases they have the opposite part: as the same person, or as somebody of the same name or number."""
    if part.part not in OPPOSED:
        return ()
    same = {one.pk for one in theirs}
    return tuple(
        dict.fromkeys(
            (other.case.reference, titles[other.part])
            for other in everything
            if other.case_id != part.case_id
            and other.part in OPPOSED
            and other.part != part.part
            and (
                other.pk in same
                or _same(part.name_index, other.name_index)
                or _same(part.phone_index, other.phone_index)
            )
        )
    )


def _same(one: str, other: str) -> bool:
    return bool(one) and one == other


def _audited(viewer: Staff, asked: Asked, found: Iterable[FoundPerson], now: datetime) -> tuple[FoundCase, ...]:
    """The cases of which somebody sees the log alone, where the whole name or number is that of somebody in them."""
    if not access.can(viewer, "audit:see"):
        return ()
    cases, of_cases = access.ids_of(access.cases_to_audit(viewer))
    references: dict[str, None] = {}
    for kind, typed in (("name", asked.name), ("phone", asked.phone)):
        if index := keys.blind(kind, typed, within=viewer.landlord_id):
            # The index of the database leaves empty fingerprints out, and is used where the question does too.
            which = f"""from casework_part part join casework_case matter on matter.id = part.case_id
                where part.landlord_id = %s and part.{kind}_index = %s and part.{kind}_index <> '' and matter.id in ({cases})
                order by matter.id desc, part.id limit %s"""
            rows = sql.select(which, [viewer.landlord_id, index, *of_cases, MOST + 1], also=("matter.reference",))
            references.update((row[0], None) for row in rows)
    opened = {part.reference for one in found for part in one.parts}
    return tuple(FoundCase(reference, may_open=False) for reference in references if reference not in opened)
