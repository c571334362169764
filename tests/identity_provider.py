"""An OpenID Connect provider that runs on loopback, in a process of its own, for the tests of single sign-on."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests


@contextmanager
def running() -> Iterator[str]:
    """This function will run the provider and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://localhost:{port}"
        try:
            for _ in range(300):
                try:
                    requests.get(address, timeout=5).raise_for_status()
                    break
                except requests.ConnectionError:
                    assert process.poll() is None, "the provider did not start"
                    time.sleep(0.1)
            yield address
        finally:
            process.terminate()


def use(settings: Any, address: str) -> None:
    """This function will have the installation use the provider, as its settings would."""
    settings.IDENTITY_PROVIDER = {
        "issuer": address,
        "client_id": "fanlight",
        "client_secret": "a secret of the tests",
        "origin": address,
        "name": "Microsoft",
        "second_factor": "here",
    }
    app = {"provider_id": "provider", "name": "Microsoft", "client_id": "fanlight", "secret": "a secret of the tests"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{**app, "settings": {"server_url": address}}]}
    }
