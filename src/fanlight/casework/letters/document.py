"""A letter as a PDF that a screen reader can read. The layout is a file of ours; what the letter says goes in as data alone."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import typst

from fanlight.casework.letters.wording import Written

_HERE = Path(__file__).parent


def as_pdf(letter: Written, now: datetime) -> bytes:
    """This function will make the document: PDF/UA-1, with the font that comes with Fanlight and no other."""
    made = typst.compile(
        str(_HERE / "letter.typ"),
        root=str(_HERE),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"letter": json.dumps(asdict(letter), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(now.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("a letter is one document")
    return made
