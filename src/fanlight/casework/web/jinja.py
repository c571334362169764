"""The templates' environment: our own templates, the GOV.UK macros, and the few words that every page may use."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader

from fanlight.casework.queries.answers import STATED_APART
from fanlight.casework.queries.lines import DutyLine
from fanlight.casework.web import wording
from fanlight.casework.web.forms.kinds import OWN_PAGES


def environment(**options: Any) -> Environment:
    """This function will make the environment, and compile every page at once, so that no officer waits for it.

    The GOV.UK macros ask for parameters that nobody passed, so an undefined name is chainable.
    """
    ours = options.pop("loader")
    options["undefined"] = ChainableUndefined
    options.setdefault("lstrip_blocks", True)
    options["cache_size"] = -1
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    made = Environment(loader=ChoiceLoader([ours, macros]), **options)  # noqa: S701 - Django passes autoescape=True
    made.globals.update(
        static=static,
        url=reverse_of,
        do_this=do_this,
        stated_apart=STATED_APART,
        deadline_in_words=wording.deadline_in_words,
        late_in_words=wording.late_in_words,
        wait_in_words=wording.wait_in_words,
    )
    made.filters.update(
        moment=wording.moment_in_words,
        day=wording.day_in_words,
        date=wording.date_in_words,
        time=wording.time_in_words,
    )
    if not made.auto_reload:
        for name in ours.list_templates():
            made.get_template(name)
    return made


@lru_cache(maxsize=4096)
def reverse_of(name: str, *args: object) -> str:
    """This function will give the address of a page; the page of a case has fifty of them, and they do not change."""
    return reverse(name, args=args)


def do_this(reference: str, duty: DutyLine) -> str:
    """This function will give the address of the page on which a duty is done.

    It is put together by hand, for the lists of fifty: a test holds it to the addresses in `urls.py`.
    """
    case = f"{_cases()}/{quote(reference)}"
    if duty.receives is not None:
        return f"{case}/received/{duty.receives}"
    own = OWN_PAGES.get(duty.does)
    if own in ("assign", "close", "reopen"):
        return f"{case}/{own}"
    kind = "" if own is not None or not duty.does else f"/{duty.does}"
    return f"{case}/record{kind}?duty={quote(duty.key)}"


@cache
def _cases() -> str:
    return reverse("cases")
