"""Records what somebody said to being told about: agreed, did not agree, or took it back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from fanlight.casework import rulings
from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import Draft, clean_text, says_something, write
from fanlight.casework.models import Case, Consent, ConsentSaid, Part, Share, Staff
from fanlight.casework.naming import names_person
from fanlight.casework.queries.consents import consent_lines, last_word, purpose_title, word_of
from fanlight.casework.queries.directory import directory_of
from fanlight.casework.queries.lines import PartLine
from fanlight.casework.queries.reading_lines import part_lines
from fanlight.casework.queries.receiving import of_harm
from fanlight.casework.queries.words_of_consent import ANY, Words
from fanlight.casework.rulings import Told
from fanlight.casework.sharing import ANSWERS, CAPACITY, GIVERS, HOW_TAKEN, law_at
from fanlight.present import day_of

LONGEST = 4000
SPEAK_TO_POLICY = ("person_at_risk", "adult_at_risk", "child")
"""Whose consent a policy's rows read. What others say is on the record, and opens no gate."""


def record_consent(
    *,
    case: Case,
    part: int,
    to: str,
    service: str = "",
    purpose: str,
    answer: str,
    how: str,
    said: ConsentSaid | None = None,
    giver: str = "themselves",
    capacity: str = "assumed",
    at: datetime | None = None,
    expected_sequence: int | None = None,
    overrides: Sequence[tuple[str, str]] = (),
    by: Staff,
    now: datetime,
) -> int:
    """This function will put on the record what somebody said to being told about, and give the sequence of the entry.

    It is of one person, one receiver and one purpose; a no may be of any service of a kind (`service` is "any") and for any purpose.
    What they said of the same before stays on the record, and holds no more. A no stops what rests on a yes that holds no more, and
    has not gone yet. `at` is when they said it (None: now).
    Raises NotFound, Refused, Faulty, Conflict, Stopped.
    """
    with logged("record_consent", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        if why_not := standing.why_not_record("consent"):
            raise Refused(why_not)
        said = _cleaned(said or ConsentSaid())
        whose = Part.objects.filter(case=locked, pk=part).first()
        words = {"to": to, "service": service, "purpose": purpose, "answer": answer, "how": how}
        words |= {"giver": giver, "capacity": capacity}
        whose = _checked(locked, whose, words, said, now)
        told = list(log.told(locked))
        row = Consent(landlord_id=locked.landlord_id, case=locked, part=whose, at=at or now, recorded_at=now, by=by)
        for name, word in words.items():
            setattr(row, name, word)
        row.said = said
        row.sequence = write(
            locked,
            standing,
            [_entry(locked, row, whose, said, told, now)],
            expected_sequence=expected_sequence,
            overrides=overrides,
            log=log,
            by=by,
            now=now,
        )
        row.save(force_insert=True)
        stopped = 0 if answer == "given" else _stop(locked, row.part_id, told, by, now)
        log.detail |= {"answer": answer, "stopped": stopped}
    return row.sequence


def _cleaned(said: ConsentSaid) -> ConsentSaid:
    return ConsentSaid(**{name: clean_text(str(text)) for name, text in asdict(said).items()})


def _checked(case: Case, whose: Part | None, words: Mapping[str, str], said: ConsentSaid, now: datetime) -> Part:
    faults: dict[str, tuple[str, ...]] = {}
    if whose is None:
        faults["part"] = ("Say whose consent it is: somebody in this case.",)
    services = {one.id: one.kinds for one in directory_of(case.landlord_id)}
    if words["to"] not in rulings.vocabulary_of(case.landlord_id).services:
        faults["to"] = ("Say who may be told.",)
    elif words["service"] == ANY:
        if words["answer"] == "given":
            faults["to"] = ("A yes is to one receiver: say which.",)
    elif words["service"] and words["to"] not in services.get(words["service"], ()):
        faults["to"] = ("Choose one of the directory that is of that kind.",)
    elif not words["service"] and not says_something(said.organisation):
        faults["organisation"] = ("Write the name of the organisation: the directory was not used.",)
    if words["purpose"] == ANY:
        if words["answer"] == "given":
            faults["purpose"] = ("A yes is for one purpose: say which.",)
    elif words["purpose"] not in law_at(day_of(now)).purposes:
        faults["purpose"] = ("Say for what purpose.",)
    for name, known, sentence in _WORDS:
        if words[name] not in dict(known):
            faults[name] = (sentence,)
    if words["giver"] != "themselves" and not says_something(said.giver):
        faults["giver_name"] = ("Say who said it in their place.",)
    if words["answer"] == "given":
        faults |= _check_given(whose, words, said)
        faults |= _check_giver(case, words, said)
    if words["capacity"] != "assumed" and not says_something(said.capacity):
        faults["capacity_note"] = ("Say what gave cause to doubt it, and what was done.",)
    faults |= {
        name: (f"Use {LONGEST} characters or fewer.",) for name, text in asdict(said).items() if len(text) > LONGEST
    }
    if faults or whose is None:
        raise Faulty(faults)
    return whose


_WORDS = (
    ("answer", ANSWERS, "Say what they said."),
    ("how", HOW_TAKEN, "Say how it was taken."),
    ("giver", GIVERS, "Say who said it."),
    ("capacity", CAPACITY, "Say whether there is cause to doubt that they can decide this."),
)


def _check_given(whose: Part | None, words: Mapping[str, str], said: ConsentSaid) -> dict[str, tuple[str, ...]]:
    faults: dict[str, tuple[str, ...]] = {}
    if not says_something(said.limits):
        faults["limits"] = ("Say what was explained to them: that some things are passed on whatever they say.",)
    if words["capacity"] in ("doubted", "lacking") and words["giver"] != "attorney":
        faults["capacity"] = (
            "While it is doubted that they can decide this, nobody relies on a yes: have it assessed, or ask whoever may decide for them.",
        )
    if words["giver"] == "parent" and whose is not None and whose.part != "child":
        faults["giver"] = ("A parent speaks for a child: this is none.",)
    return faults


def _check_giver(case: Case, words: Mapping[str, str], said: ConsentSaid) -> dict[str, tuple[str, ...]]:
    """Whoever causes harm does not agree for somebody else to what protects them: who has their name gives a reason, or is not asked."""
    if words["giver"] == "themselves" or says_something(said.giver_reason):
        return {}
    people = list(Part.objects.filter(case=case))
    theirs = of_harm(case, {one.pk: one.part for one in people})
    named = {one.pk: names_person(said.giver, one.name) for one in people}
    # Who is named surely and is another in the case, such as the other parent, is not taken for one with a name like theirs.
    is_another = any(how == "named" for part, how in named.items() if part not in theirs)
    hows = {named[part] for part in theirs}
    if "named" in hows or ("like" in hows and not is_another):
        return {"giver_reason": (_NOT_THEIRS_TO_GIVE,)}
    return {}


_NOT_THEIRS_TO_GIVE = (
    "They have the name of the person causing harm or of somebody close to them, or one like it. Whoever causes harm does not agree "
    "for somebody else to what protects them: ask another parent or whoever else may decide, or say why this yes counts all the same."
)


def _entry(case: Case, row: Consent, whose: Part, said: ConsentSaid, told: Sequence[Told], now: datetime) -> Draft:
    """What the policy reads of it. `given` is left unsaid where it is not for the policy to go by: the row has the answer."""
    people = part_lines(case)
    title = dict(ANSWERS)[row.answer]
    purpose = purpose_title(law_at(day_of(now)), row.purpose)
    fields: dict[str, object] = {"to": row.to, "purpose": purpose, "giver": _GIVER.get(row.giver, whose.part)}
    given = row.answer == "given"
    if whose.part in SPEAK_TO_POLICY or (whose.part == "causing_harm" and row.to == "perpetrator_service"):
        reading = Words(case.landlord_id)
        own = reading.word(row.to, row.service, said.organisation, row.purpose, row.answer)
        others = any(
            line.holds
            and line.answer == "given"
            and line.to == row.to
            and not (line.part == row.part_id and own.covers(word_of(reading, line)))
            and _speaks(line.part, people)
            for line in consent_lines(case, told, people, now)
        )
        if given or not others:
            fields["given"] = given
    words = f" In their words: \u201c{said.own_words}\u201d" if said.own_words else ""
    conditions = f" On condition: {said.conditions}" if said.conditions else ""
    return Draft(
        "consent", fields, note=f"{title}: {whose.name}.{conditions}{words}", at=None if row.at == now else row.at
    )


_GIVER: Mapping[str, str] = {"parent": "parent", "attorney": "attorney or deputy"}


def _speaks(part: int, people: Sequence[PartLine]) -> bool:
    return any(one.id == part and one.part in SPEAK_TO_POLICY for one in people)


def _stop(case: Case, part: int, told: Sequence[Told], by: Staff, now: datetime) -> int:
    """What waits for its authoriser and rests on a consent that holds no more does not go. What has gone has gone."""
    lines, words = consent_lines(case, told, part_lines(case), now), Words(case.landlord_id)
    waiting = []
    for share in Share.objects.filter(case=case, gone_at=None, stopped_at=None, consent="given", outcome=""):
        wanted = words.word(share.to, share.service, share.said.organisation, share.purpose, "given")
        last = last_word(words, lines, part, wanted)
        if part in share.about and (last is None or last.answer != "given"):
            waiting.append(share.pk)
    Share.objects.filter(pk__in=waiting).update(stopped_at=now, stopped_by=by, stopped_because="withdrawn")
    return len(waiting)
