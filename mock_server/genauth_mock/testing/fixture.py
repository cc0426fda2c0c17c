"""What the fixture ``genauth_server`` gives: one app on a running server, driven from outside over HTTP."""

from __future__ import annotations

import asyncio
import os
from datetime import datetime  # noqa: TC003 - sphinx resolves the signature
from os import PathLike
from typing import cast

from attrs import field, frozen

from genauth_mock.control.client import (
    TOKEN_VARIABLE,
    ControlClient,
    ControlRefused,
    NotAnswering,
    NotTheMock,
)
from genauth_mock.control.idle_connections import IdleConnections  # noqa: TC001 - as above
from genauth_mock.engine.address import masked_recipient
from genauth_mock.seeds.profile_file import text_or_name
from genauth_mock.testing import calls
from genauth_mock.testing.browser import authorize
from genauth_mock.testing.calls import WAIT_SECONDS, Call, Json, Value
from genauth_mock.testing.exchanges import exchange_lines


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

    Args:
        app_host: Where it answers.
        app_id: The app.
        idle: Connections that it shares with other apps of the server; None has one made for every call.
    """

    def __init__(self, app_host: str, app_id: str, *, idle: IdleConnections | None = None) -> None:
        self.app_host = app_host
        self.app_id = app_id
        self.app_secret = "genauth-mock-secret"  # noqa: S105 - a mock's
        self._token = os.environ.get(TOKEN_VARIABLE) or None
        self._control = ControlClient(app_host, app_id, self._token, idle=idle)

    @property
    def websocket_host(self) -> str:
        """Where events are listened for, such as ``ws://127.0.0.1:41234``."""
        return self.app_host.replace("http", "ws", 1)

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
        return NewUser(*self._make(calls.new_user(names)))

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
        return authorize(self.app_host, url, name, self._token)

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
        found = self._make(calls.messages(phone_number, channel, wait_seconds))
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

    def answers_as(self, profile: str | PathLike[str]) -> None:
        """Have this app answer by a profile: another reading of how GenAuth answers.

        Args:
            profile: Such as ``production-2024``; ``shuffle:7`` draws among all alternatives by the seed 7; a file such
                as ``ours.json`` has what ``genauth-contract learn`` made of your own deployment.

        Raises:
            ControlRefused: There is no such profile; the text says which there are.
            InvalidInput: The file cannot be read, or something in it is wrong.
        """
        self.settings(profile=text_or_name(profile))

    def advance(self, seconds: float) -> datetime:
        """Move the app's time on, at once.

        Returns:
            The app's now.
        """
        return self.set_clock(advance_seconds=seconds)

    def set_clock(self, moment: datetime | str | None = None, **how: object) -> datetime:
        """Set the app's clock, from where it goes on.

        Args:
            moment: The app's now; without a time zone it is UTC. None leaves it.
            how: ``scale`` (seconds of the app's time per real second), ``frozen``, ``advance_seconds``.

        Returns:
            The app's now.

        Raises:
            ControlRefused: A name is unknown, or its value will not do.
        """
        return self._make(calls.set_clock(moment, how))

    def freeze(self, moment: datetime | str | None = None) -> datetime:
        """Stop the app's clock, where it is or at a moment; `advance` still moves it.

        Returns:
            The app's now.
        """
        return self.set_clock(moment, frozen=True)

    def unfreeze(self) -> datetime:
        """Start the app's clock again from where it stands.

        Returns:
            The app's now.
        """
        return self.set_clock(frozen=False)

    def users(self, **wanted: object) -> list[Json]:
        """Return the app's users, oldest first.

        Args:
            wanted: Which ones: any of ``username``, ``email``, ``phone_number``, ``phone_country_code``.

        Raises:
            ControlRefused: A name is unknown.
        """
        return self._make(calls.users(wanted))

    def settings(self, **changes: object) -> Json:
        """Change the app's settings, and return them all.

        Args:
            changes: What ``POST /_mock/settings`` takes, in snake_case: ``settings(resend_gap_seconds=0)``. Without
                any the settings stay as they are.

        Raises:
            ControlRefused: A name is unknown, or its value will not do.
        """
        return self._make(calls.settings(changes))

    def reset(self) -> None:
        """Bring the app back to where it began: no users, messages, faults or requests, the usual settings and time."""
        self._make(calls.reset(self.app_id))

    def clear_faults(self) -> int:
        """Remove every fault of the app.

        Returns:
            How many there were.
        """
        return self._make(calls.clear_faults())

    def inject(self, **fault: object) -> Json:
        """Inject a fault into this app.

        Args:
            fault: What ``POST /_mock/faults`` takes, in snake_case: ``inject(outcome="EXPIRED_CODE", times=1)``.

        Returns:
            The fault as the server has it.

        Raises:
            ControlRefused: The text says what is wrong with it, and what there is.
        """
        return self._make(calls.inject(fault))

    def answer(self, route: str, data: object = None, *, bare: bool = False) -> None:
        """Say what a call that the offline GenAuth does not imitate is answered with, in the place of HTTP 501.

        Args:
            route: ``get-alipay-authinfo``, or a whole path.
            data: The envelope's ``data``: anything that JSON has.
            bare: Whether ``data`` is the whole answer, without an envelope.

        Raises:
            ControlRefused: The call is imitated, or there is none of that name.
        """
        self._make(calls.answer(route, data, bare=bare))

    def requests(self, **wanted: object) -> list[Json]:
        """Return the requests to this app and their responses, oldest first, secrets masked.

        Args:
            wanted: Which ones, as ``GET /_mock/requests`` takes it, in snake_case; without it all. ``wait`` waits so
                many seconds for one.

        Raises:
            ControlRefused: A name is unknown, or its value can never be.
            TypeError: ``count`` is one of the names: the length of the list says it.
        """
        return self._make(calls.requests(wanted))

    async def wait_for_requests(
        self, *, wait: float = WAIT_SECONDS, **wanted: object
    ) -> list[Json]:
        """As `requests`, while the event loop goes on: it waits for one that fits, where there is none yet."""
        return await asyncio.to_thread(self.requests, wait=wait, **wanted)

    def webhooks(self, **wanted: object) -> list[Json]:
        """Return the webhooks that the app sent, oldest first, and what became of each, secrets masked.

        It blocks: in an async test whose own event loop is the receiver, use `wait_for_webhooks`.

        Args:
            wanted: Which ones: ``event`` (``user:updated``), ``state`` (``pending``, ``delivered``, ``failed``,
                ``lost``). ``wait`` waits so many seconds until one that fits has ended.

        Raises:
            ControlRefused: A name is unknown, or its value can never be.
        """
        return self._make(calls.webhooks(wanted))

    async def wait_for_webhooks(
        self, *, wait: float = WAIT_SECONDS, **wanted: object
    ) -> list[Json]:
        """As `webhooks`, while the event loop goes on: it waits until one that fits has ended."""
        return await asyncio.to_thread(self.webhooks, wait=wait, **wanted)

    def exchanges(self) -> str:
        """Write down what this app was asked and answered, secrets masked, for the report of a failed test."""
        try:
            lines = [exchange_lines(each) for each in self.requests()]
        except (ControlRefused, NotAnswering, NotTheMock) as error:
            return f"not known: {error}"
        return "\n".join(lines) or "GenAuth was not asked anything."

    def _make(self, call: Call[Value]) -> Value:
        control, path = self._control, call.path
        if call.method == "GET":
            return call.read(control.get(path, call.query, call.wait_seconds))
        return call.read(
            control.delete(path) if call.method == "DELETE" else control.post(path, call.body)
        )

    def _why_none(self, phone_number: str, channel: str, wait_seconds: float) -> str:
        answer = self._control.get("/_mock/messages", {"limit": "10"})
        there = ", ".join(
            f"{each['channel']} to {masked_recipient(str(each.get('phoneNumber') or each.get('email')))}"
            for each in cast("list[Json]", answer["messages"])
        )
        return (
            f"no {channel} message to {masked_recipient(phone_number)} within {wait_seconds:g} s in app {self.app_id}; "
            f"found: {there or 'no message at all'}"
        )
