"""Answers to the items of risk instruments, for the tests."""

from datetime import date

from fanlight.casework.instruments import Answer, instruments_at

INSTRUMENTS = instruments_at("connect", date(2026, 3, 3))


def plain(count: int) -> str:
    """This function will name so many items of the DASH that state nothing and decide nothing by themselves."""
    return " ".join([item.key for item in INSTRUMENTS["dash"].items if not item.decides][:count])


def answers(instrument: str = "dash", yes: str = "", unknown: str = "") -> dict[str, Answer]:
    """This function will answer every item of an instrument: no, but for those that are named."""
    said = {item.key: Answer("no") for item in INSTRUMENTS[instrument].items}
    return said | dict.fromkeys(yes.split(), Answer("yes")) | dict.fromkeys(unknown.split(), Answer("unknown"))
