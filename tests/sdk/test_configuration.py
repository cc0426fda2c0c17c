"""How a client is set up: arguments, environment, hosts, TLS arguments."""

from __future__ import annotations

import asyncio
import copy
import pickle
import re
import ssl
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from aiogenauth import (
    AccessTokenMissing,
    AiohttpTransport,
    AuthenticationClient,
    ConfigurationError,
    InsecureTlsWarning,
    NotSignedIn,
)
from aiogenauth.configuration import checked_host
from tests.sdk.support.canaries import shown
from tests.sdk.support.world import CODE, NUMBER, FakeServer

HOST = "https://example.genauth.ai"


@pytest.mark.parametrize("name", ["app_id", "app_host"])
def test_a_missing_value_names_both_ways_to_give_it(name: str) -> None:
    arguments = {"app_id": "app-1", "app_host": HOST, name: None}
    with pytest.raises(ConfigurationError) as missing:
        AuthenticationClient(**arguments)  # type: ignore[arg-type]
    assert missing.value.field == name
    assert f"{name}=" in str(missing.value)
    assert f"GENAUTH_{name.upper()}" in str(missing.value)


async def test_what_is_left_out_is_read_from_the_environment(
    genauth: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "APP_ID": "from-env",
        "APP_HOST": genauth.url,
        "APP_SECRET": "s",
        "ACCESS_TOKEN": "env-token",
        "LANG": "en-US",
    }.items():
        monkeypatch.setenv(f"GENAUTH_{name}", value)
    async with AuthenticationClient() as client:
        await client.bind_phone(CODE, NUMBER)
    headers = genauth.received[0].headers
    assert headers["x-genauth-app-id"] == "from-env"
    assert headers["authorization"] == "env-token"
    assert headers["x-genauth-lang"] == "en-US"
    async with AuthenticationClient("mine", access_token="my-token", lang="zh-CN") as client:
        await client.bind_phone(CODE, NUMBER)
    headers = genauth.received[1].headers
    assert headers["x-genauth-app-id"] == "mine"
    assert headers["authorization"] == "my-token"
    assert headers["x-genauth-lang"] == "zh-CN"


async def test_a_call_that_needs_a_user_says_how_to_give_one(genauth: FakeServer) -> None:
    async with AuthenticationClient("app-1", genauth.url) as client:
        with pytest.raises(AccessTokenMissing) as missing:
            await client.bind_phone(CODE, NUMBER)
        await client.send_sms("CHANNEL_LOGIN", NUMBER)
    for way in ("access_token=", "GENAUTH_ACCESS_TOKEN", "as_user"):
        assert way in str(missing.value)
    assert isinstance(missing.value, NotSignedIn)
    assert missing.value.attempts == 0
    assert [each.path for each in genauth.received] == ["/api/v3/send-sms"]


def test_the_official_positional_order_is_kept() -> None:
    client = AuthenticationClient("app-1", HOST, "secret", "token", 5.0)
    assert (client.app_id, client.app_host) == ("app-1", HOST)
    assert client.options.timeout == 5.0


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://example.genauth.ai", "https://example.genauth.ai"),
        ("https://example.genauth.ai/", "https://example.genauth.ai"),
        ("https://example.com/genauth/", "https://example.com/genauth"),
        ("http://localhost:9480", "http://localhost:9480"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://[::1]:9480/", "http://[::1]:9480"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
        ("http://mock.localhost", "http://mock.localhost"),
    ],
)
def test_a_host_is_taken_with_prefix_port_and_address(given: str, used: str) -> None:
    assert checked_host(given) == used


@pytest.mark.parametrize(
    "given",
    [
        "example.genauth.ai",
        "ftp://example.genauth.ai",
        "https://",
        "https://[::1",
        "https://x:port",
        "https://user:pw@example.com",
        "https://example.com?x=1",
        "https://example.com#x",
        "https://example.com?",
        "https://example.com/#",
        "https://example.com\\@evil.example",
        "http://example.genauth.ai",
        "http://10.0.0.7",
        "http://localhost.evil.example",
    ],
)
def test_a_host_that_would_be_unsafe_or_none_is_refused(given: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        AuthenticationClient("app-1", given)
    assert refused.value.field == "app_host"


def test_plain_http_is_allowed_by_the_name_of_the_host() -> None:
    client = AuthenticationClient(
        "app-1", "http://genauth-mock:9480", allow_plain_http_to=("genauth-mock",)
    )
    assert client.app_host == "http://genauth-mock:9480"


def test_plain_http_is_allowed_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that production code needs no change in a compose file or a cluster."""
    monkeypatch.setenv("GENAUTH_ALLOW_PLAIN_HTTP_TO", "other, genauth")
    assert AuthenticationClient("app-1", "http://genauth:9480").app_host == "http://genauth:9480"
    with pytest.raises(ConfigurationError, match="GENAUTH_ALLOW_PLAIN_HTTP_TO=gen"):
        AuthenticationClient("app-1", "http://gen:9480")
    with pytest.raises(ConfigurationError):
        AuthenticationClient("app-1", "http://genauth:9480", allow_plain_http_to=("mine",))


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"app_id": "a b"}, "app_id"),
        ({"app_id": "a\r\nx: y"}, "app_id"),
        ({"app_id": 7}, "app_id"),
        ({"access_token": "a\nb"}, "access_token"),
        ({"real_ip": "1.2.3.4\r\nx: y"}, "real_ip"),
        ({"use_unverified_ssl": True}, "use_unverified_ssl"),
        ({"token_endpoint_auth_method": "basic"}, "token_endpoint_auth_method"),
        ({"authorization_scheme": "digest"}, "authorization_scheme"),
        ({"ca_file": "/nowhere.pem"}, "ca_file"),
        ({"ca_file": "x", "ssl_context": ssl.create_default_context()}, "ssl_context"),
        ({"transport": AiohttpTransport(), "trust_env": True}, "transport"),
    ],
    ids=lambda each: re.sub(r" at 0x\w+", "", str(each)),
)
def test_what_cannot_be_meant_is_refused_and_named(arguments: dict[str, Any], field: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        AuthenticationClient(**({"app_id": "app-1", "app_host": HOST} | arguments))  # pyright: ignore[reportArgumentType] - wrong on purpose
    assert refused.value.field == field


def test_a_ca_file_without_certificates_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    with pytest.raises(ConfigurationError, match="ca_file"):
        AuthenticationClient("app-1", HOST, ca_file=tmp_path / "ca.pem")


def test_switching_verification_off_warns_where_it_is_done() -> None:
    with pytest.warns(InsecureTlsWarning) as warned:
        AuthenticationClient("app-1", HOST, dangerously_disable_tls_verification=True)
    assert warned[0].filename == __file__


def test_a_client_cannot_move_to_another_process() -> None:
    client = AuthenticationClient("app-1", HOST)
    for move in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="make a new one"):
            move(client)


def test_a_token_cannot_be_set_and_the_error_says_what_to_do() -> None:
    client = AuthenticationClient("app-1", HOST)
    assert not hasattr(client, "set_access_token")
    with pytest.raises(AttributeError, match="as_user"):
        client.set_access_token("token")


def test_what_is_kept_for_oidc_links_can_be_read() -> None:
    assert (
        AuthenticationClient("a", HOST, redirect_uri="https://x/cb").redirect_uri == "https://x/cb"
    )


async def test_a_host_with_a_prefix_is_called_under_it(genauth: FakeServer) -> None:
    async with AuthenticationClient("app-1", genauth.url + "/genauth/", access_token="t") as client:
        await client.bind_phone(CODE, NUMBER)
    assert genauth.received[0].path == "/genauth/api/v3/bind-phone"


async def test_a_session_and_a_transport_are_not_given_together() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(ConfigurationError):
            AuthenticationClient("a", HOST, session=session, transport=AiohttpTransport())


@pytest.mark.parametrize(
    "allowed", ["auth.example.com", ("auth.example.com",), ["AUTH.example.com"]], ids=repr
)
def test_plain_http_is_allowed_by_whole_names(allowed: Any) -> None:  # noqa: ANN401 - callers without types
    """A text is one name, and no part of it is."""
    for host in ("http://example.com", "http://e", "http://auth.example.com.evil.example"):
        with pytest.raises(ConfigurationError, match="plain http"):
            AuthenticationClient("a", host, allow_plain_http_to=allowed)
    AuthenticationClient("a", "http://auth.example.com", allow_plain_http_to=allowed)


@pytest.mark.parametrize("name", ["http://x.example", "x.example/", "", " ", 5, None], ids=repr)
def test_what_is_no_name_of_a_host_is_refused(name: object) -> None:
    with pytest.raises(ConfigurationError) as refused:
        AuthenticationClient("a", "http://x.example", allow_plain_http_to=[name])  # type: ignore[list-item]
    assert refused.value.field == "allow_plain_http_to"


@pytest.mark.parametrize(
    "host",
    [
        "https://.genauth.ai", "https://a..genauth.ai", f"https://{'a' * 64}.ai", "https://a%20b.ai",
        f"https://{'a.' * 130}ai", "https://-a.ai", "https://\u00ad.ai", "https://[fe80::1%25eth0]",
    ],
)  # fmt: skip
def test_a_host_that_cannot_be_looked_up_is_refused(host: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        AuthenticationClient("a", host, access_token="t")
    assert refused.value.field == "app_host"


@pytest.mark.parametrize(
    ("host", "asked"),
    [
        ("https://bücher.example:8443/auth/", "https://xn--bcher-kva.example:8443/auth"),
        ("https://例え.テスト", "https://xn--r8jz45g.xn--zckzah"),
        ("https://my_app.internal.", "https://my_app.internal."),
    ],
)
def test_an_international_host_is_asked_by_its_other_name(host: str, asked: str) -> None:
    assert AuthenticationClient("a", host).app_host == asked


@pytest.mark.parametrize(
    ("lang", "sent"),
    [
        ("zh_CN.UTF-8", "zh-CN"),
        ("en_US", "en-US"),
        ("C.UTF-8", None),
        ("POSIX", None),
        ("zh-CN", "zh-CN"),
    ],
)
def test_a_language_may_be_that_of_a_locale(
    monkeypatch: pytest.MonkeyPatch, lang: str, sent: str | None
) -> None:
    monkeypatch.setenv("GENAUTH_LANG", lang)
    assert AuthenticationClient("a", "https://x.example").options.lang == sent


def test_a_view_may_undo_the_language_and_keeps_its_class() -> None:
    class Theirs(AuthenticationClient):
        """A client of the application."""

    client = Theirs("a", "https://x.example", lang="en-US")
    assert client.with_options(timeout=1).options.lang == "en-US"
    assert client.with_options(lang=None).options.lang is None
    assert isinstance(client.as_user("t").with_options(), Theirs)


@pytest.mark.parametrize(
    "proxy",
    [
        "puser:Pr0xyPw@host:8080",
        "127.0.0.1:3128",
        "socks5://puser:Pr0xyPw@host:1080",
        "http://puser:Pr0xyPw@host:99999",
        "http://[::1",
        "http://",
    ],
)
async def test_a_proxy_that_cannot_be_used_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    async with AuthenticationClient(
        "a", "https://genauth.invalid", access_token="t", trust_env=True
    ) as client:
        with pytest.raises(ConfigurationError, match="HTTPS_PROXY") as refused:
            await client.bind_phone("1234", "18812348888")
    assert "Pr0xyPw" not in "".join(shown(refused.value))


async def test_a_warmed_client_imports_nothing_on_the_loop() -> None:
    asked = WARMED
    done = await asyncio.create_subprocess_exec(
        sys.executable, "-c", asked, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await done.communicate()
    assert printed.decode().strip() == "[]"


WARMED = """
import asyncio, sys, threading
from aiogenauth import AuthenticationClient, PhoneNumber, UserProfile
from aiogenauth.decoding import read
from aiogenauth.protocol import Reply

LARGE = ("aiogenauth", "cattrs", "phonenumbers")
on_the_loop = []

def noted(event, arguments):
    if event == "import" and threading.current_thread() is threading.main_thread():
        on_the_loop.append(arguments[0])

class Refuses:
    async def send(self, request):
        return Reply(200, {}, b'{"statusCode": 400, "message": "no"}')

async def main():
    client = AuthenticationClient("a", "https://x.example", access_token="t", transport=Refuses())
    sys.addaudithook(noted)
    await client.warm_up()
    PhoneNumber.parse("+44 7911 123456")
    read(UserProfile, {"userId": "u", "createdAt": "2001-01-01T00:00:00Z"})
    try:
        await client.bind_phone("123456", "18812348888")
    except Exception as refused:
        assert type(refused).__name__ == "InvalidArgument", refused
    print([each for each in on_the_loop if each.startswith(LARGE) and sys.modules[each].__file__])

asyncio.run(main())
"""
