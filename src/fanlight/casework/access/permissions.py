"""What a role may be allowed to do: the list of permissions, and what follows from holding one."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from fanlight.casework.landlords import ALL_KINDS, SEEING, LandlordFault, settings_of
from fanlight.policy.vocabulary import ENTRY_KINDS

PERMISSIONS: Mapping[str, str] = MappingProxyType(
    {
        "report:make": "Make a report; everybody on staff may.",
        "report:triage": "See new reports, and open, join or redirect them.",
        "case:see": "See cases, as far as the role's scope reaches.",
        "case:write": "Record entries in a case, of the kinds that the role may record.",
        "case:assign": "Give a case to somebody.",
        "case:close": "Close a case, and open a closed one again.",
        "case:strike": "Strike out an entry that was recorded in error.",
        "colleague_case:see": "See cases about a colleague; without it they do not exist, and alone it shows no other.",
        "duties:team": "See the duties of the team.",
        "handovers:see": "See every hand-over that nobody has acknowledged.",
        "policy:see": "Read the landlord's policy; everybody on staff may.",
        "figures:see": "See figures, which name nobody.",
        "case:set_aside": "Set colleagues aside from a case, say who is related to somebody in it, and let them back in.",
        "emergency:use": "Open a case that the role does not show, in an emergency, with a reason, for four hours.",
        "emergency:review": "Be told of each emergency access, and say whether it was right.",
        "staff:administer": "Manage accounts: ask for roles and take them away, name deputies, end accounts.",
        "staff:approve": "Approve a role that sees cases, which somebody else asked for; name deputies.",
        "audit:see": "See who looked at what, and who was refused.",
        "retention:see": "See what falls due for disposal, and what is held back.",
        "retention:hold": "Hold a case back from disposal, with a reason.",
        "dispose:review": "Look at what falls due for disposal, and let it go.",
        "dispose:carry_out": "Dispose of a case that somebody else has looked at and let go.",
        "register:see": "Look people, homes and tenancies up in the register; it says nothing of any case.",
        "register:merge": "Say that two people in the register are one, and take them apart again.",
        "register:import": "Import people, homes and tenancies from the housing system.",
        "directory:keep": "Change the directory of services, and make sure that it is right.",
        "marker:set": "Set a marker on a home for a reason that is no case, such as a resident who needs it.",
        "address:check": "Ask whether something may be done at an address; everybody on staff may.",
        "address:authorise": "Authorise a change of address that is protected, say who may know it, and lift its protection.",
        "share:authorise": "Authorise what somebody else means to share, where the landlord wants it.",
        "shares:see": "See the register of what left the landlord, without what was in it, and that of agreements.",
        "agreements:keep": "Keep the register of agreements on sharing: enter one, review it, end it.",
        "marac:see": "See the meetings of the MARAC in their areas, with the cases that the role shows.",
        "marac:arrange": "Enter meetings of the MARAC, the cases on their lists, who goes, and what we are asked to do.",
        "marac:minutes": "Write the minutes of a meeting of the MARAC at which one was.",
        "equality:record": "Record equality data for monitoring, which stands apart and is never required.",
        **{f"approve:{kind}": f"Approve: {name.title}." for kind, name in ENTRY_KINDS.items()},
    }
)
EVERYBODY = frozenset({"report:make", "policy:see", "address:check"})
TAKES_TWO = SEEING | {
    "emergency:use",
    "emergency:review",
    "case:set_aside",
    "staff:approve",
    "audit:see",
    "dispose:review",
    "dispose:carry_out",
    "address:authorise",
    "share:authorise",
    "shares:see",
    "marac:arrange",
    "marac:minutes",
}
"""A role with any of these shows cases, or who looked at them, or decides who does: one asks for it, and another approves."""

STANDING_IN = frozenset(
    {
        *("report:triage", "case:write", "case:assign", "case:close", "case:strike", "case:set_aside"),
        *("emergency:review", "handovers:see", "duties:team"),
    }
)
"""What a role of `when_the_lead_is_named` may do in a case of which the lead may know nothing."""

IN_EMERGENCY = frozenset({"case:see", "case:write", "handovers:see"})
"""What somebody may do in a case that they opened in an emergency: they read and record, and decide nothing."""


def check_permissions(landlord_id: str) -> None:
    """This function will raise LandlordFault where a role of a landlord has a permission that is none."""
    for role in settings_of(landlord_id).roles.values():
        if unknown := sorted(role.permissions - PERMISSIONS.keys()):
            raise LandlordFault(f"{landlord_id}/landlord.toml, roles.{role.role}: {unknown[0]} is not a permission.")
        if unknown := sorted(role.records - ENTRY_KINDS.keys() - {ALL_KINDS}):
            raise LandlordFault(f"{landlord_id}/landlord.toml, roles.{role.role}: {unknown[0]} is not a kind of entry.")


def takes_two(landlord_id: str, role: str) -> bool:
    """This function will say whether a role is granted by two people."""
    return not settings_of(landlord_id).roles[role].permissions.isdisjoint(TAKES_TWO)


def why_not_together(landlord_id: str, roles: Iterable[str]) -> str:
    """This function will say why one person may not hold these roles, or nothing where they may.

    Who manages accounts sees no case, through whatever role.
    """
    held = [settings_of(landlord_id).roles[role] for role in roles if role in settings_of(landlord_id).roles]
    if any("staff:administer" in role.permissions for role in held) and any(role.permissions & SEEING for role in held):
        return "Whoever manages accounts may not see cases: one person cannot hold both roles."
    return ""
