"""What the endpoints of OpenID Connect, OAuth and CAS answer."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from aiogenauth.models import Result
from aiogenauth.redaction import masked


@frozen
class UserInfo(Result):
    """Who an access token stands for. What is there depends on the scope; the rest is None.

    Attributes:
        sub: Id of the user.
        phone_number: Masked when shown.
        extra: Every claim that has no attribute here, such as `updated_at` and `roles`.

    Source: OpenID Connect Core, 5.1; captures of GenAuth's answers.
    """

    sub: str
    name: str | None = None
    nickname: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    preferred_username: str | None = None
    username: str | None = None
    picture: str | None = None
    gender: str | None = None
    birthdate: str | None = None
    zoneinfo: str | None = None
    locale: str | None = None
    email: str | None = None
    email_verified: bool | None = None
    phone_number: str | None = field(default=None, repr=lambda phone: repr(phone and masked(phone)))
    phone_number_verified: bool | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class TokenIntrospection(Result):
    """Whether a token is good now, and what it stands for if it is. True in a condition if it is.

    Attributes:
        exp: When it expires, in seconds since 1970.
        iat: When it was issued.
        extra: Every field of the answer that has no attribute here.

    Source: API reference, TokenIntrospectResponse; RFC 7662.
    """

    active: bool
    sub: str | None = None
    client_id: str | None = None
    scope: str | None = None
    exp: float | None = None
    iat: float | None = None
    iss: str | None = None
    jti: str | None = None
    token_type: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)

    def __bool__(self) -> bool:
        """Whether the token is good."""
        return self.active


@frozen
class TicketCheck(Result):
    """Whether the ticket of a sign-in by CAS is good. True in a condition if it is.

    Attributes:
        valid: It is good.
        username: Who signed in; None where it is not good.
    """

    valid: bool
    username: str | None = None

    def __bool__(self) -> bool:
        """Whether the ticket is good."""
        return self.valid
