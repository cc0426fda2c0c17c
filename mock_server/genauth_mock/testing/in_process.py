"""The offline GenAuth without a socket: the same engine, in the process and the event loop of the test.

>>> import asyncio
>>> genauth = InProcessGenAuth()
>>> asyncio.run(genauth.new_user(username="ada"))
InProcessUser(user_id='...')
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar, cast, overload
from urllib.parse import parse_qsl, urlsplit

from attrs import field, frozen
from multidict import CIMultiDict

from genauth_mock.control.calls import CONTROL_CALLS
from genauth_mock.control.request import ControlError, ControlRequest
from genauth_mock.engine.browser_session import SIGN_IN_AS
from genauth_mock.engine.json_values import camel_cased_keys
from genauth_mock.engine.waiting import time_limit
from genauth_mock.http.messages import NO_FAULT, Ending, HttpRequest
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.runtime.dispatcher import Dispatcher
from genauth_mock.runtime.options import Options  # noqa: TC001 - sphinx resolves the signature
from genauth_mock.testing.browser import address_of, check_leads_to

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.control.request import Json
    from genauth_mock.http.messages import HttpReply


class ConnectionLost(ConnectionError):  # noqa: N818 - it says what happened
    """A fault took the answer away."""


@frozen
class Reply:
    """A response, for callers without a response class of their own.

    Attributes:
        headers: Names in any case are found.
    """

    http_status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


ReplyT_co = TypeVar("ReplyT_co", covariant=True)
_Makes = Callable[[int, "Mapping[str, str]", bytes], ReplyT_co]
_Lost = Callable[[str], Exception] | None


class SentRequest(Protocol):
    """As much of a request as is read here; the SDK's fits."""

    @property
    def method(self) -> str:
        """GET or POST."""
        ...

    @property
    def url(self) -> str:
        """The absolute URL."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers."""
        ...

    @property
    def body(self) -> bytes | None:
        """The body, or None for none."""
        ...

    @property
    def query(self) -> Mapping[str, str] | None:
        """Query parameters besides those in the URL."""
        ...

    @property
    def timeout(self) -> float:
        """Seconds until the whole answer must be there."""
        ...


class Answering(Protocol):
    """Who answers requests in this process."""

    async def answer(self, request: HttpRequest) -> HttpReply:
        """Answer one request; raises `ConnectionLost`."""
        ...


class InProcessTransport(Generic[ReplyT_co]):
    """Carries requests to an `genauth_mock.testing.in_process.InProcessGenAuth`; fits the SDK's seam, ``transport=``.

    Args:
        genauth: Who answers.
        reply: Makes a reply of HTTP status, headers and body, where another class than ours is wanted.
        lost: Makes the error of an answer that a fault or a timeout took away, such as the SDK's ``OutcomeUnknown``.
    """

    @overload
    def __init__(
        self: InProcessTransport[Reply], genauth: Answering, *, lost: _Lost = None
    ) -> None: ...

    @overload
    def __init__(
        self, genauth: Answering, reply: _Makes[ReplyT_co], *, lost: _Lost = None
    ) -> None: ...

    def __init__(
        self, genauth: Answering, reply: _Makes[ReplyT_co] | None = None, *, lost: _Lost = None
    ) -> None:
        self._genauth = genauth
        self._reply = cast("_Makes[ReplyT_co]", reply or Reply)
        self._lost = lost or ConnectionLost

    async def send(self, request: SentRequest, /) -> ReplyT_co:
        """Have the engine answer.

        Raises:
            Exception: What ``lost`` makes: no whole answer came in time.
        """
        parts = urlsplit(request.url)
        query = dict(parse_qsl(parts.query, keep_blank_values=True)) if parts.query else {}
        asked = HttpRequest(
            request.method,
            parts.path,
            {**query, **request.query} if request.query else query,
            {name.lower(): value for name, value in request.headers.items()},
            request.body or b"",
            f"{parts.scheme}://{parts.netloc}",
        )
        try:
            async with time_limit(request.timeout):
                answer = await self._genauth.answer(asked)
        except (ConnectionLost, TimeoutError) as error:
            msg = f"no whole answer came ({type(error).__name__})"
            raise self._lost(msg) from None
        return self._reply(answer.status, _headers(answer), answer.body)


def _headers(answer: HttpReply) -> CIMultiDict[str]:
    return CIMultiDict(answer.every_header)


__all__ = ["ConnectionLost", "InProcessGenAuth", "InProcessTransport", "InProcessUser", "Reply"]

HOST: Final = "https://genauth.test"
"""Where it seems to be. Source: RFC 2606: no host has a name under ``.test``."""

WAIT_SECONDS: Final = 5.0
"""How long `InProcessGenAuth.pass_code` waits for a message."""


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
        user = await self._call("createUser", body=camel_cased_keys(names))
        return InProcessUser(str(user["userId"]), str(user["accessToken"]))

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
        return await self._call("addFault", body=camel_cased_keys(fault))

    async def requests(self, **wanted: object) -> list[Json]:
        """Return requests and their responses, oldest first, secrets masked.

        Args:
            wanted: Which ones, as ``GET /_mock/requests`` takes it, in snake_case; without it all.

        Raises:
            ControlError: A name is unknown, or its value can never be.
            TypeError: ``count`` is one of the names: the length of the list says it.
        """
        if "count" in wanted:
            message = "requests() returns the requests: len() of them is their count"
            raise TypeError(message)
        query = {"limit": 10_000, **camel_cased_keys(wanted)}
        answer = await self._call("listRequests", query=query)
        return cast("list[Json]", answer["requests"])[::-1]

    async def users(self, **wanted: object) -> list[Json]:
        """Return the users, oldest first.

        Args:
            wanted: Which ones: any of ``username``, ``email``, ``phone_number``, ``phone_country_code``.

        Raises:
            ControlError: A name is unknown.
        """
        answer = await self._call("listUsers", query=camel_cased_keys(wanted))
        return cast("list[Json]", answer["users"])

    async def settings(self, **changes: object) -> Json:
        """Change the settings, and return them all: what ``POST /_mock/settings`` takes, in snake_case.

        Raises:
            ControlError: A name is unknown, or its value will not do.
        """
        if not changes:
            return await self._call("readSettings")
        return await self._call("changeSettings", body=camel_cased_keys(changes))

    async def reset(self) -> None:
        """Bring the app back to where it began."""
        await self._call("reset", body={"appId": self.app_id})

    async def clear_faults(self) -> int:
        """Remove every fault.

        Returns:
            How many there were.
        """
        return int(str((await self._call("removeFaults"))["removed"]))

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
        what = "email" if "@" in phone_number else "phoneNumber"
        query = {what: phone_number, "channel": channel, "limit": "1", "wait": str(wait_seconds)}
        found = cast("list[Json]", (await self._call("listMessages", query=query))["messages"])
        if not found:
            message = f"no {channel} message to that recipient within {wait_seconds:g} s"
            raise ControlError(message, status=404)
        return str(found[0]["passCode"])

    async def answers_as(self, profile: str) -> None:
        """Have the app answer by a profile: another reading of how GenAuth answers.

        Args:
            profile: Such as ``production-2024``; ``shuffle:7`` draws among all rival answers by the seed 7.

        Raises:
            ControlError: There is no such profile; the text says which there are.
        """
        await self.settings(profile=profile)

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
        if moment is not None:
            how["set"] = moment if isinstance(moment, str) else moment.isoformat()
        answer = await self._call("moveClock", body=camel_cased_keys(how))
        return datetime.fromisoformat(str(answer["now"]))

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

    async def _call(
        self,
        name: str,
        query: Mapping[str, object] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> Json:
        """Make a control call, by the name that it has in the OpenAPI document."""
        asked = {key: str(value) for key, value in (query or {}).items()}
        named = str(body["appId"]) if body and "appId" in body else None
        request = ControlRequest(self.deployment, named, asked, body or {}, {}, self.app_host)
        return await _CALLS[name].answer(request)


_CALLS: Final = {call.name: call for call in CONTROL_CALLS}
