"""What each landlord has set for itself: roles and what they may do, areas, periods, words, services.

It is read once from `landlord.toml` and `directory.toml` in the landlord's folder of policies,
and kept; `forget` makes the next question read it again.
"""

from fanlight.casework.landlords.faults import LandlordFault
from fanlight.casework.landlords.lengths import KINDS_KEPT, Length
from fanlight.casework.landlords.reading import forget, landlord_folders, settings_of
from fanlight.casework.landlords.services import (
    WAYS_IN,
    Service,
    houses_who_flees,
    says_where,
    service_faults,
    service_of,
)
from fanlight.casework.landlords.settings import (
    ALL_KINDS,
    SEEING,
    AppRole,
    LandlordSettings,
    Ownership,
    RoleSettings,
    SharingSettings,
)

__all__ = [
    "ALL_KINDS",
    "KINDS_KEPT",
    "SEEING",
    "WAYS_IN",
    "AppRole",
    "LandlordFault",
    "LandlordSettings",
    "Length",
    "Ownership",
    "RoleSettings",
    "Service",
    "SharingSettings",
    "forget",
    "houses_who_flees",
    "landlord_folders",
    "says_where",
    "service_faults",
    "service_of",
    "settings_of",
]
