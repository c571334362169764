"""Pages of a list: which one, how many."""

from math import ceil


def page_number(asked: int, total: int, size: int) -> tuple[int, int]:
    """This function will give the page that there is nearest to the one asked for, and how many there are."""
    pages = max(1, ceil(total / size))
    return min(max(1, asked), pages), pages
