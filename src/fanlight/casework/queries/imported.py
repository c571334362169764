"""What an import asks of the register before it writes: what is there already, who is protected, and whether an export is whole."""

from collections.abc import Callable, Collection

from fanlight.casework import keys, sql
from fanlight.casework.housing_system import Fault, Source
from fanlight.casework.keys import Subject
from fanlight.casework.keys.index import said_plainly
from fanlight.casework.models import Person
from fanlight.casework.queries.protected_people import protected_people

MANY = 50
"""So many may be ended without a question, whatever their share."""
SHARE = 0.8
"""An export with less than this of what was there before is taken for one that was cut short."""

_TABLES = {
    "people": ("casework_person", "person_reference"),
    "homes": ("casework_home", "home_reference"),
    "tenancies": ("casework_tenancy", "tenancy_reference"),
}
_OPEN = {"tenancies": ("casework_tenancy", "ended_on"), "residents": ("casework_resident", "to_on")}


def held_by(landlord_id: str) -> Callable[[str, Collection[str]], Collection[str]]:
    """This function will give the question which of some references the register of a landlord holds already."""

    def held(kind: str, references: Collection[str]) -> Collection[str]:
        table, of = _TABLES[kind]
        indexes = {keys.blind(of, reference, within=landlord_id): reference for reference in references}
        if not indexes:
            return ()
        which = f"""from {table} one where one.landlord_id = %s and one.reference_index in ({sql.marks(tuple(indexes))})
            and one.reference_index <> ''"""
        return [indexes[row[0]] for row in sql.select(which, [landlord_id, *indexes], also=("one.reference_index",))]

    return held


def protected_references(landlord_id: str) -> frozenset[str]:
    """This function will give the references of people whose address is protected, folded, as an export has them."""
    people = Person.objects.filter(pk__in=protected_people(landlord_id)).exclude(reference_index="")
    held = list(people)
    keys.warm(Subject("person", person.mark) for person in held)
    found = set()
    for person in held:
        try:
            found.add(said_plainly(person.reference))
        except keys.Unreadable:
            continue
    return frozenset(found)


def cut_short(landlord_id: str, source: Source, lines: int) -> Fault | None:
    """This function will say where an export has so much less than the one before that its end may be missing."""
    if source.kind not in _OPEN:
        return None
    table, column = _OPEN[source.kind]
    which = f"from {table} one where one.landlord_id = %s and one.imported_as <> '' and one.{column} is null"
    before: int = sql.select(which, [landlord_id], also=("count(*)",))[0][0]
    if before - lines <= MANY or lines >= before * SHARE:
        return None
    what = f"It has {lines:,} lines, and {before:,} of the register are not ended: its end may be missing."
    return Fault(source.name, 0, "", what, "Export it again; where it is right, run the import with --fewer.")


def last_resident() -> int:
    """This function will give the last of those who are known to live somewhere, so that those who come after it are told apart."""
    # Of every landlord: the end of the index of ids, however many there are.
    last: int = sql.select("from casework_resident one", [], also=("coalesce(max(one.id), 0)",))[0][0]
    return last
