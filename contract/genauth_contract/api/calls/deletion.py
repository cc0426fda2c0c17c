"""Calls that delete one's own account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from genauth_contract.api.call import ApiCall, sent_to
from genauth_contract.api.endpoint import Endpoint, number, one_of, record, text
from genauth_contract.api.fields import EMAIL_PROOF, PHONE_PROOF, SUCCESS
from genauth_contract.outcomes.accounts import PASSWORD_NOT_DECRYPTED, WRONG_PASSWORD
from genauth_contract.outcomes.codes import WRONG_CODE
from genauth_contract.outcomes.emails import NO_EMAIL_BOUND
from genauth_contract.outcomes.models import User
from genauth_contract.outcomes.phones import (
    NO_PHONE_BOUND,
    OLD_PHONE_MISMATCH,
    UPDATE_TOKEN_INVALID,
)
from genauth_contract.outcomes.requests import NOT_IMITATED

VERIFY_DELETION_CALL: Final = Endpoint(
    "verify-delete-account-request",
    "Prove that the account is one's own, before it is deleted.",
    request=record(
        "VerifyDeleteAccount",
        {"verifyMethod": one_of("PHONE_PASSCODE", "EMAIL_PASSCODE", "PASSWORD")},
        {
            "phonePassCodePayload": PHONE_PROOF,
            "emailPassCodePayload": EMAIL_PROOF,
            "passwordPayload": record(
                "PasswordProof",
                {"password": text()},
                {"passwordEncryptType": one_of("sm2", "rsa", "none")},
            ),
        },
    ),
    data=record("AccountDeletion", {"deleteAccountToken": text(), "tokenExpiresIn": number()}),
    needs_user=True,
    ends=(
        WRONG_CODE,
        WRONG_PASSWORD,
        PASSWORD_NOT_DECRYPTED,
        NO_PHONE_BOUND,
        NO_EMAIL_BOUND,
        OLD_PHONE_MISMATCH,
        NOT_IMITATED,
    ),
)
DELETE_ACCOUNT_CALL: Final = Endpoint(
    "delete-account",
    "Delete the account of the signed-in user.",
    request=record("DeleteAccount", {"deleteAccountToken": text()}),
    data=SUCCESS,
    needs_user=True,
    ends=(UPDATE_TOKEN_INVALID,),
)


def verify_deletion(user: User, method: str, payload: Mapping[str, str]) -> ApiCall:
    """Prove that the account is one's own. Source: API reference, verify-delete-account-request."""
    name = {
        "PHONE_PASSCODE": "phonePassCodePayload",
        "EMAIL_PASSCODE": "emailPassCodePayload",
        "PASSWORD": "passwordPayload",
    }[method]
    return sent_to(VERIFY_DELETION_CALL, {"verifyMethod": method, name: payload}, user)


def delete_account(user: User, token: str) -> ApiCall:
    """Delete the account. Source: API reference, delete-account."""
    return sent_to(DELETE_ACCOUNT_CALL, {"deleteAccountToken": token}, user)
