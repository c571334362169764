"""A referral as a PDF that a screen reader can read, the same with a password, and as a Word file that can be worked on."""

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import typst
from pypdf import PdfReader, PdfWriter
from pypdf.constants import UserAccessPermissions

from fanlight.present import LONDON

_HERE = Path(__file__).parent
TITLE = "Document"
"""What the file calls itself, outside as inside: it says nothing."""


@dataclass(frozen=True, slots=True)
class Section:
    """One question of the form, and its answer, paragraph by paragraph."""

    ask: str
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with everything filled in: what the documents are made of, and nothing beside it."""

    sender: str
    heading: str
    top: tuple[str, ...]
    sections: tuple[Section, ...]
    our_reference: str
    title: str = TITLE


def paragraphs(text: str) -> tuple[str, ...]:
    """This function will give the paragraphs of what somebody typed: a line each, without what no file may hold."""
    return tuple(line for line in (_UNPRINTED.sub("", line).strip() for line in text.splitlines()) if line)


_UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class CannotShow(Exception):
    """Letters were typed that the font of the documents does not have: `letters` are some of them, where the compiler says which."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        super().__init__(letters)


def as_pdf(filled: Filled, now: datetime) -> bytes:
    """This function will make the PDF: PDF/UA-1, which the compiler checks, with the font that comes with Fanlight and no other.

    It raises CannotShow for letters that the font does not have.
    """
    try:
        made = _compiled(filled, now)
    except typst.TypstError as error:
        if found := _NOT_SHOWN.search(str(error)):
            raise CannotShow(found[1]) from error
        raise
    if not isinstance(made, bytes):
        raise TypeError("a referral is one document")
    return made


_NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')


def _compiled(filled: Filled, now: datetime) -> object:
    return typst.compile(
        str(_HERE / "referral.typ"),
        root=str(_HERE),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"referral": json.dumps(asdict(filled), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(now.timestamp()),
    )


def with_password(pdf: bytes, password: str) -> bytes:
    """This function will lock a PDF with a password (AES, 256 bits). A screen reader may still read what is opened with it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    may = UserAccessPermissions.PRINT | UserAccessPermissions.PRINT_TO_REPRESENTATION
    may |= UserAccessPermissions.EXTRACT | UserAccessPermissions.EXTRACT_TEXT_AND_GRAPHICS
    writer.encrypt(user_password=password, algorithm="AES-256", permissions_flag=may)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_OF_THE_DOCUMENT = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>'
)


def _style(name: str, title: str, size: int, *, outline: int | None = None) -> str:
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    bold = "" if outline is None else "<w:b/>"
    kept = "" if outline is None else "<w:keepNext/>"
    based = "" if name == "Normal" else '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
    default = ' w:default="1"' if name == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{title}"/>{based}<w:qFormat/>'
        f'<w:pPr>{kept}<w:spacing w:before="{120 if outline is None else 240}" w:after="120"/>{level}</w:pPr>'
        f'<w:rPr>{bold}<w:sz w:val="{size}"/></w:rPr></w:style>'
    )


_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>'
    f"{_style('Normal', 'Normal', 22)}{_style('Heading1', 'heading 1', 30, outline=0)}"
    f"{_style('Heading2', 'heading 2', 24, outline=1)}</w:styles>"
)


def as_word(filled: Filled, now: datetime) -> bytes:
    """This function will make the Word file: headings that a screen reader finds, plain paragraphs, nothing that runs."""
    body = "".join(_paragraph(text, style) for style, text in _blocks(filled))
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1247" w:right="1247" w:bottom="1247" w:left="1247" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
    )
    document = f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{body}{page}</w:body></w:document>'
    made = now.astimezone(LONDON)
    core = (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{TITLE}</dc:title><dc:creator>{escape(filled.sender)}</dc:creator><dc:language>en-GB</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made:%Y-%m-%d}T00:00:00Z</dcterms:created></cp:coreProperties>'
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _OF_THE_DOCUMENT,
        "word/styles.xml": _STYLES,
        "docProps/core.xml": core,
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(zipfile.ZipInfo(name, (made.year, made.month, made.day, 0, 0, 0)), text.encode())
    return out.getvalue()


def _blocks(filled: Filled) -> Iterator[tuple[str, str]]:
    yield "Normal", filled.sender
    yield "Heading1", filled.heading
    for line in filled.top:
        yield "Normal", line
    for section in filled.sections:
        yield "Heading2", section.ask
        for paragraph in section.answer:
            yield "Normal", paragraph
    yield "Normal", filled.our_reference


def _paragraph(text: str, style: str) -> str:
    said = f'<w:r><w:t xml:space="preserve">{escape(_UNPRINTED.sub("", text))}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{said}</w:p>'
