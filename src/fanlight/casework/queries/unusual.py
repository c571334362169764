"""Unusual reach: what in the log a data protection officer should look at, each with a sentence that says why.

It accuses nobody. Everything is worked out from the log and from fingerprints, when the page is asked for, and kept nowhere; the
addresses of cases, of which there is no fingerprint of the postcode, are opened for it and not shown.
"""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from types import MappingProxyType
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import ExtractHour, TruncDate

from fanlight.casework import keys, likeness, rulings
from fanlight.casework.access import cases_kept_from, demand, log_to_see
from fanlight.casework.keys import Subject
from fanlight.casework.models import (
    Case,
    EmergencyAccess,
    Entry,
    Log,
    Part,
    Resident,
    Staff,
    StaffRole,
    Way,
    names_of,
)
from fanlight.casework.queries.lines import Page
from fanlight.casework.queries.paging import page_number
from fanlight.casework.queries.who_saw import PAGE, Period
from fanlight.present import LONDON, day_of

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "surname": "The same surname",
        "phone": "The same telephone number",
        "postcode": "The same postcode",
        "refused_first": "Refused, and then opened in an emergency",
        "many_cases": "Many cases in a day",
        "many_searches": "Many searches in a day",
        "many_checks": "Many address checks in a day",
        "closed": "Closed cases that were not theirs",
        "out_of_hours": "Out of hours",
    }
)
"""What is looked for, the most telling first."""

USUAL_DAYS = 28
"""Over how many days before the period one's usual day is worked out."""
DAYS_TO_KNOW = 5
"""On how many of them somebody must have looked at cases before they have a usual day."""
MANY = 10
"""Fewer cases in a day are never many."""
MANY_UNKNOWN = 20
"""What is many where nothing is known of a usual day."""
TIMES_USUAL = 3
MANY_SEARCHES = 30
MANY_CHECKS = 30
"""Whoever asks about so many addresses in a day may be looking for one at which to speak to somebody first."""
PARTIES = ("person_at_risk", "causing_harm", "child", "adult_at_risk", "household")
"""Whose postcode is looked at: not of whoever only saw or told of something."""
BEGINS, ENDS = 7, 19
"""The hours of a working day: from seven in the morning until seven in the evening."""
AT_ONCE = 500
"""How many addresses are opened together."""
SOON = timedelta(hours=24)
"""An emergency within this time of a refusal is looked at together with it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: who, when last, and why in a sentence. `days` and `last` are the days to look at in their log."""

    kind: str
    who: str
    who_id: int
    at: datetime
    sentence: str
    reference: str
    days: int
    last: date


@dataclass(frozen=True, slots=True)
class Unusual:
    """A page of findings, the most telling first, and how many there are of each kind."""

    findings: Page[Finding]
    counts: Mapping[str, int]


def unusual(viewer: Staff, period: Period, *, kind: str = "", page: int = 1, now: datetime) -> Unusual:
    """This function will give what is unusual in a period; only one kind of it, if one is named. Raises Refused."""
    demand(viewer, "audit:see")
    look = _Look(viewer, period, now)
    found = [
        *look.same_surname(),
        *look.same_phone(),
        *look.same_postcode(),
        *look.refused_first(),
        *look.many_cases(),
        *look.many_searches(),
        *look.many_checks(),
        *look.closed(),
        *look.out_of_hours(),
    ]
    counts = {word: sum(one.kind == word for one in found) for word in KINDS}
    shown = [one for one in found if kind not in KINDS or one.kind == kind]
    number, pages = page_number(page, len(shown), PAGE)
    on_page = shown[(number - 1) * PAGE : number * PAGE]
    names = names_of(one.who_id for one in on_page)
    references = dict(Case.objects.filter(pk__in={one.case_id for one in on_page}).values_list("pk", "reference"))
    lines = tuple(
        Finding(
            one.kind,
            names[one.who_id],
            one.who_id,
            one.at,
            one.sentence,
            references.get(one.case_id, ""),
            one.days,
            one.last,
        )
        for one in on_page
    )
    return Unusual(Page(lines, number, pages, len(shown)), counts)


@dataclass(frozen=True, slots=True)
class _Raw:
    kind: str
    who_id: int
    at: datetime
    sentence: str
    case_id: int
    days: int
    last: date


class _Look:
    """One look at the log of a period; each part of it is one question to the database, or two."""

    def __init__(self, viewer: Staff, period: Period, now: datetime) -> None:
        self.landlord_id = viewer.landlord_id
        self.viewer_id = viewer.pk
        self.period = period
        self.now = now
        self.kept = cases_kept_from(viewer)
        self.log = log_to_see(viewer, self.kept).filter(staff__isnull=False)

    def rows(self, since: datetime | None = None, what: str = "view") -> QuerySet[Log]:
        """This function will give what was looked at in the period, or since before it."""
        within = self.log.filter(at__gte=since or self.period.since, at__lt=self.period.until)
        return within.filter(what=what, outcome="done")

    def looks(self, since: datetime | None = None) -> QuerySet[Log]:
        """This function will give the looks at cases."""
        return self.rows(since).filter(case__isnull=False)

    def same_surname(self) -> Iterable[_Raw]:
        """This function will find who opened a case in which somebody has their surname."""
        alike = self.looks().filter(case__parts__surname_index=F("staff__surname_index"))
        rows = alike.exclude(staff__surname_index="").values_list("staff_id", "case_id").annotate(last=Max("at"))
        sentence = "They opened a case in which somebody has the same surname as theirs."
        return self._of_cases("surname", sentence, rows)

    def same_phone(self) -> Iterable[_Raw]:
        """This function will find who opened a case in which somebody has a number that stands for them in another."""
        theirs = Part.objects.filter(landlord_id=self.landlord_id, staff__isnull=False, case__restricted=False)
        theirs = theirs.exclude(phone_index="").exclude(case_id__in=self.kept)
        numbers = set(theirs.values_list("staff_id", "phone_index"))
        alike = self.looks().filter(
            staff_id__in=[number for number, _ in numbers] or [0],
            case__parts__phone_index__in=[phone for _, phone in numbers] or ["-"],
        )
        rows = alike.values_list("staff_id", "case_id", "case__parts__phone_index").annotate(last=Max("at"))
        sentence = "They opened a case in which somebody has a telephone number that Fanlight knows as theirs."
        return self._of_cases(
            "phone", sentence, [(who, case, last) for who, case, phone, last in rows if (who, phone) in numbers]
        )

    def same_postcode(self) -> Iterable[_Raw]:
        """This function will find who opened a case in which one of the parties lives, or is written to, in their own postcode.

        Of whoever asks, nothing is said: they could say one postcode after another of themselves, and learn where somebody is.
        """
        looks = self.looks().exclude(staff__postcode_index="").exclude(staff_id=self.viewer_id)
        by_case = looks.values_list("staff_id", "case_id", "staff__postcode_index").annotate(last=Max("at"))
        rows = [(who, case_id, token, last) for who, case_id, token, last in by_case]
        if not rows:
            return ()
        cases = looks.values("case_id")
        found = {*self._homes_in(cases, {token for _, _, token, _ in rows}), *self._addresses_in(cases)}
        sentence = "They opened a case with somebody in it who has the same postcode as theirs."
        return self._of_cases(
            "postcode", sentence, [(who, case, last) for who, case, token, last in rows if (case, token) in found]
        )

    def _homes_in(self, cases: QuerySet[Any], tokens: Collection[str]) -> Iterable[tuple[int, str]]:
        """Which of these fingerprints of a postcode are of the home of a party to which of these cases."""
        homes = Resident.objects.filter(landlord_id=self.landlord_id, home__found_by__token__in=tokens)
        homes = homes.filter(Q(to_on=None) | Q(to_on__gte=day_of(self.period.since)))
        theirs: dict[int, set[str]] = {}
        for own, into, token in homes.values_list("person_id", "person__merged_into", "home__found_by__token"):
            theirs.setdefault(into or own, set()).add(token)
        who = Q(person__in=theirs) | Q(person__merged_into__in=theirs)
        parties = Part.objects.filter(who, case__in=cases, part__in=PARTIES)
        for case_id, own, into in parties.values_list("case_id", "person_id", "person__merged_into"):
            for token in theirs[into or own]:
                yield case_id, token

    def _addresses_in(self, cases: QuerySet[Any]) -> Iterable[tuple[int, str]]:
        """The fingerprints of the postcodes at which somebody is reached, by case."""
        ways = Way.objects.filter(case__in=cases, kind__in=("post", "visit"), ended_at=None)
        rows = list(ways.exclude(sealed_value=b"").select_related("person"))
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            keys.warm(Subject("person", way.person.mark) for way in some)
            for way in some:
                with suppress(keys.Unreadable):  # of somebody who was disposed of
                    if sign := likeness.sign_of_postcode(way.value):
                        (token,) = keys.tokens([sign], within=self.landlord_id)
                        yield way.case_id, token

    def refused_first(self) -> Iterable[_Raw]:
        """This function will find who was refused a case and then opened it in an emergency."""
        refused = Log.objects.filter(
            case=OuterRef("case_id"),
            strand=OuterRef("staff_id"),
            what="view",
            outcome="refused",
            at__lte=OuterRef("at"),
        )
        opened = EmergencyAccess.objects.filter(
            landlord_id=self.landlord_id, at__gte=self.period.since, at__lt=self.period.until
        ).exclude(case_id__in=self.kept)
        rows = opened.annotate(refused=Subquery(refused.order_by("-at").values("at")[:1]))
        sentence = "They were refused the case, and opened it in an emergency within a day."
        return self._of_cases(
            "refused_first",
            sentence,
            [(row.staff_id, row.case_id, row.at) for row in rows if row.refused and row.at - row.refused <= SOON],
        )

    def many_cases(self) -> Iterable[_Raw]:
        """This function will find the days on which somebody opened many more cases than is usual for them or for their team."""
        many = self._by_day(self.looks()).filter(count__gte=MANY)
        found = {(who, day): (count, last) for who, day, count, last in many}
        if not found:
            return
        teams = self._teams()
        people = {one for who, _ in found for one in (who, *teams.get(who, ()))}
        since = self.period.since - timedelta(days=USUAL_DAYS)
        days: dict[int, dict[date, int]] = {}
        for who, day, count, _ in self._by_day(self.looks(since).filter(staff_id__in=people)):
            days.setdefault(who, {})[day] = count
        of_team: dict[int, float | None] = {}
        for (who, day), (count, last) in found.items():
            own = _usual([other for date_, other in days[who].items() if date_ != day])
            if who not in of_team:
                colleagues = [one for one in teams.get(who, ()) if one != who]
                of_team[who] = _usual([other for one in colleagues for other in days.get(one, {}).values()])
            if sentence := _many(count, own, of_team[who]):
                yield self._of_day("many_cases", who, day, last, sentence)

    def _by_day(self, looks: QuerySet[Log]) -> QuerySet[Any]:
        by_day = looks.annotate(day=TruncDate("at", tzinfo=LONDON)).values_list("staff_id", "day")
        return by_day.annotate(count=Count("case_id", distinct=True), last=Max("at"))

    def many_searches(self) -> Iterable[_Raw]:
        """This function will find the days on which somebody looked for many people."""
        by_day = self.rows(what="search").annotate(day=TruncDate("at", tzinfo=LONDON)).values_list("staff_id", "day")
        for who, day, count, last in by_day.annotate(count=Count("pk"), last=Max("at")).filter(
            count__gte=MANY_SEARCHES
        ):
            sentence = f"They looked for a person {count} times on {_day(day)}."
            yield self._of_day("many_searches", who, day, last, sentence)

    def many_checks(self) -> Iterable[_Raw]:
        """This function will find the days on which somebody asked about many more addresses than is usual for them."""
        since = self.period.since - timedelta(days=USUAL_DAYS)
        asked = self.rows(since, what="check_address").annotate(day=TruncDate("at", tzinfo=LONDON))
        days: dict[int, dict[date, tuple[int, datetime]]] = {}
        for who, day, count, last in asked.values_list("staff_id", "day").annotate(count=Count("pk"), last=Max("at")):
            days.setdefault(who, {})[day] = (count, last)
        for who, of_one in days.items():
            for day, (count, last) in of_one.items():
                usual = _usual([other for date_, (other, _) in of_one.items() if date_ != day])
                if last < self.period.since or count < MANY_CHECKS or (usual and count <= TIMES_USUAL * usual):
                    continue
                known = f"; on a usual day they ask about {usual:g}" if usual else ""
                sentence = f"They asked about {count} addresses on {_day(day)}{known}."
                yield self._of_day("many_checks", who, day, last, sentence)

    def closed(self) -> Iterable[_Raw]:
        """This function will find who opened closed cases that they never led and in which they never wrote."""
        wrote = Entry.objects.filter(case=OuterRef("case_id"), by=OuterRef("staff_id"))
        found = self.looks().filter(case__status="closed", at__gte=F("case__closed_at"))
        not_theirs = found.filter(Q(case__lead=None) | ~Q(case__lead=F("staff"))).filter(~Exists(wrote))
        rows = not_theirs.values_list("staff_id").annotate(
            count=Count("case_id", distinct=True), last=Max("at"), one=Max("case_id")
        )
        for who, count, last, one in rows:
            cases = "a closed case" if count == 1 else f"{count} closed cases"
            sentence = f"They opened {cases} that they never led, and in which they have written nothing."
            yield self._of_period("closed", who, last, sentence, one if count == 1 else 0)

    def out_of_hours(self) -> Iterable[_Raw]:
        """This function will find who looked at cases at night, at a weekend, or on a bank holiday of their nation."""
        calendar = rulings.policy_in_force(self.landlord_id, self.now).calendar

        def works(day: date) -> bool:
            return calendar.is_working_day(day) if day.year in calendar.years else day.weekday() < 5

        days = [self.period.last - timedelta(days=back) for back in range(self.period.days)]
        at_hour = self.looks().annotate(day=TruncDate("at", tzinfo=LONDON), hour=ExtractHour("at", tzinfo=LONDON))
        out = at_hour.filter(
            Q(hour__lt=BEGINS) | Q(hour__gte=ENDS) | Q(day__in=[day for day in days if not works(day)])
        )
        rows = out.values_list("staff_id").annotate(times=Count("pk"), days=Count("day", distinct=True), last=Max("at"))
        for who, times, on, last in rows:
            there = last.astimezone(LONDON)
            when = f"{_day(there.date())} at {there:%H:%M}"
            on_days = "on one day" if on == 1 else f"on {on} days"
            sentence = (
                f"They looked at cases {times} times out of hours, {on_days}; the last time on {when}."
                if times > 1
                else f"They looked at a case out of hours, on {when}."
            )
            yield self._of_period("out_of_hours", who, last, sentence)

    def _teams(self) -> Mapping[int, Collection[int]]:
        """For each member of staff, those who hold one of their roles."""
        held: dict[str, set[int]] = {}
        for who, role in StaffRole.objects.filter(landlord_id=self.landlord_id).values_list("staff_id", "role"):
            held.setdefault(role, set()).add(who)
        teams: dict[int, set[int]] = {}
        for people in held.values():
            for who in people:
                teams.setdefault(who, set()).update(people)
        return teams

    def _of_cases(self, kind: str, sentence: str, rows: Iterable[tuple[Any, ...]]) -> Iterable[_Raw]:
        """One finding for each person and case, the latest first."""
        latest: dict[tuple[int, int], datetime] = {}
        for who, case_id, at in rows:
            latest[who, case_id] = max(at, latest.get((who, case_id), at))
        for (who, case_id), at in sorted(latest.items(), key=lambda one: one[1], reverse=True):
            yield _Raw(kind, who, at, sentence, case_id, 1, day_of(at))

    def _of_day(self, kind: str, who: int, day: date, at: datetime, sentence: str) -> _Raw:
        return _Raw(kind, who, at, sentence, 0, 1, day)

    def _of_period(self, kind: str, who: int, at: datetime, sentence: str, case_id: int = 0) -> _Raw:
        return _Raw(kind, who, at, sentence, case_id, self.period.days, self.period.last)


def _usual(counts: list[int]) -> float | None:
    return median(counts) if len(counts) >= DAYS_TO_KNOW else None


def _many(count: int, own: float | None, team: float | None) -> str:
    """Why so many cases in a day are many, or nothing where they are not."""
    if own is None and team is None:
        return (
            f"They opened {count} cases in a day. It is not known yet what is usual." if count >= MANY_UNKNOWN else ""
        )
    if not any(usual is not None and count > TIMES_USUAL * usual for usual in (own, team)):
        return ""
    known = [
        *([f"on a usual day they open {own:g}"] if own is not None else []),
        *([f"colleagues in the same role open {team:g}"] if team is not None else []),
    ]
    return f"They opened {count} cases in a day; {', and '.join(known)}."


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"
