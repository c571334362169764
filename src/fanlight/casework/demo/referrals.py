"""Referrals in the demo: declined and challenged, received by nobody, begun, made by another agency; and a directory that is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from fanlight.casework import access
from fanlight.casework.actions.assure_service import assure_service
from fanlight.casework.actions.draft_referral import draft_referral
from fanlight.casework.actions.note_marac_referral import note_marac_referral
from fanlight.casework.actions.record_consent import record_consent
from fanlight.casework.actions.refer import refer
from fanlight.casework.actions.say_of_referral import say_of_referral
from fanlight.casework.demo import prose
from fanlight.casework.demo.marac import AGREED, grounds
from fanlight.casework.demo.telling import Step, Telling
from fanlight.casework.models import Case, ConsentSaid, OnwardReferral, Part, Staff
from fanlight.casework.queries.directory import KEEPING, directory_of, routed
from fanlight.casework.queries.referrals import referral_form
from fanlight.present import day_of

NOBODY_ELSE = "The neighbourhood team"

TONIGHT = {
    "home": "A letterbox that cannot be fed with anything that burns, and alarms on both floors.",
    "aware": "She asked for it, and would like it done while he is at work.",
}
POLICE = {
    "happened": "He was at the back door again last night, and left when the light went on.",
    "asked_for": "That patrols look in between ten and midnight, and that it is put beside the report of last week.",
}


def referrals(staff: Mapping[str, Staff], tellings: Sequence[Telling], now: datetime) -> list[Step]:
    """This function will give the referrals of a landlord in the hours before now, in cases that were reported earlier."""
    settled = [one for one in tellings if one.steps and one.steps[0].at < now - timedelta(days=4)]

    def act(at: datetime) -> None:
        _keep_directory(staff, at)
        left = ["draft", "not received", "declined", "elsewhere"]
        for telling in settled:
            case = Case.objects.get(pk=telling.case.pk)
            if not left or case.status != "open" or case.lead is None:
                continue
            if access.standing_of(case.lead, case, now=at).why_not_record("referral"):
                continue
            if left[-1] in ("draft", "elsewhere") or (by_name(case) and _may_be_told(case, at)):
                _refer(case, left.pop(), by=case.lead, at=at)

    return [Step(now - timedelta(hours=4), act)]


def by_name(case: Case) -> bool:
    """This function will say whether the person at risk is named in a case."""
    return Part.objects.filter(case=case, part="person_at_risk").exists()


def _may_be_told(case: Case, at: datetime) -> bool:
    """Where the policy asks for more than her word first, another case shows it."""
    form = referral_form(case.lead, case.reference, purpose="police", now=at) if case.lead else None
    return form is not None and not form.in_the_way


def _refer(case: Case, until: str, *, by: Staff, at: datetime) -> None:
    if until == "elsewhere":
        heard = "Listed for the meeting after next; they ask what we know."
        note_marac_referral(
            case=case, agency="the police", on=day_of(at - timedelta(days=9)), note=heard, by=by, now=at
        )
        return
    if until == "draft":
        draft_referral(case=case, purpose="fire_safety", answers=TONIGHT, by=by, now=at)
        return
    her = Part.objects.filter(case=case, part="person_at_risk").order_by("pk").values_list("pk", flat=True)[0]
    _agrees(case, her, by=by, at=at)
    share = replace(
        grounds(her, "prevent_crime", "So that a patrol knows where to look, and why."), ground="consent", **AGREED
    )
    refer(
        case=case,
        to="police",
        way="phone",
        name="" if _proposed(case, at) else NOBODY_ELSE,
        answers=POLICE,
        share=share,
        note="Rang them, and gave the reference.",
        by=by,
        now=at,
    )
    if until == "declined":
        number = OnwardReferral.objects.filter(case=case, to="police").latest("pk").pk
        said = "No patrol is free, and they see no offence in it."
        say_of_referral(
            case=case,
            number=number,
            what="declined",
            heard_from="The desk",
            note=said,
            by=by,
            now=at + timedelta(hours=1),
        )
        why = "It is the third night, and he is told by an order to keep away. Asked for the sergeant."
        say_of_referral(case=case, number=number, what="challenged", note=why, by=by, now=at + timedelta(hours=2))


def _proposed(case: Case, at: datetime) -> str:
    """The police as the router has them here, by their id, where it knows which."""
    found = routed(case.landlord_id, "police", case.area, day_of(at)).proposed
    return found.service.id if found else ""


def _agrees(case: Case, her: int, *, by: Staff, at: datetime) -> None:
    """She was asked before the police are told."""
    service = _proposed(case, at)
    record_consent(
        case=case,
        part=her,
        to="police",
        service=service,
        purpose="prevent_crime",
        answer="given",
        how="by_phone",
        said=ConsentSaid(organisation="" if service else NOBODY_ELSE, limits=prose.LIMITS),
        by=by,
        now=at,
    )


def _keep_directory(staff: Mapping[str, Staff], at: datetime) -> None:
    """Half of the directory was made sure of."""
    keeper = next((one for one in staff.values() if access.can(one, KEEPING)), None)
    if keeper is None:
        return
    for service in directory_of(keeper.landlord_id)[::2]:
        assure_service(service=service.id, by=keeper, now=at)
