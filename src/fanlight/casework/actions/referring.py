"""What the actions on referrals share: the row of a draft, its documents, what may not go, and the entry that sends it. No verb."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from fanlight.casework import keys, rulings
from fanlight.casework.access import NotFound, Refused, Standing
from fanlight.casework.actions.logged import LogRow
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft, clean_text, write
from fanlight.casework.landlords import WAYS_IN, settings_of
from fanlight.casework.letters.referral import CannotShow, Filled, Section, as_pdf, as_word, paragraphs, with_password
from fanlight.casework.models import (
    Case,
    MustNotReceive,
    OnwardReferral,
    Part,
    ReferralDocument,
    ReferralStep,
    Staff,
)
from fanlight.casework.queries.directory import directory_of, kinds_outside, routed
from fanlight.casework.queries.letters import gives_away
from fanlight.casework.queries.protected import protected_among
from fanlight.casework.queries.referrals import on_record, purpose_of, said_of
from fanlight.casework.queries.ways import Known
from fanlight.casework.redaction import Hidden, says
from fanlight.casework.referring import Purpose, Terms, lacks, purpose_for, purposes_of
from fanlight.present import day_of

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


def check_may_receive(case: Case, service: str, name: str) -> None:
    """This function will raise Refused for somebody who must not receive anything of a case: one who is barred, or who causes harm in it."""
    for row in MustNotReceive.objects.filter(case=case, ended_at=None):
        if (row.service and row.service == service) or (row.name and says(name, [Hidden(words=(row.name,))])):
            raise Refused("Nothing of this case may go to them: it is on the list of those who must not receive it.")
    harm = [Hidden(words=(part.name,)) for part in Part.objects.filter(case=case, part="causing_harm")]
    if name and says(name, harm):
        raise Refused("Nothing of this case may go to them: they cause harm in it.")


def write_draft(
    case: Case,
    row: OnwardReferral | None,
    purpose: Purpose,
    to: str,
    *,
    service: str,
    name: str,
    answers: Mapping[str, str],
    by: Staff,
    now: datetime,
) -> OnwardReferral:
    """This function will write a draft, or write it anew, and make its documents. It raises Faulty and Refused for what may not go."""
    if row is None:
        row = OnwardReferral(
            landlord_id=case.landlord_id, case=case, made_at=now, made_by=by, purpose=purpose.id, to=to
        )
    row.service, name, row.way = recipient(case, to, service, name, now)
    check_may_receive(case, row.service, name)
    said = {field.name: clean_text(str(answers.get(field.name, ""))) for field in purpose.fields}
    if long := [field for field, text in said.items() if len(text) > MOST]:
        raise Faulty(dict.fromkeys(long, (f"Use {MOST} characters or fewer.",)))
    check_no_protected_address(case, said, by=by, now=now)
    row.said_text = json.dumps({"name": name, "answers": said}, ensure_ascii=False)
    row.password = row.password or _password()
    row.save()
    ReferralDocument.objects.filter(referral=row).delete()
    if any(said.values()):
        _make_documents(row, purpose, name, said, by=by, now=now)
    return row


def check_no_protected_address(case: Case, said: Mapping[str, str], *, by: Staff, now: datetime) -> None:
    """This function will raise Faulty where a form says an address that is protected, whoever typed it."""
    ways = [way for way in Known(case, by, now).ways if way.kind in ("post", "visit")]
    hidden = protected_among(ways)
    addresses = [way.value for way in ways if way.pk in hidden]
    faults = {
        field: ("It says an address that may not go out. Take the address out.",)
        for field, text in said.items()
        if any(gives_away(text, address) for address in addresses)
    }
    if faults:
        raise Faulty(faults)


def _password() -> str:
    """Easy to say on the telephone: three groups of four, no letter that is taken for another."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def _make_documents(
    row: OnwardReferral, purpose: Purpose, name: str, said: Mapping[str, str], *, by: Staff, now: datetime
) -> None:
    day = day_of(now)
    filled = Filled(
        sender=settings_of(row.landlord_id).name,
        heading=purpose.title,
        top=tuple(line for line in (f"To: {name}" if name else "", f"{day.day} {day:%B %Y}") if line),
        sections=tuple(
            Section(field.ask, paragraphs(said[field.name])) for field in purpose.fields if said[field.name]
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
    """This function will give a referral of a case that is still a draft. Raises NotFound; Refused once it was sent."""
    row = referral_in(case, number)
    if row.state != "draft":
        raise Refused("This referral was sent already, or withdrawn: begin another.")
    return row


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
    terms: Terms,
    *,
    way: str,
    note: str,
    at: datetime | None,
    expected_sequence: int | None,
    overrides: Sequence[tuple[str, str]],
    log: LogRow,
    by: Staff,
    now: datetime,
) -> int:
    """This function will put a referral on the record as sent, and give the sequence of its entry.

    What policy stands in the way stops it, and so does what our own rules ask. Information leaves the landlord by it: whatever is
    asked of a share is asked here, before the entry is written.
    """
    purpose = purpose_of(row)
    facts = rulings.owed_on(case.landlord_id, rulings.story_of(case.landlord_id, log.told(case)), now).facts
    if missing := lacks(purpose, terms, on_record(facts)):
        raise Faulty({name: (sentence,) for name, sentence in missing.items()})
    if way and way not in WAYS_IN:
        raise Faulty({"way": ("Say how it was sent.",)})
    said = said_of(row)
    check_may_receive(case, row.service, said.get("name", ""))
    stated = purpose.permission == "child" and terms.permission == "endangers"
    name, how = said.get("name", ""), WAYS_IN.get(way or row.way, "")
    told = ". ".join(text for text in (f"To {name}" if name else "", how) if text)
    entry = Draft(
        "referral",
        {"to": row.to},
        {"asking_endangers_child": True} if stated else {},
        note="\n\n".join(text for text in (f"{told}." if told else "", clean_text(note)) if text),
        at=at,
    )
    sequence = write(
        case,
        standing,
        [entry],
        expected_sequence=expected_sequence,
        overrides=overrides,
        log=log,
        by=by,
        now=now,
    )
    row.said_text = json.dumps(
        {**said, "permission": terms.permission, "reason": clean_text(terms.reason), "own_request": terms.own_request},
        ensure_ascii=False,
    )
    row.way, row.state, row.sequence, row.sent_at = way or row.way, "sent", sequence, at or now
    row.save()
    add_step(row, "sent", note="", at=at or now, by=by)
    log.detail |= {"referral": row.pk, "to": row.to}
    return sequence


def add_step(row: OnwardReferral, what: str, *, note: str, at: datetime, by: Staff) -> None:
    """This function will write down what became of a referral."""
    step = ReferralStep(referral=row, case_id=row.case_id, what=what, at=at, by=by)
    step.note = note
    step.save(force_insert=True)
