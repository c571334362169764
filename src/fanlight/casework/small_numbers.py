"""Hides small numbers in a table of counts, so that nobody is known by being one of few; pure.

A count from 1 to 4 is hidden. Where that leaves one hidden count alone in a table whose total is shown, it could be worked out: the
next smallest is hidden with it. None stands for a count that is hidden.
"""

from collections.abc import Iterable, Mapping

SMALLEST_SHOWN = 5


def is_small(count: int) -> bool:
    """This function will say whether a count is one that tells of few. None at all tells of nobody."""
    return 0 < count < SMALLEST_SHOWN


def hidden(counts: Mapping[str, int], *, also: Iterable[str] = ()) -> dict[str, int | None]:
    """This function will give the counts of a table whose parts make up a total that is shown, with those hidden that must be.

    `also` are parts that are hidden for a reason of their own.
    """
    gone = {name for name, count in counts.items() if is_small(count)} | ({*also} & counts.keys())
    if len(gone) == 1:
        left = sorted((count, name) for name, count in counts.items() if name not in gone and count > 0)
        gone |= {name for _, name in left[:1]}
    return {name: None if name in gone else count for name, count in counts.items()}


def hidden_parts(wholes: Mapping[str, int], parts: Mapping[str, int]) -> dict[str, int | None]:
    """This function will give, of each whole, how many of it are of a kind: hidden where the kind, or all others, are few."""
    few = [name for name, whole in wholes.items() if is_small(whole) or is_small(whole - parts[name])]
    return hidden(parts, also=few)
