"""What is shared with another organisation, as one document: a PDF that a screen reader can read, with nothing in it but what it says."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

import typst

_HERE = Path(__file__).parent

Rows = tuple[tuple[str, str], ...]

HANDLING = (
    "Use it for the purpose above and for nothing else. Pass it to nobody without asking us, unless the law says that you must.",
    "Nothing of it may reach the person causing harm, or anybody who is close to them.",
    "Reach the people in it only by a way that is called safe here, and on its terms. Keep it where only those who need it can read it.",
    "Where it says [taken out], something was left out because you do not need it, or must not have it.",
)


@dataclass(frozen=True, slots=True)
class Content:
    """What the document says: to whom and why at its head, then what is shared, section by section."""

    title: str
    sender: str
    marking: str
    our_reference: str
    head: Rows
    sections: tuple[tuple[str, Rows], ...]
    handling: tuple[str, ...] = HANDLING

    def as_text(self) -> str:
        """This function will give it as it is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """This function will read what `as_text` wrote."""
        said = json.loads(text)
        said["head"] = tuple((label, value) for label, value in said["head"])
        said["sections"] = tuple((title, tuple((one, two) for one, two in rows)) for title, rows in said["sections"])
        return cls(**{**said, "handling": tuple(said["handling"])})


def share_as_pdf(content: Content, now: datetime) -> bytes:
    """This function will make the document: PDF/UA-1, with the font that comes with Fanlight and no other."""
    made = typst.compile(
        str(_HERE / "share.typ"),
        root=str(_HERE),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"share": content.as_text()},
        pdf_standards=["ua-1"],
        timestamp=int(now.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("what is shared is one document")
    return made
