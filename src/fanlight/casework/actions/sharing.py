"""What the actions that share have in common: a share is judged, written down, and goes. No verb."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from fanlight.casework import keys
from fanlight.casework.access import NotFound, Refused, Standing
from fanlight.casework.actions.logged import LogRow
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft, clean_text, write
from fanlight.casework.letters.share import Content, share_as_pdf
from fanlight.casework.marac import day_in_words
from fanlight.casework.models import Case, Share, ShareSaid, Staff
from fanlight.casework.models.sealed import new_mark, of_case
from fanlight.casework.queries.consents import receiver_title
from fanlight.casework.queries.judging import (
    Carried,
    Judged,
    content_of,
    judged,
    names_of_reasons,
    needs_of,
    why_barred,
)
from fanlight.casework.rulings import Told
from fanlight.casework.sharing import Proposed, consent_of, lacking
from fanlight.present import day_of

LONGEST = 8000
MOST_ITEMS = 400


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said of a share beside what it is judged by: to whom at the receiver it goes, to which address of theirs, and words
    that come out of everything."""

    attention: str = ""
    where: str = ""
    take_out: tuple[str, ...] = ()


def checked(
    case: Case,
    proposed: Proposed,
    beside: Beside,
    told: Sequence[Told],
    by: Staff,
    now: datetime,
    *,
    carried: Carried | None = None,
) -> Judged:
    """This function will judge a share. It raises Faulty with all that it lacks, and Refused where they must not receive it.

    `carried` is what goes by a referral: it is judged as a share is, and must say of everybody in it why they are.
    """
    seen = judged(case, proposed, told, by, now, carried=carried)
    faults = {name: tuple(sentences) for name, sentences in lacking(proposed, seen.known, seen.law).items()}
    for name, sentence in seen.unasked(proposed):
        faults[name] = (*faults.get(name, ()), sentence)
    faults |= _too_long(proposed, beside)
    if faults:
        raise Faulty(faults)
    if barred := why_barred(case, proposed, attention=beside.attention, where=beside.where, by=by, now=now):
        raise Refused(barred)
    return seen


def _too_long(proposed: Proposed, beside: Beside) -> dict[str, tuple[str, ...]]:
    texts: Mapping[str, object] = {**asdict(proposed), "attention": beside.attention, "where": beside.where}
    found: dict[str, tuple[str, ...]] = {
        name: (f"Use {LONGEST} characters or fewer.",)
        for name, text in texts.items()
        if isinstance(text, str) and len(text) > LONGEST
    }
    if any(len(why) > LONGEST for why in proposed.named.values()):
        found["named"] = (f"Use {LONGEST} characters or fewer.",)
    if len(proposed.items) > MOST_ITEMS:
        found["items"] = (f"Choose {MOST_ITEMS} pieces or fewer.",)
    return found


def cleaned(proposed: Proposed) -> Proposed:
    """This function will take out of what was typed what no database holds."""
    said = asdict(proposed)
    said = {name: clean_text(value) if isinstance(value, str) else value for name, value in said.items()}
    said["named"] = {int(part): clean_text(why) for part, why in proposed.named.items()}
    said["items"] = tuple(dict.fromkeys(proposed.items))
    said["about"] = tuple(dict.fromkeys(proposed.about))
    return Proposed(**said)


def written_down(
    case: Case,
    proposed: Proposed,
    beside: Beside,
    seen: Judged,
    by: Staff,
    now: datetime,
    *,
    document: bytes | None = None,
) -> Share:
    """This function will make the row of a share with its document, sealed; it is not stored yet.

    `document` is that of the referral by which it goes; without one it is made.
    """
    words = ("to", "service", "purpose", "ground", "article_6", "article_9", "article_10", "common_law", "means")
    row = Share(landlord_id=case.landlord_id, case=case, mark=new_mark(), asked_at=now, asked_by=by)
    for name in words:
        setattr(row, name, getattr(proposed, name))
    row.section_115 = proposed.section_115 is True
    row.consent = consent_of(seen.known)
    row.without = "" if row.consent == "given" else proposed.without
    row.agreement_id = proposed.agreement
    row.about, row.law = list(proposed.about), seen.law.in_force_from
    row.needs = needs_of(case, proposed, seen)
    row.is_to_be_authorised = bool(row.needs)
    row.said = ShareSaid(
        organisation=proposed.organisation,
        attention=beside.attention,
        where=beside.where,
        why=proposed.why,
        necessity=proposed.necessity,
        proportion=proposed.proportion,
        why_without=proposed.why_without,
        conditions_kept=proposed.conditions_kept,
        named=names_of_reasons(proposed.named),
        items=proposed.items,
        take_out=beside.take_out,
    )
    content = content_of(
        case, proposed, seen, attention=beside.attention, take_out=beside.take_out, mark=row.mark, now=now
    )
    document = share_as_pdf(content, now) if document is None else document
    row.content_text = content.as_text()
    row.sealed_document = keys.seal(of_case(row), row.document_place, document)
    row.digest = hashlib.sha256(document).hexdigest()
    return row


def send(
    row: Share,
    standing: Standing,
    *,
    expected_sequence: int | None,
    overrides: Sequence[tuple[str, str]],
    log: LogRow,
    by: Staff,
    now: datetime,
    at: datetime | None = None,
    by_referral: Draft | None = None,
    also: Sequence[Draft] = (),
) -> None:
    """This function will let a share go, through the gate of the landlord's policy: the entry says to whom and on what ground.

    `also` stand on the record before it, at the same moment. `by_referral` is the entry of the referral by which it goes: it stands
    after it, since policies ask before a referral whether it was shared on a ground. Raises Stopped where the policy asks for
    something else first, with all that it asks for.
    """
    demand_not_before(row.case, at, law=row.law if row.law <= day_of(now) else None)
    said = row.said
    title = receiver_title(row.case.landlord_id, row.to, row.service, said.organisation)
    pieces = len(said.items)
    note = f"To {title}: {pieces} {'piece' if pieces == 1 else 'pieces'}, as the document of the share has them."
    fields = {"to": row.to, "ground": row.ground, "reason": said.why}
    last = write(
        row.case,
        standing,
        [
            *(replace(one, at=at) for one in also),
            Draft("share", fields, asserted_by(row.ground), note=note, at=at),
            *([by_referral] if by_referral else []),
        ],
        expected_sequence=expected_sequence,
        overrides=overrides,
        log=log,
        by=by,
        now=now,
    )
    row.sequence = next((one for one, kind in reversed(log.detail["entries"]) if kind == "share"), last)
    row.gone_at = at or now
    log.detail["digest"] = row.digest


def demand_not_before(case: Case, at: datetime | None, *, law: date | None = None) -> None:
    """This function will raise Faulty where something is said to have gone before the case began, or before the law that it rests on."""
    if at is None:
        return
    if case.opened_at is not None and at < case.opened_at:
        raise Faulty({"at": ("That is before the case began.",)})
    if law is not None and day_of(at) < law:
        raise Faulty({"at": (f"That is before the law that it rests on, which is in force from {day_in_words(law)}.",)})


def asserted_by(ground: str) -> Mapping[str, object]:
    """This function will give the facts that whoever chooses a ground says are so: the policy's gates read them."""
    return {"immediate_danger": True} if ground == "immediate_harm" else {}


def proposed_of(row: Share) -> tuple[Proposed, Beside]:
    """This function will give a share that was asked for as it was meant."""
    said = row.said
    proposed = Proposed(
        to=row.to,
        service=row.service,
        organisation=said.organisation,
        purpose=row.purpose,
        why=said.why,
        ground=row.ground,
        article_6=row.article_6,
        article_9=row.article_9,
        article_10=row.article_10,
        common_law=row.common_law,
        section_115=row.section_115,
        necessity=said.necessity,
        proportion=said.proportion,
        means=row.means,
        about=tuple(row.about),
        items=said.items,
        named={int(part): str(why) for part, why in said.named},
        without=row.without,
        why_without=said.why_without,
        conditions_kept=said.conditions_kept,
        agreement=row.agreement_id,
    )
    return proposed, Beside(said.attention, said.where, said.take_out)


def share_of(case: Case, number: int) -> Share:
    """This function will give a share of a case that is locked. It raises NotFound."""
    found = Share.objects.filter(case=case, pk=number).first()
    if found is None:
        raise NotFound
    found.case = case
    return found


def content_that_was_asked_for(row: Share) -> Content:
    """This function will give what the document of a share says."""
    return Content.from_text(row.content_text)


def demand_sharer(case: Case, standing: Standing, ground: str) -> None:
    """This function will raise Refused for somebody who may not share, or who has the case open in an emergency and shares for less."""
    if why_not := standing.why_not_record("share"):
        raise Refused(why_not)
    demand_cause(standing, ground)
    if case.status == "joined":
        raise Refused("This case was joined to another: share from that one.")


def demand_cause(standing: Standing, ground: str) -> None:
    """This function will raise Refused for somebody who has the case open in an emergency and tells others for less."""
    if standing.emergency_until is not None and ground != "immediate_harm":
        raise Refused("You have this case open in an emergency: share only what stops harm that is about to happen.")
