"""Makes a register of people who do not exist, and what callers say of some of them: misspelt, misheard, turned round, moved.

It knows nothing of how people are looked for. Slips are those of fingers on a keyboard, of ears on a telephone and of
people who move: by lists of its own, by chance, from a seed. `python -m tests.recall` writes the set that the test reads.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path

SEED = 20261122
PEOPLE, QUERIES = 4000, 500
SET = Path(__file__).with_name("recall.csv")


def _words(text: str) -> list[str]:
    return text.split()


# Commonest first: how often each comes falls with its place.
_WOMEN = _words(
    """Margaret Susan Sarah Patricia Emma Karen Linda Elizabeth Jacqueline Julie Nicola Rebecca Christine Laura Deborah Samantha Jessica
Amanda Helen Catherine Michelle Jennifer Louise Sharon Joanne Victoria Alison Charlotte Rachel Claire Amy Lisa Hannah Angela Lauren
Natalie Stephanie Danielle Gemma Chloe Emily Tracey Mary Anne Jane Carol Barbara Kathleen Dorothy Maureen Jean Sheila Pauline Gillian
Siân Angharad Rhiannon Bethan Carys Ffion Cerys Nia Eleri Myfanwy Gwenllian Siobhan Niamh Aoife Bridget Fatima Aisha Zainab Khadija Shabana
Nasreen Parveen Harpreet Gurpreet Jaswinder Agnieszka Katarzyna Joanna Magdalena Blessing Chioma Adaeze Funmilayo Grace Precious Mei Ling
Svetlana Elena Ioana Andreea Yasmin Leila Amina Hodan Sophie Olivia Isabella Phoebe Georgina Francesca Philippa Josephine Penelope Theresa
Vivienne Wendy Yvonne Zoe Beverley Geraldine Hayley Kirsty Leanne Naomi Paige Roxanne Tamsin"""
)
_MEN = _words(
    """David John Paul Michael Andrew Peter Stephen Mark Robert Richard James Christopher Ian Kevin Anthony Gary Simon Alan Steven Martin
Philip Graham Thomas Daniel Matthew William Neil Jonathan Nicholas Darren Lee Stuart Colin Keith Jason Adam Craig Benjamin Joseph Edward
Dafydd Rhys Gareth Huw Ieuan Iwan Owain Gruffydd Llewellyn Geraint Siôn Emyr Tudur Sean Liam Patrick Declan Mohammed Muhammad Ahmed Ali Hassan
Hussain Imran Tariq Yusuf Ibrahim Gurdeep Manjit Rajinder Satnam Krzysztof Piotr Tomasz Andrzej Marek Emeka Chukwudi Oluwaseun Kwame Kofi
Wei Jun Ivan Dmitri Mihai Ionut Omar Abdul Samuel Alexander Frederick Gregory Timothy Terence Raymond Leonard Kenneth Geoffrey Malcolm
Trevor Clive Derek Desmond Maurice Norman Reginald Stanley Victor Walter Zachary Lewis Callum Jack Harry Oliver"""
)
_FAMILIES = _words(
    """Smith Jones Williams Taylor Brown Davies Evans Wilson Thomas Johnson Roberts Robinson Thompson Wright Walker White Edwards Hughes
Green Hall Lewis Harris Clarke Patel Jackson Wood Turner Martin Cooper Hill Ward Morris Moore Clark Lee King Baker Harrison Morgan Allen
James Scott Phillips Watson Davis Parker Price Bennett Young Griffiths Mitchell Kelly Cook Carter Richardson Bailey Collins Bell Shaw
Murphy Miller Cox Richards Khan Marshall Anderson Simpson Ellis Adams Singh Begum Wilkinson Foster Chapman Powell Webb Rogers Gray Mason
Ali Hunt Hussain Campbell Matthews Owen Palmer Holmes Mills Barnes Knight Lloyd Butler Russell Barker Fisher Stevens Jenkins Murray Dixon
Harvey Graham Pearson Ahmed Fletcher Walsh Kaur Gibson Howard Andrews Stewart Elliott Reynolds Saunders Payne Fox Ford Pearce Day Brooks
West Lawrence Cole Atkinson Bradley Spencer Gill Dawson Watts Burton McDonald Rees Hart Wallace Hughson Llewellyn Gruffydd Pritchard
Vaughan Maddox Bevan Probert O'Neill O'Connor McCarthy MacKenzie McLaughlin Fitzgerald Gallagher Nowak Kowalski Wójcik Kowalczyk Lewandowski
Zielinski Okafor Adeyemi Okonkwo Mensah Boateng Balogun Eze Chaudhry Choudhury Rahman Iqbal Akhtar Mahmood Qureshi Siddiqui Sharma Gupta
Popescu Ionescu Petrov Ivanova Nguyen Tran Chen Wang Zhang Featherstone Cholmondeley Ramsbottom Higginbottom Postlethwaite Arkwright"""
)
# Rarer names are made of these, as many are.
_FIRST = _words(
    "Ash Brad Clay Dun East Farn Grim Hag Holm Kirk Lang Mar Nor Oak Pem Quar Rad Shel Thorn Und Wal Whit Yar Bick Cald Eck Hep"
)
_SECOND = _words(
    "worth ley ton field shaw well bourne ham wick stead den croft thwaite by combe ridge gate man smith ford"
)
_STREETS = _words(
    """Acacia Mill Church Station Victoria Albert Park Chapel High Queen King School Green Windsor Grange York North South Springfield
Highfield Meadow Beech Oak Elm Hawthorn Maple Cedar Bronte Wharf Canal Moor Hillside Valley Priory Abbey"""
)
_KINDS = _words("Road Street Avenue Close Lane Drive Crescent Court Terrace Grove Way Place")
_AREAS = _words("LS BD HD WF HX S DN LN L CH CF NP SA")

# A list of its own, of names as callers say them.
_SAID = {
    "Margaret": "Maggie Peggy", "Susan": "Sue", "Patricia": "Pat Trish", "Elizabeth": "Liz Beth Betty", "Rebecca": "Becky",
    "Catherine": "Cathy Kate", "Jennifer": "Jenny", "Victoria": "Vicky", "Deborah": "Debbie", "Samantha": "Sam", "Amanda": "Mandy",
    "Nicola": "Nicky", "Christine": "Chris", "Stephanie": "Steph", "Jacqueline": "Jackie", "Dorothy": "Dot", "Theresa": "Terry",
    "Josephine": "Jo", "Philippa": "Pippa", "Georgina": "Gina", "Francesca": "Fran", "Kathleen": "Kath", "Danielle": "Dani",
    "David": "Dave", "Michael": "Mike Mick", "Andrew": "Andy", "Stephen": "Steve", "Robert": "Bob Rob", "Richard": "Dick Rick",
    "James": "Jim Jamie", "Christopher": "Chris", "Anthony": "Tony", "Thomas": "Tom", "Daniel": "Dan", "Matthew": "Matt",
    "William": "Bill Will", "Jonathan": "Jon", "Nicholas": "Nick", "Joseph": "Joe", "Edward": "Ted Ed", "Benjamin": "Ben",
    "Samuel": "Sam", "Alexander": "Alex Sandy", "Frederick": "Fred", "Gregory": "Greg", "Timothy": "Tim", "Terence": "Terry",
    "Raymond": "Ray", "Leonard": "Len", "Kenneth": "Ken", "Geoffrey": "Geoff", "Reginald": "Reg", "Stanley": "Stan",
    "Gareth": "Gaz", "Dafydd": "Dai", "John": "Jack", "Peter": "Pete", "Steven": "Steve", "Zachary": "Zac", "Lewis": "Lew",
}  # fmt: skip
# How a sound is written by one who only heard it. Each is tried as it stands, wherever it occurs.
_HEARD = (
    ("ph", "f"), ("f", "ph"), ("ck", "k"), ("c", "k"), ("k", "c"), ("ee", "ea"), ("ea", "ee"), ("ie", "y"), ("y", "ie"), ("i", "y"),
    ("s", "z"), ("z", "s"), ("tt", "t"), ("ll", "l"), ("l", "ll"), ("n", "nn"), ("nn", "n"), ("ss", "s"), ("th", "f"), ("th", "t"),
    ("ou", "u"), ("u", "oo"), ("ai", "ay"), ("ay", "ai"), ("ei", "ie"), ("gh", ""), ("h", ""), ("wr", "r"), ("kn", "n"), ("wh", "w"),
    ("er", "a"), ("or", "er"), ("au", "or"), ("v", "f"), ("w", "v"), ("dd", "th"), ("x", "cks"), ("que", "k"), ("j", "g"), ("ge", "je"),
    ("a", "e"), ("e", "a"), ("o", "oe"), ("sh", "ch"), ("ch", "sh"), ("mp", "m"), ("es", "is"), ("son", "sen"), ("Mc", "Mac"),
    ("Mac", "Mc"), ("O'", ""), ("Si\u00e2n", "Shan"), ("Si\u00f4n", "Shone"), ("Siobhan", "Shivorn"), ("Niamh", "Neve"), ("Aoife", "Eefa"),
    ("Rhys", "Reece"), ("Ieuan", "Yeyan"), ("Sean", "Shaun"), ("Huw", "Hugh"), ("Llew", "Lew"), ("Wei", "Way"),
)  # fmt: skip
_KEYS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl", "p": "ol", "a": "qsz",
    "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb", "h": "gyjn", "j": "hukm", "k": "jil", "l": "kop", "z": "asx", "x": "zsdc",
    "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Tongue:
    """How names of one language are made here, and how somebody writes them who only heard them, or has only seen them elsewhere."""

    given: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    heard: tuple[tuple[str, str], ...]


def _tongue(given: str, first: str, second: str, heard: str) -> _Tongue:
    pairs = [pair.partition(">") for pair in heard.split()]
    ends = ("",) if not second else tuple(second.split())
    return _Tongue(
        tuple(given.split()), tuple(first.split()), ends, tuple((written, said) for written, _, said in pairs)
    )


# Written > heard. Names that no such rule reads are written out whole.
_TONGUES = (
    _tongue(
        "Halina Beata Renata Mariusz Zenon Cezary Marzena Oliwia Kacper Bartosz Szymon Wanda Wiktor Wioletta Czesława",
        "Kamiń Sob Rutk Wiśni Zawadz Błasz Czern Szym Jaśk Gąsi Kręż Bąkow Dęb Sęk Rębi",
        "ewski owska owski kiewicz czyk",
        "ąb>omb ęb>emb ą>on ę>en w>v w>v sz>sh cz>ch ś>sh ł>l ski>sky icz>itch j>y ń>n",
    ),
    _tongue(
        "Ceri Ceinwen Cynan Siencyn Siarlot Gwilym Heulwen Iolo Mfanwy Aneirin Eirwen Gwenllian Lleuwen Meinir Sioned",
        "Hywel Ifan Rhydderch Tudur Cadog Cynfael Siancyn Meredydd Llywarch Morfudd Gwyndaf Penllyn",
        "",
        "C>K si>sh Si>Sh dd>th f>v ll>l Ll>L Rh>R w>oo y>i u>i yw>ow eu>ey ei>ay",
    ),
    _tongue(
        "Sadhbh Meabh Cillian Ruadhan Eoghan Clodagh Fiadh Naoise Caoilfhionn Dearbhla Oisin Tadhg Saoirse Roisin Cian",
        "O'Sullivan O'Flaherty O'Donoghue O'Callaghan O'Driscoll O'Mahony O'Halloran O'Loughlin O'Riordan O'Shaughnessy",
        "",
        "bh>v mh>v gh>h dh> Ci>Ki aoi>ee ao>ee O'>O O'> eo>o ghn>n si>shi ea>a lfh>l ui>i",
    ),
    _tongue(
        "Nusrat Shagufta Gurvinder Balwinder Kulwant Jaswant Farzana Rukhsana Rubina Zahida Waheed Naveed Parminder Tahira Sukhwant",
        "Bhatt Bhog Chaudh Dhill Mehm Shekh Jahang Raf Wahee Siddh Qadee Khatoo Naqv Bhull",
        "ar al an ery oon ood iq",
        "a>u a>e e>a ee>i oo>u i>ee w>v v>w bh>b Bh>B Dh>D q>k Q>K kh>k au>o dh>d",
    ),
    _tongue(
        "Oluwadamilola Oluwakemi Oluwaseyi Olubunmi Adekunle Adebola Oluwatosin Ayodele Omotayo Chukwuebuka Olusegun Adewale Omolade",
        "Ade Ola Oye Ogun Aki Obi Okon Nwa Eze",
        "yinka tunji wole lami kwo nkwo biyi sanya moye",
        "Oluwa> Ade> Olu> Omo> Ayo> Chukwu> un>on i>e",
    ),
    _tongue(
        "Deirdre Hilaire Rosalind Yves Beatriz Lucas Willem Margriet Estella Paloma Anselm Odile Thierry Marijke",
        "de_la_ van_der_ de_ du_ dos_ von_der_ van_den_ de_los_",
        "Tour Croix Santos Hoek Marais Linden Fontaine Heuvel Reyes Bosch Ville",
        "de_la_>La van_der_>Vander van_den_>Vanden de_la_>Dela de_>De von_der_>Vonder dos_>Dos du_>Du de_los_>Delos x>ks c>k y>i",
    ),
    _tongue(
        "Peregrine Philippa Rupert Lavinia Cecily Hugo Octavia Jocasta Ambrose Rosamund Crispin Araminta",
        "Featherstonehaugh Marjoribanks Cholmondeley Beauchamp Mainwaring Wriothesley Leveson Colquhoun Dalziel Menzies Cockburn Knollys",
        "",
        "Featherstonehaugh>Fanshaw Featherstonehaugh>Fetherstonhaugh Marjoribanks>Marchbanks Cholmondeley>Chumley Beauchamp>Beecham "
        "Mainwaring>Mannering Wriothesley>Rizley Leveson>Luson Colquhoun>Cahoon Dalziel>Dalyell Menzies>Mingis Cockburn>Coburn Knollys>Knowles",
    ),
)  # fmt: skip
EVERY = 40
"""One in so many has a name of one of those languages."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """One of the people of the register, where they live and where they lived before."""

    given: str
    family: str
    former: str
    born: date
    phone: str
    lines: tuple[str, ...]
    postcode: str
    before: tuple[tuple[str, ...], str] | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a caller says of one of them; `who` is their place in the register."""

    kind: str
    who: int
    name: str
    born: str = ""
    phone: str = ""
    address: str = ""


def register(number: int = PEOPLE, seed: int = SEED) -> Iterator[Somebody]:
    """This function will make so many people. The first of a longer register are those of a shorter one."""
    chance = random.Random(seed)
    home: tuple[tuple[str, ...], str] = _home(chance)
    family = _family(chance)
    for place in range(number):
        # Two in five share the home and the name of the one before them.
        if chance.random() > 0.4:
            home, family = _home(chance), _family(chance)
        woman = chance.random() < 0.56
        given = _by_frequency(chance, _WOMEN if woman else _MEN)
        if chance.random() < 0.3:
            given += " " + _by_frequency(chance, _WOMEN if woman else _MEN)
        double = woman and chance.random() < 0.04
        known_as = given, f"{family}-{_family(chance)}" if double else family
        if place % EVERY == EVERY - 1:
            known_as = _elsewhere(random.Random(seed + place), _tongue_of(place))
        yield Somebody(
            given=known_as[0],
            family=known_as[1],
            former=_family(chance) if woman and chance.random() < 0.15 else "",
            born=date(1935, 1, 1) + timedelta(days=chance.randrange(365 * 72)),
            phone=f"07{chance.choice('3457889')}{chance.randrange(10**8):08d}",
            lines=home[0],
            postcode=home[1],
            before=_home(chance) if chance.random() < 0.3 else None,
        )


def _tongue_of(place: int) -> _Tongue:
    return _TONGUES[place // EVERY % len(_TONGUES)]


def _elsewhere(chance: random.Random, tongue: _Tongue) -> tuple[str, str]:
    family = chance.choice(tongue.first) + chance.choice(tongue.second)
    return chance.choice(tongue.given), family.replace("_", " ")


def _by_frequency(chance: random.Random, names: Sequence[str]) -> str:
    # About one in thirty has the commonest given name, one in fifty the commonest family name.
    return chance.choices(names, cum_weights=_often(len(names)))[0]


@cache
def _often(number: int) -> list[float]:
    return list(accumulate(1 / (place + 12) for place in range(number)))


def _family(chance: random.Random) -> str:
    if chance.random() < 0.35:
        return chance.choice(_FIRST) + chance.choice(_SECOND)
    return _by_frequency(chance, _FAMILIES)


def _home(chance: random.Random) -> tuple[tuple[str, ...], str]:
    code = f"{chance.choice(_AREAS)}{chance.randrange(1, 30)} {chance.randrange(1, 10)}{chance.choice('ABDEFGHJLN')}{chance.choice('PQRSTUWXYZ')}"
    street = f"{chance.randrange(1, 180)} {chance.choice(_STREETS)} {chance.choice(_KINDS)}"
    flat = (f"Flat {chance.randrange(1, 24)}",) if chance.random() < 0.3 else ()
    return (*flat, street), code


def said_of(people: Sequence[Somebody], number: int = QUERIES, seed: int = SEED) -> Iterator[Said]:
    """This function will make what callers say, as many of each kind: misspelt, misheard, turned, moved, a figure wrong, foreign."""
    chance = random.Random(seed + 1)
    kinds = (_misspelt, _misheard, _turned, _moved, _figures, _foreign)
    for place in range(number):
        who = chance.randrange(len(people))
        yield kinds[place % len(kinds)](chance, who, people)


def _misspelt(chance: random.Random, who: int, people: Sequence[Somebody]) -> Said:
    one = people[who]
    given, family = one.given.split()[0], one.family
    which = chance.random()
    if which < 0.4:
        family = _slip(chance, family)
    elif which < 0.8:
        given = _slip(chance, given)
    else:
        given, family = _slip(chance, given), _slip(chance, family)
    return Said("misspelt", who, f"{given} {family}", **_also(chance, one))


def _misheard(chance: random.Random, who: int, people: Sequence[Somebody]) -> Said:
    one = people[who]
    given, family = _heard(chance, one.given.split()[0]), _heard(chance, one.family)
    return Said("misheard", who, f"{given} {family}", **_also(chance, one))


def _turned(chance: random.Random, who: int, people: Sequence[Somebody]) -> Said:
    one = people[who]
    given, *more = one.given.split()
    family = one.family
    ways = [f"{family} {given}", f"{family}, {given}", f"{given[0]} {family}", f"{given[0]}. {family}"]
    if given in _SAID:
        ways += [f"{chance.choice(_SAID[given].split())} {family}"] * 4
    if more:
        ways += [f"{more[0]} {family}", f"{given} {more[0]} {family}"]
    if "-" in family:
        ways += [f"{given} {half}" for half in family.split("-")] + [f"{given} {family.replace('-', ' ')}"]
    if one.former:
        ways += [f"{given} {one.former}"] * 2
    return Said("turned", who, chance.choice(ways), **_also(chance, one))


def _moved(chance: random.Random, who: int, people: Sequence[Somebody]) -> Said:
    """They live elsewhere than the caller says: where they lived before, or where nobody has them."""
    one = people[who]
    lines, code = one.before if one.before and chance.random() < 0.6 else _home(chance)
    name = f"{one.given.split()[0]} {one.family}"
    if chance.random() < 0.4:
        name = _slip(chance, name) if chance.random() < 0.5 else f"{one.given.split()[0]} {_heard(chance, one.family)}"
    address = ", ".join((*lines, code)) if chance.random() < 0.6 else code
    more = {"born": f"{one.born}"} if chance.random() < 0.7 else {"phone": one.phone}
    return Said("moved", who, name, address=address, **more)


def _figures(chance: random.Random, who: int, people: Sequence[Somebody]) -> Said:
    """A figure is wrong in the date of birth or in the number, or day and month are the other way round; the name may be too."""
    one = people[who]
    name = f"{one.given.split()[0]} {one.family}"
    if chance.random() < 0.3:
        name = _slip(chance, name)
    if chance.random() < 0.4:
        place = chance.randrange(3, len(one.phone))
        other = chance.choice([figure for figure in "0123456789" if figure != one.phone[place]])
        return Said("figures", who, name, phone=one.phone[:place] + other + one.phone[place + 1 :])
    return Said("figures", who, name, born=f"{_another_day(chance, one.born)}")


def _foreign(chance: random.Random, who: int, people: Sequence[Somebody]) -> Said:
    """A name of another language as it is heard here, and nothing else to go by."""
    who = who % (len(people) // EVERY) * EVERY + EVERY - 1
    one, tongue = people[who], _tongue_of(who)
    given, family = _as_heard(chance, one.given, tongue), _as_heard(chance, one.family, tongue)
    return Said("foreign", who, f"{given} {family}")


def _as_heard(chance: random.Random, name: str, tongue: _Tongue) -> str:
    """One or two of what is in the name, as it is heard."""
    ways = [(written.replace("_", " "), heard) for written, heard in tongue.heard]
    ways = [
        (written, heard) for written, heard in ways if written in name and len(name) - len(written) + len(heard) > 2
    ]
    for written, heard in chance.sample(ways, min(len(ways), chance.choice((1, 1, 2)))):
        if written in name and len(name) - len(written) + len(heard) > 2:
            name = name.replace(written, heard, 1)
            name = name[:1].upper() + name[1:]
    return name


def _another_day(chance: random.Random, born: date) -> date:
    if born.day <= 12 and born.day != born.month and chance.random() < 0.6:
        return born.replace(month=born.day, day=born.month)
    while True:
        text = f"{born:%Y%m%d}"
        place = chance.randrange(3, 8)
        text = text[:place] + chance.choice("0123456789") + text[place + 1 :]
        try:
            made = date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            continue
        if made != born:
            return made


def _also(chance: random.Random, one: Somebody) -> dict[str, str]:
    """What a caller says beside the name: one thing, most often the date of birth."""
    which = chance.random()
    if which < 0.55:
        return {"born": f"{one.born}"}
    if which < 0.75:
        return {"address": one.postcode}
    if which < 0.9:
        return {"phone": one.phone}
    return {"address": ", ".join(one.lines)}


def _slip(chance: random.Random, name: str) -> str:
    """One slip of the fingers: a letter left out, typed twice, exchanged with the next, or the key beside it."""
    places = [place for place, letter in enumerate(name) if letter.isalpha() and place]
    place = chance.choice(places)
    match chance.randrange(4):
        case 0:
            return name[:place] + name[place + 1 :]
        case 1:
            return name[:place] + name[place] + name[place:]
        case 2 if place + 1 < len(name) and name[place + 1].isalpha():
            return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    beside = _KEYS.get(name[place].lower(), "e")
    return name[:place] + chance.choice(beside) + name[place + 1 :]


def _heard(chance: random.Random, name: str) -> str:
    """A name as somebody wrote it who had only heard it: one sound, or two, written another way."""
    for _ in range(chance.choice((1, 1, 2))):
        ways = [(heard, written) for heard, written in _HEARD if heard in name[1:] or name.startswith(heard)]
        if ways:
            heard, written = chance.choice(ways)
            place = name.index(heard) if name.startswith(heard) else name.index(heard, 1)
            name = name[:place] + written + name[place + len(heard) :]
            name = name[:1].upper() + name[1:]
    return name


def read_set(path: Path = SET) -> list[Said]:
    """This function will read a set that was written."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Said(row["kind"], int(row["who"]), row["name"], row["born"], row["phone"], row["address"])
            for row in csv.DictReader(file)
        ]


def main() -> None:
    """This function will write the set that the test reads."""
    people = list(register())
    with SET.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("kind", "who", "name", "born", "phone", "address"))
        lines.writerows((one.kind, one.who, one.name, one.born, one.phone, one.address) for one in said_of(people))
    sys.stdout.write(f"{SET.name}: {QUERIES} of {PEOPLE} people\n")


if __name__ == "__main__":
    main()
