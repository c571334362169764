"""The settings: few, read from the environment, and a setting that is not understood stops the start.

| variable | what it sets | when it is absent |
| --- | --- | --- |
| FANLIGHT_HOME | the folder in which this installation keeps its files | `var` in the current folder |
| FANLIGHT_POLICIES | the folder that holds the landlords' policies | those that ship with Fanlight |
| DATABASE_URL | where the database is (`sqlite:///…` or `postgres://…`) | an SQLite file in the home folder |
| SECRET_KEY | signs sessions and forms | made and kept in the home folder, on this machine only |
| FANLIGHT_HOSTS | the names under which it is served, with commas | this machine alone |
| FANLIGHT_BEHIND_PROXY | `true` when a proxy ends TLS and sets X-Forwarded-Proto | `false` |
| FANLIGHT_MASTER_KEY | the master key, which wraps the keys of cases and people | the start is refused |
| KEY_STORE_URL | where those keys are, apart from the database | an SQLite file in the home folder |
| FANLIGHT_DEMO | `true` for the demo, which makes a master key of its own | `false` |

DATABASE_URL, KEY_STORE_URL, SECRET_KEY and FANLIGHT_MASTER_KEY may each be given in a file, named by the same
word with _FILE at its end.
"""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from fanlight.casework.keys.master import MasterKeyProblem, make_master_key, read_master_keys

_KNOWN = {
    "FANLIGHT_HOME",
    "FANLIGHT_POLICIES",
    "FANLIGHT_HOSTS",
    "FANLIGHT_BEHIND_PROXY",
    "FANLIGHT_MASTER_KEY",
    "FANLIGHT_MASTER_KEY_FILE",
    "FANLIGHT_DEMO",
}
_THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")

_env = environ.Env()


def _stop_at_unknown_settings() -> None:
    """This function will stop the start at a variable that begins like one of ours and is none."""
    for name in sorted(os.environ):
        if name.startswith("FANLIGHT_") and name not in _KNOWN:
            raise ImproperlyConfigured(
                f"{name} is not a setting of Fanlight. The settings are: {', '.join(sorted(_KNOWN))}."
            )


def _secret(name: str) -> str | None:
    """This function will give a secret from the environment or from the file that NAME_FILE names."""
    file = os.environ.get(f"{name}_FILE")
    if not file:
        return os.environ.get(name) or None
    if os.environ.get(name):
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: keep one of them.")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names {file}, which cannot be read: {error.strerror}.") from error


def _yes_or_no(name: str) -> bool:
    """This function will read a setting that is `true` or `false`."""
    value = os.environ.get(name, "false").strip().lower()
    if value not in ("true", "false"):
        raise ImproperlyConfigured(f"{name} is {value!r}: it must be true or false.")
    return value == "true"


def _kept(file: Path, make: Callable[[], str]) -> str:
    """This function will give what a file of the home folder holds, and make it the first time."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as new:
            new.write(make())
    except FileExistsError:
        pass
    return file.read_text(encoding="utf-8").strip()


def _master_key(home: Path, *, demo: bool) -> str:
    """This function will give the master keys, the demo's to the demo alone."""
    given = _secret("FANLIGHT_MASTER_KEY")
    if given is None:
        if not demo:
            raise ImproperlyConfigured(
                "FANLIGHT_MASTER_KEY_FILE (or FANLIGHT_MASTER_KEY) must be set: make a key with "
                "`fanlight make_keys FILE`, and keep a copy of it apart from every backup."
            )
        given = _kept(home / "demo-key", lambda: make_master_key(demo=True))
    try:
        found = read_master_keys(given)
    except MasterKeyProblem as problem:
        raise ImproperlyConfigured(f"FANLIGHT_MASTER_KEY is not understood. {problem}") from None
    if any(key.is_demo for key in found) and not demo:
        raise ImproperlyConfigured("FANLIGHT_MASTER_KEY is the demo's: make one of your own with `fanlight make_keys`.")
    return given


def _database(name: str, url: str) -> dict[str, Any]:
    """This function will give a database's settings: write-ahead log on SQLite, kept connections on PostgreSQL."""
    try:
        found: dict[str, Any] = dict(_env.db_url_config(url))
    except (ImproperlyConfigured, KeyError, ValueError, TypeError) as error:
        raise ImproperlyConfigured(
            f"{name} is not understood: write sqlite:///FILE or postgres://USER:PASSWORD@HOST:PORT/NAME."
        ) from error
    kind = found.get("ENGINE")
    found["CONN_MAX_AGE"] = None
    if kind == "django.db.backends.sqlite3":
        found["OPTIONS"] = {
            **found.get("OPTIONS", {}),
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            # FULL: what was acknowledged is on the disk, and outlives the machine's power.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    elif kind == "django.db.backends.postgresql":
        found["CONN_HEALTH_CHECKS"] = True
        # A server that is gone is noticed in seconds: whoever waits is told so.
        found["OPTIONS"] = {"connect_timeout": 5, "tcp_user_timeout": 15000, **found.get("OPTIONS", {})}
    else:
        raise ImproperlyConfigured(f"{name} must name an SQLite file or a PostgreSQL server.")
    return found


def _stop_at_debugging() -> None:
    """This function will stop the start where somebody means to debug: a page of a fault would show what a case holds."""
    for name in ("DEBUG", "DJANGO_DEBUG", "FANLIGHT_DEBUG"):
        if os.environ.get(name, "").strip().lower() not in ("", "0", "false", "no", "off"):
            raise ImproperlyConfigured(f"{name} is set. Fanlight never shows the inside of a fault: unset it.")


_stop_at_debugging()
_stop_at_unknown_settings()

HOME = Path(os.environ.get("FANLIGHT_HOME") or "var").resolve()
try:
    HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"FANLIGHT_HOME is {HOME}, which cannot be made or used: {error.strerror}.") from error

DEBUG = False
ALLOWED_HOSTS = [name.strip() for name in os.environ.get("FANLIGHT_HOSTS", "").split(",") if name.strip()] or list(
    _THIS_MACHINE
)
ON_THIS_MACHINE_ALONE = set(ALLOWED_HOSTS) <= set(_THIS_MACHINE)

_given_key = _secret("SECRET_KEY")
if _given_key is None and not ON_THIS_MACHINE_ALONE:
    raise ImproperlyConfigured("SECRET_KEY (or SECRET_KEY_FILE) must be set when Fanlight is served to other machines.")
SECRET_KEY = _given_key or _kept(HOME / "secret-key", lambda: secrets.token_urlsafe(50))

IS_DEMO = _yes_or_no("FANLIGHT_DEMO")
if IS_DEMO and not ON_THIS_MACHINE_ALONE:
    raise ImproperlyConfigured("FANLIGHT_DEMO is for this machine alone: unset it, or unset FANLIGHT_HOSTS.")
MASTER_KEY = _master_key(HOME, demo=IS_DEMO)

DATABASES = {
    "default": _database("DATABASE_URL", _secret("DATABASE_URL") or f"sqlite:///{HOME / 'fanlight.sqlite3'}"),
    "keys": _database("KEY_STORE_URL", _secret("KEY_STORE_URL") or f"sqlite:///{HOME / 'keys.sqlite3'}"),
}
DATABASE_ROUTERS = ["fanlight.casework.keystore.router.KeyStoreRouter"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "fanlight.casework",
    "fanlight.casework.keystore",
]

MIDDLEWARE = [
    # First, so that they hold for every answer: static files, redirects and faults too.
    "csp.middleware.CSPMiddleware",
    "fanlight.casework.web.middleware.kept_by_nobody",
    "fanlight.casework.web.middleware.the_moment",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fanlight.casework.api.answers.in_json",
    "fanlight.casework.web.edges.let_in",
    "fanlight.casework.web.edges.own_origin",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "fanlight.casework.web.views.errors.WhatOneMayNotSee",
]

ROOT_URLCONF = "fanlight.casework.urls"
WSGI_APPLICATION = "fanlight.casework.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "fanlight.casework.web.jinja.environment", "auto_reload": False},
    }
]

AUTH_USER_MODEL = "casework.Staff"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "fanlight.casework.web.views.errors.forbidden"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not ON_THIS_MACHINE_ALONE
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = not ON_THIS_MACHINE_ALONE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not ON_THIS_MACHINE_ALONE
SECURE_HSTS_SECONDS = 0 if ON_THIS_MACHINE_ALONE else 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if _yes_or_no("FANLIGHT_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# No files: none is taken, whatever the form, and none is written to the disk on its way to being refused.
FILE_UPLOAD_HANDLERS: list[str] = []
DATA_UPLOAD_MAX_NUMBER_FILES = 0
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
# Of a form or a body of the API, in bytes: a long account of a bad night is a hundredth of it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

STATIC_URL = "/static/"
STATIC_ROOT = Path(__file__).parent / "web" / "static_collected"
STATICFILES_DIRS = [Path(__file__).parent / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

WHITENOISE_ALLOW_ALL_ORIGINS = False

# What goes wrong is written without the request: no name, no address and no body of a form reaches a log file. Nothing is
# mailed to anybody.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ids": {"()": "fanlight.casework.logs.IdsOnly"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "ids"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
