"""The address check: what it takes, and whether its time says at which addresses there is a case.

Two tests of one question: are the times of addresses with a case and without one drawn from the same bag? A permutation test of
the difference of the medians, both ways, and a rank test. A small p would say that whoever asks can tell them apart.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import erf, sqrt
from statistics import median
from typing import Any

from bench.server import Server, Unexpected

OF_EACH = 1000
"""How many homes of each kind are asked about, in turn and by chance, once each."""
OTHER_HOMES = 8
"""Of ten homes in a row one has a case, one is asked about and has none, and so many are neither."""
PERMUTATIONS = 5000
WARM_UP = 100
SEED = "fanlight: which home next"


@dataclass(frozen=True, slots=True)
class Apart:
    """How far apart the times of the two kinds lie, in seconds, and how likely chance alone is to lay them so far apart."""

    with_case: float
    without: float
    permutation: float
    rank: float

    @property
    def least(self) -> float:
        """The smaller of the two."""
        return min(self.permutation, self.rank)


def load_homes(landlord_id: str, by: Any) -> Mapping[str, list[str]]:
    """This function will let people live in homes, some of them in cases, and give the UPRNs of the homes to ask about.

    Each home has a joint tenancy and two residents. In each kind they are the same but for this: one of them is in a case.
    """
    from fanlight.casework import keys
    from fanlight.casework.models import Case, Home, Part, Person, Resident, Tenancy
    from fanlight.present import present

    now = present()
    lately = Case.objects.filter(status="closed", closed_at__gte=now - timedelta(days=300)).order_by("pk")
    cases = list(lately.values_list("pk", flat=True)[:OF_EACH])
    every = OF_EACH * (OTHER_HOMES + 2)
    uprns = [f"1001{number:08}" for number in range(every)]
    same = {"landlord_id": landlord_id, "changed_at": now}
    homes = Home.objects.bulk_create(
        [Home(**same, uprn_index=keys.blind("uprn", uprn, within=landlord_id)) for uprn in uprns], batch_size=2000
    )
    tenancies = Tenancy.objects.bulk_create(
        [Tenancy(**same, home=home, is_joint=True) for home in homes], batch_size=2000
    )
    people = Person.objects.bulk_create([Person(**same) for _ in homes for _ in range(2)], batch_size=2000)
    Resident.objects.bulk_create(
        [
            Resident(landlord_id=landlord_id, home=home, tenancy=tenancy, holds=True, person=people[2 * place + one])
            for place, (home, tenancy) in enumerate(zip(homes, tenancies, strict=True))
            for one in range(2)
        ],
        batch_size=2000,
    )
    apart = OTHER_HOMES + 2
    Part.objects.bulk_create(
        [
            Part(
                landlord_id=landlord_id,
                case_id=cases[number % len(cases)],
                person=people[2 * number * apart],
                part="person_at_risk",
                sealed_name=b"",
                added_at=now,
                added_by=by,
            )
            for number in range(OF_EACH)
        ],
        batch_size=2000,
    )
    return {"with a case": uprns[::apart], "without": uprns[apart // 2 :: apart]}


def request_of(server: Server, uprn: str) -> bytes:
    """This function will give what the housing system sends."""
    return server.request_json("/api/address-check", {"purpose": "arrears", "uprn": uprn})


def times_of(server: Server, homes: Mapping[str, Sequence[str]]) -> tuple[list[float], list[float]]:
    """This function will ask about every home once, in an order of chance, and give the seconds with a case and without."""
    chance = random.Random(SEED)  # noqa: S311 - an order, and no secret
    asked = [(uprn, True) for uprn in homes["with a case"]] + [(uprn, False) for uprn in homes["without"]]
    chance.shuffle(asked)
    for uprn, _ in asked[:WARM_UP]:
        server.send(request_of(server, uprn))
    # The first of them have been asked about once more than the others: the order is made anew.
    chance.shuffle(asked)
    found: tuple[list[float], list[float]] = ([], [])
    for uprn, has_case in asked:
        seconds, answer = server.send(request_of(server, uprn))
        body = answer.partition(b"\r\n\r\n")[2]
        # It comes in pieces, each with its length before it.
        said = json.loads(body[body.find(b"{") : body.rfind(b"}") + 1])
        if said["answer"] != ("speak_first" if has_case else "go_ahead"):
            raise Unexpected(f"The home {uprn} was answered with: {said}")
        found[0 if has_case else 1].append(seconds)
    return found


def apart(with_case: Sequence[float], without: Sequence[float]) -> Apart:
    """This function will say how far apart two sets of times lie, and how likely that is by chance."""
    return Apart(
        median(with_case), median(without), permutation_test(with_case, without), rank_test(with_case, without)
    )


def permutation_test(one: Sequence[float], other: Sequence[float]) -> float:
    """This function will give how often chance lays the medians as far apart as they lie, or further, either way."""
    chance = random.Random(SEED)  # noqa: S311 - as above
    lies = abs(median(one) - median(other))
    every, first = [*one, *other], len(one)
    further = 0
    for _ in range(PERMUTATIONS):
        chance.shuffle(every)
        further += abs(median(every[:first]) - median(every[first:])) >= lies
    return (further + 1) / (PERMUTATIONS + 1)


def rank_test(one: Sequence[float], other: Sequence[float]) -> float:
    """This function will give the p of Mann and Whitney's test, both ways, by the normal approximation; ties share their rank."""
    every = sorted((*((value, 0) for value in one), *((value, 1) for value in other)))
    ranks, place, ties = 0.0, 0, 0.0
    while place < len(every):
        end = place
        while end < len(every) and every[end][0] == every[place][0]:
            end += 1
        ranks += (place + end + 1) / 2 * sum(1 for _, kind in every[place:end] if kind == 0)
        ties += (end - place) ** 3 - (end - place)
        place = end
    n, m = len(one), len(other)
    both = n + m
    u = ranks - n * (n + 1) / 2
    deviation = sqrt(n * m / 12 * (both + 1 - ties / (both * (both - 1))))
    return 1 - erf(abs(u - n * m / 2) / deviation / sqrt(2)) if deviation else 1.0
