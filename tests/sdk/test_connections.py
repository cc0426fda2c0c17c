"""Connections: made late, shared, remade when the loop or the process changes, never leaked."""

from __future__ import annotations

import asyncio
import os
import ssl
import subprocess
import sys
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import pytest

from aiogenauth import (
    AiohttpTransport,
    AuthenticationClient,
    ConfigurationError,
    HttpxTransport,
    InsecureTlsWarning,
    NotDelivered,
    UnexpectedAnswer,
)
from sdk_answers import Connection, Received, answer, page, silence
from sdk_world import CODE, NUMBER, PROFILE, TOKEN, Kind, Stage, connected, staged


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a self-signed certificate of 127.0.0.1 and its key."""
    where = tmp_path_factory.mktemp("tls")
    pem, key = where / "cert.pem", where / "key.pem"
    subprocess.run(
        [  # noqa: S607 - wherever it is installed
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-keyout",
            key,
            "-out",
            pem,
            "-days",
            "2",
            "-subj",
            "/CN=127.0.0.1",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
        ],
        check=True,
        capture_output=True,
    )
    return pem, key


@pytest.fixture
def server_tls(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    """Give the server's side of TLS."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    return context


async def test_a_certificate_that_nobody_vouches_for_is_refused_before_anything_leaves(
    server_tls: ssl.SSLContext, kind: Kind
) -> None:
    async with staged(ssl=server_tls) as stage, connected(stage.url, kind, retries=0) as client:
        for call in (client.bind_phone(CODE, NUMBER), client.get_profile()):
            with pytest.raises(NotDelivered):
                await call
    assert stage.received == []


async def test_a_ca_file_or_a_context_vouches_for_it(
    server_tls: ssl.SSLContext, certificate: tuple[Path, Path]
) -> None:
    context = ssl.create_default_context(cafile=certificate[0])
    async with staged(ssl=server_tls) as stage:
        async with connected(stage.url, ca_file=certificate[0]) as client:
            await client.bind_phone(CODE, NUMBER)
        async with connected(stage.url, ssl_context=context) as client:
            await client.bind_phone(CODE, NUMBER)


async def test_verification_is_off_only_when_asked_for_loudly(
    server_tls: ssl.SSLContext,
) -> None:
    async with staged(ssl=server_tls) as stage:
        with pytest.warns(InsecureTlsWarning):
            client = AuthenticationClient(
                "a", stage.url, access_token="t", dangerously_disable_tls_verification=True
            )
        async with client:
            await client.bind_phone(CODE, NUMBER)


async def test_calls_one_after_another_share_a_connection(stage: Stage, kind: Kind) -> None:
    async with connected(stage.url, kind) as client:
        for _ in range(5):
            await client.as_user("someone").with_options(lang="en-US").bind_phone(CODE, NUMBER)
    assert stage.connections == 1


async def test_a_session_of_the_caller_is_used_and_left_open(stage: Stage) -> None:
    async with aiohttp.ClientSession(headers={"x-theirs": "1"}) as session:
        async with connected(stage.url, session=session) as client:
            await client.bind_phone(CODE, NUMBER)
        assert not session.closed
        assert stage.received[0].headers["x-theirs"] == "1"
    with pytest.raises(ConfigurationError, match="closed"):
        await client.bind_phone(CODE, NUMBER)


async def test_an_httpx_client_of_the_caller_is_left_open(stage: Stage) -> None:
    theirs = httpx.AsyncClient(auth=("their", "password"), follow_redirects=True)
    async with AuthenticationClient(
        "app-1", stage.url, access_token=TOKEN, transport=HttpxTransport(theirs)
    ) as client:
        await client.bind_phone(CODE, NUMBER)
    assert not theirs.is_closed
    assert stage.received[0].headers["authorization"] == TOKEN
    await theirs.aclose()


async def test_cookies_of_one_user_never_travel_with_another(stage: Stage, kind: Kind) -> None:
    """One client serves all users, and a jar does not know whose cookie it holds."""
    stage.on("*", answer(headers={"Set-Cookie": "session=of-ann; Path=/"}))
    async with connected(stage.url, kind) as client:
        for token in ("token-of-ann", "token-of-bob"):
            await client.as_user(token).bind_phone(CODE, NUMBER)
    assert [each.headers.get("cookie") for each in stage.received] == [None, None]


async def test_cookies_of_a_session_of_the_caller_stay_at_home(stage: Stage) -> None:
    """Its other middlewares go on working."""

    async def theirs(
        request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        request.headers["x-theirs"] = "1"
        return await handler(request)

    stage.on("*", answer(headers={"Set-Cookie": "session=of-ann; Path=/"}))
    jar = aiohttp.CookieJar(unsafe=True)
    async with (
        aiohttp.ClientSession(cookie_jar=jar, middlewares=(theirs,)) as session,
        connected(stage.url, session=session) as client,
    ):
        for token in ("token-of-ann", "token-of-bob"):
            await client.as_user(token).bind_phone(CODE, NUMBER)
    assert len(jar) == 1
    assert [each.headers.get("cookie") for each in stage.received] == [None, None]
    assert [each.headers["x-theirs"] for each in stage.received] == ["1", "1"]


async def test_a_token_of_the_callers_own_client_stays_at_home(stage: Stage) -> None:
    """Where a call is made for nobody, no other service's token stands in."""
    theirs = {"Authorization": "token-of-another-service"}

    async def ask(**given: Any) -> None:  # noqa: ANN401 - the client's options
        async with connected(stage.url, access_token=None, **given) as client:
            await client.send_sms("CHANNEL_LOGIN", NUMBER)
            await client.as_user(TOKEN).bind_phone(CODE, NUMBER)

    async with aiohttp.ClientSession(headers=theirs) as session:
        await ask(session=session)
    async with httpx.AsyncClient(headers=theirs) as over_httpx:
        await ask(transport=HttpxTransport(over_httpx))
    seen = [each.headers.get("authorization") for each in stage.received]
    assert seen == [None, TOKEN, None, TOKEN]


def test_only_httpx_clients_are_taken_for_them() -> None:
    with pytest.raises(ConfigurationError):
        HttpxTransport(object())  # type: ignore[arg-type]


async def test_a_subclass_of_an_httpx_client_is_one_too(stage: Stage) -> None:
    class Theirs(httpx.AsyncClient):
        pass

    async with Theirs() as theirs:
        client = AuthenticationClient(
            "app-1", stage.url, access_token=TOKEN, transport=HttpxTransport(theirs)
        )
        await client.bind_phone(CODE, NUMBER)


async def test_a_closed_client_says_so(stage: Stage, kind: Kind) -> None:
    async with connected(stage.url, kind) as client:
        await client.bind_phone(CODE, NUMBER)
    for view in (client, client.as_user("t")):
        with pytest.raises(ConfigurationError, match="closed"):
            await view.bind_phone(CODE, NUMBER)
    await client.aclose()
    assert len(stage.received) == 1


async def test_closing_a_view_closes_nothing(stage: Stage, kind: Kind) -> None:
    async with connected(stage.url, kind) as client:
        async with client.as_user("t") as view:
            await view.bind_phone(CODE, NUMBER)
        await client.bind_phone(CODE, NUMBER)
    assert stage.connections == 1


def test_a_client_that_is_dropped_unclosed_is_silent() -> None:
    """Neither aiohttp's warning nor its line in the log; in a process of its own, to see all."""
    program = (
        "import asyncio, sys\n"
        "from aiogenauth import AuthenticationClient, GenAuthError\n"
        "from sdk_world import staged\n"
        "client = None\n"
        "async def main():\n"
        "    global client\n"
        "    async with staged() as stage:\n"
        "        client = AuthenticationClient('a', stage.url, access_token='t')\n"
        "        await client.bind_phone('123456', '18812348888')\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert done.stderr == ""
    assert done.stdout == ""


async def test_cancelled_calls_leak_no_slot_of_the_pool(stage: Stage) -> None:
    transport = AiohttpTransport(connections=2)
    stage.on("bind-phone", silence)
    stage.on("get-profile", answer(PROFILE))
    client = AuthenticationClient("app-1", stage.url, access_token=TOKEN, transport=transport)
    for number in range(20):
        task = asyncio.create_task(client.bind_phone(CODE, NUMBER))
        await stage.is_asked(number + 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    for _ in range(4):
        await client.get_profile()
    await transport.aclose()


async def test_calls_that_time_out_leak_no_slot_either(stage: Stage) -> None:
    transport = AiohttpTransport(connections=2)
    stage.on("bind-phone", silence)
    stage.on("get-profile", answer(PROFILE))
    client = AuthenticationClient("app-1", stage.url, access_token=TOKEN, transport=transport)
    quick = client.with_options(timeout=0.02)
    binds = (quick.bind_phone(CODE, NUMBER, on_unknown="raise") for _ in range(6))
    outcomes = await asyncio.gather(*binds, return_exceptions=True)
    assert {type(each).__name__ for each in outcomes} <= {"BindOutcomeUnknown", "NotDelivered"}
    await client.get_profile()
    await transport.aclose()


async def test_a_full_pool_is_a_sure_not_sent(stage: Stage) -> None:
    transport = AiohttpTransport(connections=1)
    stage.on("*", silence)
    client = AuthenticationClient(
        "app-1", stage.url, access_token=TOKEN, transport=transport, retries=0
    )
    blocker = asyncio.create_task(client.get_profile())
    await stage.is_asked(1)
    with pytest.raises(NotDelivered):
        await client.with_options(timeout=0.05).bind_phone(CODE, NUMBER)
    blocker.cancel()
    await asyncio.gather(blocker, return_exceptions=True)
    await transport.aclose()


@pytest.mark.parametrize("is_asked", [True, False])
async def test_a_proxy_of_the_environment_is_used_only_if_asked_for(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, is_asked: bool
) -> None:
    monkeypatch.setenv("http_proxy", stage.url)
    monkeypatch.delenv("no_proxy", raising=False)
    async with connected(
        "http://genauth.invalid", allow_plain_http_to=["genauth.invalid"], trust_env=is_asked,
        retries=0,
    ) as client:  # fmt: skip
        if is_asked:
            await client.bind_phone(CODE, NUMBER)
            assert stage.received[0].path == "http://genauth.invalid/api/v3/bind-phone"
            monkeypatch.setenv("no_proxy", "genauth.invalid")
        with pytest.raises(NotDelivered):
            await client.bind_phone(CODE, NUMBER)


async def test_one_client_a_hundred_tasks_and_fifty_users_mix_no_tokens(
    stage: Stage, kind: Kind
) -> None:
    async def echo(connection: Connection, request: Received) -> None:
        await asyncio.sleep(0)
        await answer(requestId=request.headers["authorization"])(connection, request)

    stage.on("bind-phone", echo)

    async def bind(client: AuthenticationClient, number: int) -> bool:
        token = f"token-{number % 50}"
        return (await client.as_user(token).bind_phone(CODE, NUMBER)).request_id == token

    async with connected(stage.url, kind, access_token=None) as client:
        assert all(await asyncio.gather(*(bind(client, number) for number in range(100))))
    assert len(stage.received) == 100


async def test_many_paths_do_not_grow_the_memory_of_urls(stage: Stage) -> None:
    transport = AiohttpTransport()
    client = AuthenticationClient("a", stage.url, transport=transport)
    for number in range(130):
        await client.request("GET", f"/api/v3/x{number}")
    assert len(transport._urls) <= 64  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - nothing else tells
    await transport.aclose()


async def test_a_session_that_checks_statuses_itself_does_not_hide_a_refusal(stage: Stage) -> None:
    stage.on("*", page(403))
    async with aiohttp.ClientSession(raise_for_status=True) as session:
        client = AuthenticationClient("a", stage.url, access_token=TOKEN, session=session)
        with pytest.raises(UnexpectedAnswer) as refused:
            await client.bind_phone(CODE, NUMBER)
    assert refused.value.http_status == 403


@pytest.mark.filterwarnings("ignore:.*auth:DeprecationWarning")
async def test_a_session_that_signs_in_by_itself_is_refused() -> None:
    async with aiohttp.ClientSession(auth=aiohttp.BasicAuth("their", "password")) as session:
        with pytest.raises(ConfigurationError) as refused:
            AuthenticationClient("a", "https://x.example", session=session)
    assert refused.value.field == "session"
