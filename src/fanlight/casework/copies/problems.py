"""What goes wrong with a copy, as a sentence for the person at the command line."""


class CopyProblem(Exception):
    """A backup or a restore that did not take place; the message says why, and what to do."""
