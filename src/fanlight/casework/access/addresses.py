"""Who may know the protected addresses of the people of a case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fanlight.casework import sql
from fanlight.casework.access.kept import kept_from
from fanlight.casework.models import Case, Staff, one_with


def knowing(case: Case, people: Sequence[int] = (), *, now: datetime) -> sql.Read:
    """This function will say how it is read who may know the protected addresses of the people in a case; `known` takes the rows.

    `people` are their ids in the register with those of whoever is one with them, where they are known already. Whoever left, or
    is kept from the case, is not among those who may know, whoever named them.
    """
    whose = sql.marks(people)
    if not people:
        whose = f"""select same.id from casework_part part join casework_person who on who.id = part.person_id
            {one_with("who", "same")} where part.case_id = %s"""  # noqa: S608 - our own words; every value is a parameter
    return sql.Read(
        f"""from casework_mayknow mayknow join casework_staff knower on knower.id = mayknow.staff_id
        where mayknow.person_id in ({whose})
        and mayknow.ended_at is null and (mayknow.until is null or mayknow.until > %s)
        and knower.is_active and not {kept_from("%s", "knower.id")} order by mayknow.id""",
        [*(people or (case.pk,)), now, case.pk, case.pk],
        also=("mayknow.person_id", "mayknow.address", "mayknow.staff_id"),
    )


@dataclass(frozen=True, slots=True)
class Known:
    """Who may know which protected address of the people of a case: person → fingerprint of the address → whom, first named first."""

    to: Mapping[int, Mapping[str, tuple[int, ...]]]

    def may_know(self, staff: Staff, person_id: int, address: str | None = None) -> bool:
        """This function will say whether somebody who sees the case may know an address of a person; or, where none is said, every one."""
        of = self.to.get(person_id, {})
        if address is not None:
            return staff.pk in of.get(address, ())
        return bool(of) and all(staff.pk in knowers for knowers in of.values())

    def knowers(self, person_id: int, address: str | None = None) -> tuple[int, ...]:
        """This function will give the ids of those who may know an address of a person; or, where none is said, any of theirs."""
        of = self.to.get(person_id, {})
        said = of.values() if address is None else (of.get(address, ()),)
        return tuple(dict.fromkeys(one for knowers in said for one in knowers))


def known(rows: Iterable[Sequence[Any]]) -> Known:
    """This function will give who may know, of the rows that `knowing` reads."""
    to: dict[int, dict[str, tuple[int, ...]]] = {}
    for person_id, address, staff_id in rows:
        of = to.setdefault(person_id, {})
        of[address] = (*of.get(address, ()), staff_id)
    return Known(to)


def known_in(case: Case, *, now: datetime) -> Known:
    """This function will give who may know the protected addresses of the people of a case. It is one query."""
    return known(sql.select_together(knowing(case, now=now))[0])
