"""The design system's files: as they were taken, a pair with the macros, nothing that is GOV.UK's alone."""

import importlib.metadata
import json
import re

import pytest

from fanlight.casework.commands import vendor_frontend

MANIFEST = json.loads(vendor_frontend.MANIFEST.read_text(encoding="utf-8"))
STYLESHEET = (vendor_frontend.STATIC / vendor_frontend.STYLESHEET).read_text(encoding="utf-8")
SCRIPT = (vendor_frontend.STATIC / vendor_frontend.SCRIPT).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MANIFEST["sha256"])
def test_a_vendored_file_is_as_it_was_taken(name):
    assert vendor_frontend.digest(vendor_frontend.STATIC / name) == MANIFEST["sha256"][name]


def test_no_vendored_file_is_missing_from_the_manifest():
    found = {file.name for file in vendor_frontend.STATIC.glob("govuk-frontend*")}
    assert found == set(MANIFEST["sha256"])


def test_the_macros_are_those_of_the_stylesheet_and_the_script():
    table = importlib.metadata.metadata("govuk-frontend-jinja").get_payload()
    macros = importlib.metadata.version("govuk-frontend-jinja")
    row = re.search(rf"^\| \[{re.escape(macros)}\]\S+\s*\| \[([\d.]+)\]", str(table), re.MULTILINE)
    assert row is not None, f"macros {macros} do not say which GOV.UK Frontend they are for"
    assert row[1] == MANIFEST["version"]
    assert f'--govuk-frontend-version:"{MANIFEST["version"]}"' in STYLESHEET
    assert f'const version="{MANIFEST["version"]}"' in SCRIPT


def test_the_stylesheet_loads_nothing_and_names_no_typeface_crown_crest_or_logotype():
    for word in ("url(", "@font-face", "@import", "GDS Transport", "crown", "crest", "logotype", "sourceMappingURL"):
        assert word not in STYLESHEET
    assert "sourceMappingURL" not in SCRIPT


def test_a_rule_that_shows_a_mark_is_left_out_and_its_neighbours_stay():
    css = (
        '@charset "UTF-8";@font-face{font-family:X;src:url(x)}.a{color:red}.govuk-footer__crown{fill:red}'
        "@media print{.govuk-logo-dot{fill:red}}@media print{.b{c:d}.e{f:url(/assets/g)}}"
    )
    assert vendor_frontend.without_marks(css) == '@charset "UTF-8";.a{color:red}@media print{.b{c:d}}'
