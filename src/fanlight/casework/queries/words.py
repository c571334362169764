"""Answers, reasons and recipients in words, from the vocabulary and the landlord's own titles."""

import re
from collections.abc import Mapping
from datetime import datetime

from fanlight.casework import rulings
from fanlight.casework.landlords import settings_of
from fanlight.casework.queries.lines import FieldLine, Said
from fanlight.policy.vocabulary import DERIVED, ENTRY_KINDS, Term, Vocabulary
from fanlight.present import LONDON

_COMPARED = re.compile(r"(?P<name>\w+) (?P<how>is not|is|in|>=|<=|>|<|includes) (?P<side>.+)")
_HOW = {">=": "{} or more", "<=": "{} or less", ">": "more than {}", "<": "less than {}", "is not": "not {}"}


def in_words(word: str) -> str:
    """This function will make a word of the file readable: `two_to_visit` is "Two to visit"."""
    return word.replace("_", " ").replace("-", " ").capitalize()


def moment_in_words(moment: datetime) -> str:
    """This function will say a moment as a person writes it: 7 March 2022 at 5.30pm."""
    local = moment.astimezone(LONDON)
    hour = f"{local.hour % 12 or 12}.{local.minute:02d}" if local.minute else f"{local.hour % 12 or 12}"
    return f"{local.day} {local:%B %Y} at {hour}{'am' if local.hour < 12 else 'pm'}"


def minutes_in_words(minutes: float) -> str:
    """This function will say a number of minutes in the unit that fits: 2798 is "46 hours"."""
    for size, unit in ((_DAY, "day"), (_HOUR, "hour"), (1, "minute")):
        if size == 1 or minutes >= 2 * size:
            number = int(minutes // size)
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return ""


_HOUR = 60
_DAY = 24 * _HOUR


def answer_in_words(term: Term | None, value: object, vocabulary: Vocabulary) -> str:
    """This function will say an answer as a person would."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return moment_in_words(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(sorted(answer_in_words(term, one, vocabulary) for one in value))
    if term is not None and term.type == "moment" and isinstance(value, str):
        return moment_in_words(datetime.fromisoformat(value))
    if not isinstance(value, str):
        return str(value)
    titles = vocabulary.titles_of(term) if term is not None else None
    if titles and value in titles:
        return titles[value]
    if term is None or term.type != "text":
        known = {**vocabulary.services, **vocabulary.roles}
        return known.get(value) or (in_words(value) if re.fullmatch(r"[a-z]+(_[a-z]+)*", value) else value)
    return value


def said_in_words(landlord_id: str, kind: str, payload: Mapping[str, Mapping[str, object]]) -> tuple[Said, ...]:
    """This function will put what an entry says as questions and answers, its own fields first."""
    vocabulary = rulings.vocabulary_of(landlord_id)
    own = ENTRY_KINDS[kind].fields
    found: dict[str, Said] = {}
    for values, terms in ((payload["fields"], own), (payload["facts"], vocabulary.facts)):
        for name, value in values.items():
            term = terms.get(name) or DERIVED.get(name)
            if name == "score" and rulings.is_of_other_points(landlord_id, payload):
                continue
            # An assessment that gives no grade says `none`: the engine's word, and nobody's answer.
            if name not in found and not (name == "grade_given" and value == "none"):
                found[name] = Said(name, term.ask if term else in_words(name), answer_in_words(term, value, vocabulary))
    return tuple(found.values())


def reason_in_words(landlord_id: str, atom: str) -> str:
    """This function will say why a duty began: the question and the answer, for the file's `score >= 14` or `not children`."""
    vocabulary = rulings.vocabulary_of(landlord_id)
    name, answer = atom, "yes"
    if found := _COMPARED.fullmatch(atom):
        name = found["name"]
        term = vocabulary.facts.get(name) or DERIVED.get(name)
        said = " or ".join(answer_in_words(term, side.strip(), vocabulary) for side in found["side"].split(","))
        answer = _HOW.get(found["how"], "{}").format(said)
    elif atom.startswith("not "):
        name, answer = atom.removeprefix("not "), "no"
    term = vocabulary.facts.get(name) or DERIVED.get(name)
    if term is None:
        return atom
    return f"{term.ask} {answer[0].upper()}{answer[1:]}" if term.ask.endswith("?") else f"{term.ask}: {answer.lower()}"


def role_titles(landlord_id: str, roles: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """This function will give the landlord's own titles of roles."""
    titles = rulings.role_titles_of(landlord_id)
    return tuple(titles.get(role) or in_words(role) for role in roles)


def recipient_title(landlord_id: str, word: str) -> str:
    """This function will give the title of a service kind or a role."""
    vocabulary = rulings.vocabulary_of(landlord_id)
    return vocabulary.services.get(word) or (role_titles(landlord_id, (word,))[0] if word else "")


def choices_of(landlord_id: str, term: Term) -> tuple[tuple[str, str], ...] | None:
    """This function will give the closed list of a term as (word, title), with the landlord's own areas and patches."""
    landlord = settings_of(landlord_id)
    if term.name == "area" and landlord.areas:
        return tuple((area, area) for area in landlord.areas)
    if term.name == "patch" and landlord.areas:
        return tuple((patch, patch) for patch in landlord.patches)
    if term.words in ("roles", "services or roles"):
        titles = rulings.role_titles_of(landlord_id)
        roles = [(role, titles.get(role) or in_words(role)) for role in landlord.roles] or list(titles.items())
        services = rulings.vocabulary_of(landlord_id).services.items() if term.words == "services or roles" else ()
        return (*services, *roles)
    titles_of = rulings.vocabulary_of(landlord_id).titles_of(term)
    return tuple(titles_of.items()) if titles_of is not None else None


def field_line(
    landlord_id: str,
    term: Term,
    *,
    value: object = None,
    is_fact: bool = False,
    words: tuple[str, ...] = (),
    meets: tuple[str, ...] = (),
) -> FieldLine:
    """This function will give a field of a form.

    `words` are those that the policy asks of a set of words; `meets` those of a list that would each meet the duty.
    """
    vocabulary = rulings.vocabulary_of(landlord_id)
    suggested = tuple((word, in_words(word)) for word in term.suggested)
    if term.type == "set of words":
        known = sorted(value) if isinstance(value, frozenset) else ()
        suggested = tuple((word, vocabulary.title_of_word(word)) for word in dict.fromkeys((*words, *known)))
    return FieldLine(term, choices_of(landlord_id, term), suggested, value, is_fact, meets)
