"""What the fixture ``genauth_server`` gives: one app on a running server, driven from outside over HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import re
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Final, cast
from uuid import uuid4

from attrs import field, frozen

from genauth_mock.control.client import (
    TOKEN_VARIABLE,
    ControlClient,
    ControlRefused,
    NotAnswering,
    NotTheMock,
)
from genauth_mock.engine.address import masked_recipient
from genauth_mock.engine.json_values import camel_cased_keys
from genauth_mock.testing.browser import authorize

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping


Json = dict[str, object]


def exchange_lines(exchange: Mapping[str, object]) -> str:
    """Write an exchange in two lines.

    Args:
        exchange: As ``GET /_mock/requests`` shows it: secrets are masked there.
    """
    asked = f"{exchange['method']} {exchange['path']}"
    for part in (exchange["query"], exchange["body"]):
        if part:
            asked += f" {_json(part)}"
    return f"{asked}\n    -> {'; '.join(_answer(exchange))}"


def _answer(exchange: Mapping[str, object]) -> list[str]:
    status = exchange["httpStatus"]
    nameless = "no answer" if status is None else "an answer of a fault"
    said = [str(exchange["outcome"] or nameless)]
    if exchange["effect"] != exchange["outcome"]:
        said.append(f"by the rules {exchange['effect'] or 'nothing happened'}")
    for name, value in cast("Json", exchange["why"] or {}).items():
        said.append(f"{name} {value}")
    said.extend(
        f"fault {fault['id']} ({fault['kind']}, {fault['when']})"
        for fault in cast("list[Json]", exchange["faults"])
    )
    if status is not None:
        said.append(f"HTTP {status} {_json(exchange['answer'] or {})}")
    return said


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


WAIT_SECONDS: Final = 5.0
"""How long `GenAuthServer.pass_code` waits for a message."""

MOST_REQUESTS: Final = 10_000
"""How many requests `GenAuthServer.requests` gives at most."""


class NoPassCode(LookupError):  # noqa: N818 - it says what happened
    """No message came; the text says what was sent instead."""


@frozen
class NewUser:
    """A user that was made for a test, and is signed in."""

    user_id: str
    access_token: str = field(repr=False)


class GenAuthServer:
    """One app of a running offline GenAuth.

    Attributes:
        app_host: Where it answers, such as ``http://127.0.0.1:41234``.
        app_id: An app that nobody else uses.
        app_secret: The app's secret.
    """

    def __init__(self, app_host: str, app_id: str) -> None:
        self.app_host = app_host
        self.app_id = app_id
        self.app_secret = "genauth-mock-secret"  # noqa: S105 - a mock's
        self._control = ControlClient(app_host, app_id, os.environ.get(TOKEN_VARIABLE))

    def __repr__(self) -> str:
        return f"GenAuthServer(app_host={self.app_host!r}, app_id={self.app_id!r})"

    def new_user(self, **names: object) -> NewUser:
        """Make a user and sign it in.

        Args:
            names: Any of ``username``, ``password``, ``email``, ``phone_number``, ``phone_country_code``, ``status``,
                ``nickname``, ``custom_data``.

        Raises:
            ControlRefused: A name is unknown, or its value will not do.
        """
        user = self._control.post("/_mock/users", camel_cased_keys(names))
        return NewUser(str(user["userId"]), str(user["accessToken"]))

    def authorize(self, url: str, user: NewUser | str) -> str:
        """Return the address that a browser is sent back to once a user has signed in, with the code in it.

        Args:
            url: Where the application sends a browser: what ``build_authorize_url`` gives.
            user: Who signs in: what `new_user` gave, or a username, phone number, e-mail address or user id.

        Raises:
            ValueError: ``url`` leads to another server.
            NotSentBack: The browser is not sent back; the text says what it gets instead.
        """
        name = user.user_id if isinstance(user, NewUser) else user
        return authorize(self.app_host, url, name)

    def pass_code(
        self,
        phone_number: str,
        channel: str = "CHANNEL_BIND_PHONE",
        *,
        wait_seconds: float = WAIT_SECONDS,
    ) -> str:
        """Return the pass code that was sent last, after waiting for one where there is none yet.

        It blocks: in an async test whose own event loop still has to send the message, use `wait_for_pass_code`.

        Args:
            phone_number: In E.164 (``+8618812348888``) or without its country calling code; or an e-mail address.
            channel: What it was sent for.
            wait_seconds: How long to wait at most, in real time.

        Raises:
            NoPassCode: None came.
        """
        what = "email" if "@" in phone_number else "phoneNumber"
        query = {what: phone_number, "channel": channel, "limit": "1", "wait": str(wait_seconds)}
        found = _objects(self._control.get("/_mock/messages", query, wait_seconds)["messages"])
        if not found:
            raise NoPassCode(self._why_none(phone_number, channel, wait_seconds))
        return str(found[0]["passCode"])

    async def wait_for_pass_code(
        self,
        phone_number: str,
        channel: str = "CHANNEL_BIND_PHONE",
        *,
        wait_seconds: float = WAIT_SECONDS,
    ) -> str:
        """As `pass_code`, while the event loop goes on."""
        return await asyncio.to_thread(
            self.pass_code, phone_number, channel, wait_seconds=wait_seconds
        )

    def answers_as(self, profile: str) -> None:
        """Have this app answer by a profile: another reading of how GenAuth answers.

        Args:
            profile: Such as ``production-2024``; ``shuffle:7`` draws among all rival answers by the seed 7.

        Raises:
            ControlRefused: There is no such profile; the text says which there are.
        """
        self._control.post("/_mock/settings", {"profile": profile})

    def advance(self, seconds: float) -> datetime:
        """Move the app's time on, at once.

        Returns:
            The app's now.
        """
        answer = self._control.post("/_mock/clock", {"advanceSeconds": seconds})
        return datetime.fromisoformat(str(answer["now"]))

    def inject(self, **fault: object) -> Json:
        """Inject a fault into this app.

        Args:
            fault: What ``POST /_mock/faults`` takes, in snake_case: ``inject(outcome="EXPIRED_CODE", times=1)``.

        Returns:
            The fault as the server has it.

        Raises:
            ControlRefused: The text says what is wrong with it, and what there is.
        """
        return self._control.post("/_mock/faults", camel_cased_keys(fault))

    def answer(self, route: str, data: object = None, *, bare: bool = False) -> None:
        """Say what a call that the offline GenAuth does not imitate is answered with, in the place of HTTP 501.

        Args:
            route: ``get-alipay-authinfo``, or a whole path.
            data: The envelope's ``data``: anything that JSON has.
            bare: Whether ``data`` is the whole answer, without an envelope.

        Raises:
            ControlRefused: The call is imitated, or there is none of that name.
        """
        self._control.post("/_mock/answers", {"route": route, "data": data, "bare": bare})

    def requests(self, **wanted: object) -> list[Json]:
        """Return the requests to this app and their responses, oldest first, secrets masked.

        Args:
            wanted: Which ones, as ``GET /_mock/requests`` takes it, in snake_case; without it all.
        """
        query = {"limit": MOST_REQUESTS, **camel_cased_keys(wanted)}
        shown = {name: str(value) for name, value in query.items()}
        newest_first = self._control.get("/_mock/requests", shown)["requests"]
        return _objects(newest_first)[::-1]

    def exchanges(self) -> str:
        """Write down what this app was asked and answered, secrets masked, for the report of a failed test."""
        try:
            lines = [exchange_lines(each) for each in self.requests()]
        except (ControlRefused, NotAnswering, NotTheMock) as error:
            return f"not known: {error}"
        return "\n".join(lines) or "GenAuth was not asked anything."

    def _why_none(self, phone_number: str, channel: str, wait_seconds: float) -> str:
        answer = self._control.get("/_mock/messages", {"limit": "10"})
        there = ", ".join(
            f"{each['channel']} to {masked_recipient(str(each.get('phoneNumber') or each.get('email')))}"
            for each in _objects(answer["messages"])
        )
        return (
            f"no {channel} message to {masked_recipient(phone_number)} within {wait_seconds:g} s in app {self.app_id}; "
            f"found: {there or 'no message at all'}"
        )


def _objects(value: object) -> list[Json]:
    return cast("list[Json]", value)


PROBE_SECONDS: Final = 2.0
"""How long ``GENAUTH_APP_HOST`` may take to say whether it is a mock."""


@contextmanager
def served_url() -> Generator[str]:
    """Yield the URL of the mock at ``GENAUTH_APP_HOST``, or of one in a thread of this process."""
    given = os.environ.get("GENAUTH_APP_HOST")
    if given and _is_mock(given):
        yield given.rstrip("/")
        return

    from genauth_mock.runtime.options import Options  # noqa: PLC0415 - not where a server runs elsewhere
    from genauth_mock.server.launch import running_in_thread  # noqa: PLC0415 - most tests need no mock

    token = os.environ.get(TOKEN_VARIABLE)
    with running_in_thread(Options(control_token=token)) as server:
        yield server.url


def app_id_for(test_name: str) -> str:
    """Make an app id that no other test has, and that says whose it is."""
    return f"{re.sub('[^A-Za-z0-9_]+', '-', test_name)[:40]}-{uuid4().hex[:12]}"


def _is_mock(url: str) -> bool:
    """Return whether a mock answers there. A real GenAuth gets one request, and no other.

    Raises:
        ControlRefused: A mock answers, and does not let us in, or cannot reach its store.
    """
    try:
        client = ControlClient(url, token=os.environ.get(TOKEN_VARIABLE), seconds=PROBE_SECONDS)
        return client.get("/_mock/health").get("status") == "ok"
    except ControlRefused as refused:
        if str(refused).startswith(("/_mock/", "the store at ")):
            raise
        return False
    except (NotAnswering, NotTheMock, ValueError):
        return False
