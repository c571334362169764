"""The two answers to somebody who may not: it is not there, and you may not."""


class NotFound(Exception):
    """What one may not see does not exist: the page says no more than that."""

    is_logged = False
    """Whether the log has its row already."""


class Refused(Exception):
    """One may see it, and may not do it; `sentence` says why, in words for the page, and names nobody."""

    is_logged = False
    """Whether the log has its row already."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)
