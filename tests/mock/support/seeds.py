"""Means for testing seeds: a file, an app that begins with it, and calls to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from genauth_mock.http.messages import HttpRequest
from genauth_mock.runtime.options import Options
from genauth_mock.seeds.seed_file import read_seed
from genauth_mock.testing.in_process import InProcessGenAuth

if TYPE_CHECKING:
    from pathlib import Path

PHONE = "18812348888"
CHANNEL = "CHANNEL_BIND_PHONE"
APP = "the-app"

SEED = """
[settings]
passCodeLifetimeSeconds = 300
resendExempt = ["+8618812348888"]

[settings.fixedCodes]
"+8618812348888" = "424242"

[[users]]
userId = "ada-id"
username = "ada"
password = "secret"
email = "ada@example.com"
accessToken = "token-of-ada"

[[users]]
username = "bob"
phoneNumber = "13912345678"
status = "Suspended"

[[apps]]
appId = "other"
appSecret = "other-secret"

[apps.settings]
passCodeLength = 4

[[apps.users]]
username = "ada"
"""


def seeded(path: Path) -> InProcessGenAuth:
    """Give an offline GenAuth that begins with a seed file."""
    seed = read_seed(path, APP)
    return InProcessGenAuth(Options(app_id=APP, settings=seed.settings, seeded_apps=seed.apps))


async def call(
    genauth: InProcessGenAuth, path: str, body: dict[str, str], **headers: str
) -> dict[str, object]:
    """Make a call; give the answer."""
    request = HttpRequest("POST", path, {}, headers, json.dumps(body).encode())
    return cast("dict[str, object]", json.loads((await genauth.answer(request)).body))


async def send(genauth: InProcessGenAuth, number: str = PHONE, **headers: str) -> object:
    """Ask for a code to bind with; give the statusCode."""
    body = {"channel": CHANNEL, "phoneNumber": number}
    return (await call(genauth, "/api/v3/send-sms", body, **headers))["statusCode"]
