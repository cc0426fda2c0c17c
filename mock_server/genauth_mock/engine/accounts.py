"""People and what they hold: users, the tokens signed in for them, and who owns which address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import field

from genauth_mock.engine.address import Address, Email, Phone
from genauth_mock.engine.memberships import NONE, Memberships
from genauth_mock.engine.value import frozen_for_checkers


class Status(StrEnum):
    """What may become of a user. Source: API reference, UserDto.status."""

    ACTIVATED = "Activated"
    SUSPENDED = "Suspended"
    RESIGNED = "Resigned"
    ARCHIVED = "Archived"
    DEACTIVATED = "Deactivated"


_NO_PROFILE: Final[Mapping[str, object]] = {}
"""Shared by all users who have nothing else to show."""


@frozen_for_checkers
class User:
    """One user of the pool."""

    user_id: str
    created_at: datetime
    updated_at: datetime
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    phone: Phone | None = None
    email: Email | None = None
    status: Status = Status.ACTIVATED
    source: str = "register"
    logins_count: int = 0
    last_login: datetime | None = None
    profile: Mapping[str, object] = _NO_PROFILE
    """What else the profile shows, by the API's names (nickname, customData, ...)."""
    memberships: Memberships = NONE

    def with_contacts(self, phone: Phone | None, email: Email | None, now: datetime) -> User:
        """Return a copy with these addresses. Does what `attrs.evolve` does, in a quarter of the time."""
        return User(
            self.user_id,
            self.created_at,
            now,
            self.username,
            self.password,
            phone,
            email,
            self.status,
            self.source,
            self.logins_count,
            self.last_login,
            self.profile,
            self.memberships,
        )


@frozen_for_checkers
class Owner:
    """Says which user has an address or a username; filed under ``phone:...``, ``email:...``, ``username:...``."""

    user_id: str


@frozen_for_checkers
class AccessToken:
    """Who is signed in, and what they asked to see; filed under the token itself.

    Attributes:
        user_id: The user; empty where a program has it (client credentials).
        scope: The scope asked for at sign-in, or None where none was asked for.
        token_id: The claim ``jti``; empty where the token was chosen by hand.
        grant_id: What it was given by, with other tokens; empty where nothing can end them together.
        device_id: The device that the user signed in on; empty where nobody did.
    """

    user_id: str
    scope: str | None
    expires_at: datetime
    issued_at: datetime | None = None
    token_id: str = ""
    grant_id: str = ""
    device_id: str = ""


@frozen_for_checkers
class RefreshToken:
    """Permission to get new tokens without the user; filed under the token itself."""

    user_id: str
    scope: str
    expires_at: datetime
    issued_at: datetime
    token_id: str
    grant_id: str = ""
    device_id: str = ""


@frozen_for_checkers
class RevokedGrant:
    """Says that the tokens of a grant are good for nothing; filed under the grant's id."""

    revoked_at: datetime


@frozen_for_checkers
class AuthorizationCode:
    """What a browser brings back from a sign-in; filed under the code itself.

    Attributes:
        redirect_uri: Where the browser was sent, which the exchange has to repeat.
        grant_id: What the tokens belong to that it gives.
        nonce: What the id token has to repeat; None for nothing.
        challenge: What a code verifier has to fit; None where none was asked for.
        is_hashed: Whether the challenge is the SHA-256 of the verifier (``S256``), or the verifier (``plain``).
        is_used: Whether it was exchanged.
    """

    user_id: str
    scope: str
    redirect_uri: str
    expires_at: datetime
    grant_id: str
    nonce: str | None = None
    challenge: str | None = field(default=None, repr=False)
    is_hashed: bool = True
    is_used: bool = False
    device_id: str = ""


@frozen_for_checkers
class BrowserSession:
    """Who is signed in with a browser; filed under what its cookie says."""

    user_id: str
    expires_at: datetime
    device_id: str = ""


@frozen_for_checkers
class UpdateToken:
    """Permission to put ``address`` in the place of the one the user has; works once.

    Source: API reference, update-phone.
    """

    user_id: str
    address: Address
    expires_at: datetime


@frozen_for_checkers
class ResetToken:
    """Permission to set a user's password; works once, filed under the token itself."""

    user_id: str
    expires_at: datetime


@frozen_for_checkers
class DeletionToken:
    """Permission to delete the account of a user; works once, filed under the token itself."""

    user_id: str
    expires_at: datetime
