"""How the kinds of entry are grouped on the page that asks what to record, and which have pages of their own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "What we heard": ("learned", "incident", "risk_changed", "wishes", "choice", "request"),
        "Talking with the person": (
            "contact",
            "interview",
            "consent",
            "support_offered",
            "support_accepted",
            "support_declined",
            "briefing",
        ),
        "Risk and plans": (
            "assessment",
            "dash_clarified",
            "action_plan",
            "safety_plan",
            "needs_assessment",
            "harm_assessment",
            "move_risk_assessment",
            "household_impact_assessment",
            "marker",
        ),
        "Telling and referring": (
            "referral",
            "receipt",
            "share",
            "emergency_call",
            "police_report",
            "logged",
            "case_report",
            "request_completed",
        ),
        "The home": (
            "measure_requested",
            "measure_fitted",
            "measure_reviewed",
            "lock_change",
            "repair",
            "photographed",
            "visit",
            "move",
            "tenancy_action",
            "cost_claim",
        ),
        "The person causing harm, and family": ("perpetrator_contact", "enforcement", "family_contact"),
        "Running the case": ("triaged", "discussion", "approval", "review"),
    }
)
"""The kinds that the form made from the vocabulary records, under plain headings."""

OWN_PAGES: Mapping[str, str] = MappingProxyType(
    {
        "report": "report",
        "assigned": "assign",
        "struck": "strike",
        "closed": "close",
        "reopened": "reopen",
        "override": "record",
    }
)
"""The kinds that have a page of their own, or that come with another entry."""

MUST_ASK: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "triaged": {"outcome": "Say what it is"},
        "risk_changed": {"how": "Say which way the risk changed"},
        "contact": {"result": "Say what happened"},
        "referral": {"to": "Say to whom"},
        "logged": {"where": "Say where it was logged"},
        "marker": {"kind": "Say which marker"},
        "discussion": {"with": "Say with whom"},
        "approval": {"by": "Say in which role", "for": "Say what for"},
        "briefing": {"to": "Say who was told"},
        "enforcement": {"kind": "Say which action"},
        "tenancy_action": {"kind": "Say what it is about"},
        "move": {"option": "Say which way"},
    }
)
"""What an entry says nothing without: the field, and what to tell the person who left it out."""

PAGES_APART: Mapping[str, str] = MappingProxyType(
    {
        "assessment": "assessments",
        "share": "new-share",
        "consent": "record-consent",
        "interview": "record-interview",
        "wishes": "wishes",
        "choice": "choice",
        "action_plan": "action-plan",
        "safety_plan": "safety-plan",
        "marker": "set-marker",
        "referral": "referrals",
    }
)
"""Of the kinds that are recorded apart, the page of each, by the name of its address."""
