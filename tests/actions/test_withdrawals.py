"""A no stops what has not gone, however its receiver was written; the last word that is of a receiver and a purpose decides."""

from typing import Any

import pytest

from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import Case, ConsentSaid, Share
from tests import make
from tests.cast import Cast
from tests.sharing import a_case, consents, on_her_word, share

NAME = "Police, when it is not an emergency"
NOES: tuple[dict[str, Any], ...] = (
    {},
    {"service": "", "said": ConsentSaid(organisation=NAME)},
    {"service": "", "said": ConsentSaid(organisation="police: when it is NOT an emergency!")},
    {"service": "", "said": ConsentSaid(organisation="Police (any)")},
    {"service": "", "said": ConsentSaid(organisation="Any police force")},
    {"service": "any"},
    {"purpose": "any"},
    {"service": "any", "purpose": "any"},
)


@pytest.fixture
def case(cast: Cast) -> Case:
    """This function will make a case with three people in it."""
    return a_case(cast)


@pytest.mark.parametrize("no", NOES)
@pytest.mark.parametrize("answer", ["withdrawn", "refused"])
def test_a_no_stops_a_share_that_waits_however_the_receiver_was_written(
    cast: Cast, case: Case, always: None, no: dict[str, Any], answer: str
) -> None:
    consents(case, cast.asha)
    number = share(case, cast.asha, proposed=on_her_word(case))
    consents(case, cast.asha, answer, now=make.later(hours=5), **no)
    assert Share.objects.get(pk=number).state == "stopped"


@pytest.mark.parametrize("no", NOES)
def test_after_a_no_nothing_new_rests_on_the_yes_until_there_is_another(
    cast: Cast, case: Case, no: dict[str, Any]
) -> None:
    consents(case, cast.asha)
    consents(case, cast.asha, "withdrawn", now=make.later(hours=5), **no)
    with pytest.raises(Faulty):
        share(case, cast.asha, proposed=on_her_word(case), now=make.later(hours=6))
    consents(case, cast.asha, now=make.later(hours=7))
    share(case, cast.asha, proposed=on_her_word(case), now=make.later(hours=8))


@pytest.mark.parametrize(
    "no",
    [
        {"purpose": "home"},
        {"to": "support_service", "service": "galop"},
        {"to": "support_service", "service": "any", "purpose": "any"},
        {"service": "", "said": ConsentSaid(organisation="Northgate Family Law")},
    ],
)
def test_a_no_to_somebody_else_or_for_something_else_stops_nothing(
    cast: Cast, case: Case, always: None, no: dict[str, Any]
) -> None:
    consents(case, cast.asha)
    number = share(case, cast.asha, proposed=on_her_word(case))
    consents(case, cast.asha, "withdrawn", now=make.later(hours=5), **no)
    assert Share.objects.get(pk=number).state == "waits"


def test_a_no_that_was_said_before_the_yes_and_written_down_after_it_stops_nothing(
    cast: Cast, case: Case, always: None
) -> None:
    consents(case, cast.asha)
    number = share(case, cast.asha, proposed=on_her_word(case))
    consents(case, cast.asha, "refused", at=make.later(hours=2), now=make.later(hours=5))
    assert Share.objects.get(pk=number).state == "waits"


def test_a_yes_to_one_service_is_of_no_other_and_its_name_is_the_service(cast: Cast, case: Case) -> None:
    said = ConsentSaid(limits="All.", organisation=NAME)
    consents(case, cast.asha, service="", said=said)
    share(case, cast.asha, proposed=on_her_word(case))
    with pytest.raises(Faulty):
        share(case, cast.asha, proposed=on_her_word(case, service="", organisation="Police of another county"))
