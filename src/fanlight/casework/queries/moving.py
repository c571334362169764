"""Changes of address that leave no trace, and who may know a protected address: for whoever sees the case, and no further."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from fanlight.casework.access import (
    Known,
    NotFound,
    Refused,
    Standing,
    can,
    find_case,
    kept_away,
    known_in,
    roles_of,
    sees_without_desk,
    visible_cases,
)
from fanlight.casework.models import (
    Case,
    Lifting,
    MayKnow,
    Move,
    MoveAnswer,
    MoveStep,
    Part,
    Person,
    Staff,
    Way,
    group_of,
    names_of,
)
from fanlight.casework.models.contact import ADDRESSES
from fanlight.casework.models.moving import ANSWERS_TO_A_STEP
from fanlight.casework.queries.lines import Colleague, Page, PartLine
from fanlight.casework.queries.paging import page_number
from fanlight.casework.queries.protected import protected_among, shown_to
from fanlight.casework.queries.reading_lines import part_lines
from fanlight.casework.queries.words import role_titles

PAGE = 50
STATES: Mapping[str, str] = {
    "asked": "Waits to be authorised",
    "authorised": "Authorised: to be carried out",
    "done": "Done",
    "refused": "Not authorised",
    "cancelled": "Called off",
}
_ANSWERS = dict(ANSWERS_TO_A_STEP)


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move in a list: whose, how far it is, and how many systems are not answered for."""

    number: int
    reference: str
    name: str
    state: str
    state_title: str
    moves_on: date | None
    asked_at: datetime
    asked_by: str
    left: int
    of: int


@dataclass(frozen=True, slots=True)
class AddressLine:
    """A protected address of somebody in the case: the address, or whom to ask. `is_withheld` where it is not shown."""

    part: int
    name: str
    kind: str
    value: str
    is_withheld: bool
    standing: str
    has_ended: bool
    way: int
    may_ask_to_lift: bool


@dataclass(frozen=True, slots=True)
class LiftingLine:
    """Somebody asked that an address be protected no longer, and what came of it; `they_agree` is None where nobody could ask them.

    With no `address` it is of where the housing system says that they live. `why_not_decide` says why the viewer does not.
    """

    number: int
    part: int
    name: str
    address: str
    reason: str
    they_agree: bool | None
    asked_by: str
    asked_at: datetime
    outcome: str
    decided_by: str
    decided_at: datetime | None
    decision: str
    may_decide: bool
    why_not_decide: str


@dataclass(frozen=True, slots=True)
class MovesOfCase:
    """The moves of a case, the open ones first; protected addresses; those for whom a move may be asked for."""

    reference: str
    moves: tuple[MoveLine, ...]
    addresses: tuple[AddressLine, ...]
    people: tuple[PartLine, ...]
    may_ask: bool
    liftings: tuple[LiftingLine, ...]
    hidden: tuple[PartLine, ...]
    """Those where the housing system says that they live is hidden, since a move whose address nobody has said."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What was done about a system, or why nothing was."""

    answer: str
    title: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StepLine:
    """A system on the checklist; `now` is the last answer, `before` those that it put right."""

    number: int
    manner: str
    title: str
    now: AnswerLine | None
    before: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A move was put right."""

    what: tuple[str, ...]
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MovePage:
    """A move, and what the viewer may do about it.

    `address` is the new address, or whom to ask; empty where nobody has said it. `knows` are the names of those who may know
    it, `proposed` the ids of those who were proposed. `why_not_decide` says why the viewer does not authorise it.
    """

    line: MoveLine
    part: int | None
    reason: str
    address: str
    is_withheld: bool
    knows: tuple[str, ...]
    proposed: tuple[int, ...]
    proposed_names: tuple[str, ...]
    decided_by: str
    decided_at: datetime | None
    decision: str
    ended_by: str
    ended_at: datetime | None
    why_cancelled: str
    tell: tuple[StepLine, ...]
    silent: tuple[StepLine, ...]
    changes: tuple[ChangeLine, ...]
    colleagues: tuple[Colleague, ...]
    may_write: bool
    may_decide: bool
    why_not_decide: str


@dataclass(frozen=True, slots=True)
class KnowerLine:
    """Somebody who may know the address, or might; and who named them."""

    id: int
    name: str
    by: str
    at: datetime
    until: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class KnownPage:
    """Who may know the protected addresses of somebody in a case; the addresses as the viewer may see them."""

    reference: str
    part: int
    name: str
    addresses: tuple[AddressLine, ...]
    now: tuple[KnowerLine, ...]
    before: tuple[KnowerLine, ...]
    colleagues: tuple[Colleague, ...]
    may_name: bool


def moves_of_case(viewer: Staff, reference: str, *, now: datetime) -> MovesOfCase:
    """This function will give the moves of a case and the protected addresses in it. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    people = part_lines(case)
    persons = _persons(case)
    names = {persons[one.id]: one.name for one in reversed(people) if one.id in persons}
    moves = Move.objects.filter(case=case).select_related("case", "person").prefetch_related(*_STEPS)
    lines = _lines(moves.order_by("-asked_at", "-pk"), names)
    known, may_ask = known_in(case, now=now), _may_write(case, standing)
    liftings = liftings_of(viewer, case, standing, people, persons, known)
    return MovesOfCase(
        reference=case.reference,
        moves=tuple(sorted(lines, key=lambda line: line.state not in ("asked", "authorised"))),
        addresses=_addresses(viewer, case, people, persons, known, may_ask=may_ask),
        people=tuple(one for one in people if one.part != "causing_harm" and not one.works_here),
        may_ask=may_ask,
        liftings=liftings,
        hidden=_hidden(case, people, persons, liftings) if may_ask else (),
    )


def _hidden(
    case: Case, people: Iterable[PartLine], persons: Mapping[int, int], liftings: Iterable[LiftingLine]
) -> tuple[PartLine, ...]:
    asked = {line.part for line in liftings if not line.outcome and not line.address}
    rows = {_root(move.person) for move in _without_address(case).select_related("person")}
    found = {
        persons[one.id]: one for one in reversed(list(people)) if persons.get(one.id) in rows and one.id not in asked
    }
    return tuple(found.values())


def is_hidden_without_address(case: Case, group: Iterable[int]) -> bool:
    """This function will say whether a move of this case hides where one of these people lives, and nobody has said its address."""
    return _without_address(case).filter(person__in=group).exists()


def _without_address(case: Case) -> QuerySet[Move]:
    """The moves that are done, whose address nobody has said, and that were not lifted since."""
    lifted = Lifting.objects.filter(case=case, person=OuterRef("person"), way=None, outcome="lifted")
    since = Exists(lifted.filter(decided_at__gte=OuterRef("done_at")))
    return Move.objects.filter(~since, case=case, way=None, done_at__isnull=False)


def liftings_of(
    viewer: Staff, case: Case, standing: Standing, people: Iterable[PartLine], persons: Mapping[int, int], known: Known
) -> tuple[LiftingLine, ...]:
    """This function will give what was asked about addresses that are protected, or were: what waits first, then the latest."""
    rows = list(Lifting.objects.filter(case=case).select_related("way__person", "person").order_by("-asked_at", "-pk"))
    shown = shown_to(viewer, case, [*_address_ways(case)] if rows else [], known)
    names = names_of({one for row in rows for one in (row.asked_by_id, row.decided_by_id)})
    whose = {persons[one.id]: one for one in reversed(list(people)) if one.id in persons}
    found = []
    for row in rows:
        somebody = whose.get(_root(row.person))
        why_not = _why_not_lift(viewer, row, standing)
        if somebody is not None:
            found.append(
                LiftingLine(
                    number=row.pk,
                    part=somebody.id,
                    name=somebody.name,
                    address=shown.values.get(row.way_id or 0, ""),
                    reason=row.reason,
                    they_agree=row.they_agree,
                    asked_by=names[row.asked_by_id],
                    asked_at=row.asked_at,
                    outcome=row.outcome,
                    decided_by=names[row.decided_by_id],
                    decided_at=row.decided_at,
                    decision=row.decision,
                    may_decide=not row.outcome and not why_not,
                    why_not_decide=why_not if not row.outcome else "",
                )
            )
    return tuple(sorted(found, key=lambda line: bool(line.outcome)))


def _why_not_lift(viewer: Staff, row: Lifting, standing: Standing) -> str:
    if not standing.can("address:authorise") or standing.emergency_until is not None:
        return "It is decided by somebody who authorises changes of address, and who sees this case."
    return "Somebody else must decide: you asked for it." if viewer.pk == row.asked_by_id else ""


def lifting_page(viewer: Staff, reference: str, number: int, *, now: datetime) -> LiftingLine:
    """This function will give one of them. Raises NotFound."""
    found = moves_of_case(viewer, reference, now=now)
    line = next((one for one in found.liftings if one.number == number), None)
    if line is None:
        raise NotFound
    return line


def move_page(viewer: Staff, reference: str, number: int, *, now: datetime) -> MovePage:
    """This function will give a move of a case. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    moves = Move.objects.filter(case=case, pk=number).select_related("case", "person", "way__person")
    move = moves.prefetch_related(*_STEPS).first()
    if move is None:
        raise NotFound
    persons = _persons(case)
    part = next((one for one in part_lines(case) if persons.get(one.id) == _root(move.person)), None)
    known = known_in(case, now=now)
    knowers = known.knowers(move.person_id, move.way.value_index) if move.way else ()
    changes = list(move.changes.order_by("-at", "-pk"))
    answers = [answer for step in move.steps.all() for answer in step.answers.all()]
    names = names_of(
        {
            *(move.asked_by_id, move.decided_by_id, move.done_by_id, move.cancelled_by_id, *knowers, *move.named),
            *(one.by_id for one in answers),
            *(one.by_id for one in changes),
        }
    )
    shown = shown_to(viewer, case, [move.way], known) if move.way else None
    steps = [_step(step, names) for step in move.steps.all()]
    why_not = _why_not_decide(viewer, move, standing, [change.by_id for change in changes])
    (line,) = _lines([move], {_root(move.person): part.name} if part else {})
    return MovePage(
        line=line,
        part=part.id if part else None,
        reason=move.reason,
        address=shown.values[move.way.pk] if shown and move.way else "",
        is_withheld=bool(shown and shown.withheld),
        knows=tuple(names[one] for one in knowers),
        proposed=tuple(move.named),
        proposed_names=tuple(names[one] for one in move.named if one in names),
        decided_by=names[move.decided_by_id],
        decided_at=move.decided_at,
        decision=move.decision,
        ended_by=names[move.done_by_id or move.cancelled_by_id],
        ended_at=move.done_at or move.cancelled_at,
        why_cancelled=move.why_cancelled,
        tell=tuple(step for step in steps if step.manner == "tell"),
        silent=tuple(step for step in steps if step.manner == "silent"),
        changes=tuple(ChangeLine(tuple(one.what), one.reason, names[one.by_id], one.at) for one in changes),
        colleagues=tuple(one for one in who_sees(case) if one.id != viewer.pk or viewer.pk in move.named)
        if move.state == "asked" and not why_not
        else (),
        may_write=_may_write(case, standing),
        may_decide=move.state == "asked" and not why_not,
        why_not_decide=why_not if move.state == "asked" else "",
    )


def ask_for_move_form(viewer: Staff, reference: str, *, now: datetime) -> tuple[MovesOfCase, tuple[Colleague, ...]]:
    """This function will give for whom a move may be asked, and the colleagues who may be proposed. Raises NotFound; Refused."""
    found = moves_of_case(viewer, reference, now=now)
    if not found.may_ask:
        raise Refused("Your role may not write in this case.")
    case, _ = find_case(viewer, reference, now=now)
    return found, tuple(one for one in who_sees(case) if one.id != viewer.pk)


def known_page(viewer: Staff, reference: str, part: int, *, now: datetime) -> KnownPage:
    """This function will give who may know the protected addresses of somebody in a case. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    people, persons = part_lines(case), _persons(case)
    somebody = next((one for one in people if one.id == part and one.id in persons), None)
    if somebody is None:
        raise NotFound
    root = persons[part]
    rows = list(MayKnow.objects.filter(person__in=group_of(root)).order_by("at", "pk"))
    names = names_of({one for row in rows for one in (row.staff_id, row.by_id)})
    known = known_in(case, now=now)
    knows = {one for row in rows for one in known.knowers(row.person_id)}
    lines = [
        KnowerLine(row.staff_id, names[row.staff_id], names[row.by_id], row.at, row.until, row.ended_at) for row in rows
    ]
    held = [not row.ended_at and row.staff_id in knows for row in rows]
    may_name = standing.can("address:authorise") and standing.emergency_until is None
    addresses = _addresses(viewer, case, people, persons, known)
    return KnownPage(
        reference=case.reference,
        part=part,
        name=somebody.name,
        addresses=tuple(line for line in addresses if persons[line.part] == persons[part]),
        now=tuple({line.id: line for line, holds in zip(lines, held, strict=True) if holds}.values()),
        before=tuple(line for line, holds in zip(lines, held, strict=True) if not holds),
        colleagues=tuple(one for one in who_sees(case) if one.id not in knows and one.id != viewer.pk)
        if may_name
        else (),
        may_name=may_name,
    )


def open_moves(viewer: Staff, *, page: int = 1, now: datetime) -> Page[MoveLine]:
    """This function will give the open moves of the cases that the viewer sees, those that wait to be authorised first.

    To whoever authorises moves all of them, to others those of the cases that they lead. It names nobody. Raises Refused.
    """
    if not may_follow_moves(viewer):
        raise Refused("Your role may not do this: it is for whoever works on cases.")
    found = _open_to(viewer, now).order_by("outcome", "asked_at", "pk")
    total = found.count()
    number, pages = page_number(page, total, PAGE)
    rows = list(found.select_related("case").prefetch_related(*_STEPS)[(number - 1) * PAGE : number * PAGE])
    return Page(_lines(rows, {}), number, pages, total)


def count_to_authorise(viewer: Staff, *, now: datetime) -> int:
    """This function will count what waits for the viewer to authorise it: moves, and addresses to be protected no longer."""
    if not can(viewer, "address:authorise"):
        return 0
    moves = _open_to(viewer, now).filter(outcome="").exclude(asked_by=viewer).exclude(changes__by=viewer)
    return moves.values_list("pk").union(_to_lift(viewer, now).values_list("pk"), all=True).count()


def _to_lift(viewer: Staff, now: datetime) -> QuerySet[Lifting]:
    waits = Lifting.objects.filter(landlord_id=viewer.landlord_id, outcome="").exclude(asked_by=viewer)
    return waits.filter(case__in=visible_cases(viewer, now=now)).order_by()


@dataclass(frozen=True, slots=True)
class WaitingLifting:
    """Somebody asked that an address be protected no longer: in which case, and since when."""

    reference: str
    number: int
    asked_by: str
    asked_at: datetime


def liftings_to_decide(viewer: Staff, *, now: datetime) -> tuple[WaitingLifting, ...]:
    """This function will give what waits for the viewer to decide, the longest first. It names nobody whose address it is."""
    if not can(viewer, "address:authorise"):
        return ()
    rows = list(_to_lift(viewer, now).select_related("case").order_by("asked_at", "pk")[:PAGE])
    names = names_of(row.asked_by_id for row in rows)
    return tuple(WaitingLifting(row.case.reference, row.pk, names[row.asked_by_id], row.asked_at) for row in rows)


def _open_to(viewer: Staff, now: datetime) -> QuerySet[Move]:
    open_ones = Move.objects.filter(landlord_id=viewer.landlord_id, done_at=None, cancelled_at=None)
    seen = open_ones.exclude(outcome="refused").filter(case__in=visible_cases(viewer, now=now))
    return seen if can(viewer, "address:authorise") else seen.filter(case__lead=viewer)


def may_follow_moves(viewer: Staff) -> bool:
    """This function will say whether the list of open moves is the viewer's."""
    return can(viewer, "address:authorise") or any(role.has("case:write") for role in roles_of(viewer))


def who_sees(case: Case) -> tuple[Colleague, ...]:
    """This function will list the colleagues whose roles show them a case, by name: those who may be named. Nobody kept from it."""
    staff = Staff.objects.filter(landlord_id=case.landlord_id, is_active=True).exclude(pk__in=kept_away(case).people)
    people = [one for one in staff.prefetch_related("roles") if sees_without_desk(roles_of(one), case, one.pk)]
    names = names_of(one.pk for one in people)
    found = [
        Colleague(one.pk, names[one.pk], role_titles(case.landlord_id, [held.role for held in roles_of(one)]), ())
        for one in people
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def _may_write(case: Case, standing: Standing) -> bool:
    return standing.can("case:write") and standing.emergency_until is None and case.status != "joined"


def _why_not_decide(viewer: Staff, move: Move, standing: Standing, changed_by: Iterable[int]) -> str:
    if not standing.can("address:authorise") or standing.emergency_until is not None:
        return "It is authorised by somebody whose role may do so, who sees this case."
    if viewer.pk == move.asked_by_id or viewer.pk in changed_by:
        return "Somebody else must authorise it: you asked for it, or put it right."
    return ""


def _persons(case: Case) -> dict[int, int]:
    """Who somebody in the case is in the register: part → person, the one into whom they were merged."""
    rows = Part.objects.filter(case=case).exclude(person=None).values_list("pk", "person_id", "person__merged_into_id")
    return {part: merged or person for part, person, merged in rows}


def _root(person: Person) -> int:
    return person.merged_into_id or person.pk


_STEPS = (
    Prefetch("steps", MoveStep.objects.order_by("number")),
    Prefetch("steps__answers", MoveAnswer.objects.order_by("pk")),
)


def _lines(moves: Iterable[Move], names: Mapping[int, str]) -> tuple[MoveLine, ...]:
    """The moves as lines; `names` says whose they are, by person, and is empty where nobody is named."""
    rows = list(moves)
    asked = names_of(move.asked_by_id for move in rows)
    return tuple(
        MoveLine(
            number=move.pk,
            reference=move.case.reference,
            name=names.get(_root(move.person), "") if names else "",
            state=move.state,
            state_title=STATES[move.state],
            moves_on=move.moves_on,
            asked_at=move.asked_at,
            asked_by=asked[move.asked_by_id],
            left=sum(not step.answers.all() for step in move.steps.all()),
            of=len(move.steps.all()),
        )
        for move in rows
    )


def _step(step: MoveStep, names: Mapping[int | None, str]) -> StepLine:
    said = [
        AnswerLine(one.answer, _ANSWERS[one.answer], one.note, names[one.by_id], one.at) for one in step.answers.all()
    ]
    return StepLine(step.number, step.manner, step.title, said[-1] if said else None, tuple(reversed(said[:-1])))


def _address_ways(case: Case) -> QuerySet[Way]:
    return Way.objects.filter(case=case, kind__in=ADDRESSES).select_related("person").order_by("-at", "-pk")


def _addresses(
    viewer: Staff,
    case: Case,
    people: Iterable[PartLine],
    persons: Mapping[int, int],
    known: Known,
    *,
    may_ask: bool = False,
) -> tuple[AddressLine, ...]:
    """The protected addresses that this case knows: of each person those that hold, and those that have ended."""
    ways = list(_address_ways(case))
    waits = set(Lifting.objects.filter(case=case, outcome="").values_list("way_id", flat=True)) if may_ask else set()
    hidden = protected_among(ways)
    shown = shown_to(viewer, case, [way for way in ways if way.pk in hidden], known)
    whose = {persons[one.id]: one for one in reversed(list(people)) if one.id in persons}
    found = []
    for way in ways:
        somebody = whose.get(way.person.merged_into_id or way.person_id)
        if way.pk in hidden and somebody is not None:
            found.append(
                AddressLine(
                    part=somebody.id,
                    name=somebody.name,
                    kind=way.kind,
                    value=shown.values[way.pk],
                    is_withheld=way.pk in shown.withheld,
                    standing=way.standing,
                    has_ended=way.ended_at is not None,
                    way=way.pk,
                    may_ask_to_lift=may_ask and way.is_protected and way.ended_at is None and way.pk not in waits,
                )
            )
    return tuple(sorted(found, key=lambda line: line.has_ended))
