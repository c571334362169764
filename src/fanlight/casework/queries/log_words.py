"""What stands in the log, in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fanlight.casework.models.reach import PURPOSES as IN_AN_EMERGENCY

PURPOSES: Mapping[str, str] = MappingProxyType(
    {
        "working": "I am working on a case of theirs",
        "caller": "They, or somebody about them, are on the line or here",
        "duplicate": "To see whether we know of it already",
        "rights": "They ask what is held about them, or who saw it",
        "other": "Another reason",
    }
)
"""For what somebody looks for a person."""

_PURPOSE: Mapping[str, str] = MappingProxyType(
    {
        "working": "Works on a case of theirs",
        "caller": "Somebody was on the line or there",
        "duplicate": "Whether it was known already",
        "rights": "They asked what is held, or who saw it",
        "other": "Another reason",
    }
)

_WHAT: Mapping[str, str] = MappingProxyType(
    {
        "view": "Looked",
        "print": "Printed",
        "export": "Exported",
        "download": "Downloaded",
        "search": "Looked for a person",
        "see_log": "Looked at the log",
        "import_register": "Began to import the register",
        "finish_import": "Finished importing the register",
        "change_person": "Changed what helps when somebody is spoken with",
        "record_equality": "Recorded answers for monitoring",
        "report_abuse": "Made a report",
        "call_999": "Noted that 999 was called",
        "open_case": "Opened a case",
        "join_case": "Joined a report to a case",
        "redirect_report": "Sent a report on",
        "record_entry": "Recorded an entry",
        "share_information": "Shared something with another organisation, or asked to",
        "take_share_back": "Took back what had not gone yet",
        "confirm_share": "Noted that a receiver has what was shared",
        "bar_receiver": "Said who must not receive anything of a case",
        "unbar_receiver": "Ended that somebody must not receive anything",
        "make_agreement": "Entered an agreement on sharing",
        "review_agreement": "Looked at an agreement on sharing again",
        "end_agreement": "Ended an agreement on sharing",
        "decide_on_share": "Authorised what was to be shared, or refused it",
        "arrange_marac_meeting": "Entered a meeting of the MARAC",
        "change_marac_meeting": "Put a meeting of the MARAC right, or cancelled it",
        "list_case_for_marac": "Put a case on the list of a meeting of the MARAC",
        "match_marac_listing": "Said which case the MARAC's list means",
        "settle_marac_listing": "Said that a case is not heard, or that we know nothing that helps",
        "return_research": "Sent the MARAC what we know, or asked to",
        "record_marac_attendance": "Noted who goes to a meeting of the MARAC, or came",
        "give_marac_action": "Entered what a meeting of the MARAC gave us to do",
        "pass_on_marac_action": "Gave what the MARAC asked for to another colleague",
        "complete_marac_action": "Said what became of what the MARAC asked for",
        "write_marac_minutes": "Wrote minutes of the MARAC",
        "let_minutes_go": "Let minutes of the MARAC go that are kept no longer",
        "record_consent": "Recorded consent, a refusal, or consent taken back",
        "record_interview": "Recorded an interview",
        "record_choice": "Recorded what the person at risk chose",
        "answer_offer": "Said what became of something on a menu",
        "make_action_plan": "Wrote down an action plan",
        "make_safety_plan": "Wrote down a safety plan",
        "agree_plan": "Noted that a plan was agreed",
        "answer_plan_item": "Said what became of an item of a plan",
        "copy_plan": "Gave or sent a copy of a plan",
        "complete_assessment": "Completed a risk assessment",
        "keep_assessment_draft": "Kept a risk assessment that is not complete",
        "drop_assessment_draft": "Threw a risk assessment away that was not complete",
        "record_other_assessment": "Put down another agency's risk assessment",
        "write_wishes": "Wrote down what somebody wants",
        "say_way": "Wrote down a way of reaching somebody",
        "end_way": "Ended a way of reaching somebody",
        "ask_to_reach": "Asked whether somebody may be reached",
        "reach_person": "Reached somebody, or tried",
        "settle_contact": "Saw to what waited: a welfare check, or a contact past the gate",
        "answer_question": "Answered a question",
        "strike_entry": "Struck an entry",
        "assign_case": "Gave the case to somebody",
        "hand_over": "Handed over",
        "acknowledge_receipt": "Noted that a hand-over was received",
        "add_part": "Named a person",
        "change_part": "Gave somebody another part in the case",
        "relate_people": "Said how two people of the case stand to each other",
        "end_relation": "Said that a relation is over",
        "strike_relation": "Took a relation back, as recorded in error",
        "describe_child": "Said what is known of a child",
        "say_postcode": "Kept the fingerprint of their postcode, or took it away",
        "say_female_staff": "Recorded whether a colleague is female staff",
        "merge_people": "Said that two people are one",
        "unmerge_people": "Took two people apart again",
        "settle_sameness": "Said whether two people are one",
        "say_who_it_is": "Said who somebody in a report is",
        "compare_people": "Compared whoever was named with the people of other cases",
        "close_case": "Closed the case",
        "reopen_case": "Opened the case again",
        "open_in_emergency": "Opened a case in an emergency",
        "review_emergency": "Reviewed an emergency",
        "set_aside": "Set a colleague aside",
        "relate_staff": "Said who is related",
        "let_back_in": "Let a colleague back in",
        "check_address": "Asked before acting at an address",
        "set_marker": "Set a marker",
        "review_marker": "Looked at a marker again",
        "end_marker": "Ended a marker",
        "ask_for_move": "Asked for a move",
        "decide_on_move": "Authorised a move, or not",
        "answer_move_step": "Answered for a system in a move",
        "finish_move": "Finished a move",
        "correct_move": "Put a move right",
        "cancel_move": "Called a move off",
        "ask_to_lift": "Asked that an address be protected no longer",
        "decide_on_lifting": "Lifted the protection of an address, or kept it",
        "name_knower": "Said who may know an address",
        "write_letter": "Wrote a letter",
        "draft_referral": "Drafted a referral",
        "send_referral": "Sent a referral",
        "note_marac_referral": "Noted that another agency referred to the MARAC",
        "refer": "Referred to a service",
        "say_of_referral": "Said what became of a referral",
        "change_service": "Changed the directory",
        "assure_service": "Made sure of a service in the directory",
        "remove_service": "Took a service out of the directory",
        "import_directory": "Imported services into the directory",
        "begin_ends_anew": "Began the file of sealed ends anew",
        "sign_in": "Signed in",
        "sign_out": "Signed out",
        "session_over": "Was signed out",
        "lock_out": "Was locked out",
        "confirm": "Showed that it was them",
    }
)

_OUTCOME: Mapping[str, str] = MappingProxyType(
    {
        "done": "",
        "refused": "Refused",
        "faulty": "Not understood",
        "stopped": "Stopped by the policy",
        "conflict": "Somebody else wrote first",
    }
)


def what_in_words(what: str, detail: Mapping[str, Any]) -> str:
    """This function will say what somebody did, and on which page; never what they typed."""
    said = _WHAT.get(what) or _as_words(what)
    page = detail.get("page")
    return f"{said}: {_as_words(str(page)).lower()}" if page else said


def outcome_in_words(outcome: str) -> str:
    """This function will say how it went; nothing where it was done."""
    return _OUTCOME.get(outcome, _as_words(outcome))


def purpose_in_words(what: str, detail: Mapping[str, Any]) -> str:
    """This function will say for what it was, where that was asked."""
    purpose = str(detail.get("purpose", ""))
    return dict(IN_AN_EMERGENCY).get(purpose, "") if what == "open_in_emergency" else _PURPOSE.get(purpose, "")


def _as_words(word: str) -> str:
    text = word.replace("_", " ").replace("-", " ")
    return text[:1].upper() + text[1:]
