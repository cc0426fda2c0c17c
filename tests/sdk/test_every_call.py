"""What holds for every call of the client, the next one included."""

from __future__ import annotations

import inspect
import logging
import re
from contextlib import suppress
from typing import Any, get_type_hints

import pytest

from aiogenauth import Attempt, GenAuthError
from tests.sdk.support import calls
from tests.sdk.support.answers import Behaviour, Connection, Received, answer, http, silence
from tests.sdk.support.canaries import DATA, echo, echo_in_envelope, shown
from tests.sdk.support.samples import CANARY, PHONE, arguments, methods, parameters
from tests.sdk.support.world import APP, FakeServer, connected

METHODS = methods()


def test_the_calls_are_found() -> None:
    assert {"bind_phone", "get_profile", "request", "sign_in_by_email_password"} <= set(METHODS)


@pytest.mark.parametrize("name", METHODS)
def test_a_call_has_a_row_in_the_table_of_what_is_sent(name: str) -> None:
    """The rows of one method begin with its name."""
    rows = [row for row in calls.CALLS if row.partition(" ")[0] == name]
    assert rows, f"{name} has no row: add one to the calls of its kind in tests/sdk/support"


@pytest.mark.parametrize("name", METHODS)
def test_a_call_is_documented(name: str) -> None:
    """A line for each parameter, and the source of what it claims."""
    words = inspect.getdoc(METHODS[name]) or ""
    described = set(re.findall(r"^    (\w+): ", words.partition("Args:")[2], re.MULTILINE))
    assert {each.name for each in parameters(METHODS[name])} <= described
    assert re.search(r"^Source: \S.*\.$", words, re.MULTILINE)


@pytest.mark.parametrize("name", METHODS)
def test_the_types_of_a_call_can_be_read_at_run_time(name: str) -> None:
    hints = get_type_hints(METHODS[name])
    assert set(hints) == {"return", *(each.name for each in parameters(METHODS[name]))}


@pytest.mark.parametrize("name", METHODS)
async def test_a_call_goes_by_the_name_of_its_method(genauth: FakeServer, name: str) -> None:
    seen: list[Attempt] = []
    async with connected(genauth.url, on_request=seen.append, **APP) as client:
        with suppress(GenAuthError):  # the answer need not fit
            await getattr(client, name)(**arguments(name))
    assert {each.name for each in seen} == {name}


async def cut(connection: Connection, request: Received) -> None:
    """Quote the request and close in the middle."""
    await connection.send(http(request.body + b" " * 9)[:-5])
    connection.close()


ANSWERS: dict[str, Behaviour] = {
    "refusal that quotes the request": echo_in_envelope,
    "error page that quotes the request": echo(502, "text/html"),
    "wrong shape": answer({key: [value] for key, value in DATA.items()}),
    "half an answer": cut,
    "silence": silence,
}


@pytest.mark.parametrize("name", METHODS)
async def test_no_call_shows_a_secret_among_its_arguments(
    genauth: FakeServer, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in results and errors, nor in the locals of a traceback, nor in the log.

    Decoded JSON, which `request` returns, is the caller's own and shows itself.
    """
    caplog.set_level(logging.DEBUG, logger="aiogenauth")
    given = arguments(name)
    texts: list[str] = []
    for behaviour in ANSWERS.values():
        genauth.on("*", behaviour)
        async with connected(genauth.url, timeout=0.05, deadline=0.08, retries=0, **APP) as client:
            try:
                result = await getattr(client, name)(**given)
                texts += [] if isinstance(result, dict) else shown(result)
            except GenAuthError as error:
                texts += shown(error)
    texts += [each.getMessage() for each in caplog.records if each.name == "aiogenauth"]
    assert len(texts) > 10
    assert not [text for text in texts if CANARY in text or PHONE in text]


@pytest.mark.parametrize("name", METHODS)
async def test_no_call_shows_an_argument_that_it_refuses(name: str) -> None:
    """A value of the wrong type is a likely slip, and a traceback with it a likely report."""
    odd: dict[str, Any] = {
        key: {"slip": CANARY} if isinstance(value, dict) else [CANARY]
        for key, value in arguments(name).items()
    }
    async with connected("http://127.0.0.1:1", retries=0, **APP) as client:
        try:
            texts = shown(await getattr(client, name)(**odd))
        except (GenAuthError, TypeError, AttributeError) as error:
            texts = shown(error)
    assert not [text for text in texts if CANARY in text]
