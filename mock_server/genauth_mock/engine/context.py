"""What a call of the API may touch while it is its context."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

from attrs import field

from genauth_mock.engine.accounts import (
    AccessToken,
    Owner,
    RefreshToken,
    RevokedGrant,
    Status,
    UpdateToken,
    User,
)
from genauth_mock.engine.error_codes import ERROR_CODES
from genauth_mock.engine.factor_records import Passkey, UserFactors
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.sign_in_activity import SignInActivity
from genauth_mock.engine.value import define, frozen_for_checkers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from genauth_mock.engine.address import Address
    from genauth_mock.engine.contact_kinds import ContactKind
    from genauth_mock.engine.error_codes import ErrorCode
    from genauth_mock.engine.pass_code import PassCode
    from genauth_mock.engine.records import Records
    from genauth_mock.engine.settings import Settings
    from genauth_mock.engine.user_events import UserEvent


MOST_DRAWS: Final = 1000
"""How often an id is drawn again because it is taken."""


class Randomness(Protocol):
    """Source of random values."""

    def digits(self, length: int) -> str:
        """Draw a pass code."""
        ...

    def identifier(self) -> str:
        """Draw the id of a user: 24 hexadecimal digits."""
        ...

    def token(self) -> str:
        """Draw a token."""
        ...


class TokenIssuer(Protocol):
    """Makes tokens that anybody can verify."""

    @property
    def issuer(self) -> str:
        """The claim ``iss``."""
        ...

    def signed(self, claims: Mapping[str, object]) -> str:
        """Make a JWT of claims; ``iss`` is added."""
        ...

    def signed_by_secret(self, claims: Mapping[str, object], secret: str) -> str:
        """Make a JWT of claims that is signed with an app's secret; ``iss`` is added."""
        ...

    def has_signed(self, token: str, now: datetime, secret: str | None) -> bool:
        """Return whether a JWT is signed with a key that is published, or with an app's secret."""
        ...

    def public_keys(self, now: datetime) -> dict[str, object]:
        """Return the key set that verifies the tokens that are alive."""
        ...

    def public_key(self) -> str:
        """Return the RSA key that passwords are encrypted with, in PEM."""
        ...

    def decrypted(self, text: str) -> str:
        """Decrypt a password; raises ValueError where it was not encrypted with the public key."""
        ...


_NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})
_UNKNOWN_TOKEN: Final = {
    "rule": "the access token is unknown, was revoked, or its key was forgotten"
}
_NO_REMARKS: Final[Mapping[str, str | float]] = MappingProxyType({})


@define(eq=False, weakref_slot=False)
class CallContext:
    """One call's view of one app, at one moment.

    Attributes:
        token_issuer: Makes tokens.
        app_id: The app: the audience of tokens.
        app_secret: The app's secret, or None where any will do.
        token: What came in the ``authorization`` header, without ``Bearer``; or None.
        language: ``zh-CN`` or ``en-US``.
        error_codes: The answers by outcome, for calls that put one into a successful response.
        issued: Pass codes sent in this context.
        changed: Pass codes whose life went on in this context.
        saved: Users as they were filed in this context.
        replaced: What each of them was before; None for a new one.
        deleted: Users that were deleted in this context.
        published: Events that were published in this context.
        seeded: How many users of a seed were filed before the call began.
        headers: The headers of a call that a browser makes; of all others none.
        may_name_users: Whether whoever makes such a call is shown who the users are, and signs in as one by a name.
        remarks: What the journal says of the call, such as what the real GenAuth would have refused.
        device_id: The device that tokens of this context belong to; empty for none.
    """

    records: Records
    settings: Settings
    now: datetime
    randomness: Randomness
    token_issuer: TokenIssuer
    app_id: str
    token: str | None = field(default=None, repr=False)
    language: str = "zh-CN"
    app_secret: str | None = field(default=None, repr=False)
    error_codes: Mapping[Outcome, ErrorCode] = field(default=ERROR_CODES, repr=False)
    issued: tuple[PassCode, ...] = ()
    changed: tuple[PassCode, ...] = ()
    saved: tuple[User, ...] = ()
    replaced: tuple[User | None, ...] = ()
    deleted: tuple[User, ...] = ()
    published: tuple[UserEvent, ...] = ()
    seeded: int = 0
    headers: Mapping[str, str] = field(default=_NO_HEADERS, repr=False)
    may_name_users: bool = True
    remarks: Mapping[str, str | float] = field(default=_NO_REMARKS, repr=False)
    device_id: str = field(default="", init=False)
    _access: AccessToken | None = field(default=None, init=False)
    _session: tuple[User, AccessToken] | None = field(default=None, init=False)

    @property
    def base_url(self) -> str:
        """Where the server was reached: what the issuer of tokens has before ``/oidc``."""
        return self.token_issuer.issuer.removesuffix("/oidc")

    @property
    def access(self) -> AccessToken | None:
        """The access token of the call, expired or not; None where it is unknown."""
        if self._access is None and self.token:
            self._access = self.records.get(AccessToken, self.token)
        return self._access

    def remark(self, **why: str | float) -> None:
        """Have the journal say why the call is answered as it is, or what the real GenAuth would have answered."""
        self.remarks = {**self.remarks, **why}

    def signed_in_user(self) -> User:
        """Return the signed-in user.

        Raises:
            Refusal: ``NOT_SIGNED_IN`` or ``USER_SUSPENDED``.
        """
        return (self._session or self.session())[0]

    def session(self) -> tuple[User, AccessToken]:
        """Return the signed-in user and their access token.

        Raises:
            Refusal: ``NOT_SIGNED_IN`` or ``USER_SUSPENDED``.
        """
        if self._session is not None:
            return self._session
        if not self.token:
            raise Refusal(Outcome.NOT_SIGNED_IN, why={"rule": "no access token was sent"})
        access = self.access
        if access is None:
            raise Refusal(
                Outcome.NOT_SIGNED_IN,
                why=_UNKNOWN_TOKEN,
            )
        if self.is_revoked(access):
            raise Refusal(Outcome.NOT_SIGNED_IN, why={"rule": "the access token was revoked"})
        if self.now >= access.expires_at:
            raise Refusal(Outcome.NOT_SIGNED_IN, why={"rule": "accessTokenLifetimeSeconds"})
        user = self.user(access.user_id)
        if user is None:
            raise Refusal(Outcome.NOT_SIGNED_IN, why={"rule": "the user is gone"})
        check_is_active(user)
        self._session = user, access
        return self._session

    def is_revoked(self, token: AccessToken | RefreshToken) -> bool:
        """Return whether all tokens of a token's grant were revoked."""
        return bool(token.grant_id) and self.records.get(RevokedGrant, token.grant_id) is not None

    def user(self, user_id: str) -> User | None:
        """Look a user up."""
        return self.records.get(User, user_id)

    def owner(self, kind: ContactKind, address: Address) -> User | None:
        """Return the user who has an address."""
        return self.named(f"{kind.name}:{address.key}")

    def named(self, identifier: str) -> User | None:
        """Return the user with an identifier such as ``username:bob`` or ``phone:+8618812348888``."""
        owner = self.records.get(Owner, identifier)
        return None if owner is None else self.user(owner.user_id)

    def first_named(self, identifiers: Iterable[str]) -> User | None:
        """Return the user with the first of several identifiers that somebody has."""
        return next((user for each in identifiers if (user := self.named(each))), None)

    def new_user_id(self, avoided: Collection[str] = ()) -> str:
        """Draw an id that no user has.

        Args:
            avoided: Further ids that will not do.

        Raises:
            RuntimeError: Every id that was drawn is taken: the source gives the same again and again.
        """
        for _ in range(MOST_DRAWS):
            user_id = self.randomness.identifier()
            if user_id not in avoided and self.user(user_id) is None:
                return user_id
        message = f"{MOST_DRAWS} ids were drawn for a user, and each is taken"
        raise RuntimeError(message)

    def save(self, user: User, known: User | None = None) -> None:
        """File a user, and who owns what they have; what they no longer have is free again.

        Args:
            user: The user from now on.
            known: The user as filed, where the caller knows; None looks it up.
        """
        records = self.records
        found = known or self.user(user.user_id)
        before, after = [] if found is None else identifiers(found), identifiers(user)
        for identifier in before:
            if identifier not in after:
                records.delete(Owner, identifier)
        for identifier in after:
            if identifier not in before:
                records.put(identifier, Owner(user.user_id))
        records.put(user.user_id, user)
        self.saved = (*self.saved, user)
        self.replaced = (*self.replaced, found)
        self._session = None

    def delete(self, user: User) -> None:
        """Delete a user: what it had is free again, and what it was signed in with is refused."""
        records = self.records
        for identifier in identifiers(user):
            records.delete(Owner, identifier)
        tokens: list[tuple[str, RefreshToken | UpdateToken]] = [
            *records.filed(RefreshToken),
            *records.filed(UpdateToken),
        ]
        for token, held in tokens:
            if held.user_id == user.user_id:
                records.delete(type(held), token)
        for passkey in [*records.all(Passkey)]:
            if passkey.user_id == user.user_id:
                records.delete(Passkey, passkey.credential_id)
        records.delete(UserFactors, user.user_id)
        records.delete(SignInActivity, user.user_id)
        records.delete(User, user.user_id)
        self.deleted = (*self.deleted, user)
        self._session = None

    def sign_in(self, user: User, scope: str | None, grant_id: str = "") -> str:
        """Return a new access token for the user."""
        return self.issue_access_token(user.user_id, user.user_id, scope, grant_id)

    def issue_access_token(
        self, subject: str, user_id: str, scope: str | None, grant_id: str = ""
    ) -> str:
        """Make an access token.

        Args:
            subject: Whom it is about: the claim ``sub``.
            user_id: Who is signed in with it, or empty for nobody.
            scope: What was asked for, or None.
            grant_id: What it is given by, or empty.
        """
        expires_at = self.now + self.settings.access_token_lifetime
        token_id = self.randomness.token()
        claims = {
            "jti": token_id,
            "sub": subject,
            "aud": self.app_id,
            "iat": int(self.now.timestamp()),
            "exp": int(expires_at.timestamp()),
        }
        token = self.token_issuer.signed(claims if scope is None else {**claims, "scope": scope})
        held = AccessToken(user_id, scope, expires_at, self.now, token_id, grant_id, self.device_id)
        self.records.put(token, held, expires_at)
        return token


def check_is_active(user: User) -> None:
    """Refuse users who are not active. Source: API reference, UserDto.status; the refusal is assumed.

    Raises:
        Refusal: ``USER_SUSPENDED``.
    """
    if user.status is not Status.ACTIVATED:
        raise Refusal(Outcome.USER_SUSPENDED, why={"rule": f"the user is {user.status}"})


def identifiers(user: User) -> list[str]:
    """Return everything by which a user can be found, and which no other user of the pool may have."""
    named: list[str] = []
    if user.username:
        named.append(f"username:{user.username}")
    if user.phone is not None:
        named.append(f"phone:{user.phone.key}")
    if user.email is not None:
        named.append(f"email:{user.email.key}")
    return named


HERE: Final = "https://genauth.test"
"""The issuer's base URL where a call did not say how it reached us."""

LANGUAGES: Final = ("zh-CN", "en-US")
"""What a caller may ask for. Source: official Python SDK, lang; the server's default is zh-CN."""


@frozen_for_checkers
class Caller:
    """Who calls.

    Attributes:
        app_id: The app that is meant.
        token: The user's access token, without ``Bearer``; or None.
        language: ``zh-CN`` or ``en-US``.
        base_url: How the caller reached the server: tokens name it as their issuer.
    """

    app_id: str
    token: str | None = field(default=None, repr=False)
    language: str = "zh-CN"
    base_url: str = HERE
