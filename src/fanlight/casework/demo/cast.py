"""Who works for each landlord of the demo: invented people, one at least for every role that staff hold.

Asha, Bronwen, Carys, Dev, Eve, Farah, Gwen, Huw and Iris are the people of the tests as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

PASSWORD = "the-window-over-the-door"  # noqa: S105 - it opens the demo alone, and is printed when the demo starts


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody on staff: the word by which stories call them, their name, and the roles that they hold, each in its patches."""

    handle: str
    name: str
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    female: bool = True

    def email(self, landlord: str) -> str:
        """This function will give the address with which they sign in."""
        return f"{self.handle}@{landlord}.example"


def _in(role: str, *patches: str) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({role: patches})


_KIRKLEES = ("Kirklees North", "Kirklees South")
_LEEDS = ("Leeds East", "Leeds West")
_REST = ("Wakefield", "Calderdale")
_STAFFORDSHIRE = ("Stafford and the north", "South Staffordshire")
_SHROPSHIRE = ("Shrewsbury and the north", "South Shropshire")

CAST: Mapping[str, tuple[Colleague, ...]] = MappingProxyType(
    {
        "connect": (
            Colleague("asha", "Asha Rahmani", _in("case_officer", *_KIRKLEES)),
            Colleague("bronwen", "Bronwen Tasker", _in("case_officer", *_LEEDS)),
            Colleague("moira", "Moira Haldane", _in("case_officer", *_REST)),
            Colleague("eve", "Eve Marlowe", _in("case_officer", *_LEEDS)),
            Colleague("tomasz", "Tomasz Wielki", _in("community_housing_officer", *_KIRKLEES), female=False),
            Colleague("nadia", "Nadia Ferrisby", _in("line_manager", *_KIRKLEES)),
            Colleague("owen", "Owen Latchford", _in("line_manager", *_LEEDS, *_REST), female=False),
            Colleague("samira", "Samira Docherty", _in("specialist_team")),
            Colleague("joan", "Joan Applegarth", _in("safeguarding_group")),
            Colleague("carys", "Carys Penhallow", _in("safeguarding_lead")),
            Colleague("liam", "Liam Stoddard", _in("all_staff"), female=False),
            Colleague("petra", "Petra Novakova-Hill", _in("all_staff")),
            Colleague("iris", "Iris Oldroyd", _in("managing_agent")),
            Colleague("farah", "Farah Siddall", _in("people_and_culture")),
            Colleague("gwen", "Gwen Ackerby", _in("executive")),
            Colleague("huw", "Huw Trevanion", _in("system_administrator"), female=False),
            Colleague("pia", "Pia Underhay", _in("data_protection_officer")),
        ),
        "ongo": (
            Colleague("dev", "Dev Malhan", _in("community_resolution_officer"), female=False),
            Colleague("rhona", "Rhona Kinnaird", _in("community_resolution_officer")),
            Colleague("callum", "Callum Brackley", _in("tenancy_officer"), female=False),
            Colleague("priti", "Priti Vaswani-Cole", _in("tenancy_officer")),
            Colleague("maud", "Maud Ellerby", _in("safeguarding_lead")),
            Colleague("stefan", "Stefan Orlick", _in("safeguarding_deputy"), female=False),
            Colleague("lottie", "Lottie Fenwright", _in("lettings_officer")),
            Colleague("gareth", "Gareth Molyneaux", _in("manager"), female=False),
            Colleague("robin", "Robin Hesketh-Vane", _in("all_staff"), female=False),
            Colleague("yusuf", "Yusuf Karimov-Dale", _in("people_and_culture"), female=False),
            Colleague("helena", "Helena Strand", _in("executive")),
            Colleague("ines", "Ines Cardozo", _in("system_administrator")),
            Colleague("tomos", "Tomos Wragby", _in("data_protection_officer"), female=False),
        ),
        "one-vision": (
            Colleague("nasreen", "Nasreen Hallam", _in("community_safety_team")),
            Colleague("colin", "Colin Wetherall", _in("community_safety_team"), female=False),
            Colleague("beatrix", "Beatrix Umney", _in("safeguarding_team")),
            Colleague("desmond", "Desmond Achebe-Ware", _in("line_manager", "Sefton North"), female=False),
            Colleague("orla", "Orla Finnerty", _in("line_manager", "Sefton South", "Outside Sefton")),
            Colleague("femi", "Femi Adebare", _in("neighbourhood_services", "Sefton North"), female=False),
            Colleague("judith", "Judith Crosland", _in("neighbourhood_services", "Sefton South", "Outside Sefton")),
            Colleague("karol", "Karol Zielny", _in("independent_living"), female=False),
            Colleague("tilda", "Tilda Rimmington", _in("customer_access")),
            Colleague("marcus", "Marcus Thwaitley", _in("customer_access"), female=False),
            Colleague("renee", "Renee Lacoste-Byrne", _in("all_staff")),
            Colleague("ottilie", "Ottilie Grange", _in("people_and_culture")),
            Colleague("percy", "Percy Ainsdale", _in("executive"), female=False),
            Colleague("zofia", "Zofia Marzec", _in("system_administrator")),
            Colleague("una", "Una Maghull", _in("data_protection_officer")),
        ),
        "housing-plus": (
            Colleague("leila", "Leila Ashgrove", _in("case_officer", *_STAFFORDSHIRE)),
            Colleague("ama", "Ama Boatright", _in("case_officer", *_STAFFORDSHIRE)),
            Colleague("rowan", "Rowan Beddows", _in("case_officer", *_SHROPSHIRE), female=False),
            Colleague("ned", "Ned Hockaday", _in("neighbourhoods", *_STAFFORDSHIRE), female=False),
            Colleague("sunita", "Sunita Pryce-Rao", _in("neighbourhoods", *_SHROPSHIRE)),
            Colleague("magda", "Magda Wolstan", _in("manager")),
            Colleague("barney", "Barney Cotterhill", _in("all_staff"), female=False),
            Colleague("wanda", "Wanda Skelhorn", _in("all_staff")),
            Colleague("clement", "Clement Oduya", _in("people_and_culture"), female=False),
            Colleague("edith", "Edith Marchbanks", _in("executive")),
            Colleague("ravi", "Ravi Sandhurst", _in("system_administrator"), female=False),
            Colleague("bea", "Bea Lilleshall", _in("data_protection_officer")),
        ),
        "tai-calon": (
            Colleague("cerys", "Cerys Mathrafal", _in("community_housing_officer", "Abertillery")),
            Colleague(
                "ioan", "Ioan Trefaldwyn", _in("community_housing_officer", "Brynmawr and Nantyglo"), female=False
            ),
            Colleague("dilwen", "Dilwen Carneddau", _in("community_housing_officer", "Ebbw Vale")),
            Colleague("mali", "Mali Pencraig", _in("community_housing_officer", "Tredegar")),
            Colleague("rhiannon", "Rhiannon Garthbeibio", _in("community_safety_officer")),
            Colleague("emrys", "Emrys Llanfyllin", _in("housing_manager"), female=False),
            Colleague("nerys", "Nerys Cefnllys", _in("line_manager")),
            Colleague("gwawr", "Gwawr Bryncelyn", _in("all_staff")),
            Colleague("tegwen", "Tegwen Abermule", _in("people_and_culture")),
            Colleague("aled", "Aled Berriew", _in("executive"), female=False),
            Colleague("sioned", "Sioned Llanerfyl", _in("system_administrator")),
            Colleague("delyth", "Delyth Tafarnau", _in("data_protection_officer")),
        ),
    }
)
