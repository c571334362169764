"""Whatever is typed, an entry is recorded or refused with a sentence: nothing breaks, and nothing is half-written."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanlight.casework.access import Refused
from fanlight.casework.actions.record_entry import record_entry
from fanlight.casework.actions.refusals import Faulty, Stopped
from fanlight.casework.commands.check_projections import differences_of
from fanlight.casework.models import Entry
from fanlight.casework.queries.case_page import case_page
from fanlight.policy.vocabulary import ENTRY_KINDS, FACTS
from tests import make
from tests.cast import Cast

NOW = make.later(days=1)

VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["marac", "high", "2026-03-03T12:00", "us", "x" * 500]),
    st.lists(st.text(max_size=5), max_size=3),
    st.frozensets(st.text(max_size=5), max_size=3),
    st.datetimes(timezones=st.just(UTC)),
    st.datetimes(),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)
NAMES = sorted({*FACTS, *(name for kind in ENTRY_KINDS.values() for name in kind.fields), "nonsense", "id"})


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from([*ENTRY_KINDS, "nonsense", ""]),
    fields=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4),
    facts=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3),
    of_sequence=st.one_of(st.none(), st.integers(-2, 9)),
    at=st.one_of(st.none(), st.datetimes(), st.datetimes(timezones=st.just(UTC))),
)
def test_anything_that_is_typed_is_recorded_or_refused_with_a_sentence(
    cast: Cast,
    kind: str,
    fields: dict[str, Any],
    facts: dict[str, Any],
    of_sequence: int | None,
    at: datetime | None,
) -> None:
    case = make.make_case(cast)
    before = Entry.objects.filter(case=case).count()
    try:
        record_entry(
            case=case, kind=kind, fields=fields, facts=facts, of_sequence=of_sequence, at=at, by=cast.carys, now=NOW
        )
        sentence = ""
    except (Faulty, Refused, Stopped) as refusal:
        sentence = str(refusal) or "nothing said"
    assert sentence != "nothing said"
    recorded = 0 if sentence else 1
    assert Entry.objects.filter(case=case).count() == before + recorded
    assert differences_of(case.pk) == []
    assert len(case_page(cast.carys, case.reference, now=NOW + timedelta(days=1)).story) == before + recorded


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(sorted(ENTRY_KINDS)), data=st.data())
def test_every_kind_filled_in_with_words_that_it_knows_is_read_back_as_it_was_written(
    cast: Cast, kind: str, data: st.DataObject
) -> None:
    case = make.make_case(cast)
    terms = ENTRY_KINDS[kind].fields
    fields = {name: data.draw(_known(term)) for name, term in terms.items()}
    try:
        sequence = record_entry(case=case, kind=kind, fields=fields, of_sequence=1, by=cast.carys, now=NOW)
    except (Faulty, Refused, Stopped):
        return
    stored = make.told(case)[sequence - 1].told.payload["fields"]
    assert set(stored) == set(fields)
    page = case_page(cast.carys, case.reference, now=NOW)
    assert {said.name for said in page.story[0].said} >= {name for name in stored if stored[name] != "none"}


def _known(term: Any) -> st.SearchStrategy[Any]:
    if isinstance(term.words, tuple):
        return st.sampled_from([word for word, _ in term.words])
    if term.words:
        return st.sampled_from(["marac", "police"] if "services" in term.words else ["move", "lock_change"])
    return {
        "yes/no": st.booleans(),
        "number": st.integers(0, 24),
        "set of words": st.just(["physical", "economic"]),
        "moment": st.just(make.MORNING),
        "either": st.one_of(st.booleans(), st.just("urgent")),
    }.get(term.type, st.sampled_from(["dash", "Siân"]))
