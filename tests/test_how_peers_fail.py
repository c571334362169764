"""Five ways in which systems of this kind are known to fail, each by name: none of them is possible here.

Beside each stands that the probe is awake: with the safeguard taken away on purpose, it finds the failure.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from fanlight.casework import access
from fanlight.casework.access import Refused
from fanlight.casework.actions import logged, write
from fanlight.casework.actions.answer_question import answer_question
from fanlight.casework.actions.refusals import Conflict, Faulty, Stopped
from fanlight.casework.actions.share_information import share_information
from fanlight.casework.models import Case, Entry, Log, Part, Staff
from fanlight.casework.queries import story
from fanlight.casework.queries.case_page import case_page
from fanlight.casework.sharing import Proposed
from tests import make
from tests.addresses import METHODS, Address, addresses
from tests.api.test_who_may_ask_what import EXPECTED as ASKED
from tests.api.test_who_may_ask_what import body_of
from tests.cast import Cast
from tests.sharing import whole
from tests.web.conftest import NOW, as_, case, cast, report, the_clock
from tests.web.test_who_may_open_what import EXPECTED as OPENED

__all__ = ["as_", "case", "cast", "report", "the_clock"]

As = Callable[[Staff | None], Client]

GATE = "share-with-ground"
NO_REASONS = ("", " ", "\t\n", "\u200b", "\u00a0\u2060", "\u202e", "\ufeff", "\x00")


def send(browser: Client, address: str, body: object, method: str = "POST") -> Any:
    """This function will send JSON to an address."""
    return browser.generic(method, address, json.dumps(body), "application/json")


# ── 1. Consent overridden by a direct call without a reason ──────────────────────────────────────────────────────────


def ways_to_share_without_a_reason(cast: Cast, case: Case, as_: As) -> list[str]:
    """This function will try to tell a refuge without consent and without a reason, and give each way that worked."""
    worked = []

    def attempt(how: str, act: Callable[[], object]) -> None:
        before = Entry.objects.count()
        with transaction.atomic():
            with suppress(Faulty, Refused, Stopped, Conflict):
                act()
            if Entry.objects.count() != before:
                worked.append(how)
            transaction.set_rollback(True)

    page, address = as_(cast.asha), reverse("new-share", args=[case.reference])
    direct = reverse("api:share-information", args=[case.reference])
    proposed = _to_the_refuge(case)
    words = {name: value for name, value in asdict(proposed).items() if isinstance(value, str)}
    told = {**words, "to": f"{proposed.to}/", "about": proposed.about[0], "items-0": proposed.items[0], "seen": "99"}
    told |= {"section_115": "no", "send": "yes"}
    entry = {**asdict(proposed), "expected_sequence": 99}
    by_the_side = {"kind": "share", "fields": {"to": "police", "ground": "legal_duty"}, "expected_sequence": 99}
    attempt("the general operation", lambda: send(page, reverse("api:record", args=[case.reference]), by_the_side))
    attempt("the form as it is", lambda: page.post(address, told))
    attempt("the API as it is", lambda: send(page, direct, entry))
    attempt("an action", lambda: _share(case, cast.asha, ()))
    for reason in NO_REASONS:
        attempt(f"an action, {reason!r}", lambda given=reason: _share(case, cast.asha, [(GATE, given)]))
        attempt(f"the form, {reason!r}", lambda given=reason: page.post(address, {**told, f"reason-{GATE}": given}))
        override = {"gate": GATE, "reason": reason}
        attempt(f"the API, {reason!r}", lambda said=override: send(page, direct, {**entry, "overrides": [said]}))
    for said in ({"gate": GATE}, {"gate": GATE, "reason": None}, GATE, {GATE: True}, {"gate": GATE, "reason": True}):
        attempt(f"the API, {said}", lambda one=said: send(page, direct, {**entry, "overrides": [one]}))
    # By the side: the override as an entry of its own, and the consent as a fact that the engine keeps.
    for fields in ({"gate": GATE, "reason": ""}, {"gate": GATE, "reason": "An emergency.", "by": "case_officer"}):
        of_next = {"kind": "override", "fields": fields, "of_sequence": 1, "expected_sequence": 99}
        general = reverse("api:record", args=[case.reference])
        attempt(f"an override by itself, {fields}", lambda one=of_next, to=general: send(page, to, one))
    for name in ("consented_to", "refused_to"):
        stated = {"facts": {name: ["police"]}, "expected_sequence": 99}
        attempt(f"{name} as a fact", lambda one=stated: send(page, reverse("api:answer", args=[case.reference]), one))
    return worked


def _share(case: Case, by: Staff, overrides: Any) -> int:
    return share_information(case=case, proposed=_to_the_refuge(case), overrides=overrides, by=by, now=NOW)


def _to_the_refuge(case: Case) -> Proposed:
    """A share that lacks nothing but what the policy asks for: consent."""
    her = case.parts.get(part="person_at_risk").pk
    return whole(
        case,
        to="refuge",
        service="",
        organisation="A refuge",
        about=(her,),
        items=(f"who.{her}.name",),
        ground="immediate_harm",
        section_115=False,
    )


def test_consent_is_never_overridden_by_a_direct_call_without_a_reason(cast, case, as_, monkeypatch):
    assert ways_to_share_without_a_reason(cast, case, as_) == []
    # With a reason it is done, and the reason stands on the record and in the log.
    said = {"gate": GATE, "reason": "He is at the door with a knife."}
    entry = {**asdict(_to_the_refuge(case)), "expected_sequence": 99, "overrides": [said]}
    direct = reverse("api:share-information", args=[case.reference])
    assert send(as_(cast.asha), direct, entry).status_code == 201
    lines = case_page(cast.asha, case.reference, now=NOW).story
    told = [one.answer for line in lines if line.kind == "override" for one in line.said]
    assert "He is at the door with a knife." in told
    assert Log.objects.latest("pk").detail["overrode"] == [GATE]

    monkeypatch.setattr(write.rulings, "refusals_of", lambda *_: ())
    assert "the API as it is" in ways_to_share_without_a_reason(cast, case, as_)


def test_the_probe_for_reasons_finds_an_override_that_asks_for_none(cast, case, as_, monkeypatch):
    monkeypatch.setattr(write._Writing, "_free", lambda *_: None)
    monkeypatch.setattr(write.rulings, "refusals_of", lambda *_: ())
    found = ways_to_share_without_a_reason(cast, case, as_)
    assert "an action, ''" in found
    assert "the API, '\\u200b'" in found


# ── 2. The last of two writers winning silently ──────────────────────────────────────────────────────────────────────


def silent_last_writers(cast: Cast, case: Case, as_: As) -> list[str]:
    """This function will let Carys answer after Asha from what both saw before, and give each way she was not told of it."""
    silent = []
    before = make.fresh(case).last_sequence
    forms: Mapping[str, Mapping[str, str]] = {
        "answer": {"fact-weapons": "no"},
        "record-kind": {"reach": make.they_rang(case), "own-result": "spoke"},
        "assign": {"taker": f"{cast.bronwen.pk}:case_officer", "note": "Ring in the morning."},
        "hand-over": {"to": "community_safety"},
        "strike": {"reason": "The wrong case."},
        "close": {"reason": "She is safe.", "outcome": "Safe."},
    }
    bodies: Mapping[str, Mapping[str, object]] = {
        "record": {"kind": "visit", "reach": {"means": "they_reached_us"}},
        "answer": {"facts": {"weapons": False}},
        "assign": {"to": cast.bronwen.pk, "role": "case_officer", "note": "Ring in the morning."},
        "hand-over": {"to": "community_safety"},
        "strike": {"reason": "The wrong case."},
        "close": {"reason": "Safe."},
    }
    arguments = {"answer": ["weapons"], "record-kind": ["contact"], "strike": [4]}
    carys = as_(cast.carys)
    answer_question(case=case, facts={"weapons": True}, expected_sequence=before, by=cast.asha, now=NOW)
    for name, typed in forms.items():
        address = reverse(name, args=[case.reference, *arguments.get(name, [])])
        for seen in ({"seen": str(before)}, {}, {"seen": "x"}):
            shown = carys.post(address, {**typed, **seen})
            if shown.status_code != 409 or "since you opened the page" not in shown.content.decode():
                silent.append(f"the form of {name}, {seen}")
    for name, said in bodies.items():
        address = reverse(f"api:{name}", args=[case.reference, *([4] if name == "strike" else [])])
        if (told := send(carys, address, {**said, "expected_sequence": before})).status_code != 409:
            silent.append(f"the API of {name}")
        elif [line["by"] for line in told.json()["since"]] != ["Asha"]:
            silent.append(f"the API of {name}, which does not say what was written")
        if send(carys, address, said).status_code != 422:
            silent.append(f"the API of {name} for somebody who does not say what they saw")
    return silent


def test_the_last_of_two_writers_never_wins_silently(cast, case, as_):
    assert silent_last_writers(cast, case, as_) == []
    told = case_page(cast.asha, case.reference, now=NOW)
    assert [line.said[0].answer for line in told.story if line.kind == "learned"] == ["Yes"]


def test_the_probe_for_two_writers_finds_a_write_that_does_not_look(cast, case, as_, monkeypatch):
    real = write.write

    def blind(*arguments: Any, **named: Any) -> int:
        return real(*arguments, **{**named, "expected_sequence": None})

    monkeypatch.setattr("fanlight.casework.actions.record_entry.write", blind)
    found = silent_last_writers(cast, case, as_)
    assert "the API of answer" in found
    assert "the form of answer, {}" in found


@pytest.mark.django_db
def test_the_database_itself_gives_no_place_in_a_case_twice(cast, case):
    first = Entry.objects.filter(case=case).values().first()
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.create(**{**first, "id": None})


# ── 3. Deletion that leaves no trace ─────────────────────────────────────────────────────────────────────────────────


def deletions_that_worked(case: Case) -> list[str]:
    """This function will try to take away what happened, by every road to the database, and give each that worked."""
    worked = []
    for model in (Entry, Log):
        table = model._meta.db_table
        row = model.objects.filter(case=case).latest("pk").pk
        for how, act in {
            "a row": lambda one=model, pk=row: one.objects.filter(pk=pk).delete(),
            "by SQL": lambda name=table, pk=row: _sql("delete from {} where id = %s", name, [pk]),
            "all by SQL": lambda name=table: _sql("delete from {}", name, []),
            "its moment": lambda name=table, pk=row: _sql("update {} set at = %s where id = %s", name, [NOW, pk]),
            "another in its place": lambda name=table, pk=row: _sql(REPLACING[connection.vendor], name, [pk]),
        }.items():
            try:
                with transaction.atomic():
                    act()
                    transaction.set_rollback(True)
            except DatabaseError:
                continue
            worked.append(f"{model.__name__}: {how}")
    return worked


# SQLite's own way takes the old row away without a word to those who watch for deletions, unless it is told to say it.
REPLACING = {
    "sqlite": "insert or replace into {0} select * from {0} where id = %s",
    "postgresql": "insert into {0} select * from {0} where id = %s on conflict (id) do update set at = now()",
}


def _sql(text: str, table: str, values: list[object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text.format(table), values)


def test_no_deletion_leaves_no_trace(cast, case, as_):
    assert deletions_that_worked(case) == []
    # Nor does any address delete; striking leaves both on the record, and a row in the log.
    carys = as_(cast.carys)
    before = Entry.objects.count(), Part.objects.count(), Case.objects.count()
    for address in addresses():
        answer = carys.delete(address.of(reference=case.reference))
        assert answer.status_code in (302, 403, 404, 405), address
    assert (Entry.objects.count(), Part.objects.count(), Case.objects.count()) == before
    sent = send(carys, reverse("api:strike", args=[case.reference, 4]), {"reason": "Twice.", "expected_sequence": 99})
    assert sent.status_code == 201
    lines = {line.sequence: line for line in case_page(cast.asha, case.reference, now=NOW).story}
    assert lines[4].struck_by == sent.json()["sequence"]
    assert Log.objects.latest("pk").what == "strike_entry"


def test_the_probe_for_deletions_finds_a_table_without_its_guard(cast, case):
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("select name from sqlite_master where type = 'trigger' and tbl_name = 'casework_log'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f'drop trigger "{name}"')
            else:
                cursor.execute("set local session_replication_role = replica")
        assert "Log: by SQL" in deletions_that_worked(case)
        transaction.set_rollback(True)


# ── 4. Earlier refusals that vanish ──────────────────────────────────────────────────────────────────────────────────


def refusals_that_vanished(cast: Cast, case: Case, as_: As) -> list[str]:
    """This function will refuse consent, give it later, and ask for what the policy stops; and give what is no more to be read."""
    said = ((False, "She says no to the police."), (True, "She has thought again."))
    for hour, (given, note) in enumerate(said, start=4):
        make.make_entry(case, "consent", cast.asha, now=make.later(hours=hour), to="police", given=given, note=note)
    logged_before = Log.objects.count()
    asha, direct = as_(cast.asha), reverse("api:record", args=[case.reference])
    send(asha, direct, {"kind": "family_contact", "reach": {"means": "in_person"}, "expected_sequence": 99})
    send(asha, direct, {"kind": "struck", "of_sequence": 1, "fields": {"reason": "x"}, "expected_sequence": 99})
    send(asha, direct, {"kind": "discussion", "fields": {"with": "specialist_team"}, "expected_sequence": 0})
    outcomes = set(Log.objects.order_by("pk").values_list("outcome", flat=True)[logged_before:])
    vanished = [f"the log of what was {one}" for one in ("stopped", "refused", "conflict") if one not in outcomes]
    later = make.later(hours=9)
    told = {line.note: line for line in case_page(cast.asha, case.reference, now=later).story}
    page = asha.get(reverse("case", args=[case.reference])).content.decode()
    answers = asha.get(reverse("api:case", args=[case.reference])).content.decode()
    for _, note in said:
        vanished.extend(
            f"{note} {where}"
            for where, text in (("in the story", " ".join(told)), ("on the page", page), ("in the API", answers))
            if note not in text
        )
    return vanished


def test_earlier_refusals_do_not_vanish(cast, case, as_, the_clock):
    the_clock(make.later(hours=8))
    assert refusals_that_vanished(cast, case, as_) == []
    # Striking the refusal leaves it to be read as well, struck.
    struck = next(row.sequence for row in Entry.objects.filter(case=case, kind="consent").order_by("sequence"))
    body = {"reason": "Said of another recipient.", "expected_sequence": 99}
    assert send(as_(cast.carys), reverse("api:strike", args=[case.reference, struck]), body).status_code == 201
    assert "She says no to the police." in as_(cast.asha).get(reverse("case", args=[case.reference])).content.decode()


def test_the_probe_for_refusals_finds_a_story_that_keeps_the_latest_word_alone(cast, case, as_, the_clock, monkeypatch):
    the_clock(make.later(hours=8))
    real = story.story_lines

    def latest_alone(*arguments: Any, **named: Any) -> Any:
        lines = real(*arguments, **named)
        return tuple(line for line in lines if line.kind != "consent") + lines[-1:]

    monkeypatch.setattr("fanlight.casework.queries.case_page.story_lines", latest_alone)
    monkeypatch.setattr(logged, "_write", lambda row, *_, **__: row.batch.send())
    found = refusals_that_vanished(cast, case, as_)
    assert "She says no to the police. on the page" in found
    assert "the log of what was stopped" in found


# ── 5. Authorisation forgotten on secondary endpoints ────────────────────────────────────────────────────────────────

# What a stranger sends to every address at once, in case one of them asks less than the others do.
EVERYTHING: Mapping[str, object] = {
    "seen": "99",
    "do": "open",
    "outcome": "asb_case",
    "taker": "1:case_officer",
    "reason": "x",
    "fact-weapons": "yes",
    "own-result": "spoke",
    "to": "marac",
    "part": "child",
    "name": "Mair",
    "reach": "they_reached_us",
    "result": "spoke",
}
MAY_NOT_LOOK = ("nobody", "bronwen", "dev", "eve")
SECRETS = ("Maria", "Novak", "07700 900123", "Mornings only", "They were heard shouting", "She heard him on the stairs")
MAY_ANSWER_NOBODY = (302, 400, 401, 403, 404, 405)
MAY_ANSWER_SOMEBODY = (400, 403, 404, 405, 415, 422)


PLAIN = ("GET", "POST")
IN_EVERY_WAY = ("nobody", "bronwen")
"""Who tries the methods that no form sends: one who is not signed in, and one who is. They are refused alike to everybody."""


def addresses_that_tell_or_take(
    cast: Cast,
    case: Case,
    report: Case,
    as_: As,
    members: Sequence[str] = MAY_NOT_LOOK,
    names: Collection[str] | None = None,
) -> list[str]:
    """This function will ask every address of a case, or those of these names, as each who may not see it, and give what let them in."""
    found = []
    for who in members:
        browser = as_(None if who == "nobody" else getattr(cast, who))
        for address in addresses():
            if not address.is_of_a_case or (names is not None and address.name not in names):
                continue
            # Eve may triage the report, in which she is not named.
            asked = [(case, method) for method in (METHODS if who in IN_EVERY_WAY else PLAIN)]
            asked += [(report, method) for method in PLAIN if who != "eve"]
            for matter, method in asked:
                found.extend(
                    f"{who}: {method} {address.name}: {what}"
                    for what in _asked(browser, address, matter, method, _said_to(address, cast, case))
                )
    return found


def _said_to(address: Address, cast: Cast, case: Case) -> Mapping[str, object]:
    """What the API would carry out for whoever may; of the pages, all that any form has."""
    if not address.name.startswith("api:"):
        return EVERYTHING
    return body_of(address.name.removeprefix("api:"), cast, case)


def _asked(browser: Client, address: Address, matter: Case, method: str, said: Mapping[str, object]) -> list[str]:
    path, wrong = address.of(reference=matter.reference), []
    before = Entry.objects.count(), Part.objects.count(), Log.objects.filter(outcome="done", case=matter).count()
    answers = [browser.generic(method, path)]
    if method in ("POST", "PUT", "PATCH"):
        answers += [browser.generic(method, path, json.dumps(said), "application/json")]
        if method == "POST":
            answers += [browser.post(path, {name: str(value) for name, value in said.items()})]
    for answer in answers:
        signed_in = "_auth_user_id" in browser.session
        if answer.status_code not in (MAY_ANSWER_SOMEBODY if signed_in else MAY_ANSWER_NOBODY):
            wrong.append(f"answered with {answer.status_code}")
        if any(secret in answer.content.decode() for secret in SECRETS):
            wrong.append("says what the case holds")
    after = Entry.objects.count(), Part.objects.count(), Log.objects.filter(outcome="done", case=matter).count()
    return wrong if before == after else [*wrong, "writes, or is logged as done"]


def test_authorisation_is_forgotten_on_no_secondary_endpoint(cast, case, report, as_):
    assert addresses_that_tell_or_take(cast, case, report, as_) == []


def test_every_address_of_the_product_stands_in_a_table_of_who_gets_what() -> None:
    known = set(OPENED) | {f"api:{what.partition(' ')[2]}" for what in ASKED}
    assert {address.name for address in addresses()} == known


def test_the_probe_for_endpoints_finds_access_that_is_not_asked(cast, case, report, as_, monkeypatch):
    monkeypatch.setattr(access.RoleHeld, "reaches", lambda *_, **__: True)
    looked_at = ("case", "answer", "api:case", "api:record")
    found = addresses_that_tell_or_take(cast, case, report, as_, ("bronwen",), looked_at)
    assert "bronwen: GET case: says what the case holds" in found
    assert "bronwen: GET api:case: says what the case holds" in found
    assert "bronwen: POST api:record: writes, or is logged as done" in found
    assert "bronwen: POST answer: writes, or is logged as done" in found
