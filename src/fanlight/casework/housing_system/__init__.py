"""What a housing system exports: how its files are to be understood, what stands in them, and every fault of them by line.

Nothing here reads or writes the register: `actions.import_register` does.
"""

from fanlight.casework.housing_system.check import Checked, check, rows_of
from fanlight.casework.housing_system.faults import Fault
from fanlight.casework.housing_system.files import Source, sources
from fanlight.casework.housing_system.mapping import KINDS, Mapping, MappingFaults, default_mapping, read_mapping
from fanlight.casework.housing_system.rows import HomeRow, PatchRow, PersonRow, ResidentRow, TenancyRow

__all__ = [
    "KINDS",
    "Checked",
    "Fault",
    "HomeRow",
    "Mapping",
    "MappingFaults",
    "PatchRow",
    "PersonRow",
    "ResidentRow",
    "Source",
    "TenancyRow",
    "check",
    "default_mapping",
    "read_mapping",
    "rows_of",
    "sources",
]
