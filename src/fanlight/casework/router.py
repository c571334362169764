"""To whom does a referral go? The kind of service and the area go in; the right recipient, its form and the way in come out.

It is pure: the directory is an argument. A service that names its areas works there and nowhere else; one that names none works
everywhere. Who works in the very area comes before who works everywhere. Where the area is not known and it matters, nobody is
proposed: it is asked first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fanlight.casework.landlords import WAYS_IN, Length, Service

NOBODY = "The directory names nobody who takes this. Add who does it where you work, or refer to somebody else by name."
SAY_WHERE = "It depends on the area, and nobody has said in which area this is: record that first."


@dataclass(frozen=True, slots=True)
class Freshness:
    """Whether what the directory says of a service was made sure of, and when: `is_stale` where nobody did for too long."""

    assured: date | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Recipient:
    """A service that takes the referral: how (one of WAYS_IN, or empty where nobody knows), on which form, how fresh that is."""

    service: Service
    way: str
    is_local: bool
    freshness: Freshness

    @property
    def way_title(self) -> str:
        """How it takes a referral, in words."""
        return WAYS_IN.get(self.way, "The directory does not say how: ask them")


@dataclass(frozen=True, slots=True)
class Route:
    """Where a referral goes. `proposed` is the one right recipient, or None where a person must choose, or nobody is there.

    `recipients` are all who may be chosen, the right one first. `why_not` says why there is none, or why none is proposed;
    `asks_area` where the area must be known first; `only_in` are the areas where somebody takes it, where this is none of them.
    """

    kind: str
    area: str
    recipients: tuple[Recipient, ...]
    proposed: Recipient | None
    why_not: str = ""
    asks_area: bool = False
    only_in: tuple[str, ...] = ()


def route(
    kind: str, area: str, *, services: Iterable[Service], areas: Sequence[str], assured_for: Length, today: date
) -> Route:
    """This function will say to whom a referral of a kind goes in an area. `areas` are those in which the landlord works.

    A landlord that works in one area alone need not be told it.
    """
    where = area or (areas[0] if len(areas) == 1 else "")
    takers = [one for one in services if kind in one.kinds and one.takes_referrals]
    local = [one for one in takers if where and where in one.areas]
    everywhere = [one for one in takers if not one.areas]
    recipients = tuple(
        Recipient(one, way_into(one), is_local, freshness(one, assured_for, today))
        for is_local, group in ((True, local), (False, everywhere))
        for one in group
    )
    elsewhere = [one for one in takers if one.areas and one not in local]
    only_in = tuple(dict.fromkeys(name for one in elsewhere for name in one.areas))
    asks_area = not where and bool(elsewhere)
    best = [one for one in recipients if one.is_local] or list(recipients)
    if asks_area:
        return Route(kind, where, recipients, None, SAY_WHERE, asks_area=True, only_in=only_in)
    if len(best) == 1:
        return Route(kind, where, recipients, best[0])
    if best:
        return Route(kind, where, recipients, None, "More than one takes this here: choose the one that fits.")
    if elsewhere:
        said = f"The directory names somebody for {_and(only_in)} alone, and the area here is {where}. {_INSTEAD}"
        return Route(kind, where, (), None, said, only_in=only_in)
    return Route(kind, where, (), None, NOBODY)


_INSTEAD = "Do not send it there: find who does it here, and add them to the directory."


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def way_into(service: Service) -> str:
    """This function will say how a service takes a referral: as it says itself, or as what is known of it allows."""
    if service.way:
        return service.way
    if service.form or service.form_web:
        return "form"
    if service.email:
        return "email"
    return "phone" if service.phone else ""


def freshness(service: Service, assured_for: Length, today: date) -> Freshness:
    """This function will say when what is known of a service was last made sure of, and whether that is too long ago."""
    return Freshness(service.assured, service.assured is None or assured_for.after(service.assured) < today)
