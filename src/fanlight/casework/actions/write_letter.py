"""Writes a letter to somebody in a case."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from fanlight.casework import keys
from fanlight.casework.access import Refused
from fanlight.casework.actions.logged import logged
from fanlight.casework.actions.reaching import NotSafe
from fanlight.casework.actions.refusals import Faulty
from fanlight.casework.actions.write import clean_text
from fanlight.casework.keys.index import said_plainly
from fanlight.casework.letters import LANGUAGES, Kind, as_pdf, kinds_of, words_of
from fanlight.casework.models import Case, Letter, Part, Staff, Way, group_of
from fanlight.casework.models.sealed import new_mark
from fanlight.casework.queries.letters import gives_away, known_by, lines_of_address
from fanlight.casework.queries.protected import protected_among
from fanlight.casework.queries.ways import Known
from fanlight.casework.safe_contact import Proposed, may_reach
from fanlight.present import day_of

MOST = 200


def write_letter(
    *,
    case: Case,
    part: int,
    way: int,
    kind: str,
    said: Mapping[str, str],
    language: str = "en",
    by: Staff,
    now: datetime,
) -> int:
    """This function will write one of the landlord's letters to somebody in a case, and give its number.

    It goes through the safe-contact gate: only to an address that is theirs, safe, fresh, and known to whoever writes. The address
    on it is that of the way that was chosen; a letter that says where somebody else lives whose address is protected is not made.
    `said` fills the letter in, by the names that it asks for. Raises NotFound, Refused, Faulty.
    """
    with logged("write_letter", case=case, by=by, now=now) as log:
        ((locked, standing),) = log.lock(case)
        if not standing.can("case:write"):
            raise Refused("Your role may not write in this case.")
        chosen = kinds_of(locked.landlord_id).get(kind)
        if chosen is None or language not in chosen.words:
            raise Faulty({"kind": ("Choose one of the letters.",)})
        log.detail |= {"letter": chosen.id, "part": part, "language": LANGUAGES[language]}
        known = Known(locked, by, now)
        somebody = known.somebody(part)
        to, theirs = Part.objects.get(case=locked, pk=part), group_of(somebody.root if somebody else None)
        where = next(
            (
                one
                for one in known.ways
                if (one.pk, one.kind, one.case_id) == (way, "post", locked.pk) and one.person_id in theirs
            ),
            None,
        )
        if where is None:
            raise Faulty({"way": ("Choose an address of theirs.",)})
        answer = may_reach(known.whom(part, log.told(locked), now), Proposed("post", now, where.value_index))
        if not answer.allowed:
            log.detail["contact"] = answer.because
            raise NotSafe(answer)
        row = Letter(landlord_id=locked.landlord_id, case=locked, part=to, way=where, kind=chosen.id, at=now, by=by)
        row.person, row.mark = where.person, new_mark()
        letter = words_of(
            chosen,
            language,
            landlord=locked.landlord.name,
            name=to.name,
            address=lines_of_address(where.value),
            said=_filled_in(chosen, said),
            signed=by.name,
            reference=row.mark[:8].upper(),
            day=day_of(now),
        )
        check_terms(where, letter.text)
        others = [one for one in known.ways if one.person_id not in theirs]
        check_others(others, where, letter.text)
        row.sealed_document = keys.seal(row.subject, row.place, as_pdf(letter, now))
        row.save(force_insert=True)
        log.detail["number"] = row.pk
    return row.pk


def _filled_in(kind: Kind, said: Mapping[str, str]) -> dict[str, str]:
    found, faults = {}, {}
    for name in kind.asks:
        found[name] = " ".join(clean_text(str(said.get(name, ""))).split())
        if not found[name]:
            faults[name] = ("Fill this in.",)
        elif len(found[name]) > MOST:
            faults[name] = (f"Use {MOST} characters or fewer.",)
    if faults:
        raise Faulty(faults)
    return found


def check_terms(way: Way, text: str) -> None:
    """What was never to be said is not in it, as far as it was said in words that can be found again."""
    plain = said_plainly(text)
    for phrase in way.terms.not_words.replace(";", ",").split(","):
        if said_plainly(phrase) and said_plainly(phrase) in plain:
            raise Refused("The letter says what must never be said to them by this way: read the terms again.")


def check_others(others: Iterable[Way], where: Way | None, text: str) -> None:
    """Nobody else's protected address is in it, nor on it, whatever was typed and whoever typed it; `where` None: none is on it."""
    every = list(others)
    hidden, to = protected_among(every), said_plainly(where.value if where else "")
    for one in every:
        # Who lives there too, and is known to be safe to write to there, has the address as their own protected one.
        is_where = where is not None and one.value_index == where.value_index
        if one.pk not in hidden or (where is not None and where.is_protected and is_where):
            continue
        house, postcode = known_by(one.value)
        # Neighbours share a postcode, and towns the name of a road: on the envelope it takes both.
        is_there = any(line in to for line in house) and postcode in to
        if is_where or is_there or gives_away(text, one.value):
            raise Refused("This letter cannot be made: it would say what whoever gets it must not learn.")
