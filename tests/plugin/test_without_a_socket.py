"""The engine without a socket: under the SDK, under httpx through respx, under aiohttp's test tools."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
import respx
from aiohttp.test_utils import TestClient

from aiogenauth import AuthenticationClient, BindOutcomeUnknown, OutcomeUnknown, PassCodeRejected
from aiogenauth.protocol import Reply, Request
from genauth_mock.control.request import ControlError
from genauth_mock.testing.aiohttp_server import genauth_test_server
from genauth_mock.testing.in_process import InProcessGenAuth, InProcessTransport
from genauth_mock.testing.respx import genauth_router

PHONE = "18812348888"
CHANNEL = "CHANNEL_BIND_PHONE"


@pytest.fixture
def genauth() -> InProcessGenAuth:
    """A deployment in this process."""
    return InProcessGenAuth()


async def test_the_sdk_binds_a_phone(genauth: InProcessGenAuth) -> None:
    user = await genauth.new_user(username="ada")
    async with AuthenticationClient(
        app_id=genauth.app_id,
        app_host=genauth.app_host,
        access_token=user.access_token,
        transport=InProcessTransport(genauth),
    ) as client:
        await client.send_sms(channel=CHANNEL, phone_number=PHONE)
        code = await genauth.pass_code("+86" + PHONE)
        await client.bind_phone(phone_number=PHONE, pass_code=code)
        with pytest.raises(PassCodeRejected):
            await client.unbind_phone(pass_code="000000")


@pytest.mark.parametrize("kind", ["reset", "drop", "cut"])
async def test_a_lost_answer_is_the_sdks_unknown_outcome(
    genauth: InProcessGenAuth, kind: str
) -> None:
    user = await genauth.new_user()
    async with AuthenticationClient(
        app_id=genauth.app_id,
        app_host=genauth.app_host,
        access_token=user.access_token,
        transport=InProcessTransport(genauth, Reply, lost=OutcomeUnknown),
    ) as client:
        await client.send_sms(channel=CHANNEL, phone_number=PHONE)
        code = await genauth.pass_code(PHONE)
        await genauth.inject(kind=kind)  # of everything, or the SDK would find out and know
        with pytest.raises(BindOutcomeUnknown):
            await client.with_options(deadline=0.02).bind_phone(phone_number=PHONE, pass_code=code)
    assert "/api/v3/bind-phone" in [each["path"] for each in await genauth.requests()]


async def test_a_lost_answer_is_looked_up_whatever_the_transport_makes_of_it(
    genauth: InProcessGenAuth,
) -> None:
    """Without the SDK's error it raises a `ConnectionError`, as transports of callers may."""
    user = await genauth.new_user()
    async with AuthenticationClient(
        genauth.app_id,
        genauth.app_host,
        access_token=user.access_token,
        transport=genauth.transport,
    ) as client:
        await client.send_sms(channel=CHANNEL, phone_number=PHONE)
        code = await genauth.pass_code(PHONE)
        await genauth.inject(kind="drop", when="after", route="bind-phone", times=1)
        await client.bind_phone(phone_number=PHONE, pass_code=code)
        profile = await client.get_profile()
    assert profile.phone == PHONE


async def test_time_passes_at_once(genauth: InProcessGenAuth) -> None:
    before = await genauth.advance(0)
    assert (await genauth.advance(61) - before).total_seconds() == pytest.approx(61, abs=1)


async def test_a_code_that_nobody_sent_is_told_without_the_number(
    genauth: InProcessGenAuth,
) -> None:
    with pytest.raises(ControlError, match=f"no {CHANNEL} message") as caught:
        await genauth.pass_code(PHONE, wait_seconds=0)
    assert PHONE not in str(caught.value)


def send_sms() -> dict[str, str]:
    return {"channel": CHANNEL, "phoneNumber": PHONE}


async def test_an_httpx_application_meets_the_same_engine(genauth: InProcessGenAuth) -> None:
    async with genauth_router(genauth), httpx.AsyncClient() as client:
        await client.post(f"{genauth.app_host}/api/v3/send-sms", json=send_sms())
        code = await genauth.pass_code(PHONE)
        user = await genauth.new_user()
        answer = await client.post(
            f"{genauth.app_host}/api/v3/bind-phone",
            json={"phoneNumber": PHONE, "passCode": code},
            headers={"Authorization": f"Bearer {user.access_token}"},
        )
    assert answer.json()["statusCode"] == 200


def test_a_synchronous_httpx_client_is_answered_too(genauth: InProcessGenAuth) -> None:
    with genauth_router(genauth, app_host="https://my.host"), httpx.Client() as client:
        answer = client.post("https://my.host/api/v3/send-sms", json=send_sms())
        again = client.post("https://my.host/api/v3/send-sms", json=send_sms())
    assert answer.json()["statusCode"] == 200
    assert again.json()["statusCode"] != 200
    assert len(asyncio.run(genauth.pass_code(PHONE))) == 6


async def test_httpx_meets_a_lost_answer_and_a_late_one(genauth: InProcessGenAuth) -> None:
    url = f"{genauth.app_host}/api/v3/send-sms"
    await genauth.inject(kind="reset", times=1)
    async with genauth_router(genauth), httpx.AsyncClient(timeout=60) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.post(url, json=send_sms())
        await genauth.inject(kind="delay", delay_seconds=3600, when="after", times=1)
        with pytest.raises(httpx.ReadTimeout):
            await client.post(url, json=send_sms(), timeout=0.01)


@pytest.mark.parametrize(
    "other", ["https://my.host.example", "https://my.host:8443", "http://my.host"]
)
async def test_a_host_that_only_begins_alike_is_not_answered(
    genauth: InProcessGenAuth, other: str
) -> None:
    async with genauth_router(genauth, app_host="https://my.host"), httpx.AsyncClient() as client:
        with pytest.raises(respx.models.AllMockedAssertionError):
            await client.post(f"{other}/api/v3/send-sms", json=send_sms())


async def test_other_routes_can_be_added_to_the_router(genauth: InProcessGenAuth) -> None:
    with genauth_router(genauth) as router:
        router.get("https://other.host/").mock(return_value=httpx.Response(204))
        async with httpx.AsyncClient() as client:
            assert (await client.get("https://other.host/")).status_code == 204
            with pytest.raises(respx.models.AllMockedAssertionError):
                await client.get("https://third.host/")


async def test_aiohttp_test_tools_serve_the_whole_application() -> None:
    client: TestClient[Any, None]
    async with genauth_test_server() as server, TestClient(server) as client:
        answer = await client.post("/api/v3/send-sms", json=send_sms())
        assert (await answer.json())["statusCode"] == 200
        messages = await (await client.get("/_mock/messages")).json()
    assert messages["messages"][0]["phoneNumber"] == PHONE


@pytest.mark.parametrize("part", ["a%2Fb", "%61", "a%2541"])
@pytest.mark.parametrize("name", ["remove-credential", "%72emove-credential"])
async def test_a_path_is_read_as_the_server_reads_it(
    genauth: InProcessGenAuth, name: str, part: str
) -> None:
    """A slash that is part of a name separates nothing, and no other name is hidden by percent signs."""
    url = f"{genauth.app_host}/api/v3/webauthn/{name}/{part}"
    request = Request("POST", url, {}, b"{}", None, 5.0)
    replies = [(await InProcessTransport(genauth).send(request)).body]
    with genauth_router(genauth):
        async with httpx.AsyncClient() as http:
            replies.append((await http.post(url, json={})).content)
    assert [json.loads(each)["statusCode"] for each in replies] == [401, 401]
