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
| FANLIGHT_KEY_BACKUP_DAYS | how old a backup of the key store may be to be restored | 35 |
| FANLIGHT_HEADS | the file to which `fanlight tick` seals the ends of the chains | `heads` in the home folder |
| FANLIGHT_DEMO | `true` for the demo, which makes a master key of its own | `false` |
| FANLIGHT_SECOND_FACTOR | `required` of whoever may do more than report; `optional` is for the demo alone | `required` |
| FANLIGHT_OIDC_ISSUER | the identity provider of single sign-on, such as Microsoft Entra | there is none |
| FANLIGHT_OIDC_CLIENT_ID | what the provider calls this installation | must be set with an issuer |
| FANLIGHT_OIDC_CLIENT_SECRET | the secret that it shares with this installation | must be set with an issuer |
| FANLIGHT_OIDC_NAME | what staff call it, for the button | `your work account` |
| FANLIGHT_OIDC_SECOND_FACTOR | who asks for the second step: `here`, unless a token says it was taken, or the `provider` | `here` |

DATABASE_URL, KEY_STORE_URL, SECRET_KEY, FANLIGHT_MASTER_KEY and FANLIGHT_OIDC_CLIENT_SECRET may each be given in a
file, named by the same word with _FILE at its end.
"""

import contextlib
import os
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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
    "FANLIGHT_KEY_BACKUP_DAYS",
    "FANLIGHT_DEMO",
    "FANLIGHT_HEADS",
    "FANLIGHT_SECOND_FACTOR",
    "FANLIGHT_OIDC_ISSUER",
    "FANLIGHT_OIDC_CLIENT_ID",
    "FANLIGHT_OIDC_CLIENT_SECRET",
    "FANLIGHT_OIDC_CLIENT_SECRET_FILE",
    "FANLIGHT_OIDC_NAME",
    "FANLIGHT_OIDC_SECOND_FACTOR",
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


def _one_of(name: str, *words: str) -> str:
    """This function will read a setting that is one of a few words; the first is its default."""
    value = os.environ.get(name, words[0]).strip().lower()
    if value not in words:
        raise ImproperlyConfigured(f"{name} is {value!r}: it must be {' or '.join(words)}.")
    return value


def _identity_provider() -> dict[str, str] | None:
    """This function will read the settings of single sign-on; nothing where there is none."""
    given = {
        "issuer": os.environ.get("FANLIGHT_OIDC_ISSUER", "").strip().rstrip("/"),
        "client_id": os.environ.get("FANLIGHT_OIDC_CLIENT_ID", "").strip(),
        "client_secret": _secret("FANLIGHT_OIDC_CLIENT_SECRET") or "",
    }
    if not any(given.values()):
        return None
    for name, value in given.items():
        if not value:
            raise ImproperlyConfigured(f"FANLIGHT_OIDC_{name.upper()} must be set for single sign-on.")
    where = urlsplit(given["issuer"])
    if where.scheme != "https" and where.hostname not in _THIS_MACHINE:
        raise ImproperlyConfigured("FANLIGHT_OIDC_ISSUER must be an address that begins with https://.")
    return {
        **given,
        "origin": f"{where.scheme}://{where.netloc}",
        "name": os.environ.get("FANLIGHT_OIDC_NAME", "").strip() or "your work account",
        "second_factor": _one_of("FANLIGHT_OIDC_SECOND_FACTOR", "here", "provider"),
    }


def _number(name: str, default: int) -> int:
    """This function will read a setting that is a whole number, of 1 or more."""
    value = os.environ.get(name, str(default)).strip()
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 9999):
        raise ImproperlyConfigured(f"{name} is {value!r}: it must be a whole number, 1 or more.")
    return int(value)


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


def _belong_to_us(file: str) -> None:
    """This function will make the file of an SQLite database, where there is none, so that nobody but its owner reads it."""
    if file and not file.startswith((":", "file:")):
        with contextlib.suppress(OSError):
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


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
        _belong_to_us(str(found["NAME"]))
        found["OPTIONS"] = {
            **found.get("OPTIONS", {}),
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            # FULL: what was acknowledged is on the disk, and outlives the machine's power. What is deleted is written over:
            # a key that was destroyed is in no corner of the file.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
            # What takes the place of a row tells those who refuse deletions, too.
            "PRAGMA recursive_triggers=ON;",
        }
    elif kind == "django.db.backends.postgresql":
        found["ENGINE"] = "fanlight.casework.postgresql"
        found["CONN_HEALTH_CHECKS"] = True
        # A cursor on the server outlives its transaction, and behind a pooler its connection is another's by then.
        found["DISABLE_SERVER_SIDE_CURSORS"] = True
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
HEADS = Path(os.environ.get("FANLIGHT_HEADS") or HOME / "heads")
KEY_BACKUP_DAYS = _number("FANLIGHT_KEY_BACKUP_DAYS", 35)

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
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
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
    "allauth.account.middleware.AccountMiddleware",
    "fanlight.casework.web.signed_in.lasting",
    "fanlight.casework.api.by_key.asking_by_key",
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
AUTHENTICATION_BACKENDS = ["fanlight.casework.identity.backend.ByEmail"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
]
SECOND_FACTOR = _one_of("FANLIGHT_SECOND_FACTOR", "required", "optional")
if SECOND_FACTOR == "optional" and not IS_DEMO:
    raise ImproperlyConfigured("FANLIGHT_SECOND_FACTOR can be optional in the demo alone: unset it.")

# Of django-allauth, its second factors and its OpenID Connect: the pages, the accounts and their addresses are our own.
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
MFA_ADAPTER = "fanlight.casework.identity.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Fanlight"
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODE_DIGITS = 10
IDENTITY_PROVIDER = _identity_provider()
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "provider",
                "name": IDENTITY_PROVIDER["name"],
                "client_id": IDENTITY_PROVIDER["client_id"],
                "secret": IDENTITY_PROVIDER["client_secret"],
                "settings": {"server_url": IDENTITY_PROVIDER["issuer"]},
            }
        ]
        if IDENTITY_PROVIDER
        else [],
    }
}

# django-axes counts what web/guesses.py tells it: an account by its blind index, and an address.
AXES_FAILURE_LIMIT = 10
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "fanlight.casework.identity.guesses.account_of"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# It is asked by the sign-in page and told by it, and by nothing else: its own backend and middleware would keep what was typed.
SILENCED_SYSTEM_CHECKS = ["axes.W002", "axes.W003"]

LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "fanlight.casework.web.views.errors.forbidden"

SESSION_ENGINE = "fanlight.casework.identity.sessions"
# Over TLS no other site of the same domain can set these.
SESSION_COOKIE_NAME = "sessionid" if ON_THIS_MACHINE_ALONE else "__Host-session"
CSRF_COOKIE_NAME = "csrftoken" if ON_THIS_MACHINE_ALONE else "__Host-csrf"
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
BEHIND_PROXY: bool = _yes_or_no("FANLIGHT_BEHIND_PROXY")
if BEHIND_PROXY:
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
        # The button of single sign-on leads to the provider.
        "form-action": [SELF, *([IDENTITY_PROVIDER["origin"]] if IDENTITY_PROVIDER else [])],
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
        # Who failed to sign in is in the log of who did what.
        "axes": {"level": "ERROR"},
    },
}
