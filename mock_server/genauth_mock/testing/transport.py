"""Carries requests of an application to the offline GenAuth in its process."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, cast, overload
from urllib.parse import parse_qsl, urlsplit

from attrs import field, frozen
from multidict import CIMultiDict

from genauth_mock.engine.waiting import time_limit
from genauth_mock.http.messages import HttpRequest
from genauth_mock.http.paths import readable_path

if TYPE_CHECKING:
    from collections.abc import Mapping

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
            readable_path(parts.path),
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
