"""What stands in a record of each kind, understood: somebody, a home, a tenancy, who lives where; or what is wrong with it.

A cell is kept as the text that it is: one that a spreadsheet would take for a formula is a text like any other.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from fanlight.casework.housing_system.faults import Fault, nearest
from fanlight.casework.housing_system.lines import Record, Records
from fanlight.casework.housing_system.mapping import Mapping, ways_of_dates
from fanlight.casework.keys.index import said_plainly
from fanlight.casework.landlords import LandlordSettings
from fanlight.casework.models import HomeDetails, PersonDetails

FORM = "1"
"""Of the fingerprint of a row: another number, and every row is taken for changed."""

_LONGEST = {
    "reference": 60,
    "person": 60,
    "home": 60,
    "tenancy": 60,
    "title": 40,
    "given_names": 120,
    "family_name": 120,
    "name": 240,
    "former_names": 300,
    "phones": 60,
    "emails": 254,
    "language": 60,
    "communication": 2000,
    "access_needs": 2000,
    "lines": 120,
    "postcode": 12,
    "uprn": 20,
    "patch": 80,
    "area": 80,
    "kind": 40,
    "tenure": 40,
}
OLDEST = 1880
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})")
_TIME_OF_DAY = re.compile(r"[ T]00:00(:00(\.0+)?)?Z?$")
_ALREADY = "Each line has a reference of its own: take one of the two out."


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody, as the housing system has them."""

    reference: str
    details: PersonDetails

    @property
    def key(self) -> str:
        """What tells it from every other of its kind."""
        return said_plainly(self.reference)

    def as_text(self) -> str:
        """This function will say all of it in one text, of which the fingerprint is made."""
        return _text("person", self.reference, self.details.as_text())


@dataclass(frozen=True, slots=True)
class HomeRow:
    """A home; `patch` and `area` are None where the file does not say them."""

    reference: str
    details: HomeDetails
    patch: str | None
    area: str | None

    @property
    def key(self) -> str:
        """What tells it from every other of its kind."""
        return said_plainly(self.reference)

    def as_text(self) -> str:
        """This function will say all of it in one text."""
        return _text("home", self.reference, self.details.as_text(), self.patch, self.area)


@dataclass(frozen=True, slots=True)
class PatchRow:
    """In which patch or area a home is."""

    home: str
    patch: str
    area: str

    @property
    def key(self) -> str:
        """What tells it from every other of its kind."""
        return said_plainly(self.home)


@dataclass(frozen=True, slots=True)
class TenancyRow:
    """A tenancy of a home."""

    reference: str
    home: str
    kind: str
    tenure: str
    is_joint: bool | None
    began_on: date | None
    ended_on: date | None

    @property
    def key(self) -> str:
        """What tells it from every other of its kind."""
        return said_plainly(self.reference)

    def as_text(self) -> str:
        """This function will say all of it in one text."""
        began, ended = str(self.began_on or ""), str(self.ended_on or "")
        return _text(
            "tenancy", self.reference, said_plainly(self.home), self.kind, self.tenure, self.is_joint, began, ended
        )


@dataclass(frozen=True, slots=True)
class ResidentRow:
    """Somebody who lives in a home, or lived there: by a tenancy, or without one."""

    person: str
    tenancy: str
    home: str
    holds: bool
    from_on: date | None
    to_on: date | None

    @property
    def key(self) -> str:
        """What tells it from every other of its kind."""
        where = f"tenancy {said_plainly(self.tenancy)}" if self.tenancy else f"home {said_plainly(self.home)}"
        return f"{said_plainly(self.person)} {where}"


Row = PersonRow | HomeRow | PatchRow | TenancyRow | ResidentRow


def _text(*said: object) -> str:
    return json.dumps([FORM, *said], ensure_ascii=False)


class Reader:
    """Understands the records of one file."""

    def __init__(self, records: Records, mapping: Mapping, landlord: LandlordSettings, today: date) -> None:
        self._records = records
        self._of = records.source.mapping
        self._columns = records.columns
        self._mapping = mapping
        self._landlord = landlord
        self._today = today
        self._ways = ways_of_dates(self._of.dates)
        self._nothing = mapping.words["nothing"]
        self._read = {
            "people": self._person,
            "homes": self._home,
            "patches": self._patch,
            "tenancies": self._tenancy,
            "residents": self._resident,
        }[self._of.kind]
        self._cells: list[str] = []
        self._line = 0
        self._faults: list[Fault] = []

    def read(self, record: Record) -> Row | tuple[Fault, ...]:
        """This function will give the row of a record, or what is wrong with it."""
        if record.faults:
            return record.faults
        self._cells, self._line, self._faults = record.cells, record.line, []
        row = self._read()
        return tuple(self._faults) if self._faults else row

    def _person(self) -> Row:
        given, family = self._one("given_names"), self._one("family_name")
        if whole := self._one("name"):
            given, family = self._divided(whole)
        if not given and not family:
            self._fault(
                "name" if "name" in self._columns else "family_name", "Nobody is named.", "Write what they are called."
            )
        former = [one.strip() for one in self._one("former_names").split(self._of.separator)]
        details = PersonDetails(
            given_names=given,
            family_name=family,
            title=self._one("title"),
            former_names=tuple(one for one in former if one),
            born=self._day("born", born=True),
            phones=self._several("phones"),
            emails=tuple(self._email(one) for one in self._several("emails")),
            language=self._one("language"),
            interpreter=self._yes_or_no("interpreter"),
            communication=self._one("communication"),
            access_needs=self._one("access_needs"),
        )
        return PersonRow(self._reference("reference"), details)

    def _divided(self, whole: str) -> tuple[str, str]:
        """Given names and family name of a whole name."""
        if self._of.names == "family, given":
            family, comma, given = whole.partition(",")
            if not comma:
                self._fault(
                    "name", "There is no comma in it.", 'The mapping says that names are written "family, given".'
                )
            return given.strip(), family.strip()
        words = whole.split()
        if self._of.names == "family given":
            return " ".join(words[1:]), words[0]
        return " ".join(words[:-1]), words[-1]

    def _home(self) -> Row:
        lines = self._several("lines")
        if len(lines) == 1 and "," in lines[0]:
            lines = tuple(part.strip() for part in lines[0].split(",") if part.strip())
        if not lines:
            self._fault("lines", "There is no address.", "Write its first line at least.")
        patch, area = self._place()
        details = HomeDetails(lines, self._postcode(), self._uprn())
        return HomeRow(self._reference("reference"), details, patch, area)

    def _patch(self) -> Row:
        patch, area = self._place()
        if not patch and not area and not self._faults:
            self._fault(
                "patch" if "patch" in self._columns else "area", "It says no patch.", "Write one, or take the line out."
            )
        return PatchRow(self._reference("home"), patch or "", area or "")

    def _place(self) -> tuple[str | None, str | None]:
        """Patch and area in the landlord's own words."""
        if "patch" not in self._columns and "area" not in self._columns:
            return None, None
        said, area = self._one("patch"), self._one("area")
        patch = self._mapping.patch_names.get(said.casefold(), said)
        known = {one.casefold(): one for one in self._landlord.patches}
        areas = {one.casefold(): one for one in self._landlord.areas}
        if patch and patch.casefold() not in known:
            mend = f"{nearest(patch, self._landlord.patches)} Or say in [patch_names] what it is called here."
            self._fault("patch", f"{_shown(patch)} is not a patch of this landlord.", mend)
            return "", ""
        patch = known.get(patch.casefold(), "")
        if area and area.casefold() not in areas:
            self._fault("area", f"{_shown(area)} is not an area of this landlord.", nearest(area, self._landlord.areas))
            return "", ""
        area = areas.get(area.casefold(), "")
        of_patch = self._landlord.area_of(patch) if patch else area
        if area and patch and area != of_patch:
            self._fault("area", f"{patch} does not lie in {area}.", f"It lies in {of_patch}: mend one of the two.")
        return patch, of_patch

    def _tenancy(self) -> Row:
        began, ended = self._day("began_on"), self._day("ended_on")
        self._in_order("ended_on", began, ended)
        return TenancyRow(
            self._reference("reference"),
            self._reference("home"),
            self._one("kind"),
            self._one("tenure"),
            self._either("joint", ("joint", "yes"), ("sole", "no")),
            began,
            ended,
        )

    def _resident(self) -> Row:
        began, ended = self._day("from_on"), self._day("to_on")
        self._in_order("to_on", began, ended)
        tenancy, home = self._one("tenancy"), self._one("home")
        if not said_plainly(tenancy) and not said_plainly(home):
            field = "tenancy" if "tenancy" in self._columns else "home"
            self._fault(field, "It does not say where they live.", "Write the reference of a tenancy or of a home.")
        holds = self._either("holds", ("holds", "yes"), ("household", "no"))
        return ResidentRow(self._reference("person"), tenancy, "" if tenancy else home, bool(holds), began, ended)

    def _one(self, field: str) -> str:
        found = self._columns.get(field)
        if not found:
            return ""
        return self._text(field, *found[0])

    def _several(self, field: str) -> tuple[str, ...]:
        found = (self._text(field, place, name) for place, name in self._columns.get(field, ()))
        return tuple(dict.fromkeys(one for one in found if one))

    def _text(self, field: str, place: int, column: str) -> str:
        text = " ".join(self._cells[place].split())
        if text.casefold() in self._nothing:
            return ""
        longest = _LONGEST.get(field, 60)
        if len(text) > longest:
            self._add(column, f"It is {len(text)} characters long.", f"It must be {longest} or fewer.")
        return text

    def _reference(self, field: str) -> str:
        text = self._one(field)
        if not said_plainly(text):
            self._fault(field, "There is no reference.", "Write the one that the housing system has for it.")
        return text

    def _email(self, text: str) -> str:
        if "@" not in text.strip("@") or " " in text:
            self._fault("emails", "It is not an e-mail address.", "Mend it, or leave it empty.")
        return text

    def _postcode(self) -> str:
        text = self._one("postcode").upper()
        if not text:
            return ""
        found = _POSTCODE.fullmatch(text)
        if not found:
            self._fault("postcode", "It is not a postcode.", "Write it as in QZ1 4AB, or leave it empty.")
            return ""
        return f"{found[1]} {found[2]}"

    def _uprn(self) -> str:
        text = self._one("uprn").removesuffix(".0")
        if not text:
            return ""
        if re.fullmatch(r"[0-9](\.[0-9]+)?E\+?[0-9]+", text.upper()):
            self._fault(
                "uprn", "A spreadsheet has rounded it.", "Export the column as text: the figures at its end are lost."
            )
        elif not (text.isascii() and text.isdigit() and 1 <= len(text) <= 12 and int(text)):
            self._fault("uprn", "It is not a UPRN.", "Write its one to twelve figures, or leave it empty.")
        else:
            return text.lstrip("0")
        return ""

    def _yes_or_no(self, field: str) -> bool | None:
        return self._either(field, ("yes",), ("no",))

    def _either(self, field: str, yes: Sequence[str], no: Sequence[str]) -> bool | None:
        text = self._one(field).casefold()
        if not text:
            return None
        words = self._mapping.words
        if any(text in words[one] for one in yes):
            return True
        if any(text in words[one] for one in no):
            return False
        known = sorted({word for one in (*yes, *no) for word in words[one]})
        mend = f"{nearest(text, known)} Or say in [words] of the mapping what it means."
        self._fault(field, f"{_shown(self._one(field))} is not understood.", mend)
        return None

    def _day(self, field: str, *, born: bool = False) -> date | None:
        text = self._one(field)
        if not text:
            return None
        found = day_in(text, self._ways)
        if found and born and found > self._today and "YYYY" not in "".join(self._of.dates):
            found = found.replace(year=found.year - 100)
        if found is None:
            self._fault(
                field,
                "It is not a date.",
                f"Write a day that there is, as {' or '.join(self._of.dates)}, or leave it empty.",
            )
        elif found.year < OLDEST or found.year > self._today.year + 100:
            self._fault(field, "The year cannot be right.", "Mend it, or leave it empty.")
        elif born and found > self._today:
            self._fault(field, "It is in the future.", "Mend it, or leave it empty.")
        return found

    def _in_order(self, field: str, began: date | None, ended: date | None) -> None:
        if began and ended and ended < began:
            self._fault(field, "It ends before it begins.", "Mend one of the two dates.")

    def _fault(self, field: str, what: str, mend: str) -> None:
        names = self._columns.get(field)
        self._add(names[0][1] if names else field, what, mend)

    def _add(self, column: str, what: str, mend: str) -> None:
        self._faults.append(Fault(self._records.name, self._line, column, what, mend))


@lru_cache(maxsize=65536)
def day_in(text: str, ways: tuple[str, ...]) -> date | None:
    """This function will give the day that a text says in one of these ways; midnight after it says nothing more."""
    plain = _TIME_OF_DAY.sub("", text)
    if not plain.isascii():
        return None
    for way in ways:
        try:
            found = datetime.strptime(plain, way)  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
        return found.date()
    return None


def _shown(word: str) -> str:
    """A word of the landlord's own lists, as a sentence shows it; of a longer text its beginning."""
    return f'"{word[:40]}…"' if len(word) > 40 else f'"{word}"'


def looks_like_formula(cells: Iterable[str]) -> bool:
    """This function will say whether a spreadsheet would take a cell for a formula; a number with a sign is none."""
    return any(
        cell[:1] in "=@" or (cell[:1] in "+-" and any(map(str.isalpha, cell))) for cell in map(str.strip, cells) if cell
    )
