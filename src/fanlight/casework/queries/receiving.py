"""Who must not receive anything of a case, however they are typed: for a share and for a referral alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from fanlight.casework.landlords import Service
from fanlight.casework.models import Case, MustNotReceive, Relation, Staff
from fanlight.casework.naming import Naming, body_words, is_same_body, names_body, names_person
from fanlight.casework.queries.directory import directory_of, named_in
from fanlight.casework.queries.ways import Known
from fanlight.casework.redaction import Hidden, digits, says

THEIRS = ("relatives", "married", "civil_partners", "intimate", "agreed_to_marry", "agreed_civil_partnership", "friend")
"""How somebody stands to whoever causes harm to whom nothing may go, but for those whom the case protects."""
PROTECTED = ("person_at_risk", "adult_at_risk", "child")
NOTHING_MAY_GO = "Nothing of this case may go to them:"
_WHO_IT_IS = (
    "If it is somebody else, write their whole name, or choose a service of the directory. If that is still like it, "
    "send it to another receiver."
)
WHY_BARRED = {
    ("list", "named"): f"{NOTHING_MAY_GO} it is on the list of those who must not receive it.",
    (
        "list",
        "like",
    ): f"{NOTHING_MAY_GO} the name is like one on the list of those who must not receive it. {_WHO_IT_IS}",
    ("harm", "named"): f"{NOTHING_MAY_GO} they cause harm in it, or are close to whoever does.",
    (
        "harm",
        "like",
    ): f"{NOTHING_MAY_GO} the name is like that of somebody who causes harm in it, or is close to whoever "
    f"does. {_WHO_IT_IS}",
}
"""Why nothing may go, by whom the receiver is and how they are named."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """To whom something would go: a service of the directory or a name that was typed, for whom there, and where."""

    service: str = ""
    name: str = ""
    attention: str = ""
    where: str = ""

    @property
    def typed(self) -> tuple[str, ...]:
        """What was typed of them."""
        return tuple(filter(None, (self.name, self.attention, self.where)))


def why_may_not_receive(case: Case, receiver: Receiver, by: Staff, now: datetime) -> str:
    """This function will say why nothing of a case may go to a receiver, or nothing. What is like a name bars as the name does."""
    known = Known(case, by, now)
    services = directory_of(case.landlord_id)
    found = [("list", how) for how in _on_the_list(case, receiver, services)]
    found += [("harm", how) for how in _of_harm(case, receiver, services, known)]
    return next((sentence for why, sentence in WHY_BARRED.items() if why in found), "")


def _on_the_list(case: Case, receiver: Receiver, services: Sequence[Service]) -> Iterator[Naming]:
    chosen = next((one for one in services if one.id == receiver.service), None)
    meant = [chosen] if chosen else named_in(services, receiver.name)
    for row in MustNotReceive.objects.filter(case=case, ended_at=None):
        barred = [one for one in services if one.id == row.service] if row.service else named_in(services, row.name)
        if row.service == receiver.service != "" or any(one in barred for one in meant):
            yield "named"
        for name in filter(None, (row.name, *chain(*((one.name, one.organisation) for one in barred)))):
            yield from _by_name(name, receiver, chosen, is_typed=name == row.name, is_known=bool(meant))
        if any(_is_reached_at(one, receiver) for one in barred):
            yield "named"


def _by_name(
    name: str, receiver: Receiver, chosen: Service | None, *, is_typed: bool, is_known: bool
) -> Iterator[Naming]:
    """How a name on the list is named by a receiver: one that was typed may be a person's as well as an organisation's."""
    if chosen and (is_same_body(chosen.name, name) or (is_typed and names_body(chosen.name, name) == "named")):
        yield "named"
    for text in receiver.typed:
        if is_known and text == receiver.name:
            # A service of the directory by its name is that service: that its name is like another's says nothing.
            if is_typed and names_body(text, name) == "named":
                yield "named"
            continue
        if not is_typed and len(body_words(name)) == 1:
            # "Refuge" alone is the name of one, and a word in the names of many.
            yield "named" if is_same_body(text, name) else ""
            continue
        yield names_body(text, name)
        if is_typed:
            yield names_person(text, name, beside=receiver.typed)


def _is_reached_at(service: Service, receiver: Receiver) -> bool:
    """Whether what was typed is the number or the e-mail address of a service."""
    number = digits(service.phone)
    if number and any(digits(text) == number for text in receiver.typed if not any(map(str.isalpha, text))):
        return True
    reached = [Hidden(phones=(service.phone,), emails=(service.email,))]
    return any(says(text, reached) for text in receiver.typed)


def _of_harm(case: Case, receiver: Receiver, services: Sequence[Service], known: Known) -> Iterator[Naming]:
    """Whoever causes harm, and whoever is close to them, by their names and by every number and e-mail address of theirs."""
    harm = of_harm(case, {one.id: one.part for one in known.people})
    service = next((one for one in services if one.id == receiver.service), None)
    is_known = bool(named_in(services, receiver.name))
    for one in known.people:
        if one.id not in harm:
            continue
        details = one.details
        for name in filter(None, dict.fromkeys((one.name, details.name, *details.former_names))):
            for text in receiver.typed:
                how = names_person(text, name, beside=receiver.typed)
                yield how if how == "named" or not (is_known and text == receiver.name) else ""
            if service and names_person(service.name, name) == "named":
                yield "named"
        # By number and by e-mail address alone: a town is in the name of many an agency.
        ways = [way for way in known.ways if one.root is not None and known.root_of(way) == one.root and way.value]
        reached = Hidden(
            phones=(*details.phones, one.phone, *(way.value for way in ways if way.kind in ("phone", "text"))),
            emails=(*details.emails, *(way.value for way in ways if way.kind == "email")),
        )
        if any(says(text, [reached]) for text in receiver.typed):
            yield "named"


def of_harm(case: Case, parts: Mapping[int, str]) -> frozenset[int]:
    """This function will give those of the people of a case, of their parts by their numbers, who cause harm or are close to whoever does.

    Nobody whom the case protects is among them.
    """
    harm = {one for one, part in parts.items() if part == "causing_harm"}
    standing = Relation.objects.filter(case=case, answered_by=None, holds=True, kind__in=THEIRS)
    close = {
        other
        for pair in standing.values_list("one_id", "other_id")
        for one, other in (pair, pair[::-1])
        if one in harm and parts.get(other) not in PROTECTED
    }
    return frozenset(harm | close)
