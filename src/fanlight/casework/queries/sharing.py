"""Shares: those of a case, one of them with its document, the form, the register of all, and the register of agreements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from fanlight.casework import access, keys, rulings
from fanlight.casework.access import NotFound, Refused, Standing, can, find_case, visible_cases
from fanlight.casework.landlords import settings_of
from fanlight.casework.letters.share import Content
from fanlight.casework.models import (
    Agreement,
    Case,
    MustNotReceive,
    OnwardReferral,
    Referral,
    Share,
    Staff,
    names_of,
)
from fanlight.casework.models.sealed import of_case
from fanlight.casework.queries.case_page import may_in
from fanlight.casework.queries.consents import (
    ConsentLine,
    RecipientChoice,
    receiver_title,
    recipients_of,
    struck_in,
)
from fanlight.casework.queries.directory import directory_of
from fanlight.casework.queries.judging import content_of, grounds_that_fit, judged, needs_of, why_barred
from fanlight.casework.queries.lines import Page, PartLine, RefusalLine
from fanlight.casework.queries.paging import page_number
from fanlight.casework.queries.referrals import carried_by
from fanlight.casework.queries.refusal_lines import refusal_lines
from fanlight.casework.sharing import (
    AUTHORISED_WHEN,
    GROUNDS,
    HEADS,
    MEANS,
    NOTHING_YET,
    Fits,
    Ground,
    Law,
    Proposed,
    lacking,
    law_at,
)
from fanlight.present import day_of

PAGE = 50
SOON = timedelta(weeks=4)

STATES: Mapping[str, str] = {
    "waits": "Waits for its authoriser",
    "gone": "Sent, not yet confirmed",
    "received": "Received",
    "refused": "Not authorised",
    "stopped": "Stopped",
}


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A share in a list: to whom, for what, on which ground, how far it is. It says nothing of what is in it."""

    reference: str
    number: int
    to_title: str
    purpose_title: str
    ground_title: str
    consent: str
    state: str
    state_title: str
    asked_by: str
    asked_at: datetime
    decided_by: str
    gone_at: datetime | None
    received_at: datetime | None
    stopped_because: str
    agreement: int | None
    is_struck: bool = False
    referral: int | None = None
    """The referral by which it goes, where it goes by one: whether they have it is said there."""


@dataclass(frozen=True, slots=True)
class BarLine:
    """Somebody who must not receive anything of the case."""

    number: int
    who: str
    reason: str
    by: str
    at: datetime
    ended_at: datetime | None
    end_reason: str


@dataclass(frozen=True, slots=True)
class SharesOfCase:
    """The shares of a case, those that wait first; and who must not receive anything of it."""

    reference: str
    shares: tuple[ShareLine, ...]
    barred: tuple[BarLine, ...]
    barred_before: tuple[BarLine, ...]
    services: tuple[tuple[str, str], ...]
    may_share: bool
    may_bar: bool


@dataclass(frozen=True, slots=True)
class SharePage:
    """A share whole: the grounds in words with where the law says so, what was said, what is in it as (heading, rows)."""

    line: ShareLine
    attention: str
    where: str
    means_title: str
    why: str
    necessity: str
    proportion: str
    basis: tuple[tuple[str, str], ...]
    consent_title: str
    why_without: str
    conditions_kept: str
    agreement_title: str
    named: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    head: tuple[tuple[str, str], ...]
    digest: str
    needs: tuple[str, ...]
    decision: str
    decided_by: str
    decided_at: datetime | None
    stopped_by: str
    stopped_at: datetime | None
    received: str
    received_noted_by: str
    gates: tuple[RefusalLine, ...]
    may_decide: bool
    why_not_decide: str
    may_write: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A piece that may be chosen: its key, and what it is, without what it says."""

    key: str
    title: str
    part: int | None
    may_tell: bool


@dataclass(frozen=True, slots=True)
class GroundLine:
    """A ground under one head, in plain words, with where the law says so and whether it fits: yes, no, or nothing known."""

    head: str
    id: str
    title: str
    cite: str
    means: str
    fits: bool | None
    because: str


@dataclass(frozen=True, slots=True)
class ShareForm:
    """What is asked for before something is shared. `groups` are the pieces under their headings; `grounds` what fits, and none chosen."""

    reference: str
    people: tuple[PartLine, ...]
    recipients: tuple[RecipientChoice, ...]
    purposes: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]
    grounds: tuple[GroundLine, ...]
    without: tuple[tuple[str, str], ...]
    agreements: tuple[tuple[int, str], ...]
    consents: tuple[ConsentLine, ...]
    barred: tuple[BarLine, ...]
    advice: tuple[str, ...]
    law: str
    authorised_when: tuple[str, ...]
    last_sequence: int


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement: whom it covers, for which purposes, and when it is looked at again. `due` is soon or late where that is near or past."""

    number: int
    title: str
    note: str
    covers: tuple[str, ...]
    purposes: tuple[str, ...]
    made_on: date
    review_on: date
    due: str
    ended_at: datetime | None
    end_reason: str
    reviews: tuple[tuple[datetime, str, str], ...]
    shares: int


@dataclass(frozen=True, slots=True)
class Agreements:
    """The register of agreements, those to be looked at first; and the lists out of which one is made."""

    now: tuple[AgreementLine, ...]
    before: tuple[AgreementLine, ...]
    kinds: tuple[tuple[str, str], ...]
    services: tuple[tuple[str, str], ...]
    purposes: tuple[tuple[str, str], ...]
    may_keep: bool


_GROUNDS: Mapping[str, str] = dict(GROUNDS)
_CONSENT: Mapping[str, str] = {
    "given": "They agreed",
    "refused": "Somebody whom it is about did not agree",
    "withdrawn": "Somebody whom it is about took it back",
    "not_asked": "Not everybody whom it is about was asked",
}


# ── In a case ────────────────────────────────────────────────────────────────────────────────────────────────────────


def shares_of_case(viewer: Staff, reference: str, *, now: datetime) -> SharesOfCase:
    """This function will give the shares of a case, and who must not receive anything of it. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    struck = struck_in(rulings.told(case), now)
    lines = _lines(Share.objects.filter(case=case).select_related("case").order_by("-asked_at", "-pk"), struck)
    bars = _bars(case)
    services = directory_of(case.landlord_id)
    return SharesOfCase(
        reference=case.reference,
        shares=tuple(sorted(lines, key=lambda line: line.state != "waits")),
        barred=tuple(one for one in bars if one.ended_at is None),
        barred_before=tuple(one for one in bars if one.ended_at is not None),
        services=tuple(sorted(((one.id, one.name) for one in services), key=lambda one: one[1])),
        may_share="share" in may_in(case, standing).record,
        may_bar=standing.can("case:write") and case.status != "joined",
    )


def _bars(case: Case) -> tuple[BarLine, ...]:
    rows = list(MustNotReceive.objects.filter(case=case).order_by("-at", "-pk"))
    names = names_of(row.by_id for row in rows)
    services = {one.id: one.name for one in directory_of(case.landlord_id)}
    return tuple(
        BarLine(
            row.pk,
            ", ".join(filter(None, (services.get(row.service, row.service), row.name))),
            row.reason,
            names[row.by_id],
            row.at,
            row.ended_at,
            row.end_reason,
        )
        for row in rows
    )


def _lines(rows: Iterable[Share], struck: frozenset[int] = frozenset(), *, opens: bool = True) -> list[ShareLine]:
    """With `opens` an organisation that is not in the directory is named, for whoever sees the case."""
    every = list(rows)
    _note_received(every)
    names = names_of(person for row in every for person in (row.asked_by_id, row.decided_by_id))
    return [
        ShareLine(
            reference=row.case.reference,
            number=row.pk,
            to_title=receiver_title(
                row.landlord_id, row.to, row.service, row.said.organisation if opens and not row.service else ""
            ),
            purpose_title=law_at(row.law).purposes.get(row.purpose, row.purpose),
            ground_title=_GROUNDS[row.ground],
            consent=_CONSENT[row.consent],
            state=row.state,
            state_title=STATES[row.state],
            asked_by=names[row.asked_by_id],
            asked_at=row.asked_at,
            decided_by=names[row.decided_by_id],
            gone_at=row.gone_at,
            received_at=row.received_at,
            stopped_because=row.get_stopped_because_display() if row.stopped_because else "",
            agreement=row.agreement_id,
            is_struck=row.sequence is not None and row.sequence in struck,
            referral=row.referral_id,
        )
        for row in every
    ]


def _note_received(rows: Sequence[Share]) -> None:
    """What went by a referral is received when the referral is, as the record has it."""
    by_referral = [row for row in rows if row.referral_id is not None and row.gone_at is not None]
    if not by_referral:
        return
    cases, sent = (
        {row.case_id for row in by_referral},
        OnwardReferral.objects.in_bulk([row.referral_id for row in by_referral]),
    )
    on_record = Referral.objects.filter(case__in=cases).values_list("case_id", "sequence", "received_at")
    received = {(case_id, sequence): at for case_id, sequence, at in on_record}
    for row in by_referral:
        row.received_at = received.get((row.case_id, sent[row.referral_id].sequence or 0))


def share_page(viewer: Staff, reference: str, number: int, *, now: datetime) -> SharePage:
    """This function will give a share whole. Raises NotFound."""
    case, standing = find_case(viewer, reference, now=now)
    row = Share.objects.filter(case=case, pk=number).select_related("case", "agreement").first()
    if row is None:
        raise NotFound
    told = rulings.told(case)
    (line,) = _lines([row], struck_in(told, now))
    said, law = row.said, law_at(row.law)
    content = Content.from_text(row.content_text)
    names = names_of((row.decided_by_id, row.stopped_by_id, row.received_noted_by_id))
    people = {part.pk: part.name for part in case.parts.all()}
    why_not = _why_not_decide(viewer, row, standing)
    gates: tuple[RefusalLine, ...] = ()
    if row.state == "waits" and not why_not:
        story = rulings.story_of(case.landlord_id, told)
        entry = rulings.proposed(
            case.landlord_id,
            sequence=case.last_sequence + 1,
            kind="share",
            at=now,
            of_sequence=None,
            fields={"to": row.to, "ground": row.ground, "reason": said.why},
            facts={},
        )
        gates = refusal_lines(case.landlord_id, rulings.refusals_of(case.landlord_id, story, entry, now), standing)
    return SharePage(
        line=line,
        attention=said.attention,
        where=said.where,
        means_title=dict(MEANS)[row.means],
        why=said.why,
        necessity=said.necessity,
        proportion=said.proportion,
        basis=tuple(_basis(row, law)),
        consent_title=law.without.get(row.without, "") or _CONSENT[row.consent],
        why_without=said.why_without,
        conditions_kept=said.conditions_kept,
        agreement_title=row.agreement.title if row.agreement else "",
        named=tuple((people.get(int(part), ""), str(why)) for part, why in said.named),
        sections=content.sections,
        head=content.head,
        digest=row.digest,
        needs=tuple(AUTHORISED_WHEN.get(one, one) for one in row.needs),
        decision=row.decision,
        decided_by=names[row.decided_by_id],
        decided_at=row.decided_at,
        stopped_by=names[row.stopped_by_id],
        stopped_at=row.stopped_at,
        received=row.received,
        received_noted_by=names[row.received_noted_by_id],
        gates=gates,
        may_decide=row.state == "waits" and not why_not,
        why_not_decide=why_not if row.state == "waits" else "",
        may_write="share" in may_in(case, standing).record or (standing.can("case:write") and case.status == "closed"),
    )


def _basis(row: Share, law: Law) -> Iterable[tuple[str, str]]:
    yield "Ground of the policy", _GROUNDS[row.ground]
    for head, title in HEADS.items():
        ground = law.ground(head, getattr(row, head))
        yield title, f"{ground.title} ({ground.cite})" if ground else getattr(row, head)
    yield law.section_115.cite, "Relied on" if row.section_115 else "Not relied on"


def _why_not_decide(viewer: Staff, row: Share, standing: Standing) -> str:
    if not standing.can("share:authorise") or standing.emergency_until is not None:
        return "It waits for somebody who may authorise it."
    return "You asked for it: somebody else authorises it." if row.asked_by_id == viewer.pk else ""


def share_document(viewer: Staff, reference: str, number: int, *, now: datetime) -> bytes:
    """This function will give what was sent, byte for byte. Raises NotFound."""
    case, _ = find_case(viewer, reference, now=now)
    row = Share.objects.filter(case=case, pk=number).first()
    if row is None:
        raise NotFound
    return keys.unseal_bytes(of_case(row), row.document_place, bytes(row.sealed_document))


def share_form(
    viewer: Staff, reference: str, proposed: Proposed = NOTHING_YET, *, referral: int | None = None, now: datetime
) -> ShareForm:
    """This function will give what is asked for before something is shared, and which grounds fit what is known so far.

    With `referral` it is what that referral says: to whom and what are its own. Raises NotFound; Refused for one who may not share.
    """
    case, standing = find_case(viewer, reference, now=now)
    kind = "share" if referral is None else "referral"
    if why_not := standing.why_not_record(kind):
        raise Refused(why_not)
    if kind not in may_in(case, standing).record:
        raise Refused("This case does not take that now.")
    told = rulings.told(case)
    carried = None
    if referral is not None:
        row = OnwardReferral.objects.filter(case=case, pk=referral).first()
        carried = carried_by(row) if row else None
        items = tuple(carried.items()) if carried else ()
        proposed = replace(proposed, to=row.to, service=row.service, items=items) if row else proposed
    seen = judged(case, proposed, told, viewer, now, carried=carried)
    fits = grounds_that_fit(case, proposed, seen, told, now)
    groups: dict[str, list[Choice]] = {}
    for item in seen.pieces.items if referral is None else ():
        groups.setdefault(item.group, []).append(
            Choice(item.key, _label(item.title, item.text), item.part, item.may_tell)
        )
    story = rulings.story_of(case.landlord_id, told)
    agreements = Agreement.objects.filter(landlord_id=case.landlord_id, ended_at=None).order_by("pk")
    return ShareForm(
        reference=case.reference,
        people=seen.pieces.people,
        recipients=recipients_of(case),
        purposes=tuple(seen.law.purposes.items()),
        groups=tuple((group, tuple(each)) for group, each in groups.items()),
        grounds=tuple(_ground(one) for one in fits),
        without=tuple(seen.law.without.items()),
        agreements=tuple((one.pk, one.title) for one in agreements),
        consents=seen.consents,
        barred=tuple(one for one in _bars(case) if one.ended_at is None),
        advice=tuple(one.row.say for one in rulings.advice_for(case.landlord_id, story, "share", now)),
        law=seen.law.name,
        authorised_when=settings_of(case.landlord_id).sharing.authorised_when,
        last_sequence=case.last_sequence,
    )


_LONGEST_LABEL = 90


def _label(title: str, text: str) -> str:
    plain = " ".join(text.split())
    short = plain if len(plain) <= _LONGEST_LABEL else f"{plain[:_LONGEST_LABEL].rstrip()}…"
    return f"{title}: {short}" if short else title


def _ground(one: Fits) -> GroundLine:
    ground: Ground = one.ground
    return GroundLine(ground.head, ground.id, ground.title, ground.cite, ground.means, one.fits, one.because)


@dataclass(frozen=True, slots=True)
class Look:
    """A share before it goes: what it lacks, why it may not go to them, what would be sent, and why somebody else authorises it."""

    faults: Mapping[str, tuple[str, ...]]
    barred: str
    content: Content | None
    needs: tuple[str, ...]


def look_at_share(
    viewer: Staff,
    reference: str,
    proposed: Proposed,
    *,
    attention: str,
    where: str,
    take_out: Sequence[str],
    now: datetime,
) -> Look:
    """This function will show what would be sent, as it would stand there, and store nothing. Raises NotFound."""
    case, _ = find_case(viewer, reference, now=now)
    seen = judged(case, proposed, rulings.told(case), viewer, now)
    if faults := lacking(proposed, seen.known, seen.law):
        return Look(faults, "", None, ())
    if barred := why_barred(case, proposed, attention=attention, where=where, by=viewer, now=now):
        return Look({}, barred, None, ())
    content = content_of(case, proposed, seen, attention=attention, take_out=take_out, mark="", now=now)
    return Look({}, "", content, tuple(AUTHORISED_WHEN[one] for one in needs_of(case, proposed, seen)))


# ── The registers ────────────────────────────────────────────────────────────────────────────────────────────────────


def may_see_shares(viewer: Staff) -> bool:
    """This function will say whether somebody has a register of shares: of the cases that they see, or of all, without what was in them."""
    return can(viewer, "shares:see") or sees_cases(viewer)


def sees_cases(viewer: Staff) -> bool:
    """This function will say whether somebody sees cases at all, so that a line of the register may lead to one."""
    return can(viewer, "case:see") or can(viewer, "colleague_case:see")


def all_shares(viewer: Staff, *, page: int = 1, now: datetime) -> Page[ShareLine]:
    """This function will give the register of shares: those that wait first, then the newest. Raises Refused.

    With `shares:see` all of the landlord's, but those of cases that are restricted and of cases from which the viewer is kept; to
    others those of the cases that they see. It says nothing of what was in them, and names nobody but colleagues.
    """
    if not may_see_shares(viewer):
        raise Refused("Your role may not do this: it is for whoever works on cases, or looks after what leaves them.")
    found = _open_to(viewer, now).order_by("-asked_at", "-pk")
    total = found.count()
    number, pages = page_number(page, total, PAGE)
    rows = list(found.select_related("case")[(number - 1) * PAGE : number * PAGE])
    lines = _lines(rows, opens=False)
    return Page(tuple(lines), number, pages, total)


def shares_that_wait(viewer: Staff, *, now: datetime) -> tuple[ShareLine, ...]:
    """This function will give the shares that wait for an authoriser, of the cases that the viewer sees, the oldest first."""
    found = Share.objects.filter(case__in=visible_cases(viewer, now=now), is_to_be_authorised=True, outcome="")
    return tuple(_lines(found.filter(stopped_at=None).select_related("case").order_by("asked_at", "pk"), opens=False))


def _open_to(viewer: Staff, now: datetime) -> QuerySet[Share]:
    own = Share.objects.filter(landlord_id=viewer.landlord_id)
    if not can(viewer, "shares:see"):
        return own.filter(case__in=visible_cases(viewer, now=now))
    every = own.filter(case__restricted=False).exclude(case__status=access.DISPOSED)
    return every.exclude(case__in=access.cases_kept_from(viewer))


def agreements(viewer: Staff, *, now: datetime) -> Agreements:
    """This function will give the register of agreements. Raises Refused."""
    if not may_see_shares(viewer) and not can(viewer, "agreements:keep"):
        raise Refused("Your role may not do this: it is for whoever works on cases, or looks after what leaves them.")
    rows = (
        Agreement.objects.filter(landlord_id=viewer.landlord_id).prefetch_related("reviews").order_by("review_on", "pk")
    )
    relied: dict[int, int] = {}
    for number in Share.objects.filter(landlord_id=viewer.landlord_id, agreement__isnull=False).values_list(
        "agreement", flat=True
    ):
        relied[number] = relied.get(number, 0) + 1
    lines = [_agreement(row, relied.get(row.pk, 0), now) for row in rows]
    vocabulary = rulings.vocabulary_of(viewer.landlord_id)
    return Agreements(
        now=tuple(one for one in lines if one.ended_at is None),
        before=tuple(one for one in lines if one.ended_at is not None),
        kinds=tuple(sorted(vocabulary.services.items(), key=lambda one: one[1])),
        services=tuple(
            sorted(((one.id, one.name) for one in directory_of(viewer.landlord_id)), key=lambda one: one[1])
        ),
        purposes=tuple(law_at(day_of(now)).purposes.items()),
        may_keep=can(viewer, "agreements:keep"),
    )


def _agreement(row: Agreement, relied: int, now: datetime) -> AgreementLine:
    kinds = rulings.vocabulary_of(row.landlord_id).services
    services = {one.id: one.name for one in directory_of(row.landlord_id)}
    purposes, today = law_at(day_of(now)).purposes, day_of(now)
    reviews = list(row.reviews.all())
    names = names_of(one.by_id for one in reviews)
    return AgreementLine(
        number=row.pk,
        title=row.title,
        note=row.note,
        covers=(*(kinds.get(one, one) for one in row.to), *(services.get(one, one) for one in row.services)),
        purposes=tuple(purposes.get(one, one) for one in row.purposes),
        made_on=row.made_on,
        review_on=row.review_on,
        due="late" if row.review_on < today else "soon" if row.review_on <= today + SOON else "",
        ended_at=row.ended_at,
        end_reason=row.end_reason,
        reviews=tuple(
            (one.at, names[one.by_id], one.note) for one in sorted(reviews, key=lambda one: one.at, reverse=True)
        ),
        shares=relied,
    )
