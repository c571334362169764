"""What tests need that share something: a case with people in it, a share that lacks nothing, and consent."""

from dataclasses import replace
from typing import Any

from fanlight.casework.actions.record_consent import record_consent
from fanlight.casework.actions.share_information import share_information
from fanlight.casework.actions.sharing import Beside
from fanlight.casework.models import Case, ConsentSaid, Part, Staff
from fanlight.casework.sharing import Proposed
from tests import homes, make
from tests.cast import Cast

NOW = make.later(hours=4)
PEOPLE = (("Maria Novak", "person_at_risk"), ("Leo Novak", "child"), ("Piotr Zelenka", "causing_harm"))


def a_case(cast: Cast) -> Case:
    """This function will make a case in which a person at risk, a child and the person causing harm are named."""
    case = make.make_case(cast)
    for name, part in PEOPLE:
        homes.a_part(case, homes.a_person(name), part, cast.asha)
    return case


def part(case: Case, of: str = "person_at_risk") -> int:
    """This function will give the part of somebody in the case."""
    return Part.objects.get(case=case, part=of).pk


def whole(case: Case, **more: Any) -> Proposed:
    """This function will give a share with the police that lacks nothing."""
    her = more["about"][0] if more.get("about") else part(case)
    proposed = Proposed(
        to="police",
        service="police-101",
        organisation="",
        purpose="prevent_crime",
        why="He has threatened to come back tonight.",
        ground="crime_and_disorder_s115",
        article_6="recognised_legitimate_interest",
        article_9="paragraph_10",
        article_10="paragraph_10",
        common_law="public_interest",
        section_115=True,
        necessity="They cannot watch the home without knowing whose it is.",
        proportion="Her name and what he said, and nothing of her health.",
        means="by_phone",
        about=(her,),
        items=(f"who.{her}.name", "note.1"),
        without="would_prejudice",
        why_without="He reads her messages: to ask her now would tell him.",
    )
    return replace(proposed, **more)


def share(case: Case, by: Staff, *, beside: Beside | None = None, **more: Any) -> int:
    """This function will share something, four hours after the report."""
    proposed = more.pop("proposed", None) or whole(case)
    return share_information(case=case, proposed=proposed, beside=beside, by=by, **{"now": NOW, **more})


def consents(case: Case, by: Staff, answer: str = "given", **more: Any) -> int:
    """This function will record what she said to the police being told, to prevent crime."""
    said: dict[str, Any] = {
        "part": more.pop("part", None) or part(case),
        "to": "police",
        "service": "police-101",
        "purpose": "prevent_crime",
        "how": "in_person",
        "said": ConsentSaid(limits="That children come first."),
        "now": make.later(hours=3),
        **more,
    }
    return record_consent(case=case, answer=answer, by=by, **said)


def on_her_word(case: Case, **more: Any) -> Proposed:
    """This function will give a share that rests on her consent."""
    said = {"ground": "consent", "article_6": "consent", "article_9": "explicit_consent", "common_law": "consent"}
    return whole(case, **{**said, "section_115": False, "without": "", "why_without": "", **more})
