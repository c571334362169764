"""The register of a demo's landlord: what a made-up housing system exports, through the import that a landlord would use.

Two of three households of the cases are among the tenants; the third is one that the landlord did not know.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from fanlight.casework import keys
from fanlight.casework.access import can
from fanlight.casework.actions.finish_import import finish_import
from fanlight.casework.actions.import_register import import_register
from fanlight.casework.demo.exports import Export, Somebody
from fanlight.casework.demo.people import Household
from fanlight.casework.demo.telling import Step, Telling
from fanlight.casework.housing_system import Fault, default_mapping
from fanlight.casework.keys import Subject
from fanlight.casework.landlords import settings_of
from fanlight.casework.models import Person, Staff
from fanlight.present import day_of

HOMES = 120


def the_register(
    landlord: str, staff: Mapping[str, Staff], tellings: Sequence[Telling], now: datetime, homes: int = HOMES
) -> list[Step]:
    """This function will import the register on the night before the first case, and tell the cases who of them is in it."""
    begins = min((step.at for telling in tellings for step in telling.steps), default=now)
    known: dict[str, int] = {}
    # Of a home in the register a visit would have to say which it is.
    households = [telling for place, telling in enumerate(tellings) if place % 3 and not telling.visits]
    for telling in households:
        telling.known = known
    named = {name for telling in households for name in _names(telling.household)}

    def act(moment: datetime) -> None:
        by = next(one for one in staff.values() if can(one, "register:import"))
        settings = settings_of(landlord)
        export = Export(landlord, settings.patches, today=day_of(moment), welsh="cy" in settings.languages)
        with TemporaryDirectory() as folder:
            export.write(Path(folder), homes + len(households), [_tenants(telling) for telling in households])
            imported = import_register(
                landlord_id=landlord,
                paths=[Path(folder)],
                mapping=default_mapping(),
                say=_fail,
                progress=lambda *_: None,
                by=by,
                now=moment,
            )
        finish_import(imported=imported, by=by, now=moment)
        _find(landlord, named, known)

    return [Step(begins - timedelta(hours=9), act)]


def _names(household: Household) -> tuple[str, ...]:
    return household.at_risk, household.causing_harm, *household.children


def _tenants(telling: Telling) -> Somebody:
    """The person at risk holds the tenancy, with the one who causes harm; the children live with them."""
    first, *others = (name.partition(" ")[::2] for name in _names(telling.household))
    living = tuple(
        Somebody(given, family, holds=place == 0, is_plain=True) for place, (given, family) in enumerate(others)
    )
    return Somebody(*first, with_=living, patch=telling.patch, is_plain=True, years=telling.age)


def _find(landlord: str, named: set[str], known: dict[str, int]) -> None:
    """Who of those named is who in the register; one of a name that two people have is left to be asked for."""
    people = list(Person.objects.filter(landlord_id=landlord, first_case=None))
    keys.warm(Subject("person", person.mark) for person in people)
    twice = set()
    for person in people:
        name = person.details.name
        if name in known:
            twice.add(name)
        elif name in named:
            known[name] = person.pk
    for name in twice:
        del known[name]


def _fail(fault: Fault) -> None:
    raise ValueError(str(fault))
