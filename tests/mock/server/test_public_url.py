"""The URL where callers reach a server behind a proxy."""

from __future__ import annotations

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running_in_thread

PUBLIC = "https://login.example.com:8443/genauth"


def asked(url: str, body: object = None, host: str = "login.example.com:8443") -> dict[str, object]:
    """Ask as a proxy does; give the JSON."""
    content = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, content, {"Host": host})) as answer:  # noqa: S310 - loopback
        return json.load(answer)  # type: ignore[no-any-return]


def refused(url: str, body: object = None, host: str = "login.example.com:8443") -> int:
    """Ask as a proxy does for what is refused; give the status."""
    with pytest.raises(HTTPError) as caught:
        asked(url, body, host)
    with caught.value as answer:  # it holds the connection until it is closed
        return answer.code


@pytest.mark.parametrize("prefix", ["", "/genauth"], ids=["taken away", "forwarded"])
def test_tokens_and_discovery_name_the_public_url(prefix: str) -> None:
    with running_in_thread(Options(public_url=f"{PUBLIC}/")) as server:
        base = server.url + prefix
        found = asked(f"{base}/oidc/.well-known/openid-configuration")
        assert found["issuer"] == f"{PUBLIC}/oidc"
        assert found["jwks_uri"] == f"{PUBLIC}/oidc/.well-known/jwks.json"
        assert found["authorization_endpoint"] == f"{PUBLIC}/oidc/auth"
        assert asked(f"{base}/oidc/.well-known/jwks.json")["keys"]
        sms = {"channel": "CHANNEL_LOGIN", "phoneNumber": "18812348888"}
        assert asked(f"{base}/api/v3/send-sms", sms)["statusCode"] == 200
        messages: Any = asked(f"{base}/_mock/messages?phoneNumber=18812348888")["messages"]
        assert len(messages) == 1
        assert refused(f"{base}/_mock/messages", host="elsewhere.example.com") == 403
        assert refused(f"{server.url}/genauthx/api/v3/send-sms", sms) == 404


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "login.example.com",
        "ftp://a",
        "https://u:p@a",
        "https://a/?b=1",
        "https://a/#b",
        "https://a b/",
        "https://a:0",
        "https://a:65536",
    ],
)
def test_what_is_no_public_url_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="public_url must be"):
        Options(public_url=wrong)
