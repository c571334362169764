"""The log: every action leaves exactly one row, done or refused, and so does every view."""

from collections.abc import Callable
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

from fanlight.casework import actions, keys
from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.acknowledge_receipt import acknowledge_receipt
from fanlight.casework.actions.add_factor import renew_recovery_codes
from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.add_staff import add_staff
from fanlight.casework.actions.admit import admit
from fanlight.casework.actions.agree_plan import agree_plan
from fanlight.casework.actions.answer_move_step import answer_move_step
from fanlight.casework.actions.answer_offer import answer_offer
from fanlight.casework.actions.answer_plan_item import answer_plan_item
from fanlight.casework.actions.answer_question import answer_question
from fanlight.casework.actions.ask_for_move import ask_for_move
from fanlight.casework.actions.ask_for_role import ask_for_role
from fanlight.casework.actions.ask_to_lift import ask_to_lift
from fanlight.casework.actions.ask_to_reach import ask_to_reach
from fanlight.casework.actions.assign_case import assign_case
from fanlight.casework.actions.assure_service import assure_service
from fanlight.casework.actions.back_up import log_backup
from fanlight.casework.actions.bar_receiver import bar_receiver
from fanlight.casework.actions.begin_ends_anew import begin_ends_anew
from fanlight.casework.actions.call_999 import call_999
from fanlight.casework.actions.cancel_move import cancel_move
from fanlight.casework.actions.change_marac_meeting import change_marac_meeting
from fanlight.casework.actions.change_part import change_part
from fanlight.casework.actions.change_person import change_person
from fanlight.casework.actions.change_service import change_service
from fanlight.casework.actions.check_address import check_address
from fanlight.casework.actions.close_case import close_case
from fanlight.casework.actions.compare_people import compare_people
from fanlight.casework.actions.complete_assessment import complete_assessment
from fanlight.casework.actions.complete_marac_action import complete_marac_action
from fanlight.casework.actions.confirm_share import confirm_share
from fanlight.casework.actions.copy_plan import copy_plan
from fanlight.casework.actions.correct_move import correct_move
from fanlight.casework.actions.decide_on_lifting import decide_on_lifting
from fanlight.casework.actions.decide_on_move import decide_on_move
from fanlight.casework.actions.decide_on_role import decide_on_role
from fanlight.casework.actions.decide_on_share import decide_on_share
from fanlight.casework.actions.describe_child import describe_child
from fanlight.casework.actions.dispose_case import dispose_case
from fanlight.casework.actions.draft_referral import draft_referral
from fanlight.casework.actions.end_agreement import end_agreement
from fanlight.casework.actions.end_deputy import end_deputy
from fanlight.casework.actions.end_marker import end_marker
from fanlight.casework.actions.end_relation import end_relation
from fanlight.casework.actions.end_sessions import end_sessions
from fanlight.casework.actions.end_staff import end_staff
from fanlight.casework.actions.end_way import end_way
from fanlight.casework.actions.finish_disposals import finish_disposals
from fanlight.casework.actions.finish_import import finish_import
from fanlight.casework.actions.finish_move import finish_move
from fanlight.casework.actions.give_code import give_code
from fanlight.casework.actions.give_key import give_key
from fanlight.casework.actions.give_marac_action import give_marac_action
from fanlight.casework.actions.hand_over import hand_over
from fanlight.casework.actions.hold_case import hold_case
from fanlight.casework.actions.import_directory import import_directory
from fanlight.casework.actions.import_register import Imported
from fanlight.casework.actions.join_case import join_case
from fanlight.casework.actions.keep_assessment_draft import keep_assessment_draft
from fanlight.casework.actions.let_back_in import let_back_in
from fanlight.casework.actions.let_minutes_go import let_minutes_go
from fanlight.casework.actions.lift_hold import lift_hold
from fanlight.casework.actions.link_sign_in import link_sign_in
from fanlight.casework.actions.log_view import log_view, log_view_refused
from fanlight.casework.actions.make_action_plan import Item, make_action_plan
from fanlight.casework.actions.make_agreement import make_agreement
from fanlight.casework.actions.make_safety_plan import make_safety_plan
from fanlight.casework.actions.match_marac_listing import match_marac_listing
from fanlight.casework.actions.merge_people import merge_people
from fanlight.casework.actions.name_deputy import name_deputy
from fanlight.casework.actions.name_knower import name_knower
from fanlight.casework.actions.note_marac_referral import note_marac_referral
from fanlight.casework.actions.open_case import open_case
from fanlight.casework.actions.open_in_emergency import open_in_emergency
from fanlight.casework.actions.pass_on_marac_action import pass_on_marac_action
from fanlight.casework.actions.reach_person import reach_person
from fanlight.casework.actions.reaching import Reach
from fanlight.casework.actions.record_choice import record_choice
from fanlight.casework.actions.record_consent import record_consent
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.record_equality import record_equality
from fanlight.casework.actions.record_interview import record_interview
from fanlight.casework.actions.record_marac_attendance import record_marac_attendance
from fanlight.casework.actions.record_other_assessment import record_other_assessment
from fanlight.casework.actions.redirect_report import redirect_report
from fanlight.casework.actions.refer import refer
from fanlight.casework.actions.refusals import Conflict, Faulty, Stopped
from fanlight.casework.actions.register import enter_person
from fanlight.casework.actions.relate_people import relate_people
from fanlight.casework.actions.relate_staff import relate_staff
from fanlight.casework.actions.remove_factor import remove_factor
from fanlight.casework.actions.remove_service import remove_service
from fanlight.casework.actions.reopen_case import reopen_case
from fanlight.casework.actions.report_abuse import report_abuse
from fanlight.casework.actions.reset_factors import reset_factors
from fanlight.casework.actions.restore import log_restore
from fanlight.casework.actions.review_agreement import review_agreement
from fanlight.casework.actions.review_emergency import review_emergency
from fanlight.casework.actions.review_for_disposal import review_for_disposal
from fanlight.casework.actions.review_marker import review_marker
from fanlight.casework.actions.say_female_staff import say_female_staff
from fanlight.casework.actions.say_of_referral import say_of_referral
from fanlight.casework.actions.say_postcode import say_postcode
from fanlight.casework.actions.say_way import say_way
from fanlight.casework.actions.say_who_it_is import say_who_it_is
from fanlight.casework.actions.search import search
from fanlight.casework.actions.see_log import see_log
from fanlight.casework.actions.send_referral import send_referral
from fanlight.casework.actions.set_aside import set_aside
from fanlight.casework.actions.set_marker import set_marker
from fanlight.casework.actions.set_password import set_password
from fanlight.casework.actions.settle_contact import settle_contact
from fanlight.casework.actions.settle_marac_listing import settle_marac_listing
from fanlight.casework.actions.settle_sameness import settle_sameness
from fanlight.casework.actions.sign_in import log_failed_sign_in, log_sign_in, log_sign_out
from fanlight.casework.actions.strike_entry import strike_entry
from fanlight.casework.actions.strike_relation import strike_relation
from fanlight.casework.actions.take_role_away import take_role_away
from fanlight.casework.actions.take_share_back import take_share_back
from fanlight.casework.actions.unbar_receiver import unbar_receiver
from fanlight.casework.actions.unmerge_people import unmerge_people
from fanlight.casework.actions.write_letter import write_letter
from fanlight.casework.actions.write_marac_minutes import write_marac_minutes
from fanlight.casework.actions.write_wishes import write_wishes
from fanlight.casework.heads import SEALED_BEFORE
from fanlight.casework.housing_system import Checked
from fanlight.casework.identity import factors
from fanlight.casework.models import (
    Case,
    Deputy,
    EmergencyAccess,
    Hold,
    KeptFrom,
    Log,
    MaracListing,
    Move,
    MustNotReceive,
    PerhapsSame,
    PersonDetails,
    RoleAsked,
    Share,
    Staff,
    Way,
)
from fanlight.casework.queries.address_check import Address
from tests import make
from tests.cast import Cast, hire
from tests.homes import a_home
from tests.housing import bring_in, person_of, the_register, write_export
from tests.meetings import a_meeting, heard, returned
from tests.risk import answers
from tests.sharing import a_case, consents, share, whole

NOW = make.later(days=3)
MUCH_LATER = make.later(days=400)

# What every action is made of, and is none itself.
BELOW_THE_ACTIONS = {
    *(
        "assessing",
        "disposal",
        "importing",
        "joining",
        "log_rows",
        "logged",
        "meeting",
        "moving",
        "plan_items",
        "planning",
        "once",
        "police_logs",
        "project",
        "protected",
        "referring",
        "sharing",
        "agreements",
        "directory",
        "reaching",
        "refusals",
        "unsaid",
        "register",
        "reproject",
    ),
    "unsaid",
    "write",
}


PROVIDER = {"issuer": "https://provider.example"}


def a_passkey_of(staff: Staff) -> int:
    """This function will give somebody two second steps, and say which one to take away."""
    factors.keep_app(staff, factors.new_secret(), 0, NOW)
    factors.keep_passkey(staff, {}, NOW)
    return factors.factors_of(staff)[1].id


def relate(case: Case, people: list[int], by: Staff) -> int:
    """This function will relate the two people of a case to each other, and remember who they are."""
    people.extend(case.parts.order_by("pk").values_list("pk", flat=True)[:2])
    return relate_people(case=case, one=people[0], other=people[1], kind="relatives", by=by, now=NOW)


def deeds_of_a_move(cast: Cast) -> dict[str, Callable[[], object]]:
    """This function will give what is done when somebody moves without a trace, in a case of its own, and a letter."""
    case = make.make_case(cast)
    second = hire("Second", "connect", safeguarding_lead=[])
    part, other = (
        add_part(case=case, name=name, part="adult_at_risk", by=cast.carys, now=NOW) for name in ("Sian", "Tomos")
    )
    called_off = ask_for_move(case=case, part=other, reason="He waits", by=cast.carys, now=NOW)
    move: list[int] = []
    lifted: list[int] = []
    said: dict[str, Any] = {"address": "1 Far Road, ZZ9 9ZZ", "may_write": True}
    ring = {"ring": "01632 960000", "times": "all day"}

    def ask() -> None:
        move.append(ask_for_move(case=case, part=part, reason="He waits", **said, by=cast.carys, now=NOW))

    def here(action: Callable[..., object], by: Staff, **more: Any) -> None:
        action(case=case, number=move[-1], **more, by=by, now=NOW)

    def finish() -> None:
        Move.objects.get(pk=move[-1]).steps.exclude(number=1).delete()
        here(finish_move, cast.carys)

    return {
        "ask_for_move": ask,
        "correct_move": lambda: here(correct_move, cast.carys, reason="Sooner", moves_on=NOW.date()),
        "decide_on_move": lambda: here(decide_on_move, second, authorise=True),
        "answer_move_step": lambda: here(answer_move_step, cast.carys, step=1, answer="done"),
        "name_knower": lambda: name_knower(case=case, part=part, staff=cast.asha, by=second, now=NOW),
        "write_letter": lambda: write_letter(
            case=case,
            part=part,
            way=Way.objects.get(is_protected=True).pk,
            kind="please_ring",
            said=ring,
            by=cast.carys,
            now=NOW,
        ),
        "finish_move": finish,
        "ask_to_lift": lambda: lifted.append(
            ask_to_lift(
                case=case,
                part=part,
                way=Way.objects.get(is_protected=True).pk,
                reason="He died",
                by=cast.carys,
                now=NOW,
            )
        ),
        "decide_on_lifting": lambda: decide_on_lifting(case=case, number=lifted[0], lifts=True, by=second, now=NOW),
        "cancel_move": lambda: cancel_move(case=case, number=called_off, reason="Stays", by=cast.carys, now=NOW),
    }


def sharing(case: Case, cast: Cast) -> dict[str, Callable[[], object]]:
    """This function will give what is done about shares and agreements, in an order in which each can be done."""
    numbers: list[int] = []
    agreements: list[int] = []
    by, second = cast.bronwen, cast.carys
    # She says no, so that each waits for somebody else; one of them does so already.
    consents(case, cast.carys, "refused", now=NOW)
    share(case, cast.carys, now=NOW)

    def asked() -> None:
        numbers.append(share(case, by, proposed=whole(case), now=NOW))

    def here(action: Callable[..., object], who: Staff, number: int, **more: Any) -> None:
        action(case=case, number=number, **more, by=who, now=NOW)

    def enter() -> None:
        said = {"title": "With the police", "to": ["police"], "purposes": ["prevent_crime"], "made_on": NOW.date()}
        agreements.append(make_agreement(**said, by=second, now=NOW))

    return {
        "share_information": asked,
        "decide_on_share": lambda: here(decide_on_share, second, numbers[0], authorise=True),
        "confirm_share": lambda: here(confirm_share, by, numbers[0], confirmed_by="Their desk"),
        "take_share_back": lambda: here(
            take_share_back, by, Share.objects.exclude(pk=numbers[0]).get().pk, reason="Too late"
        ),
        "bar_receiver": lambda: bar_receiver(case=case, name="Gethin Price", reason="A cousin", by=by, now=NOW),
        "unbar_receiver": lambda: here(unbar_receiver, by, MustNotReceive.objects.get().pk, reason="He left"),
        "make_agreement": enter,
        "review_agreement": lambda: review_agreement(number=agreements[0], note="Still right", by=second, now=NOW),
        "end_agreement": lambda: end_agreement(number=agreements[0], reason="Another", by=second, now=NOW),
    }


def deeds_of_a_marac(cast: Cast) -> dict[str, Callable[[], object]]:
    """This function will give what is done about a meeting of the MARAC, in an order in which each can be done."""
    case, by, day = a_case(cast), cast.carys, NOW.date()
    numbers: dict[str, int] = {}

    def of_it(action: Callable[..., object], **more: Any) -> None:
        action(meeting=numbers["meeting"], **more, by=by, now=NOW)

    def arrange() -> None:
        numbers["meeting"] = a_meeting(by, meets_at=make.later(days=2), now=NOW)

    def enlist() -> None:
        numbers["listing"] = heard(numbers["meeting"], None, by, who="Delyth", now=NOW)

    def act() -> None:
        said = {"what": "Ring", "owner": by, "due_on": day, "by": by, "now": NOW}
        numbers["action"] = give_marac_action(meeting=numbers["meeting"], listing=numbers["listing"], **said)

    def settle() -> None:
        other = MaracListing.objects.create(
            landlord_id="connect", meeting_id=numbers["meeting"], brought_by="agency", at=NOW, by=by
        )
        of_it(settle_marac_listing, listing=other.pk, outcome="nothing_known")

    return {
        "arrange_marac_meeting": arrange,
        "change_marac_meeting": lambda: of_it(change_marac_meeting, meets_at=make.later(days=2, hours=1)),
        "list_case_for_marac": enlist,
        "match_marac_listing": lambda: of_it(match_marac_listing, listing=numbers["listing"], case=case),
        "return_research": lambda: returned(numbers["listing"], by, now=NOW),
        "settle_marac_listing": settle,
        "record_marac_attendance": lambda: of_it(record_marac_attendance, staff=by, came="came"),
        "write_marac_minutes": lambda: of_it(write_marac_minutes, listing=numbers["listing"], text="Said."),
        "give_marac_action": act,
        "pass_on_marac_action": lambda: pass_on_marac_action(action=numbers["action"], owner=cast.asha, by=by, now=NOW),
        "complete_marac_action": lambda: complete_marac_action(action=numbers["action"], note="Done", by=by, now=NOW),
        "let_minutes_go": lambda: let_minutes_go(now=make.later(days=1000)),
    }


def a_pair(case: Case) -> int:
    """This function will put two people of a case side by side."""
    one, other = case.parts.exclude(person=None).order_by("pk")[:2]
    return PerhapsSame.objects.create(landlord_id=case.landlord_id, part=one, other=other, at=NOW).pk


def test_every_action_leaves_exactly_one_row(cast: Cast, settings: Any, tmp_path: Path) -> None:
    case = make.make_case(cast)
    new, other, wrong = make.make_report(cast.iris), make.make_report(cast.iris), make.make_report(cast.iris)
    officer = hire("Olwen", "connect", data_protection_officer=[])
    settings.HEADS = tmp_path / "heads"
    sent: list[int] = []
    referrals: list[int] = []
    services: list[str] = []
    codes: list[str] = []
    marks: list[str] = []
    people: list[int] = []
    add_part(case=case, name="Mari", part="child", by=cast.carys, now=NOW)
    settings.IDENTITY_PROVIDER = PROVIDER
    maria = add_part(case=case, name="Maria Novak", part="person_at_risk", by=cast.asha, now=NOW)
    hers: list[int] = []
    plans: list[int] = []
    merges: list[int] = []
    strangers = [enter_person("connect", PersonDetails("Ivy", name), now=NOW).pk for name in ("Oakes", "Ashe")]
    named = add_part(case=wrong, name="Ivy Oak", part="witness", not_them="Asked", by=cast.carys, now=NOW)
    deeds: dict[str, Callable[[], object]] = {
        "report_abuse": lambda: report_abuse(fields={}, facts={}, by=cast.gwen, now=NOW),
        "call_999": lambda: call_999(reference=new.reference, by=cast.iris, now=NOW),
        "open_case": lambda: open_case(case=new, outcome="asb_case", by=cast.carys, now=NOW),
        "join_case": lambda: join_case(case=other, into=case.reference, by=cast.carys, now=NOW),
        "say_who_it_is": lambda: say_who_it_is(case=wrong, part=named, same_as=strangers[0], by=cast.carys, now=NOW),
        "redirect_report": lambda: redirect_report(
            case=wrong, outcome="not_domestic_abuse", reason="A television", by=cast.carys, now=NOW
        ),
        "record_entry": lambda: record_entry(
            case=case,
            kind="visit",
            reach=Reach("visit", maria, value="5 Yarrow Close, ZZ1 3ZZ"),
            by=cast.asha,
            now=NOW,
        ),
        "answer_question": lambda: answer_question(case=case, facts={"children": True}, by=cast.asha, now=NOW),
        "say_way": lambda: hers.append(
            say_way(case=case, part=maria, kind="phone", value="07700 900456", by=cast.asha, now=NOW)
        ),
        "ask_to_reach": lambda: ask_to_reach(
            case=case, reach=Reach("phone", maria, f"w{hers[0]}"), by=cast.asha, now=NOW
        ),
        "reach_person": lambda: reach_person(
            case=case,
            reach=Reach("text", maria, value="07700 900456", done=True, reason="Sent before anybody asked."),
            result="no_answer",
            by=cast.asha,
            now=NOW,
        ),
        "settle_contact": lambda: settle_contact(
            case=case, what="gate", note="Spoken with Asha.", by=cast.carys, now=NOW
        ),
        "end_way": lambda: end_way(case=case, part=maria, way=hers[0], by=cast.asha, now=NOW),
        "strike_entry": lambda: strike_entry(case=case, sequence=2, reason="Wrong", by=cast.carys, now=NOW),
        "assign_case": lambda: assign_case(
            case=case, to=cast.bronwen, role="case_officer", note="Yours.", at_once=True, by=cast.carys, now=NOW
        ),
        "hand_over": lambda: sent.append(hand_over(case=case, to="community_safety", by=cast.bronwen, now=NOW)),
        "acknowledge_receipt": lambda: acknowledge_receipt(case=case, sequence=sent[0], by=cast.bronwen, now=NOW),
        "add_part": lambda: add_part(case=case, name="Mair", part="child", by=cast.bronwen, now=NOW),
        "merge_people": lambda: merges.append(
            merge_people(person=strangers[0], into=strangers[1], reason="One card", by=cast.carys, now=NOW).pk
        ),
        "unmerge_people": lambda: unmerge_people(merge=merges[0], reason="Two cards", by=cast.carys, now=NOW),
        "settle_sameness": lambda: settle_sameness(
            number=a_pair(case), is_same=False, reason="Two cards", by=cast.carys, now=NOW
        ),
        "compare_people": lambda: compare_people(now=NOW),
        "relate_people": lambda: people.append(relate(case, people, cast.bronwen)),
        "end_relation": lambda: people.append(end_relation(case=case, number=people[-1], by=cast.bronwen, now=NOW)),
        "strike_relation": lambda: strike_relation(
            case=case, number=people[-1], reason="Another family", by=cast.bronwen, now=NOW
        ),
        "record_consent": lambda: record_consent(
            case=case,
            part=maria,
            to="police",
            service="police-101",
            purpose="prevent_crime",
            answer="refused",
            how="by_phone",
            by=cast.bronwen,
            now=NOW,
        ),
        "keep_assessment_draft": lambda: keep_assessment_draft(
            case=case, instrument="dash", answers=answers(yes="injury"), by=cast.bronwen, now=NOW
        ),
        "complete_assessment": lambda: complete_assessment(
            case=case,
            instrument="dash",
            answers=answers(yes="injury"),
            judged_high=False,
            reason="Calm",
            by=cast.bronwen,
            now=NOW,
        ),
        "record_other_assessment": lambda: record_other_assessment(
            case=case, agency="The police", how="seen", by=cast.bronwen, now=NOW
        ),
        "record_interview": lambda: record_interview(
            case=case,
            fields={"private": True, "children_present": False, "interpreter": "none"},
            reach=Reach("in_person", maria),
            by=cast.bronwen,
            now=NOW,
        ),
        "record_choice": lambda: record_choice(case=case, choice="ends", by=cast.bronwen, now=NOW),
        "answer_offer": lambda: answer_offer(
            case=case, option="ends", item="idva", answer="offered", by=cast.bronwen, now=NOW
        ),
        "make_action_plan": lambda: plans.append(
            make_action_plan(case=case, part=maria, items=[Item("Locks", "us")], agreed=False, by=cast.bronwen, now=NOW)
        ),
        "answer_plan_item": lambda: answer_plan_item(
            case=case, number=plans[0], item=1, answer="done", by=cast.bronwen, now=NOW
        ),
        "agree_plan": lambda: agree_plan(case=case, number=plans[0], by=cast.bronwen, now=NOW),
        "copy_plan": lambda: copy_plan(
            case=case, number=plans[0], reach=Reach("in_person", maria), safe_to_keep=True, by=cast.bronwen, now=NOW
        ),
        "make_safety_plan": lambda: make_safety_plan(
            case=case, sections={"danger": "Ring 999."}, agreed=True, by=cast.bronwen, now=NOW
        ),
        **sharing(case, cast),
        **deeds_of_a_marac(cast),
        "write_wishes": lambda: write_wishes(case=case, part=maria, words="To stay.", by=cast.bronwen, now=NOW),
        "refer": lambda: refer(case=case, to="fire_authority", by=cast.bronwen, now=NOW),
        "note_marac_referral": lambda: note_marac_referral(
            case=case, agency="The police", on=NOW.date(), by=cast.bronwen, now=NOW
        ),
        "draft_referral": lambda: referrals.append(draft_referral(case=case, to="police", by=cast.bronwen, now=NOW)),
        "send_referral": lambda: send_referral(case=case, number=referrals[0], by=cast.bronwen, now=NOW),
        "say_of_referral": lambda: say_of_referral(
            case=case, number=referrals[0], what="accepted", by=cast.bronwen, now=NOW
        ),
        "change_service": lambda: services.append(
            change_service(said={"name": "Harbour", "kinds": ["idva"]}, by=cast.carys, now=NOW)
        ),
        "assure_service": lambda: assure_service(service=services[0], by=cast.carys, now=NOW),
        "remove_service": lambda: remove_service(service=services[0], by=cast.carys, now=NOW),
        "import_directory": lambda: import_directory(said=[], by=cast.carys, now=NOW),
        "describe_child": lambda: describe_child(
            case=case, part=people[0], school="The primary", by=cast.bronwen, now=NOW
        ),
        "change_part": lambda: change_part(
            case=case, part=people[0], becomes="witness", why="error", reason="Of age", by=cast.bronwen, now=NOW
        ),
        "say_postcode": lambda: say_postcode(postcode="ZZ1 1ZZ", by=cast.gwen, now=NOW),
        "say_female_staff": lambda: say_female_staff(staff=cast.gwen, is_female_staff=True, by=cast.gwen, now=NOW),
        "set_marker": lambda: marks.append(
            set_marker(kind="no_post", reason="Opened", home=a_home(), case=case, by=cast.bronwen, now=NOW)
        ),
        "review_marker": lambda: review_marker(mark=marks[0], reason="Still", by=cast.bronwen, now=NOW),
        "end_marker": lambda: end_marker(mark=marks[0], reason="Gone", by=cast.bronwen, now=NOW),
        "import_register": lambda: bring_in(write_export(tmp_path, the_register()), cast.huw, now=NOW),
        "finish_import": lambda: finish_import(imported=Imported(Checked()), by=cast.huw, now=NOW),
        "change_person": lambda: change_person(number=person_of("P1").pk, language="Polish", by=cast.asha, now=NOW),
        "record_equality": lambda: record_equality(
            number=person_of("P1").pk, answers={"sex": "female"}, by=cast.asha, now=NOW
        ),
        "check_address": lambda: check_address(address=Address(uprn="1"), purpose="noise", by=cast.iris, now=NOW),
        "close_case": lambda: close_case(case=case, reason="Moved", by=cast.bronwen, now=NOW),
        "reopen_case": lambda: reopen_case(case=case, reason="Returned", by=cast.bronwen, now=NOW),
        "add_staff": lambda: add_staff(
            landlord=cast.huw.landlord,
            name="Nerys",
            email="nerys@connect.example",
            roles={"case_officer": []},
            by=cast.huw,
            now=NOW,
        ),
        "give_code": lambda: codes.append(give_code(staff=cast.gwen, by=cast.huw, now=NOW)),
        "give_key": lambda: give_key(staff=cast.iris, by=None, now=NOW),
        "set_password": lambda: set_password(by=cast.gwen, password="a long walk by the sea", code=codes[0], now=NOW),
        "add_factor": lambda: renew_recovery_codes(by=cast.gwen, now=NOW),
        "remove_factor": lambda: remove_factor(factor=a_passkey_of(cast.gwen), by=cast.gwen, now=NOW),
        "reset_factors": lambda: reset_factors(staff=cast.iris, by=cast.huw, now=NOW),
        "end_sessions": lambda: end_sessions(of=cast.gwen, by=cast.gwen, now=NOW),
        "link_sign_in": lambda: link_sign_in(staff=cast.gwen, tenant="t", subject="o", by=None, now=NOW),
        "admit": lambda: admit(claims={"iss": PROVIDER["issuer"], "tid": "t", "oid": "o", "sub": "s"}, now=NOW),
        "name_deputy": lambda: name_deputy(
            staff=cast.asha, deputy=cast.bronwen, first_day=NOW.date(), last_day=NOW.date(), by=cast.asha, now=NOW
        ),
        "end_deputy": lambda: end_deputy(number=Deputy.objects.get().pk, by=cast.asha, now=NOW),
        "set_aside": lambda: set_aside(case=case, staff=cast.eve, reason="A friend", by=cast.carys, now=NOW),
        "let_back_in": lambda: let_back_in(
            case=case, number=KeptFrom.objects.get().pk, reason="A mistake", by=cast.carys, now=NOW
        ),
        "relate_staff": lambda: relate_staff(case=case, staff=cast.eve, relation="friend", by=cast.carys, now=NOW),
        **deeds_of_a_move(cast),
        "open_in_emergency": lambda: open_in_emergency(
            reference=case.reference, purpose="danger", reason="She rang", by=cast.asha, now=NOW
        ),
        "review_emergency": lambda: review_emergency(
            number=EmergencyAccess.objects.get().pk, outcome="right", by=cast.carys, now=NOW
        ),
        "ask_for_role": lambda: ask_for_role(staff=cast.asha, role="line_manager", by=cast.huw, now=NOW),
        "decide_on_role": lambda: decide_on_role(
            number=RoleAsked.objects.get(role="line_manager").pk, is_granted=True, by=cast.carys, now=NOW
        ),
        "take_role_away": lambda: take_role_away(staff=cast.asha, role="line_manager", by=cast.huw, now=NOW),
        "end_staff": lambda: end_staff(staff=cast.asha, by=cast.huw, now=NOW),
        "hold_case": lambda: hold_case(reference=wrong.reference, reason="A claim", by=officer, now=MUCH_LATER),
        "lift_hold": lambda: lift_hold(
            reference=wrong.reference, number=Hold.objects.get().pk, reason="Settled", by=officer, now=MUCH_LATER
        ),
        "review_for_disposal": lambda: review_for_disposal(
            reference=wrong.reference, outcome="dispose", reason="Old", by=cast.carys, now=MUCH_LATER
        ),
        "dispose_case": lambda: dispose_case(reference=wrong.reference, by=officer, now=MUCH_LATER),
        "begin_ends_anew": lambda: (keys.make(SEALED_BEFORE), begin_ends_anew(now=NOW)),
        "back_up": lambda: log_backup(of="record", rows=1, by=None, now=NOW),
        "restore": lambda: log_restore(of="record", rows=1, destroyed_again=0, made_at="", by=None, now=NOW),
        "finish_disposals": lambda: finish_disposals(by=officer, now=MUCH_LATER),
        "sign_in": lambda: log_sign_in(by=cast.bronwen, now=NOW),
        "sign_out": lambda: log_sign_out(by=cast.asha, now=NOW),
        "search": lambda: search(name="Mair", purpose="working", by=cast.bronwen, now=NOW),
        "see_log": lambda: see_log(page="log-case", reference=case.reference, by=cast.bronwen, now=NOW),
        "view": lambda: log_view(reference=case.reference, page="case", by=cast.asha, now=NOW),
    }
    verbs = {module.name for module in iter_modules(actions.__path__)} - BELOW_THE_ACTIONS
    assert {what for what in deeds if what not in ("sign_out", "view")} | {"log_view"} == verbs
    for what, act in deeds.items():
        before = Log.objects.count()
        act()
        assert make.log_rows(before) == [(what, "done")]


def test_every_refusal_leaves_exactly_one_row_that_says_how_it_went(cast: Cast) -> None:
    case = make.make_case(cast)
    refused: list[tuple[type[Exception], str, Callable[[], object]]] = [
        (
            NotFound,
            "refused",
            lambda: record_entry(case=case, kind="visit", reach=make.reached("visit"), by=cast.dev, now=NOW),
        ),
        (Refused, "refused", lambda: record_entry(case=case, kind="struck", of_sequence=1, by=cast.asha, now=NOW)),
        (
            Faulty,
            "faulty",
            lambda: record_entry(
                case=case, kind="visit", reach=make.reached("visit"), at=make.later(days=9), by=cast.asha, now=NOW
            ),
        ),
        (
            Stopped,
            "stopped",
            lambda: record_entry(
                case=case, kind="family_contact", reach=make.reached("family_contact"), by=cast.asha, now=NOW
            ),
        ),
        (
            Conflict,
            "conflict",
            lambda: record_entry(
                case=case, kind="visit", reach=make.reached("visit"), expected_sequence=1, by=cast.asha, now=NOW
            ),
        ),
    ]
    for raised, outcome, act in refused:
        before = Log.objects.count()
        with pytest.raises(raised):
            act()
        assert make.log_rows(before) == [("record_entry", outcome)]
    assert make.fresh(case).last_sequence == case.last_sequence


def test_a_report_that_is_refused_is_logged_and_leaves_no_case(cast: Cast) -> None:
    before, cases = Log.objects.count(), Case.objects.count()
    with pytest.raises(Faulty):
        report_abuse(fields={}, facts={}, at=make.later(days=9), by=cast.gwen, now=NOW)
    assert make.log_rows(before) == [("report_abuse", "faulty")]
    # The case was taken back with the report: a row that pointed at it could not be kept.
    assert Log.objects.latest("pk").case_id is None
    assert Case.objects.count() == cases


def test_a_failed_sign_in_and_a_view_refused_are_logged_without_saying_who_or_what(cast: Cast) -> None:
    case = make.make_case(cast)
    before = Log.objects.count()
    log_failed_sign_in(now=NOW)
    log_view_refused(reference=case.reference, page="case", by=cast.dev, now=NOW)
    log_view_refused(reference=case.reference, page="case", by=cast.bronwen, now=NOW)
    rows = Log.objects.order_by("pk").values_list("what", "outcome", "landlord_id", "staff_id", "case_id")
    assert list(rows[before:]) == [
        ("sign_in", "refused", None, None, None),
        ("view", "refused", "ongo", cast.dev.pk, None),
        ("view", "refused", "connect", cast.bronwen.pk, case.pk),
    ]


def test_the_log_says_which_entries_were_written_and_nothing_of_what_they_tell(cast: Cast) -> None:
    case = make.make_case(cast)
    sequence = record_entry(
        case=case,
        kind="visit",
        note="Mair was at her sister's",
        duty="tell-line-manager.e1",
        reach=make.reached("visit"),
        by=cast.asha,
        now=NOW,
    )
    head = case.entries.get(sequence=sequence).hash
    assert Log.objects.latest("pk").detail == {
        "duty": "tell-line-manager.e1",
        "entries": [[sequence, "visit"]],
        "heads": [[case.pk, sequence, bytes(head).hex()]],
    }
