"""Disposal: what is gone, what stays, that it can stop at any step and be finished, and that nobody stumbles over it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest
from django.apps import apps
from django.core.management.base import CommandError
from django.db import connections, transaction
from django.db.models import BinaryField

from fanlight.casework import keys, rulings
from fanlight.casework.access import NotFound, Refused, find_case, visible_cases
from fanlight.casework.actions import disposal
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.bar_receiver import bar_receiver
from fanlight.casework.actions.call_999 import call_999
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.complete_assessment import complete_assessment
from fanlight.casework.actions.complete_marac_action import complete_marac_action
from fanlight.casework.actions.dispose_case import dispose_case
from fanlight.casework.actions.finish_disposals import finish_disposals
from fanlight.casework.actions.give_marac_action import give_marac_action
from fanlight.casework.actions.hold_case import hold_case
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.keep_assessment_draft import keep_assessment_draft
from fanlight.casework.actions.lift_hold import lift_hold
from fanlight.casework.actions.open_in_emergency import open_in_emergency
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.record_other_assessment import record_other_assessment
from fanlight.casework.actions.refer import refer
from fanlight.casework.actions.reopen_case import reopen_case
from fanlight.casework.actions.restore import destroy_again
from fanlight.casework.actions.review_emergency import review_emergency
from fanlight.casework.actions.review_for_disposal import review_for_disposal
from fanlight.casework.actions.set_aside import set_aside
from fanlight.casework.actions.write_marac_minutes import write_marac_minutes
from fanlight.casework.commands import check_projections, dispose, rebuild_projections
from fanlight.casework.copies import KEYS, CopyProblem, about_file, back_up, check_age
from fanlight.casework.heads import read_heads
from fanlight.casework.instruments import Answer
from fanlight.casework.keystore.models import DataKey
from fanlight.casework.models import (
    Case,
    ConsentSaid,
    Disposal,
    DisposalReview,
    Duty,
    DutyDesk,
    EmergencyAccess,
    Entry,
    Hold,
    KeptFrom,
    Log,
    Part,
    Referral,
    Staff,
)
from fanlight.casework.queries.cases import cases
from fanlight.casework.queries.handovers import handovers
from fanlight.casework.queries.my_duties import my_duties
from fanlight.casework.queries.report_receipt import report_receipt
from fanlight.casework.queries.retention import certificate, certificates, retention_case, retention_list
from fanlight.casework.queries.story import written
from fanlight.casework.queries.team_duties import team_duties
from fanlight.casework.queries.verification import Verification
from tests import make
from tests.cast import Cast, hire, the_cast
from tests.meetings import a_meeting, came, heard
from tests.referring import grounds, to_marac
from tests.risk import answers
from tests.sharing import consents, on_her_word, share

CLOSED = make.later(days=30)
DUE = CLOSED.replace(year=2032)

CANARY = "zephyranthes"
"""A word that stands in nothing but what these tests plant."""


@pytest.fixture
def officer(cast: Cast) -> Staff:
    """This function will take on a data protection officer."""
    return hire("Olwen", "connect", data_protection_officer=[])


def word(place: str) -> str:
    """This function will give the canary of a place."""
    return f"{CANARY}{place}"


def full_case(cast: Cast, officer: Staff) -> Case:
    """This function will make a case with a canary in every field that a person can fill, close it, and let it go."""
    case = make.make_report(cast.iris, note=word("report"), area=word("area"))
    make.make_entry(case, "triaged", cast.carys, now=make.later(hours=1), outcome="safeguarding_contact")
    make.make_entry(case, "assigned", cast.carys, now=make.later(hours=1), to="case_officer", note=word("assigned"))
    make.make_entry(
        case, "share", cast.carys, now=make.later(days=1), to="police", ground="safeguarding", reason=word("reason")
    )
    make.make_entry(case, "referral", cast.carys, now=make.later(days=1), to="marac", note=word("referral"))
    for part, works_here in (("person_at_risk", ""), ("child", ""), ("causing_harm", ""), ("witness", cast.eve.email)):
        add_part(
            case=case,
            name=word(part),
            part=part,
            phone=word("phone"),
            safe_contact=word("contact"),
            staff_email=works_here,
            by=cast.carys,
            now=make.later(days=2),
        )
    consents(case, cast.carys, said=ConsentSaid(limits=word("consent")), now=make.later(days=2))
    share(case, cast.carys, proposed=on_her_word(case, why=word("share")), now=make.later(days=2))
    referral = {"name": word("to whom"), "answers": {"happened": word("form")}, "note": word("told")}
    terms = {"way": "phone", "share": grounds(case, why=word("why"))}
    refer(case=case, to="police", **referral, **terms, by=cast.carys, now=make.later(days=2))
    to_marac(case, cast.carys, answers={"why_marac": word("marac")}, now=make.later(days=2))
    bar_receiver(case=case, name=word("barred"), reason=word("barred"), by=cast.carys, now=make.later(days=2))
    assessed(case, cast.carys, now=make.later(days=2))
    at_a_marac(case, cast.carys, now=make.later(days=2))
    set_aside(case=make.fresh(case), staff=cast.gwen, reason=word("aside"), by=cast.carys, now=make.later(days=2))
    open_in_emergency(
        reference=case.reference, purpose="danger", reason=word("emergency"), by=cast.bronwen, now=make.later(days=3)
    )
    review_emergency(
        number=case.emergencies.get().pk,
        outcome="not_needed",
        review=word("reviewed"),
        by=cast.carys,
        now=make.later(days=4),
    )
    close_case(case=case, reason=word("closed"), outcome=word("outcome"), by=cast.carys, now=CLOSED)
    number = hold_case(reference=case.reference, reason=word("hold"), by=officer, now=make.later(days=40))
    lift_hold(reference=case.reference, number=number, reason=word("lifted"), by=officer, now=make.later(days=41))
    now = DUE.replace(year=2051)
    review_for_disposal(reference=case.reference, outcome="dispose", reason=word("review"), by=cast.carys, now=now)
    return make.fresh(case)


def at_a_marac(case: Case, by: Staff, *, now: datetime) -> None:
    """This function will let a case be heard at a MARAC that was held, with a canary in every field."""
    meeting = a_meeting(by, meets_at=now - timedelta(hours=1), now=now)
    listing = heard(meeting, case, by, brought_by="us", now=now)
    came(meeting, by, by, now=now)
    write_marac_minutes(meeting=meeting, listing=listing, text=word("minutes"), by=by, now=now)
    said = {"what": word("action"), "owner": by, "due_on": now.date()}
    number = give_marac_action(meeting=meeting, listing=listing, **said, by=by, now=now)
    complete_marac_action(action=number, note=word("done"), by=by, now=now)


def assessed(case: Case, by: Staff, *, now: datetime) -> None:
    """This function will assess the risk, begin again, and put another agency's assessment down, with a canary in every field."""
    said: dict[str, Any] = {"case": case, "by": by, "now": now}
    items = {key: Answer("yes", "", word("item")) for key in answers()}
    judgement = {"reason": word("judged"), "note": word("assessed")}
    complete_assessment(**said, instrument="dash", answers=items, judged_high=True, **judgement)
    keep_assessment_draft(**said, instrument="dash", answers=items, judgement=judgement)
    theirs = {"agency": word("agency"), "instrument": word("theirs"), "note": word("theirs")}
    record_other_assessment(**said, how="seen", **theirs)


FULL_DUE = DUE.replace(year=2051)
"""When a case with a child in it falls due."""


def let_go(cast: Cast, **facts: Any) -> Case:
    """This function will make an ordinary case that is closed, fell due, and was let go by Carys."""
    case = make.make_case(cast, **facts)
    make.make_entry(case, "referral", cast.asha, now=make.later(days=1), to="marac")
    close_case(case=case, reason="Settled", by=cast.carys, now=CLOSED)
    review_for_disposal(reference=case.reference, outcome="dispose", reason="Old", by=cast.carys, now=DUE)
    return make.fresh(case)


def unreadable(case: Case) -> bool:
    """This function will say whether not one entry of a case can be opened."""
    keys.forget()
    opened = 0
    for entry in Entry.objects.filter(case=case):
        try:
            keys.unseal(rulings.key_of(case.pk), rulings.payload_place(case.pk, entry.sequence), bytes(entry.payload))
            opened += 1
        except keys.Destroyed:
            continue
    return opened == 0


# ── What is gone, and what stays ─────────────────────────────────────────────────────────────────────────────────────


def test_what_is_left_of_a_case_tells_nothing_and_its_chain_holds(cast, officer):
    case = full_case(cast, officer)
    entries = Entry.objects.filter(case=case).count()
    dispose_case(reference=case.reference, by=officer, now=FULL_DUE)
    assert unreadable(case)
    gone = make.fresh(case)
    assert gone.status == "disposed"
    assert {name: getattr(gone, name) for name in disposal.BLANK} == disposal.BLANK
    assert (gone.reference, gone.restricted, gone.joined_to_id) == (case.reference, False, None)
    for model in (Part, KeptFrom, Duty, DutyDesk, Referral):
        assert not model.objects.filter(case=case).exists()
    assert Entry.objects.filter(case=case).count() == entries
    walk = Verification(read_heads())
    list(walk.walk())
    assert [one for one in walk.broken if one.table != "the file of heads"] == []


def test_no_table_that_knows_a_case_keeps_a_sealed_text_of_one_that_is_gone(cast, officer):
    case = full_case(cast, officer)
    dispose_case(reference=case.reference, by=officer, now=FULL_DUE)
    for model in apps.get_app_config("casework").get_models():
        of_case = [field for field in model._meta.fields if field.is_relation and field.related_model is Case]
        if model is Case or model is Entry or not of_case:
            continue
        rows = model.objects.filter(**{of_case[0].name: case.pk})
        texts = [field.name for field in model._meta.fields if isinstance(field, BinaryField)]
        sealed = [name for name in texts if name not in ("hash", "hash_before")]
        assert not any(bytes(getattr(row, name) or b"") for row in rows for name in sealed), model.__name__


def test_the_case_is_there_for_nobody_and_nobody_can_write_in_it(cast, officer):
    case = let_go(cast)
    dispose_case(reference=case.reference, by=officer, now=DUE)
    deeds: tuple[Callable[[], object], ...] = (
        lambda: find_case(cast.carys, case.reference, now=DUE),
        lambda: record_entry(case=case, kind="visit", reach=make.reached("visit"), by=cast.carys, now=DUE),
        lambda: reopen_case(case=case, reason="She rang", by=cast.carys, now=DUE),
        lambda: add_part(case=case, name="Mair", part="child", by=cast.carys, now=DUE),
        lambda: set_aside(case=case, staff=cast.gwen, reason="Friend", by=cast.carys, now=DUE),
        lambda: call_999(reference=case.reference, by=cast.iris, now=DUE),
        lambda: report_receipt(cast.iris, case.reference, now=DUE),
        lambda: open_in_emergency(reference=case.reference, purpose="danger", reason="Now", by=cast.bronwen, now=DUE),
        lambda: hold_case(reference=case.reference, reason="A claim", by=officer, now=DUE),
        lambda: retention_case(officer, case.reference, now=DUE),
        lambda: dispose_case(reference=case.reference, by=officer, now=DUE),
    )
    entries = Entry.objects.count()
    for deed in deeds:
        with pytest.raises(NotFound):
            deed()
    assert Entry.objects.count() == entries


def test_lists_and_counts_leave_it_out(cast, officer):
    case, other = let_go(cast), let_go(cast)
    dispose_case(reference=case.reference, by=officer, now=DUE)
    for viewer in cast.everybody():
        assert case.reference not in str(cases(viewer, now=DUE))
        assert not visible_cases(viewer, now=DUE).filter(pk=case.pk).exists()
        assert case.reference not in str(my_duties(viewer, now=DUE))
        assert case.reference not in str(handovers(viewer, now=DUE))
    assert case.reference not in str(team_duties(cast.carys, now=DUE))
    found = retention_list(officer, show="marked", now=DUE)
    assert [line.reference for line in found.cases.items] == [other.reference]


def test_a_case_to_which_another_was_joined_can_go_and_so_can_the_other(cast, officer):
    case, report = make.make_case(cast), make.make_report(cast.iris, now=make.later(hours=2))
    join_case(case=report, into=case.reference, by=cast.carys, now=make.later(days=1))
    close_case(case=case, reason="Settled", by=cast.carys, now=CLOSED)
    assert retention_case(officer, case.reference, now=DUE).joined == (report.reference,)
    for one in (case, report):
        review_for_disposal(reference=one.reference, outcome="dispose", reason="Old", by=cast.carys, now=DUE)
    dispose_case(reference=case.reference, by=officer, now=DUE)
    assert written(make.fresh(report))
    assert "joined" in str(cases(cast.carys, now=DUE))
    dispose_case(reference=report.reference, by=officer, now=DUE)
    assert make.fresh(report).joined_to_id is None
    assert unreadable(report)


def test_projections_are_checked_and_made_again_around_it(cast, officer, capsys):
    case = let_go(cast)
    let_go(cast)
    dispose_case(reference=case.reference, by=officer, now=DUE)
    with (
        patch.object(rebuild_projections, "present", lambda: DUE),
        patch.object(check_projections, "present", lambda: DUE),
    ):
        assert "1 cases are up to date" in run(rebuild_projections.Command())
        assert "The projections of 1 cases equal their rulings" in run(check_projections.Command())
    assert make.fresh(case).status == "disposed"


def run(command: Any, **options: Any) -> str:
    """This function will run a command with its defaults and give what it says."""
    out = StringIO()
    parser = command.create_parser("fanlight", "command")
    given = vars(parser.parse_args(options.pop("words", [])))
    command.execute(**{**given, "stdout": out, "stderr": out, "skip_checks": True, "no_color": True, **options})
    return out.getvalue()


# ── The certificate ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_certificate_says_what_rule_how_much_and_who_and_names_nobody_of_the_case(cast, officer):
    case = full_case(cast, officer)
    entries, head = case.entries.count(), bytes(case.entries.order_by("sequence").last().hash).hex()
    dispose_case(reference=case.reference, by=officer, now=FULL_DUE)
    found = certificate(officer, case.reference)
    assert found is not None
    assert (found.entries, found.head, found.reviewed_by, found.disposed_by) == (entries, head, "Carys", "Olwen")
    assert (found.kind, found.rule) == (
        "A case with children in it",
        "25 years from its closure, or from what was last recorded after that",
    )
    assert (found.closed_at, found.disposed_at, found.done_at) == (CLOSED, FULL_DUE, FULL_DUE)
    assert CANARY not in str(found)
    assert [one.reference for one in certificates(officer).items] == [case.reference]
    assert certificates(cast.dev).total == 0
    with pytest.raises(Refused):
        certificates(cast.gwen)


def test_the_log_has_one_row_of_it_which_says_whose_key_was_destroyed_and_where_the_chain_ended(cast, officer):
    case = let_go(cast)
    before, head = Log.objects.count(), bytes(case.entries.order_by("sequence").last().hash).hex()
    dispose_case(reference=case.reference, by=officer, now=DUE)
    assert make.log_rows(before) == [("dispose_case", "done")]
    row = Log.objects.latest("pk")
    assert row.case_id == case.pk
    assert row.detail["keys_destroyed"] == [f"case {case.pk}"]
    assert (row.detail["head"], row.detail["reviewed_by"]) == (head, cast.carys.pk)


# ── Stopped in the middle ────────────────────────────────────────────────────────────────────────────────────────────


class Broken(Exception):
    """The machine stops here."""


STEPS = ("begin", "destroy_key", "clear", "sweep")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_wherever_it_stops_it_was_not_begun_or_is_finished_by_the_next_run(cast, officer, step, when):
    case = let_go(cast)
    taken = getattr(disposal, step)

    def stops(*given: Any) -> None:
        if when == "after":
            taken(*given)
        raise Broken

    with patch.object(disposal, step, stops), pytest.raises(Broken):
        dispose_case(reference=case.reference, by=officer, now=DUE)
    if step == "begin":
        assert make.fresh(case).status == "closed"
        assert written(make.fresh(case))
        assert not Disposal.objects.exists()
        dispose_case(reference=case.reference, by=officer, now=DUE)
    else:
        with pytest.raises(NotFound):
            find_case(cast.carys, case.reference, now=DUE)
        assert case.reference not in str(my_duties(cast.carys, now=DUE))
        if Disposal.objects.filter(done_at=None).exists():
            assert retention_list(officer, now=DUE).unfinished == (case.reference,)
            assert finish_disposals(by=officer, now=DUE) == (case.reference,)
    assert unreadable(case)
    assert not Part.objects.filter(case=case).exists()
    assert Disposal.objects.get().done_at == DUE
    assert finish_disposals(by=officer, now=DUE) == ()
    assert retention_list(officer, now=DUE).unfinished == ()


def test_a_disposal_inside_somebody_elses_transaction_is_refused(transactional_db):
    cast = the_cast()
    officer = hire("Olwen", "connect", data_protection_officer=[])
    case = let_go(cast)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        dispose_case(reference=case.reference, by=officer, now=DUE)
    assert written(make.fresh(case))


def test_a_key_that_a_restored_key_store_brings_back_is_destroyed_again(cast, officer):
    case = let_go(cast)
    key = DataKey.objects.get(kind="case", subject=str(case.pk))
    wrapped, master = key.wrapped, key.master
    dispose_case(reference=case.reference, by=officer, now=DUE)
    DataKey.objects.filter(pk=key.pk).update(wrapped=wrapped, master=master, destroyed_at=None)
    assert not unreadable(case)
    assert finish_disposals(by=officer, now=DUE) == (case.reference,)
    assert unreadable(case)


def test_a_backup_of_the_key_store_from_before_brings_nothing_back_within_its_days_and_is_refused_after(
    transactional_db, tmp_path
):
    cast = the_cast()
    officer = hire("Olwen", "connect", data_protection_officer=[])
    case, file = let_go(cast), tmp_path / "keys"
    back_up(KEYS, file, lambda _doing, pieces: pieces, now=DUE)
    key = DataKey.objects.get(kind="case", subject=str(case.pk))
    wrapped, master = key.wrapped, key.master
    dispose_case(reference=case.reference, by=officer, now=DUE)
    check_age(about_file(file), 35, now=DUE + timedelta(days=35))
    with pytest.raises(CopyProblem, match="36 days old"):
        check_age(about_file(file), 35, now=DUE + timedelta(days=36))
    # Restored in time: the log says what was destroyed since.
    DataKey.objects.filter(pk=key.pk).update(wrapped=wrapped, master=master, destroyed_at=None)
    assert destroy_again(now=DUE + timedelta(days=2)) == 1
    assert unreadable(case)


def test_a_case_that_a_restored_database_brings_back_without_its_key_is_there_for_nobody(cast, officer, capsys):
    case, other = let_go(cast), let_go(cast)
    # As a database restored from before the disposal would have it.
    keys.destroy(rulings.key_of(case.pk), DUE)
    keys.forget()
    before = Log.objects.count()
    with pytest.raises(NotFound):
        reopen_case(case=case, reason="She rang", by=cast.carys, now=DUE)
    assert make.log_rows(before) == [("reopen_case", "refused")]
    with patch.object(check_projections, "present", lambda: DUE):
        assert "run `fanlight dispose --finish`" in check_projections.differences_of(case.pk)[0]
    with patch.object(rebuild_projections, "present", lambda: DUE):
        assert "fanlight dispose --finish" in run(rebuild_projections.Command())
    assert finish_disposals(by=officer, now=DUE) == (case.reference,)
    with pytest.raises(NotFound):
        find_case(cast.carys, case.reference, now=DUE)
    found = certificate(officer, case.reference)
    assert found is not None
    assert (found.rule, found.reviewed_by) == ("", "")
    assert written(make.fresh(other))


# ── The command ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def at_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """This function will stop the clock of the command on the day on which the cases fall due."""
    monkeypatch.setattr(dispose, "present", lambda: DUE)


def test_the_command_lists_what_may_go_and_disposes_of_what_is_named_alone(cast, officer, at_due):
    case, other = let_go(cast), let_go(cast)
    said = run(dispose.Command(), words=["--by", officer.email])
    assert f"{case.reference}  fell due 2 April 2032  may be disposed of" in said
    assert "2 let go, 0 to be looked at, 0 held back." in said
    assert make.fresh(case).status == make.fresh(other).status == "closed"
    said = run(dispose.Command(), words=["--by", officer.email.upper(), case.reference.lower()])
    assert f"Disposed of:         {case.reference}" in said
    assert "Looked at by:        Carys, 2 April 2032" in said
    assert "Disposed of by:      Olwen, 2 April 2032" in said
    assert (make.fresh(case).status, make.fresh(other).status) == ("disposed", "closed")


def test_the_command_finishes_what_was_begun(cast, officer, at_due):
    case = let_go(cast)
    with patch.object(disposal, "destroy_key", side_effect=Broken), pytest.raises(Broken):
        dispose_case(reference=case.reference, by=officer, now=DUE)
    assert "Begun and not finished" in run(dispose.Command(), words=["--by", officer.email])
    assert f"Finished: {case.reference}." in run(dispose.Command(), words=["--by", officer.email, "--finish"])
    assert "Nothing was left" in run(dispose.Command(), words=["--by", officer.email, "--finish"])
    assert unreadable(case)


@pytest.mark.parametrize("who", ["carys@connect.example", "huw@connect.example", "nobody@connect.example"])
def test_the_command_is_for_those_who_may(cast, officer, at_due, who):
    case = let_go(cast)
    with pytest.raises(CommandError, match="may not dispose of cases"):
        run(dispose.Command(), words=["--by", who, case.reference])
    assert make.fresh(case).status == "closed"


def test_the_command_says_why_not_and_stops_there(cast, officer, at_due):
    case = let_go(cast)
    hold_case(reference=case.reference, reason="A claim", by=cast.carys, now=DUE)
    with pytest.raises(CommandError, match=f"{case.reference} was not disposed of. It is held back."):
        run(dispose.Command(), words=["--by", officer.email, case.reference])
    with pytest.raises(CommandError, match="There is no case CO-1999-000001 here"):
        run(dispose.Command(), words=["--by", officer.email, "CO-1999-000001"])


def test_no_timer_can_dispose_of_anything_by_itself():
    options = {word for action in dispose.Command().create_parser("", "")._actions for word in action.option_strings}
    assert not options & {"--all", "--due", "--marked", "--yes"}
    tick = (Path(dispose.__file__).parent / "tick.py").read_text()
    assert "dispos" not in tick


# ── Proof ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Copy(NamedTuple):
    """A copy of both databases: every row of every table as bytes, and on SQLite the very bytes of the files."""

    rows: dict[str, dict[str, list[tuple[Any, ...]]]]
    files: dict[str, bytes]

    def holds(self, text: str | bytes) -> list[str]:
        """This function will say where a text stands, in whatever case of letters."""
        wanted = (text.encode() if isinstance(text, str) else text).lower()
        places = [name for name, content in self.files.items() if wanted in content.lower()]
        for tables in self.rows.values():
            for table, rows in tables.items():
                places += [table for row in rows if any(wanted in as_bytes(value).lower() for value in row)]
        return sorted(set(places))


def as_bytes(value: Any) -> bytes:
    """This function will give a value of a row as it might be read in a dump."""
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def copied() -> Copy:
    """This function will copy everything that both databases hold."""
    rows: dict[str, dict[str, list[tuple[Any, ...]]]] = {}
    files: dict[str, bytes] = {}
    for alias in connections:
        rows[alias] = {}
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'select * from "{table}"')
                rows[alias][table] = cursor.fetchall()
        if connections[alias].vendor == "sqlite":
            database = Path(connections[alias].settings_dict["NAME"])
            files |= {file.name: file.read_bytes() for file in database.parent.glob(f"{database.name}*")}
    return Copy(rows, files)


def sealed_of(case: Case) -> list[tuple[keys.Place, bytes]]:
    """This function will give everything that is sealed of a case, with its place: what a copy of the database holds of it."""
    found = []
    for entry in Entry.objects.filter(case=case):
        found.append((rulings.payload_place(case.pk, entry.sequence), bytes(entry.payload)))
        if entry.note:
            found.append((rulings.note_place(case.pk, entry.sequence), bytes(entry.note)))
    columns = {
        Part: ("sealed_name", "sealed_phone", "sealed_safe_contact"),
        KeptFrom: ("sealed_reason",),
        EmergencyAccess: ("sealed_reason", "sealed_review"),
        Hold: ("sealed_reason", "sealed_lift_reason"),
        DisposalReview: ("sealed_reason",),
    }
    for model, names in columns.items():
        for row in model.objects.filter(case=case):
            table = model._meta.db_table
            found += [(keys.Place(table, row.mark, name), bytes(getattr(row, name))) for name in names]
    return [(place, held) for place, held in found if held]


def test_nothing_of_it_is_found_in_the_live_databases_nor_in_an_old_copy_with_the_live_key_store(transactional_db):
    cast = the_cast()
    officer = hire("Olwen", "connect", data_protection_officer=[])
    case = full_case(cast, officer)
    of_case = rulings.key_of(case.pk)
    key = DataKey.objects.get(kind=of_case.kind, subject=of_case.id)
    wrapped, master = bytes(key.wrapped or b""), key.master
    old, before = sealed_of(case), copied()
    opened = b" ".join(keys.unseal_many(of_case, old)).decode()
    planted = ("assigned", "reason", "referral", "person_at_risk", "phone", "contact", "aside", "emergency")
    assert [
        place for place in (*planted, "reviewed", "closed", "hold", "lifted", "review") if word(place) not in opened
    ] == []
    indexes = [value for row in Part.objects.filter(case=case) for value in (row.name_index, row.phone_index) if value]
    assert before.holds(wrapped) != []
    assert before.holds(indexes[0]) != []

    dispose_case(reference=case.reference, by=officer, now=FULL_DUE)

    live = copied()
    assert live.holds(CANARY) == []
    assert live.holds(wrapped) == []
    assert [index for index in indexes if live.holds(index)] == []
    # The old copy of the database, and the key store as it is now.
    keys.forget()
    for place, held in old:
        with pytest.raises(keys.Destroyed):
            keys.unseal(of_case, place, held)
    # With a copy of the key store from before as well, it opens: such copies must lapse, and are refused after their days.
    DataKey.objects.filter(pk=key.pk).update(wrapped=wrapped, master=master, destroyed_at=None)
    keys.forget()
    assert CANARY in b" ".join(keys.unseal_many(of_case, old)).decode()
