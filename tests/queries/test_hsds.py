"""The directory as Open Referral UK JSON: what goes out comes back, and a refuge's address neither goes nor comes."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanlight.casework import rulings
from fanlight.casework.hsds import HsdsFault, Imported, as_hsds, from_hsds
from fanlight.casework.landlords import Service, landlord_folders, says_where, settings_of


def read(said: object, landlord: str = "connect", known: tuple[Service, ...] = ()) -> Imported:
    """This function will read a file for a landlord that ships with the product."""
    kinds = rulings.vocabulary_of(landlord).services
    return from_hsds(landlord, said, known=known, kinds=kinds, areas=tuple(settings_of(landlord).areas))


def from_another(**said: Any) -> dict[str, Any]:
    """This function will make a service as another directory would give it."""
    return {"id": "7a9e0f3c-2b1d-4c55-9d0f-2f6a1c0b8e11", "name": "Harbour Line", "status": "active", **said}


@pytest.mark.parametrize("landlord", sorted(landlord_folders()))
def test_every_directory_comes_back_as_it_went_out(landlord: str) -> None:
    settings = settings_of(landlord)
    out = json.loads(json.dumps(as_hsds(landlord, settings.name, settings.services)))
    assert out["total_items"] == len(settings.services)
    tidy = [
        replace(one, **{n: " ".join(getattr(one, n).split()) for n in ("note", "for_whom")})
        for one in settings.services
    ]
    assert list(read(out, landlord, settings.services).services) == tidy
    # And in another installation, which knows none of them.
    assert list(read(out, landlord).services) == tidy


def test_what_another_directory_says_is_read_and_what_is_no_word_of_ours_is_said() -> None:
    found = read(
        {
            "contents": [
                from_another(
                    organization={"name": "Harbour Trust"},
                    phones=[{"number": "01632 960111"}, {"number": "01632 960112"}],
                    schedules=[{"byday": "MO,TU", "opens_at": "09:00:00", "closes_at": "17:00:00"}],
                    languages=[{"code": "pl", "name": "Polish"}, {"name": "Klingon"}],
                    service_areas=[{"name": "kirklees"}],
                    assured_date="2026-02-01",
                    eligibility_description="Women and men",
                    url="javascript:alert(1)",
                    attributes=[{"taxonomy_term": {"name": "moon", "taxonomy": "fanlight-kind"}}],
                ),
                {"name": ""},
                from_another(id="x", name="Gone", status="inactive"),
            ]
        }
    )
    (one,) = found.services
    assert (one.organisation, one.phone, one.hours) == (
        "Harbour Trust",
        "01632 960111; 01632 960112",
        "MO,TU 09:00 to 17:00",
    )
    assert (one.languages, one.areas, one.assured, one.web) == (("pl",), ("Kirklees",), date(2026, 2, 1), "")
    assert len([remark for remark in found.remarks if "Gone" in remark or "no name" in remark]) == 2
    assert any("moon is no kind" in remark for remark in found.remarks)


def test_where_a_refuge_is_does_not_come_in_and_never_goes_out() -> None:
    term = {"taxonomy_term": {"name": "refuge", "taxonomy": "fanlight-kind"}}
    found = read(
        {
            "contents": [
                from_another(
                    name="Harbour Refuge",
                    attributes=[term],
                    description="At 14 Mill Lane, ZZ1 1ZZ.",
                    eligibility_description="Women. Near ZZ1 1ZZ",
                    service_at_locations=[{"location": {"addresses": [{"address_1": "14 Mill Lane"}]}}],
                )
            ]
        }
    )
    (one,) = found.services
    assert one.kinds == ("refuge",)
    assert "Mill" not in json.dumps(as_hsds("connect", "Connect", [one]))
    assert not any(says_where(text) for text in (one.note, one.for_whom, one.name))
    assert len(found.remarks) == 2


@pytest.mark.parametrize(
    "said",
    [
        {"name": "Safe Haven (women's accommodation)"},
        {"name": "Harbour", "description": "A safe house in the north."},
        {"name": "Harbour dispersed accommodation"},
        {"name": "Hostel for single women"},
        {"name": "Lloches y Cwm"},
        {"name": "Harbour", "attributes": [{"taxonomy_term": {"name": "Women\u2019s refuges", "taxonomy": "theirs"}}]},
    ],
)
def test_where_a_refuge_is_does_not_come_in_by_whatever_name_it_goes(said: dict[str, Any]) -> None:
    where = {"eligibility_description": "Stay at 3 Lime Grove, Batley ZZ1 1ZZ", "phones": [{"number": "3 Lime Grove"}]}
    found = read({"contents": [from_another(**said, **where)]})
    (one,) = found.services
    assert "Lime Grove" not in json.dumps(as_hsds("connect", "Connect", [one]))
    assert any("where a refuge is was left out" in remark for remark in found.remarks)


def test_a_service_that_houses_nobody_keeps_what_is_said_of_it() -> None:
    (one,) = read({"contents": [from_another(name="Harbour advice", description="At 3 Lime Grove, ZZ1 1ZZ")]}).services
    assert "Lime Grove" in one.note


def test_one_whose_name_says_where_people_are_housed_is_not_taken() -> None:
    found = read({"contents": [from_another(name="Refuge, 14 Mill Lane")]})
    assert not found.services
    assert any("in its name" in remark and "Mill" not in remark for remark in found.remarks)


def test_a_language_without_a_code_is_known_by_its_name_or_said() -> None:
    named = [{"name": "Polish"}, {"language": "Kurdish"}, {"code": "xx_1", "name": "Klingon"}, {"code": "Welsh"}]
    found = read({"contents": [from_another(languages=named)]})
    assert found.services[0].languages == ("pl", "ku", "cy")
    assert "Harbour Line: Klingon is left out: we know no code for a language of that name." in found.remarks


@pytest.mark.parametrize("wrong", [None, 3, "text", {}, {"contents": 5}, {"contents": None}])
def test_a_file_that_is_none_is_refused_with_a_sentence(wrong: object) -> None:
    with pytest.raises(HsdsFault, match="Open Referral"):
        read(wrong)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["name", "id", "phones", "schedules", "attributes", "taxonomy_term", "taxonomy", "service_areas",
                         "languages", "organization", "assured_date", "contents", "status"]),
        inner,
        max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip


@given(_JSON)
def test_no_file_whatever_it_holds_breaks_the_reading(said: object) -> None:
    try:
        found = read({"contents": [said]})
    except HsdsFault:
        return
    assert all(one.name and one.id for one in found.services)
