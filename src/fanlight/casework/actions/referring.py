"""What the actions on referrals have in common: a draft, its documents, what may not go, the share that it is, and its entry. No verb."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from fanlight.casework import keys, marac, rulings
from fanlight.casework.access import NotFound, Refused, Standing
from fanlight.casework.actions.logged import LogRow
from fanlight.casework.actions.refusals import Conflict, Faulty
from fanlight.casework.actions.sharing import Beside, checked, cleaned, demand_cause, demand_not_before, written_down
from fanlight.casework.actions.sharing import send as let_go
from fanlight.casework.actions.unsaid import check_unsaid
from fanlight.casework.actions.write import Draft, clean_text, write
from fanlight.casework.landlords import WAYS_IN, settings_of
from fanlight.casework.letters.referral import CannotShow, Filled, Section, as_pdf, as_word, paragraphs, with_password
from fanlight.casework.models import (
    Case,
    MaracReferral,
    OnwardReferral,
    ReferralDocument,
    ReferralStep,
    Share,
    Staff,
)
from fanlight.casework.queries.criteria import criteria_of, referred_before
from fanlight.casework.queries.directory import directory_of, kinds_outside, routed
from fanlight.casework.queries.judging import Carried
from fanlight.casework.queries.receiving import Receiver, why_may_not_receive
from fanlight.casework.queries.referrals import WHICH_CRITERIA, carried_by, on_record, purpose_of, said_of
from fanlight.casework.queries.story import story_lines_after
from fanlight.casework.referring import CRITERIA, MARAC, OnRecord, Purpose, Terms, lacks, purpose_for, purposes_of
from fanlight.casework.sharing import NOTHING_YET, Proposed
from fanlight.present import day_of

MEANS_OF: Mapping[str, str] = {
    "phone": "by_phone",
    "email": "secure_email",
    "form": "portal",
    "portal": "portal",
    "post": "post",
    "in_person": "in_person",
}
"""How a referral was sent (WAYS_IN), as a share says it (MEANS)."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How a referral goes: on which terms, on which grounds as a share, which of its documents, by which way, with which note."""

    terms: Terms
    share: Proposed = NOTHING_YET
    document: str = ""
    way: str = ""
    note: str = ""
    at: datetime | None = None


MOST = 8000
MOST_NAME = 200
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def demand_open(case: Case, standing: Standing) -> None:
    """This function will raise Refused for whoever may not refer in a case, and where the case takes no referrals."""
    if why_not := standing.why_not_record("referral"):
        raise Refused(why_not)
    if case.status not in ("new", "open"):
        raise Refused("This case is closed: open it again to refer from it.")


def chosen_purpose(landlord_id: str, purpose: str, to: str) -> Purpose:
    """This function will give what a referral is for, by its id or by the kind of service. Raises Faulty for a kind that goes nowhere."""
    found = purposes_of(landlord_id).get(purpose)
    kind = found.to if found and found.to else to
    if kind not in kinds_outside(landlord_id):
        raise Faulty({"to": ("Say to whom: a kind of service outside.",)})
    return found if found and found.to == kind else purpose_for(landlord_id, kind)


def recipient(case: Case, kind: str, service: str, name: str, now: datetime) -> tuple[str, str, str]:
    """This function will give who gets it: the id in the directory, the name, and how it takes referrals.

    Nobody named: the right one, where there is one alone. Raises Faulty for a service that does not take it in the case's area.
    """
    found = routed(case.landlord_id, kind, case.area, day_of(now))
    if service:
        chosen = next((one for one in found.recipients if one.service.id == service), None)
        if chosen is None:
            known = any(one.id == service for one in directory_of(case.landlord_id))
            raise Faulty({"service": (found.why_not if known and found.why_not else "Choose who gets it.",)})
        return chosen.service.id, chosen.service.name, chosen.way
    if name := " ".join(clean_text(name).split())[:MOST_NAME]:
        return "", name, ""
    if found.proposed is not None:
        return found.proposed.service.id, found.proposed.service.name, found.proposed.way
    return "", "", ""


def check_may_receive(case: Case, service: str, name: str, *, by: Staff, now: datetime) -> None:
    """This function will raise Refused for somebody who must not receive anything of a case, or whose name is like theirs."""
    if why_not := why_may_not_receive(case, Receiver(service, name), by, now):
        raise Refused(why_not)


def write_draft(
    case: Case,
    row: OnwardReferral | None,
    purpose: Purpose,
    to: str,
    *,
    service: str,
    name: str,
    answers: Mapping[str, str],
    criteria: Mapping[str, bool | None],
    told: Sequence[rulings.Told],
    by: Staff,
    now: datetime,
) -> OnwardReferral:
    """This function will write a draft, or write it anew, and make its documents. It raises Faulty and Refused for what may not go.

    `criteria` are the answers to those of the MARAC, where it is for that: they stand in its form with what speaks for them.
    """
    if row is None:
        row = OnwardReferral(
            landlord_id=case.landlord_id, case=case, made_at=now, made_by=by, purpose=purpose.id, to=to
        )
    row.service, name, row.way = recipient(case, to, service, name, now)
    check_may_receive(case, row.service, name, by=by, now=now)
    said = {field.name: clean_text(str(answers.get(field.name, ""))) for field in purpose.fields}
    proposed = criteria_of(case, told, by, now) if to == MARAC else ()
    if to == MARAC:
        said[CRITERIA] = _in_words(proposed, criteria)
    if long := [field for field, text in said.items() if len(text) > MOST]:
        raise Faulty(dict.fromkeys(long, (f"Use {MOST} characters or fewer.",)))
    check_unsaid(case, said.items(), "It says an address that may not go out. Take the address out.")
    row.said_text = json.dumps({"name": name, "answers": said}, ensure_ascii=False)
    row.password = row.password or _password()
    row.save()
    if to == MARAC:
        _write_criteria(row, proposed, criteria)
    ReferralDocument.objects.filter(referral=row).delete()
    if any(said.values()):
        _make_documents(row, purpose, name, said, by=by, now=now)
    return row


def _in_words(proposed: Sequence[marac.Criterion], answers: Mapping[str, bool | None]) -> str:
    """Each criterion that was answered, a line each; why stands behind one that was proposed and agreed with."""
    lines = []
    for one in proposed:
        answer = answers.get(one.name)
        if isinstance(answer, bool):
            why = f". {one.why}" if answer and one.proposed else ""
            lines.append(f"{one.title}: {'yes' if answer else 'no'}{why}")
    return "\n".join(lines)


def _write_criteria(
    row: OnwardReferral, proposed: Sequence[marac.Criterion], answers: Mapping[str, bool | None]
) -> None:
    own = MaracReferral.objects.filter(referral=row).first()
    own = own or MaracReferral(landlord_id=row.landlord_id, case_id=row.case_id, referral=row)
    met = marac.met(answers)
    own.area, own.criteria, own.is_repeat = row.case.area, " ".join(met), "repeat" in met
    own.say(
        {
            "answers": {name: answers.get(name) for name in marac.CRITERIA},
            "proposed": {one.name: [one.proposed, one.why] for one in proposed},
        }
    )
    own.save()


def _password() -> str:
    """Easy to say on the telephone: three groups of four, no letter that is taken for another."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def _make_documents(
    row: OnwardReferral, purpose: Purpose, name: str, said: Mapping[str, str], *, by: Staff, now: datetime
) -> None:
    day, asks = day_of(now), {field.name: field.ask for field in purpose.fields}
    filled = Filled(
        sender=settings_of(row.landlord_id).name,
        heading=purpose.title,
        top=tuple(line for line in (f"To: {name}" if name else "", f"{day.day} {day:%B %Y}") if line),
        sections=tuple(
            Section(asks.get(name, WHICH_CRITERIA), paragraphs(text)) for name, text in said.items() if text
        ),
        our_reference=f"Our reference {row.mark[:8].upper()}",
    )
    try:
        pdf = as_pdf(filled, now)
    except CannotShow as cannot:
        letters = cannot.letters
        raise Faulty(
            {
                field: (f"The document cannot show {letters}: write it in other letters.",)
                for field, text in said.items()
                if letters in text
            }
            or {"name": (f"The document cannot show {letters}: write it in other letters.",)}
        ) from cannot
    made = {"pdf": pdf, "protected": with_password(pdf, row.password), "word": as_word(filled, now)}
    for form, document in made.items():
        one = ReferralDocument(referral=row, case_id=row.case_id, form=form, at=now, by=by)
        one.sealed_document = keys.seal(one.subject, one.place, document)
        one.save(force_insert=True)


def draft_in(case: Case, number: int) -> OnwardReferral:
    """This function will give a referral of a case that is still a draft. Raises NotFound; Refused once it was sent, or waits."""
    row = referral_in(case, number)
    if row.state != "draft":
        raise Refused("This referral was sent already, or withdrawn: begin another.")
    if waiting_share(row) is not None:
        raise Refused("It waits for somebody to authorise it: it goes as it was asked for, or is taken back first.")
    return row


def waiting_share(row: OnwardReferral) -> Share | None:
    """This function will give the share by which a draft waits for its authoriser, if it does."""
    waiting = Share.objects.filter(referral=row, gone_at=None, stopped_at=None, outcome="")
    return waiting.first() if row.state == "draft" else None


def referral_in(case: Case, number: int) -> OnwardReferral:
    """This function will give a referral of a case that is locked. Raises NotFound."""
    row = OnwardReferral.objects.filter(case=case, pk=number).first()
    if row is None:
        raise NotFound
    row.case = case
    return row


def send(
    case: Case,
    standing: Standing,
    row: OnwardReferral,
    sending: Sending,
    *,
    expected_sequence: int | None,
    overrides: Sequence[tuple[str, str]],
    log: LogRow,
    by: Staff,
    now: datetime,
) -> int:
    """This function will put a referral on the record as sent, and give the sequence of its entry; 0 where it waits to be authorised.

    What its form says, and what was told besides, leaves the landlord by it: it is judged as every share is, on the same grounds, and
    leaves the same row in the register. What policy stands in the way of either stops it, and so does what our own rules ask. All that
    is missing is said at once.
    """
    way = sending.way or row.way
    missing = _missing(case, row, sending, log.told(case), now)
    check_may_receive(case, row.service, said_of(row).get("name", ""), by=by, now=now)
    demand_not_before(case, sending.at)
    _remember(row, sending)
    carried = carried_by(row)
    if carried is None:
        if missing:
            raise Faulty(missing)
        return _put_on_record(
            case, standing, row, sending, None, expected=expected_sequence, overrides=overrides, log=log, by=by, now=now
        )
    demand_cause(standing, sending.share.ground)
    proposed = _as_share(row, carried, replace(sending.share, means=MEANS_OF.get(way, "")))
    try:
        seen = checked(case, proposed, Beside(), log.told(case), by, now, carried=carried)
    except Faulty as faulty:
        raise Faulty(missing | _as_of_a_referral(faulty.faults)) from None
    if missing:
        raise Faulty(missing)
    document = _document_of(row, sending, way) if any(said_of(row)["answers"].values()) else None
    share = written_down(case, proposed, Beside(), seen, by, now, document=document)
    share.referral = row
    log.detail |= {"referral": row.pk, "to": row.to, "needs": share.needs}
    if not share.needs:
        return _put_on_record(
            case,
            standing,
            row,
            sending,
            share,
            expected=expected_sequence,
            overrides=overrides,
            log=log,
            by=by,
            now=now,
        )
    if sending.at is not None:
        raise Faulty({"at": ("This waits for somebody else to authorise it, so it cannot have been sent yet.",)})
    if expected_sequence is not None and expected_sequence < case.last_sequence:
        raise Conflict(story_lines_after(case, expected_sequence), case.last_sequence)
    row.save()
    share.save(force_insert=True)
    log.detail["share"] = share.pk
    return 0


def send_authorised(
    case: Case,
    standing: Standing,
    share: Share,
    *,
    overrides: Sequence[tuple[str, str]],
    log: LogRow,
    by: Staff,
    now: datetime,
) -> int:
    """This function will send a referral that waited, now that it is authorised. Raises Refused where it does not wait any more."""
    row = referral_in(case, share.referral_id or 0)
    if row.state != "draft":
        raise Refused("This referral does not wait any more.")
    said = said_of(row)
    terms = Terms(said.get("permission", ""), said.get("reason", ""), said.get("own_request", False))
    sending = Sending(terms, way=row.way, note=said.get("note", ""))
    if missing := _missing(case, row, sending, log.told(case), now):
        raise Refused(f"It cannot go as it was asked for. {' '.join(one for each in missing.values() for one in each)}")
    check_may_receive(case, row.service, said.get("name", ""), by=by, now=now)
    return _put_on_record(
        case, standing, row, sending, share, expected=None, overrides=overrides, log=log, by=by, now=now
    )


def _missing(
    case: Case, row: OnwardReferral, sending: Sending, told: Sequence[rulings.Told], now: datetime
) -> dict[str, tuple[str, ...]]:
    """What our own rules ask of a referral besides what every share is asked."""
    facts = rulings.owed_on(case.landlord_id, rulings.story_of(case.landlord_id, told), now).facts
    found = lacks(purpose_of(row), sending.terms, on_record(facts))
    if row.to == MARAC:
        own = MaracReferral.objects.filter(referral=row).first()
        found |= {f"criterion-{name}": said for name, said in marac.lacks(own.said["answers"] if own else {}).items()}
    if sending.way and sending.way not in WAYS_IN:
        found["way"] = "Say how it was sent."
    return {name: (sentence,) for name, sentence in found.items()}


def _as_share(row: OnwardReferral, carried: Carried, proposed: Proposed) -> Proposed:
    """The share that a referral is: its receiver and what it says are those of the referral; the rest is what was said of the grounds."""
    organisation = "" if row.service else said_of(row).get("name", "")
    items = tuple(carried.items())
    return cleaned(replace(proposed, to=row.to, service=row.service, organisation=organisation, items=items))


def _as_of_a_referral(faults: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """What a share lacks, by what is asked on the form of a referral; who gets it is said in the draft."""
    own = {"service": "Say who gets it: change the draft.", "means": "Say how it was sent."}
    found = {"way" if name == "means" else name: said for name, said in faults.items()}
    return found | {"way" if name == "means" else name: (said,) for name, said in own.items() if name in faults}


def _document_of(row: OnwardReferral, sending: Sending, way: str) -> bytes:
    """The very document that goes: what is sent by e-mail has a password, unless it is said which it was."""
    form = sending.document or ("protected" if way == "email" else "pdf")
    found = ReferralDocument.objects.filter(referral=row, form=form).first()
    if found is None:
        raise Faulty({"document": ("Say which of its documents goes.",)})
    return keys.unseal_bytes(found.subject, found.place, bytes(found.sealed_document))


def _remember(row: OnwardReferral, sending: Sending) -> None:
    """On which terms it goes stands with the referral."""
    terms = {**asdict(sending.terms), "reason": clean_text(sending.terms.reason), "note": clean_text(sending.note)}
    row.said_text = json.dumps({**said_of(row), **terms}, ensure_ascii=False)
    row.way = sending.way or row.way


def _put_on_record(
    case: Case,
    standing: Standing,
    row: OnwardReferral,
    sending: Sending,
    share: Share | None,
    *,
    expected: int | None,
    overrides: Sequence[tuple[str, str]],
    log: LogRow,
    by: Staff,
    now: datetime,
) -> int:
    _remember(row, sending)
    at, purpose = sending.at or now, purpose_of(row)
    before = referred_before(case, log.told(case), by, now) if row.to == MARAC else None
    facts = on_record(rulings.owed_on(case.landlord_id, rulings.story_of(case.landlord_id, log.told(case)), now).facts)
    stated = purpose.permission == "child" and sending.terms.permission == "endangers"
    agreed = [replace(one, at=sending.at) for one in _agreed(purpose, row.to, sending.terms, facts)]
    name, how = said_of(row).get("name", ""), WAYS_IN.get(row.way, "")
    told = ". ".join(text for text in (f"To {name}" if name else "", how) if text)
    entry = Draft(
        "referral",
        {"to": row.to},
        {"asking_endangers_child": True} if stated else {},
        note="\n\n".join(text for text in (f"{told}." if told else "", clean_text(sending.note)) if text),
        at=sending.at,
    )
    if share is None:
        sequence = write(
            case, standing, [*agreed, entry], expected_sequence=expected, overrides=overrides, log=log, by=by, now=now
        )
    else:
        let_go(
            share,
            standing,
            expected_sequence=expected,
            overrides=overrides,
            log=log,
            by=by,
            now=now,
            at=sending.at,
            by_referral=entry,
            also=agreed,
        )
        sequence = next(one for one, kind in reversed(log.detail["entries"]) if kind == "referral")
    row.state, row.sequence, row.sent_at = "sent", sequence, at
    row.save()
    if share is not None:
        share.save()
        log.detail["share"] = share.pk
    if row.to == MARAC:
        own = MaracReferral.objects.get(referral=row)
        own.referred_on, own.area = day_of(at), case.area
        if before is not None:
            own.previous_on = before.last.on
            ours = MaracReferral.objects.filter(case=case, referral__sequence=before.last.sequence)
            own.previous = None if before.last.reference else ours.first()
        own.save()
    add_step(row, "sent", note="", at=at, by=by)
    log.detail |= {"referral": row.pk, "to": row.to}
    return sequence


def _agreed(purpose: Purpose, to: str, terms: Terms, known: OnRecord) -> tuple[Draft, ...]:
    """The consent that the form of the referral took, as the policy's gates read it, where the record has none yet."""
    if not purpose.permission or terms.permission != "given" or to in known.consented_to:
        return ()
    giver = "parent" if purpose.permission == "child" else "person_at_risk"
    said = {"to": to, "given": True, "purpose": purpose.title, "giver": giver}
    return (Draft("consent", said, note="As it was said when the referral was sent."),)


def unsent(case: Case, sequence: int | None) -> None:
    """This function will let a referral to the MARAC whose entry is struck count in no figure: it was not sent."""
    MaracReferral.objects.filter(case=case, referral__sequence=sequence).update(referred_on=None)


def add_step(row: OnwardReferral, what: str, *, note: str, at: datetime, by: Staff) -> None:
    """This function will write down what became of a referral."""
    step = ReferralStep(referral=row, case_id=row.case_id, what=what, at=at, by=by)
    step.note = note
    step.save(force_insert=True)
