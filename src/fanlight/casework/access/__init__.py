"""Who may see and do what: the only package that decides it.

Roles are the landlord's own; what each may do, how far, and which kinds of entry it may record stands
in `landlord.toml`. How somebody comes to see a case at all, always through a role of theirs:

- scope *landlord*: every case of the landlord; *team*: those in the role's patches (a role held with no
  patch is held in all of them), and those whose patch is not known yet; *own*, and with every other scope
  too: those that they lead, in which an open duty lies on a desk of theirs, or that are being handed to them;
- a new report also for those who triage;
- a restricted case (it is about a colleague, or a colleague is the person at risk or the person causing harm)
  only through a role that has `colleague_case:see`, and for such a role alone that gives sight of no other;
- as a deputy of somebody who is away, what would be theirs to work on, as far as the deputy's own roles show such a case:
  a deputy gains reach, and no permission;
- as a role of `when_the_lead_is_named`, a case from which everybody to whom triage escalates is kept, with what they may do;
- in an emergency, for four hours, to read and to record; never a restricted case;
- never a case from which they are kept (named in it, related to somebody who is, set aside), whatever the role;
  never another landlord's.

Deputies and emergencies begin and end: who sees what depends on the moment, `now`.
"""

from fanlight.casework.access.addresses import Known, knowing, known, known_in
from fanlight.casework.access.desks import Absent, away, desk_of_person, desk_of_role, desks_of
from fanlight.casework.access.kept import (
    PARTIES,
    Kept,
    cases_kept_from,
    is_kept_from,
    is_without_a_lead,
    keeping,
    kept,
    kept_away,
    kept_from,
    without_a_lead,
)
from fanlight.casework.access.marac import visible_actions, visible_listings, visible_meetings, was_there
from fanlight.casework.access.permissions import (
    EVERYBODY,
    IN_EMERGENCY,
    PERMISSIONS,
    STANDING_IN,
    TAKES_TWO,
    check_permissions,
    takes_two,
    why_not_together,
)
from fanlight.casework.access.records import (
    ASKED_IN_VAIN,
    case_to_audit,
    cases_kept_of,
    cases_to_audit,
    find_kept,
    log_to_see,
)
from fanlight.casework.access.refusals import NotFound, Refused
from fanlight.casework.access.roles import (
    RoleHeld,
    demand,
    holders_of,
    leads,
    may_name_deputy,
    may_review_emergencies,
    permissions_of,
    roles_of,
    roles_of_people,
    roles_to_lead,
)
from fanlight.casework.access.seeing import DISPOSED, ids_of, is_seen, is_visible, visible_cases
from fanlight.casework.access.standing import (
    EMERGENCY_LASTS,
    THE_CASE_ITSELF,
    Standing,
    can,
    case_in_emergency,
    demand_receiver,
    find_case,
    find_marker,
    finding,
    found,
    sees_without_desk,
    standing_of,
    why_not_receive,
)

__all__ = [
    "ASKED_IN_VAIN",
    "DISPOSED",
    "EMERGENCY_LASTS",
    "EVERYBODY",
    "IN_EMERGENCY",
    "PARTIES",
    "PERMISSIONS",
    "STANDING_IN",
    "TAKES_TWO",
    "THE_CASE_ITSELF",
    "Absent",
    "Kept",
    "Known",
    "NotFound",
    "Refused",
    "RoleHeld",
    "Standing",
    "away",
    "can",
    "case_in_emergency",
    "case_to_audit",
    "cases_kept_from",
    "cases_kept_of",
    "cases_to_audit",
    "check_permissions",
    "demand",
    "demand_receiver",
    "desk_of_person",
    "desk_of_role",
    "desks_of",
    "find_case",
    "find_kept",
    "find_marker",
    "finding",
    "found",
    "holders_of",
    "ids_of",
    "is_kept_from",
    "is_seen",
    "is_visible",
    "is_without_a_lead",
    "keeping",
    "kept",
    "kept_away",
    "kept_from",
    "knowing",
    "known",
    "known_in",
    "leads",
    "log_to_see",
    "may_name_deputy",
    "may_review_emergencies",
    "permissions_of",
    "roles_of",
    "roles_of_people",
    "roles_to_lead",
    "sees_without_desk",
    "standing_of",
    "takes_two",
    "visible_actions",
    "visible_cases",
    "visible_listings",
    "visible_meetings",
    "was_there",
    "why_not_receive",
    "why_not_together",
    "without_a_lead",
]
