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

_BY_AN_ASSESSMENT = (
    "A risk assessment says it, on the page “Risk assessments”, with every answer or as another agency's."
)
STATED_APART: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("score", "judged_high", "grade_given"), _BY_AN_ASSESSMENT)
)
"""The facts that an assessment alone states; no other entry does, whatever the form or the operation."""

RECORDED_APART: Mapping[str, str] = MappingProxyType(
    {
        "assessment": "A risk assessment is made item by item, on the page “Risk assessments”; another agency's is put down there as theirs.",
        "share": "What leaves the landlord is shared on the page “Sharing”: what exactly, to whom, and on which grounds.",
        "consent": "Consent is recorded on the page “Consent”: whose, for whom, for what, and how it was taken.",
        "action_plan": "An action plan is written down on the page “Plans”, with its items, who does each, and by when.",
        "safety_plan": "A safety plan is written down on the page “Plans”, section by section.",
        "choice": "What they chose is recorded on the page “Pathways”, beside what the policy has for it.",
        "interview": "An interview is recorded on the page “Interviews”, with who was there and what was not right about it.",
        "wishes": "What they want is written down on the page “What they want”, so that it is known whose words they are.",
    }
)
"""The kinds that one action each puts on the record, with what belongs to them; the general form and operation say where."""
