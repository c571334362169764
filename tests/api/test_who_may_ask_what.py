"""Every address of the API × every member of the cast: what each of them gets, in one table."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from fanlight.casework.actions.add_part import add_part
from fanlight.casework.actions.ask_to_lift import ask_to_lift
from fanlight.casework.actions.bar_receiver import bar_receiver
from fanlight.casework.actions.make_action_plan import Item, make_action_plan
from fanlight.casework.actions.record_other_assessment import record_other_assessment
from fanlight.casework.actions.refer import refer
from fanlight.casework.actions.register import enter_person
from fanlight.casework.api.urls import api
from fanlight.casework.models import (
    Agreement,
    Assessment,
    Case,
    Home,
    Lifting,
    Log,
    MaracAction,
    Merge,
    Move,
    MustNotReceive,
    OnwardReferral,
    Part,
    Person,
    PersonDetails,
    Plan,
    Relation,
    Share,
    Staff,
    Way,
)
from tests import risk
from tests.cast import Cast, let_in
from tests.homes import a_home
from tests.housing import a_tenant
from tests.meetings import held
from tests.referring import as_body
from tests.sharing import consents, share
from tests.web.conftest import NOW

MEMBERS = ("nobody", "asha", "bronwen", "carys", "dev", "eve", "farah", "gwen", "huw", "iris")

# Eve is a line manager of the patch, and named in the case. Dev holds the same role as Carys, at another landlord.
# Reports and triage are asked for the new report that Iris made; all others for the case of Asha's, in which a
# referral is the fourth entry. Every write is sent with a body that would be carried out for whoever may.
EXPECTED = {
    #                         nobody ash bro car dev eve far gwe huw iri
    "GET openapi": "             401 200 200 200 200 200 200 200 200 200",
    "POST report": "             401 201 201 201 201 201 201 201 201 201",
    "GET receipt": "             401 404 404 404 404 404 404 404 404 200",
    "POST called-999": "         401 404 404 404 404 404 404 404 404 200",
    "GET triage": "              401 403 403 200 200 200 403 403 403 403",
    "GET triage-report": "       401 404 404 200 404 200 404 404 404 404",
    "POST triage-open": "        401 404 404 200 404 200 404 404 404 404",
    "POST triage-join": "        401 404 404 200 404 422 404 404 404 404",
    "POST triage-who": "         401 404 404 200 404 200 404 404 404 404",
    "POST triage-redirect": "    401 404 404 200 404 200 404 404 404 404",
    "GET my-duties": "           401 200 200 200 200 200 200 200 200 200",
    "GET team-duties": "         401 403 403 200 200 200 403 403 403 403",
    "GET handovers": "           401 200 200 200 200 200 200 200 200 200",
    "GET policy": "              401 200 200 200 200 200 200 200 200 200",
    "GET cases": "               401 200 200 200 200 200 200 200 200 200",
    "POST find": "               401 200 200 200 200 200 200 403 403 403",
    "POST address-check": "      401 200 200 200 200 200 200 200 200 200",
    "GET register-home": "       401 200 200 200 404 200 200 403 403 403",
    "GET register-person": "     401 200 200 200 404 200 200 403 403 403",
    "POST change-person": "      401 200 200 200 404 200 200 404 404 404",
    "GET same": "                401 403 403 200 404 200 200 403 403 403",
    "POST merge": "              401 403 403 201 404 201 201 403 403 403",
    "POST apart": "              401 403 403 200 404 200 200 403 403 403",
    "GET equality": "            401 200 200 200 404 200 200 403 403 403",
    "POST record-equality": "    401 200 200 200 404 200 200 403 403 403",
    "GET case": "                401 200 404 200 404 404 404 404 404 404",
    "GET assign-form": "         401 200 404 200 404 404 404 404 404 404",
    "POST record": "             401 201 404 201 404 404 404 404 404 404",
    "GET ways": "                401 200 404 200 404 404 404 404 404 404",
    "POST say-way": "            401 201 404 201 404 404 404 404 404 404",
    "POST end-way": "            401 404 404 404 404 404 404 404 404 404",
    "POST may-reach": "          401 200 404 200 404 404 404 404 404 404",
    "POST reach": "              401 201 404 201 404 404 404 404 404 404",
    "POST settle-contact": "     401 403 404 403 404 404 404 404 404 404",
    "POST answer": "             401 201 404 201 404 404 404 404 404 404",
    "POST strike": "             401 403 404 201 404 404 404 404 404 404",
    "POST people": "             401 201 404 201 404 404 404 404 404 404",
    "POST assign": "             401 403 404 200 404 404 404 404 404 404",
    "POST hand-over": "          401 201 404 201 404 404 404 404 404 404",
    "GET referrals": "           401 200 404 200 404 404 404 404 404 404",
    "GET new-referral": "        401 200 404 200 404 404 404 404 404 404",
    "POST refer": "              401 201 404 201 404 404 404 404 404 404",
    "POST referred-elsewhere": " 401 201 404 201 404 404 404 404 404 404",
    "POST say-of-referral": "    401 200 404 200 404 404 404 404 404 404",
    "GET directory": "           401 200 200 200 200 200 200 200 200 200",
    "POST import-directory": "   401 403 403 200 200 200 403 403 403 403",
    "POST received": "           401 200 404 200 404 404 404 404 404 404",
    "POST close": "              401 200 404 200 404 404 404 404 404 404",
    "GET person-in-case": "      401 200 404 200 404 404 404 404 404 404",
    "GET interviews": "          401 200 404 200 404 404 404 404 404 404",
    "POST record-interview": "   401 201 404 201 404 404 404 404 404 404",
    "GET pathways": "            401 200 404 200 404 404 404 404 404 404",
    "POST choice": "             401 201 404 201 404 404 404 404 404 404",
    "POST offer": "              401 201 404 201 404 404 404 404 404 404",
    "GET plans": "               401 200 404 200 404 404 404 404 404 404",
    "POST action-plan": "        401 201 404 201 404 404 404 404 404 404",
    "POST safety-plan": "        401 201 404 201 404 404 404 404 404 404",
    "POST agree-plan": "         401 201 404 201 404 404 404 404 404 404",
    "POST plan-item": "          401 200 404 200 404 404 404 404 404 404",
    "POST copy-plan": "          401 200 404 200 404 404 404 404 404 404",
    "GET assessments": "         401 200 404 200 404 404 404 404 404 404",
    "GET assessment": "          401 200 404 200 404 404 404 404 404 404",
    "POST assess": "             401 201 404 201 404 404 404 404 404 404",
    "POST other-assessment": "   401 201 404 201 404 404 404 404 404 404",
    "GET wishes": "              401 200 404 200 404 404 404 404 404 404",
    "POST write-wishes": "       401 201 404 201 404 404 404 404 404 404",
    "GET consent": "             401 200 404 200 404 404 404 404 404 404",
    "GET shares": "              401 200 404 200 404 404 404 404 404 404",
    "GET new-share": "           401 200 404 200 404 404 404 404 404 404",
    "POST share-information": "  401 201 404 201 404 404 404 404 404 404",
    "GET share": "               401 200 404 200 404 404 404 404 404 404",
    "POST decide-on-share": "    401 403 404 200 404 404 404 404 404 404",
    "POST take-share-back": "    401 200 404 200 404 404 404 404 404 404",
    "POST confirm-share": "      401 403 404 403 404 404 404 404 404 404",
    "POST bar": "                401 201 404 201 404 404 404 404 404 404",
    "POST unbar": "              401 200 404 200 404 404 404 404 404 404",
    "GET marac": "              401 200 200 200 200 200 200 403 403 403",
    "GET marac-figures": "      401 403 403 200 200 403 403 200 403 403",
    "POST arrange-marac-meeting": "401 403 403 201 422 422 403 403 403 403",
    "GET marac-meeting": "      401 200 404 200 404 200 200 403 403 403",
    "POST list-for-marac": "    401 403 404 201 404 201 403 403 403 403",
    "POST return-research": "   401 201 404 201 404 404 404 403 403 403",
    "POST marac-attendance": "  401 403 404 200 422 200 403 403 403 403",
    "POST give-marac-action": " 401 403 404 201 422 201 403 403 403 403",
    "GET marac-actions": "      401 200 200 200 200 200 200 403 403 403",
    "POST complete-marac-action": "401 200 404 200 404 404 404 403 403 403",
    "GET all-shares": "          401 200 200 200 200 200 200 403 403 403",
    "GET agreements": "          401 200 200 200 200 200 200 403 403 403",
    "POST make-agreement": "     401 403 403 201 201 403 201 403 403 403",
    "POST review-agreement": "   401 403 403 200 404 403 200 403 403 403",
    "POST end-agreement": "      401 403 403 200 404 403 200 403 403 403",
    "POST record-consent": "     401 201 404 201 404 404 404 404 404 404",
    "POST relate": "             401 201 404 201 404 404 404 404 404 404",
    "POST end-relation": "       401 201 404 201 404 404 404 404 404 404",
    "POST strike-relation": "    401 201 404 201 404 404 404 404 404 404",
    "POST change-part": "        401 201 404 201 404 404 404 404 404 404",
    "POST describe-child": "     401 200 404 200 404 404 404 404 404 404",
    "GET case-moves": "          401 200 404 200 404 404 404 404 404 404",
    "POST ask-for-move": "       401 201 404 201 404 404 404 404 404 404",
    "GET move": "                401 200 404 200 404 404 404 404 404 404",
    "POST decide-on-move": "     401 403 404 200 404 404 404 404 404 404",
    "POST ask-to-lift": "        401 201 404 201 404 404 404 404 404 404",
    "POST decide-on-lifting": "  401 403 404 200 404 404 404 404 404 404",
    "POST move-step": "          401 403 404 403 404 404 404 404 404 404",
    "POST female-staff": "       401 200 403 200 404 403 403 403 200 403",
    "POST reopen": "             401 403 404 403 404 404 404 404 404 404",
}
OF_THE_REPORT = (
    "receipt",
    "called-999",
    "triage-report",
    "triage-open",
    "triage-join",
    "triage-who",
    "triage-redirect",
)
SEEN = (
    "triage-open",
    "triage-join",
    "triage-redirect",
    "record",
    "reach",
    "settle-contact",
    "answer",
    "strike",
    "assign",
    "hand-over",
    "refer",
    "referred-elsewhere",
    "close",
    "reopen",
    "change-part",
    "write-wishes",
    "record-interview",
    "choice",
    "offer",
    "action-plan",
    "safety-plan",
    "agree-plan",
)
OF_A_SHARE = ("share", "decide-on-share", "take-share-back", "confirm-share")
OF_HER = ("ways", "say-way", "end-way", "may-reach", "reach")
ONE_SEQUENCE = {"strike": 4, "received": 4}


def body_of(name: str, cast: Cast, case: Case) -> Mapping[str, object]:
    """This function will give what is sent to an address to write there: each has seen all that was written."""
    seen = {"expected_sequence": 99} if name in SEEN else {}
    return seen | {
        "report": {"fields": {"channel": "phone"}, "facts": {"about": "customer"}, "note": "Heard on the stairs."},
        "called-999": {},
        "triage-open": {"outcome": "asb_case"},
        "triage-join": {"into": case.reference},
        "triage-who": {
            "part": _in_the_report() if name == "triage-who" else 0,
            "same_as": _of_the_register(home=False),
        },
        "triage-redirect": {"outcome": "not_domestic_abuse", "reason": "It was a television."},
        "record": {
            "kind": "visit",
            "reach": {"means": "in_person", "part": _at_risk_in(case)},
        },
        "say-way": {"kind": "phone", "value": "07700 900456", "standing": "safe", "told_by_them": True},
        "end-way": {},
        "may-reach": {"means": "in_person"},
        "reach": {"reach": {"means": "in_person"}, "result": "spoke"},
        "settle-contact": {"what": "welfare", "outcome": "seen", "note": "Seen at the school."},
        "answer": {"facts": {"weapons": True}},
        "strike": {"reason": "The wrong case."},
        "people": {"part": "child", "name": "Mair"},
        "address-check": {"purpose": "noise", "line": "1 Alder Court", "postcode": "ZZ1 1ZZ"},
        "change-person": {"language": "Polish", "interpreter": True},
        "merge": {"into": _like_them(), "reason": "One card."},
        "apart": {"reason": "Two cards."},
        "record-equality": {"answers": {"sex": "prefer_not_to_say"}},
        "record-interview": {
            "reach": {"means": "in_person", "part": _at_risk_in(case)},
            "fields": {"private": True, "children_present": False, "interpreter": "none"},
        },
        "choice": {"choice": "stays"},
        "offer": {"option": "police", "item": "police_report", "answer": "declined"},
        "action-plan": {"agreed": True, "items": [{"what": "Locks", "owner": "us", "due": "2026-03-09"}]},
        "safety-plan": {"agreed": True, "sections": {"danger": "Ring 999."}},
        "plan-item": {"answer": "done"},
        "copy-plan": {"part": _at_risk_in(case), "means": "in_person", "safe_to_keep": True},
        "assess": {
            "instrument": "dash",
            "answers": {key: {"said": one.said} for key, one in risk.answers().items()},
            "judged_high": False,
            "reason": "Calm.",
            "expected_sequence": 99,
        },
        "other-assessment": {"agency": "The police", "how": "seen", "expected_sequence": 99},
        "write-wishes": {"part": _at_risk_in(case), "words": "To stay."},
        "record-consent": {
            "part": _at_risk_in(case),
            "to": "police",
            "service": "police-101",
            "purpose": "prevent_crime",
            "answer": "given",
            "how": "by_phone",
            "limits": "All of them.",
            "expected_sequence": 99,
        },
        "share-information": _a_whole_share(case),
        "decide-on-share": {"authorise": False, "reason": "Too much."},
        "take-share-back": {"reason": "She said yes."},
        "confirm-share": {"confirmed_by": "Their desk"},
        "bar": {"service": "galop", "reason": "A friend works there."},
        "unbar": {"reason": "They left."},
        "make-agreement": {
            "title": "With the police",
            "to": ["police"],
            "purposes": ["prevent_crime"],
            "made_on": "2026-01-05",
        },
        "arrange-marac-meeting": {"area": "Leeds", "meets_at": "2026-04-01T10:00:00+01:00"},
        "list-for-marac": {"who": "Somebody of Yonderby", "brought_by": "agency"},
        "return-research": {
            **_a_whole_share(case),
            "to": "marac",
            "service": "",
            "organisation": "The coordinator",
            "purpose": "assess_risk",
        },
        "marac-attendance": {"staff": cast.carys.pk, "came": "goes"},
        "give-marac-action": {"what": "Check the door.", "owner": cast.carys.pk, "due_on": "2026-04-30"},
        "complete-marac-action": {"note": "It is done."},
        "review-agreement": {"note": "Still right."},
        "end-agreement": {"reason": "Another took its place."},
        "relate": {"one": _a_child_of(case), "other": _at_risk_in(case), "kind": "relatives", "is_past": False},
        "end-relation": {"note": "In May."},
        "strike-relation": {"reason": "It is her aunt."},
        "change-part": {"becomes": "witness", "why": "error", "reason": "She is of age."},
        "describe-child": {"school": "The primary"},
        "ask-for-move": {"part": _a_child_of(case), "reason": "He waits.", "address": "1 Far Road, ZZ9 9ZZ"},
        "decide-on-move": {"authorise": True},
        "move-step": {"answer": "done"},
        "ask-to-lift": {"part": _at_risk_in(case), "way": _protected_in(case), "reason": "He has died."},
        "decide-on-lifting": {"lifts": True},
        "female-staff": {"is_female_staff": True},
        "find": {"name": "Maria Novak", "purpose": "working"},
        "assign": {"to": cast.asha.pk, "role": "case_officer"},
        "hand-over": {"to": "community_safety"},
        "refer": as_body(case, _at_risk_in(case)) if case.pk else {"to": "marac"},
        "referred-elsewhere": {"agency": "The police", "on": "2026-03-02"},
        "say-of-referral": {"what": "accepted"},
        "import-directory": {"contents": []},
        "received": {"confirmed_by": "The MARAC"},
        "close": {"reason": "She has moved."},
        "reopen": {"reason": "He came back."},
    }.get(name, {})


class Asked(NamedTuple):
    """One operation of the API."""

    method: str
    name: str
    parameters: frozenset[str]


def operations() -> Iterator[Asked]:
    """This function will give every operation that the API has, from the API itself."""
    for _prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                found = frozenset(re.findall(r"(\w+)}", path))
                for method in operation.methods:
                    yield Asked(method, operation.url_name, found)


def path_of(asked: Asked, cast: Cast, case: Case, report: Case) -> str:
    """This function will give the address at which something is asked, about the case or the report."""
    values: dict[str, object] = {}
    if "reference" in asked.parameters:
        values["reference"] = (report if asked.name in OF_THE_REPORT else case).reference
    if "number" in asked.parameters:
        of_the_register = _of_the_register("home" in asked.name)
        of_a_move, of_a_plan = "move" in asked.name, "plan" in asked.name
        values["number"] = (
            _a_move_in(case)
            if of_a_move
            else _a_plan_in(case, agreed="copy" in asked.name)
            if of_a_plan
            else of_the_register
        )
        if asked.name == "say-of-referral":
            values["number"] = _a_referral_in(case)
        if asked.name in OF_A_SHARE:
            values["number"] = _a_share_in(case)
        if asked.name == "decide-on-lifting":
            values["number"] = _a_lifting_in(case)
        if asked.name == "unbar":
            values["number"] = _one_barred_in(case)
        if "agreement" in asked.name:
            values["number"] = _an_agreement()
    if "meeting" in asked.parameters or "action" in asked.parameters:
        values |= {name: number for name, number in _a_meeting(case).items() if name in asked.parameters}
    if "merge" in asked.parameters:
        values["merge"] = _a_merge()
    values |= {name: 1 for name in ("item", "step") if name in asked.parameters}
    if "part" in asked.parameters:
        values["part"] = _at_risk_in(case) if asked.name in OF_HER else _a_child_of(case)
    if "way" in asked.parameters:
        values["way"] = 1
    if "relation" in asked.parameters:
        values["relation"] = _a_relation_in(case)
    if "person" in asked.parameters:
        values["person"] = cast.asha.pk
    if asked.name == "triage-who":
        _in_the_report()
    if "sequence" in asked.parameters:
        values["sequence"] = _an_assessment_in(case) if asked.name == "assessment" else ONE_SEQUENCE[asked.name]
    return reverse(f"api:{asked.name}", kwargs=values)


def send(browser: Client, asked: Asked, cast: Cast, case: Case, report: Case) -> Any:
    """This function will send to an address of the API what it asks for."""
    address = path_of(asked, cast, case, report)
    if asked.method == "GET":
        return browser.get(address)
    return browser.generic(asked.method, address, json.dumps(body_of(asked.name, cast, case)), "application/json")


def _at_risk_in(case: Case) -> int:
    """The number of the person at risk in a case."""
    found = Part.objects.filter(case=case.pk, part="person_at_risk").first()
    return found.pk if found else 1


def _a_child_of(case: Case) -> int:
    """The number of a child of a case, who is named in it for whoever asks first."""
    if case.pk is None:
        return 1
    found = Part.objects.filter(case=case, part="child").first()
    if found is None:
        found = Part(landlord_id=case.landlord_id, case=case, part="child", added_at=NOW, added_by_id=case.lead_id)
        found.name = "Ela Novak"
        found.save()
    return found.pk


def _a_move_in(case: Case) -> int:
    """The number of a move of the person at risk, asked for by the lead for whoever asks first; with one system to answer for."""
    if case.pk is None:
        return 1
    found = Move.objects.filter(case=case).first()
    if found is None:
        who = Part.objects.select_related("person").get(pk=_at_risk_in(case)).person or a_tenant()
        said = {"landlord_id": case.landlord_id, "case": case, "person": who}
        found = Move.objects.create(**said, asked_at=NOW, asked_by_id=case.lead_id)
        found.steps.create(number=1, manner="tell", title="Council tax")
    return found.pk


def _protected_in(case: Case) -> int:
    """The number of a protected address of the person at risk, written down for whoever asks first."""
    if case.pk is None:
        return 1
    found = Way.objects.filter(case=case, is_protected=True, person__parts=_at_risk_in(case)).first()
    if found is None:
        who = Part.objects.select_related("person").get(pk=_at_risk_in(case)).person or a_tenant()
        said = {"landlord_id": case.landlord_id, "case": case, "person": who, "at": NOW, "by_id": case.lead_id}
        found = Way(kind="post", is_protected=True, **said)
        found.value = "1 Far Road\nZZ9 9ZZ"
        found.save()
    return found.pk


def _a_referral_in(case: Case) -> int:
    """The number of a referral that the lead sent, for whoever asks first."""
    if case.pk is None:
        return 1
    if not OnwardReferral.objects.filter(case=case).exists():
        refer(case=case, to="fire_authority", by=case.lead, now=NOW)
    return OnwardReferral.objects.filter(case=case).earliest("pk").pk


def _a_lifting_in(case: Case) -> int:
    """The number of what the lead asked about that address, for whoever asks first."""
    if case.pk is None:
        return 1
    found = Lifting.objects.filter(case=case).first()
    said = {"part": _at_risk_in(case), "way": _protected_in(case), "reason": "He has died."}
    return found.pk if found else ask_to_lift(case=case, **said, by=case.lead, now=NOW)


def _a_plan_in(case: Case, *, agreed: bool) -> int:
    """The number of a plan of the person at risk that they have agreed or not, made for whoever asks first."""
    if case.pk is None:
        return 1
    found = Plan.objects.filter(case=case).first()
    if found is None:
        said = {"case": case, "part": _at_risk_in(case), "items": [Item("Locks", "us")], "agreed": False}
        found = Plan.objects.get(pk=make_action_plan(**said, by=case.lead, now=NOW))
    Plan.objects.filter(pk=found.pk).update(agreed_at=NOW if agreed else None)
    return found.pk


def _a_whole_share(case: Case) -> Mapping[str, object]:
    """What is sent for a share that lacks nothing."""
    her = _at_risk_in(case)
    return {
        "to": "police",
        "service": "police-101",
        "purpose": "prevent_crime",
        "why": "He comes back tonight.",
        "ground": "immediate_harm",
        "article_6": "recognised_legitimate_interest",
        "article_9": "paragraph_10",
        "article_10": "paragraph_10",
        "common_law": "public_interest",
        "section_115": True,
        "necessity": "They must know whose home it is.",
        "proportion": "Her name alone.",
        "means": "by_phone",
        "about": [her],
        "items": [f"who.{her}.name"],
        "without": "would_prejudice",
        "why_without": "He reads her messages.",
        "expected_sequence": 99,
    }


def _a_share_in(case: Case) -> int:
    """The number of a share of a case that waits, asked for by the lead for whoever asks first."""
    if case.pk is None:
        return 1
    found = Share.objects.filter(case=case).first()
    if found is None:
        consents(case, case.lead, "refused", part=_at_risk_in(case), now=NOW)
        return share(case, case.lead, now=NOW)
    return found.pk


def _one_barred_in(case: Case) -> int:
    """The number of one who must not receive anything, written down for whoever asks first."""
    if case.pk is None:
        return 1
    found = MustNotReceive.objects.filter(case=case).first()
    said = {"name": "Gethin Price", "reason": "A cousin.", "by": case.lead, "now": NOW}
    return found.pk if found else bar_receiver(case=case, **said)


def _a_meeting(case: Case) -> Mapping[str, int]:
    """The numbers of a meeting that hears a case, of the case on its list, and of what it gave the lead to do."""
    if case.pk is None:
        return {"meeting": 1, "listing": 1, "action": 1}
    action = MaracAction.objects.filter(case=case).first()
    if action is None:
        held(case, by=Staff.objects.get_by_natural_key("carys@connect.example"), owner=case.lead, now=NOW)
        action = MaracAction.objects.get(case=case)
    return {"meeting": action.meeting_id, "listing": action.listing_id or 1, "action": action.pk}


def _an_agreement() -> int:
    """The number of an agreement of the landlord, entered for whoever asks first."""
    found = Agreement.objects.first()
    if found is None:
        by = Staff.objects.filter(landlord="connect").first()
        found = Agreement(landlord_id="connect", to=["police"], purposes=["prevent_crime"], at=NOW, by=by)
        found.made_on, found.review_on = NOW.date(), NOW.date().replace(year=2027)
        found.title = "With the police"
        found.save()
    return found.pk


def _an_assessment_in(case: Case) -> int:
    """The entry of an assessment, put down for whoever asks first."""
    if case.pk is None:
        return 1
    found = Assessment.objects.filter(case=case).first()
    said = {"agency": "The police", "how": "seen", "by": case.lead, "now": NOW}
    return found.sequence if found else record_other_assessment(case=case, **said)


def _a_relation_in(case: Case) -> int:
    """The number of what is said of how two people of a case stand to each other, said for whoever asks first."""
    if case.pk is None:
        return 1
    found = Relation.objects.filter(case=case).first() or Relation.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        one_id=_at_risk_in(case),
        other_id=_a_child_of(case),
        kind="relatives",
        at=NOW,
        by_id=case.lead_id,
    )
    return found.pk


def _in_the_report() -> int:
    """The number of somebody whom the new report names, named for whoever asks first."""
    report = Case.objects.filter(landlord="connect", status="new").latest("pk")
    found = report.parts.filter(part="witness").first()
    if found is None:
        carys = Staff.objects.with_email("carys@connect.example")
        assert carys is not None
        return add_part(case=report, name="Ove Quill", part="witness", by=carys, now=NOW)
    return found.pk


def _like_them() -> int:
    """The number of another person of the register, entered for whoever asks first."""
    known = Person.objects.filter(landlord_id="connect", first_case=None).exclude(pk=_of_the_register(home=False))
    found = known.first() or enter_person("connect", PersonDetails("Hal", "Tenbury"), now=NOW)
    return found.pk


def _a_merge() -> int:
    """The number of a merge of the two, noted for whoever asks first."""
    found = Merge.objects.filter(ended_at=None).first()
    if found is None:
        one, other = _of_the_register(home=False), _like_them()
        by = Staff.objects.filter(landlord="connect").first()
        found = Merge.objects.create(landlord_id="connect", person_id=one, into_id=other, at=NOW, by=by)
        Person.objects.filter(pk=one).update(merged_into=other)
    return found.pk


def _of_the_register(home: bool) -> int:
    """The number of a home of the register, or of somebody in it: entered for whoever asks first."""
    rows = Home.objects if home else Person.objects.exclude(reference_index="")
    found = rows.filter(landlord_id="connect").first()
    return found.pk if found else (a_home() if home else a_tenant()).pk


def test_every_operation_of_the_api_is_in_the_table() -> None:
    assert {f"{asked.method} {asked.name}" for asked in operations()} == set(EXPECTED)


@pytest.mark.parametrize("member", MEMBERS)
def test_everybody_gets_what_the_table_says(member, cast, case, report, as_):
    browser = as_(None if member == "nobody" else getattr(cast, member))
    found, wrong = {}, []
    for asked in operations():
        # What one writes is taken back, so that each is asked for the same case.
        with transaction.atomic():
            answer = send(browser, asked, cast, case, report)
            transaction.set_rollback(True)
        what = f"{asked.method} {asked.name}"
        found[what] = answer.status_code
        if not answer.headers["Content-Type"].startswith("application/json"):
            wrong.append(f"{what} is not answered in JSON")
        if answer.headers["Cache-Control"] != "no-store":
            wrong.append(f"{what} may be kept")
        if "default-src 'none'" not in answer.headers.get("Content-Security-Policy", ""):
            wrong.append(f"{what} has no content security policy")
        if answer.status_code >= 400 and set(answer.json()) - {"detail", "faults"}:
            wrong.append(f"{what} says more than that it is refused")
    column = MEMBERS.index(member)
    assert found == {what: int(row.split()[column]) for what, row in EXPECTED.items()}
    assert not wrong


def test_a_write_without_the_csrf_token_is_refused_and_nothing_is_written(cast, case, report):
    writes = [asked for asked in operations() if asked.method != "GET"]
    for asked in writes:
        # What an address needs is made when it is first named.
        path_of(asked, cast, case, report)
    before = Log.objects.count(), case.entries.count(), Case.objects.count()
    browser = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    let_in(browser, cast.carys, NOW)
    for asked in writes:
        assert send(browser, asked, cast, case, report).status_code == 403, asked
    assert (Log.objects.count(), case.entries.count(), Case.objects.count()) == before


def test_a_write_with_the_csrf_token_of_the_cookie_is_carried_out(cast, case):
    browser = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    let_in(browser, cast.asha, NOW)
    browser.get(f"/cases/{case.reference}")
    token = browser.cookies["csrftoken"].value
    address = reverse("api:record", args=[case.reference])
    sent = browser.post(
        address,
        {"kind": "visit", "reach": {"means": "they_reached_us"}, "expected_sequence": 4},
        content_type="application/json",
        headers={"x-csrftoken": token},
    )
    assert sent.status_code == 201, sent.content


def test_a_case_that_may_not_be_seen_and_one_that_is_not_there_are_answered_alike(cast, case, report, as_):
    browser = as_(cast.bronwen)
    for asked in operations():
        if "reference" not in asked.parameters:
            continue
        hidden = send(browser, asked, cast, case, report)
        nothing = send(browser, asked, cast, Case(reference="CO-1999-999999"), Case(reference="CO-1999-999999"))
        assert (hidden.status_code, hidden.content) == (nothing.status_code, nothing.content), asked
        assert hidden.headers == nothing.headers, asked


def test_a_view_of_a_case_and_a_view_refused_leave_the_row_that_the_page_leaves(cast, case, report, as_):
    for name, matter in (("case", case), ("triage-report", report)):
        for member in (cast.carys, cast.bronwen):
            rows = []
            for address in (reverse(name, args=[matter.reference]), reverse(f"api:{name}", args=[matter.reference])):
                before = Log.objects.count()
                as_(member).get(address)
                rows.append(
                    list(Log.objects.order_by("pk").values_list("what", "outcome", "staff", "case", "detail")[before:])
                )
            assert len(rows[0]) == 1
            assert rows[0][0][:4] == rows[1][0][:4]
            assert rows[0][0][4]["page"].replace("-", " ") == rows[1][0][4]["page"].replace("-", " ")
