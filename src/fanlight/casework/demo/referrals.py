"""Referrals in the demo: one that was declined and is challenged, one that nobody has received, one begun; and a directory that is kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from fanlight.casework import access
from fanlight.casework.actions.assure_service import assure_service
from fanlight.casework.actions.draft_referral import draft_referral
from fanlight.casework.actions.refer import refer
from fanlight.casework.actions.say_of_referral import say_of_referral
from fanlight.casework.demo.telling import Step, Telling
from fanlight.casework.models import Case, OnwardReferral, Staff
from fanlight.casework.queries.directory import KEEPING, directory_of
from fanlight.casework.queries.referrals import referral_form

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
        left = ["draft", "not received", "declined"]
        for telling in settled:
            case = Case.objects.get(pk=telling.case.pk)
            if not left or case.status != "open" or case.lead is None:
                continue
            if access.standing_of(case.lead, case, now=at).why_not_record("referral"):
                continue
            # Where the policy asks for something first, another case shows it.
            form = referral_form(case.lead, case.reference, purpose="police", now=at)
            if left[-1] == "draft" or not form.in_the_way:
                _refer(case, left.pop(), by=case.lead, at=at)

    return [Step(now - timedelta(hours=4), act)]


def _refer(case: Case, until: str, *, by: Staff, at: datetime) -> None:
    if until == "draft":
        draft_referral(case=case, purpose="fire_safety", answers=TONIGHT, by=by, now=at)
        return
    refer(case=case, to="police", way="phone", answers=POLICE, note="Rang them, and gave the reference.", by=by, now=at)
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


def _keep_directory(staff: Mapping[str, Staff], at: datetime) -> None:
    """Half of the directory was made sure of."""
    keeper = next((one for one in staff.values() if access.can(one, KEEPING)), None)
    if keeper is None:
        return
    for service in directory_of(keeper.landlord_id)[::2]:
        assure_service(service=service.id, by=keeper, now=at)
