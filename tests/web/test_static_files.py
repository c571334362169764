"""The static files as they are served: collected, named by their content, and every one that a page asks for is there."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

TEMPLATES = Path(settings.TEMPLATES[0]["DIRS"][0])


@pytest.fixture
def manifest(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return json.loads((tmp_path / "staticfiles.json").read_text(encoding="utf-8"))["paths"]


def test_every_file_that_a_page_asks_for_is_collected(manifest):
    asked = {
        name
        for template in TEMPLATES.rglob("*.html")
        for name in re.findall(r"""static\(['"]([^'"]+)['"]\)""", template.read_text(encoding="utf-8"))
    }
    assert asked
    assert asked <= set(manifest)


def test_no_script_and_no_style_stands_inside_a_page():
    inside = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)
    for template in TEMPLATES.rglob("*.html"):
        assert not inside.search(template.read_text(encoding="utf-8")), template.name
