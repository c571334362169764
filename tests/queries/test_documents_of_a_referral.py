"""The documents of a referral: a PDF that passes the compiler's check, the same with a password, and a Word file."""

import zipfile
from datetime import datetime
from io import BytesIO
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from fanlight.casework.letters.referral import (
    CannotShow,
    Filled,
    Section,
    as_pdf,
    as_word,
    paragraphs,
    with_password,
)
from tests.pdf import text_of

NOW = datetime(2026, 3, 3, 12, 30, tzinfo=ZoneInfo("Europe/London"))
FORM = Filled(
    "Connect Housing",
    "A referral",
    ("To the duty team",),
    (Section("Who is it about & why", paragraphs("Maria <Novák>\n\n#set page(fill: red) *bold*\x07")),),
    "Reference AB12",
)


def test_the_pdf_passes_the_check_of_the_compiler_and_runs_nothing_that_was_typed() -> None:
    pdf = as_pdf(FORM, NOW)
    said = text_of(pdf)
    assert "Maria <Novák>" in said
    assert "#set page(fill: red) *bold*" in said
    assert b"pdfuaid:part" in pdf
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"


def test_with_a_password_it_opens_for_who_has_it_and_reads_aloud_as_before() -> None:
    locked = with_password(as_pdf(FORM, NOW), "lantern-meadow-42")
    assert b"Novak" not in locked
    assert "Maria" not in text_of(locked)
    assert not PdfReader(BytesIO(locked)).decrypt("lantern")
    reader = PdfReader(BytesIO(locked))
    assert reader.decrypt("lantern-meadow-42")
    assert "Maria <Novák>" in reader.pages[0].extract_text()
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert reader.trailer["/Encrypt"]["/V"] == 5  # AES with a key of 256 bits


def test_the_word_file_holds_headings_and_paragraphs_and_nothing_that_runs() -> None:
    made = zipfile.ZipFile(BytesIO(as_word(FORM, NOW)))
    assert made.testzip() is None
    assert not [name for name in made.namelist() if "macro" in name.lower() or name.endswith(".bin")]
    body = ElementTree.fromstring(made.read("word/document.xml"))  # noqa: S314 - we made it ourselves, a line ago
    words = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = [
        (one.find(f"{words}pPr/{words}pStyle").get(f"{words}val"), "".join(one.itertext()))
        for one in body.iter(f"{words}p")
    ]
    assert ("Heading1", "A referral") in lines
    assert ("Heading2", "Who is it about & why") in lines
    assert ("Normal", "Maria <Novák>") in lines
    assert "<dc:title>Document</dc:title>" in made.read("docProps/core.xml").decode()


def test_letters_that_the_font_does_not_have_are_said_and_not_left_out() -> None:
    with pytest.raises(CannotShow, match="世"):
        as_pdf(Filled("a", "b", (), (Section("c", ("世",)),), "d"), NOW)
