"""As it is served to other machines: what Django's own check says, cookies and redirects over TLS, and no debugging."""

import json
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from fanlight.casework.keys.master import make_master_key

ASK = """
import json, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
from django.test import Client
browser = Client(raise_request_exception=False, HTTP_HOST="fanlight.example")
said = {}
for how, secure in (("plain", False), ("tls", True)):
    for path in ("/sign-in", "/cases", "/api/cases", "/static/nothing.css"):
        answer = browser.get(path, secure=secure)
        cookies = [morsel.OutputString() for morsel in answer.cookies.values()]
        said[f"{how} {path}"] = [answer.status_code, dict(answer.headers), cookies]
print(json.dumps(said))
"""


def in_production(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """This function will run Python with the settings of an installation that other machines reach."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FANLIGHT_", "DATABASE_", "SECRET_", "DJANGO_"))
    }
    settings = {
        "DJANGO_SETTINGS_MODULE": "fanlight.casework.settings",
        "FANLIGHT_HOME": str(home),
        "FANLIGHT_HOSTS": "fanlight.example",
        "FANLIGHT_BEHIND_PROXY": "true",
        "FANLIGHT_MASTER_KEY": make_master_key(),
        "SECRET_KEY": secrets.token_urlsafe(50),
    }
    return subprocess.run(
        [sys.executable, *words], env={**kept, **settings, **environment}, capture_output=True, text=True, check=False
    )


def test_djangos_check_of_an_installation_finds_nothing(tmp_path: Path) -> None:
    checked = in_production(
        tmp_path,
        "-c",
        "from fanlight.command_line import main; raise SystemExit(main())",
        "check",
        "--deploy",
        "--fail-level",
        "INFO",
    )
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


@pytest.mark.parametrize("name", ["DEBUG", "DJANGO_DEBUG", "FANLIGHT_DEBUG"])
@pytest.mark.parametrize("value", ["1", "true", "True", "yes", "on", "anything"])
def test_the_start_is_refused_with_debugging_on(name: str, value: str, tmp_path: Path) -> None:
    started = in_production(tmp_path, "-c", "import fanlight.casework.settings", **{name: value})
    assert started.returncode != 0
    assert f"{name} is set. Fanlight never shows the inside of a fault: unset it." in started.stderr.splitlines()[-1]


def test_a_debug_setting_that_says_no_is_no_reason_to_stop(tmp_path: Path) -> None:
    started = in_production(tmp_path, "-c", "import fanlight.casework.settings as s; print(s.DEBUG)", DEBUG="false")
    assert started.stdout.strip() == "False", started.stderr


def test_over_tls_cookies_are_bound_to_the_host_and_without_it_everybody_is_sent_there(tmp_path: Path) -> None:
    asked = in_production(tmp_path, "-c", ASK)
    assert asked.returncode == 0, asked.stderr
    said = json.loads(asked.stdout)
    cookies = []
    for where, (status, headers, sets) in said.items():
        assert "default-src 'none'" in headers["Content-Security-Policy"], where
        assert headers["Referrer-Policy"] == "no-referrer", where
        if where.startswith("plain"):
            assert (status, headers["Location"][:25]) == (301, "https://fanlight.example/"), where
            assert sets == []
        else:
            assert re.match(r"max-age=\d{8,}; includeSubDomains", headers["Strict-Transport-Security"]), where
            cookies += sets
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-"), cookie
        assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/")), cookie
        assert "Domain" not in cookie
    assert said["tls /api/cases"][0] == 401
