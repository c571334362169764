"""The rows of an export written in the register, some hundred in each transaction. No verb: part of `import_register`.

What is there already is found by its reference, and left alone where its row is the one of last time. Nothing is deleted.
What a case wrote is not the housing system's: ways of reaching somebody, who is merged with whom, what staff said here of a
person, whether somebody is hidden. None of it is in a statement of this file, but for hiding more.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from fanlight.casework import keys, sql
from fanlight.casework.actions.protected import hide_what_was_left
from fanlight.casework.actions.register import tokens_of_home, tokens_of_person
from fanlight.casework.housing_system import HomeRow, PatchRow, PersonRow, ResidentRow, TenancyRow
from fanlight.casework.keys import Subject
from fanlight.casework.models import FoundBy, Home, Person, Resident, Tenancy
from fanlight.casework.queries.imported import last_resident
from fanlight.casework.queries.own_words import overlaid, said_by_staff
from fanlight.casework.queries.protected_people import protected_people

AT_ONCE = 500
"""Rows of a transaction."""
FILLED: Mapping[str, tuple[type[Model], ...]] = MappingProxyType(
    {
        "people": (Person, FoundBy),
        "homes": (Home, FoundBy),
        "patches": (),
        "tenancies": (Tenancy,),
        "residents": (Resident,),
    }
)
"""The tables that each kind of file fills. Stock is taken of them each time they may have doubled: after 1, 2, 4, 8 … transactions."""
_UNSEEN = {"is_hidden": True, "came_hidden": True}
"""What is said of those whom nobody who looks without a case may ever have seen in a home."""
ENDED = "ended"
"""What stands for the fingerprint of a row that the housing system left out: if it comes again, it is another."""
_LOCK = 6248
"""The name of our lock among those of a PostgreSQL database: of two imports of a landlord, one waits for the other's rows."""


@dataclass
class Counts:
    """What came of the lines of one kind of file."""

    new: int = 0
    changed: int = 0
    same: int = 0
    ended: int = 0
    left_alone: int = 0
    """What was disposed of, or what a case has written."""


@dataclass
class Importing:
    """An import of one landlord that is under way."""

    landlord_id: str
    now: datetime
    today: date
    own_patches: bool
    """Whether a file of patches says in which patch a home is, so that the file of homes does not."""
    counts: dict[str, Counts] = field(default_factory=dict)
    secret_homes: set[int] = field(default_factory=set)
    seen: dict[str, set[int]] = field(default_factory=dict)
    """The tenancies, and the residents, that were in this export."""

    def write(self, kind: str, rows: Iterable[Any]) -> Iterable[int]:
        """This function will write the rows of one kind of file, and give how many after each transaction."""
        counts = self.counts.setdefault(kind, Counts())
        self.seen.setdefault(kind, set())
        writers: Mapping[str, Callable[[Any, Counts], None]] = {
            "people": self._people,
            "homes": self._homes,
            "patches": self._patches,
            "tenancies": self._tenancies,
            "residents": self._residents,
        }
        waiting = iter(rows)
        transactions = 0
        while some := list(islice(waiting, AT_ONCE)):
            with transaction.atomic():
                self._lock()
                writers[kind](some, counts)
            transactions += 1
            if transactions.bit_count() == 1:
                sql.take_stock(*FILLED[kind])
            yield len(some)

    def expect_protected(self, rows: Iterable[ResidentRow]) -> None:
        """This function will note where people live, by the file, whose address is protected: it is new to the register.

        Whoever comes to live there in this export comes in hidden as they do, on whichever line they stand.
        """
        waiting = iter(rows)
        while some := list(islice(waiting, AT_ONCE)):
            people, tenancies, homes = self._places(some)
            there = {(one.person, one.home) for one in self._living(people.values()) if self._goes_on(one.to_on)}
            for row in some:
                found = self._where(row, people, tenancies, homes)
                if found and self._goes_on(row.to_on or found[3]) and (found[0], found[2]) not in there:
                    self.secret_homes.add(found[2])

    def end_what_is_missing(self, kind: str) -> Iterable[int]:
        """This function will end what the housing system had once and has no more, as of today."""
        table, column = {"tenancies": ("casework_tenancy", "ended_on"), "residents": ("casework_resident", "to_on")}[
            kind
        ]
        imported = f"""from {table} one where one.landlord_id = %s and one.imported_as not in ('', %s)
            and (one.{column} is null or one.{column} > %s)"""
        found = sql.select(imported, [self.landlord_id, ENDED, self.today], also=("one.id",))
        missing = iter([row[0] for row in found if row[0] not in self.seen[kind]])
        while some := list(islice(missing, AT_ONCE)):
            with transaction.atomic():
                self._lock()
                if kind == "tenancies":
                    gone = Tenancy.objects.filter(pk__in=some)
                    gone.update(ended_on=self.today, imported_as=ENDED, changed_at=self.now)
                    self._end_living_in(some, self.today)
                else:
                    self._end(Resident.objects.filter(pk__in=some), self.today)
            self.counts[kind].ended += len(some)
            yield len(some)

    def hide_who_became_protected(self, after: int) -> None:
        """This function will hide residents who were added since, and whose address has been protected since.

        And what any of the protected has left, whose last day there may have come since the import before.
        """
        with transaction.atomic():
            self._lock()
            self._hide_what_was_left(protected_people(self.landlord_id))
            protected = protected_people(self.landlord_id)
            added = Resident.objects.filter(landlord_id=self.landlord_id, pk__gt=after, person_id__in=protected)
            added.filter(is_hidden=False).update(is_hidden=True, came_hidden=True)

    # --- People ----------------------------------------------------------------------------------------------------------

    def _people(self, rows: Sequence[PersonRow], counts: Counts) -> None:
        indexes = [self._blind("person_reference", row.reference) for row in rows]
        known = self._known("casework_person", indexes)
        new, changed = self._sorted(rows, indexes, known, counts)
        self._add_people(new, counts)
        held = Person.objects.in_bulk(changed)
        keys.warm(Subject("person", person.mark) for person in held.values())
        updates: list[Person] = []
        signs: dict[int, list[str]] = {}
        for person_id, (row, fingerprint) in changed.items():
            person = held[person_id]
            try:
                before = person.details
                own = said_by_staff(person.own_text)
                details = overlaid(row.details, own)
                person.details, person.reference = details, row.reference
                if own:
                    person.imported_text = row.details.as_text()
            except keys.Unreadable:
                counts.left_alone += 1
                continue
            person.imported_as, person.changed_at = fingerprint, self.now
            updates.append(person)
            if tokens_of_person(self.landlord_id, before) != (tokens := tokens_of_person(self.landlord_id, details)):
                signs[person_id] = tokens
        fields = ("sealed_details", "sealed_imported", "sealed_reference", "imported_as", "changed_at")
        _update(Person, updates, fields)
        FoundBy.objects.filter(person_id__in=signs, case=None).delete()
        self._add_fingerprints("person_id", signs)
        counts.changed += len(updates)

    def _add_people(self, new: Mapping[str, tuple[PersonRow, str]], counts: Counts) -> None:
        people: dict[str, Person] = {}
        tokens: dict[str, list[str]] = {}
        for index, (row, fingerprint) in new.items():
            person = Person(landlord_id=self.landlord_id, imported_as=fingerprint, changed_at=self.now)
            person.reference_index = index
            people[person.mark] = person
            tokens[person.mark] = tokens_of_person(self.landlord_id, row.details)
        keys.make_many(Subject("person", mark) for mark in people)
        for person, (row, _) in zip(people.values(), new.values(), strict=True):
            person.details, person.reference = row.details, row.reference
        ids = _add(Person, people.values())
        self._add_fingerprints("person_id", {ids[mark]: found for mark, found in tokens.items()})
        counts.new += len(people)

    # --- Homes -----------------------------------------------------------------------------------------------------------

    def _homes(self, rows: Sequence[HomeRow], counts: Counts) -> None:
        indexes = [self._blind("home_reference", row.reference) for row in rows]
        known = self._known("casework_home", indexes)
        new, changed = self._sorted(rows, indexes, known, counts)
        added: dict[str, Home] = {}
        tokens: dict[str, list[str]] = {}
        for row, fingerprint in new.values():
            home = Home(landlord_id=self.landlord_id, changed_at=self.now)
            self._say_home(home, row, fingerprint)
            added[home.mark] = home
            tokens[home.mark] = tokens_of_home(self.landlord_id, row.details)
        ids = _add(Home, added.values())
        signs = {ids[mark]: found for mark, found in tokens.items()}
        held = Home.objects.in_bulk(changed)
        for home_id, (row, fingerprint) in changed.items():
            self._say_home(held[home_id], row, fingerprint)
            signs[home_id] = tokens_of_home(self.landlord_id, row.details)
        sealed = ("sealed_details", "sealed_reference", "uprn_index", "address_index")
        _update(Home, held.values(), (*sealed, "imported_as", "patch", "area", "changed_at"))
        FoundBy.objects.filter(home_id__in=held).delete()
        self._add_fingerprints("home_id", signs)
        counts.new, counts.changed = counts.new + len(added), counts.changed + len(held)

    def _say_home(self, home: Home, row: HomeRow, fingerprint: str) -> None:
        home.details, home.reference, home.imported_as = row.details, row.reference, fingerprint
        home.uprn_index = self._blind("uprn", row.details.uprn)
        home.address_index = self._blind("address", row.details.address)
        home.changed_at = self.now
        if row.patch is not None and not self.own_patches:
            home.patch, home.area = row.patch, row.area or ""

    def _patches(self, rows: Sequence[PatchRow], counts: Counts) -> None:
        wanted = {self._blind("home_reference", row.home): row for row in rows}
        changed = []
        for home in self._held(Home, wanted):
            row = wanted[home.reference_index]
            if (home.patch, home.area) == (row.patch, row.area):
                counts.same += 1
                continue
            home.patch, home.area, home.changed_at = row.patch, row.area, self.now
            changed.append(home)
        _update(Home, changed, ("patch", "area", "changed_at"))
        counts.changed += len(changed)

    # --- Tenancies -------------------------------------------------------------------------------------------------------

    def _tenancies(self, rows: Sequence[TenancyRow], counts: Counts) -> None:
        indexes = [self._blind("tenancy_reference", row.reference) for row in rows]
        known = self._known("casework_tenancy", indexes)
        homes = self._ids("casework_home", "home_reference", {row.home for row in rows})
        new, changed = self._sorted(rows, indexes, known, counts)
        added = []
        for row, fingerprint in new.values():
            tenancy = Tenancy(landlord_id=self.landlord_id, changed_at=self.now)
            self._say_tenancy(tenancy, row, homes[row.home], fingerprint)
            added.append(tenancy)
        ids = _add(Tenancy, added)
        held = Tenancy.objects.in_bulk(changed)
        for tenancy_id, (row, fingerprint) in changed.items():
            tenancy, home_id = held[tenancy_id], homes[row.home]
            if tenancy.home_id != home_id:
                self._move_living_in(tenancy_id, home_id)
            self._say_tenancy(tenancy, row, home_id, fingerprint)
            if row.ended_on:
                self._end_living_in([tenancy_id], row.ended_on)
        said = ("home_id", "sealed_reference", "imported_as", "kind", "tenure", "is_joint", "began_on", "ended_on")
        _update(Tenancy, held.values(), (*said, "changed_at"))
        self.seen["tenancies"].update(ids.values(), (pk for pk, _ in known.values()))
        counts.new, counts.changed = counts.new + len(added), counts.changed + len(held)

    def _say_tenancy(self, tenancy: Tenancy, row: TenancyRow, home_id: int, fingerprint: str) -> None:
        tenancy.reference, tenancy.home_id, tenancy.imported_as = row.reference, home_id, fingerprint
        tenancy.kind, tenancy.tenure, tenancy.is_joint = row.kind, row.tenure, row.is_joint
        tenancy.began_on, tenancy.ended_on, tenancy.changed_at = row.began_on, row.ended_on, self.now

    def _move_living_in(self, tenancy_id: int, home_id: int) -> None:
        """Who lives by a tenancy goes with it to another home: all of them unseen, where one of them may not be seen there."""
        living = Resident.objects.filter(tenancy_id=tenancy_id, to_on=None).exclude(imported_as="")
        people = dict(living.values_list("person_id", "is_hidden"))
        self._hold(people)
        protected = protected_people(self.landlord_id)
        is_secret = any(people.values()) or not protected.isdisjoint(people) or bool(self._secret_among([home_id]))
        living.update(home_id=home_id, **(_UNSEEN if is_secret else {}))

    def _end_living_in(self, tenancies: Collection[int], day: date) -> None:
        living = Resident.objects.filter(tenancy_id__in=tenancies, to_on=None).exclude(imported_as="")
        self._end(living, day)

    def _end(self, living: QuerySet[Resident], day: date) -> None:
        """Ends where people live; of those who are protected nobody is to see it, from the same moment on."""
        people = set(living.values_list("person_id", flat=True))
        living.update(to_on=day, imported_as=ENDED)
        self._hide_what_was_left(people)

    def _hide_what_was_left(self, people: Collection[int]) -> None:
        self._hold(people)
        if people and (protected := protected_people(self.landlord_id).intersection(people)):
            hide_what_was_left(protected, self.today)

    # --- Who lives where -------------------------------------------------------------------------------------------------

    def _residents(self, rows: Sequence[ResidentRow], counts: Counts) -> None:
        people, tenancies, homes = self._places(rows)
        self._hold(people.values())
        protected = protected_people(self.landlord_id)
        there = {_place(one.person, one.tenancy, one.home): one for one in self._living(people.values())}
        secret = self.secret_homes | self._secret_among({one[1] for one in tenancies.values()} | set(homes.values()))
        added: list[dict[str, object]] = []
        changed: list[Resident] = []
        unseen: list[int] = []
        for row in rows:
            found = self._where(row, people, tenancies, homes)
            if found is None:
                counts.left_alone += 1
                continue
            person_id, tenancy_id, home_id, ended_on = found
            row = replace(row, to_on=row.to_on or ended_on)
            said = [person_id, tenancy_id, home_id, row.holds, str(row.from_on), str(row.to_on)]
            fingerprint = self._blind("imported_row", repr(said))
            lives = there.get(_place(person_id, tenancy_id, home_id))
            if lives and not lives.imported_as:
                counts.left_alone += 1
                continue
            hidden = person_id in protected or home_id in secret
            values: dict[str, Any] = {
                "person_id": person_id,
                "tenancy_id": tenancy_id,
                "home_id": home_id,
                "holds": row.holds,
                "from_on": row.from_on,
                "to_on": row.to_on,
                "imported_as": fingerprint,
            }
            if lives is None:
                added.append({"landlord_id": self.landlord_id, **values, "is_hidden": hidden, "came_hidden": hidden})
                continue
            self.seen["residents"].add(lives.pk)
            if lives.imported_as == fingerprint:
                counts.same += 1
                continue
            changed.append(Resident(pk=lives.pk, **values))
            if hidden and (lives.home != home_id or (not self._goes_on(lives.to_on) and self._goes_on(row.to_on))):
                # They have come here, from elsewhere or back again: it is a home as new as any.
                unseen.append(lives.pk)
        _update(Resident, changed, ("home_id", "holds", "from_on", "to_on", "imported_as"))
        Resident.objects.filter(pk__in=unseen).update(**_UNSEEN)
        self._add_residents(added)
        hide_what_was_left(protected.intersection(one.person_id for one in changed), self.today)
        counts.new, counts.changed = counts.new + len(added), counts.changed + len(changed)

    def _add_residents(self, added: Sequence[Mapping[str, object]]) -> None:
        if not added:
            return
        last = last_resident()
        sql.load(Resident, tuple(added[0]), [list(one.values()) for one in added])
        new = "from casework_resident one where one.landlord_id = %s and one.id > %s"
        self.seen["residents"].update(row[0] for row in sql.select(new, [self.landlord_id, last], also=("one.id",)))

    def _places(
        self, rows: Sequence[ResidentRow]
    ) -> tuple[dict[str, int], dict[str, tuple[int, int, date | None]], dict[str, int]]:
        """The people, tenancies and homes that the rows refer to, by their references."""
        people = self._ids("casework_person", "person_reference", {row.person for row in rows})
        homes = self._ids("casework_home", "home_reference", {row.home for row in rows if not row.tenancy})
        indexes = {row.tenancy: self._blind("tenancy_reference", row.tenancy) for row in rows if row.tenancy}
        said = self._held(Tenancy, indexes.values()).values_list("reference_index", "pk", "home_id", "ended_on")
        found = {index: (pk, home, ended) for index, pk, home, ended in said}
        tenancies = {reference: found[index] for reference, index in indexes.items() if index in found}
        return people, tenancies, homes

    def _where(
        self,
        row: ResidentRow,
        people: Mapping[str, int],
        tenancies: Mapping[str, tuple[int, int, date | None]],
        homes: Mapping[str, int],
    ) -> tuple[int, int | None, int, date | None] | None:
        """Who lives by which tenancy in which home, and when it ended; nothing where one of them is not there."""
        if row.person not in people:
            return None
        if row.tenancy:
            found = tenancies.get(row.tenancy)
            return (people[row.person], *found) if found else None
        return (people[row.person], None, homes[row.home], None) if row.home in homes else None

    def _living(self, people: Iterable[int]) -> list["_Lives"]:
        """Where people live or lived."""
        ids = sorted(set(people))
        if not ids:
            return []
        which = f"from casework_resident one where one.person_id in ({sql.marks(ids)}) order by one.imported_as"
        said = ("id", "person_id", "tenancy_id", "home_id", "imported_as", "to_on")
        return [_Lives(*row) for row in sql.select(which, ids, (Resident, "one", said))]

    def _goes_on(self, to_on: date | None) -> bool:
        return to_on is None or to_on > self.today

    def _secret_among(self, homes: Collection[int]) -> set[int]:
        """Those of the homes in which somebody lives whose address is protected, and who came hidden."""
        hidden = Resident.objects.filter(home_id__in=homes, came_hidden=True)
        return set(hidden.values_list("home_id", flat=True))

    def _hold(self, people: Iterable[int]) -> None:
        """Whoever protects an address of one of these waits until this transaction has ended, or is waited for."""
        if connection.features.has_select_for_update:
            list(
                Person.objects.filter(pk__in=set(people))
                .order_by("pk")
                .select_for_update(no_key=True)
                .values_list("pk")
            )

    # --- All of them -----------------------------------------------------------------------------------------------------

    def _lock(self) -> None:
        if connection.vendor == "postgresql":
            sql.select("", [_LOCK, self.landlord_id], also=("pg_advisory_xact_lock(%s, hashtext(%s)) is null",))

    def _blind(self, kind: str, value: str) -> str:
        return keys.blind(kind, value, within=self.landlord_id)

    def _known(self, table: str, indexes: Sequence[str]) -> dict[str, tuple[int, str]]:
        """What is there already: reference → the row and the fingerprint of its last import."""
        which = f"""from {table} one where one.landlord_id = %s and one.reference_index in ({sql.marks(indexes)})
            and one.reference_index <> ''"""
        found = sql.select(
            which, [self.landlord_id, *indexes], also=("one.reference_index", "one.id", "one.imported_as")
        )
        return {index: (pk, imported) for index, pk, imported in found}

    def _held(self, model: Any, indexes: Collection[str]) -> Any:
        """The rows that have those references: said not to be empty, as their index says, which is not taken otherwise."""
        return model.objects.filter(landlord_id=self.landlord_id, reference_index__in=indexes).exclude(
            reference_index=""
        )

    def _ids(self, table: str, kind: str, references: Collection[str]) -> dict[str, int]:
        indexes = {reference: self._blind(kind, reference) for reference in references}
        known = self._known(table, list(indexes.values())) if indexes else {}
        return {reference: known[index][0] for reference, index in indexes.items() if index in known}

    def _sorted(
        self, rows: Sequence[Any], indexes: Sequence[str], known: Mapping[str, tuple[int, str]], counts: Counts
    ) -> tuple[dict[str, tuple[Any, str]], dict[int, tuple[Any, str]]]:
        """Which of the rows are new, by their reference, and which have changed; each with its fingerprint."""
        new: dict[str, tuple[Any, str]] = {}
        changed: dict[int, tuple[Any, str]] = {}
        for row, index in zip(rows, indexes, strict=True):
            fingerprint = self._blind("imported_row", row.as_text())
            pk, imported = known.get(index, (0, ""))
            if not pk:
                new[index] = row, fingerprint
            elif imported == fingerprint:
                counts.same += 1
            else:
                changed[pk] = row, fingerprint
        return new, changed

    def _add_fingerprints(self, column: str, signs: Mapping[int, Sequence[str]]) -> None:
        # In the order of their index, so that it is walked through once.
        rows = sorted((token, pk) for pk, tokens in signs.items() for token in tokens)
        sql.load(FoundBy, ("landlord_id", column, "token"), [(self.landlord_id, pk, token) for token, pk in rows])


class _Lives(NamedTuple):
    """Somebody lives in a home, or lived there, as the register has it."""

    pk: int
    person: int
    tenancy: int | None
    home: int
    imported_as: str
    to_on: date | None


def _place(person_id: int, tenancy_id: int | None, home_id: int) -> tuple[int, int | None, int | None]:
    """By what a line of an export is the same as one of before: a tenancy may go to another home, and stays that tenancy."""
    return person_id, tenancy_id, None if tenancy_id else home_id


def _add(model: Any, rows: Iterable[Any]) -> dict[str, int]:
    """This function will add rows that have a mark, and give their ids by it."""
    new = list(rows)
    if not new:
        return {}
    names = [name for name in sql.fields_of(model) if name != "id"]
    sql.load(model, tuple(names), [[getattr(row, name) for name in names] for row in new])
    marks = [row.mark for row in new]
    which = f"from {model._meta.db_table} one where one.mark in ({sql.marks(marks)})"  # noqa: SLF001 - as Django documents it; a table of our own
    return dict(sql.select(which, marks, also=("one.mark", "one.id")))


def _update(model: Any, rows: Iterable[Any], names: Sequence[str]) -> None:
    sql.change(model, tuple(names), [[getattr(row, name) for name in (*names, "pk")] for row in rows])
