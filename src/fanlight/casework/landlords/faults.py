"""What is wrong with a landlord's file, in words, and how a file is read and held against its shape."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any


class LandlordFault(Exception):
    """A landlord's own settings cannot be used; the message says what is wrong and where."""


WORDS_ALL = "a list of words"
ANYTHING = ""
EACH = "*"


def shape_faults(said: object, shape: object, place: str) -> Iterator[str]:
    """This function will say everything that stands where nothing is looked for, or is not what is looked for there."""
    if isinstance(shape, Mapping):
        if not isinstance(said, dict):
            yield f"{place}: it must be a table."
            return
        for name, value in said.items():
            inner = shape.get(name, shape.get(EACH))
            if inner is None:
                near = get_close_matches(name, shape, 1)
                yield f"{place}: {name} is not a word here; " + (
                    f"did you mean {near[0]}?" if near else f"use {', '.join(shape)}."
                )
            else:
                yield from shape_faults(value, inner, f"{place}, {name}")
    elif (
        (shape == "words in quotes" and not isinstance(said, str))
        or (shape == "true or false" and not isinstance(said, bool))
        or (shape == "a day" and (not isinstance(said, date) or isinstance(said, datetime)))
    ):
        yield f"{place}: it must be {shape}."
    elif shape == WORDS_ALL and not (isinstance(said, list) and all(isinstance(word, str) for word in said)):
        yield f"{place}: it must be a list of words."


def read_toml(file: Path, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise LandlordFault(f"{where} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise LandlordFault(f"{where} is not UTF-8 text: save it as UTF-8.") from error
    except ValueError as error:
        raise LandlordFault(f"{where} is not TOML: {error}.") from error
    except RecursionError:
        raise LandlordFault(f"{where} is nested too deeply.") from None


def read_words(said: object, where: str) -> frozenset[str]:
    if not isinstance(said, list | tuple) or not all(isinstance(word, str) for word in said):
        raise LandlordFault(f"{where}: it must be a list of words.")
    return frozenset(said)
