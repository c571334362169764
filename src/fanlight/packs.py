"""The landlords' packs on disk: finds and reads policy files, requirements and scenarios for whoever needs them."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from fanlight.places import INSTRUMENTS, holidays_file, policies_folder
from fanlight.policy import (
    Fault,
    Faults,
    Policy,
    Requirement,
    Succession,
    read_policy,
    read_requirements,
    read_toml,
    succession_of,
)
from fanlight.policy.faults import nearest_or_list

NOT_POLICIES = ("landlord.toml", "directory.toml", "requirements.toml")


def read_text(path: Path) -> str:
    """This function will read a file as UTF-8. It raises Faults, in plain words, where that cannot be done."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Faults([Fault(called(path), "There is no such file.")]) from None
    except UnicodeDecodeError:
        raise Faults([Fault(called(path), "The file is not UTF-8 text.", "Save it as UTF-8.")]) from None
    except OSError as error:
        raise Faults([Fault(called(path), f"The file cannot be read: {error.strerror}.")]) from None


def called(path: Path) -> str:
    """This function will give the name by which a message calls a file: within the policies where it lies there."""
    try:
        return path.resolve().relative_to(policies_folder().parent).as_posix()
    except (ValueError, OSError, RuntimeError):
        return str(path)


@cache
def bank_holidays() -> dict[str, frozenset[date]]:
    """This function will give the bank holidays of each nation, from `holidays.toml`."""
    file = holidays_file()
    found: dict[str, frozenset[date]] = {}
    for nation, table in read_toml(read_text(file), called(file)).items():
        if nation == "years":
            continue
        days = table.get("dates") if isinstance(table, dict) else None
        if not isinstance(days, list) or not all(type(day) is date for day in days):
            raise Faults([Fault(called(file), f"'{nation}' has no list of days.", "Make the file anew.")])
        found[nation] = frozenset(days)
    return found


def landlord_ids() -> list[str]:
    """This function will list the landlords that have a policy."""
    folders = (folder for folder in policies_folder().iterdir() if folder.is_dir() and folder.name != INSTRUMENTS)
    return sorted(folder.name for folder in folders if policy_files(folder))


def policy_files(folder: Path) -> list[Path]:
    """This function will list the policy files of a landlord's folder: every version, nothing else."""
    return sorted(path for path in folder.glob("*.toml") if path.name not in NOT_POLICIES)


def read_policy_file(path: Path) -> Policy:
    """This function will read one policy file. It raises Faults with everything that is wrong with it."""
    return read_policy(read_text(path), called(path), bank_holidays())


def succession_for(landlord_id: str) -> Succession:
    """This function will read all versions of a landlord's policy.

    It raises Faults where there is no such landlord, or with everything that is wrong with any version.
    """
    if landlord_id not in landlord_ids():
        raise Faults([Fault(landlord_id, "There is no such landlord.", nearest_or_list(landlord_id, landlord_ids()))])
    return succession_in(policies_folder() / landlord_id)


def succession_in(folder: Path) -> Succession:
    """This function will read all versions in a landlord's folder. It raises Faults with everything that is wrong."""
    faults: list[Fault] = []
    policies: list[Policy] = []
    for path in policy_files(folder):
        try:
            policies.append(read_policy_file(path))
        except Faults as found:
            faults.extend(found.faults)
    if faults:
        raise Faults(faults)
    return succession_of(policies)


def requirements_beside(path: Path) -> tuple[Requirement, ...] | None:
    """This function will read the requirements that stand beside a policy file, or give None where there are none."""
    beside = path.parent / "requirements.toml"
    return read_requirements(read_text(beside), called(beside)) if beside.is_file() else None
