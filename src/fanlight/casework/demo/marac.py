"""Referrals in the demo whose forms say something: to the MARAC with its criteria, to the police with her word; each is a share."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from fanlight.casework import rulings
from fanlight.casework.actions.refer import refer
from fanlight.casework.demo import prose
from fanlight.casework.marac import CRITERIA
from fanlight.casework.models import Case, Consent, Part, Staff
from fanlight.casework.queries.criteria import criteria_of
from fanlight.casework.queries.directory import routed
from fanlight.casework.referring import MARAC
from fanlight.casework.sharing import NOTHING_YET, Proposed
from fanlight.present import day_of

AGREED: dict[str, Any] = {"article_9": "explicit_consent", "common_law": "consent", "without": "", "why_without": ""}


def to_marac(case: Case, her: int, note: str, *, by: Staff, now: datetime) -> int:
    """This function will refer a case to the MARAC on the criteria that its record speaks for, or on judgement."""
    told = rulings.told(case)
    proposed = {one.name: one.proposed is True for one in criteria_of(case, told, by, now)}
    if not any(proposed.values()):
        proposed["judgement"] = True
    consents = Consent.objects.filter(case=case, part=her, to=MARAC).order_by("-pk")
    agreed = next((one.answer == "given" for one in consents), False)
    share = grounds(her, "assess_risk", "They plan for her safety, and need what we know.")
    return refer(
        case=case,
        to=MARAC,
        name="" if routed(case.landlord_id, MARAC, case.area, day_of(now)).proposed else prose.SERVICE_NAMES[MARAC][0],
        way="portal",
        answers={
            "identity": Part.objects.get(case=case, pk=her).name,
            "why_marac": "It comes more often, and what stops it holds for a shorter time each time.",
            "told_of_it": "Yes, by telephone." if agreed else "Not yet: the telephone is read.",
            "safe_to_talk": "The officer who leads, in the hours that are noted. Nobody at the home.",
        },
        criteria={name: proposed[name] for name in CRITERIA},
        share=replace(share, **AGREED) if agreed else share,
        note=note,
        by=by,
        now=now,
    )


def grounds(her: int, purpose: str, why: str) -> Proposed:
    """This function will give the grounds on which something goes to an agency that section 115 reaches, without her word."""
    return replace(
        NOTHING_YET,
        purpose=purpose,
        why=why,
        ground="crime_and_disorder_s115",
        article_6="recognised_legitimate_interest",
        article_9="paragraph_18",
        article_10="paragraph_18",
        common_law="public_interest",
        section_115=True,
        necessity="They cannot plan for somebody whom they do not know.",
        proportion="Who it is, why it goes to them, and how to talk safely; nothing of anybody else.",
        about=(her,),
        without="would_prejudice",
        why_without="Whoever rings may be heard, and what is written may be read.",
    )
