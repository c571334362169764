"""Makes reports, cases and entries for the tests, through the real actions and in no other way."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.actions.reaching import Reach
from fanlight.casework.actions.record_entry import record, record_entry
from fanlight.casework.actions.refer import refer
from fanlight.casework.actions.report_abuse import report_abuse
from fanlight.casework.actions.write import Draft, write
from fanlight.casework.models import Case, Log, Staff
from fanlight.casework.queries.answers import RECORDED_APART
from fanlight.casework.queries.reach_words import FITS, reaches_out
from fanlight.casework.queries.story import Written, written
from fanlight.casework.referring import is_outside
from tests.cast import HOME_PATCH, Cast

LONDON = ZoneInfo("Europe/London")
# A Tuesday in term time, with no bank holiday near.
MORNING = datetime(2026, 3, 3, 9, 30, tzinfo=LONDON)


def later(*, days: float = 0, hours: float = 0, minutes: float = 0, start: datetime = MORNING) -> datetime:
    """This function will give a moment after that morning."""
    return start + timedelta(days=days, hours=hours, minutes=minutes)


def make_report(by: Staff, *, now: datetime = MORNING, note: str = "They were heard shouting.", **facts: Any) -> Case:
    """This function will make a report, about a customer in the home patch unless it says otherwise."""
    said: Mapping[str, object] = {"about": "customer", "patch": HOME_PATCH, **facts}
    return report_abuse(
        fields={"source": "survivor", "channel": "phone"},
        facts={name: value for name, value in said.items() if value is not None},
        note=note,
        by=by,
        now=now,
    )


def make_case(cast: Cast, *, lead: Staff | None = None, now: datetime = MORNING, **facts: Any) -> Case:
    """This function will make a case that Carys opened and gave to Asha, or to `lead`, ten minutes after its report."""
    case = make_report(cast.iris, now=now, **facts)
    led_by = lead or cast.asha
    role = "people_and_culture" if led_by == cast.farah else "case_officer"
    role = "safeguarding_lead" if led_by == cast.carys else role
    open_case(
        case=case,
        outcome="safeguarding_contact",
        lead=led_by,
        role=role,
        by=cast.carys,
        now=later(minutes=10, start=now),
    )
    return fresh(case)


def make_entry(case: Case, kind: str, author: Staff, /, *, now: datetime, of: int | None = None, **said: Any) -> int:
    """This function will record an entry: `facts`, `note` and `at` by their names, and all else as its own fields."""
    facts = said.pop("facts", {})
    note = said.pop("note", "")
    at = said.pop("at", None)
    reach = said.pop("reach", None) or reached(kind, said, case)
    if kind == "referral" and said.get("to") == "marac":
        return put_on_record(case, Draft(kind, said, facts, note, at=at), by=author, now=now)
    if kind == "referral" and is_outside(str(said.get("to", ""))):
        asked = "given" if said["to"] in ("children_social_care", "adult_safeguarding") else ""
        return refer(case=case, to=said["to"], permission=asked, note=note, at=at, by=author, now=now)
    if kind in RECORDED_APART:
        # Each of these has an action of its own, with much beside it; most tests are about what the policy makes of the entry.
        draft = Draft(kind, said, facts, note, of, at)
        return record(f"record_{kind}", case, draft, reach=reach, by=author, now=now)
    return record_entry(
        case=case,
        kind=kind,
        fields=said,
        facts=facts,
        note=note,
        of_sequence=of,
        at=at,
        reach=reach,
        by=author,
        now=now,
    )


def put_on_record(case: Case, draft: Draft, *, by: Staff, now: datetime) -> int:
    """This function will write an entry that is otherwise made with a form of its own: for tests of what the policy makes of it."""
    with logged("refer", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        return write(locked, standing, [draft], log=log, by=by, now=now)


def reached(kind: str, fields: Mapping[str, object] = MappingProxyType({}), case: Case | None = None) -> Reach | None:
    """This function will say how somebody was reached by an entry of a kind, where it reaches out: whoever it fits, if they are named."""
    if not reaches_out(kind, fields):
        return None
    means = {"contact": "they_reached_us", "visit": "visit"}.get(kind, "in_person")
    means = "phone" if fields.get("result") == "no_answer" else means
    named = case.parts.filter(part__in=FITS[kind]).order_by("pk").first() if case else None
    value = {"phone": "07700 900321", "visit": "5 Yarrow Close, ZZ1 3ZZ"}.get(means, "") if named else ""
    return Reach(means, named.pk if named else None, value=value)


def they_rang(case: Case) -> str:
    """This function will give the answer of a form that the person at risk reached us themselves."""
    return f"{_at_risk(case)}/they_reached_us"


def we_rang(case: Case) -> str:
    """This function will give the answer of a form that they were rung by the number that was noted, or by one not on record."""
    part = _at_risk(case)
    return f"{part}/noted" if part else "/phone"


def _at_risk(case: Case) -> str:
    part = case.parts.filter(part="person_at_risk").first()
    return str(part.pk) if part else ""


def fresh(case: Case) -> Case:
    """This function will read a case again."""
    return Case.objects.get(pk=case.pk)


def told(case: Case) -> list[Written]:
    """This function will open everything that was written in a case, in order."""
    return written(case)


def told_last(case: Case, kind: str) -> Written:
    """This function will open the last entry of a kind."""
    return next(one for one in reversed(written(case)) if one.told.kind == kind)


def log_rows(after: int = 0) -> list[tuple[str, str]]:
    """This function will give what the log has to say after its first `after` rows: what, and how it went."""
    return list(Log.objects.order_by("pk").values_list("what", "outcome")[after:])
