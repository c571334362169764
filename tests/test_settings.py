"""The settings: few, and one that is not understood stops the start with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fanlight.casework.keys.master import make_master_key

MASTER_KEY = make_master_key()

LOOK = """
from fanlight.casework import settings as s
print(s.DATABASES["default"]["ENGINE"].rsplit(".", 1)[1], s.SESSION_COOKIE_SECURE, len(s.SECRET_KEY), s.DEBUG)
"""


def start(home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """This function will load the settings in a process of their own and say what came of it."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FANLIGHT_", "DATABASE_", "SECRET_"))
    }
    return subprocess.run(
        [
            sys.executable,
            "-c",
            LOOK,
        ],
        env={**kept, "FANLIGHT_HOME": str(home), "FANLIGHT_MASTER_KEY": MASTER_KEY, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_any_setting_it_serves_this_machine_alone_with_a_key_that_it_keeps(tmp_path: Path) -> None:
    first = start(tmp_path)
    assert first.stdout.split() == ["sqlite3", "False", "67", "False"], first.stderr
    key = (tmp_path / "secret-key").read_text()
    start(tmp_path)
    assert (tmp_path / "secret-key").read_text() == key
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_for_other_machines_it_needs_a_key_and_sends_its_cookies_over_tls_alone(tmp_path: Path) -> None:
    assert "SECRET_KEY" in start(tmp_path, FANLIGHT_HOSTS="fanlight.example").stderr
    file = tmp_path / "key"
    file.write_text("k" * 40 + "\n")
    served = start(
        tmp_path,
        FANLIGHT_HOSTS="fanlight.example",
        SECRET_KEY_FILE=str(file),
        DATABASE_URL="postgres://fanlight:word@127.0.0.1/fanlight",
    )
    assert served.stdout.split() == ["postgresql", "True", "40", "False"], served.stderr


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"FANLIGHT_HOST": "x"}, "FANLIGHT_HOST is not a setting of Fanlight."),
        ({"FANLIGHT_BEHIND_PROXY": "perhaps"}, "FANLIGHT_BEHIND_PROXY is 'perhaps': it must be true or false."),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL must name an SQLite file or a PostgreSQL server."),
        ({"SECRET_KEY": "a", "SECRET_KEY_FILE": "b"}, "SECRET_KEY and SECRET_KEY_FILE are both set: keep one of them."),
        ({"SECRET_KEY_FILE": "/nowhere"}, "SECRET_KEY_FILE names /nowhere, which cannot be read"),
    ],
)
def test_a_setting_that_is_not_understood_stops_the_start_with_a_sentence(
    tmp_path: Path, environment: dict[str, str], sentence: str
) -> None:
    started = start(tmp_path, **environment)
    assert started.returncode != 0
    assert sentence in started.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"FANLIGHT_MASTER_KEY": ""}, "FANLIGHT_MASTER_KEY_FILE (or FANLIGHT_MASTER_KEY) must be set"),
        ({"FANLIGHT_MASTER_KEY": "letmein"}, "Line 1 is not a key"),
        ({"FANLIGHT_MASTER_KEY": make_master_key(demo=True)}, "FANLIGHT_MASTER_KEY is the demo's"),
        (
            {"FANLIGHT_DEMO": "true", "FANLIGHT_HOSTS": "fanlight.example", "SECRET_KEY": "k" * 50},
            "FANLIGHT_DEMO is for this machine alone",
        ),
        ({"KEY_STORE_URL": "mysql://x/y"}, "KEY_STORE_URL must name an SQLite file or a PostgreSQL server."),
    ],
)
def test_it_does_not_start_without_keys_or_with_those_of_the_demo(
    tmp_path: Path, environment: dict[str, str], sentence: str
) -> None:
    started = start(tmp_path, **environment)
    assert started.returncode != 0
    assert sentence in started.stderr.splitlines()[-1]
    assert "letmein" not in started.stderr


def test_the_demo_makes_a_key_of_its_own_that_opens_nothing_else(tmp_path: Path) -> None:
    assert start(tmp_path, FANLIGHT_DEMO="true", FANLIGHT_MASTER_KEY="").returncode == 0
    key = (tmp_path / "demo-key").read_text()
    assert "the demo's" in start(tmp_path, FANLIGHT_MASTER_KEY=key).stderr.splitlines()[-1]
    assert (tmp_path / "demo-key").stat().st_mode & 0o077 == 0
