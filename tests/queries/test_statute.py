"""The statutory test: each way in which the Act can be met, and each in which it is not; what is not known is asked."""

from datetime import date

import pytest

from fanlight.casework.statute import Known, age_on, find, statute_at, statutes
from fanlight.policy.vocabulary import BEHAVIOURS, CONNECTIONS, FACTS, NONE_OF_THESE

LAW = statute_at(date(2026, 11, 22))
WAYS = [way for way, _ in CONNECTIONS]
KINDS = [kind for kind, _ in BEHAVIOURS]


def known(
    at_risk: float | None = 31, causing_harm: float | None = 34, ways: str = "married", kinds: str = "economic"
) -> Known:
    """This function will give what is known: two married adults and money withheld, unless it says otherwise."""
    return Known(at_risk, causing_harm, frozenset(ways.split()), frozenset(kinds.split()))


@pytest.mark.parametrize("way", WAYS)
def test_each_of_the_seven_ways_of_being_connected_meets_the_act(way: str) -> None:
    found = find(known(ways=way), LAW)
    assert (found.outcome, found.ask) == ("fits", ())
    assert found.parts[2].cite == LAW.ways[way]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_behaviour_meets_the_act_by_itself(kind: str) -> None:
    found = find(known(kinds=kind), LAW)
    assert (found.outcome, found.parts[3].cite) == ("fits", LAW.kinds[kind])


@pytest.mark.parametrize(("at_risk", "causing_harm"), [(16, 16), (16, 50), (80, 17), (17, 17)])
def test_both_of_sixteen_or_over_meet_the_act(at_risk: float, causing_harm: float) -> None:
    assert find(known(at_risk, causing_harm), LAW).outcome == "fits"


@pytest.mark.parametrize(("at_risk", "causing_harm"), [(15, 40), (15, 15), (0, 30), (15, None)])
def test_somebody_at_risk_who_is_under_sixteen_goes_to_safeguarding_children_whatever_else_is_known(
    at_risk: float | None, causing_harm: float | None
) -> None:
    for ways, kinds in (("married", "economic"), ("none", "none"), ("", "")):
        assert find(known(at_risk, causing_harm, ways, kinds), LAW).outcome == "child"


@pytest.mark.parametrize(("at_risk", "ask"), [(40, ()), (16, ()), (None, ("survivor_age",))])
def test_harm_by_somebody_under_sixteen_is_not_child_abuse_and_an_adult_is_not_dropped_for_it(
    at_risk: float | None, ask: tuple[str, ...]
) -> None:
    for ways, kinds in (("married", "economic"), ("none", "none"), ("", "")):
        found = find(known(at_risk, 15, ways, kinds), LAW)
        assert (found.outcome, found.ask) == ("harm_by_child", ask)


@pytest.mark.parametrize(
    ("at_risk", "causing_harm", "is_child_too"),
    [(16, 40, True), (17, 40, True), (40, 16, True), (18, 18, False), (15, 40, False), (None, None, False)],
)
def test_somebody_of_sixteen_or_seventeen_is_a_child_for_safeguarding_as_well(
    at_risk: float | None, causing_harm: float | None, is_child_too: bool
) -> None:
    assert find(known(at_risk, causing_harm), LAW).is_child_too is is_child_too


@pytest.mark.parametrize(("ways", "kinds"), [("none", "economic"), ("married", "none"), ("none", "none"), ("none", "")])
def test_people_who_are_not_connected_and_behaviour_that_is_not_abusive_do_not_fit(ways: str, kinds: str) -> None:
    found = find(known(ways=ways, kinds=kinds), LAW)
    assert found.outcome == "does_not_fit"
    assert found.ask == ()


def test_one_way_and_one_kind_among_others_are_enough_and_outweigh_none() -> None:
    assert find(known(ways="none relatives", kinds="none physical_or_sexual"), LAW).outcome == "fits"


@pytest.mark.parametrize(
    ("missing", "ask"),
    [
        ({"at_risk": None}, "survivor_age"),
        ({"causing_harm": None}, "perpetrator_age"),
        ({"ways": ""}, "connection"),
        ({"kinds": ""}, "behaviour"),
    ],
)
def test_what_is_not_known_is_asked_and_never_guessed(missing: dict[str, object], ask: str) -> None:
    found = find(known(**missing), LAW)  # type: ignore[arg-type]  # one of the parameters each time
    assert (found.outcome, found.ask) == ("not_known", (ask,))


def test_with_nothing_known_everything_is_asked() -> None:
    found = find(Known(), LAW)
    assert (found.outcome, found.ask) == ("not_known", ("survivor_age", "perpetrator_age", "connection", "behaviour"))


def test_where_it_does_not_fit_an_age_that_is_not_known_is_still_asked_since_a_child_goes_another_way() -> None:
    found = find(Known(ways=frozenset({NONE_OF_THESE})), LAW)
    assert (found.outcome, found.ask) == ("does_not_fit", ("survivor_age", "perpetrator_age"))


def test_the_laws_file_has_the_ways_and_kinds_that_are_asked_for_and_says_where_each_stands() -> None:
    for law in statutes():
        assert list(law.ways) == WAYS
        assert list(law.kinds) == KINDS
        cites = (*law.ways.values(), *law.kinds.values(), law.age_cite, law.child_cite)
        assert all(cite.startswith("section ") for cite in cites)
        assert law.source.startswith("https://www.legislation.gov.uk/")
    assert {"connection", "behaviour", "survivor_age", "perpetrator_age"} <= FACTS.keys()


def test_before_the_act_was_in_force_the_first_test_is_given() -> None:
    assert statute_at(date(2001, 1, 1)) == statutes()[0]


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2010, 11, 22), date(2026, 11, 21), 15),
        (date(2010, 11, 22), date(2026, 11, 22), 16),
        (date(2008, 2, 29), date(2024, 2, 28), 15),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_an_age_changes_on_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age
