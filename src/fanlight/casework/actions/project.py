"""What lists need of a case's ruling, written beside the record: computed whole, compared, and only the changes written.

All of it can be thrown away: `fanlight rebuild_projections` makes it again, and `fanlight check_projections`
proves that it equals the rulings.
"""

import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from fanlight.casework import rulings, sql
from fanlight.casework.access import (
    Kept,
    RoleHeld,
    desk_of_person,
    desk_of_role,
    holders_of,
    kept_away,
    roles_of,
    roles_of_people,
    sees_without_desk,
)
from fanlight.casework.landlords import LandlordSettings, settings_of
from fanlight.casework.models import Case, Duty, DutyDesk, Referral, Staff
from fanlight.casework.queries.marac import standing_of
from fanlight.casework.queries.reach_words import past_the_gate_since, unanswered
from fanlight.casework.rulings import Owed, Ruling, Told

END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)

COLUMNS = (
    "status",
    "lead_id",
    "area",
    "patch",
    "about",
    "restricted",
    "grade",
    "danger",
    "opened_at",
    "closed_at",
    "first_contact_at",
    "next_at",
    "next_is",
    "last_at",
    "last_sequence",
    "kept_as",
    "unanswered",
    "welfare_since",
    "goes_back_since",
    "past_the_gate_since",
)

# The kinds by which a hand-over is sent, received, or was a mistake.
_CHANGING_REFERRALS = ("referral", "receipt", "struck")

# What names a duty within its case: the row and version, when it began and by which entry, and which of several.
Key = tuple[str, str, datetime, int | None, int]


class WantedDuty(NamedTuple):
    """A duty as its row in the table must be, and the desks on which it lies while it is open."""

    clause: str
    force: str
    due: datetime | None
    state: str
    met_at: datetime | None
    who: tuple[str, ...]
    desks: tuple[str, ...]


class WantedReferral(NamedTuple):
    """A hand-over as its row in the table must be."""

    to: str
    to_staff_id: int | None
    sent_at: datetime
    sent_by_id: int
    received_at: datetime | None


@dataclass(frozen=True, slots=True)
class Projection:
    """Everything that is projected of one case."""

    columns: Mapping[str, Any]
    duties: Mapping[Key, WantedDuty]
    referrals: Mapping[int, WantedReferral]


def project(
    case: Case,
    rows: Sequence[Told],
    ruling: Ruling | Owed,
    batch: sql.Batch,
    *,
    new: frozenset[str] | None = None,
    stored: Sequence[Sequence[Any]] | None = None,
    by: Staff | None = None,
    away: Kept | None = None,
    now: datetime,
) -> None:
    """This function will write what has changed of a case's projections, and bring `case` itself up to date.

    The changes go into the batch, which is the caller's to send. `new` are the kinds of the entries since they were last
    right; without it everything is looked at. `stored` are the rows that `duties_of` reads and `away` those who are kept from
    the case, where the caller has read them with the case locked; `by` is somebody who is known not to be kept from it.
    """
    standing = rulings.standing_rows(rows, now)
    away = away or kept_away(case)
    _write_columns(case, _columns(case, rows, standing, ruling, away), batch)
    duties = _duties(case, rows, ruling, by, away)
    _write_duties(case, duties, _stored_duties(case) if stored is None else _by_key(stored), batch)
    if new is None or not new.isdisjoint(_CHANGING_REFERRALS):
        _write_referrals(case, _referrals(standing), batch)


def wanted(case: Case, rows: Sequence[Told], ruling: Ruling | Owed, *, now: datetime) -> Projection:
    """This function will compute what must be projected of a case, and leave `case` as it is."""
    standing = rulings.standing_rows(rows, now)
    away = kept_away(case)
    columns = _columns(case, rows, standing, ruling, away)
    heading = Case(pk=case.pk, landlord_id=case.landlord_id, **columns)
    return Projection(columns, _duties(heading, rows, ruling, None, away), _referrals(standing))


def differences(case: Case, rows: Sequence[Told], ruling: Ruling | Owed, *, now: datetime) -> list[str]:
    """This function will say in which ways what is stored of a case differs from its ruling; nothing where it does not."""
    target = wanted(case, rows, ruling, now=now)
    found = [
        f"{name} is {getattr(case, name)!r}, and should be {value!r}"
        for name, value in target.columns.items()
        if getattr(case, name) != value
    ]
    stored = {key: duty for key, (_, duty) in _stored_duties(case).items()}
    for key in stored.keys() | target.duties.keys():
        if stored.get(key) != target.duties.get(key):
            found.append(
                f"duty {key[0]} since {key[2].isoformat()} is {stored.get(key)}, and should be {target.duties.get(key)}"
            )
    found.extend(_differences_of_desks(case, target.duties))
    kept = {sequence: referral for sequence, (_, referral) in _stored_referrals(case).items()}
    for sequence in kept.keys() | target.referrals.keys():
        if kept.get(sequence) != target.referrals.get(sequence):
            found.append(
                f"referral e{sequence} is {kept.get(sequence)}, and should be {target.referrals.get(sequence)}"
            )
    return found


# ── The case itself ──────────────────────────────────────────────────────────────────────────────────────────────────


def _columns(
    case: Case, rows: Sequence[Told], standing: Sequence[Told], ruling: Ruling | Owed, away: Kept
) -> dict[str, Any]:
    landlord = settings_of(case.landlord_id)
    facts = ruling.facts
    reports = [row.at for row in standing if row.kind == "report"]
    lead = next((row.to_staff_id for row in reversed(standing) if row.kind == "assigned" and row.to_staff_id), None)
    status, closed_at = _status(case, standing, bool(reports))
    # Anybody can write anything as a patch, an area or a grade; what stands in the clear is only what is known of old.
    patch = _one_of(facts.get("patch"), landlord.patches)
    opened_at = min(reports) if reports else case.opened_at
    last_at = max((row.at for row in standing), default=opened_at)
    next_at, next_is = _next(landlord, status, opened_at, last_at, ruling)
    restricted = facts.get("about") == "colleague" or away.has_colleague
    tried, welfare_since = unanswered(standing, landlord.attempts_before_welfare_check)
    return {
        "status": status,
        "lead_id": lead,
        "area": _one_of(facts.get("area"), landlord.areas) or landlord.area_of(patch),
        "patch": patch,
        "about": _word(facts.get("about"), 16),
        "restricted": restricted,
        "grade": _one_of(facts.get("grade"), rulings.grades_of(case.landlord_id)),
        "danger": facts.get("immediate_danger") is True,
        "opened_at": opened_at,
        "closed_at": closed_at,
        "first_contact_at": next((row.at for row in standing if _is_first_contact(row)), None),
        "next_at": next_at,
        "next_is": next_is,
        "last_at": last_at,
        "last_sequence": rows[-1].sequence if rows else 0,
        "kept_as": _kept_as(status, standing, facts, restricted),
        "unanswered": tried,
        "welfare_since": welfare_since if status in ("new", "open") else None,
        "past_the_gate_since": past_the_gate_since(standing),
        "goes_back_since": _goes_back_since(standing) if status == "open" else None,
    }


def _goes_back_since(standing: Sequence[Told]) -> datetime | None:
    """Abuse that goes back to the MARAC stands until somebody refers again: as of the last entry, whenever it is asked."""
    stands = standing_of(standing, (), max(row.at for row in standing))
    return stands.repeat.at if stands and stands.repeat else None


def _kept_as(status: str, standing: Sequence[Told], facts: Mapping[str, Any], restricted: bool) -> str:
    """What kind of case it is for how long it is kept once it is closed: the kinds of `queries.retention`."""
    if status == "joined":
        return "joined"
    triaged = next((row for row in reversed(standing) if row.kind == "triaged"), None)
    if triaged and triaged.payload["fields"].get("outcome") in ("not_domestic_abuse", "redirect"):
        return "not_domestic_abuse"
    kinds = (["colleague"] if restricted else []) + (["with_children"] if _has_children(facts) else [])
    return "_".join(kinds) or "ordinary"


def _has_children(facts: Mapping[str, Any]) -> bool:
    return facts.get("children") is True or facts.get("child_at_risk") is True


def _one_of(value: object, known: Container[str]) -> str:
    return value if isinstance(value, str) and value in known else ""


def _word(value: object, length: int = 80) -> str:
    return value[:length] if isinstance(value, str) else ""


def _is_first_contact(row: Told) -> bool:
    fields = row.payload["fields"]
    return row.kind == "contact" and fields.get("result") == "spoke" and fields.get("safe") is True


def _status(case: Case, standing: Sequence[Told], reported: bool) -> tuple[str, datetime | None]:
    if case.joined_to_id and not reported:
        return "joined", None
    for row in reversed(standing):
        if row.kind == "closed":
            return "closed", row.at
        if row.kind == "reopened":
            return "open", None
    looked_at = any(row.kind in ("triaged", "assigned") for row in standing)
    return ("open" if looked_at else "new"), None


def _next(
    landlord: LandlordSettings, status: str, opened_at: datetime | None, last_at: datetime | None, ruling: Ruling | Owed
) -> tuple[datetime | None, str]:
    """Every open case has a next date: the first thing due, or else the day on which it is looked at again."""
    if status == "new":
        return _later(opened_at, landlord.triage_escalates_after), "triage"
    if status != "open":
        return None, ""
    due = [duty.due for duty in ruling.duties if duty.is_owed and duty.due]
    if due:
        return min(due), "duty"
    return _later(last_at, landlord.look_again_after), "look_again"


def _later(moment: datetime | None, by: timedelta) -> datetime | None:
    return moment + by if moment else None


def _write_columns(case: Case, columns: Mapping[str, Any], batch: sql.Batch) -> None:
    changed = {name: value for name, value in columns.items() if getattr(case, name) != value}
    if changed:
        batch.update(Case, case.pk, changed)
        for name, value in changed.items():
            setattr(case, name, value)


# ── Duties ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _duties(
    case: Case, rows: Sequence[Told], ruling: Ruling | Owed, by: Staff | None, away: Kept
) -> dict[Key, WantedDuty]:
    """The duties of a case whose own columns are right, and where they lie. One entry may begin a row several times."""
    authors = {f"e{row.sequence}": row for row in rows}
    receivers = {
        place: authors[duty.started_by].by_id
        for place, duty in enumerate(ruling.duties)
        if duty.started_by and "receiver" in duty.row.roles and duty.is_owed
    }
    desks = _Desks(case, settings_of(case.landlord_id), set(receivers.values()), by, away.people)
    duties: dict[Key, WantedDuty] = {}
    for place, duty in enumerate(ruling.duties):
        row, owed = duty.row, duty.is_owed
        sequence = authors[duty.started_by].sequence if duty.started_by else None
        key = (row.id, duty.version, duty.since, sequence, 0)
        while key in duties:
            key = (*key[:4], key[4] + 1)
        lies_on = desks.of(row.roles, receivers.get(place)) if owed else ()
        state = "open" if owed else duty.state
        duties[key] = WantedDuty(row.clause, row.force, duty.due, state, duty.met_at, row.roles, lies_on)
    return duties


class _Desks:
    """Whose list an open duty lies on."""

    def __init__(
        self, case: Case, landlord: LandlordSettings, receivers: set[int], by: Staff | None, away: frozenset[int]
    ) -> None:
        self.case = case
        self.landlord = landlord
        self.away = away
        self.people = (receivers | ({case.lead_id} if case.lead_id else set())) - away
        self.known = {by.pk: roles_of(by)} if by is not None and by.pk in self.people else {}
        self.of_its_kind = frozenset(landlord.roles_with("colleague_case:see" if case.restricted else "case:see"))
        self.seeing = self.of_its_kind
        if case.status == "new":
            # Until somebody has looked at it, nobody but those who triage acts on a report: two officers must not
            # both ring the same person.
            self.seeing &= frozenset(landlord.roles_with("report:triage"))
        self.lead = case.lead_id if case.lead_id and self._may_see(case.lead_id) else None

    def of(self, who: Sequence[str], receiver: int | None) -> tuple[str, ...]:
        """This function will give the desks of a duty of some roles, begun by an entry of `receiver`."""
        desks: set[str] = set()
        if self.lead and ("all_staff" in who or any(held.role in who for held in self._roles_of(self.lead))):
            return (desk_of_person(self.lead),)
        for role in who:
            if role == "receiver" and receiver and self._may_see(receiver):
                desks.add(desk_of_person(receiver))
            elif role in self.seeing:
                desks.update(self._desks_of(role) if self._somebody_sits_at(role) else self._in_place_of(role))
        return tuple(sorted(desks or self._somebody()))

    @cached_property
    def _holders(self) -> Mapping[str, Sequence[tuple[int, RoleHeld]]]:
        return holders_of(self.landlord.id, self.of_its_kind)

    def _somebody_sits_at(self, role: str) -> bool:
        """Whether a role's desks here are any use: not where each of those who sit at them is kept from the case.

        A desk at which nobody sits at all is left as it is: a team's list shows that it is empty.
        """
        if not self.away:
            return True
        here = [staff for staff, held in self._holders.get(role, ()) if held.covers(self.case.area, self.case.patch)]
        return not here or not self.away.issuperset(here)

    def _in_place_of(self, role: str) -> set[str]:
        """Where the lead is kept from the case it goes to the roles that the landlord names for that."""
        if role not in self.landlord.escalates_to:
            return set()
        named = [one for one in self.landlord.when_the_lead_is_named if one in self.of_its_kind]
        return {desk for one in named if self._somebody_sits_at(one) for desk in self._desks_of(one)}

    def _desks_of(self, role: str) -> set[str]:
        """The desks of a role: in the patch, or where that is not known in every patch of the area, or anywhere."""
        area = self.landlord.areas.get(self.case.area, ())
        patches = (self.case.patch,) if self.case.patch in self.landlord.patches else area or ("",)
        return {desk_of_role(self.landlord.id, role, patch) for patch in patches}

    def _somebody(self) -> set[str]:
        """A duty of nobody who may see the case is the lead's, or else triage's: it lies on some list."""
        if self.lead:
            return {desk_of_person(self.lead)}
        triage = [role for role in self.landlord.roles_with("report:triage") if role in self.seeing] or self.seeing
        desks = {desk for role in triage if self._somebody_sits_at(role) for desk in self._desks_of(role)}
        return desks or {desk for role in triage for desk in self._in_place_of(role) or self._desks_of(role)}

    def _may_see(self, staff_id: int) -> bool:
        return sees_without_desk(self._roles_of(staff_id), self.case, staff_id)

    def _roles_of(self, staff_id: int) -> tuple[RoleHeld, ...]:
        """The roles of the lead, or of a receiver; none of one who is kept from the case. All are read with the first that is not known."""
        if staff_id not in self.known and staff_id in self.people:
            read = roles_of_people(self.case, self.people - self.known.keys())
            self.known |= {one: read.get(one, ()) for one in self.people - self.known.keys()}
        return self.known.get(staff_id, ())


_DUTY: sql.Columns = (
    Duty,
    "duty",
    ("row", "version", "since", "started_by", "id", "clause", "force", "due", "state", "met_at"),
)


def duties_of(case: Case) -> sql.Read:
    """This function will say how the duties stored of a case are read."""
    which = "from casework_duty duty where duty.case_id = %s order by duty.id"
    return sql.Read(which, [case.pk], (_DUTY,), also=("duty.who", "duty.desks"))


def _stored_duties(case: Case) -> dict[Key, tuple[int, WantedDuty]]:
    (rows,) = sql.select_together(duties_of(case))
    return _by_key(rows)


def _by_key(rows: Sequence[Sequence[Any]]) -> dict[Key, tuple[int, WantedDuty]]:
    stored: dict[Key, tuple[int, WantedDuty]] = {}
    for row, version, since, started_by, duty_id, clause, force, due, state, met_at, who, desks in rows:
        key = (row, version, since, started_by, 0)
        while key in stored:
            key = (*key[:4], key[4] + 1)
        duty = WantedDuty(clause, force, due, state, met_at, _words(who), _words(desks))
        stored[key] = duty_id, duty
    return stored


@lru_cache(4096)
def _words(text: str) -> tuple[str, ...]:
    """The same few lists come again and again, and reading one costs more than all the rest of a row."""
    return tuple(json.loads(text))


def _write_duties(
    case: Case,
    target: Mapping[Key, WantedDuty],
    stored: Mapping[Key, tuple[int, WantedDuty]],
    batch: sql.Batch,
) -> None:
    gone = [duty_id for key, (duty_id, _) in stored.items() if key not in target]
    new = [(key, duty) for key, duty in target.items() if key not in stored]
    changed = [(*stored[key], duty) for key, duty in target.items() if key in stored and stored[key][1] != duty]
    moved = [one for one in changed if (one[1].desks, one[1].due) != (one[2].desks, one[2].due)]
    batch.delete(DutyDesk, "duty_id", [*gone, *(duty_id for duty_id, before, _ in moved if before.desks)])
    batch.delete(Duty, "id", gone)
    for duty_id, before, duty in changed:
        was = _said(before)
        batch.update(Duty, duty_id, {name: value for name, value in _said(duty).items() if was[name] != value})
    batch.insert(Duty, [{**_named_by(case, key), **_said(duty)} for key, duty in new])
    if any(duty.desks for _, duty in new) or any(duty.desks for *_, duty in moved):
        _put_on_desks(case, batch)


def _named_by(case: Case, key: Key) -> dict[str, object]:
    row, version, since, started_by, _ = key
    who_and_what = {"landlord_id": case.landlord_id, "case_id": case.pk, "row": row, "version": version}
    return {**who_and_what, "since": since, "started_by": started_by}


def _said(duty: WantedDuty) -> dict[str, object]:
    return {
        "clause": duty.clause,
        "force": duty.force,
        "who": list(duty.who),
        "due": duty.due,
        "state": duty.state,
        "met_at": duty.met_at,
        "desks": list(duty.desks),
    }


def _put_on_desks(case: Case, batch: sql.Batch) -> None:
    """This function will put the case's duties that lie on no desk on those that they name."""
    batch.add(
        f"""insert into casework_dutydesk (landlord_id, desk, soonest, duty_id, case_id)
        select duty.landlord_id, desk.value, coalesce(duty.due, %s), duty.id, duty.case_id
        from casework_duty duty, {sql.each_of("duty.desks", "desk")}
        where duty.case_id = %s and duty.state = 'open'
        and not exists (select 1 from casework_dutydesk there where there.duty_id = duty.id)""",  # noqa: S608 - no value stands in it
        [END_OF_TIME, case.pk],
    )


def _differences_of_desks(case: Case, target: Mapping[Key, WantedDuty]) -> list[str]:
    """The rows of desks say the same as the duties do."""
    ids = {key: duty_id for key, (duty_id, _) in _stored_duties(case).items()}
    wanted_rows = {(ids.get(key), desk, duty.due or END_OF_TIME) for key, duty in target.items() for desk in duty.desks}
    rows = set(DutyDesk.objects.filter(case_id=case.pk).values_list("duty_id", "desk", "soonest"))
    return [f"desk {row[1]} of duty {row[0]} is wrong or missing" for row in sorted(rows ^ wanted_rows, key=str)]


# ── Hand-overs ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _referrals(standing: Sequence[Told]) -> dict[int, WantedReferral]:
    received: dict[int, datetime] = {}
    for row in standing:
        if row.kind == "receipt" and row.of_sequence is not None:
            received.setdefault(row.of_sequence, row.at)
    return {
        row.sequence: WantedReferral(
            to=_word(row.payload["fields"].get("to"), 60),
            to_staff_id=row.to_staff_id,
            sent_at=row.at,
            sent_by_id=row.by_id,
            received_at=received.get(row.sequence),
        )
        for row in standing
        if row.kind == "referral"
    }


_REFERRAL: sql.Columns = (
    Referral,
    "referral",
    ("sequence", "id", "to", "to_staff_id", "sent_at", "sent_by_id", "received_at"),
)


def _stored_referrals(case: Case) -> dict[int, tuple[int, WantedReferral]]:
    rows = sql.select("from casework_referral referral where referral.case_id = %s", [case.pk], _REFERRAL)
    return {sequence: (pk, WantedReferral(*said)) for sequence, pk, *said in rows}


def _write_referrals(case: Case, target: Mapping[int, WantedReferral], batch: sql.Batch) -> None:
    stored = _stored_referrals(case)
    batch.delete(Referral, "id", [pk for sequence, (pk, _) in stored.items() if sequence not in target])
    new: list[dict[str, object]] = []
    for sequence, referral in target.items():
        said = referral._asdict()
        if sequence not in stored:
            new.append({"landlord_id": case.landlord_id, "case_id": case.pk, "sequence": sequence, **said})
        elif stored[sequence][1] != referral:
            batch.update(Referral, stored[sequence][0], said)
    batch.insert(Referral, new)
