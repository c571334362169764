"""Below the actions on meetings of the MARAC: which meeting, which case on its list, and what goes on the record with it. No verb."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from fanlight.casework import access, rulings
from fanlight.casework.access import NotFound, Refused, Standing
from fanlight.casework.actions.logged import LogRow
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft, clean_text, says_something
from fanlight.casework.models import Case, MaracListing, MaracMeeting, MaracMinutes, Staff
from fanlight.casework.rulings import Told

MOST = 4000
MOST_MINUTES = 20000
MARAC = "marac"


@dataclass(frozen=True, slots=True)
class Opened:
    """A case on the list of a meeting, locked; `case` and `standing` are None where it is nobody whom we have found."""

    listing: MaracListing
    case: Case | None
    standing: Standing | None


def meeting_of(by: Staff, number: int, *, now: datetime) -> MaracMeeting:
    """This function will give a meeting that somebody may see. Raises NotFound, Refused."""
    found = access.visible_meetings(by, now=now).filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def open_listing(log: LogRow, meeting: int, number: int, *, by: Staff, now: datetime) -> Opened:
    """This function will give a case on the list of a meeting, and keep others from writing in it until the transaction ends.

    Raises NotFound where somebody may not see it, or it was taken off.
    """
    held = meeting_of(by, meeting, now=now)
    seen = access.visible_listings(by, now=now).filter(meeting=held, pk=number).exclude(settled="taken_off")
    found = seen.select_related("case").first()
    if found is None:
        raise NotFound
    case, standing = found.case, None
    if case is None:
        log.head()
    else:
        log.case = case
        ((case, standing),) = log.lock(case)
    again = MaracListing.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if again.case_id != found.case_id or again.settled == "taken_off":
        raise Refused("Somebody has changed the list meanwhile: look at it again.")
    again.meeting = held
    if case is not None:
        again.case = case
    log.detail |= {"meeting": held.pk, "listing": again.pk}
    return Opened(again, case, standing)


def demand_arranger(by: Staff, meeting: MaracMeeting) -> None:
    """This function will raise Refused for somebody who does not arrange meetings, or for a meeting that was cancelled."""
    access.demand(by, "marac:arrange")
    if meeting.cancelled_at is not None:
        raise Refused("This meeting was cancelled.")


def checked(name: str, text: str, missing: str = "", most: int = MOST) -> str:
    """This function will give a text as it is kept. It raises Faulty where one is missing that must be there, or is too long."""
    text = clean_text(text)
    if missing and not says_something(text):
        raise Faulty({name: (missing,)})
    if len(text) > most:
        raise Faulty({name: (f"Use {most} characters or fewer.",)})
    return text


def has_minutes(meeting: MaracMeeting) -> bool:
    """This function will say whether minutes of a meeting are held."""
    return MaracMinutes.objects.filter(listing__meeting=meeting).exists()


def request_of_the_marac(meeting: MaracMeeting) -> Draft:
    """This function will give what goes on the record of a case that another agency brought to the MARAC."""
    said = {"from": MARAC, "asks": f"What we know of it, for the MARAC of {meeting.area}"}
    return Draft("request", said)


def completing(told: Sequence[Told], note: str, now: datetime) -> Iterator[Draft]:
    """This function will give what completes each request of the MARAC that is open on the record of a case."""
    standing = rulings.standing_rows(told, now)
    answered = {row.of_sequence for row in standing if row.kind == "request_completed"}
    for row in standing:
        said = row.payload["fields"]
        if row.kind == "request" and said.get("from") == MARAC and row.sequence not in answered:
            asks = {"asks": said["asks"]} if said.get("asks") else {}
            yield Draft("request_completed", {"from": MARAC, **asks, "note": note}, of_sequence=row.sequence)


def reported(told: Sequence[Told], now: datetime) -> list[Draft]:
    """This function will give what goes on the record with a research return: that the report was made, and requests completed."""
    return [
        Draft("case_report", {"for": MARAC}),
        *completing(told, "What we know has gone to the MARAC.", now),
    ]


def write_if(case: Case, standing: Standing, kind: str) -> None:
    """This function will raise Refused for somebody who may not record a kind of entry in a case."""
    if why_not := standing.why_not_record(kind):
        raise Refused(why_not)
    if case.status == "joined":
        raise Refused("This case was joined to another: put that one on the list.")
