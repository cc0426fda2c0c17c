"""Calls that read the signed-in user."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, sent_to
from genauth_contract.api.endpoint import FLAG, Endpoint, number, one_of, record, text
from genauth_contract.api.fields import USER
from genauth_contract.outcomes.accounts import USERNAME_TAKEN
from genauth_contract.outcomes.models import User

SECURITY_INFO: Final = record(
    "SecurityInfo",
    {
        "passwordSecurityLevel": number(),
        "mfaEnrolled": FLAG,
        "passwordSet": FLAG,
        "emailBinded": FLAG,
        "phoneBinded": FLAG,
        "securityScore": number(),
    },
)

_TEXT: Final = text(is_filled=False)
UPDATE_PROFILE_CALL: Final = Endpoint(
    "update-profile",
    "Change what the signed-in user says of themselves.",
    request=record(
        "UpdateProfile",
        {},
        {
            "name": _TEXT,
            "nickname": _TEXT,
            "photo": _TEXT,
            "externalId": _TEXT,
            "birthdate": _TEXT,
            "country": _TEXT,
            "province": _TEXT,
            "city": _TEXT,
            "address": _TEXT,
            "streetAddress": _TEXT,
            "postalCode": _TEXT,
            "gender": one_of("M", "F", "U"),
            "username": _TEXT,
            "company": _TEXT,
            "customData": {"type": "object"},
            "identityNumber": _TEXT,
        },
    ),
    data=USER,
    needs_user=True,
    ends=(USERNAME_TAKEN,),
)
GET_PROFILE_CALL: Final = Endpoint(
    "get-profile",
    "Read the signed-in user.",
    data=USER,
    needs_user=True,
    flags=("withCustomData", "withIdentities", "withDepartmentIds"),
)
GET_SECURITY_INFO_CALL: Final = Endpoint(
    "get-security-info",
    "Read what protects the account.",
    data=SECURITY_INFO,
    needs_user=True,
    sdk_method="get_security_level",
)


def get_profile(user: User) -> ApiCall:
    """Read the user. Source: API reference, get-profile."""
    return sent_to(GET_PROFILE_CALL, user=user)


def get_security_info(user: User) -> ApiCall:
    """Read what protects the account. Source: API reference, get-security-info."""
    return sent_to(GET_SECURITY_INFO_CALL, user=user)


def update_profile(user: User, **changes: object) -> ApiCall:
    """Change the profile. Source: API reference, update-profile."""
    return sent_to(UPDATE_PROFILE_CALL, changes, user)
