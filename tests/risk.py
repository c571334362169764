"""Answers to the items of risk instruments, and what a case is ruled by them, for the tests."""

from datetime import date, datetime

from fanlight.casework import rulings
from fanlight.casework.instruments import Answer, instruments_at
from fanlight.casework.models import Case
from tests import make

NOW = make.later(hours=3)

INSTRUMENTS = instruments_at("connect", date(2026, 3, 3))


def plain(count: int) -> str:
    """This function will name so many items of the DASH that state nothing and decide nothing by themselves."""
    return " ".join([item.key for item in INSTRUMENTS["dash"].items if not item.decides][:count])


def answers(instrument: str = "dash", yes: str = "", unknown: str = "") -> dict[str, Answer]:
    """This function will answer every item of an instrument: no, but for those that are named."""
    said = {item.key: Answer("no") for item in INSTRUMENTS[instrument].items}
    return said | dict.fromkeys(yes.split(), Answer("yes")) | dict.fromkeys(unknown.split(), Answer("unknown"))


def ruling(case: Case, now: datetime = NOW) -> rulings.Ruling:
    """This function will rule on a case."""
    return rulings.rule_on(case.landlord_id, rulings.story_of(case.landlord_id, rulings.told(case)), now)


def owes_marac(case: Case) -> bool:
    """This function will say whether the case owes a referral to the MARAC."""
    return any(
        duty.is_owed and any(met.kind == "referral" and "marac" in str(met.atoms) for met in duty.row.met_by)
        for duty in ruling(case).duties
    )
