"""A ticket of CAS is good or not; whatever else comes back is no answer."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from aiogenauth import GenAuthError, InvalidInput, SignInOutcomeUnknown, UnexpectedAnswer
from tests.sdk.support.answers import Behaviour, answer, http, page, raw
from tests.sdk.support.world import FakeServer, Kind, connected

SERVICE = "https://app.example/cb?a=1&b=2"


def text(body: bytes) -> Behaviour:
    return raw(http(body, headers={"Content-Type": "text/plain; charset=utf-8"}))


@pytest.mark.parametrize("body", [b"yes\nann\n", b"yes\r\nann\r\n", b"yes\nann"])
async def test_a_good_ticket_names_its_user(genauth: FakeServer, kind: Kind, body: bytes) -> None:
    genauth.on("validate", text(body))
    async with connected(genauth.url, kind, app_id="app/1") as client:
        check = await client.validate_ticket_v1("ST-1", SERVICE)
    assert (bool(check), check.valid, check.username) == (True, True, "ann")
    (request,) = genauth.received
    split = urlsplit(request.path)
    assert (request.method, split.path) == ("GET", "/cas-idp/app%2F1/validate")
    assert dict(parse_qsl(split.query)) == {"service": SERVICE, "ticket": "ST-1"}
    assert "authorization" not in request.headers


@pytest.mark.parametrize("body", [b"no\n\n", b"no\n", b"no"])
async def test_a_bad_ticket_is_no_error(genauth: FakeServer, body: bytes) -> None:
    genauth.on("validate", text(body))
    async with connected(genauth.url) as client:
        check = await client.validate_ticket_v1("ST-1", SERVICE)
    assert (bool(check), check.username) == (False, None)


@pytest.mark.parametrize(
    "behaviour",
    [text(b""), text(b"yes\n"), text(b"no\nann\n"), text(b"maybe\nann\n"), page(200), page(404)],
    ids=["empty", "yes to nobody", "no to somebody", "maybe", "a page", "a page with 404"],
)
async def test_anything_else_is_no_answer(genauth: FakeServer, behaviour: Behaviour) -> None:
    genauth.on("validate", behaviour)
    async with connected(genauth.url, retries=0) as client:
        with pytest.raises(UnexpectedAnswer):
            await client.validate_ticket_v1("ST-1", SERVICE)


async def test_a_refusal_in_an_envelope_is_read(genauth: FakeServer) -> None:
    genauth.on("validate", answer(status=501, statusCode=501, message="not imitated"))
    async with connected(genauth.url, retries=0) as client:
        with pytest.raises(GenAuthError, match="not imitated"):
            await client.validate_ticket_v1("ST-1", SERVICE)


async def test_a_ticket_is_never_sent_twice(genauth: FakeServer) -> None:
    genauth.on("validate", page(502), text(b"yes\nann\n"))
    async with connected(genauth.url, retries=3) as client:
        with pytest.raises(SignInOutcomeUnknown):
            await client.validate_ticket_v1("ST-1", SERVICE)
    assert len(genauth.received) == 1


async def test_half_an_address_is_refused_here(genauth: FakeServer) -> None:
    async with connected(genauth.url) as client:
        with pytest.raises(InvalidInput) as refused:
            await client.validate_ticket_v1("ST-1", "/cb")
    assert refused.value.field == "service"
    assert genauth.received == []
