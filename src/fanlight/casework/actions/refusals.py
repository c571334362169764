"""What an action raises when it does not do what was asked, apart from NotFound and Refused of `access`."""

from collections.abc import Mapping

from fanlight.casework.queries.find_people import FoundPerson
from fanlight.casework.queries.lines import RefusalLine, StoryLine


class Faulty(Exception):
    """What was typed is not understood. `faults` is field name → sentences; the name is empty for the whole."""

    def __init__(self, faults: Mapping[str, tuple[str, ...]]) -> None:
        self.faults = faults
        super().__init__("; ".join(sentence for sentences in faults.values() for sentence in sentences))


class Alike(Faulty):
    """Somebody is named who is like people that whoever names them may see: it has to be said that they are one of them, or why not."""

    def __init__(self, people: tuple[FoundPerson, ...], *, may_be_unknown: bool = False) -> None:
        """`may_be_unknown` is for a form that takes it for an answer that nobody knows."""
        self.people = people
        asks = "Say whether it is one of them"
        more = "." if may_be_unknown else "; if it is somebody else, say how you know."
        super().__init__({"same_as": (f"Somebody like that is known already. {asks}{more}",)})


class Stopped(Exception):
    """Policy stands in the way. `gates` are all the gates that do, overridden ones apart."""

    def __init__(self, gates: tuple[RefusalLine, ...]) -> None:
        self.gates = gates
        super().__init__("; ".join(gate.refuse for gate in gates))


class Conflict(Exception):
    """Somebody else has written since the form was opened. `since` is what they wrote, oldest first."""

    def __init__(self, since: tuple[StoryLine, ...], last_sequence: int) -> None:
        self.since = since
        self.last_sequence = last_sequence
        super().__init__(f"{len(since)} written since")
