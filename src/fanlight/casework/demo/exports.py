"""What a made-up housing system exports: homes, tenants and tenancies of an invented landlord, as many as are asked for.

Streets, names and references are invented; postcodes begin with a letter with which none begins; telephone numbers are of the
ranges that are kept for drama. All chance is seeded: the same words give the same files.
"""

import csv
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from fanlight.casework.demo.people import _CHILDREN, _MEN, _WELSH_CHILDREN, _WELSH_MEN, _WELSH_WOMEN, _WOMEN, telephone

HEADS = {
    "people": (
        *(
            "Person reference",
            "Title",
            "Given names",
            "Family name",
            "Former names",
            "Date of birth",
            "Telephone",
            "Mobile",
        ),
        *("Email", "Language", "Interpreter needed", "Communication needs", "Access needs"),
    ),
    "homes": ("Home reference", "Address 1", "Address 2", "Address 3", "Town", "Postcode", "UPRN", "Patch"),
    "tenancies": ("Tenancy reference", "Home reference", "Kind", "Tenure", "Joint or sole", "Start date", "End date"),
    "residents": ("Person reference", "Tenancy reference", "Role", "From", "To"),
}

_FIRST = (
    *(
        "Larkspur",
        "Tansy",
        "Bramling",
        "Copperbeech",
        "Kestrelfold",
        "Millrace",
        "Oxlip",
        "Quillback",
        "Ravelin",
        "Saltern",
    ),
    *("Thistledown", "Umberside", "Vetchling", "Wheatear", "Yarrowfield", "Alderkirk", "Bellwether", "Candlewick"),
    *(
        "Dovecote",
        "Elderflower",
        "Fiddlehead",
        "Goosegrass",
        "Harebell",
        "Ironmaster",
        "Juniperus",
        "Kingcup",
        "Lanternside",
    ),
    *("Merlinhurst", "Nettlecombe", "Orrery", "Pearwood", "Quarrymans", "Rookhope", "Silverweed", "Teasel", "Weavers"),
)
_KINDS = ("Close", "Road", "Street", "Avenue", "Way", "Court", "Gardens", "Lane", "Rise", "Terrace")
_WELSH_FIRST = (
    *("Maes y Gragen", "Heol yr Ehedydd", "Clos y Fedwen Wen", "Ffordd Pen Bryniau", "Rhes y Gwehydd", "Lôn Dwr Oer"),
    *("Heol Carreg Las", "Maes Glas y Dorlan", "Clos Pont Fach", "Rhodfa Llwyn Onn Isaf", "Stryd y Felin Goch"),
)
_TOWNS = ("Harrowmere", "Nether Wick", "Castlebeck", "Overdale", "St Osyn", "Marlby")
_WELSH_TOWNS = ("Aberllwyd", "Cwmhelygen", "Pentrewern", "Tregaregog")
_BEGINNINGS = (
    *(
        "Ash",
        "Bram",
        "Cald",
        "Dun",
        "Els",
        "Fen",
        "Gar",
        "Hart",
        "Ing",
        "Kel",
        "Lang",
        "Mar",
        "Nor",
        "Os",
        "Pen",
        "Quar",
    ),
    *("Rad", "Sel", "Thorn", "Ul", "Ver", "Wal", "Yar", "Brad", "Cor", "Den", "Hol", "Lin", "Mel", "Stan"),
)
_ENDINGS = (
    *("acre", "bourne", "by", "combe", "croft", "dale", "den", "field", "ford", "garth", "hampton", "hurst", "ington"),
    *("lake", "leigh", "low", "mere", "moor", "ridge", "shaw", "stead", "stow", "thwaite", "ton", "wick", "worth"),
)
_LANGUAGES = (
    "Polish",
    "Urdu",
    "Arabic",
    "Romanian",
    "Panjabi",
    "Portuguese",
    "Kurdish",
    "British Sign Language",
    "Tigrinya",
)
_COMMUNICATION = (
    "Large print, please.",
    "Prefers a text message to a call: hard of hearing.",
    "Reads slowly: one thing at a time.",
    "Likes somebody with them when letters are explained.",
)
_ACCESS = ("Uses a wheelchair.", "No stairs.", "Needs time to come to the door.", "A dog in the home: ring first.")
_ONE_IN = {"language": 14, "communication": 25, "access": 18, "former": 9, "double": 30, "joint": 4, "gone": 9}


YOUNGEST_PARENT, OLDEST_PARENT = 18, 42


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody who is to be among the tenants, and with whom they live."""

    given_names: str
    family_name: str
    phone: str = ""
    with_: tuple["Somebody", ...] = ()
    patch: str = ""
    holds: bool = True
    is_plain: bool = False
    """They are spoken with in English or Welsh: the story of a case that names them books no interpreter."""
    years: int | None = None
    """How old they are, where a story says so."""


class Export:
    """The files of one landlord's housing system, written as they are made: it holds one household at a time."""

    def __init__(self, seed: str, patches: Sequence[str], *, today: date, welsh: bool = False) -> None:
        self.chance = Random(f"fanlight export {seed}")
        self.ages = Random(f"fanlight ages {seed}")
        self.patches = patches
        self.today = today
        self.welsh = welsh
        self.people = self.homes = self.tenancies = 0
        mostly = (_WELSH_WOMEN, _WELSH_MEN, _WELSH_CHILDREN) if welsh else (_WOMEN, _MEN, _CHILDREN)
        self._women, self._men, self._children = ([name.partition(" ")[0] for name in names] for names in mostly)

    def write(self, folder: Path, homes: int, known: Sequence[Somebody] = ()) -> None:
        """This function will write so many homes with those who live in them; `known` are the tenants of the first of them."""
        with ExitStack() as stack:
            files = {}
            for kind, head in HEADS.items():
                file = stack.enter_context((folder / f"{kind}.csv").open("w", encoding="utf-8", newline=""))
                files[kind] = csv.writer(file)
                files[kind].writerow(head)
            expected = iter(known)
            for _ in range(homes):
                for kind, row in self._household(next(expected, None)):
                    files[kind].writerow(row)

    def _household(self, known: Somebody | None) -> Iterator[tuple[str, list[str]]]:
        """A home, its tenancies of now and perhaps of before, and those who live in it."""
        self.homes += 1
        home = f"H{self.homes:06d}"
        yield "homes", self._home(home, known.patch if known else "")
        began = self.today - timedelta(days=self.chance.randrange(90, 9000))
        if self._one_in("gone") and not known:
            before = began - timedelta(days=self.chance.randrange(100, 3000))
            yield from self._tenancy(home, before, began - timedelta(days=7), None)
        if known or self.chance.random() < 0.97:
            yield from self._tenancy(home, began, None, known)

    def _tenancy(
        self, home: str, began: date, ended: date | None, known: Somebody | None
    ) -> Iterator[tuple[str, list[str]]]:
        self.tenancies += 1
        reference = f"T{self.tenancies:06d}/01"
        surname = self._surname()
        if known:
            living = [(known, "Tenant"), *((one, "Joint tenant" if one.holds else "Household") for one in known.with_)]
        else:
            living = [(Somebody(self._given(), surname), "Tenant")]
            if self._one_in("joint"):
                living.append(
                    (
                        Somebody(self._given(), surname if self.chance.random() < 0.6 else self._surname()),
                        "Joint tenant",
                    )
                )
            children = self.chance.choices((0, 1, 2, 3), (62, 20, 13, 5))[0]
            living += [(Somebody(self.chance.choice(self._children), surname), "Household") for _ in range(children)]
        joint = sum(role != "Household" for _, role in living) > 1
        kind = "Occupation contract" if self.welsh else self.chance.choice(("Assured", "Assured", "Secure", "Starter"))
        tenure = self.chance.choices(("General needs", "Sheltered", "Shared ownership", "Supported"), (80, 12, 4, 4))[0]
        said = ["Joint" if joint else "Sole", _day(began), _day(ended)]
        yield "tenancies", [reference, home, kind, tenure, *said]
        ages = self._ages([role == "Household" for _, role in living], known)
        for (one, role), years in zip(living, ages, strict=True):
            person = self._person(one, years, is_child=role == "Household")
            yield "people", person
            yield "residents", [person[0], reference, role, _day(began), _day(ended)]

    def _ages(self, is_child: Sequence[bool], known: Somebody | None) -> list[int]:
        """How old those of a household are: adults are old enough for the children, and those who are together are of an age.

        Tenants of whom no case tells, and who have no children at home, may be as old as tenants are.
        """
        first = known.years if known else None
        most = 18 if first is None else max(1, min(18, first - YOUNGEST_PARENT + 1))
        young = {place: self.ages.randrange(most) for place, child in enumerate(is_child) if child}
        oldest = max(young.values(), default=None)
        least = 18 if oldest is None else oldest + YOUNGEST_PARENT
        if first is None:
            first = self.ages.randrange(least, oldest + OLDEST_PARENT if oldest is not None else 66 if known else 92)
        beside = [max(least, first + self.ages.randrange(-9, 10)) for _ in is_child[1:]]
        return [young.get(place, age) for place, age in enumerate((first, *beside))]

    def _person(self, one: Somebody, years: int, *, is_child: bool) -> list[str]:
        self.people += 1
        since = self.today.replace(year=self.today.year - years, day=min(self.today.day, 28))
        born = since - timedelta(days=self.chance.randrange(1, 360))
        phone = one.phone or ("" if is_child or self.chance.random() < 0.08 else telephone(self.chance))
        email = ""
        if not is_child and self.chance.random() < 0.6:
            email = f"tenant.{self.people}@{self.chance.choice(('example.com', 'example.org', 'example.net'))}"
        language = "Welsh" if self.welsh and self._one_in("former") else ""
        if self._one_in("language") and not one.is_plain:
            language = self.chance.choice(_LANGUAGES)
        interpreter = ("Yes" if self.chance.random() < 0.5 else "No") if language and language != "Welsh" else ""
        return [
            f"P{self.people:06d}",
            "" if is_child else self.chance.choice(("Mr", "Mrs", "Ms", "Miss", "", "Mx")),
            one.given_names,
            one.family_name,
            self._surname() if self._one_in("former") and not is_child else "",
            _day(born),
            phone if phone.startswith("01") else "",
            "" if phone.startswith("01") else phone,
            email,
            language,
            interpreter,
            self.chance.choice(_COMMUNICATION) if self._one_in("communication") else "",
            self.chance.choice(_ACCESS) if self._one_in("access") else "",
        ]

    def _home(self, reference: str, patch: str) -> list[str]:
        number = self.chance.randrange(1, 160)
        if self.welsh and self.chance.random() < 0.6:
            street = self.chance.choice(_WELSH_FIRST)
        else:
            street = f"{self.chance.choice(_FIRST)} {self.chance.choice(_KINDS)}"
        flat = f"Flat {self.chance.randrange(1, 25)}" if self.chance.random() < 0.25 else ""
        lines = [flat, f"{number} {street}"] if flat else [f"{number} {street}", ""]
        letters = "".join(self.chance.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        postcode = (
            f"Q{self.chance.choice('ABCDEFGH')}{self.chance.randrange(1, 99)} {self.chance.randrange(1, 10)}{letters}"
        )
        town = self.chance.choice(_WELSH_TOWNS if self.welsh else _TOWNS)
        uprn = f"{999_000_000_000 + self.homes}"
        return [reference, *lines, "", town, postcode, uprn, patch or self.patches[self.homes % len(self.patches)]]

    def _given(self) -> str:
        names = self._women if self.chance.random() < 0.55 else self._men
        given = self.chance.choice(names)
        return f"{given} {self.chance.choice(names)}" if self.chance.random() < 0.3 else given

    def _surname(self) -> str:
        name = self.chance.choice(_BEGINNINGS) + self.chance.choice(_ENDINGS)
        if self._one_in("double"):
            name += f"-{self.chance.choice(_BEGINNINGS)}{self.chance.choice(_ENDINGS)}"
        return name

    def _one_in(self, what: str) -> bool:
        return self.chance.randrange(_ONE_IN[what]) == 0


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def make_export(folder: Path, homes: int, **how: Any) -> Export:
    """This function will write the export of an invented landlord, and give how much there is in it."""
    export = Export(how.pop("seed", "bench"), how.pop("patches"), **how)
    export.write(folder, homes)
    return export
