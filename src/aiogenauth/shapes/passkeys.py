"""What the calls about passkeys answer."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from aiogenauth.models import Result
from aiogenauth.redaction import Secret, redacted
from aiogenauth.shapes.sign_in import SignIn


@frozen
class PasskeyRequest(Result):
    """What a browser is asked with for a passkey. Source: API reference, webauthn/authentication."""

    authentication_options: Mapping[str, Any] = field(hash=False)
    """For `PublicKeyCredential.parseRequestOptionsFromJSON`, as GenAuth wrote it; `timeout` in ms."""
    ticket: str = field(converter=Secret, repr=redacted)
    """What `verify_authentication` wants."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class PasskeyCreation(Result):
    """What a browser is asked with to make a passkey. Source: API reference, webauthn/registration."""

    registration_options: Mapping[str, Any] = field(hash=False, repr=False)
    """For `PublicKeyCredential.parseCreationOptionsFromJSON`, as GenAuth wrote it; `timeout` in ms."""
    ticket: str = field(converter=Secret, repr=redacted)
    """What `verify_register` wants."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class PasskeySignIn(Result):
    """Whether a passkey was accepted, and tokens if it was. True in a condition if it was.

    Source: API reference, POST webauthn/authentication.
    """

    verified: bool
    token_set: SignIn | None = None
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)

    def __bool__(self) -> bool:
        """Whether the passkey was accepted."""
        return self.verified


@frozen
class PasskeyCheck(Result):
    """Whether a new passkey was accepted. True in a condition if it was.

    Source: API reference, POST webauthn/registration.
    """

    verified: bool
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)

    def __bool__(self) -> bool:
        """Whether the passkey was accepted."""
        return self.verified


@frozen
class PasskeyEntry(Result):
    """A passkey of a user. No source says which fields it has; all are in `extra`."""

    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class PasskeyPage(Result):
    """Passkeys of a user. Source: API reference, page-authenticator-device."""

    total_count: int | None = None
    list: tuple[PasskeyEntry, ...] = ()
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)
