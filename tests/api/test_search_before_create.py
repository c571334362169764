"""Another system that names somebody is asked what the pages ask: whether it is one of those who are known already, or why not."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from fanlight.casework.actions.register import enter_person
from fanlight.casework.models import Case, Part, Person, PersonDetails, SaidApart, Staff
from tests import make
from tests.cast import Cast
from tests.web.conftest import NOW


@pytest.fixture
def tenant(cast: Cast) -> Person:
    """This function will enter somebody in the register."""
    return enter_person("connect", PersonDetails("Tirion", "Bevan", born=date(1984, 3, 12)), now=NOW)


def test_a_report_is_taken_once_it_is_said_who_they_are_or_why_they_are_nobody_of_those(
    cast: Cast, tenant: Person, as_: Callable[[Staff], Client]
) -> None:
    def report(by: Staff, **more: object) -> object:
        person = {"part": "person_at_risk", "name": "Tirion Bevan", **more}
        said = {"fields": {"source": "survivor", "channel": "phone"}, "facts": {"about": "customer"}}
        return as_(by).post("/api/reports", {**said, "people": [person]}, "application/json")

    asked = report(cast.asha)
    assert (asked.status_code, list(asked.json()["faults"])) == (422, ["same_as"])
    assert [(one["id"], one["name"]) for one in asked.json()["alike"]] == [(tenant.pk, "Tirion Bevan")]
    assert not Case.objects.exists()
    assert report(cast.asha, same_as=10**6).status_code == 422
    assert report(cast.asha, same_as=tenant.pk).status_code == 201
    assert Part.objects.get().person == tenant
    assert report(cast.asha, not_them="He is ninety").status_code == 201
    assert SaidApart.objects.get().reason == "He is ninety"
    # Whoever may not look for people learns nothing by it.
    assert report(cast.iris).status_code == 201


def test_the_people_who_are_like_somebody_named_in_a_case_come_with_the_answer(
    cast: Cast, tenant: Person, as_: Callable[[Staff], Client]
) -> None:
    case = make.make_case(cast)
    at = f"/api/cases/{case.reference}/people"
    asked = as_(cast.asha).post(at, {"part": "witness", "name": "Tirion Bevan"}, "application/json")
    assert (asked.status_code, [one["id"] for one in asked.json()["alike"]]) == (422, [tenant.pk])
