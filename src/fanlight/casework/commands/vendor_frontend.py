"""For maintainers: takes the compiled GOV.UK Frontend from its package, without what is not ours to show."""

import hashlib
import json
import re
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

STATIC = Path(__file__).parents[1] / "web" / "static"
MANIFEST = STATIC / "vendored.json"

# As they are named in the package's dist/govuk folder, and by the pages.
STYLESHEET, SCRIPT, LICENCE_FILE = "govuk-frontend.min.css", "govuk-frontend.min.js", "govuk-frontend.LICENCE.txt"

# The typeface, crown, crest and logotypes belong to GOV.UK services alone.
TYPEFACE = "GDS Transport,arial,sans-serif"
OURS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Ubuntu,"Helvetica Neue",Arial,sans-serif'
MARKS = re.compile(r"govuk-(footer__(copyright-logo|crown|licence-logo)|header__logotype|logo-dot)|/assets/")
CHANGES = "without the GDS Transport typeface, crown, crest and logotypes, and without source maps"

LICENCE = """\
The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def without_marks(css: str) -> str:
    """This function will leave out every rule that draws or names what belongs to GOV.UK services alone."""
    kept = []
    for head, body in _blocks(css):
        if body is None:
            kept.append(head)
        elif head == "@font-face":
            continue
        elif head.startswith(("@media", "@supports")):
            inner = without_marks(body)
            if inner:
                kept.append(f"{head}{{{inner}}}")
        elif not MARKS.search(head) and not MARKS.search(body):
            kept.append(f"{head}{{{body}}}")
    return "".join(kept)


def stylesheet(css: str) -> str:
    """This function will give the stylesheet with the reader's own typeface and without marks and source map."""
    css = re.sub(r"/\*#.*?\*/", "", css).strip()
    return without_marks(css).replace(TYPEFACE, OURS) + "\n"


def module(script: str) -> str:
    """This function will give the script without its source map."""
    return re.sub(r"//# sourceMappingURL=\S+", "", script).strip() + "\n"


def digest(file: Path) -> str:
    """This function will give the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _blocks(css: str) -> list[tuple[str, str | None]]:
    # Compiled CSS: no comments are left in it, and no brace stands in a string.
    blocks: list[tuple[str, str | None]] = []
    at = 0
    while at < len(css):
        opening, ending = css.find("{", at), css.find(";", at)
        if ending != -1 and (opening == -1 or ending < opening):
            blocks.append((css[at : ending + 1], None))
            at = ending + 1
            continue
        if opening == -1:
            break
        depth, close = 1, opening
        while depth:
            close += 1
            depth += {"{": 1, "}": -1}.get(css[close], 0)
        blocks.append((css[at:opening].strip(), css[opening + 1 : close]))
        at = close + 1
    return blocks


class Command(BaseCommand):
    """Takes the stylesheet and the script, and writes the manifest that a test compares them with."""

    help = "Take the compiled GOV.UK Frontend from its unpacked package (for maintainers)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """This function will ask for the folder of the unpacked package."""
        parser.add_argument("package", type=Path, help="the folder that holds the package's package.json")

    def handle(self, *, package: Path, **_options: object) -> None:
        """This function will write the files, their licence and the manifest, and say which version they are."""
        try:
            about = json.loads((package / "package.json").read_text(encoding="utf-8"))
        except OSError as error:
            raise CommandError(f"{package} holds no unpacked package: {error.strerror}") from error
        if about.get("name") != "govuk-frontend":
            raise CommandError(f"{package} is the package {about.get('name')}, not govuk-frontend")
        compiled = package / "dist" / "govuk"
        texts = {
            STYLESHEET: stylesheet((compiled / STYLESHEET).read_text(encoding="utf-8")),
            SCRIPT: module((compiled / SCRIPT).read_text(encoding="utf-8")),
            LICENCE_FILE: LICENCE,
        }
        for name, text in texts.items():
            (STATIC / name).write_text(text, encoding="utf-8")
        manifest = {
            "package": about["name"],
            "version": about["version"],
            "licence": about["license"],
            "changes": CHANGES,
            "sha256": {name: digest(STATIC / name) for name in texts},
        }
        MANIFEST.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        self.stdout.write(f"GOV.UK Frontend {about['version']} is in {STATIC}.")
