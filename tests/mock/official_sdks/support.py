"""Means for testing with the official Python SDKs: their clients, codes, phones and refusals."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any, cast
from urllib.parse import parse_qs, urlencode, urlsplit

from genauth_mock.engine.browser_session import SIGN_IN_AS
from genauth_mock.runtime.options import Options
from genauth_mock.testing import GenAuthServer

NUMBER, OTHER = "18812348888", "18812349999"
PASSWORD = "correct-horse"
BACK = "https://app.example/callback"
SCOPE = "openid profile phone username email offline_access"
Sdk = Any  # the SDKs have no types
Answer = dict[str, Any]


def client_of(package: str, genauth: GenAuthServer, **options: object) -> Sdk:
    """Make an official client."""
    named = {"app_id": genauth.app_id, "app_secret": Options().app_secret, **options}
    return importlib.import_module(package).AuthenticationClient(app_host=genauth.app_host, **named)


def sent(sdk: Sdk, genauth: GenAuthServer, channel: str, number: str = NUMBER) -> str:
    """Have a code sent by the SDK; give its digits."""
    assert sdk.send_sms(channel, number)["statusCode"] == 200
    return genauth.pass_code(number, channel)


def bound(sdk: Sdk, genauth: GenAuthServer, number: str = NUMBER) -> str:
    """Bind a phone with the SDK; give the code that did it."""
    code = sent(sdk, genauth, "CHANNEL_BIND_PHONE", number)
    answer: Answer = sdk.bind_phone(code, number, "+86")
    assert answer["statusCode"] == 200, answer
    return code


def refused(answer: Answer) -> tuple[int, int | None, str]:
    """Tell how an answer says no."""
    return answer["statusCode"], answer.get("apiCode"), answer["message"]


def code_for(genauth: GenAuthServer, name: str) -> str:
    """Return the authorization code that a browser signed in as ``name`` takes back to the app."""
    asked = {
        "client_id": genauth.app_id,
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": "openid profile",
    }
    connection = HTTPConnection(urlsplit(genauth.app_host).netloc)
    try:
        connection.request("GET", f"/oidc/auth?{urlencode(asked)}", headers={SIGN_IN_AS: name})
        address = connection.getresponse().getheader("Location", "")
    finally:
        connection.close()
    [code] = parse_qs(urlsplit(address).query)["code"]
    return code


MAIL, OTHER_MAIL = "alice@example.com", "alice@example.org"
WECHAT_APP, WECHAT_SECRET = "wx-app", "secret-of-wx"
PROVIDERS = [
    {
        "identifier": "wx",
        "type": "wechat",
        "appId": WECHAT_APP,
        "appSecret": WECHAT_SECRET,
        "accounts": [
            {"userIdInIdp": "o-1", "code": "code-1", "username": "bob", "data": {"city": "Wuhan"}},
            *({"userIdInIdp": f"o-{n}", "code": f"code-{n}"} for n in range(2, 9)),
        ],
    },
    {"identifier": "pay", "type": "alipay", "authInfo": "app_id=1"},
    *(
        {
            "identifier": kind,
            "type": kind,
            "accounts": [{"userIdInIdp": "bob", "password": PASSWORD, "username": "bob"}],
        }
        for kind in ("ldap", "ad")
    ),
]
"""Providers elsewhere, as the setting extIdps has them."""

Make = Callable[..., Sdk]
"""Makes a client: signed in as a user who is made with the fields that are named, or as nobody."""


def good(answer: object) -> Answer:
    """Return what a call gives; it must have answered as a success does."""
    assert isinstance(answer, dict), answer
    found = cast("Answer", answer)
    assert found.get("statusCode", 200) == 200, found
    assert "error" not in found, found
    data = found.get("data", found)
    return cast("Answer", data) if isinstance(data, dict) else {"list": data}


def mailed(sdk: Sdk, genauth: GenAuthServer, channel: str, email: str) -> str:
    """Have a code mailed; give its digits."""
    good(sdk.send_email(channel, email))
    return genauth.pass_code(email, channel)
