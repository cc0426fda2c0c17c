"""What goes out, what comes back, and the one seam between them. Pure: no I/O, no clock."""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Final, Generic, Protocol, TypeVar

from attrs import define, field, frozen
from multidict import istr

from aiogenauth.errors import OutcomeUnknown
from aiogenauth.models import Envelope
from aiogenauth.redaction import Secret
from aiogenauth.vocabulary import PhoneNumber

T_co = TypeVar("T_co", covariant=True)

AUTHORIZATION: Final = istr("Authorization")


class Auth(Enum):
    """Whether a call is made in the name of a user."""

    REQUIRED = auto()
    """Refused here without an access token."""
    OPTIONAL = auto()
    """Carries the access token if there is one."""
    NEVER = auto()
    """Carries none; the application authenticates itself where a call asks for that."""
    EXPLICIT = auto()
    """Carries what the call itself says, as the endpoints of OAuth want it, or nothing."""


JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"


@frozen
class Endpoint:
    """A call of the API, without its arguments.

    Attributes:
        name: The client's method, for spans and logs.
        method: GET or POST; the API has no other.
        path: From the root of the app host; `request` may put a query behind it.
        unknown_error: The error for an answer that got lost.
        auth: Whether it needs a signed-in user.
        is_safe: It changes nothing, spends no pass code and sends no message, so it may be sent
            again. Source: RFC 9110, 9.2.1.
        has_envelope: False for the OIDC protocol endpoints, which answer bare JSON.
        content_type: Of the body of a POST.
        may_be_empty: A success may have no body at all.
        takes_bearer: The access token goes after `Bearer `, whatever the client's scheme is.
        is_text: A success is plain text, which becomes the data of an envelope as it is.
        answering_codes: Values of apiCode that are an answer, though no success.
    """

    name: str
    method: str
    path: str
    unknown_error: type[OutcomeUnknown]
    auth: Auth = Auth.REQUIRED
    is_safe: bool = False
    has_envelope: bool = True
    content_type: str = JSON
    may_be_empty: bool = False
    is_text: bool = False
    takes_bearer: bool = False
    answering_codes: frozenset[int] = frozenset()

    @property
    def safe_path(self) -> str:
        """The path without its query, which may hold anything: this is what may be shown."""
        return str(self.path.partition("?")[0])


@define
class Call(Generic[T_co]):
    """One call with its arguments, checked and ready to be sent.

    Attributes:
        endpoint: What is called.
        parse: Makes the result out of the envelope; a ShapeError means it does not fit.
        body: Encoded body; None for a GET.
        query: Query parameters.
        phone: The number it is about.
        secrets: What must not be shown should the server quote it.
        authorization: The header of this name, for an endpoint with `Auth.EXPLICIT`.
    """

    endpoint: Endpoint
    parse: Callable[[Envelope], T_co] = field(repr=False)
    body: bytes | None = field(default=None, repr=False)
    query: Mapping[str, str] | None = field(default=None, repr=False)
    phone: PhoneNumber | None = None
    secrets: tuple[str, ...] = field(default=(), repr=False)
    authorization: Secret | None = None


@define
class Request:
    """What a transport sends.

    Attributes:
        method: GET or POST.
        url: Absolute, with its query.
        headers: Ready to send, the content type included.
        body: Bytes to send; None for none.
        query: Always None: query parameters are in the URL, encoded.
        timeout: Seconds until the answer must be read completely.
    """

    method: str
    url: str = field(repr=lambda url: repr(url.partition("?")[0]))
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = field(repr=False)
    query: Mapping[str, str] | None = field(repr=False)
    timeout: float


@define
class Reply:
    """What a transport brings back.

    Attributes:
        http_status: The HTTP status; no redirect was followed.
        headers: Of the answer; names in any case are found.
        body: The whole body, decompressed, and not longer than an answer may be.
    """

    http_status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class AnyReply(Protocol):
    """What a transport may bring back: a `Reply`, or anything with the same attributes."""

    @property
    def http_status(self) -> int:
        """The HTTP status."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Of the answer."""
        ...

    @property
    def body(self) -> bytes:
        """The whole body, decompressed."""
        ...


class Transport(Protocol):
    """The seam: whoever can do this can carry the SDK."""

    async def send(self, request: Request, /) -> AnyReply:
        """Send the request once, follow no redirect, and read the answer.

        Raises:
            NotDelivered: Certainly not one byte of the request reached the server.
            OutcomeUnknown: Anything else went wrong. Any other exception is taken for the same.
        """
        ...


def describe(call: Call[object]) -> str:
    """Return the name of a call for people, its phone masked."""
    whom = "" if call.phone is None else f" for {call.phone}"
    return f"{call.endpoint.method} {call.endpoint.safe_path}{whom}"
