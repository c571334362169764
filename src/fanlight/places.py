"""Where the landlords' policies are: named by the environment, installed, or in the checkout."""

import os
from pathlib import Path

VARIABLE = "FANLIGHT_POLICIES"
INSTRUMENTS = "instruments"
"""The folder of risk instruments: beside those of the landlords for all, and within a landlord's for its own."""

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = (_PACKAGE / "_policies", _PACKAGE.parents[1] / "policies")


def policies_folder() -> Path:
    """This function will give the folder that holds one folder of policies for each landlord.

    A folder named by the environment variable FANLIGHT_POLICIES is taken before the copy
    installed with the package, and that before the one of a checkout. It raises
    FileNotFoundError, saying what was looked for, when the folder is not there.
    """
    named = os.environ.get(VARIABLE)
    if named:
        folder = Path(named)
        if not folder.is_dir():
            raise FileNotFoundError(f"{VARIABLE} names {named}, which is not a folder")
        return folder
    for folder in _INSTALLED:
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no policies are installed with Fanlight: set {VARIABLE} to the folder that holds them")


def holidays_file() -> Path:
    """This function will give the file of bank holidays: beside the policies, or else the one that came with Fanlight.

    A folder of landlords' own policies need not bring one.
    """
    return _beside_the_policies("holidays.toml")


def statute_file() -> Path:
    """This function will give the file of what the law calls domestic abuse, in the same way."""
    return _beside_the_policies("statute.toml")


def sharing_file() -> Path:
    """This function will give the file of what the law asks of whoever shares personal data, in the same way."""
    return _beside_the_policies("sharing.toml")


def letters_file(landlord_id: str) -> Path:
    """This function will give the file of a landlord's letters: its own, or else the one for all, in the same way."""
    own = policies_folder() / landlord_id / "letters.toml"
    return own if own.is_file() else _beside_the_policies("letters.toml")


def instruments_folder() -> Path:
    """This function will give the folder of the risk instruments that are for all, in the same way."""
    return _beside_the_policies(INSTRUMENTS)


def referrals_file(landlord_id: str) -> Path:
    """This function will give the file of what a landlord's referrals may be for: its own, or else the one for all."""
    own = policies_folder() / landlord_id / "referrals.toml"
    return own if own.is_file() else _beside_the_policies("referrals.toml")


def safety_plans_file(landlord_id: str) -> Path:
    """This function will give the file of the forms of a landlord's safety plans: its own, or else the one for all."""
    own = policies_folder() / landlord_id / "safety_plans.toml"
    return own if own.is_file() else _beside_the_policies("safety_plans.toml")


def _beside_the_policies(name: str) -> Path:
    beside = policies_folder() / name
    folders = (folder / name for folder in _INSTALLED)
    return next((file for file in (beside, *folders) if file.exists()), beside)
