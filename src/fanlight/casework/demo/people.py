"""The people in the cases: invented names, and telephone numbers from the ranges that are kept for drama."""

from dataclasses import dataclass
from random import Random

from fanlight.casework.models import Terms

_WOMEN = (
    "Alina Corby",
    "Amara Deeping",
    "Anita Sorrell",
    "Becky Halstock",
    "Carla Munnery",
    "Chloe Wexham",
    "Dawn Tillery",
    "Deborah Quince",
    "Emma Lorimer-Nash",
    "Esther Okonjo-Reed",
    "Fiona Kessock",
    "Gemma Tolley",
    "Grace Ampleford",
    "Hannah Birtley",
    "Jasmine Rook",
    "Jodie Farndon",
    "Karen Ottery",
    "Katya Melnyk-Shaw",
    "Kelly Standish-Moor",
    "Laura Penketh",
    "Leanne Grist",
    "Lucy Harbottle",
    "Maria Teixeira-Lund",
    "Marta Zawada",
    "Maya Chandler-Iqbal",
    "Michelle Yaxley",
    "Naomi Elvaston",
    "Nicola Burwash",
    "Patricia Lowmoor",
    "Paula Skerry",
    "Rachel Tunstead",
    "Rosa Delacourt",
    "Ruth Amberley",
    "Sadia Mirza-Holt",
    "Sharon Pickwell",
    "Sophie Ravensdale",
    "Stacey Cullompton",
    "Tanya Brigham-Lee",
    "Tracey Ullock",
    "Uzma Faraday",
    "Vicky Swaledale",
    "Yasmin Corrie",
    "Zoe Hartwith",
)
_WELSH_WOMEN = (
    "Angharad Penybont",
    "Bethan Llanwern",
    "Catrin Maesycwm",
    "Delyth Aberbran",
    "Eleri Tynewydd",
    "Elin Cwmcelyn",
    "Ffion Garnlydan",
    "Gwenllian Pantyffynnon",
    "Heledd Rassau",
    "Lowri Blaentillery",
    "Lynwen Sirhowy",
    "Manon Trefil",
    "Megan Nantybwch",
    "Nia Cwmtyleri",
    "Rhian Llanhilleth",
    "Siân Beaufort-Hill",
    "Siwan Ystruth",
    "Sara Waunlwyd",
)
_MEN = (
    "Adam Thornbury-Oakes",
    "Aaron Melksham",
    "Ben Fairlight",
    "Carl Eastoe",
    "Craig Dunmore-Lay",
    "Daniel Osgathorpe",
    "Darren Kimbolton",
    "Dominic Raithby",
    "Gary Snelgrove",
    "Hassan Belmarsh-Lowe",
    "Ian Copplestone",
    "Jamie Wraysholme",
    "Jason Holbeach",
    "Karl Evercreech",
    "Kevin Stainfield",
    "Lee Marwood",
    "Luke Ottershaw",
    "Marek Dabrow",
    "Martin Gedling-Poole",
    "Matthew Upsall",
    "Michael Carrowbridge",
    "Neil Threlkeld",
    "Omar Westgarth",
    "Paul Innerleigh",
    "Peter Caldmore",
    "Rashid Eynsham",
    "Ryan Goxhill",
    "Scott Balderton",
    "Shane Wickersley",
    "Steven Lulworth",
    "Stuart Pallister",
    "Terry Quorndon",
    "Tony Brackenfield",
    "Wayne Escrick",
)
_WELSH_MEN = (
    "Alun Cwmafon",
    "Bryn Llwynhelyg",
    "Carwyn Scwrfa",
    "Dafydd Glanebwy",
    "Elis Hafodyrynys",
    "Gethin Sixbells",
    "Gwilym Brynithel",
    "Iestyn Crosspenmaen",
    "Ieuan Soffryd",
    "Llyr Pontygof",
    "Rhodri Dukestown",
    "Rhys Bournville-Rees",
    "Steffan Badminton-Huws",
    "Tomos Cefngolau",
)
_CHILDREN = (
    "Alfie",
    "Amelia",
    "Ayaan",
    "Bella",
    "Callie",
    "Daisy",
    "Eddie",
    "Elsie",
    "Freya",
    "George",
    "Hana",
    "Harley",
    "Isla",
    "Jack",
    "Kian",
    "Lola",
    "Mason",
    "Mia",
    "Noah",
    "Poppy",
    "Reuben",
    "Rosie",
    "Tyler",
    "Zara",
)
_WELSH_CHILDREN = (
    "Cai",
    "Dylan",
    "Efa",
    "Gruff",
    "Lili",
    "Macsen",
    "Mabli",
    "Nansi",
    "Osian",
    "Seren",
    "Tirion",
    "Twm",
)

SAFE_CONTACT = (
    "Mobile only, weekdays between 10 and 2. Leave no message.",
    "Ring from a withheld number. If anyone else answers, say it is about the boiler service.",
    "Text first: 'Is Thursday still good?' Ring only once there is an answer.",
    "Mobile, mornings only. Nothing by post.",
    "E-mail only to the address given at work, not to the one on the tenancy.",
    "Own mobile while at work, Mondays to Thursdays. Never the landline.",
    "Work number, lunch hour. Ask for them by first name and say it is the library.",
    "Ring before noon; the phone is looked at in the evening. No texts.",
    "New mobile that nobody else knows of. Never say the number aloud.",
    "Weekdays between school runs. If it is not a good time they will say 'wrong number'.",
)


WAYS = (
    Terms(ask_for="their first name", not_words="Anything about the police", may_leave_message=False),
    Terms(words="It is about the boiler service", not_words="Housing, or a case", may_leave_message=False),
    Terms(words="Is Thursday still good?", code_word="Thursday", may_leave_message=False),
    Terms(days=("mon", "tue", "wed", "thu", "fri"), words="It is the library", must_not_learn="Anybody else at home"),
    Terms(code_word="Bluebell", may_leave_message=True, must_not_learn="His mother"),
    Terms(since="08:00", until="20:00", ask_for="the supervisor", must_not_learn="Anybody at work"),
)
"""On which terms the number that they gave is safe, once somebody has spoken with them and asked."""


@dataclass(frozen=True, slots=True)
class Household:
    """The people of one case: who is at risk, who causes harm, the children, and how the first may be reached.

    `safe_contact` is what was noted when they were named; `terms` are what they said themselves, and `landline` is not safe.
    """

    at_risk: str
    phone: str
    safe_contact: str
    causing_harm: str
    children: tuple[str, ...]
    terms: Terms
    landline: str


def household(
    chance: Random, *, welsh: bool, at_risk: str, causing_harm: str, children: int, used: set[str]
) -> Household:
    """This function will invent a household; `at_risk` and `causing_harm` are "f" or "m".

    Nobody has a name that is among those `used`, to which theirs are added.
    """
    survivor, other = _name(chance, at_risk, welsh, used), _name(chance, causing_harm, welsh, used)
    surname = survivor.partition(" ")[2]
    young = chance.sample(_WELSH_CHILDREN if welsh and chance.random() < 0.7 else _CHILDREN, children)
    return Household(
        at_risk=survivor,
        phone=telephone(chance),
        safe_contact=chance.choice(SAFE_CONTACT),
        causing_harm=other,
        children=tuple(f"{name} {surname}" for name in young),
        terms=chance.choice(WAYS),
        landline=f"01632 960{chance.randrange(1000):03d}",
    )


def telephone(chance: Random) -> str:
    """This function will give a number from the ranges that are kept for drama."""
    return chance.choice(("07700 900", "07700 900", "07700 900", "01632 960")) + f"{chance.randrange(1000):03d}"


def _name(chance: Random, sex: str, welsh: bool, used: set[str]) -> str:
    """This function will put the first name of one and the surname of another together, until nobody has it."""
    mostly_welsh = welsh and chance.random() < 0.75
    women, men = (_WELSH_WOMEN, _WELSH_MEN) if mostly_welsh else (_WOMEN, _MEN)
    while True:
        first = chance.choice(women if sex == "f" else men).partition(" ")[0]
        name = f"{first} {chance.choice(women + men).partition(' ')[2]}"
        if name not in used:
            used.add(name)
            return name
