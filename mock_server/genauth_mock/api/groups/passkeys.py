"""Passkeys, WebAuthn: made, signed in by, listed, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import asdict, evolve, field

from genauth_mock.api.call import Bare, Call, asks, signed_in, signs_in
from genauth_mock.api.fields import CustomDataOptions
from genauth_mock.engine import passkeys
from genauth_mock.engine.profile import keep_custom_data
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from genauth_mock.api.call import Json
    from genauth_mock.engine.context import CallContext


@json_shape
class Attestation:
    """``registrationCredential.response``."""

    attestationObject: str  # noqa: N815 - WebAuthn's own names, which the verifier reads
    clientDataJSON: str  # noqa: N815
    transports: list[str] | None = None


@json_shape
class Assertion:
    """``authenticationCredential.response``; the reference calls ``userHandle`` required, browsers leave it out."""

    authenticatorData: str  # noqa: N815
    clientDataJSON: str  # noqa: N815
    signature: str = field(repr=False)
    userHandle: str | None = None  # noqa: N815


@json_shape
class NewCredential:
    """``registrationCredential``."""

    id: str
    rawId: str  # noqa: N815
    response: Attestation
    type: Literal["public-key"]
    transports: list[str] | None = None


@json_shape
class UsedCredential:
    """``authenticationCredential``."""

    id: str
    rawId: str  # noqa: N815
    response: Assertion
    type: Literal["public-key"]


@json_shape
class VerifyRegistration:
    """Body of ``POST /api/v3/webauthn/registration``."""

    ticket: str = field(repr=False)
    credential: NewCredential = field(alias="registrationCredential")
    code: Literal["fingerprint", "face", "other"] | None = field(
        default=None, alias="authenticatorCode"
    )


@json_shape
class VerifyAuthentication:
    """Body of ``POST /api/v3/webauthn/authentication``."""

    ticket: str = field(repr=False)
    credential: UsedCredential = field(alias="authenticationCredential")
    options: CustomDataOptions | None = None


@json_shape
class OfKind:
    """Body of the calls about all passkeys of a user. Source: the official SDKs for phones."""

    code: str | None = field(default=None, alias="authenticatorCode")


@json_shape
class CheckCredentials(OfKind):
    """Body of ``POST /api/v3/webauthn/check-valid-credentials-by-credIds``. Source: the official SDKs for phones."""

    ids: list[str] | None = field(default=None, alias="credentialIds")


@json_shape
class OneCredential:
    """The id in the path of ``POST /api/v3/webauthn/remove-credential/{credentialID}``."""

    credential_id: str = field(alias="credentialID")


def creation_options(context: CallContext) -> Json:
    """``GET /api/v3/webauthn/registration``."""
    options, ticket = passkeys.creation_options(context)
    return {"registrationOptions": options, "ticket": ticket}


def verify_registration(context: CallContext, body: VerifyRegistration) -> Json:
    """``POST /api/v3/webauthn/registration``."""
    credential = _given(body.credential)
    return {"verified": passkeys.add(context, body.ticket, credential, body.code)}


def request_options(context: CallContext) -> Json:
    """``GET /api/v3/webauthn/authentication``."""
    options, ticket = passkeys.request_options(context)
    return {"authenticationOptions": options, "ticket": ticket}


def verify_authentication(context: CallContext, body: VerifyAuthentication) -> Json:
    """``POST /api/v3/webauthn/authentication``."""
    options = body.options or CustomDataOptions()
    tokens = passkeys.sign_in(context, body.ticket, _given(body.credential), options.scope)
    if tokens is None:
        return {"verified": False}
    user = passkeys.user_of(context, body.credential.id)
    if user is not None:
        keep_custom_data(context, user, options.custom_data)
    return {"verified": True, "tokenSet": tokens.to_response("bearer")}


def page_authenticator_device(context: CallContext, body: OfKind) -> Bare:
    """``POST /api/v3/webauthn/page-authenticator-device``, without envelope. Source: API reference."""
    held = passkeys.of_user(context, context.signed_in_user(), body.code)
    return Bare({"totalCount": len(held), "list": [passkeys.shown(each) for each in held]})


def check_valid_credentials(context: CallContext, body: CheckCredentials) -> list[object]:
    """``POST /api/v3/webauthn/check-valid-credentials-by-credIds``; that no ids ask for all is assumed."""
    held = passkeys.of_user(context, context.signed_in_user(), body.code)
    return [
        passkeys.shown(each) for each in held if body.ids is None or each.credential_id in body.ids
    ]


def remove_all(context: CallContext, body: OfKind) -> Json:
    """``POST /api/v3/webauthn/remove-credentials-by-authenticator-code``."""
    passkeys.remove(context, body.code)
    return {"success": True}


def remove_one(context: CallContext, body: OneCredential) -> Json:
    """``POST /api/v3/webauthn/remove-credential/{credentialID}``; that an unknown one answers false is assumed."""
    return {"success": passkeys.remove(context, None, (body.credential_id,)) > 0}


def _given(credential: NewCredential | UsedCredential) -> Json:
    """Return a credential as it came, for the verifier."""
    return asdict(credential, filter=lambda _, value: value is not None)


_REGISTRATION: Final = "/api/v3/webauthn/registration"
_AUTHENTICATION: Final = "/api/v3/webauthn/authentication"

CALLS: Final[tuple[Call, ...]] = (
    evolve(
        signed_in(_REGISTRATION, VerifyRegistration, verify_registration),
        twin=asks(_REGISTRATION, creation_options, signs=True),
        signs=True,
        is_partial=True,
    ),
    evolve(
        signs_in(_AUTHENTICATION, VerifyAuthentication, verify_authentication),
        twin=asks(_AUTHENTICATION, request_options, signs=True),
        is_partial=True,
    ),
    signed_in("/api/v3/webauthn/page-authenticator-device", OfKind, page_authenticator_device),
    signed_in(
        "/api/v3/webauthn/check-valid-credentials-by-credIds",
        CheckCredentials,
        check_valid_credentials,
    ),
    signed_in("/api/v3/webauthn/remove-credentials-by-authenticator-code", OfKind, remove_all),
    signed_in("/api/v3/webauthn/remove-credential/{credentialID}", OneCredential, remove_one),
)
