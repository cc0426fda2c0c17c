"""The offline GenAuth without a socket: the same engine, in the process and the event loop of the test.

>>> import asyncio
>>> genauth = InProcessGenAuth()
>>> asyncio.run(genauth.new_user(username="ada"))
InProcessUser(user_id='...')
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - sphinx resolves the signature
from os import PathLike  # noqa: TC003 - as above
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from attrs import field, frozen

from genauth_mock.control.calls import CONTROL_CALLS
from genauth_mock.control.request import ControlError, ControlRequest
from genauth_mock.engine.browser_session import SIGN_IN_AS
from genauth_mock.http.messages import NO_FAULT, Ending, HttpRequest
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.runtime.dispatcher import Dispatcher
from genauth_mock.runtime.options import Options  # noqa: TC001 - sphinx resolves the signature
from genauth_mock.seeds.profile_file import text_or_name
from genauth_mock.testing import calls
from genauth_mock.testing.browser import address_of, check_leads_to
from genauth_mock.testing.calls import WAIT_SECONDS, Call, Json, Value
from genauth_mock.testing.transport import ConnectionLost, InProcessTransport, Reply

if TYPE_CHECKING:
    from genauth_mock.http.messages import HttpReply

__all__ = ["ConnectionLost", "InProcessGenAuth", "InProcessTransport", "InProcessUser", "Reply"]

HOST: Final = "https://genauth.test"
"""Where it seems to be. Source: RFC 2606: no host has a name under ``.test``."""


@frozen
class InProcessUser:
    """A user that was made for a test, and is signed in."""

    user_id: str
    access_token: str = field(repr=False)


class InProcessGenAuth:
    """A deployment in this process, for one test.

    Attributes:
        app_host: Where it seems to be; nobody else can be there.
        app_id: The deployment's default app.
        app_secret: The app's secret.
        deployment: The state, for tests that need more than these methods.
    """

    def __init__(self, options: Options | None = None) -> None:
        self.deployment = Deployment(options)
        self.app_host = HOST
        self.app_id = self.deployment.options.app_id
        self.app_secret = self.deployment.options.app_secret
        self._dispatcher = Dispatcher(self.deployment)

    @property
    def transport(self) -> InProcessTransport[Reply]:
        """What carries requests here: give it to the client as ``transport=``."""
        return InProcessTransport(self)

    async def answer(self, request: HttpRequest) -> HttpReply:
        """Answer one request, and do without a connection what a fault does to one.

        Raises:
            ConnectionLost: A fault reset or closed the connection.
        """
        reply = await self._dispatcher.answer(request)
        connection_fault = reply.connection_fault
        if connection_fault is NO_FAULT:
            return reply
        await self.deployment.pauses.wait(
            connection_fault.app_id, connection_fault.delay_seconds + connection_fault.over_seconds
        )
        if connection_fault.ending in (Ending.RESET, Ending.DROP, Ending.CUT):
            raise ConnectionLost(connection_fault.ending.name)
        return reply

    async def new_user(self, **names: object) -> InProcessUser:
        """Make a user and sign it in.

        Args:
            names: Any of ``username``, ``password``, ``email``, ``phone_number``, ``phone_country_code``, ``status``,
                ``nickname``, ``custom_data``.

        Raises:
            ControlError: A name is unknown, or its value will not do.
        """
        return InProcessUser(*await self._make(calls.new_user(names)))

    async def authorize(self, url: str, user: InProcessUser | str) -> str:
        """Return the address that a browser is sent back to once a user has signed in, with the code in it.

        Args:
            url: Where the application sends a browser: what ``build_authorize_url`` gives.
            user: Who signs in: what `new_user` gave, or a username, phone number, e-mail address or user id.

        Raises:
            ValueError: ``url`` leads to another server.
            NotSentBack: The browser is not sent back; the text says what it gets instead.
        """
        check_leads_to(self.app_host, url)
        name = user.user_id if isinstance(user, InProcessUser) else user
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        asked = HttpRequest("GET", parts.path, query, {SIGN_IN_AS: name}, b"", self.app_host)
        reply = await self.answer(asked)
        return address_of(reply.status, reply.headers, reply.body)

    async def inject(self, **fault: object) -> Json:
        """Inject a fault: what ``POST /_mock/faults`` takes, in snake_case.

        Raises:
            ControlError: The text says what is wrong with it, and what there is.
        """
        return await self._make(calls.inject(fault))

    async def requests(self, **wanted: object) -> list[Json]:
        """Return requests and their responses, oldest first, secrets masked.

        Args:
            wanted: Which ones, as ``GET /_mock/requests`` takes it, in snake_case; without it all.

        Raises:
            ControlError: A name is unknown, or its value can never be.
            TypeError: ``count`` is one of the names: the length of the list says it.
        """
        return await self._make(calls.requests(wanted))

    async def webhooks(self, **wanted: object) -> list[Json]:
        """Return the webhooks that were sent, oldest first, and what became of each, secrets masked.

        Args:
            wanted: Which ones: ``event``, ``state`` (``pending``, ``delivered``, ``failed``, ``lost``). ``wait``
                waits so many seconds until one that fits has ended.

        Raises:
            ControlError: A name is unknown, or its value can never be.
        """
        return await self._make(calls.webhooks(wanted))

    async def users(self, **wanted: object) -> list[Json]:
        """Return the users, oldest first.

        Args:
            wanted: Which ones: any of ``username``, ``email``, ``phone_number``, ``phone_country_code``.

        Raises:
            ControlError: A name is unknown.
        """
        return await self._make(calls.users(wanted))

    async def settings(self, **changes: object) -> Json:
        """Change the settings, and return them all: what ``POST /_mock/settings`` takes, in snake_case.

        Raises:
            ControlError: A name is unknown, or its value will not do.
        """
        return await self._make(calls.settings(changes))

    async def reset(self) -> None:
        """Bring the app back to where it began."""
        await self._make(calls.reset(self.app_id))

    async def clear_faults(self) -> int:
        """Remove every fault.

        Returns:
            How many there were.
        """
        return await self._make(calls.clear_faults())

    async def pass_code(
        self,
        phone_number: str,
        channel: str = "CHANNEL_BIND_PHONE",
        *,
        wait_seconds: float = WAIT_SECONDS,
    ) -> str:
        """Return the pass code that was sent last, after waiting for one where there is none yet.

        Args:
            phone_number: In E.164 or without its country calling code; or an e-mail address.
            channel: What it was sent for.
            wait_seconds: How long to wait at most, in real time.

        Raises:
            ControlError: None came.
        """
        found = await self._make(calls.messages(phone_number, channel, wait_seconds))
        if not found:
            message = f"no {channel} message to that recipient within {wait_seconds:g} s"
            raise ControlError(message, status=404)
        return str(found[0]["passCode"])

    async def answers_as(self, profile: str | PathLike[str]) -> None:
        """Have the app answer by a profile: another reading of how GenAuth answers.

        Args:
            profile: Such as ``production-2024``; ``shuffle:7`` draws among all alternatives by the seed 7; a file such
                as ``ours.json`` has what ``genauth-contract learn`` made of your own deployment.

        Raises:
            ControlError: There is no such profile; the text says which there are.
            InvalidInput: The file cannot be read, or something in it is wrong.
        """
        await self.settings(profile=text_or_name(profile))

    async def advance(self, seconds: float) -> datetime:
        """Move the app's time on, at once.

        Returns:
            The app's now.
        """
        return await self.set_clock(advance_seconds=seconds)

    async def set_clock(self, moment: datetime | str | None = None, **how: object) -> datetime:
        """Set the app's clock, from where it goes on.

        Args:
            moment: The app's now; without a time zone it is UTC. None leaves it.
            how: ``scale`` (seconds of the app's time per real second), ``frozen``, ``advance_seconds``.

        Returns:
            The app's now.

        Raises:
            ControlError: A name is unknown, or its value will not do.
        """
        return await self._make(calls.set_clock(moment, how))

    async def freeze(self, moment: datetime | str | None = None) -> datetime:
        """Stop the app's clock, where it is or at a moment; `advance` still moves it.

        Returns:
            The app's now.
        """
        return await self.set_clock(moment, frozen=True)

    async def unfreeze(self) -> datetime:
        """Start the app's clock again from where it stands.

        Returns:
            The app's now.
        """
        return await self.set_clock(frozen=False)

    async def _make(self, call: Call[Value]) -> Value:
        named = str(call.body["appId"]) if "appId" in call.body else None
        request = ControlRequest(self.deployment, named, call.query, call.body, {}, self.app_host)
        return call.read(await _CALLS[call.method, call.path].answer(request))


_CALLS: Final = {(call.method, call.path): call for call in CONTROL_CALLS}
