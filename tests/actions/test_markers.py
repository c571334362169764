"""Markers: who may set one, for how long, and what becomes of them."""

from datetime import date, timedelta
from typing import Any

import pytest

from fanlight.casework.access import NotFound, Refused
from fanlight.casework.actions.disposal import clear
from fanlight.casework.actions.end_marker import end_marker
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.review_marker import review_marker
from fanlight.casework.actions.set_marker import set_marker
from fanlight.casework.models import Log, Marker
from fanlight.casework.queries.address_check import Address
from fanlight.casework.queries.markers import instructions_at
from tests import homes, make
from tests.cast import Cast

NOW = make.later(days=1)
TODAY = NOW.date()


def test_a_marker_is_set_from_a_case_by_whoever_may_record_one_there(cast: Cast) -> None:
    case, home = make.make_case(cast), homes.a_home()
    said: dict[str, Any] = {"kind": "visit_risk", "reason": "A dog", "home": home, "case": case, "now": NOW}
    for stranger in (cast.bronwen, cast.iris, cast.dev):
        with pytest.raises(NotFound):
            set_marker(**said, by=stranger)
    set_marker(**said, by=cast.asha)
    assert make.told_last(case, "marker").told.payload["fields"] == {"kind": "visit_risk"}
    assert instructions_at("connect", home.pk, NOW) == ("Two people to attend.",)


def test_one_for_another_reason_is_set_by_whoever_has_the_permission(cast: Cast) -> None:
    homes.a_home()
    address = Address(line="1 Alder Court", postcode="ZZ1 1ZZ")
    for stranger in (cast.asha, cast.iris, cast.gwen):
        with pytest.raises(Refused):
            set_marker(kind="no_post", reason="Away", address=address, by=stranger, now=NOW)
    set_marker(kind="no_post", reason="Away", address=address, by=cast.carys, now=NOW)
    with pytest.raises(Faulty, match="We do not know this address"):
        set_marker(kind="no_post", reason="Away", address=Address(uprn="1"), by=cast.carys, now=NOW)


def test_one_that_stands_in_the_housing_system_alone_is_put_on_the_record(cast: Cast) -> None:
    case = make.make_case(cast)
    assert set_marker(kind="contact_first", reason="By e-mail", case=case, by=cast.asha, now=NOW) == ""
    assert make.told_last(case, "marker").note == "By e-mail"
    assert not Marker.objects.exists()


def test_it_lasts_and_is_reviewed_as_the_landlord_says_and_no_longer(cast: Cast) -> None:
    home = homes.a_home()

    def set_until(until: date | None, review_on: date | None) -> Marker:
        days = {"until": until, "review_on": review_on}
        mark = set_marker(kind="no_post", reason="Away", home=home, by=cast.carys, now=NOW, **days)
        return Marker.objects.get(mark=mark)

    day = timedelta(days=1)
    for until, review_on, field in (
        (TODAY - day, None, "until"),
        (TODAY + 200 * day, None, "until"),
        (TODAY + 9 * day, TODAY + 10 * day, "review_on"),
        (None, TODAY - day, "review_on"),
    ):
        with pytest.raises(Faulty) as fault:
            set_until(until, review_on)
        assert field in fault.value.faults
    row = set_until(None, None)
    assert (row.until, row.review_on) == (date(2026, 9, 4), date(2026, 6, 4))
    review_marker(mark=row.mark, reason="Still", until=TODAY + 99 * day, by=cast.carys, now=NOW + 30 * day)
    row.refresh_from_db()
    assert (row.until, row.review_on, row.review) == (TODAY + 99 * day, TODAY + 99 * day, "Still")


def test_what_colleagues_have_set_changes_nothing_and_the_same_is_not_set_twice(cast: Cast) -> None:
    case, home = make.make_case(cast), homes.a_home()
    said: dict[str, Any] = {"kind": "two_to_visit", "reason": "x", "home": home, "now": NOW}
    set_marker(**said, case=case, by=cast.asha)
    mark = set_marker(**said, by=cast.carys)
    for more in ({"case": case}, {}):
        with pytest.raises(Faulty, match="You have set this already"):
            set_marker(**said, **more, by=cast.carys)
    assert instructions_at("connect", home.pk, NOW) == ("Two people to attend.",)
    end_marker(mark=mark, reason="Gone", by=cast.carys, now=NOW)
    assert instructions_at("connect", home.pk, NOW) == ("Two people to attend.",)
    with pytest.raises(Faulty, match="It is over"):
        end_marker(mark=mark, reason="Gone", by=cast.carys, now=NOW)


def test_a_marker_goes_with_its_case_and_the_log_says_nothing_of_why(cast: Cast) -> None:
    case, home = make.make_case(cast), homes.a_home()
    set_marker(kind="no_post", reason="He opens it", home=home, case=case, by=cast.asha, now=NOW)
    other = set_marker(kind="no_post", reason="He is deaf", home=home, by=cast.carys, now=NOW)
    rows = Log.objects.filter(what="set_marker").order_by("pk").values_list("case", "detail")
    assert [row[0] for row in rows] == [case.pk, None]
    assert "opens" not in str(list(rows))
    assert "deaf" not in str(list(rows))
    clear(case.pk)
    assert list(Marker.objects.values_list("mark", flat=True)) == [other]
