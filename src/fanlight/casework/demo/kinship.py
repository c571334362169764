"""What the demo's cases tell of how their people stand to one another, of the children, and of somebody who is in several cases."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import cycle

from fanlight.casework import access
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.answer_question import answer_question
from fanlight.casework.actions.describe_child import describe_child
from fanlight.casework.actions.end_relation import end_relation
from fanlight.casework.actions.relate_people import relate_people
from fanlight.casework.demo.telling import Step, Telling
from fanlight.casework.models import Case, Part, Staff

_BETWEEN = (
    ("married", False, "Since 2017."),
    ("intimate", True, "On and off for four years."),
    ("intimate", False, "Lives with her most of the week."),
    ("married", True, "Divorced two years ago."),
    ("same_child", None, ""),
    ("relatives", None, "Her brother."),
    ("agreed_to_marry", True, "Engaged until last winter."),
)
_CHILD = (
    ("At home, with both", "The primary school round the corner", "Both parents"),
    ("With their mother; at their father's every second weekend", "Second year at the academy", "Their mother alone"),
    ("At their grandmother's since the incident", "", "Both parents; the council has been told"),
)


def kinship(staff: Mapping[str, Staff], tellings: Sequence[Telling], now: datetime) -> list[Step]:
    """This function will give what was said of the people of every third case, and of those who are in two of them."""
    settled = [one for one in tellings if one.steps and one.steps[0].at < now - timedelta(days=2)]
    told = zip(settled[::3], cycle(_BETWEEN), cycle(_CHILD))
    steps = [
        Step(min(one.steps[-1].at, now) + timedelta(minutes=9), _of_one(one, between, child))
        for one, between, child in told
        if one.steps[-1].at < now - timedelta(minutes=30)
    ]
    new = [one for one in tellings if one.steps and one.steps[0].at > now - timedelta(hours=30)]
    steps.append(Step(now - timedelta(minutes=4), _harms_again(settled, staff)))
    steps.append(Step(now - timedelta(minutes=3), _says_to_be_harmed(settled, new, staff)))
    return steps


def _of_one(
    telling: Telling, between: tuple[str, bool | None, str], child: tuple[str, str, str]
) -> Callable[[datetime], None]:
    """Whoever leads a case says how its people stand to each other, and what is known of the first child."""

    def act(now: datetime) -> None:
        case = Case.objects.select_related("lead").get(pk=telling.case.pk)
        people = {part.part: part for part in Part.objects.filter(case=case).order_by("-pk")}
        at_risk, harming = people.get("person_at_risk"), people.get("causing_harm")
        if case.status != "open" or case.lead is None or not access.can(case.lead, "case:write", case, now=now):
            return
        if at_risk is None or harming is None:
            return
        kind, is_past, note = between
        number = relate_people(
            case=case, one=at_risk.pk, other=harming.pk, kind=kind, note=note, is_past=is_past, by=case.lead, now=now
        )
        if kind == "married" and is_past is False:
            end_relation(case=case, number=number, note="Separated; the papers are in.", by=case.lead, now=now)
        if young := people.get("child"):
            for parent in (at_risk, harming):
                relate_people(
                    case=case, one=parent.pk, other=young.pk, kind="parental_responsibility", by=case.lead, now=now
                )
            lives, school, responsibility = child
            describe_child(
                case=case, part=young.pk, lives=lives, school=school, responsibility=responsibility, by=case.lead,
                now=now,
            )  # fmt: skip

    return act


def _named(case: Case, part: str) -> Part | None:
    return Part.objects.filter(case=case, part=part, person__isnull=False, staff=None).order_by("pk").first()


def _open(tellings: Sequence[Telling]) -> list[Case]:
    cases = Case.objects.filter(pk__in=[one.case.pk for one in tellings if one.told], status="open", restricted=False)
    return list(cases.order_by("pk"))


def _harms_again(settled: Sequence[Telling], staff: Mapping[str, Staff]) -> Callable[[datetime], None]:
    """Somebody who causes harm in one case turns up in another, whose officer sees the first as well."""

    def act(now: datetime) -> None:
        cases = _open(settled)
        for first in cases:
            harming = _named(first, "causing_harm")
            for second in cases if harming else ():
                by = _who(staff, "case:write", second, first, now)
                if harming and by and second.pk != first.pk and second.patch == first.patch:
                    add_part(
                        case=second, name=harming.name, part="causing_harm", same_as=harming.person_id, by=by, now=now
                    )
                    return

    return act


def _says_to_be_harmed(
    settled: Sequence[Telling], new: Sequence[Telling], staff: Mapping[str, Staff]
) -> Callable[[datetime], None]:
    """Somebody who causes harm in a case reports that they are the one who is harmed: triage sees both, and exchanges nothing."""

    def act(now: datetime) -> None:
        reports = Case.objects.filter(
            pk__in=[one.case.pk for one in new if one.told], status="new", restricted=False, danger=False
        )
        for report in reports.order_by("pk"):
            for case in _open(settled)[::-1]:
                harming = _named(case, "causing_harm")
                by = _who(staff, "report:triage", report, case, now)
                if harming and by:
                    add_part(
                        case=report, name=harming.name, part="person_at_risk", same_as=harming.person_id, by=by, now=now
                    )
                    facts = {"survivor_age": 38, "connection": frozenset({"intimate"})}
                    answer_question(case=report, facts=facts, by=by, now=now)
                    return

    return act


def _who(staff: Mapping[str, Staff], permission: str, of: Case, sees: Case, now: datetime) -> Staff | None:
    """The first of the staff who has a permission in one case and sees the other."""
    return next(
        (
            one
            for one in staff.values()
            if access.can(one, permission, of, now=now) and access.standing_of(one, sees, now=now).sees
        ),
        None,
    )
