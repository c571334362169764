"""What many may read says no protected address, whoever types it: below every action that takes a text."""

from collections.abc import Iterable

from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.models import Case
from fanlight.casework.queries.letters import gives_away
from fanlight.casework.queries.protected import protected_addresses

EVERYBODY_READS_IT = (
    "It says an address that is protected, and everybody who sees the case reads this. Leave the address out: those who may know it find it "
    "with the ways of reaching them."
)


def check_unsaid(case: Case, said: Iterable[tuple[str, str]], why: str = EVERYBODY_READS_IT) -> None:
    """This function will raise Faulty, with why, for each text that says a protected address of somebody in the case: of (field, text).

    The house and its number, or the postcode, give an address away: a text without a figure is not looked at.
    """
    texts = [(name, text) for name, text in said if any(letter.isdigit() for letter in text)]
    addresses = protected_addresses(case) if texts else ()
    faults = {name: (why,) for name, text in texts if any(gives_away(text, one) for one in addresses)}
    if faults:
        raise Faulty(faults)
