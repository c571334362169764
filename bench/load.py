"""Fills a database for the benchmark: some hundred cases told to the product, and the rest copied from them.

`python -m bench.load CASES` works on the database of DATABASE_URL, which must be PostgreSQL and empty, and
prints as JSON what is in it. A copy has another reference and another officer, who leads it, wrote its
entries and has its duties on her list, and its people have names of their own; all else is as the write path
made it, sealed under a key of its own and chained. A sample of the copies is told to the product anew, by the same
officers, and must come out the same in every column, or the loader fails; so must every chain.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, cycle
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanlight.casework.settings")
django.setup()

from django.db import connection, models, transaction
from psycopg.types.json import Jsonb

from bench import stories
from bench.addresses import load_homes
from bench.stories import Story
from bench.telling import LANDLORD, cast_of, colleague, tell
from fanlight.casework import keys, sql
from fanlight.casework.actions.log_rows import Head, head_in, holding, log_row
from fanlight.casework.actions.write import entry_row
from fanlight.casework.commands.migrate import migrate_quietly
from fanlight.casework.heads import Sealed
from fanlight.casework.identity import factors
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, Duty, DutyDesk, Entry, Log, Part, ReferenceCounter, Referral, Staff
from fanlight.casework.queries.story import written
from fanlight.casework.queries.verification import Verification
from fanlight.present import present

PASSWORD = "four-words-and-no-secret"  # noqa: S105 - of a person who does not exist, in a database that is thrown away

ROWS_BESIDE = ("referral", "share", "digest", "plan")
"""What a row of the log names by its id, and is not copied: the documents of a case are not on the pages that are measured."""

# Closed cases, of each hundred; the rest are open, or wait for triage.
CLOSED: Sequence[tuple[Story, int]] = (
    (stories.NOTHING_IN_IT, 26),
    (stories.SEEN_THROUGH, 46),
    (stories.MOVED_AWAY, 28),
)
CLOSED_STARTS = 40
"""On how many days each of them begins, over four years."""
YEARS = 4

# The open cases of one officer: this many in hand at any size, so that more cases mean more officers.
LONG_CASES, SHORT_CASES = 20, 40
CASELOAD = LONG_CASES + SHORT_CASES
OPEN_IN_A_THOUSAND, NEW_IN_A_THOUSAND = 60, 2

SAMPLE = 12

SEALED_OR_CHAINED = (
    *("payload", "note", "hash", "hash_before", "number", "mark"),
    *("sealed_name", "sealed_phone", "sealed_safe_contact", "name_index", "surname_index"),
    "person_id",
)
"""No two rows have these alike; what they hold is compared opened, and the chains are walked.

The people of the copies are nobody in the register: finding is measured over a register of its own (`bench.search`)."""


@dataclass(frozen=True, slots=True)
class Template:
    """A case that the write path made, to be copied."""

    story: Story
    first: date
    case: Case


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy to be made: of which case, for which officer."""

    template: Template
    officer: Staff


def main() -> int:
    """This function will fill the database and say what is in it."""
    cases = int(sys.argv[1])
    began = perf_counter()
    migrate_quietly()
    loaded = load(cases)
    loaded["seconds"] = round(perf_counter() - began)
    json.dump(loaded, sys.stdout)
    return 0


def load(cases: int) -> dict[str, Any]:
    """This function will fill an empty database with this many cases, and prove a sample of the copies."""
    today = present().date()
    patches = settings_of(LANDLORD).patches
    number_open = max(CASELOAD, cases * OPEN_IN_A_THOUSAND // 1000)
    pairs = cycle([(patch, patches[(place + 3) % len(patches)]) for place, patch in enumerate(patches)])
    viewer = colleague("Asha Verrall", "case_officer", next(pairs), password=PASSWORD)
    secret = factors.new_secret()
    factors.keep_app(viewer, secret, 0, present())
    others = [
        colleague(f"Officer {number}", "case_officer", next(pairs))
        for number in range(2, max(2, number_open // CASELOAD + 1))
    ]

    began = perf_counter()
    with_everything = templates(viewer, today)
    told = Entry.objects.count()
    telling = perf_counter() - began

    began = perf_counter()
    copies = list(_copies(with_everything, [viewer, *others], cases))
    with transaction.atomic():
        ids = copy(copies, viewer)
        copy_what_is_sealed(copies, ids, viewer)
    copying = perf_counter() - began

    began = perf_counter()
    prove(copies, ids)
    proving = perf_counter() - began

    began = perf_counter()
    walked = verify()
    verifying = perf_counter() - began
    homes = load_homes(LANDLORD, viewer)
    with connection.cursor() as cursor:
        # What autovacuum does by itself in a database that lives.
        cursor.execute("VACUUM (ANALYZE)")
    long_cases = [one.case.reference for one in with_everything if one.story is stories.MADE_SAFE_TWICE]
    short_cases = [one.case.reference for one in with_everything if one.story is stories.UNDER_WAY]
    return {
        "cases": Case.objects.count(),
        "duties": Duty.objects.count(),
        "open duties on lists": DutyDesk.objects.count(),
        "entries": Entry.objects.count(),
        "log": Log.objects.count(),
        "officers": len(others) + 1,
        "told": len(with_everything),
        "entries told": told,
        "people": Part.objects.count(),
        "proved": SAMPLE,
        "verified": walked,
        "verified a second": round(walked / verifying),
        "seconds telling": round(telling, 1),
        "seconds copying": round(copying, 1),
        "seconds proving": round(proving, 1),
        "email": viewer.email,
        "password": PASSWORD,
        "secret": secret,
        "homes": homes,
        "long cases": long_cases,
        "short cases": short_cases,
    }


def templates(viewer: Staff, today: date) -> list[Template]:
    """This function will tell the stories on many days. The open ones are the viewer's own caseload."""
    cast = cast_of(viewer)

    def told(story: Story, first: date) -> Template:
        return Template(story, first, tell(story, first, cast))

    apart = timedelta(days=365 * YEARS) / CLOSED_STARTS
    made = [
        told(story, today - timedelta(days=story.days + 20 + place) - number * apart)
        for place, (story, _) in enumerate(CLOSED)
        for number in range(CLOSED_STARTS)
    ]
    made += [told(stories.MADE_SAFE_TWICE, today - timedelta(days=65 + 3 * number)) for number in range(LONG_CASES)]
    made += [told(stories.UNDER_WAY, today - timedelta(days=3 + number)) for number in range(SHORT_CASES)]
    made += [told(stories.JUST_REPORTED, today - timedelta(days=1))]
    return made


def _copies(made: Sequence[Template], officers: Sequence[Staff], cases: int) -> Iterator[Copy]:
    """This function will say what to copy: the open cases once for each other officer, then new and closed ones."""
    left = cases - len(made) - SAMPLE
    opened = [one for one in made if one.story in (stories.MADE_SAFE_TWICE, stories.UNDER_WAY)]
    for officer in officers[1:]:
        for one in opened:
            yield Copy(one, officer)
            left -= 1
    reported = next(one for one in made if one.story is stories.JUST_REPORTED)
    for _ in range(cases * NEW_IN_A_THOUSAND // 1000 - 1):
        yield Copy(reported, officers[0])
        left -= 1
    closed = cycle(
        [
            one
            for number in range(CLOSED_STARTS)
            for story, share in CLOSED
            for one in [[told for told in made if told.story is story][number]] * (share // 2)
        ]
    )
    for number in range(left):
        yield Copy(next(closed), officers[number % len(officers)])


# ── Copying ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def copy(copies: Sequence[Copy], teller: Staff) -> list[int]:
    """This function will make the copies, and give the id of each. Rows lie in the order in which they would have been written."""
    with connection.cursor() as cursor:
        # No row is asked whether the rows that it points at are there: they were copied with it.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL work_mem = '512MB'")
        cursor.execute(
            "CREATE TEMP TABLE copy (template bigint, made bigint, reference text, officer bigint, first_duty bigint)"
        )
        ids = _plan(cursor, copies)
        cursor.execute("ANALYZE copy")
        cursor.execute(
            "CREATE TEMP TABLE duty_place ON COMMIT DROP AS SELECT id AS duty, case_id,"
            " row_number() OVER (PARTITION BY case_id ORDER BY id) AS place FROM casework_duty"
        )
        cursor.execute("ANALYZE duty_place")
        officer = {"teller": teller.pk, "desk": f"staff:{teller.pk}", "quoted": f'"staff:{teller.pk}"'}
        hers = "CASE WHEN t.{0} = %(teller)s THEN copy.officer ELSE t.{0} END"
        of_case = "JOIN copy ON copy.template = t.case_id"
        place = f"{of_case} JOIN duty_place ON duty_place.duty = t.{{}}"
        for model, joined, order, changed in (
            (
                Case, "JOIN copy ON copy.template = t.id", "copy.made",
                {"id": "copy.made", "reference": "copy.reference", "lead_id": hers.format("lead_id")},
            ),
            (
                Duty, place.format("id"), "t.since, copy.made, t.id",
                {
                    "id": "copy.first_duty + duty_place.place", "case_id": "copy.made",
                    "desks": "replace(t.desks::text, %(quoted)s, '\"staff:' || copy.officer || '\"')::jsonb",
                },
            ),
            (
                DutyDesk, place.format("duty_id"), "t.soonest, copy.made, t.id",
                {
                    "id": "", "case_id": "copy.made", "duty_id": "copy.first_duty + duty_place.place",
                    "desk": "CASE WHEN t.desk = %(desk)s THEN 'staff:' || copy.officer ELSE t.desk END",
                },
            ),
            (
                Referral, of_case, "t.sent_at, copy.made, t.sequence",
                {
                    "id": "", "case_id": "copy.made", "to_staff_id": hers.format("to_staff_id"),
                    "sent_by_id": hers.format("sent_by_id"),
                },
            ),
        ):  # fmt: skip
            cursor.execute(_insert(model, joined, order, changed), officer)
        for model in (Case, Duty):
            table = model._meta.db_table
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM " + table + "))",  # noqa: S608 - our own table
                [table],
            )
    return ids


def copy_what_is_sealed(copies: Sequence[Copy], ids: Sequence[int], teller: Staff) -> None:
    """This function will make the entries, people and rows of the log of the copies: each is sealed and chained for itself."""
    told = {one.template.case.pk: _Sealed(one.template.case) for one in copies}
    people = {staff.pk: staff for staff in Staff.objects.all()}
    entries: list[dict[str, Any]] = []
    logged: list[tuple[Any, ...]] = []
    with transaction.atomic(using="keys"):
        parts = _copied_parts(copies, ids, told, teller)
        for made, one in zip(ids, copies, strict=True):
            theirs = told[one.template.case.pk]
            case = Case(pk=made, landlord_id=LANDLORD)
            hers = {teller.pk: one.officer.pk}
            head, heads = keys.BEGINNING, {}
            for row in theirs.entries:
                by, to = (hers.get(person, person) for person in (row.told.by_id, row.told.to_staff_id))  # type: ignore[arg-type]  # nobody stays nobody
                payload = _of_parts(row.told.payload, parts[made])
                its = row.told._replace(by_id=by, to_staff_id=to, payload=payload)
                entry, head = entry_row(case, its, row.note, head)
                heads[row.told.sequence] = head
                entries.append(dict(entry))
            logged += [
                (row.at, made, place, hers.get(row.staff_id, row.staff_id), row, heads)
                for place, row in enumerate(theirs.log)
            ]
    entries.sort(key=lambda row: (row["recorded_at"], row["case_id"], row["sequence"]))
    _copied_in(Entry, entries)
    _copied_in(Log, list(_chained(logged, people)))


class _Sealed:
    """What is sealed or chained of a template, opened once."""

    def __init__(self, case: Case) -> None:
        self.entries = written(case)
        self.parts = [
            (part, part.name, part.phone, part.safe_contact) for part in Part.objects.filter(case=case).order_by("pk")
        ]
        self.log = list(Log.objects.filter(case=case).order_by("pk"))


def _copied_parts(
    copies: Sequence[Copy], ids: Sequence[int], told: Mapping[int, _Sealed], teller: Staff
) -> Mapping[int, Mapping[int, int]]:
    """This function will make the people of the copies, and give, by copy, which part is that of the template's."""
    made: dict[int, dict[int, Part]] = {}
    for number, one in zip(ids, copies, strict=True):
        case, hers = Case(pk=number, landlord_id=LANDLORD), {teller.pk: one.officer.pk}
        made[number] = {of[0].pk: _copied_part(of, case, hers) for of in told[one.template.case.pk].parts}
    parts = [part for theirs in made.values() for part in theirs.values()]
    Part.objects.bulk_create(sorted(parts, key=lambda part: (part.added_at, part.case_id)), batch_size=2000)
    return {number: {of: part.pk for of, part in theirs.items()} for number, theirs in made.items()}


def _of_parts(payload: Mapping[str, Any], parts: Mapping[int, int]) -> dict[str, Any]:
    """What an entry says, with whom it reached named by another part."""
    said = dict(payload)
    if said.get("reach", {}).get("part") is not None:
        said["reach"] = {**said["reach"], "part": parts[said["reach"]["part"]]}
    return said


def _copied_part(of: tuple[Part, str, str, str], case: Case, hers: Mapping[int, int]) -> Part:
    part, name, phone, safe_contact = of
    copied = Part(
        landlord_id=part.landlord_id, case=case, part=part.part, staff_id=part.staff_id, added_at=part.added_at,
        added_by_id=hers.get(part.added_by_id, part.added_by_id),
    )  # fmt: skip
    copied.name, copied.phone, copied.safe_contact = f"{name} {case.pk}", phone, safe_contact
    return copied


def _chained(logged: list[tuple[Any, ...]], people: Mapping[int, Staff]) -> Iterator[Mapping[str, Any]]:
    """This function will give the rows of the log in the order of time, each after the last of its strand."""
    ends = {strand: head_in(sql.select_together(*holding(strand))) for strand in people}
    for at, made, _, staff_id, row, heads in sorted(logged, key=lambda one: one[:3]):
        detail = dict(row.detail)
        if "heads" in detail:
            detail["heads"] = [[made, sequence, heads[sequence].hex()] for _, sequence, _ in detail["heads"]]
        new = log_row(ends[staff_id], row.what, row.outcome, made, detail, by=people[staff_id], now=at)
        ends[staff_id] = Head(new["number"], new["hash"])  # type: ignore[arg-type]  # as log_row gives them
        yield new


def _copied_in(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    columns = list(rows[0])
    with connection.cursor() as cursor:
        names = ", ".join(f'"{column}"' for column in columns)
        with cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copied:
            for row in rows:
                copied.write_row([Jsonb(row[name]) if name == "detail" else row[name] for name in columns])


def _plan(cursor: Any, copies: Sequence[Copy]) -> list[int]:
    """This function will write down which copies to make: in the order of their reports, with the ids of their duties."""
    duties = dict(Duty.objects.values_list("case_id").annotate(number=models.Count("id")))
    case_ids = count(Case.objects.latest("id").pk + 1)
    first_duty = Duty.objects.latest("id").pk
    counters = {one.year: one for one in ReferenceCounter.objects.all()}
    prefix = settings_of(LANDLORD).reference_prefix
    ids = [0] * len(copies)
    with cursor.copy("COPY copy FROM STDIN") as rows:
        for place in sorted(range(len(copies)), key=lambda place: copies[place].template.first):
            one = copies[place]
            ids[place] = next(case_ids)
            counter = counters[one.template.first.year]
            counter.last += 1
            template = one.template.case.pk
            reference = f"{prefix}-{counter.year}-{counter.last:06d}"
            rows.write_row((template, ids[place], reference, one.officer.pk, first_duty))
            first_duty += duties.get(template, 0)
    ReferenceCounter.objects.bulk_update(counters.values(), ["last"])
    return ids


def _insert(model: type[models.Model], joined: str, order: str, changed: Mapping[str, str]) -> str:
    """This function will say how rows of a table are copied: every column as it is, but those that are changed."""
    values = {field.column: changed.get(field.column, f't."{field.column}"') for field in model._meta.concrete_fields}
    kept = {column: value for column, value in values.items() if value}
    columns = ", ".join(f'"{column}"' for column in kept)
    table = model._meta.db_table
    return f"INSERT INTO {table} ({columns}) SELECT {', '.join(kept.values())} FROM {table} t {joined} ORDER BY {order}"  # noqa: S608 - our own tables


# ── Proving ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def prove(copies: Sequence[Copy], ids: Sequence[int]) -> None:
    """This function will tell a sample of the copies to the product anew; every row must be the same, or it fails."""
    for place in _sample(copies):
        one = copies[place]
        told = tell(one.template.story, one.template.first, cast_of(one.officer))
        copied, anew = rows_of(ids[place]), rows_of(told.pk)
        if copied != anew:
            different = [table for table in copied if copied[table] != anew[table]]
            raise SystemExit(
                f"A copy of “{one.template.story.title}” is not what the write path makes: {different}\n"
                + "\n".join(f"{table}\n  {copied[table]}\n  {anew[table]}" for table in different)
            )


def verify() -> int:
    """This function will walk every chain; one that does not hold is the end of it. It gives the number of rows."""
    verification = Verification(Sealed())
    for _ in verification.walk():
        pass
    if verification.broken:
        raise SystemExit(f"A chain does not hold: {verification.broken[0]}")
    return verification.rows


def _sample(copies: Sequence[Copy]) -> list[int]:
    """This function will choose copies of every story, spread over officers and days."""
    by_story: dict[str, list[int]] = {}
    for place, one in enumerate(copies):
        by_story.setdefault(one.template.story.title, []).append(place)
    chosen: list[int] = []
    for turn in range(SAMPLE):
        places = list(by_story.values())[turn % len(by_story)]
        chosen.append(places[(turn * 7919 + len(places) // 2) % len(places)])
    return chosen


def rows_of(case_id: int) -> dict[str, list[dict[str, Any]]]:
    """This function will give every row of a case, without the ids and the reference, which no two cases share."""
    duties = {
        pk: place
        for place, pk in enumerate(Duty.objects.filter(case=case_id).order_by("id").values_list("pk", flat=True))
    }
    found: dict[str, list[dict[str, Any]]] = {}
    for model, order in (
        (Entry, "sequence"),
        (Duty, "id"),
        (DutyDesk, "id"),
        (Referral, "sequence"),
        (Part, "id"),
        (Log, "id"),
    ):
        rows = [_without(row, "id", "case_id") for row in model.objects.filter(case=case_id).order_by(order).values()]
        for row in rows:
            if "duty_id" in row:
                row["duty_id"] = duties[row["duty_id"]]
        found[model.__name__] = [_without(row, *SEALED_OR_CHAINED) for row in rows]
    case = Case.objects.get(pk=case_id)
    places = {part: place for place, part in enumerate(case.parts.order_by("pk").values_list("pk", flat=True))}
    found["told"] = [
        one._replace(told=one.told._replace(payload=_of_parts(one.told.payload, places)))._asdict()
        for one in written(case)
    ]
    # A copy has names of its own.
    found["people"] = [
        {"name": part.name.removesuffix(f" {case_id}"), "phone": part.phone, "safe": part.safe_contact}
        for part in Part.objects.filter(case=case).order_by("pk")
    ]
    for row in found["Log"]:
        row["detail"] = {name: said for name, said in row["detail"].items() if name not in ("heads", *ROWS_BESIDE)}
    found["DutyDesk"].sort(key=lambda row: (row["duty_id"], row["desk"]))
    found["Case"] = [_without(row, "id", "reference") for row in Case.objects.filter(pk=case_id).values()]
    return found


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


if __name__ == "__main__":
    sys.exit(main())
