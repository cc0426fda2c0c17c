"""Calls about passkeys, WebAuthn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from genauth_contract.api.call import ApiCall, Body, sent_to
from genauth_contract.api.calls.sign_in import TOKENS
from genauth_contract.api.endpoint import ANY_TEXT, FLAG, Endpoint, number, one_of, record, text
from genauth_contract.outcomes.factors import UNKNOWN_PASSKEY
from genauth_contract.outcomes.models import NOBODY, User

_OBJECT: Final = {"type": "object"}
CREATION: Final = record(
    "PasskeyCreation", {"registrationOptions": _OBJECT, "ticket": text(is_filled=False)}
)
REQUEST: Final = record(
    "PasskeyRequest", {"authenticationOptions": _OBJECT, "ticket": text(is_filled=False)}
)
ATTESTATION: Final = record(
    "Attestation", {"attestationObject": ANY_TEXT, "clientDataJSON": ANY_TEXT}
)
ASSERTION: Final = record(
    "Assertion",
    {
        "authenticatorData": ANY_TEXT,
        "clientDataJSON": ANY_TEXT,
        "signature": ANY_TEXT,
        "userHandle": ANY_TEXT,
    },
)
NEW_CREDENTIAL: Final = record(
    "NewCredential",
    {"id": ANY_TEXT, "rawId": ANY_TEXT, "response": ATTESTATION, "type": ANY_TEXT},
    {"transports": {"type": "array", "items": ANY_TEXT}},
)
USED_CREDENTIAL: Final = record(
    "UsedCredential",
    {"id": ANY_TEXT, "rawId": ANY_TEXT, "response": ASSERTION, "type": ANY_TEXT},
)
VERIFY_REGISTRATION: Final = record(
    "VerifyRegistration",
    {"registrationCredential": NEW_CREDENTIAL, "ticket": text(is_filled=False)},
    {"authenticatorCode": one_of("fingerprint", "face", "other")},
)
VERIFY_AUTHENTICATION: Final = record(
    "VerifyAuthentication",
    {"authenticationCredential": USED_CREDENTIAL, "ticket": text(is_filled=False)},
    {"options": record("PasskeyOptions", {}, {"scope": ANY_TEXT, "customData": _OBJECT})},
)
REGISTERED: Final = record("PasskeyCheck", {"verified": FLAG})
AUTHENTICATED: Final = record("PasskeySignIn", {"verified": FLAG}, {"tokenSet": TOKENS})
OF_KIND: Final = record("PasskeysOfKind", {}, {"authenticatorCode": ANY_TEXT})
CHECK: Final = record(
    "CheckPasskeys",
    {},
    {"credentialIds": {"type": "array", "items": ANY_TEXT}, "authenticatorCode": ANY_TEXT},
)
ENTRIES: Final = {"type": "array", "items": _OBJECT}
PAGE: Final = record("PasskeyPage", {"totalCount": number(), "list": ENTRIES})
DONE: Final = record("IsSuccess", {"success": FLAG})

_REGISTRATION: Final = "/api/v3/webauthn/registration"
_AUTHENTICATION: Final = "/api/v3/webauthn/authentication"

CREATION_CALL: Final = Endpoint(
    "webauthn-registration-options",
    "Return what a browser makes a passkey with.",
    data=CREATION,
    needs_user=True,
    path=_REGISTRATION,
    sdk_method="init_register_options",
)
VERIFY_REGISTRATION_CALL: Final = Endpoint(
    "webauthn-registration",
    "Add the passkey that a browser made.",
    request=VERIFY_REGISTRATION,
    data=REGISTERED,
    needs_user=True,
    path=_REGISTRATION,
    sdk_method="verify_register",
)
REQUEST_CALL: Final = Endpoint(
    "webauthn-authentication-options",
    "Return what a browser is asked with for a passkey.",
    data=REQUEST,
    path=_AUTHENTICATION,
    sdk_method="init_authentication_options",
)
VERIFY_AUTHENTICATION_CALL: Final = Endpoint(
    "webauthn-authentication",
    "Sign in by a passkey.",
    request=VERIFY_AUTHENTICATION,
    data=AUTHENTICATED,
    ends=(UNKNOWN_PASSKEY,),
    path=_AUTHENTICATION,
    sdk_method="verify_authentication",
)
PAGE_CALL: Final = Endpoint(
    "page-authenticator-device",
    "List the passkeys of the signed-in user; a success has no envelope.",
    request=OF_KIND,
    data=PAGE,
    needs_user=True,
    path="/api/v3/webauthn/page-authenticator-device",
    is_bare=True,
)
CHECK_CALL: Final = Endpoint(
    "check-valid-credentials-by-credIds",
    "Return which of some passkeys the signed-in user has.",
    request=CHECK,
    data=attrs.evolve(PAGE, name="Passkeys", schema=ENTRIES),
    needs_user=True,
    path="/api/v3/webauthn/check-valid-credentials-by-credIds",
    operation_id="checkValidCredentials",
)
REMOVE_ALL_CALL: Final = Endpoint(
    "remove-credentials-by-authenticator-code",
    "Take all passkeys away from the signed-in user, or all of a kind.",
    request=OF_KIND,
    data=DONE,
    needs_user=True,
    path="/api/v3/webauthn/remove-credentials-by-authenticator-code",
)
REMOVE_CALL: Final = Endpoint(
    "remove-credential",
    "Take a passkey away from the signed-in user.",
    request=record("RemovePasskey", {}),
    data=DONE,
    needs_user=True,
    path="/api/v3/webauthn/remove-credential/{credentialID}",
)


def creation_options(user: User) -> ApiCall:
    """Ask what a browser makes a passkey with. Source: API reference, GET webauthn/registration."""
    return sent_to(CREATION_CALL, user=user)


def add_passkey(user: User, ticket: str, credential: Mapping[str, object]) -> ApiCall:
    """Add a passkey. Source: API reference, POST webauthn/registration."""
    body: Body = {"ticket": ticket, "registrationCredential": credential}
    return sent_to(VERIFY_REGISTRATION_CALL, body, user)


def request_options() -> ApiCall:
    """Ask what a browser is asked with. Source: API reference, GET webauthn/authentication."""
    return sent_to(REQUEST_CALL)


def sign_in_by_passkey(ticket: str, credential: Mapping[str, object]) -> ApiCall:
    """Sign in by a passkey. Source: API reference, POST webauthn/authentication."""
    body: Body = {"ticket": ticket, "authenticationCredential": credential}
    return sent_to(VERIFY_AUTHENTICATION_CALL, body, NOBODY)


def list_passkeys(user: User) -> ApiCall:
    """List passkeys. Source: API reference, page-authenticator-device."""
    return sent_to(PAGE_CALL, {}, user)


def check_passkeys(user: User, *ids: str) -> ApiCall:
    """Ask which passkeys are there. Source: API reference, check-valid-credentials-by-credIds."""
    return sent_to(CHECK_CALL, {"credentialIds": list(ids)}, user)


def remove_passkeys(user: User, **kind: str) -> ApiCall:
    """Take passkeys away. Source: API reference, remove-credentials-by-authenticator-code."""
    return sent_to(REMOVE_ALL_CALL, kind, user)


def remove_passkey(user: User, credential_id: str) -> ApiCall:
    """Take one passkey away. Source: API reference, remove-credential."""
    call = sent_to(REMOVE_CALL, {}, user)
    return attrs.evolve(call, path=call.path.replace("{credentialID}", credential_id))
