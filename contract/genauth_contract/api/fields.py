"""Fields and objects that more than one group of calls has."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.endpoint import (
    ANY_TEXT,
    FLAG,
    MOMENT,
    TEXT_OR_NULL,
    Named,
    Schema,
    number,
    one_of,
    record,
    text,
)

PHONE_NUMBER: Final = text("The number without its country calling code.", example="18812348888")
COUNTRY_CODE: Final = text(
    "The country calling code; +86 when it is left out.", example="+86", is_filled=False
)
PASS_CODE: Final = text(
    "The digits that were texted; they work once and for a limited time.", example="123456"
)
_CHANNEL: Final = {"description": "What the code is for; a code fits no other channel."}
PHONE_CHANNEL: Final = Named(
    "PhoneChannel",
    {
        **one_of(
            "CHANNEL_LOGIN",
            "CHANNEL_REGISTER",
            "CHANNEL_RESET_PASSWORD",
            "CHANNEL_BIND_PHONE",
            "CHANNEL_UNBIND_PHONE",
            "CHANNEL_BIND_MFA",
            "CHANNEL_VERIFY_MFA",
            "CHANNEL_UNBIND_MFA",
            "CHANNEL_COMPLETE_PHONE",
            "CHANNEL_IDENTITY_VERIFICATION",
            "CHANNEL_DELETE_ACCOUNT",
        ),
        **_CHANNEL,
    },
)
EMAIL_CHANNEL: Final = Named(
    "EmailChannel",
    {
        **one_of(
            "CHANNEL_LOGIN",
            "CHANNEL_REGISTER",
            "CHANNEL_RESET_PASSWORD",
            "CHANNEL_VERIFY_EMAIL_LINK",
            "CHANNEL_UPDATE_EMAIL",
            "CHANNEL_BIND_EMAIL",
            "CHANNEL_UNBIND_EMAIL",
            "CHANNEL_VERIFY_MFA",
            "CHANNEL_UNLOCK_ACCOUNT",
            "CHANNEL_COMPLETE_EMAIL",
            "CHANNEL_DELETE_ACCOUNT",
        ),
        **_CHANNEL,
    },
)

USER: Final = record(
    "User",
    {
        "userId": ANY_TEXT,
        "createdAt": MOMENT,
        "updatedAt": MOMENT,
        "status": one_of("Suspended", "Resigned", "Activated", "Archived", "Deactivated"),
        "workStatus": one_of("Closed", "Active"),
        "gender": one_of("M", "F", "U"),
        "emailVerified": FLAG,
        "phoneVerified": FLAG,
        "userSourceType": one_of("excel", "register", "adminCreated", "sync"),
    },
    {
        "phone": TEXT_OR_NULL,
        "phoneCountryCode": TEXT_OR_NULL,
        "email": TEXT_OR_NULL,
        "username": TEXT_OR_NULL,
        "name": TEXT_OR_NULL,
        "nickname": TEXT_OR_NULL,
        "photo": TEXT_OR_NULL,
        "loginsCount": number("How often the user has signed in."),
        "lastLogin": MOMENT,
        "passwordSecurityLevel": number(),
        "customData": {"type": "object", "description": "Only with `withCustomData`."},
    },
)
PHONE_PROOF: Final = record(
    "PhoneProof",
    {"phoneNumber": PHONE_NUMBER, "passCode": PASS_CODE},
    {"phoneCountryCode": COUNTRY_CODE},
)
EMAIL_PROOF: Final = record("EmailProof", {"passCode": PASS_CODE}, {"email": text()})
SUCCESS: Final = record("Success", {"success": FLAG})

ENVELOPE: Final = record(
    "Envelope",
    {
        "statusCode": {
            "type": "integer",
            "description": "200 for success; anything else is a refusal, also under HTTP 200.",
        },
        "message": {
            "type": "string",
            "description": "What happened, in the language of `x-genauth-lang`.",
        },
    },
    {
        "apiCode": {
            "type": "integer",
            "description": "Tells one refusal from another; absent on success and where GenAuth has no code.",
        },
        "requestId": {
            "type": "string",
            "description": "Names this exchange in GenAuth's own logs.",
            "format": "uuid",
        },
        "data": {"description": "What the call gives; absent when it gives nothing."},
    },
)


def in_envelope(data: Named | Schema) -> Schema:
    """Return the schema of an envelope with this `data`."""
    whole = {"type": "object", "properties": {"data": data}, "required": ["data"]}
    return {"allOf": [ENVELOPE, whole]}
