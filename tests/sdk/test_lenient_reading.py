"""Answers that are GenAuth's, and odd: what is plain to see is read, and what is written is data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aiogenauth import (
    ApiError,
    AuthenticationClient,
    BindOutcomeUnknown,
    Confirmation,
    NotSupported,
    PassCodeWrong,
    SentTooRecently,
)
from tests.sdk.support.answers import Behaviour, answer, http, raw
from tests.sdk.support.world import CODE, NUMBER, FakeServer

REFUSAL: dict[str, Any] = {"statusCode": 499, "apiCode": 2001, "message": "验证码不正确"}
ODD_TYPES = ("text/plain", "text/json; charset=utf-8", "", "text/html", "nonsense")
SAID = json.dumps(REFUSAL, ensure_ascii=False).encode()


def _refusal(odd: dict[str, Any]) -> Behaviour:
    """Answer with the refusal, one field of it odd."""
    fields: dict[str, Any] = {**REFUSAL, **odd}
    return answer(**fields)


ODD: dict[str, Behaviour] = {
    "mark": raw(http(b"\xef\xbb\xbf" + SAID)),
    "blanks": raw(http(b"\r\n  " + SAID)),
    **{f"type {kind}": raw(http(SAID, headers={"Content-Type": kind})) for kind in ODD_TYPES},
    "number as id": _refusal({"requestId": 12345}),
    "list as id": _refusal({"requestId": ["x"]}),
    "list as message": _refusal({"message": ["验证码不正确", 7]}),
    "empty code": _refusal({"apiCode": ""}),
    "object as code": _refusal({"apiCode": {"x": 1}}),
    "huge code": _refusal({"apiCode": 10**40}),
}


@pytest.mark.parametrize("odd", ODD)
async def test_status_code_alone_decides_between_done_and_refused(
    client: AuthenticationClient, genauth: FakeServer, odd: str
) -> None:
    """A field, byte or header that is odd does not make a sure answer unknown."""
    genauth.on("bind-phone", ODD[odd])
    with pytest.raises(PassCodeWrong):
        await client.bind_phone(CODE, NUMBER)
    assert len(genauth.received) == 1


@pytest.mark.parametrize(
    ("odd", "request_id", "message"),
    [
        ({"message": ["ok", "really"]}, "r-1", "ok, really"),
        ({"message": {"zh": "ok"}}, "r-1", None),
        ({"message": []}, "r-1", None),
        ({"requestId": 7}, "7", "操作成功"),
        ({"requestId": False}, None, "操作成功"),
        ({"apiCode": "20001 "}, "r-1", "操作成功"),
    ],
    ids=str,
)
async def test_a_success_with_an_odd_field_is_a_success(
    client: AuthenticationClient,
    genauth: FakeServer,
    odd: Any,  # noqa: ANN401 - JSON
    request_id: str | None,
    message: str | None,
) -> None:
    genauth.on("bind-phone", answer(**odd))
    confirmed = await client.bind_phone(CODE, NUMBER)
    assert confirmed == Confirmation(request_id, message)


@pytest.mark.parametrize("status_code", ["200", 200.0, True, 10**30, None, [200]], ids=repr)
async def test_a_status_that_is_no_whole_number_decides_nothing(
    client: AuthenticationClient, genauth: FakeServer, status_code: object
) -> None:
    genauth.on("bind-phone", answer(statusCode=status_code))
    with pytest.raises(BindOutcomeUnknown):
        await client.bind_phone(CODE, NUMBER, on_unknown="raise")


async def test_what_a_server_writes_is_data(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    """It is bounded, and no terminal, log or report obeys it."""
    text = (
        "\x1b]0;pwned\x07\x1b[2J\r\nINFO root: forged\u202e\ud800\u2028 全角\u3000"
        + "M" * 3_000_000
    )
    genauth.on("bind-phone", answer(statusCode=499, message=text, requestId="id\r\nforged: 1" * 99))
    with pytest.raises(ApiError) as refused:
        await client.bind_phone(CODE, NUMBER)
    for shown, longest in ((refused.value.message, 2000), (refused.value.request_id, 200)):
        assert shown is not None
        assert len(shown) <= longest
        assert not set(shown) & set("\x1b\x07\r\n\u202e\ud800\u2028")
        shown.encode()
    assert "\\x1b[2J\\r\\nINFO root: forged\\u202e\\ud800\\u2028 全角\u3000M" in str(refused.value)


@pytest.mark.parametrize("code", ["000000", "4000", "8000"])
async def test_a_request_id_that_happens_to_hold_a_pass_code_stays_whole(
    client: AuthenticationClient, genauth: FakeServer, code: str
) -> None:
    request_id = "00000000-0000-4000-8000-000000000001"
    genauth.on(
        "bind-phone", answer(statusCode=499, apiCode=2001, message="?", requestId=request_id)
    )
    with pytest.raises(ApiError) as refused:
        await client.bind_phone(code, NUMBER)
    assert refused.value.request_id == request_id


async def test_what_genauth_cannot_do_is_a_refusal_and_not_repeated(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on("*", answer(statusCode=501, message="not imitated: x", status=501))
    for do in (client.get_profile(), client.bind_phone(CODE, NUMBER)):
        with pytest.raises(NotSupported):
            await do
    assert len(genauth.received) == 2


@pytest.mark.parametrize(
    ("headers", "wait", "source"),
    [(None, 60.0, "documentation"), ({"Retry-After": "7"}, 7.0, "answer")],
)
async def test_a_message_too_soon_says_how_long_to_wait_and_who_says_so(
    client: AuthenticationClient,
    genauth: FakeServer,
    headers: dict[str, str] | None,
    wait: float,
    source: str,
) -> None:
    genauth.on("send-sms", answer(statusCode=422, apiCode=4004, headers=headers))
    with pytest.raises(SentTooRecently) as refused:
        await client.send_sms("CHANNEL_LOGIN", NUMBER)
    assert (refused.value.retry_after, refused.value.retry_after_source) == (wait, source)
