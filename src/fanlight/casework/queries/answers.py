"""Which entries answer which: what an `of` may name, for the form and for the write path."""

from collections.abc import Mapping
from types import MappingProxyType

# What an answer must be an answer to, where only one kind, or a few, makes sense.
ANSWERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "receipt": ("referral",),
        "request_completed": ("request",),
        "measure_requested": ("request",),
        "measure_fitted": ("measure_requested", "request"),
        "measure_reviewed": ("measure_fitted",),
    }
)
MUST_ANSWER = ("receipt", "struck")

# What a closed case still takes.
ON_A_CLOSED_CASE = ("report", "receipt", "struck", "reopened")

RECORDED_APART: Mapping[str, str] = MappingProxyType(
    {
        "wishes": "What they want is written down on the page “What they want”, so that it is known whose words they are.",
    }
)
"""The kinds that one action each puts on the record, with what belongs to them; the general form and operation say where."""
