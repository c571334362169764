"""Referrals to services outside: drafted, sent, on somebody's list until received, and what may not go."""

import json
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.acknowledge_receipt import acknowledge_receipt
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.ask_for_move import ask_for_move
from fanlight.casework.actions.bar_receiver import bar_receiver
from fanlight.casework.actions.draft_referral import draft_referral
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.actions.refer import refer
from fanlight.casework.actions.refusals import Faulty, Stopped
from fanlight.casework.actions.say_of_referral import say_of_referral
from fanlight.casework.actions.send_referral import send_referral
from fanlight.casework.commands import import_directory
from fanlight.casework.models import Case, DirectoryEntry, OnwardReferral, ReferralDocument, Staff
from fanlight.casework.queries.handovers import handovers
from fanlight.casework.queries.referrals import (
    OneReferral,
    Waiting,
    count_waiting,
    one_referral,
    referral_document,
    referral_form,
    referrals_of_case,
    waiting_referrals,
)
from fanlight.casework.sharing import Proposed
from tests import homes, make
from tests.cast import Cast, again, hire
from tests.referring import grounds, to_marac

NOW = make.later(hours=1)
LATER = make.later(days=1)
ANSWERS = {"happened": "She heard it from the stairs.", "asked_for": "A strategy discussion."}


def about_children(case: Case, cast: Cast) -> Proposed:
    """This function will give the grounds on which a child is told of."""
    return grounds(case, by=cast.asha, purpose="protect_child")


def drafted(case: Case, cast: Cast, **said: object) -> int:
    """This function will draft a referral of a child, for whom asking permission would be dangerous."""
    return draft_referral(case=case, purpose="child_protection", answers=ANSWERS, by=cast.asha, now=NOW, **said)  # type: ignore[arg-type]  # each is what the action takes


def seen(case: Case, cast: Cast, number: int) -> OneReferral:
    """This function will read a referral as Asha sees it."""
    return one_referral(cast.asha, case.reference, number, now=LATER)


def waits(cast: Cast, state: str = "not_received") -> list[int]:
    """This function will list the referrals that wait on Asha's list, of which my duties shows the numbers."""
    listed = counted_as_listed(cast.asha)
    return [line.number for line in getattr(listed, state)]


def counted_as_listed(viewer: Staff) -> Waiting:
    """This function will give what waits for somebody, having seen that it is counted as it is listed."""
    listed, counted = waiting_referrals(viewer, now=LATER), count_waiting(viewer, now=LATER)
    assert (counted.not_received, counted.declined, counted.drafts, counted.total) == (
        len(listed.not_received),
        len(listed.declined),
        len(listed.drafts),
        listed.total,
    )
    return listed


def test_a_referral_goes_from_draft_to_done_and_is_on_a_list_until_it_is_received(cast: Cast) -> None:
    case = make.make_case(cast, children=True)
    number = drafted(case, cast, name="The duty team")
    assert (waits(cast, "drafts"), waits(cast), make.fresh(case).referrals.count()) == ([number], [], 0)
    sequence = send_referral(
        case=case,
        number=number,
        way="phone",
        permission="endangers",
        share=about_children(case, cast),
        by=cast.asha,
        now=NOW,
    )
    entry = make.told_last(case, "referral")
    assert entry.told.payload["fields"] == {"to": "children_social_care"}
    assert entry.told.payload["facts"] == {"asking_endangers_child": True}
    assert entry.note == "To The duty team. By telephone."
    assert (waits(cast, "drafts"), waits(cast)) == ([], [number])
    assert [line.sequence for line in handovers(cast.carys, now=LATER).items] == [sequence]
    assert say_of_referral(case=case, number=number, what="received", by=cast.asha, now=LATER) == "received"
    assert (waits(cast), handovers(cast.carys, now=LATER).total) == ([], 0)
    assert make.told_last(case, "receipt").told.of_sequence == sequence
    for what in ("accepted", "done"):
        say_of_referral(case=case, number=number, what=what, by=cast.asha, now=LATER)
    assert (seen(case, cast, number).state, seen(case, cast, number).may) == ("done", ())


def test_it_is_received_by_the_receipt_on_the_record_whoever_writes_that(cast: Cast) -> None:
    case = make.make_case(cast)
    sequence = to_marac(case, cast.asha, now=NOW)
    acknowledge_receipt(case=case, sequence=sequence, confirmed_by="The coordinator", by=cast.asha, now=LATER)
    (line,) = referrals_of_case(cast.asha, case.reference, now=LATER).lines
    assert (line.state, line.since) == ("received", LATER)


def test_whoever_answers_has_received_it(cast: Cast) -> None:
    case = make.make_case(cast)
    to_marac(case, cast.asha, now=NOW)
    number = OnwardReferral.objects.get().pk
    say_of_referral(case=case, number=number, what="accepted", heard_from="The coordinator", by=cast.asha, now=LATER)
    assert make.told_last(case, "receipt").told.payload["fields"]["by"] == "The coordinator"
    assert (seen(case, cast, number).state, waits(cast)) == ("accepted", [])


def test_what_is_declined_comes_back_with_the_way_to_challenge_it_and_whom_to_escalate_to(cast: Cast) -> None:
    case = make.make_case(cast)
    to_marac(case, cast.asha, now=NOW)
    number = OnwardReferral.objects.get().pk
    with pytest.raises(Faulty):
        say_of_referral(case=case, number=number, what="declined", by=cast.asha, now=LATER)
    say_of_referral(case=case, number=number, what="declined", note="Below threshold.", by=cast.asha, now=LATER)
    found = seen(case, cast, number)
    assert (found.state, waits(cast, "declined")) == ("declined", [number])
    assert "Judgement is a criterion" in found.challenge
    assert "chair of the MARAC" in found.escalate_to
    assert found.our_escalation
    for what in ("challenged", "escalated"):
        say_of_referral(case=case, number=number, what=what, note="Our reasons.", by=cast.asha, now=LATER)
        assert waits(cast, "declined") == [number]
    say_of_referral(case=case, number=number, what="accepted", by=cast.asha, now=LATER)
    assert waits(cast, "declined") == []
    assert [step.what for step in seen(case, cast, number).steps][:2] == ["Sent", "They have received it"]


def test_one_that_is_withdrawn_before_it_was_received_is_struck_and_what_it_met_is_owed_again(cast: Cast) -> None:
    case = make.make_case(cast)
    make.make_entry(case, "assessment", cast.asha, now=NOW, score=14)
    owed = {duty.row for duty in make.fresh(case).duties.filter(state__in=["open", "overdue"])}
    assert "marac-referral" in owed
    to_marac(case, cast.asha, now=NOW)
    assert "marac-referral" not in {d.row for d in make.fresh(case).duties.filter(state__in=["open", "overdue"])}
    number = OnwardReferral.objects.get().pk
    say_of_referral(case=case, number=number, what="withdrawn", note="Sent to the wrong area.", by=cast.asha, now=LATER)
    assert "marac-referral" in {d.row for d in make.fresh(case).duties.filter(state__in=["open", "overdue"])}
    assert "wrong area" in str(make.told_last(case, "struck").told.payload["fields"]["reason"])
    assert (seen(case, cast, number).state, handovers(cast.carys, now=LATER).total) == ("withdrawn", 0)
    with pytest.raises(Refused, match="cannot be said of it"):
        say_of_referral(case=case, number=number, what="accepted", by=cast.asha, now=LATER)


def test_a_child_is_referred_with_permission_or_with_the_reason_why_without(cast: Cast) -> None:
    case = make.make_case(cast, children=True)
    number = drafted(case, cast, name="The duty team")
    sent = {"case": case, "number": number, "way": "phone", "by": cast.asha, "now": NOW}
    sent["share"] = about_children(case, cast)
    with pytest.raises(Faulty) as found:
        send_referral(**sent)
    assert list(found.value.faults) == ["permission"]
    with pytest.raises(Faulty) as found:
        send_referral(permission="refused", reason=" ", **sent)
    assert list(found.value.faults) == ["reason"]
    # The policy's own gate stands besides: here it wants the fact, or a ground, and a reason in words is not enough for it.
    by_section_115 = replace(sent["share"], ground="crime_and_disorder_s115")
    with pytest.raises(Stopped):
        send_referral(**{**sent, "share": by_section_115}, permission="refused", reason="He reads it.")
    assert (OnwardReferral.objects.get().state, make.fresh(case).referrals.count()) == ("draft", 0)
    send_referral(permission="refused", reason="He reads it.", **sent)
    assert OnwardReferral.objects.get().state == "sent"


def test_permission_that_was_given_stands_on_the_record_and_the_policy_asks_for_it_no_more(cast: Cast) -> None:
    case = make.make_case(cast, children=True)
    refer(case=case, to="children_social_care", permission="given", way="phone", by=cast.asha, now=NOW)
    consent, referral = make.told(case)[-2:]
    assert (consent.told.kind, referral.told.kind) == ("consent", "referral")
    assert consent.told.payload["fields"] | {"purpose": ""} == {
        "to": "children_social_care",
        "given": True,
        "giver": "parent",
        "purpose": "",
    }
    refer(case=case, to="children_social_care", permission="given", way="phone", by=cast.asha, now=LATER)
    assert [one.told.kind for one in make.told(case)].count("consent") == 1


@pytest.mark.parametrize("to", ["children_social_care", "marac", "adult_safeguarding"])
@pytest.mark.django_db
def test_in_danger_of_immediate_harm_a_referral_goes_at_once_where_consent_is_the_rule(to: str) -> None:
    case, nasreen = at_one_vision()
    sent = refers(case, nasreen, to, ground="immediate_harm")
    assert make.fresh(case).danger
    assert make.told_last(case, "referral").told.sequence == sent


@pytest.mark.parametrize("to", ["children_social_care", "marac", "adult_safeguarding"])
@pytest.mark.django_db
def test_where_consent_is_the_rule_all_that_stands_in_the_way_is_said_at_once_with_the_way_out(to: str) -> None:
    case, nasreen = at_one_vision()
    with pytest.raises(Stopped) as found:
        refers(case, nasreen, to, ground="safeguarding")
    assert [gate.gate for gate in found.value.gates] == ["consent-to-share", "consent-to-refer"]
    assert all("set this aside" in gate.refuse and gate.may_override for gate in found.value.gates)
    overrides = [(gate.gate, "A child is at risk.") for gate in found.value.gates]
    refers(case, nasreen, to, ground="safeguarding", overrides=overrides)
    kinds = [one.told.kind for one in make.told(case)][-4:]
    assert kinds == ["override", "share", "override", "referral"]


def at_one_vision() -> tuple[Case, Staff]:
    """This function will make a case in a landlord whose policy has every referral wait for consent, but in danger now."""
    nasreen = hire("Nasreen", "one-vision", community_safety_team=[])
    case = make.make_report(nasreen, patch=None)
    open_case(
        case=case,
        outcome="safeguarding_contact",
        lead=nasreen,
        role="community_safety_team",
        by=nasreen,
        now=make.later(minutes=10),
    )
    homes.a_part(case, homes.a_person("Maria Novak", "one-vision"), "person_at_risk", nasreen)
    return make.fresh(case), nasreen


def refers(case: Case, by: Staff, to: str, *, ground: str, **more: Any) -> int:
    """This function will refer to a service with a form that says something, on a ground and with no consent."""
    why = grounds(case, by=by, ground=ground, section_115=False)
    if to == "marac":
        return to_marac(case, by, now=NOW, share=why, **more)
    return refer(
        case=case,
        to=to,
        name="The duty team",
        way="phone",
        answers={"happened": "He was at the door again."},
        permission="not_asked",
        reason="There was no time.",
        share=why,
        by=by,
        now=NOW,
        **more,
    )


def test_a_service_for_people_who_cause_harm_is_for_those_who_ask_for_it_themselves(cast: Cast) -> None:
    case = make.make_case(cast)
    with pytest.raises(Faulty) as found:
        refer(case=case, to="perpetrator_service", by=cast.asha, now=NOW)
    assert list(found.value.faults) == ["own_request"]
    with pytest.raises(Stopped):
        refer(case=case, to="perpetrator_service", own_request=True, by=cast.asha, now=NOW)
    make.make_entry(case, "consent", cast.asha, now=NOW, to="perpetrator_service", given=True)
    refer(case=case, to="perpetrator_service", name="Respect", by=cast.asha, now=LATER)
    assert make.told_last(case, "referral").note == "To Respect."


def test_the_policys_gate_stops_it_and_nothing_is_kept_of_what_was_stopped(cast: Cast) -> None:
    case = make.make_case(cast)
    with pytest.raises(Stopped) as found:
        refer(
            case=case,
            to="idva",
            name="The adviser",
            way="phone",
            answers={"wants": "To stay."},
            share=grounds(case, by=cast.asha, section_115=False),
            by=cast.asha,
            now=NOW,
        )
    assert [gate.gate for gate in found.value.gates] == ["share-with-ground"]
    assert not OnwardReferral.objects.exists()
    assert make.log_rows()[-1] == ("refer", "stopped")


def test_the_right_one_is_taken_where_nobody_is_named_and_one_of_another_area_is_refused(cast: Cast) -> None:
    case = make.make_case(cast)
    to_marac(case, cast.asha, now=NOW)
    assert OnwardReferral.objects.get().service == f"marac-{make.fresh(case).area.lower()}"
    with pytest.raises(Faulty):
        draft_referral(case=case, to="marac", service="marac-calderdale", by=cast.asha, now=NOW)


def test_only_who_may_refer_sees_a_form_or_a_document_and_nobody_outside_the_case(cast: Cast) -> None:
    case = make.make_case(cast, children=True)
    number = drafted(case, cast)
    for act in (
        lambda: draft_referral(case=case, to="marac", by=cast.bronwen, now=NOW),
        lambda: refer(case=case, to="marac", by=cast.dev, now=NOW),
        lambda: referral_document(cast.gwen, case.reference, number, "pdf", now=NOW),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotFound):
        referral_document(cast.asha, make.make_case(cast).reference, number, "pdf", now=NOW)


def test_nothing_goes_to_whoever_must_not_receive_it_nor_to_the_person_who_causes_harm(cast: Cast) -> None:
    case = make.make_case(cast)
    add_part(case=case, name="Piotr Novak", part="causing_harm", by=cast.asha, now=NOW)
    number = draft_referral(case=case, to="marac", by=cast.asha, now=NOW)
    bar_receiver(case=case, service="marac-kirklees", reason="His sister works there.", by=cast.asha, now=NOW)
    for act in (
        lambda: send_referral(case=case, number=number, by=cast.asha, now=LATER),
        lambda: refer(case=case, to="marac", by=cast.asha, now=LATER),
        lambda: refer(case=case, to="police", name="c/o Piotr Novak", by=cast.asha, now=LATER),
    ):
        with pytest.raises(Refused, match="Nothing of this case may go"):
            act()
    assert make.fresh(case).referrals.count() == 0


def test_what_is_our_own_is_handed_over_and_never_referred(cast: Cast) -> None:
    case = make.make_case(cast)
    for to in ("case_officer", "people_and_culture", "nobody", ""):
        with pytest.raises(Faulty):
            refer(case=case, to=to, by=cast.asha, now=NOW)


def test_the_documents_say_what_was_typed_and_the_password_opens_them(cast: Cast) -> None:
    case = make.make_case(cast, children=True)
    number = drafted(case, cast, name="The duty team")
    locked = referral_document(cast.asha, case.reference, number, "protected", now=NOW)
    reader = PdfReader(BytesIO(locked))
    assert reader.decrypt(seen(case, cast, number).password)
    text = reader.pages[0].extract_text()
    assert "To: The duty team" in text
    assert ANSWERS["happened"] in text
    assert case.reference not in text
    before = set(ReferralDocument.objects.values_list("pk", flat=True))
    draft_referral(case=case, number=number, answers={"happened": "More."}, by=cast.asha, now=NOW)
    assert not before & set(ReferralDocument.objects.values_list("pk", flat=True))
    assert (
        "More."
        in PdfReader(BytesIO(referral_document(cast.asha, case.reference, number, "pdf", now=NOW)))
        .pages[0]
        .extract_text()
    )
    draft_referral(case=case, number=number, name="The duty team", answers={"happened": "More."}, by=cast.asha, now=NOW)
    send_referral(
        case=case,
        number=number,
        way="phone",
        permission="endangers",
        share=about_children(case, cast),
        by=cast.asha,
        now=NOW,
    )
    with pytest.raises(Refused, match="sent already"):
        draft_referral(case=case, number=number, answers={"happened": "Less."}, by=cast.asha, now=NOW)


def test_a_protected_address_never_goes_out_in_a_form_whoever_types_it(cast: Cast) -> None:
    case = make.make_case(cast, children=True)
    part = add_part(case=case, name="Maria Novak", part="person_at_risk", by=cast.asha, now=NOW)
    ask_for_move(
        case=case,
        part=part,
        reason="He has found her.",
        address="12 Mill Road\nExampleton\nZZ1 1ZZ",
        by=cast.asha,
        now=NOW,
    )
    for text in ("She is at 12 Mill Road now.", "12, mill ROAD", "The postcode is zz11zz."):
        with pytest.raises(Faulty) as found:
            draft_referral(case=case, purpose="child_protection", answers={"happened": text}, by=cast.asha, now=NOW)
        assert list(found.value.faults) == ["happened"]
    assert "Mill" not in json.dumps(
        [text for _, text in referral_form(cast.asha, case.reference, purpose="child_protection", now=NOW).fields]
    )


def test_the_form_says_who_gets_it_what_the_policy_says_and_what_is_in_the_way(cast: Cast) -> None:
    case = make.make_case(cast, children=True)
    found = referral_form(cast.asha, case.reference, kind="idva", now=NOW)
    assert (found.purpose.id, found.kind_title) == ("idva", "Independent domestic violence adviser (IDVA)")
    assert [gate.gate for gate in found.in_the_way] == ["refer-with-consent"]
    assert any("6/sharing" in row.clause for row in found.policy)
    with pytest.raises(NotFound):
        referral_form(cast.asha, case.reference, kind="case_officer", now=NOW)


def test_the_manager_sees_what_nobody_has_received_in_the_whole_team_and_an_officer_their_own(cast: Cast) -> None:
    case = make.make_case(cast)
    to_marac(case, cast.asha, now=NOW)
    number = OnwardReferral.objects.get().pk
    team = waiting_referrals(cast.carys, team=True, now=LATER)
    assert [(line.number, line.waiting) for line in team.not_received] == [(number, LATER - NOW)]
    assert counted_as_listed(cast.asha).total == 1
    assert counted_as_listed(cast.bronwen).total == 0
    assert counted_as_listed(cast.eve).total == 0
    # Once nobody leads who works here, it waits for whoever sent it.
    Case.objects.filter(pk=case.pk).update(lead=cast.dev)
    counted_as_listed(cast.asha)
    Staff.objects.filter(pk=cast.dev.pk).update(is_active=False)
    for viewer in (cast.asha, cast.carys, cast.bronwen):
        counted_as_listed(again(viewer))


def test_a_directory_is_imported_by_whoever_keeps_it_and_written_once(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "services.json"
    file.write_text(json.dumps({"contents": [{"id": "x", "name": "Harbour Line", "status": "active"}]}))
    out = StringIO()
    call_command(import_directory.Command(), str(file), by=cast.carys.email, stdout=out)
    assert "Taken: 1 services." in out.getvalue()
    call_command(import_directory.Command(), str(file), by=cast.carys.email, stdout=out)
    assert DirectoryEntry.objects.count() == 1
    with pytest.raises(CommandError):
        call_command(import_directory.Command(), str(file), by=cast.asha.email, stdout=out)
    file.write_text("[" * 100_000)
    with pytest.raises(CommandError, match="not JSON"):
        call_command(import_directory.Command(), str(file), by=cast.carys.email, stdout=out)
