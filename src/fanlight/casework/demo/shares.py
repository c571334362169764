"""Sharing in the demo: an agreement, one share that was received, one that was not confirmed yet, one that waits, one who must not receive."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from fanlight.casework import access, rulings
from fanlight.casework.actions.bar_receiver import bar_receiver
from fanlight.casework.actions.confirm_share import confirm_share
from fanlight.casework.actions.make_agreement import make_agreement
from fanlight.casework.actions.record_consent import record_consent
from fanlight.casework.actions.share_information import share_information
from fanlight.casework.demo import prose
from fanlight.casework.demo.telling import Step, Telling
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Case, ConsentSaid, Staff
from fanlight.casework.sharing import Proposed

WAYS = ("received", "gone", "waits")


def shares(staff: Mapping[str, Staff], tellings: Sequence[Telling], now: datetime) -> list[Step]:
    """This function will give what a landlord shared in the hours before now, in cases that were reported earlier."""
    settled = [one for one in tellings if one.steps and one.steps[0].at < now - timedelta(days=6)]

    def act(at: datetime) -> None:
        keeps = next((one for one in staff.values() if access.can(one, "agreements:keep")), None)
        agreement = _agreement(keeps, at) if keeps else None
        left = list(reversed(WAYS))
        for telling in settled:
            case = Case.objects.get(pk=telling.case.pk)
            part = case.parts.filter(part="person_at_risk", staff=None).first()
            if not left or part is None or case.status != "open" or case.lead is None:
                continue
            standing = access.standing_of(case.lead, case, now=at)
            if not standing.why_not_record("share") and not standing.why_not_record("consent"):
                _share(case, part.pk, left.pop(), agreement, by=case.lead, at=at)

    return [Step(now - timedelta(hours=4), act)]


def _agreement(by: Staff, at: datetime) -> int:
    return make_agreement(
        title="Information sharing with the police and the council",
        to=("police", "children_social_care", "adult_safeguarding", "housing_options"),
        purposes=("prevent_crime", "protect_child", "protect_adult", "assess_risk"),
        made_on=at.date() - timedelta(days=340),
        note="Signed by both sides; kept with the data protection officer.",
        by=by,
        now=at,
    )


def _share(case: Case, part: int, way: str, agreement: int | None, *, by: Staff, at: datetime) -> None:
    known = settings_of(case.landlord_id).services_of("police", case.area)
    service = known[0].id if known else ""
    organisation = "" if known else "Neighbourhood policing team"
    agreed = way != "waits"
    record_consent(
        case=case,
        part=part,
        to="police",
        service=service,
        purpose="prevent_crime",
        answer="given" if agreed else "refused",
        how="in_person",
        said=ConsentSaid(
            organisation=organisation,
            own_words="Yes, but they must not come to the door."
            if agreed
            else "Not the police. He will know it was me.",
            conditions="Nobody comes to the door in uniform." if agreed else "",
            limits=prose.LIMITS,
        ),
        by=by,
        now=at,
    )
    first = rulings.told(case)[0].sequence
    number = share_information(
        case=case,
        proposed=Proposed(
            to="police",
            service=service,
            organisation=organisation,
            purpose="prevent_crime",
            why="He has threatened to come back, and they watch the road.",
            ground="consent" if agreed else "crime_and_disorder_s115",
            article_6="consent" if agreed else "recognised_legitimate_interest",
            article_9="explicit_consent" if agreed else "paragraph_10",
            article_10="paragraph_10",
            common_law="consent" if agreed else "public_interest",
            section_115=not agreed,
            necessity="They cannot watch a home without knowing whose it is, and what was said.",
            proportion="Her name and what was reported first: nothing of her health, and nobody else.",
            means="secure_email",
            about=(part,),
            items=(f"who.{part}.name", f"who.{part}.part", f"entry.{first}"),
            without="" if agreed else "would_prejudice",
            why_without=""
            if agreed
            else "She said no because he would know; the last time he was there within the hour, with a knife.",
            conditions_kept="They have the condition in writing, and will ring first." if agreed else "",
            agreement=agreement,
        ),
        by=by,
        now=at + timedelta(minutes=15),
    )
    if way == "received":
        confirm_share(case=case, number=number, confirmed_by="Their duty desk", by=by, now=at + timedelta(hours=1))
    if way == "waits":
        reason = "He plays football with somebody who works there."
        bar_receiver(case=case, name="Corner Street Advice Shop", reason=reason, by=by, now=at + timedelta(hours=1))
