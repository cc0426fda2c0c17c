"""Canaries: nothing that came out of the SDK shows a secret or a whole phone number."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest
from rich.pretty import pretty_repr

from aiogenauth import (
    AuthenticationClient,
    ConfigurationError,
    GenAuthError,
    InvalidInput,
    PhoneNumber,
    given,
)
from aiogenauth.redaction import Secret, scrubbed
from aiogenauth.sending.tokens import TokenSource
from tests.sdk.support.answers import answer, silence
from tests.sdk.support.canaries import (
    CALLS,
    CODE,
    NUMBER,
    OUTCOMES,
    SECRETS,
    echo_in_envelope,
    frames,
    shown,
)
from tests.sdk.support.world import (
    FakeServer,
    Kind,
    connected,
    fake_server,
)


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_no_secret_comes_out_of_any_call_whatever_happens(
    genauth: FakeServer, kind: Kind, outcome: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Runs every call; takes up to two seconds where answers are waited for in vain."""
    caplog.set_level(logging.DEBUG, logger="aiogenauth")
    genauth.on("*", OUTCOMES[outcome])
    seen: list[object] = []
    async with connected(
        genauth.url, kind, access_token=SECRETS["access token"], app_secret=SECRETS["app secret"],
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
    genauth: FakeServer, kind: Kind
) -> None:
    """Frames of the HTTP library hold headers and bodies, and error trackers print its locals."""
    genauth.on("*", silence)
    async with connected(genauth.url, kind, access_token=SECRETS["access token"]) as client:
        task = asyncio.create_task(client.bind_phone(CODE, NUMBER))
        await genauth.is_asked(1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as cancelled:
            await task
    texts = shown(cancelled.value)
    assert any("transports" in frame.f_code.co_filename for frame in frames(cancelled.value))
    assert not [name for name, secret in SECRETS.items() if any(secret in text for text in texts)]


@pytest.mark.parametrize("name", ["on_request", "on_response"])
async def test_what_a_callback_raises_shows_nothing_of_what_was_sent(
    genauth: FakeServer, kind: Kind, name: str
) -> None:
    def failing(_: object) -> None:
        raise LookupError

    echoed: dict[str, Any] = {"phone": NUMBER, "passCode": CODE}
    genauth.on("*", answer(echoed), answer(statusCode=499, message=f"{NUMBER} {CODE}"))
    options: dict[str, Any] = {name: failing, "access_token": SECRETS["access token"]}
    async with connected(genauth.url, kind, **options) as client:
        for do in (
            client.request("POST", f"/oidc/any?code={CODE}", form=echoed, params=echoed),
            client.request("POST", "/api/v3/any", json={"deep": [echoed]}),
            client.bind_phone(CODE, NUMBER),
        ):
            with pytest.raises(LookupError) as failed:
                await do
            held = [frame.f_locals for frame in frames(failed.value)]
            texts = [*shown(failed.value), *map(pretty_repr, held)]
            assert any("executor" in frame.f_code.co_filename for frame in frames(failed.value))
            for secret in SECRETS.values():
                assert not [text for text in texts if secret in text]


async def test_a_number_that_genauth_quotes_is_masked_though_the_call_did_not_name_it(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on("*", answer(statusCode=499, apiCode=1320005, message=f"{NUMBER} / +86{NUMBER}"))
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
    executor: Any = client._executor  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - a debugger shows it
    for thing in (client, executor, executor.settings, executor._with_token, PhoneNumber(NUMBER)):  # noqa: SLF001
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


async def test_no_frame_of_ours_shows_a_code_that_is_a_number(kind: Kind) -> None:
    """JSON that was written by hand is a likely place for one."""
    code: Any = 918273
    async with connected("http://127.0.0.1:1", kind, access_token="canary") as client:
        with pytest.raises(InvalidInput) as refused:
            await client.bind_phone(code, NUMBER)
    assert refused.value.field == "pass_code"
    assert not [text for text in shown(refused.value) if "918273" in text]


def test_no_frame_of_ours_shows_a_password_in_the_host() -> None:
    with pytest.raises(ConfigurationError, match="leave out user names") as refused:
        AuthenticationClient("app-1", "https://somebody:canary@x.example/api")
    assert not [text for text in shown(refused.value) if "canary" in text]


async def test_no_frame_of_ours_shows_a_token_of_a_provider_that_is_refused() -> None:
    async def provider() -> str:
        return "canary-of-a-provider\n"

    with pytest.raises(ConfigurationError) as refused:
        await TokenSource(provider).token()
    assert not [text for text in shown(refused.value) if "canary" in text]


async def test_no_frame_of_ours_shows_the_options_of_a_sign_in_that_fails(kind: Kind) -> None:
    """They may hold a captcha or a second pass code."""
    options: given.SignInOptions = {"captchaCode": "canary-of-options"}
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

    async with (
        fake_server() as genauth,
        connected(genauth.url, kind, access_token=provider) as client,
    ):
        genauth.on("*", echo_in_envelope)
        with pytest.raises(GenAuthError) as refused:
            await client.bind_phone(CODE, NUMBER)
        for text in (*shown(refused.value), *shown(client._executor.tokens)):  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
            assert SECRETS["access token"] not in text
            assert CODE not in text


@pytest.mark.parametrize("secret", ["1", "a", "2b", "码", "abc"])
def test_a_short_secret_is_taken_out_where_it_stands_alone_and_not_out_of_words(
    secret: str,
) -> None:
    words = f"x{secret}y"
    assert scrubbed(f"{words}: {secret}, '{secret}'", [secret]) == f"{words}: ***, '***'"


def test_from_four_characters_on_a_secret_is_taken_out_of_words_too() -> None:
    assert scrubbed("x1234y", ["1234"]) == "x***y"
