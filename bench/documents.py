"""The documents of a referral to the MARAC, every field of its form filled in: the PDF, the PDF with a password, and the Word file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

from fanlight.casework.letters.referral import Filled, Section, as_pdf, as_word, with_password
from fanlight.casework.marac import CRITERIA
from fanlight.casework.referring import MARAC, purpose_for

LANDLORD = "connect"
ROUNDS = 40
NOW = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)
SAYS = (
    "He was at the back door again on Sunday night, and left when the light of the neighbour went on. It comes more often since the "
    "end of the summer, and he has been seen near the school. She sleeps with the telephone in her hand."
)
"""What stands in each field: longer than most are, three times over."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds for all three documents, by the median and the slowest; for each of them; and for a PDF whose form says nothing."""

    fields: int
    letters: int
    together: float
    slowest: float
    pdf: float
    password: float
    word: float
    empty: float

    @property
    def ratio(self) -> float:
        """All three, against the PDF of a form that says nothing: what the compiler costs whatever it compiles."""
        return self.together / self.empty


def filled() -> Filled:
    """This function will give the form of a referral to the MARAC with every field filled in."""
    purpose = purpose_for(LANDLORD, MARAC)
    criteria = tuple(f"{title}: yes. {SAYS}" for title in CRITERIA.values())
    sections = tuple(
        Section(field.ask, criteria if field.filled_from == "criteria" else (SAYS,) * 3) for field in purpose.fields
    )
    return Filled(
        "A landlord", purpose.title, ("To: The coordinator", "3 March 2026"), sections, "Our reference 0A1B2C3D"
    )


def measure() -> Measured:
    """This function will make the documents in turn with one that says nothing, and give what each took."""
    whole = filled()
    nothing = Filled("A landlord", whole.heading, (), (), whole.our_reference)
    taken: dict[str, list[float]] = {"pdf": [], "password": [], "word": [], "empty": []}
    for _ in range(ROUNDS):
        taken["empty"].append(_seconds(lambda: as_pdf(nothing, NOW)))
        made: list[bytes] = []
        taken["pdf"].append(_seconds(lambda made=made: made.append(as_pdf(whole, NOW))))  # type: ignore[misc]  # its default is its type
        taken["password"].append(_seconds(lambda made=made: with_password(made[0], "four-word-pass")))  # type: ignore[misc]  # the same
        taken["word"].append(_seconds(lambda: as_word(whole, NOW)))
    together = [sum(one) for one in zip(taken["pdf"], taken["password"], taken["word"], strict=True)]
    return Measured(
        fields=len(whole.sections),
        letters=sum(len(paragraph) for section in whole.sections for paragraph in section.answer),
        together=median(together),
        slowest=max(together),
        **{name: median(each) for name, each in taken.items()},
    )


def _seconds(make: Callable[[], object]) -> float:
    began = perf_counter()
    make()
    return perf_counter() - began
