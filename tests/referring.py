"""What tests need that refer: the grounds on which a form goes, and a referral to the MARAC that lacks nothing."""

from dataclasses import asdict, replace
from typing import Any

from fanlight.casework.actions.refer import refer
from fanlight.casework.marac import CRITERIA
from fanlight.casework.models import Case, OnwardReferral, Part, Staff
from fanlight.casework.sharing import NOTHING_YET, Proposed
from tests import homes

NO = dict.fromkeys(CRITERIA, False)
JUDGED: dict[str, bool | None] = {**NO, "judgement": True}


def grounds(case: Case, **more: Any) -> Proposed:
    """This function will give the grounds on which a form goes, with nothing missing: it is about whoever is at risk, who is named if need be."""
    part = Part.objects.filter(case=case, part="person_at_risk").order_by("pk").first()
    by = more.pop("by", None)
    if part is None:
        part = homes.a_part(case, homes.a_person(), "person_at_risk", by)

    others = Part.objects.filter(case=case).exclude(part="person_at_risk").values_list("pk", flat=True)
    said = replace(
        NOTHING_YET,
        purpose="protect_adult",
        why="So that they know what we know before they meet.",
        ground="safeguarding",
        article_6="recognised_legitimate_interest",
        article_9="paragraph_18",
        article_10="paragraph_18",
        common_law="public_interest",
        section_115=True,
        necessity="Nobody can plan for her safety without knowing who she is.",
        proportion="What the form asks, and no more.",
        without="would_prejudice",
        why_without="He reads her messages.",
        about=(part.pk,),
        named=dict.fromkeys(others, "They are part of what is to be planned for."),
    )
    return replace(said, **more)


def to_marac(case: Case, by: Staff, **more: Any) -> int:
    """This function will refer a case to the MARAC, by somebody's judgement unless it says otherwise, and give the sequence of the entry."""
    more.setdefault("name", "" if case.landlord_id == "connect" else "The coordinator")
    return refer(
        case=case,
        to="marac",
        way=more.pop("way", "email"),
        answers=more.pop("answers", {"why_marac": "It is only a question of time."}),
        criteria=more.pop("criteria", JUDGED),
        share=more.pop("share", None) or grounds(case, by=by),
        by=by,
        **more,
    )


def as_body(case: Case, her: int) -> dict[str, Any]:
    """This function will give a referral to the MARAC as another system sends it."""
    share = {
        name: value for name, value in asdict(grounds(case)).items() if value not in ("", None, ()) and name != "named"
    }
    return {
        "to": "marac",
        "way": "portal",
        "answers": {"why_marac": "It is only a question of time."},
        "criteria": JUDGED,
        "share": {**share, "about": [her]},
    }


def number_of(case: Case) -> int:
    """This function will give the number of the last referral of a case."""
    return OnwardReferral.objects.filter(case=case).latest("pk").pk
