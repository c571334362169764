"""A share as it stands before it goes: what is known when it is judged, who must not receive it, and the document as it would be."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from fanlight.casework import rulings
from fanlight.casework.landlords import settings_of
from fanlight.casework.letters.share import Content
from fanlight.casework.models import Agreement, Case, Staff
from fanlight.casework.queries.consents import ConsentLine, consent_lines, last_word, receiver_title
from fanlight.casework.queries.directory import directory_of
from fanlight.casework.queries.receiving import Receiver, why_may_not_receive
from fanlight.casework.queries.shareable import Item, Shareable, shareable
from fanlight.casework.queries.words import moment_in_words
from fanlight.casework.queries.words_of_consent import Words
from fanlight.casework.redaction import Hidden, digits, says, taken_out
from fanlight.casework.rulings import Told
from fanlight.casework.sharing import (
    HEADS,
    Fits,
    Known,
    Law,
    Proposed,
    against,
    consent_of,
    fitting,
    law_at,
)
from fanlight.casework.sharing import Told as Said
from fanlight.present import day_of


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes by a referral: its title, and what its form says, as (name of the field, question, answer). Nothing is taken out of it:
    whoever wrote it says of everybody in it why they are."""

    title: str
    rows: tuple[tuple[str, str, str], ...]
    ours: frozenset[str] = frozenset()
    """The fields that say nothing of anybody in the case: who refers."""

    def items(self) -> dict[str, bool]:
        """This function will give its pieces as those of a share: each with whether it may tell of health, origin or an allegation."""
        return {f"field.{name}": name not in self.ours for name, _, text in self.rows if text}


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a share when it is judged, with what may be chosen and the consent that holds; `carried` is what goes by a
    referral, where it goes by one."""

    law: Law
    known: Known
    pieces: Shareable
    consents: tuple[ConsentLine, ...]
    carried: Carried | None = None

    def hidden(self, proposed: Proposed) -> tuple[Hidden, ...]:
        """This function will give what must not be in it: of a referral, whoever it is not said of why they are in it."""
        if self.carried is None:
            return self.pieces.hidden(proposed.items)
        away = [part for part in self.pieces.names if not _is_in(part, proposed)]
        return (*self.pieces.never, *(self.pieces.names[part] for part in away), *self._numbers(away, proposed))

    def shown(self, proposed: Proposed) -> tuple[str, ...]:
        """This function will give the names that may be in it."""
        if self.carried is None:
            return self.pieces.shown(proposed.items)
        return tuple(name for part, one in self.pieces.names.items() if _is_in(part, proposed) for name in one.names)

    def _numbers(self, away: Collection[int], proposed: Proposed) -> Iterator[Hidden]:
        """Telephone numbers and e-mail addresses of those who are not in it, where nobody who is in it has the same."""
        where = self.pieces.where
        theirs = [one for part, each in where.items() if _is_in(part, proposed) for one in each.values()]
        phones = {digits(phone) for one in theirs for phone in one.phones}
        emails = {email.casefold() for one in theirs for email in one.emails}
        for part in away:
            for one in where.get(part, {}).values():
                yield Hidden(
                    phones=tuple(phone for phone in one.phones if digits(phone) not in phones),
                    emails=tuple(email for email in one.emails if email.casefold() not in emails),
                )

    def unasked(self, proposed: Proposed) -> Iterator[tuple[str, str]]:
        """This function will say, by the field, what the form of a referral says of somebody of whom it is not said why they are in it."""
        if self.carried is None:
            return
        shown = self.shown(proposed)
        texts = [text for _, _, text in self.carried.rows if text]
        for one in self.pieces.people:
            if not _is_in(one.id, proposed) and any(says(text, [self.pieces.names[one.id]], shown) for text in texts):
                yield (
                    f"named.{one.id}",
                    f"It names {one.name}: say why the receiver must know of them, or take them out.",
                )
        away = [part for part in self.pieces.names if not _is_in(part, proposed)]
        never = (*self.pieces.never, *self._numbers(away, proposed))
        for name, ask, text in self.carried.rows:
            if text and says(text, never, shown):
                yield name, f"{ask}: it says an address or a number that may not go out. Take it out."


def _is_in(part: int, proposed: Proposed) -> bool:
    return part in proposed.about or part in proposed.named


def judged(
    case: Case,
    proposed: Proposed,
    told: Sequence[Told],
    by: Staff,
    now: datetime,
    *,
    carried: Carried | None = None,
) -> Judged:
    """This function will gather all that a share is judged by, as it stands now; of a referral, with what its form says."""
    law = law_at(day_of(now))
    pieces = shareable(case, by, law, now, chosen=proposed.items)
    consents = tuple(line for line in consent_lines(case, told, pieces.people, now) if line.holds)
    in_it = {*proposed.about, *proposed.named}
    names = {one.id: one.name for one in pieces.people}
    words = Words(case.landlord_id)
    wanted = words.word(proposed.to, proposed.service, proposed.organisation, proposed.purpose, "given")
    held = {part: line for part in proposed.about if (line := last_word(words, consents, part, wanted)) is not None}
    said = tuple(
        Said(part, names.get(part, ""), held[part].answer, held[part].conditions)
        if part in held
        else Said(part, names.get(part, ""))
        for part in proposed.about
    )
    known = Known(
        recipients=frozenset(rulings.vocabulary_of(case.landlord_id).services),
        services={one.id: one.kinds for one in directory_of(case.landlord_id)},
        people={one.id: one.part for one in pieces.people},
        items=carried.items()
        if carried
        else {one.key: one.may_tell for one in pieces.items if one.part is None or one.part in in_it},
        told=said,
        agreements={
            one.pk: one.covers(proposed.to, proposed.service, proposed.purpose)
            for one in Agreement.objects.filter(landlord_id=case.landlord_id, ended_at=None)
            if one.made_on <= day_of(now)
        },
    )
    return Judged(law, known, pieces, consents, carried)


def grounds_that_fit(
    case: Case, proposed: Proposed, seen: Judged, told: Sequence[Told], now: datetime
) -> tuple[Fits, ...]:
    """This function will say in plain words of every ground whether it fits the facts of the case. It chooses none."""
    ruling = rulings.rule_on(case.landlord_id, rulings.story_of(case.landlord_id, told), now)
    facts = {
        name: value
        for name in ("immediate_danger", "child_at_risk", "adult_at_risk")
        if isinstance(value := ruling.facts.get(name), bool)
    }
    if proposed.about and proposed.to and proposed.purpose:
        facts["consent_given"] = consent_of(seen.known) == "given"
    if proposed.without:
        facts["consent_cannot_be_given"] = proposed.without == "cannot_be_given"
    if proposed.items:
        may_tell = any(seen.known.items.get(item, True) for item in proposed.items)
        names_harm = any(seen.known.people.get(part) == "causing_harm" for part in proposed.named)
        facts |= {"nothing_special_in_it": not may_tell, "no_allegation_in_it": not (may_tell or names_harm)}
    return fitting(seen.law, to=proposed.to, purpose=proposed.purpose, facts=facts)


def needs_of(case: Case, proposed: Proposed, seen: Judged) -> list[str]:
    """This function will say why somebody else authorises a share. What stops harm that is about to happen waits for nobody."""
    if proposed.ground == "immediate_harm":
        return []
    wanted = settings_of(case.landlord_id).sharing.authorised_when
    return [word for word in against(proposed, seen.known) if word in wanted]


# ── Who must not receive it ──────────────────────────────────────────────────────────────────────────────────────────


def why_barred(case: Case, proposed: Proposed, *, attention: str, where: str, by: Staff, now: datetime) -> str:
    """This function will say why nothing may go to a receiver, or nothing."""
    return why_may_not_receive(case, Receiver(proposed.service, proposed.organisation, attention, where), by, now)


# ── The document ─────────────────────────────────────────────────────────────────────────────────────────────────────


def content_of(
    case: Case,
    proposed: Proposed,
    seen: Judged,
    *,
    attention: str,
    take_out: Sequence[str],
    mark: str,
    now: datetime,
) -> Content:
    """This function will write what is sent: what was chosen, with everything taken out that says who anybody else is.

    Of a referral it is its form, as it was written: the document of the referral is what goes.
    """
    chosen = frozenset(proposed.items)
    hidden = (*seen.hidden(proposed), Hidden(words=tuple(take_out)))
    shown = seen.shown(proposed)

    def clean(text: str) -> str:
        return taken_out(text, hidden, shown)

    items = [one for one in seen.pieces.items if one.key in chosen]
    grouped = groupby(items, key=lambda one: _group(one, chosen, seen.pieces))
    sections = tuple(
        (clean(group), tuple((clean(one.title), clean(one.text)) for one in each)) for group, each in grouped
    )
    if seen.carried is not None:
        sections = ((seen.carried.title, tuple((ask, text) for _, ask, text in seen.carried.rows if text)),)
    return Content(
        title="Information shared in confidence",
        sender=settings_of(case.landlord_id).name,
        marking="Confidential: for the receiver alone",
        our_reference=mark[:8].upper(),
        head=tuple(
            (label, clean(text) if label in _TYPED else text)
            for label, text in _head(case, proposed, seen, attention, now)
        ),
        sections=sections,
    )


_WHY, _CONDITIONS = "Why", "Conditions that they set"
_TYPED = (_WHY, _CONDITIONS)
"""What stands at the head in somebody's own words: all else is the landlord's, the law's or the receiver's."""


def _group(item: Item, chosen: Collection[str], pieces: Shareable) -> str:
    """The heading of somebody's pieces says no more of them than was chosen: their name, their part, or neither."""
    if item.part is None or item.key.startswith("letter."):
        return item.group
    line = next(one for one in pieces.people if one.id == item.part)
    said = {"name": line.name, "part": line.part_title}
    return ", ".join(text for what, text in said.items() if f"who.{item.part}.{what}" in chosen) or "A person"


def _head(case: Case, proposed: Proposed, seen: Judged, attention: str, now: datetime) -> Iterator[tuple[str, str]]:
    to = receiver_title(case.landlord_id, proposed.to, proposed.service, proposed.organisation)
    yield "To", f"{to}, for {attention}" if attention else to
    yield "On", moment_in_words(now)
    yield "For", seen.law.purposes[proposed.purpose]
    yield _WHY, proposed.why
    cites = [
        ground.cite
        for head in HEADS
        if (ground := seen.law.ground(head, getattr(proposed, head))) and not ground.is_none
    ]
    if proposed.section_115:
        cites.append(seen.law.section_115.cite)
    yield "Basis in law", "; ".join(dict.fromkeys(cites))
    if proposed.agreement is not None:
        agreement = Agreement.objects.filter(pk=proposed.agreement, landlord_id=case.landlord_id).first()
        yield "Agreement", agreement.title if agreement else ""
    if consent_of(seen.known) == "given":
        yield "Consent", "They know of this, and agreed."
    else:
        said = "was asked" if consent_of(seen.known) == "not_asked" else "agreed"
        yield "Consent", f"Not everybody whom it is about {said}. {seen.law.without[proposed.without]}."
    conditions = [one.conditions for one in seen.known.told if one.answer == "given" and one.conditions]
    if conditions:
        yield _CONDITIONS, " ".join(dict.fromkeys(conditions))


def still_says(content: Content, seen: Judged, proposed: Proposed, take_out: Sequence[str]) -> bool:
    """This function will say whether a document that was written before now holds something that must come out."""
    hidden = (*seen.hidden(proposed), Hidden(words=tuple(take_out)))
    shown = seen.shown(proposed)
    texts = [text for label, text in content.head if label in _TYPED]
    texts += [text for group, rows in content.sections for pair in ((group, ""), *rows) for text in pair]
    return any(says(text, hidden, shown) for text in texts)


def names_of_reasons(named: Mapping[int, str]) -> tuple[tuple[int, str], ...]:
    """This function will give who is named and why, in the order of their parts, as it is sealed."""
    return tuple(sorted(named.items()))
