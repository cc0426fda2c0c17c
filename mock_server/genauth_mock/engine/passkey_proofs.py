"""Verifies what browsers make of passkeys, by the library ``webauthn``, which is imported when the first one comes."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from importlib import import_module
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from attrs import evolve

from genauth_mock.engine.factor_records import Passkey
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import ModuleType

    Json = dict[str, object]


class NotProven(ValueError):  # noqa: N818 - it is an answer, not an error of the mock
    """A passkey proves nothing; the text says why."""


@frozen
class Ceremony:
    """What a passkey was asked for with.

    Attributes:
        challenge: In Base64url.
        rp_id: Whom it is for: a host name.
        origins: The web pages that may ask; none listed: those on the host and below it.
    """

    challenge: str
    rp_id: str
    origins: Collection[str]

    def allows(self, origin: str) -> bool:
        """Return whether a page may ask. Source: Web Authentication, 5.1.3: secure pages of the host's domain."""
        if self.origins:
            return origin in self.origins
        page = urlsplit(origin)
        host = page.hostname or ""
        is_secure = page.scheme == "https" or host == "localhost" or host.endswith(".localhost")
        return is_secure and (host == self.rp_id or host.endswith(f".{self.rp_id}"))


def verified_registration(ceremony: Ceremony, credential: Json) -> Passkey:
    """Return the passkey that a browser made; whose it is, is not known yet.

    Raises:
        NotProven: It is not what was asked for.
        Refusal: ``NOT_IMITATED``: the library is not installed.
    """
    library = _library()
    try:
        proven = library.verify_registration_response(
            credential=credential,
            expected_challenge=library.base64url_to_bytes(ceremony.challenge),
            expected_rp_id=ceremony.rp_id,
            expected_origin=_origin(ceremony, credential),
        )
    except _failures() as error:
        raise NotProven(_why(error)) from None
    return Passkey(
        base64url(proven.credential_id),
        base64url(proven.credential_public_key),
        proven.sign_count,
        transports=_transports(credential),
    )


def verified_assertion(ceremony: Ceremony, credential: Json, known: Passkey) -> Passkey:
    """Return a passkey as it is after a browser has proven that its user has it.

    Raises:
        NotProven: It proves nothing: another key, challenge or page, or a count that went back.
        Refusal: ``NOT_IMITATED``: the library is not installed.
    """
    library = _library()
    try:
        proven = library.verify_authentication_response(
            credential=credential,
            expected_challenge=library.base64url_to_bytes(ceremony.challenge),
            expected_rp_id=ceremony.rp_id,
            expected_origin=_origin(ceremony, credential),
            credential_public_key=library.base64url_to_bytes(known.public_key),
            credential_current_sign_count=known.sign_count,
        )
    except _failures() as error:
        raise NotProven(_why(error)) from None
    return evolve(known, sign_count=proven.new_sign_count)


def base64url(content: bytes) -> str:
    """Write bytes as WebAuthn writes them in JSON: Base64url without padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _library() -> ModuleType:
    try:
        return import_module("webauthn")
    except ImportError as error:
        what = f"a passkey, without its extra: pip install 'aiogenauth[passkeys]' ({error})"
        raise Refusal(Outcome.NOT_IMITATED, what) from None


def _failures() -> tuple[type[Exception], ...]:
    """Return what is raised for what a browser sent: the library's own errors, and those of Base64, JSON and CBOR."""
    named = import_module("webauthn.helpers.exceptions").WebAuthnException
    return named, ValueError, LookupError, TypeError, RecursionError


def _origin(ceremony: Ceremony, credential: Json) -> str:
    """Return the page that asked, where it may ask."""
    response = cast("Json", credential["response"])
    written = str(response["clientDataJSON"])
    client = json.loads(urlsafe_b64decode(written + "=" * (-len(written) % 4)))
    origin = str(client["origin"])
    if not ceremony.allows(origin):
        message = f"the page {origin} may not ask for passkeys of {ceremony.rp_id}"
        raise NotProven(message)
    return origin


def _transports(credential: Json) -> tuple[str, ...]:
    """Return how a browser reaches the device; the reference has them beside the response, WebAuthn inside."""
    response = cast("Json", credential["response"])
    found = credential.get("transports") or response.get("transports") or ()
    return tuple(map(str, cast("Collection[object]", found)))


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, NotProven) else f"{type(error).__name__}: {error}"
