"""What the calls about passkeys take: what browsers make, as their `toJSON()` writes it."""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict

AuthenticatorCode = Literal["fingerprint", "face", "other"]
"""What unlocks a passkey. Source: API reference, POST webauthn/registration, authenticatorCode."""


class AssertionResponse(TypedDict):
    """The proof that a user has a passkey; all of it base64url. Source: API reference; WebAuthn."""

    authenticatorData: str
    clientDataJSON: str
    signature: str
    userHandle: NotRequired[str | None]
    """Id of the user, where the passkey keeps it."""


class AuthenticationCredential(TypedDict):
    """What `navigator.credentials.get` gives. Source: API reference; WebAuthn, 5.1.8."""

    id: str
    rawId: str
    response: AssertionResponse
    type: str
    """`"public-key"`."""
    authenticatorAttachment: NotRequired[str | None]
    clientExtensionResults: NotRequired[Mapping[str, object] | None]


class AttestationResponse(TypedDict):
    """A passkey that was made; all of it base64url. Source: API reference; WebAuthn, 5.1.8."""

    attestationObject: str
    clientDataJSON: str
    authenticatorData: NotRequired[str | None]
    transports: NotRequired[Sequence[str] | None]
    publicKey: NotRequired[str | None]
    publicKeyAlgorithm: NotRequired[int | None]


class RegistrationCredential(TypedDict):
    """What `navigator.credentials.create` gives. Source: API reference; WebAuthn, 5.1.8."""

    id: str
    rawId: str
    response: AttestationResponse
    type: str
    """`"public-key"`."""
    transports: NotRequired[Sequence[str] | None]
    """How a browser reaches the device: `"internal"`, `"usb"`, `"nfc"`, `"ble"`."""
    authenticatorAttachment: NotRequired[str | None]
    clientExtensionResults: NotRequired[Mapping[str, object] | None]


class PasskeyOptions(TypedDict):
    """Options of a sign-in by a passkey. Source: API reference, POST webauthn/authentication."""

    scope: NotRequired[str | None]
    """What the tokens may be used for, separated by spaces; with `openid` always."""
    context: NotRequired[Mapping[str, object] | None]
    """Handed to the pipeline of the user pool."""
    customData: NotRequired[Mapping[str, object] | None]
    """Kept with the user; the console of GenAuth defines the keys first."""
