"""The tables: fields, constraints and how a row is named; no rules."""

from fanlight.casework.models.case import Case, ReferenceCounter
from fanlight.casework.models.contact import Terms, Way
from fanlight.casework.models.entry import Entry
from fanlight.casework.models.equality import Equality
from fanlight.casework.models.landlord import Landlord
from fanlight.casework.models.log import Log
from fanlight.casework.models.marac import MaracReferral
from fanlight.casework.models.marac_meetings import (
    MaracAction,
    MaracAttendance,
    MaracListing,
    MaracMeeting,
    MaracMinutes,
)
from fanlight.casework.models.marker import AddressCheck, Marker
from fanlight.casework.models.moving import Letter, Lifting, MayKnow, Move, MoveAnswer, MoveChange, MoveStep
from fanlight.casework.models.part import Part
from fanlight.casework.models.plans import Interview, Offered, Plan, PlanAnswer, PlanCopy, PlanItem, Wish
from fanlight.casework.models.projections import Duty, DutyDesk, Referral
from fanlight.casework.models.reach import Deputy, EmergencyAccess, KeptFrom, RoleAsked
from fanlight.casework.models.referring import DirectoryEntry, OnwardReferral, ReferralDocument, ReferralStep
from fanlight.casework.models.register import (
    FoundBy,
    Home,
    HomeDetails,
    Person,
    PersonChange,
    PersonDetails,
    Resident,
    Tenancy,
    group_of,
    of_one,
    one_with,
)
from fanlight.casework.models.relations import ChildSaid, PartChange, Relation
from fanlight.casework.models.retention import Disposal, DisposalReview, Hold
from fanlight.casework.models.risk import Assessment, AssessmentDraft
from fanlight.casework.models.sameness import Merge, PerhapsSame, SaidApart
from fanlight.casework.models.sent_form import SentForm
from fanlight.casework.models.sharing import (
    Agreement,
    AgreementReview,
    Consent,
    ConsentSaid,
    MustNotReceive,
    Share,
    ShareSaid,
)
from fanlight.casework.models.sign_in import FactorReset, OneTimeCode, ProgramKey, SignedIn
from fanlight.casework.models.staff import Staff, StaffRole, names_of

__all__ = [
    "AddressCheck",
    "Agreement",
    "AgreementReview",
    "Assessment",
    "AssessmentDraft",
    "Case",
    "ChildSaid",
    "Consent",
    "ConsentSaid",
    "Deputy",
    "DirectoryEntry",
    "Disposal",
    "DisposalReview",
    "Duty",
    "DutyDesk",
    "EmergencyAccess",
    "Entry",
    "Equality",
    "FactorReset",
    "FoundBy",
    "Hold",
    "Home",
    "HomeDetails",
    "Interview",
    "KeptFrom",
    "Landlord",
    "Letter",
    "Lifting",
    "Log",
    "MaracAction",
    "MaracAttendance",
    "MaracListing",
    "MaracMeeting",
    "MaracMinutes",
    "MaracReferral",
    "Marker",
    "MayKnow",
    "Merge",
    "Move",
    "MoveAnswer",
    "MoveChange",
    "MoveStep",
    "MustNotReceive",
    "Offered",
    "OneTimeCode",
    "OnwardReferral",
    "Part",
    "PartChange",
    "PerhapsSame",
    "Person",
    "PersonChange",
    "PersonDetails",
    "Plan",
    "PlanAnswer",
    "PlanCopy",
    "PlanItem",
    "ProgramKey",
    "ReferenceCounter",
    "Referral",
    "ReferralDocument",
    "ReferralStep",
    "Relation",
    "Resident",
    "RoleAsked",
    "SaidApart",
    "SentForm",
    "Share",
    "ShareSaid",
    "SignedIn",
    "Staff",
    "StaffRole",
    "Tenancy",
    "Terms",
    "Way",
    "Wish",
    "group_of",
    "names_of",
    "of_one",
    "one_with",
]
