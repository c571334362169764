"""A plan as a PDF that a screen reader can read, for the person whose plan it is to keep."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import typst

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Kept:
    """One section of what they keep: its title, and its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanWritten:
    """A plan as the document says it: no name, no address, no reference of a case."""

    title: str
    day: str
    sections: tuple[Kept, ...]
    sender: str
    language: str = "en"

    @property
    def text(self) -> str:
        """Every word of it, to be looked through for what must not be in it."""
        return "\n".join((self.title, *(line for section in self.sections for line in (section.title, *section.lines))))


def plan_as_pdf(plan: PlanWritten, now: datetime) -> bytes:
    """This function will make the document: PDF/UA-1, with the font that comes with Fanlight and no other."""
    made = typst.compile(
        str(_HERE / "plan.typ"),
        root=str(_HERE),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"plan": json.dumps(asdict(plan), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(now.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("a plan is one document")
    return made
