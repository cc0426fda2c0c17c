"""Canaries: nothing that came out of the SDK shows a secret or a whole phone number."""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import aiogenauth
from aiogenauth import (
    AuthenticationClient,
    ConfigurationError,
    GenAuthError,
    InvalidInput,
    PhoneNumber,
)
from aiogenauth.secrets import Secret
from aiogenauth.tokens import TokenSource
from sdk_world import (
    Behaviour,
    Connection,
    Kind,
    Received,
    Stage,
    answer,
    connected,
    cut_body,
    half_headers,
    hang_up,
    http,
    silence,
    staged,
)

NUMBER = "18898765432"
NEW_NUMBER = "13912345670"
SECRETS = {
    "pass code": "735192",
    "old pass code": "846203",
    "access token": "canary-access-token",
    "app secret": "canary-app-secret",
    "password": "canary pässword",
    "update token": "canary-update-token",
    "refresh token": "canary-refresh-token",
    "id token": "canary-id-token",
    "field of a request": "canary-of-a-request",
    "number": NUMBER,
    "new number": NEW_NUMBER,
}
CODE, OLD_CODE = SECRETS["pass code"], SECRETS["old pass code"]

Do = Callable[[AuthenticationClient], Awaitable[object]]
CALLS: dict[str, Do] = {
    "send_sms": lambda c: c.send_sms("CHANNEL_BIND_PHONE", NUMBER),
    "bind_phone": lambda c: c.bind_phone(CODE, f"+86 {NUMBER}"),
    "bind_phone raising": lambda c: c.bind_phone(CODE, NUMBER, on_unknown="raise"),
    "bind_phone refused here": lambda c: c.bind_phone(CODE, NUMBER, "+1"),
    "bind_phone refused for its code": lambda c: c.bind_phone(f"{CODE} ", NUMBER),
    "unbind_phone": lambda c: c.unbind_phone(CODE),
    "pre_check_code": lambda c: c.pre_check_code(
        "SMS", {"phone": NUMBER, "passCode": CODE, "channel": "CHANNEL_BIND_PHONE"}
    ),
    "verify_update_phone_request": lambda c: c.verify_update_phone_request(
        {
            "newPhoneNumber": NEW_NUMBER,
            "newPhonePassCode": CODE,
            "oldPhoneNumber": NUMBER,
            "oldPhonePassCode": OLD_CODE,
        }
    ),
    "verify_update_phone_request refused here": lambda c: c.verify_update_phone_request(
        {"newPhoneNumber": NEW_NUMBER, "newPhonePassCode": CODE, "slip": OLD_CODE}  # type: ignore[typeddict-unknown-key]
    ),
    "update_phone": lambda c: c.update_phone(SECRETS["update token"]),
    "get_profile": lambda c: c.get_profile(),
    "get_security_level": lambda c: c.get_security_level(),
    "sign_in_by_username_password": lambda c: c.sign_in_by_username_password(
        "ann", SECRETS["password"]
    ),
    "sign_in_by_phone_password": lambda c: c.sign_in_by_phone_password(NUMBER, SECRETS["password"]),
    "sign_in_by_phone_passcode": lambda c: c.sign_in_by_phone_passcode(NUMBER, CODE),
    "request": lambda c: c.request(
        "POST", "/api/v3/x", json={"deep": [{"secret": SECRETS["field of a request"]}]}
    ),
    "request of a form": lambda c: c.request(
        "POST", "/oidc/token", form={"refresh_token": SECRETS["refresh token"]}
    ),
    "request with a query": lambda c: c.request(
        "GET",
        f"/api/v3/x?of_path={SECRETS['field of a request']}",
        params={"of_params": SECRETS["refresh token"]},
    ),
    "request refused here": lambda c: c.request(
        "GET", "/x", json={"x": SECRETS["field of a request"]}
    ),
}

DATA = {
    "userId": "u",
    "phone": NUMBER,
    "phoneVerified": True,
    "unknownPhone": NUMBER,
    "customData": {"secret": SECRETS["field of a request"]},
    "isValid": True,
    "updatePhoneToken": SECRETS["update token"],
    "tokenExpiresIn": 60,
    "access_token": SECRETS["access token"],
    "refresh_token": SECRETS["refresh token"],
    "id_token": SECRETS["id token"],
    "token_type": "bearer",
    "expires_in": 7200,
    "passwordSecurityLevel": 1,
    "mfaEnrolled": False,
    "passwordSet": True,
    "emailBinded": False,
    "phoneBinded": True,
    "securityScore": 80,
}


def echo(status: int, media: str) -> Behaviour:
    """Quote the whole request in the answer, as debug pages do."""

    async def behave(connection: Connection, request: Received) -> None:
        quoted = f"{request.path} {request.headers} {request.body.decode()}"
        await connection.send(http(quoted.encode(), status, {"Content-Type": media}))

    return behave


async def echo_in_envelope(connection: Connection, request: Received) -> None:
    """Quote the whole request in a refusal."""
    quoted = f"{request.path} {request.headers} {request.body.decode()}"
    await answer(statusCode=400, message=quoted, requestId=quoted)(connection, request)


async def echo_in_header(connection: Connection, request: Received) -> None:
    """Quote the token in a header that is malformed."""
    quoted = request.headers.get("authorization", "") + request.body.decode()
    await connection.send(f"HTTP/1.1 200 OK\r\n{quoted}\x00\r\n\r\n".encode())


OUTCOMES: dict[str, Behaviour] = {
    "success": answer(DATA),
    "wrong shape": answer({key: [value] for key, value in DATA.items()}),
    "refusal that quotes the request": echo_in_envelope,
    "error page that quotes the request": echo(502, "text/html"),
    "refusing page that quotes the request": echo(403, "text/html"),
    "broken JSON that quotes the request": echo(200, "application/json"),
    "broken header that quotes the request": echo_in_header,
    "silence": silence,
    "hang up": hang_up,
    "half headers": half_headers,
    "cut body": cut_body,
}

OURS = str(Path(aiogenauth.__file__).parent)


def shown(thing: object) -> list[str]:
    """Show a thing in every way that ends in logs."""
    texts = [repr(thing), str(thing), f"{thing}", repr([thing])]
    if isinstance(thing, BaseException):
        texts += _with_locals(thing)
        texts += [repr(vars(thing)), repr(thing.args)]
    if isinstance(thing, GenAuthError):
        texts.append(repr(pickle.dumps(thing)))
    return texts


def _with_locals(error: BaseException) -> list[str]:
    """Print tracebacks as error trackers do: every frame but the tests' own, with its locals."""
    texts: list[str] = []
    pending, seen = [error], set[int]()
    while pending:
        each = pending.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        texts += [repr(each), str(each)]
        for frame in frames(each):
            texts += [f"{name}={value!r}" for name, value in frame.f_locals.items()]
        pending += [other for other in (each.__cause__, each.__context__) if other is not None]
    return texts


def frames(error: BaseException) -> list[FrameType]:
    """Give the frames that an error went through, but the tests' own."""
    found = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
    return [frame for frame in found if "tests" not in frame.f_code.co_filename]


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_no_secret_comes_out_of_any_call_whatever_happens(
    stage: Stage, kind: Kind, outcome: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Runs every call; takes up to two seconds where answers are waited for in vain."""
    caplog.set_level(logging.DEBUG, logger="aiogenauth")
    stage.on("*", OUTCOMES[outcome])
    seen: list[object] = []
    async with connected(
        stage.url, kind, access_token=SECRETS["access token"], app_secret=SECRETS["app secret"],
        timeout=0.05, deadline=0.1, retries=1, on_request=seen.append, on_response=seen.append,
    ) as client:  # fmt: skip
        seen.append(client)
        for do in CALLS.values():
            try:
                seen.append(await do(client))
            except GenAuthError as error:
                seen.append(error)
    texts = [text for thing in seen if not isinstance(thing, dict) for text in shown(thing)]
    texts += [record.getMessage() for record in caplog.records if record.name == "aiogenauth"]
    assert len(texts) > 100
    for name, secret in SECRETS.items():
        for text in texts:
            assert secret not in text, f"{name} is shown: {text[:400]}"
            assert json.dumps(secret)[1:-1] not in text, f"{name} is shown: {text[:400]}"


@pytest.mark.parametrize(
    ("number", "country_code"),
    [
        (f"x{NUMBER}", None),
        (NUMBER[:-1], None),
        (f"+86{NUMBER[:-1]}", None),
        (f"{NUMBER}1", "+86"),
        (f"0{NUMBER}", "+86"),
        (f"0{NUMBER}", "+49"),
        (NUMBER, "+44"),
        (f"+44{NUMBER}", None),
        (f"+44{NUMBER}", "+86"),
        (f"{NUMBER}{NUMBER}", None),
    ],
)
def test_no_frame_of_ours_shows_a_number_that_is_refused(
    number: str, country_code: str | None
) -> None:
    with pytest.raises(InvalidInput) as refused:
        PhoneNumber.parse(Secret(number), country_code)
    for text in shown(refused.value):
        assert NUMBER[:-1] not in text


async def test_a_call_that_is_cancelled_shows_nothing_of_what_it_sent(
    stage: Stage, kind: Kind
) -> None:
    """Frames of the HTTP library hold headers and bodies, and error trackers print its locals."""
    stage.on("*", silence)
    async with connected(stage.url, kind, access_token=SECRETS["access token"]) as client:
        task = asyncio.create_task(client.bind_phone(CODE, NUMBER))
        await stage.is_asked(1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as cancelled:
            await task
    texts = shown(cancelled.value)
    assert any("transports" in frame.f_code.co_filename for frame in frames(cancelled.value))
    assert not [name for name, secret in SECRETS.items() if any(secret in text for text in texts)]


async def test_a_number_that_genauth_quotes_is_masked_though_the_call_did_not_name_it(
    client: AuthenticationClient, stage: Stage
) -> None:
    stage.on("*", answer(statusCode=499, apiCode=1320005, message=f"{NUMBER} / +86{NUMBER}"))
    with pytest.raises(GenAuthError) as refused:
        await client.unbind_phone(CODE)
    assert refused.value.message == "188****5432 / +861****5432"
    assert NUMBER not in str(refused.value)


async def test_no_secret_comes_out_when_nothing_can_be_sent(kind: Kind) -> None:
    async with connected(
        "http://127.0.0.1:1", kind, access_token=SECRETS["access token"],
        app_secret=SECRETS["app secret"], retries=1,
    ) as client:  # fmt: skip
        texts: list[str] = []
        for do in CALLS.values():
            with pytest.raises(GenAuthError) as failed:
                await do(client)
            texts += shown(failed.value)
    for name, secret in SECRETS.items():
        assert not [text for text in texts if secret in text], name


def test_parts_of_the_client_show_nothing() -> None:
    client = AuthenticationClient(
        "app-1", "https://x.example", SECRETS["app secret"], SECRETS["access token"]
    )
    courier: Any = client._courier  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - a debugger shows it
    for thing in (client, courier, courier.settings, courier._signed, PhoneNumber(NUMBER)):  # noqa: SLF001
        for text in shown(thing):
            assert not [name for name, secret in SECRETS.items() if secret in text]


@pytest.mark.parametrize("name", ["app_secret", "access_token"])
def test_no_frame_of_ours_shows_a_secret_of_the_environment_that_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that ends in a line break is a common slip, and a likely one to be reported."""
    monkeypatch.setenv(f"GENAUTH_{name.upper()}", "canary-of-the-environment\n")
    with pytest.raises(ConfigurationError) as refused:
        AuthenticationClient("app-1", "https://x.example")
    assert refused.value.field == name
    assert not [text for text in shown(refused.value) if "canary" in text]


async def test_no_frame_of_ours_shows_a_token_of_a_provider_that_is_refused() -> None:
    async def provider() -> str:
        return "canary-of-a-provider\n"

    with pytest.raises(ConfigurationError) as refused:
        await TokenSource(provider).token()
    assert not [text for text in shown(refused.value) if "canary" in text]


async def test_no_frame_of_ours_shows_the_options_of_a_sign_in_that_fails(kind: Kind) -> None:
    """They may hold a captcha or a second pass code."""
    options = {"captchaCode": "canary-of-options"}
    async with connected("http://127.0.0.1:1", kind, retries=0) as client:
        for call in (
            client.sign_in_by_username_password("ann", "pw", options),
            client.sign_in_by_email_password("ann@x.example", "pw", options),
            client.sign_in_by_phone_password(NUMBER, "pw", options),
            client.sign_in_by_account_password("ann", "pw", options),
            client.sign_in_by_phone_passcode(NUMBER, CODE, None, options),
        ):
            with pytest.raises(GenAuthError) as failed:
                await call
            assert not [text for text in shown(failed.value) if "canary" in text]


async def test_a_token_provider_shows_nothing_either(kind: Kind) -> None:
    async def provider() -> str:
        return SECRETS["access token"]

    async with staged() as stage, connected(stage.url, kind, access_token=provider) as client:
        stage.on("*", echo_in_envelope)
        with pytest.raises(GenAuthError) as refused:
            await client.bind_phone(CODE, NUMBER)
        for text in (*shown(refused.value), *shown(client._courier.tokens)):  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
            assert SECRETS["access token"] not in text
            assert CODE not in text
