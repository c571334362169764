"""The router: to whom a referral goes, on which form and by which way, from the kind of service and the area alone."""

from datetime import date
from typing import Any

import pytest

from fanlight.casework.landlords import Length, Service, settings_of
from fanlight.casework.router import NOBODY, SAY_WHERE, Route, route

TODAY = date(2026, 3, 3)


def routed(landlord: str, kind: str, area: str, today: date = TODAY) -> Route:
    """This function will route a referral by the directory that comes with a landlord."""
    settings = settings_of(landlord)
    return route(
        kind,
        area,
        services=settings.services,
        areas=tuple(settings.areas),
        assured_for=settings.assured_for,
        today=today,
    )


def service(name: str, **said: Any) -> Service:
    """This function will make a service that takes referrals of one kind."""
    return Service(id=name.lower(), name=name, kinds=("idva",), areas=said.pop("areas", ()), **said)


def among(
    *services: Service, area: str = "", areas: tuple[str, ...] = ("North", "South"), today: date = TODAY
) -> Route:
    """This function will route a referral to an IDVA among some services."""
    return route("idva", area, services=services, areas=areas, assured_for=Length(6, "month"), today=today)


@pytest.mark.parametrize(
    ("area", "name", "way", "form"),
    [
        ("Kirklees", "Kirklees: DASH and MARAC forms", "form", "Kirklees DASH and MARAC forms"),
        ("Leeds", "Leeds: DASH and MARAC forms", "form", "Leeds DASH and MARAC forms"),
        ("Wakefield", "Wakefield: help with a MARAC referral", "email", ""),
        ("Calderdale", "Calderdale: MARAC referral form", "form", "Calderdale MARAC referral form"),
    ],
)
def test_each_of_connects_four_councils_has_its_own_way_to_the_marac(area: str, name: str, way: str, form: str) -> None:
    found = routed("connect", "marac", area)
    assert found.proposed is not None
    assert (found.proposed.service.name, found.proposed.way, found.proposed.service.form) == (name, way, form)
    assert len(found.recipients) == 1


def test_nobody_is_proposed_for_a_marac_before_the_area_is_known() -> None:
    found = routed("connect", "marac", "")
    assert (found.proposed, found.recipients, found.asks_area, found.why_not) == (None, (), True, SAY_WHERE)
    assert set(found.only_in) == {"Kirklees", "Leeds", "Wakefield", "Calderdale"}


def test_names_go_to_the_refuge_check_in_kirklees_and_nowhere_else() -> None:
    there = routed("connect", "womens_refuge_check", "Kirklees")
    assert there.proposed is not None
    assert there.proposed.service.id == "north-kirklees-womens-refuge"
    for area in ("Leeds", "Wakefield", "Calderdale"):
        other = routed("connect", "womens_refuge_check", area)
        assert (other.recipients, other.only_in) == ((), ("Kirklees",))
        assert f"for Kirklees alone, and the area here is {area}" in other.why_not


def test_one_visions_womens_aid_is_for_sefton_alone() -> None:
    there = routed("one-vision", "support_service", "Sefton")
    assert there.proposed is not None
    assert there.proposed.service.id == "swaca"
    away = routed("one-vision", "support_service", "Outside Sefton")
    assert (away.recipients, away.only_in) == ((), ("Sefton",))


def test_a_landlord_of_one_area_need_not_be_told_which() -> None:
    found = routed("tai-calon", "children_social_care", "")
    assert found.proposed is not None
    assert found.proposed.service.id == "duty-referral-team-blaenau-gwent"
    assert (found.area, found.proposed.way, found.proposed.service.form) == (
        "Blaenau Gwent", "form", "Multi-agency referral form",
    )  # fmt: skip


def test_an_area_that_no_directory_knows_gets_what_works_everywhere_and_no_neighbours_service() -> None:
    everywhere, there = service("Line", phone="01632 960111"), service("Near", areas=("North",))
    found = among(everywhere, there, area="Atlantis")
    assert [one.service.name for one in found.recipients] == ["Line"]
    assert found.proposed is not None
    assert found.proposed.service.name == "Line"


def test_who_works_in_the_very_area_comes_before_who_works_everywhere() -> None:
    found = among(service("Line"), service("Near", areas=("North", "East")), area="North")
    assert [one.service.name for one in found.recipients] == ["Near", "Line"]
    assert found.proposed is not None
    assert found.proposed.service.name == "Near"


def test_where_two_would_be_right_a_person_chooses() -> None:
    found = among(service("One", areas=("North",)), service("Two", areas=("North",)), service("Line"), area="North")
    assert [one.service.name for one in found.recipients] == ["One", "Two", "Line"]
    assert found.proposed is None
    assert "choose" in found.why_not


def test_a_form_or_a_line_that_takes_no_referrals_is_never_a_recipient() -> None:
    assert among(service("Form", takes_referrals=False)).why_not == NOBODY
    assert among().why_not == NOBODY


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ({"way": "portal", "email": "a@b.example"}, "portal"),
        ({"form": "Their form", "email": "a@b.example"}, "form"),
        ({"email": "a@b.example", "phone": "01632 960111"}, "email"),
        ({"phone": "01632 960111"}, "phone"),
        ({}, ""),
    ],
)
def test_the_way_in_is_what_they_say_or_else_what_is_known_of_them(said: dict[str, str], way: str) -> None:
    found = among(service("One", **said)).recipients[0]
    assert found.way == way
    assert found.way_title


def test_what_nobody_made_sure_of_for_six_months_is_stale_and_so_is_what_nobody_ever_did() -> None:
    said = {"assured": date(2026, 3, 31)}
    fresh = [among(service("One", **said), today=day).recipients[0].freshness for day in (TODAY, date(2026, 9, 30))]
    assert [one.is_stale for one in fresh] == [False, False]
    assert among(service("One", **said), today=date(2026, 10, 1)).recipients[0].freshness.is_stale
    assert among(service("One")).recipients[0].freshness.is_stale
