"""Writes down a way of reaching somebody, or says one anew: what was said before stays, ended."""

from datetime import datetime, time

from fanlight.casework.access import NotFound, Refused, Standing, known_in
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.moving import person_of
from fanlight.casework.actions.protected import let_know
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.register import index_way
from fanlight.casework.actions.write import clean_text
from fanlight.casework.models import Case, Part, Person, Staff, Terms, Way
from fanlight.casework.models.contact import ADDRESSES, STANDINGS
from fanlight.casework.queries.ways import KINDS, index_of
from fanlight.casework.safe_contact import DAYS, fault_of

LONGEST = 400


def say_way(
    *,
    case: Case,
    part: int,
    kind: str,
    value: str = "",
    standing: str = "not_known",
    terms: Terms | None = None,
    told_by_them: bool = False,
    instead_of: int | None = None,
    by: Staff,
    now: datetime,
) -> int:
    """This function will write down a way of reaching somebody in a case, and give its number.

    Safe is only what they said themselves (`told_by_them`): then it is confirmed now. `instead_of` is the number of the way
    that is said anew; one of the same kind and value is said anew by itself. Raises NotFound, Refused, Faulty.
    """
    with logged("say_way", case=case, by=by, now=now) as log:
        ((locked, in_case),) = log.lock(case)
        demand_writer(locked, in_case)
        row = part_of(locked, part)
        terms = _clean(terms or Terms())
        value = _value(kind, value)
        _check(kind, value, standing, terms, told_by_them=told_by_them)
        person = person_of(row, now)
        index = index_of(locked.landlord_id, kind, value)
        before = _said_before(locked, person, kind, index, instead_of, by, now)
        way = Way(
            landlord_id=locked.landlord_id, person=person, case=locked, kind=kind, standing=standing, at=now, by=by
        )
        way.value, way.value_index, way.terms = value, index, terms
        # Of somebody whose address is protected, every address that is written down is: named people alone know it.
        is_new = not any(one.value_index == index for one in before)
        way.is_protected = any(one.is_protected for one in before) or (
            person.is_protected and kind in ADDRESSES and is_new
        )
        if standing == "safe":
            way.confirmed_at, way.confirmed_by = now, by
        Way.objects.filter(pk__in=[one.pk for one in before]).update(ended_at=now, ended_by=by)
        way.save(force_insert=True)
        index_way(way)
        if way.is_protected and way.value_index:
            let_know(person, by, way.value_index, case=locked, by=by, now=now)
        log.detail |= {"kind": kind, "standing": standing, "anew": bool(before)}
    return way.pk


def part_of(case: Case, number: int) -> Part:
    """This function will give somebody in a case that is locked. It raises NotFound."""
    found = Part.objects.filter(case=case, pk=number).select_related("person__merged_into").first()
    if found is None:
        raise NotFound
    found.case = case
    return found


def demand_writer(case: Case, standing: Standing) -> None:
    """This function will raise Refused for somebody who may not write in the case, or where another case has taken its place."""
    if not standing.can("case:write") and not (case.status == "new" and standing.can("report:triage")):
        raise Refused("Your role may not write in this case.")
    if case.status == "joined":
        raise Refused("This case was joined to another: write it down there.")


def _said_before(
    case: Case, person: Person, kind: str, index: str, instead_of: int | None, by: Staff, now: datetime
) -> list[Way]:
    """The ways that this one takes the place of. It raises NotFound where one is named that is not there, or may not be known."""
    hold = list(Way.objects.filter(case=case, person=person, ended_at=None))
    before = [one for one in hold if one.pk == instead_of or (one.kind == kind and one.value_index == index)]
    if instead_of is not None and instead_of not in {one.pk for one in before}:
        raise NotFound
    known = known_in(case, now=now)
    if any(one.is_protected and not known.may_know(by, person.pk, one.value_index) for one in before):
        raise NotFound
    return before


def _value(kind: str, value: str) -> str:
    if kind in ADDRESSES:
        return "\n".join(line for line in (" ".join(line.split()) for line in clean_text(value).split("\n")) if line)
    return " ".join(clean_text(value).split())


def _clean(terms: Terms) -> Terms:
    texts = ("ask_for", "words", "not_words", "code_word", "must_not_learn")
    said = {name: clean_text(getattr(terms, name)) for name in texts}
    days = tuple(day for day in DAYS if day in terms.days)
    if set(terms.days) - set(DAYS):
        raise Faulty({"days": ("Choose days of the week.",)})
    return Terms(days, _clock("since", terms.since), _clock("until", terms.until), **said, may_leave_message=terms.may_leave_message)  # fmt: skip


def _clock(name: str, typed: str) -> str:
    if not typed:
        return ""
    try:
        return f"{time.fromisoformat(typed):%H:%M}"
    except ValueError:
        raise Faulty({name: ("Write the time as 09:30.",)}) from None


def _check(kind: str, value: str, standing: str, terms: Terms, *, told_by_them: bool) -> None:
    faults: dict[str, tuple[str, ...]] = {}
    if kind not in KINDS:
        raise Faulty({"kind": ("Say which kind of way it is.",)})
    if fault := fault_of(kind, value):
        faults["value"] = (fault,)
    if len(value) > LONGEST:
        faults["value"] = (f"Use {LONGEST} characters or fewer.",)
    if standing not in dict(STANDINGS):
        faults["standing"] = ("Say whether it is safe.",)
    if standing == "safe" and not told_by_them:
        faults["told_by_them"] = ("Only they can say that it is safe. If they have not, it is not known.",)
    if terms.since and terms.since == terms.until:
        faults["until"] = ("The two times are the same.",)
    for name in ("ask_for", "words", "not_words", "code_word", "must_not_learn"):
        if len(getattr(terms, name)) > LONGEST:
            faults[name] = (f"Use {LONGEST} characters or fewer.",)
    if faults:
        raise Faulty(faults)
