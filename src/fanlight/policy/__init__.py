"""The engine: a landlord's policy, the story of a case, and the ruling that comes of them. Pure; no clock, no disk."""

from fanlight.policy.faults import Fault, Faults
from fanlight.policy.file import (
    Policy,
    Requirement,
    Succession,
    read_policy,
    read_requirements,
    read_toml,
    succession_of,
    unaccounted,
    vocabulary_of,
)
from fanlight.policy.ruling import Advice, Duty, Option, Owed, Question, Refusal, Ruling, advise, owed, permit, rule
from fanlight.policy.story import Entry, read_entry, read_proposal, read_story

__all__ = [
    "Advice",
    "Duty",
    "Entry",
    "Fault",
    "Faults",
    "Option",
    "Owed",
    "Policy",
    "Question",
    "Refusal",
    "Requirement",
    "Ruling",
    "Succession",
    "advise",
    "owed",
    "permit",
    "read_entry",
    "read_policy",
    "read_proposal",
    "read_requirements",
    "read_story",
    "read_toml",
    "rule",
    "succession_of",
    "unaccounted",
    "vocabulary_of",
]
