"""A policy as a page: clause by clause, what the document asks and which rows carry it, in plain words.

The page of the product and the generated documents are both made from it, so neither can be out of step with the pack.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fanlight.policy.conditions import All, Any, Atom, Condition, Happened, It, Never, Not, Pattern
from fanlight.policy.file import AdviceRow, DutyRow, ElsewhereRow, GateRow, OptionRow, Policy, Requirement, Row
from fanlight.policy.vocabulary import DERIVED, ENTRY_KINDS, Term, Vocabulary

TABLES: Mapping[type[Row], str] = {
    DutyRow: "Duty",
    GateRow: "Gate",
    OptionRow: "Option",
    AdviceRow: "Advice",
    ElsewhereRow: "Elsewhere",
}
FORCE = {"must": "Must", "should": "Should", "may": "May"}
HOW = {
    "definition": "What counts as what",
    "feature": "In the product",
    "governance": "In the policy's own life",
    "attitude": "How staff go about it",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a row on the page: what it tells, and in which words."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class RowOnPage:
    """A row in words: what it is (Duty, Gate, Option, Advice, Elsewhere), what it says, and what else there is to know."""

    id: str
    table: str
    clause: str
    says: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement of the landlord's document with the rows that carry it."""

    requirement: Requirement
    rows: tuple[RowOnPage, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A policy, requirement by requirement, and the rows that answer none."""

    policy: Policy
    asked: tuple[Asked, ...]
    other_rows: tuple[RowOnPage, ...]


def page_of(policy: Policy, requirements: Sequence[Requirement]) -> Page:
    """This function will put a policy in the order of its landlord's requirements, in words."""
    words = Words(policy)
    on_page = {row.place: words.row(row) for row in policy.rows}
    known = {requirement.id for requirement in requirements}
    return Page(
        policy,
        tuple(
            Asked(requirement, tuple(on_page[row.place] for row in policy.rows if requirement.id in row.answers))
            for requirement in requirements
        ),
        tuple(on_page[row.place] for row in policy.rows if known.isdisjoint(row.answers)),
    )


def says(row: Row) -> str:
    """This function will give what a row says, in its own words."""
    match row:
        case DutyRow():
            return row.must
        case GateRow():
            return row.refuse
        case OptionRow():
            return row.title
        case AdviceRow():
            return row.say
        case ElsewhereRow():
            return row.where
    return ""


def words_asked(policy: Policy) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """This function will list the words that a policy's rows ask of each set of words, by kind of entry and name.

    A fact may be stated by an entry of any kind: its words stand under the kind "".
    """
    found: dict[tuple[str, str], dict[str, None]] = {}
    for row in policy.rows:
        for kind, atom in _atoms_of(row):
            if atom.test == "includes" and isinstance(atom.side, str):
                is_own = kind and atom.name in ENTRY_KINDS[kind].fields
                found.setdefault((kind if is_own else "", atom.name), {})[atom.side] = None
    return {key: tuple(words) for key, words in found.items()}


def _atoms_of(row: Row) -> Iterator[tuple[str, Atom]]:
    match row:
        case DutyRow():
            yield from _atoms_in_patterns((*row.upon, *row.met_by, *row.lifted_by))
            yield from _atoms_in(row.when, ("",))
        case GateRow():
            yield from _atoms_in_patterns(row.before)
            kinds = tuple(pattern.kind for pattern in row.before)
            yield from _atoms_in(row.when, kinds)
            yield from _atoms_in(row.needs, kinds)
        case OptionRow() | AdviceRow():
            yield from _atoms_in(row.when, ("",))


def _atoms_in_patterns(patterns: Sequence[Pattern]) -> Iterator[tuple[str, Atom]]:
    return ((pattern.kind, atom) for pattern in patterns for atom in pattern.atoms)


def _atoms_in(condition: Condition | None, kinds: Sequence[str]) -> Iterator[tuple[str, Atom]]:
    match condition:
        case Atom():
            yield from ((kind, condition) for kind in kinds)
        case Any(parts) | All(parts):
            for part in parts:
                yield from _atoms_in(part, kinds)
        case Not(part):
            yield from _atoms_in(part, kinds)
        case Happened(patterns, _):
            yield from _atoms_in_patterns(patterns)


class Words:
    """Puts conditions and patterns of one policy into words that a housing officer reads."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.vocabulary = policy.vocabulary

    def row(self, row: Row) -> RowOnPage:
        """This function will put a row in words."""
        return RowOnPage(row.id, TABLES[type(row)], row.clause, says(row), tuple(self.lines(row)))

    def lines(self, row: Row) -> Iterator[Line]:
        """This function will give what there is to know of a row beside what it says."""
        match row:
            case DutyRow():
                yield from self._duty_lines(row)
            case GateRow():
                yield Line("Before", self.patterns(row.before))
                if row.when:
                    yield Line("Where", self.condition(row.when, row.before[0].kind))
                yield Line("Needs", self.condition(row.needs, row.before[0].kind))
                if row.fresh:
                    yield Line("Each time", "Each act needs its own.")
                yield Line("Override", self._override(row.override))
            case OptionRow():
                if row.when:
                    yield Line("When", self.condition(row.when))
                yield Line("Offers", "; ".join(self.item(item) for item in row.offer))
            case AdviceRow():
                kind = ENTRY_KINDS.get(row.at)
                yield Line("Shown", f"Before recording: {kind.title.lower()}" if kind else "On the case")
                if row.when:
                    yield Line("When", self.condition(row.when))
            case ElsewhereRow():
                yield Line("Met", HOW[row.how])
        if row.reading:
            yield Line("Our reading", row.reading)

    def _duty_lines(self, row: DutyRow) -> Iterator[Line]:
        yield Line("Who", self.roles(row.roles))
        if row.upon:
            yield Line("Starts with", self.patterns(row.upon))
        if row.when:
            yield Line("If" if row.upon else "Starts when", self.condition(row.when))
        yield Line("Within", self._within(row))
        if row.met_by:
            yield Line("Met by", self.patterns(row.met_by))
        if row.lifted_by:
            yield Line("Ended by", self.patterns(row.lifted_by))
        if row.already_counts:
            yield Line("Before the start", "What was done before counts.")
        if row.lasting:
            yield Line("Lasting", "Once due it stays due.")
        if row.force != "must":
            yield Line("Force", FORCE[row.force])

    def _within(self, row: DutyRow) -> str:
        if row.within is None:
            said = "No time stated"
        elif row.within.unit == "at once" and self.policy.calendar.at_once:
            said = f"At once (we count {self.policy.calendar.at_once.text})"
        else:
            said = row.within.text.capitalize()
        return f"{said}, or at the time the person prefers" if row.or_at else said

    def _override(self, override: str) -> str:
        if override == "none":
            return "None"
        if override == "emergency":
            return "Anyone, with a reason, to prevent immediate harm"
        return f"{self.roles([override])}, with a reason"

    def roles(self, roles: Sequence[str]) -> str:
        """This function will name roles by the policy's own titles."""
        return " or ".join(self.policy.roles.get(role, role) for role in roles)

    def item(self, item: str) -> str:
        """This function will name an item of an offer: a service, an entry to record, or plain words."""
        if item in self.vocabulary.services:
            return self.vocabulary.services[item]
        return ENTRY_KINDS[item].title if item in ENTRY_KINDS else item

    def patterns(self, patterns: Sequence[Pattern]) -> str:
        """This function will say which entries a list of patterns means."""
        return "; or ".join(self.pattern(pattern) for pattern in patterns)

    def pattern(self, pattern: Pattern) -> str:
        """This function will say which entries a pattern means."""
        said = ENTRY_KINDS[pattern.kind].title + (" of it" if pattern.of_it else "")
        atoms = ", and ".join(self.atom(atom, pattern.kind) for atom in pattern.atoms)
        return f"{said} ({atoms})" if atoms else said

    def condition(self, condition: Condition, kind: str = "") -> str:
        """This function will say a condition in words; in a gate, of the kind of entry before which it stands."""
        match condition:
            case Atom():
                return self.atom(condition, kind)
            case Any(parts) | All(parts):
                joint = "; or " if isinstance(condition, Any) else "; and "
                said = [self.condition(part, kind) for part in parts]
                nested = [isinstance(part, Any | All) and len(part.parts) > 1 for part in parts]
                return joint.join(f"({words})" if inner else words for words, inner in zip(said, nested, strict=True))
            case Not(part):
                return f"not: {self.condition(part, kind)}"
            case Happened(patterns, latest):
                return f"{'the latest is' if latest else 'there has been'}: {self.patterns(patterns)}"
            case Never():
                return "Nothing opens it"

    def atom(self, atom: Atom, kind: str = "") -> str:
        """This function will say one test as a question and its answer."""
        term = self._term(atom.name, kind)
        ask = term.ask if term and term.ask else atom.name.replace("_", " ")
        return (
            f"{ask} {self._answer(atom, term, kind)}"
            if ask.endswith("?")
            else f"{ask}: {self._answer(atom, term, kind)}"
        )

    def _term(self, name: str, kind: str) -> Term | None:
        own = ENTRY_KINDS[kind].fields if kind else {}
        return own.get(name) or self.vocabulary.facts.get(name) or DERIVED.get(name)

    def _same_as(self, it: It, kind: str) -> str:
        term = self._term(it.name, kind)
        return f"the answer to '{term.ask}'" if term and term.ask else f"its {it.name.replace('_', ' ')}"

    def _answer(self, atom: Atom, term: Term | None, kind: str) -> str:
        titles = (self.vocabulary.titles_of(term) if term else None) or self.vocabulary.services
        side = atom.side
        words = side if isinstance(side, tuple) else (side,)
        if atom.test in ("includes", "not includes") and isinstance(side, str):
            titles = {side: titles.get(side) or self.vocabulary.title_of_word(side)}
        said = " or ".join(
            self._same_as(word, kind) if isinstance(word, It) else str(titles.get(str(word), word)) for word in words
        )
        simple = {"yes": "yes", "no": "no", "known": "known", "unknown": "not known yet"}
        shown = {
            "is": said,
            "is not": f"not {said}",
            "in": said,
            "not in": f"not {said}",
            "includes": f"includes {said}",
            "not includes": f"does not include {said}",
            ">=": f"{said} or more",
            "<=": f"{said} or less",
            ">": f"more than {said}",
            "<": f"less than {said}",
        }
        return simple.get(atom.test) or shown[atom.test]


def as_markdown(page: Page) -> str:
    """This function will write the page as a document."""
    policy = page.policy
    until = f", until {policy.in_force_to}" if policy.in_force_to else ""
    review = f" To be reviewed by {policy.review_by}." if policy.review_by else ""
    out = [
        f"# {policy.landlord}: {policy.title}, version {policy.version}",
        "",
        f"In force from {policy.in_force_from}{until}.{review} Made from `policies/{policy.name}.toml`; do not edit.",
        "",
    ]
    for one in page.asked:
        asked = one.requirement
        out += [
            f"## {asked.id} (clause {asked.clause})",
            "",
            asked.asks + (f" *{asked.figures}*" if asked.figures else ""),
            "",
        ]
        for row in one.rows:
            out += _row_as_markdown(row)
    if page.other_rows:
        out += ["## Rows that answer no requirement", ""]
        for row in page.other_rows:
            out += _row_as_markdown(row)
    return "\n".join(out).rstrip() + "\n"


def _row_as_markdown(row: RowOnPage) -> list[str]:
    lines = [f"- **{row.table}** `{row.id}`, clause {row.clause}: {row.says}"]
    return [*lines, *(f"  - {line.label}: {line.text}" for line in row.lines), ""]


def vocabulary_as_markdown(vocabulary: Vocabulary) -> str:
    """This function will write the words of the policy language as a document: each kind, fact, service and role."""
    out = [
        "# The words of the policy language",
        "",
        "What an entry may be and say, and what a rule may ask. Made from the vocabulary by `fanlight words`; do not edit.",
        "",
        "## Entries",
        "",
    ]
    for kind in ENTRY_KINDS.values():
        out += [f"### `{kind.name}`: {kind.title}", "", kind.said_when, ""]
        out += [_term_as_markdown(term, vocabulary) for term in kind.fields.values()]
        if kind.of:
            out.append(f"- `of`: {kind.of}")
        if kind.states:
            out.append("- usually states: " + ", ".join(f"`{name}`" for name in kind.states))
        out += [""] if out[-1] else []
    for title, terms in (("Facts", vocabulary.facts), ("Facts that the engine keeps", DERIVED)):
        out += [f"## {title}", "", *(_term_as_markdown(term, vocabulary) for term in terms.values()), ""]
    for title, words in (("Services", vocabulary.services), ("Roles", vocabulary.roles)):
        out += [f"## {title}", "", *(f"- `{word}`: {said}" for word, said in words.items()), ""]
    return "\n".join(out).rstrip() + "\n"


def _term_as_markdown(term: Term, vocabulary: Vocabulary) -> str:
    titles = vocabulary.titles_of(term)
    if isinstance(term.words, str):
        closed = f" One of the {term.words}."
    else:
        closed = f" One of: {', '.join(f'`{word}`' for word in titles)}." if titles else ""
    kind = {"either": "yes/no, or a few words"}.get(term.type, term.type)
    return f"- `{term.name}` ({kind}): {term.ask}{closed}"
