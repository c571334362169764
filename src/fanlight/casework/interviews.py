"""What is not right about an interview, said before it is saved: who was there, who interpreted, whether a child was near. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fanlight.casework.naming import names_person


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is not right: of which question of the form, in words, and what to do instead."""

    of: str
    says: str
    instead: str


WRONGS: Mapping[str, Wrong] = MappingProxyType(
    {
        "not_private": Wrong(
            "private",
            "It was not in private.",
            "See them alone, or with a supporter whom they chose, where nobody can hear.",
        ),
        "child_interviewed": Wrong(
            "reach",
            "A child is not interviewed or questioned.",
            "Speak to the parent or carer who is safe, or to children's social care.",
        ),
        "child_present": Wrong(
            "children_present",
            "A child was there.",
            "Have somebody look after the child elsewhere, or find another time.",
        ),
        "not_professional": Wrong(
            "interpreter",
            "The interpreter was not a professional: never family, a friend or a neighbour.",
            "Book a professional one whom they accept, and speak with them again.",
        ),
        "not_accepted": Wrong(
            "interpreter_accepted",
            "They have not said that they are content with the interpreter, who may know the other.",
            "Ask them without the interpreter, by a card or a telephone service, and book another if they are not.",
        ),
        "supporter_not_theirs": Wrong(
            "supporter",
            "Somebody was with them who was not there by their choice.",
            "Speak with them again, alone or with whom they choose.",
        ),
        "supporter_of_the_other": Wrong(
            "supporter",
            "The supporter has the name of the person causing harm, of their household or of somebody close to them, or one like it.",
            "Make sure who it is. If it is they, speak with them again, alone.",
        ),
        "interpreter_of_the_other": Wrong(
            "interpreted_by",
            "The interpreter has the name of the person causing harm, of their household or of somebody close to them, or one like it.",
            "Make sure who it is. If it is they, book a professional one whom they accept, and speak with them again.",
        ),
    }
)
"""What can be wrong, by its word."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An interview as it is to be recorded.

    `supporter` is whether a supporter of their choice was there, `with_them` who was with them, by name, `interpreted_by` who
    interpreted; `of_the_other` are the names of the person causing harm, of their household and of those close to them.
    `is_child` is whether whoever was interviewed is one.
    """

    private: bool
    children_present: bool
    interpreter: str
    interpreter_accepted: bool | None = None
    supporter: bool | None = None
    with_them: str = ""
    interpreted_by: str = ""
    of_the_other: Sequence[str] = ()
    is_child: bool = False


def what_is_wrong(seen: Seen) -> tuple[str, ...]:
    """This function will say what is not right about an interview, by the words of WRONGS, in their order."""
    return tuple(_wrongs(seen))


def _wrongs(seen: Seen) -> Iterator[str]:
    if not seen.private:
        yield "not_private"
    if seen.is_child:
        yield "child_interviewed"
    if seen.children_present:
        yield "child_present"
    if seen.interpreter not in ("none", "professional"):
        yield "not_professional"
    if seen.interpreter != "none" and seen.interpreter_accepted is not True:
        yield "not_accepted"
    if seen.with_them and seen.supporter is False:
        yield "supporter_not_theirs"
    if any(names_person(seen.with_them, name) for name in seen.of_the_other):
        yield "supporter_of_the_other"
    if any(names_person(seen.interpreted_by, name) for name in seen.of_the_other):
        yield "interpreter_of_the_other"
