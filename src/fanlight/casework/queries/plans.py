"""What the people at risk in a case want, and what was planned with them: the pages of wishes and plans."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fanlight.casework import keys, rulings, sql
from fanlight.casework.access import NotFound, Refused, can, find_case
from fanlight.casework.letters import Kept, PlanWritten
from fanlight.casework.models import Case, Plan, PlanAnswer, PlanCopy, PlanItem, Staff, names_of
from fanlight.casework.models.plans import ANSWERS_TO_AN_ITEM, OWNERS, PLANS
from fanlight.casework.plan_forms import Section, form_on, forms_of, titles_of
from fanlight.casework.queries.case_page import may_in
from fanlight.casework.queries.lines import AdviceLine, PartLine, WishLine
from fanlight.casework.queries.reading_lines import advice_lines, part_lines
from fanlight.casework.queries.ways import Known
from fanlight.casework.queries.wishes import every_wish, wishes_of_case
from fanlight.casework.rulings import Told
from fanlight.casework.safe_contact import MEANS
from fanlight.present import day_of


@dataclass(frozen=True, slots=True)
class WishesOfOne:
    """Somebody at risk, with what they said they wanted before their last word took its place, newest first."""

    person: PartLine
    before: tuple[WishLine, ...]


@dataclass(frozen=True, slots=True)
class WishesPage:
    """What the people at risk in a case want; `may_write` is whether the viewer may write down more."""

    reference: str
    at_risk: tuple[PartLine, ...]
    each: tuple[WishesOfOne, ...]
    may_write: bool
    last_sequence: int


def wishes_page(viewer: Staff, reference: str, *, now: datetime) -> WishesPage:
    """This function will give all that the people at risk in a case said they want. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    at_risk = tuple(person for person in part_lines(case, now) if person.part == "person_at_risk")
    every = every_wish(case, *sql.select_together(wishes_of_case(case)))
    return WishesPage(
        reference=case.reference,
        at_risk=at_risk,
        each=tuple(WishesOfOne(person, every.get(person.id, ())[1:]) for person in at_risk),
        may_write="wishes" in may_in(case, standing).record,
        last_sequence=case.last_sequence,
    )


# ── Plans ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class SaidOfItem:
    """What became of an item, when, and who said so."""

    answer: str
    title: str
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One thing to do: who does it, by which day, and what became of it. `is_late` while it is not settled after its day."""

    number: int
    what: str
    owner: str
    who: str
    does: str
    due: date | None
    said: SaidOfItem | None
    before: tuple[SaidOfItem, ...]
    is_late: bool

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.said is not None and self.said.answer in ("done", "not_needed")


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A copy that was given or sent: how, when, by whom."""

    number: int
    means: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan as it was written down. `counts` is whether it is the one that counts; `is_struck` that it was recorded in error."""

    number: int
    kind: str
    title: str
    name: str
    at: datetime
    by: str
    agreed_at: datetime | None
    may_keep: bool | None
    sections: tuple[tuple[str, str], ...]
    items: tuple[ItemLine, ...]
    copies: tuple[CopyLine, ...]
    counts: bool
    is_struck: bool

    @property
    def left(self) -> int:
        """How many items are not settled."""
        return sum(not item.is_settled for item in self.items)


@dataclass(frozen=True, slots=True)
class PlansPage:
    """What was planned in a case: the plans that count, and those before, newest first; which kinds the viewer may make."""

    reference: str
    at_risk: tuple[PartLine, ...]
    action_plan: PlanLine | None
    safety_plan: PlanLine | None
    before: tuple[PlanLine, ...]
    may_make: frozenset[str]
    last_sequence: int


@dataclass(frozen=True, slots=True)
class CopyChoice:
    """A way by which a copy may reach them, with what the gate says of it now."""

    value: str
    title: str
    is_open: bool
    says: str
    instead: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One plan; `part` is whose, where it says so. `may_write` is whether the viewer may say more of it."""

    reference: str
    at_risk: tuple[PartLine, ...]
    plan: PlanLine
    part: int | None
    may_write: bool
    last_sequence: int


@dataclass(frozen=True, slots=True)
class PlanForm:
    """What the form of a new plan begins with: whose, the sections or the items left open, and what policy advises."""

    reference: str
    at_risk: tuple[PartLine, ...]
    sections: tuple[Section, ...]
    said: Mapping[str, str]
    items: tuple[ItemLine, ...]
    advice: tuple[AdviceLine, ...]
    last_sequence: int


def plans_that_count(plans: Iterable[Plan], told: Sequence[Told], now: datetime) -> Mapping[str, Plan]:
    """This function will give the plan of each kind that counts: the last one made whose entry was not struck."""
    standing = {row.sequence for row in rulings.standing_rows(told, now)}
    found: dict[str, Plan] = {}
    for plan in sorted(plans, key=lambda plan: (plan.at, plan.sequence)):
        if plan.sequence in standing:
            found[plan.kind] = plan
    return found


def as_kept(plan: Plan, sender: str) -> PlanWritten:
    """This function will give a plan as the person whose plan it is keeps it: no name, no reference, nothing of the case."""
    day = day_of(plan.at)
    if plan.kind == "safety_plan":
        sections = tuple(Kept(title, tuple(_lines(words))) for title, words in _sections(plan))
    else:
        items = list(PlanItem.objects.filter(plan=plan).order_by("number"))
        sections = tuple(Kept(f"{item.number}. {item.what}", tuple(_of_item(item, sender))) for item in items)
    title = "My safety plan" if plan.kind == "safety_plan" else "My plan"
    return PlanWritten(title, f"{day.day} {day:%B %Y}", sections, sender)


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.split("\n") if line.strip()]


def _of_item(item: PlanItem, sender: str) -> list[str]:
    does = {"us": item.who or sender, "them": "I do this.", "other": item.who}[item.owner]
    by = f"By {item.due.day} {item.due:%B %Y}." if item.due else "No day is agreed."
    return [line for line in (does, by) if line]


def _sections(plan: Plan) -> tuple[tuple[str, str], ...]:
    said: Mapping[str, str] = json.loads(plan.sections_text) if plan.sections_text else {}
    titles = titles_of(forms_of(plan.landlord_id), plan.form)
    return tuple((titles.get(name, name.replace("_", " ").capitalize()), words) for name, words in said.items())


def plans_page(viewer: Staff, reference: str, *, now: datetime) -> PlansPage:
    """This function will give the plans of a case. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    people = part_lines(case, now)
    lines = _plan_lines(case, people, now)
    counting = {line.kind: line for line in lines if line.counts}
    record = may_in(case, standing).record
    return PlansPage(
        reference=case.reference,
        at_risk=_at_risk(people),
        action_plan=counting.get("action_plan"),
        safety_plan=counting.get("safety_plan"),
        before=tuple(line for line in lines if not line.counts)[::-1],
        may_make=frozenset(kind for kind, _ in PLANS if kind in record),
        last_sequence=case.last_sequence,
    )


def plan_page(viewer: Staff, reference: str, number: int, *, now: datetime) -> PlanPage:
    """This function will give one plan of a case. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    people = part_lines(case, now)
    line = next((one for one in _plan_lines(case, people, now) if one.number == number), None)
    if line is None:
        raise NotFound
    part = Plan.objects.filter(pk=number).values_list("part_id", flat=True)[0]
    return PlanPage(
        reference=case.reference,
        at_risk=_at_risk(people),
        plan=line,
        part=part,
        may_write=line.counts and line.kind in may_in(case, standing).record,
        last_sequence=case.last_sequence,
    )


def copy_choices(
    viewer: Staff, reference: str, number: int, means: Sequence[str], *, now: datetime
) -> tuple[CopyChoice, ...]:
    """This function will give the ways by which a copy of a plan may reach them, those that are open first, as the gate has it now."""
    case, _ = find_case(viewer, reference, now=now)
    part = Plan.objects.filter(case=case, pk=number).values_list("part_id", flat=True).first()
    if part is None:
        return ()
    known = Known(case, viewer, now)
    found = known.choices(part, rulings.told(case), now, sees_register=can(viewer, "register:see"))
    return tuple(
        CopyChoice(
            value=choice.key,
            title=f"{choice.title}: {choice.line.value}" if choice.line and choice.line.value else choice.title,
            is_open=choice.answer.allowed,
            says=choice.answer.why.says if choice.answer.why else "",
            instead=choice.answer.why.instead if choice.answer.why else "",
        )
        for choice in found
        if choice.means in means and (choice.line is not None or choice.means == "in_person")
    )


def plan_form(viewer: Staff, reference: str, kind: str, *, now: datetime) -> PlanForm:
    """This function will give what the form of a new plan begins with. Raises NotFound; Refused for one who may not make it."""
    case, standing = find_case(viewer, reference, now=now)
    if why_not := standing.why_not_record(kind):
        raise Refused(why_not)
    if kind not in may_in(case, standing).record:
        raise Refused("This case does not take that now.")
    people, told = part_lines(case, now), rulings.told(case)
    last = plans_that_count(Plan.objects.filter(case=case, kind=kind), told, now).get(kind)
    form = form_on(forms_of(case.landlord_id), day_of(now))
    story = rulings.story_of(case.landlord_id, told)
    items = _items([last], {}, now).get(last.pk, ()) if last and kind == "action_plan" else ()
    return PlanForm(
        reference=case.reference,
        at_risk=_at_risk(people),
        sections=form.sections if form and kind == "safety_plan" else (),
        said=json.loads(last.sections_text) if last and last.sections_text else {},
        items=tuple(item for item in items if not item.is_settled),
        advice=advice_lines(rulings.advice_for(case.landlord_id, story, kind, now)),
        last_sequence=case.last_sequence,
    )


def plan_copy(viewer: Staff, reference: str, number: int, copy: int, *, now: datetime) -> bytes:
    """This function will give a copy of a plan, as it was made. Raises NotFound."""
    case, _ = find_case(viewer, reference, now=now)
    row = PlanCopy.objects.filter(case=case, plan=number, pk=copy).first()
    if row is None:
        raise NotFound
    return keys.unseal_bytes(row.subject, row.place, bytes(row.sealed_document))


def _at_risk(people: Iterable[PartLine]) -> tuple[PartLine, ...]:
    return tuple(person for person in people if person.part == "person_at_risk")


def _plan_lines(case: Case, people: Iterable[PartLine], now: datetime) -> tuple[PlanLine, ...]:
    plans = list(Plan.objects.filter(case=case).order_by("at", "sequence"))
    told = rulings.told(case)
    standing = {row.sequence for row in rulings.standing_rows(told, now)}
    counting = {plan.pk for plan in plans_that_count(plans, told, now).values()}
    copies = list(PlanCopy.objects.filter(case=case).order_by("pk").defer("sealed_document"))
    names = dict(names_of([*(plan.by_id for plan in plans), *(copy.by_id for copy in copies)]))
    items = _items([plan for plan in plans if plan.kind == "action_plan"], names, now)
    called = {one.id: one.name for one in people}
    return tuple(
        PlanLine(
            number=plan.pk,
            kind=plan.kind,
            title=dict(PLANS)[plan.kind],
            name=called.get(plan.part_id or 0, ""),
            at=plan.at,
            by=names[plan.by_id],
            agreed_at=plan.agreed_at,
            may_keep=plan.may_keep,
            sections=_sections(plan),
            items=items.get(plan.pk, ()),
            copies=tuple(
                CopyLine(copy.pk, MEANS[copy.means], copy.at, names[copy.by_id])
                for copy in copies
                if copy.plan_id == plan.pk
            ),
            counts=plan.pk in counting,
            is_struck=plan.sequence not in standing,
        )
        for plan in plans
    )


def _items(plans: Sequence[Plan], names: dict[int | None, str], now: datetime) -> Mapping[int, tuple[ItemLine, ...]]:
    """The items of plans, by plan, each with what was said of it; in as many queries for one plan as for many."""
    if not plans:
        return {}
    rows = list(PlanItem.objects.filter(plan__in=[plan.pk for plan in plans]).order_by("number"))
    said = list(PlanAnswer.objects.filter(item__in=[row.pk for row in rows]).order_by("-pk"))
    names |= names_of(one.by_id for one in said)
    titles, today = dict(ANSWERS_TO_AN_ITEM), day_of(now)
    found: dict[int, tuple[ItemLine, ...]] = {}
    for row in rows:
        lines = [
            SaidOfItem(one.answer, titles[one.answer], one.note, one.at, names[one.by_id])
            for one in said
            if one.item_id == row.pk
        ]
        open_still = not lines or lines[0].answer == "not_done"
        found[row.plan_id] = (
            *found.get(row.plan_id, ()),
            ItemLine(
                number=row.number,
                what=row.what,
                owner=row.owner,
                who=row.who,
                does=f"{dict(OWNERS)[row.owner]}: {row.who}" if row.who else dict(OWNERS)[row.owner],
                due=row.due,
                said=lines[0] if lines else None,
                before=tuple(lines[1:]),
                is_late=open_still and row.due is not None and row.due < today,
            ),
        )
    return found
