"""The forms of a page, as somebody who tries everything fills them."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser
from urllib.parse import urlsplit

TYPED = ("text", "search", "email", "tel", "url")


class Form:
    """A form: where it goes, how, and what may be said in it."""

    def __init__(self, action: str, method: str) -> None:
        self.action = urlsplit(action).path
        self.method = method
        self.fields: dict[str, tuple[str, str]] = {}
        """Name → what kind of field it is, and what it says unless somebody changes it."""
        self.options: dict[str, list[str]] = {}

    def chosen(self, name: str, chances: Sequence[int], words: Sequence[str]) -> str:
        """This function will give something to say in a field, by chance."""
        chance = chances[sum(name.encode()) % len(chances)]
        kind, value = self.fields[name]
        if kind == "text":
            return _PARTS_OF_A_DAY.get(name.rpartition("-")[2]) or words[chance % len(words)]
        options = self.options.get(name, [value])
        return options[chance % len(options)]


_PARTS_OF_A_DAY = {"day": "3", "month": "3", "year": "2026", "time": "11.00"}


def forms_of(page: str) -> list[Form]:
    """This function will give the forms of a page, that of signing out first."""
    reader = _Forms()
    reader.feed(page)
    return reader.forms


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(said.get("action", ""), said.get("method", "get").lower()))
        if not self.forms:
            return
        form, name, value = self.forms[-1], said.get("name", ""), said.get("value", "")
        kind = said.get("type", "text").lower() if tag == "input" else tag
        if tag == "select":
            self._select = name
            form.fields[name] = ("choice", "")
        elif tag == "option" and self._select:
            form.options.setdefault(self._select, []).append(value)
            form.fields[self._select] = ("choice", form.fields[self._select][1] or value)
        elif name and (kind in TYPED or tag == "textarea"):
            form.fields[name] = ("text", value)
        elif name and kind in ("radio", "checkbox"):
            form.options.setdefault(name, []).append(value)
            form.fields[name] = ("choice", form.options[name][0])
        elif name and kind == "hidden":
            form.fields[name] = ("hidden", value)
