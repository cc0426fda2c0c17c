"""Calls about what a user proves themselves by: factors and passkeys."""

from __future__ import annotations

from typing import Any

from tests.sdk.support.answers import http, raw
from tests.sdk.support.sign_ins import Row
from tests.sdk.support.world import CODE, NUMBER

OPTIONS = {"challenge": "c", "rpId": "x.example", "timeout": 60000}
PROOF_ANSWERS: dict[str, Any] = {
    "send-enroll-factor-request": {"enrollmentToken": "e-1"},
    "list-enrolled-factors": [{"factorId": "f-1", "factorType": "OTP", "profile": {}}],
    "get-factor": {"factorId": "f-1", "factorType": "OTP", "profile": {}},
    "list-factors-to-enroll": [{"factorType": "SMS"}],
    "mfa-totp-verify": {"verified": True},
    "introspection": raw(http(b'{"active": true, "userId": "u-1", "exp": 1601460494}')),
    "authentication": {"authenticationOptions": OPTIONS, "ticket": "t-1", "verified": False},
    "registration": {"registrationOptions": OPTIONS, "ticket": "t-1", "verified": True},
    "page-authenticator-device": raw(http(b'{"totalCount": 1, "list": [{"name": "phone"}]}')),
    "check-valid-credentials-by-credIds": [{"credentialID": "cr-1"}],
    "remove-credentials-by-authenticator-code": {"success": True},
    "remove-credential": {"success": True},
}
ASSERTION = {"authenticatorData": "ad", "clientDataJSON": "cd", "signature": "s"}

PROOF_CALLS: dict[str, Row] = {
    "send_enroll_factor_request": (
        lambda c: c.send_enroll_factor_request({"phoneNumber": f"+86{NUMBER}"}, "SMS"),
        "POST /api/v3/send-enroll-factor-request",
        {"profile": {"phoneNumber": NUMBER, "phoneCountryCode": "+86"}, "factorType": "SMS"},
    ),
    "send_enroll_factor_request of an authenticator app": (
        lambda c: c.send_enroll_factor_request({}, "OTP"),
        "POST /api/v3/send-enroll-factor-request",
        {"profile": {}, "factorType": "OTP"},
    ),
    "enroll_factor": (
        lambda c: c.enroll_factor({"passCode": CODE}, "e-1", "SMS"),
        "POST /api/v3/enroll-factor",
        {"enrollmentData": {"passCode": CODE}, "enrollmentToken": "e-1", "factorType": "SMS"},
    ),
    "reset_factor": (
        lambda c: c.reset_factor("f-1"),
        "POST /api/v3/reset-factor",
        {"factorId": "f-1"},
    ),
    "list_enrolled_factors": (
        lambda c: c.list_enrolled_factors(),
        "GET /api/v3/list-enrolled-factors",
        None,
    ),
    "get_factor": (lambda c: c.get_factor("f-1"), "GET /api/v3/get-factor?factorId=f-1", None),
    "list_factors_to_enroll": (
        lambda c: c.list_factors_to_enroll(),
        "GET /api/v3/list-factors-to-enroll",
        None,
    ),
    "mfa_otp_verify": (
        lambda c: c.mfa_otp_verify("123456"),
        "POST /api/v3/mfa-totp-verify",
        {"totp": "123456"},
    ),
    "verify_mfa_token": (
        lambda c: c.verify_mfa_token("mt-1"),
        "POST /mfa/token/introspection",
        {"token": "mt-1"},
    ),
    "init_authentication_options": (
        lambda c: c.init_authentication_options(),
        "GET /api/v3/webauthn/authentication",
        None,
    ),
    "verify_authentication": (
        lambda c: c.verify_authentication(
            "t-1",
            {
                "id": "cr-1",
                "rawId": "cr-1",
                "type": "public-key",
                "response": {**ASSERTION, "userHandle": None},  # type: ignore[typeddict-item]
                "clientExtensionResults": {},
            },
        ),
        "POST /api/v3/webauthn/authentication",
        {
            "ticket": "t-1",
            "authenticationCredential": {
                "id": "cr-1",
                "rawId": "cr-1",
                "type": "public-key",
                "response": ASSERTION,
                "clientExtensionResults": {},
            },
        },
    ),
    "init_register_options": (
        lambda c: c.init_register_options(),
        "GET /api/v3/webauthn/registration",
        None,
    ),
    "verify_register": (
        lambda c: c.verify_register(
            "t-1",
            {
                "id": "cr-1",
                "rawId": "cr-1",
                "type": "public-key",
                "response": {
                    "attestationObject": "ao",
                    "clientDataJSON": "cd",
                    "transports": ["usb"],
                },
            },
            "fingerprint",
        ),
        "POST /api/v3/webauthn/registration",
        {
            "ticket": "t-1",
            "registrationCredential": {
                "id": "cr-1",
                "rawId": "cr-1",
                "type": "public-key",
                "response": {
                    "attestationObject": "ao",
                    "clientDataJSON": "cd",
                    "transports": ["usb"],
                },
            },
            "authenticatorCode": "fingerprint",
        },
    ),
    "list_credentials_by_page": (
        lambda c: c.list_credentials_by_page(authenticator_code="fingerprint"),
        "POST /api/v3/webauthn/page-authenticator-device",
        {"authenticatorCode": "fingerprint"},
    ),
    "check_valid_credentials_by_cred_ids": (
        lambda c: c.check_valid_credentials_by_cred_ids(credential_ids=("cr-1",)),
        "POST /api/v3/webauthn/check-valid-credentials-by-credIds",
        {"credentialIds": ["cr-1"]},
    ),
    "remove_all_credentials": (
        lambda c: c.remove_all_credentials(),
        "POST /api/v3/webauthn/remove-credentials-by-authenticator-code",
        {},
    ),
    "remove_credential": (
        lambda c: c.remove_credential("cr-1"),
        "POST /api/v3/webauthn/remove-credential/cr-1",
        {},
    ),
}
