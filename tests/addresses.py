"""Every address of the product, read from Django itself: what a test over everything walks through."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


class Address(NamedTuple):
    """One address: its name with that of its namespace (`api:case`), its route, and what it takes."""

    name: str
    route: str
    takes: tuple[str, ...]

    def of(self, **values: object) -> str:
        """This function will give the address for some values; what is not given is filled in as a stranger would."""
        path = self.route
        for taken in self.takes:
            converter = taken.partition(":")[0] if ":" in taken else "str"
            name = taken.partition(":")[2] or taken
            path = path.replace(f"<{taken}>", str(values.get(name, _GUESSES.get(name, _ANY[converter]))), 1)
        return f"/{path}"

    @property
    def is_of_a_case(self) -> bool:
        """Whether it names a case."""
        return any(taken.endswith("reference") for taken in self.takes)


_GUESSES: Mapping[str, object] = {"kind": "contact", "instrument": "dash", "fact": "weapons", "sequence": 1}
_ANY: Mapping[str, object] = {
    "str": "1",
    "int": 1,
    "slug": "one",
    "uuid": "6f1c4f2e-1111-4222-8333-444455556666",
    "path": "one/two",
}


def addresses() -> Iterator[Address]:
    """This function will give every address that Django knows, the API's among them."""
    yield from _under("", "", get_resolver().url_patterns)


def _under(route: str, namespace: str, patterns: list[URLPattern | URLResolver]) -> Iterator[Address]:
    for one in patterns:
        here = route + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _under(here, f"{namespace}{one.namespace}:" if one.namespace else namespace, one.url_patterns)
        else:
            takes = tuple(part.partition(">")[0] for part in here.split("<")[1:])
            yield Address(f"{namespace}{one.name}", here, takes)
