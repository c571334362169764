"""Of which receiver and which purpose somebody's word on being told about is: how far a yes reaches, and how far a no."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fanlight.casework import rulings
from fanlight.casework.landlords import Service
from fanlight.casework.naming import is_same_body, names_body, plain_words
from fanlight.casework.queries.directory import directory_of, named_in

ANY = "any"
"""Any service of a kind, or any purpose: a no may be of all of them, a yes never."""
_ANY_OF_THEM = frozenset(
    {"any", "anyone", "anybody", "all", "every", "everyone", "everybody", "no", "none", "nobody", "of", "them", "the", "at", "large"}
    | {"kind", "other", "service", "services", "agency", "agencies", "organisation", "organisations", "force", "forces"}
)  # fmt: skip


@dataclass(frozen=True)
class Word:
    """Of whom and what somebody's word is: the kind, the services of the directory that are meant, the name, the purpose."""

    to: str
    services: frozenset[str]
    kinds: frozenset[str]
    name: str
    purpose: str
    is_no: bool
    is_of_all: bool

    def covers(self, other: "Word") -> bool:
        """This function will say whether it is of all that another word, or a share, is of.

        A yes reaches as far as it was said. A no reaches the same service under another kind and by a name like it too.
        """
        if self.purpose not in (ANY, other.purpose) or other.is_of_all > self.is_of_all:
            return False
        if self.is_of_all:
            return self.to == other.to or (not other.is_of_all and self.to in other.kinds)
        is_same = (self.services == other.services != frozenset()) or is_same_body(self.name, other.name)
        if not self.is_no:
            return is_same and self.to == other.to
        return (
            is_same
            or not self.services.isdisjoint(other.services)
            or bool(names_body(self.name, other.name) or names_body(other.name, self.name))
        )


@dataclass(frozen=True)
class Words:
    """How what was said of consent is read at a landlord: by its directory, and by what it calls each kind of service."""

    landlord_id: str

    @cached_property
    def _services(self) -> Sequence[Service]:
        return directory_of(self.landlord_id)

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return rulings.vocabulary_of(self.landlord_id).services

    def word(self, to: str, service: str, organisation: str, purpose: str, answer: str) -> Word:
        """This function will give what a word is of; a share is as a yes is."""
        is_no = answer != "given"
        meant = [one for one in self._services if one.id == service]
        if not service and is_no:
            meant = list(named_in(self._services, organisation))
        elif not service:
            meant = [one for one in self._services if is_same_body(one.name, organisation)]
        return Word(
            to=to,
            services=frozenset(one.id for one in meant),
            kinds=frozenset(kind for one in meant for kind in one.kinds),
            name=meant[0].name if service and meant else organisation,
            purpose=purpose,
            is_no=is_no,
            is_of_all=is_no and (service == ANY or (not service and self._is_of_all(to, organisation))),
        )

    def _is_of_all(self, to: str, organisation: str) -> bool:
        """Whether what was typed for a name is the kind and no more: "Police (any)", "nobody"."""
        said = set(plain_words(organisation))
        return bool(said) and said <= _ANY_OF_THEM | set(plain_words(f"{self._titles.get(to, '')} {to}"))
