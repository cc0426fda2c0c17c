"""What the plugin's tests are given: a stranger's project, with calls to make."""

from __future__ import annotations

from importlib import import_module

import pytest

from tests.conftest import FEW_PLUGINS

# The plugin's server signs with it, and pytester would load it anew for every project; it is loaded once only.
import_module("joserfc.jwt")

CALLING = """
import json
from urllib.request import Request, urlopen

def call(server, user, path, body):
    headers = {"x-genauth-app-id": server.app_id, "authorization": user.access_token}
    with urlopen(Request(server.app_host + path, json.dumps(body).encode(), headers)) as answer:
        return json.load(answer)

def send(server, user, number="18812348888"):
    body = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": number}
    return call(server, user, "/api/v3/send-sms", body)

def bind(server, user, code, number="18812348888"):
    return call(server, user, "/api/v3/bind-phone", {"phoneNumber": number, "passCode": code})
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A stranger's project, with no configuration, and with few plugins."""
    monkeypatch.setenv("PYTEST_ADDOPTS", FEW_PLUGINS)  # pytester takes it away
    for name in ("GENAUTH_APP_HOST", "GENAUTH_MOCK_CONTROL_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    pytester.makepyfile(calling=CALLING)
    return pytester
