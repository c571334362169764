"""Whoever must not receive anything of a case gets nothing by a share nor by a referral, however they are typed."""

from collections.abc import Callable
from typing import Any

import pytest

from fanlight.casework.access import Refused
from fanlight.casework.actions.bar_receiver import bar_receiver
from fanlight.casework.actions.refer import refer
from fanlight.casework.actions.relate_people import relate_people
from fanlight.casework.actions.sharing import Beside
from fanlight.casework.models import Case, Share
from tests import homes
from tests.cast import Cast
from tests.sharing import NOW, a_case, part, share, whole

REASON = "Somebody close to him works there."
REFUGE = "North Kirklees Women's Refuge"
Goes = Callable[[str], Any]


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case with the person causing harm and a relative of theirs in it."""
    case = a_case(cast)
    homes.a_part(case, homes.a_person("Cathal O'Mara"), "household", cast.asha)
    relate_people(
        case=case,
        one=part(case, "household"),
        other=part(case, "causing_harm"),
        kind="relatives",
        by=cast.asha,
        now=NOW,
    )
    return case


@pytest.fixture(params=["attention", "organisation", "referral"])
def to_whom(request: pytest.FixtureRequest, case: Case, cast: Cast) -> Goes:
    """This function will give each way in which somebody can be typed to whom it goes."""

    def goes(name: str) -> Any:
        if request.param == "attention":
            return share(case, cast.asha, beside=Beside(attention=name))
        if request.param == "organisation":
            return share(case, cast.asha, proposed=whole(case, service="", organisation=name))
        return refer(case=case, to="police", name=name, by=cast.asha, now=NOW)

    return goes


@pytest.mark.parametrize(
    "typed",
    ["Zelenka, Piotr", "PC Piotr J. Zelenka", "Cathal OMara", "O'Mara Cathal", "Cathal O\u2019Mara, police desk"],
)
def test_the_person_causing_harm_and_their_relatives_get_nothing_in_whatever_order_they_are_typed(
    to_whom: Goes, typed: str
) -> None:
    with pytest.raises(Refused, match="they cause harm in it, or are close to whoever does"):
        to_whom(typed)
    assert not Share.objects.exists()


@pytest.mark.parametrize("typed", ["P Zelenka", "Piotr Zelenca", "Peter Zelenka", "C O'Mara", "Cathel OMarra"])
def test_a_name_that_is_like_theirs_bars_too_and_it_is_said_what_to_do(to_whom: Goes, typed: str) -> None:
    with pytest.raises(Refused, match=r"the name is like .*write their whole name.*another receiver"):
        to_whom(typed)
    assert not Share.objects.exists()


def test_somebody_else_gets_it(to_whom: Goes) -> None:
    to_whom("Sgt Olwen Price")


@pytest.mark.parametrize(
    "typed", ["Police, when it is not an emergency", "police when it is NOT an emergency (desk)", "101"]
)
def test_a_service_that_is_barred_is_barred_by_its_name_and_its_number_too(
    cast: Cast, case: Case, to_whom: Goes, typed: str
) -> None:
    bar_receiver(case=case, service="police-101", reason=REASON, by=cast.asha, now=NOW)
    with pytest.raises(Refused, match="list of those who must not receive"):
        to_whom(typed)


@pytest.mark.parametrize(
    "typed", ["North Kirklees Women's Refuge", "North Kirklees Womens Refuge", "Women\u2019s Refuge, North Kirklees", "North Kirkless Women's Refuge"]
)  # fmt: skip
@pytest.mark.parametrize("barred", [{"name": REFUGE}, {"service": "north-kirklees-womens-refuge"}])
def test_an_organisation_on_the_list_is_barred_however_its_name_is_written(
    cast: Cast, case: Case, to_whom: Goes, typed: str, barred: dict[str, str]
) -> None:
    bar_receiver(case=case, **barred, reason=REASON, by=cast.asha, now=NOW)
    with pytest.raises(Refused, match="list of those who must not receive"):
        to_whom(typed)


def test_a_name_on_the_list_that_is_a_services_bars_the_service(cast: Cast, case: Case) -> None:
    bar_receiver(case=case, name="north kirklees womens refuge", reason=REASON, by=cast.asha, now=NOW)
    with pytest.raises(Refused, match="list of those who must not receive"):
        refer(case=case, to="womens_refuge_check", service="north-kirklees-womens-refuge", by=cast.asha, now=NOW)


def test_what_one_service_is_barred_from_another_of_the_directory_may_have(cast: Cast, case: Case) -> None:
    bar_receiver(case=case, service="north-kirklees-womens-refuge", reason=REASON, by=cast.asha, now=NOW)
    share(case, cast.asha)
    share(case, cast.asha, proposed=whole(case, service="", organisation="Wakefield Women's Aid"))
