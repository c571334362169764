"""Whatever cases and markers there are: two addresses at which to speak first answer in the same bytes, and so do two at which not to."""

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fanlight.casework.models import AddressCheck, Case, Home, Log, Marker, Staff
from fanlight.casework.models.marker import MARKERS, PURPOSES
from fanlight.casework.queries.address_check import COUNTING
from tests import homes
from tests.web.conftest import NOW

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
PARTS = (*COUNTING, "witness", "reporter", "household")
CASES = ("new", "open", "closed lately", "closed long ago", "joined to one that is open")
LIVES = ("there", "left for the case", "left long ago", "left long ago, hidden", "left long ago, tenancy goes on")
REASONS = ("He has threatened staff.", "The resident is frail.", "x" * 900)

people = st.tuples(st.sampled_from(PARTS), st.sampled_from(CASES), st.sampled_from(LIVES))
markers = st.tuples(
    st.sampled_from([kind for kind, _ in MARKERS]),
    st.sampled_from(("in force", "over", "ended")),
    st.booleans(),
    st.sampled_from(REASONS),
)
home = st.tuples(st.lists(people, max_size=3), st.lists(markers, max_size=3))
purposes = st.sampled_from([purpose for purpose, _ in PURPOSES])


@settings(
    max_examples=15,
    deadline=None,
    # What is found is small enough; to make it smaller takes minutes of a database.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(given_homes=st.lists(home, min_size=4, max_size=6), purpose=purposes)
@pytest.mark.django_db
def test_no_answer_tells_one_reason_from_another(given_homes: Any, purpose: str, cast: Any, as_: Any) -> None:
    with transaction.atomic():
        told: dict[tuple[bool, frozenset[str]], set[tuple[bytes, ...]]] = {}
        for number, (in_it, marked) in enumerate(given_homes, start=1):
            place = homes.a_home(number)
            for which, one in enumerate(in_it):
                move_in(place, *one, reference=f"CO-2026-{number:03}{which:03}", by=cast.asha)
            for kind, state, of_case, reason in marked:
                mark(place, kind, state, reason, of_case=of_case, by=cast.carys)
        browser = as_(cast.iris)
        log = Log.objects.count()
        for number, (in_it, marked) in enumerate(given_homes, start=1):
            sent = {"purpose": purpose, "uprn": homes.uprn_of(number)}
            said = browser.post("/api/address-check", json.dumps(sent), content_type="application/json")
            page = browser.post("/address-check", {"purpose": purpose, "reference": homes.uprn_of(number)})
            headers = str(sorted((name, value) for name, value in said.headers.items())).encode()
            reasons = speak_first(in_it, marked, purpose)
            kinds = frozenset(kind for kind, state, *_ in marked if state == "in force" and kind != "contact_first")
            group = (reasons, kinds if purpose == "visit" else frozenset())
            told.setdefault(group, set()).add((said.content, TOKEN.sub(b"", page.content), headers))
            assert (json.loads(said.content)["answer"] == "speak_first") is reasons
        assert all(len(answers) == 1 for answers in told.values()), told
        # The log has the same rows for all of them, and so has the table of what was asked.
        rows = Log.objects.order_by("pk").values_list("what", "outcome", "case", "detail", "staff")[log:]
        assert set(map(str, rows)) == {str(("check_address", "done", None, {"purpose": purpose}, cast.iris.pk))}
        assert AddressCheck.objects.count() == 2 * len(given_homes)
        transaction.set_rollback(True)


def move_in(place: Home, part: str, state: str, lives: str, *, reference: str, by: Staff) -> None:
    """This function will let somebody who has a part in a case live in a home, or have lived there."""
    case = Case(landlord_id="connect", reference=reference, opened_at=NOW - timedelta(days=30), last_at=NOW)
    case.status = state.partition(" ")[0]
    if case.status == "closed":
        case.closed_at = NOW - timedelta(days=10 if state == "closed lately" else 2000)
        case.opened_at = case.closed_at - timedelta(days=20)
    if case.status == "joined":
        into = Case.objects.create(landlord_id="connect", reference=f"{reference}T", status="open", opened_at=NOW)
        case.joined_to = into
    case.save()
    opened: datetime = case.opened_at or NOW
    gone = None if lives == "there" else opened.date() - timedelta(days=5 if lives == "left for the case" else 3000)
    tenancy = homes.a_tenancy(place, f"T{reference}") if lives.endswith("goes on") else None
    person = homes.a_person()
    homes.lives_in(person, place, to_on=gone, is_hidden=lives.endswith("hidden"), tenancy=tenancy)
    homes.a_part(case, person, part, by)


def mark(place: Home, kind: str, state: str, reason: str, *, of_case: bool, by: Staff) -> None:
    """This function will set a marker, in force or not any more, of a case or of none."""
    days = {"until": NOW.date() + timedelta(days=-1 if state == "over" else 9), "review_on": NOW.date() - timedelta(9)}
    row = Marker(landlord_id="connect", home=place, kind=kind, at=NOW, by=by, **days)
    row.case = Case.objects.first() if of_case else None
    row.reason = reason
    row.ended_at = NOW if state == "ended" else None
    row.save()


def speak_first(in_it: Any, marked: Any, purpose: str) -> bool:
    """This function will say, in another way than the product, whether one speaks to somebody first."""
    if any(kind == "contact_first" and state == "in force" for kind, state, *_ in marked):
        return True
    return purpose != "visit" and any(
        part in COUNTING and state != "closed long ago" and lives != "left long ago" for part, state, lives in in_it
    )
