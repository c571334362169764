"""The settings: few, and one that is not understood stops the start with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fanlight.casework.keys.master import make_master_key

MASTER_KEY = make_master_key()

SINGLE_SIGN_ON = {
    "FANLIGHT_OIDC_ISSUER": "https://login.example/tenant/v2.0",
    "FANLIGHT_OIDC_CLIENT_ID": "fanlight",
    "FANLIGHT_OIDC_CLIENT_SECRET": "a secret",
}

LOOK = """
import sys
from fanlight.casework import settings as s
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"], file=sys.stderr)
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


def test_the_files_of_a_database_are_their_owners_alone_whatever_the_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    before = os.umask(0o022)
    try:
        started = start(tmp_path)
    finally:
        os.umask(before)
    assert started.returncode == 0, started.stderr
    for name in ("fanlight.sqlite3", "keys.sqlite3"):
        # SQLite gives the files that it puts beside it the same mode.
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600, name


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
    assert served.stderr.startswith("__Host-session __Host-csrf ")


def test_the_button_of_single_sign_on_may_lead_to_the_provider_and_nowhere_else(tmp_path: Path) -> None:
    assert start(tmp_path).stderr.split(maxsplit=2)[2] == "[\"'self'\"]\n"
    assert start(tmp_path, **SINGLE_SIGN_ON).stderr.split(maxsplit=2)[2] == ("[\"'self'\", 'https://login.example']\n")


def test_the_second_step_is_relaxed_for_the_demo_alone(tmp_path: Path) -> None:
    relaxed = {"FANLIGHT_SECOND_FACTOR": "optional", "FANLIGHT_DEMO": "true"}
    assert start(tmp_path, **relaxed).returncode == 0
    assert start(tmp_path, **relaxed, FANLIGHT_HOSTS="fanlight.example", SECRET_KEY="k" * 40).returncode != 0


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"FANLIGHT_HOST": "x"}, "FANLIGHT_HOST is not a setting of Fanlight."),
        ({"FANLIGHT_BEHIND_PROXY": "perhaps"}, "FANLIGHT_BEHIND_PROXY is 'perhaps': it must be true or false."),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL must name an SQLite file or a PostgreSQL server."),
        ({"FANLIGHT_SECOND_FACTOR": "optional"}, "FANLIGHT_SECOND_FACTOR can be optional in the demo alone: unset it."),
        ({"FANLIGHT_SECOND_FACTOR": "never"}, "FANLIGHT_SECOND_FACTOR is 'never': it must be required or optional."),
        ({"FANLIGHT_OIDC_ISSUER": "https://login.example"}, "FANLIGHT_OIDC_CLIENT_ID must be set for single sign-on."),
        (
            {**SINGLE_SIGN_ON, "FANLIGHT_OIDC_ISSUER": "http://login.example"},
            "FANLIGHT_OIDC_ISSUER must be an address that begins with https://.",
        ),
        (
            {**SINGLE_SIGN_ON, "FANLIGHT_OIDC_SECOND_FACTOR": "nobody"},
            "FANLIGHT_OIDC_SECOND_FACTOR is 'nobody': it must be here or provider.",
        ),
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


@pytest.mark.parametrize("command", ["migrate", "verify", "nonsense"])
def test_a_command_that_cannot_start_says_why_in_a_sentence(command: str, tmp_path: Path) -> None:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FANLIGHT_", "DATABASE_", "KEY_"))
    }
    without_keys = {**kept, "FANLIGHT_HOME": str(tmp_path)}
    without_tables = {**without_keys, "FANLIGHT_MASTER_KEY": MASTER_KEY}
    refused = fanlight(command, without_keys)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("FANLIGHT_MASTER_KEY_FILE (or FANLIGHT_MASTER_KEY) must be set")
    assert len(refused.stderr.splitlines()) == 1
    if command == "verify":
        refused = fanlight(command, without_tables)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "has `fanlight migrate` been run?" in refused.stderr
        assert len(refused.stderr.splitlines()) == 1


def fanlight(command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """This function will run a command in a process of its own."""
    said = [sys.executable, "-c", "import sys; from fanlight.command_line import main; sys.exit(main())", command]
    return subprocess.run(said, env=environment, capture_output=True, text=True, check=False)
