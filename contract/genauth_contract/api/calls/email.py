"""Calls about the e-mail address of a user, and the codes that are mailed to it."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, any_post, sent_to
from genauth_contract.api.endpoint import ANY_TEXT, Endpoint, number, one_of, record, text
from genauth_contract.api.fields import EMAIL_CHANNEL, PASS_CODE
from genauth_contract.outcomes.codes import CODE_OUTCOMES, DAILY_LIMIT_REACHED
from genauth_contract.outcomes.emails import (
    EMAIL_SENT_TOO_RECENTLY,
    EMAIL_TAKEN,
    HAS_EMAIL_ALREADY,
    NO_EMAIL_BOUND,
    OLD_EMAIL_MISMATCH,
    OLD_EMAIL_UNVERIFIED,
    ONLY_LOGIN_METHOD_EMAIL,
    SAME_EMAIL,
)
from genauth_contract.outcomes.models import PassCode, User
from genauth_contract.outcomes.phones import UPDATE_TOKEN_INVALID

SEND_EMAIL: Final = record(
    "SendEmail", {"channel": EMAIL_CHANNEL, "email": text("Case does not matter.")}
)
BIND_EMAIL: Final = record("BindEmail", {"email": text(), "passCode": PASS_CODE})
UNBIND_EMAIL: Final = record("UnbindEmail", {"passCode": PASS_CODE})
EMAIL_CHANGE: Final = record(
    "EmailChange",
    {"newEmail": text(), "newEmailPassCode": PASS_CODE},
    {
        "oldEmail": text(
            "Needed when the user has an address and the user pool verifies it.", is_filled=False
        ),
        "oldEmailPassCode": ANY_TEXT,
    },
)
VERIFY_UPDATE_EMAIL_REQUEST: Final = record(
    "VerifyUpdateEmailRequest",
    {"verifyMethod": one_of("EMAIL_PASSCODE"), "emailPassCodePayload": EMAIL_CHANGE},
)
UPDATE_EMAIL_PERMIT: Final = record(
    "UpdateEmailPermit",
    {
        "updateEmailToken": text("Works once, within `tokenExpiresIn`.", is_filled=False),
        "tokenExpiresIn": number("Seconds."),
    },
)
UPDATE_EMAIL: Final = record("UpdateEmail", {"updateEmailToken": text()})

SEND_EMAIL_CALL: Final = Endpoint(
    "send-email",
    "Mail a pass code.",
    request=SEND_EMAIL,
    ends=(EMAIL_SENT_TOO_RECENTLY, DAILY_LIMIT_REACHED),
)
BIND_EMAIL_CALL: Final = Endpoint(
    "bind-email",
    "Bind an e-mail address to the signed-in user who has none.",
    request=BIND_EMAIL,
    needs_user=True,
    ends=(*CODE_OUTCOMES, EMAIL_TAKEN, HAS_EMAIL_ALREADY),
)
UNBIND_EMAIL_CALL: Final = Endpoint(
    "unbind-email",
    "Unbind the signed-in user's e-mail address.",
    request=UNBIND_EMAIL,
    needs_user=True,
    ends=(*CODE_OUTCOMES, NO_EMAIL_BOUND, ONLY_LOGIN_METHOD_EMAIL),
)
VERIFY_UPDATE_EMAIL_REQUEST_CALL: Final = Endpoint(
    "verify-update-email-request",
    "Prove the new address, and the old one, before a change.",
    request=VERIFY_UPDATE_EMAIL_REQUEST,
    data=UPDATE_EMAIL_PERMIT,
    needs_user=True,
    ends=(*CODE_OUTCOMES, EMAIL_TAKEN, SAME_EMAIL, OLD_EMAIL_MISMATCH, OLD_EMAIL_UNVERIFIED),
)
UPDATE_EMAIL_CALL: Final = Endpoint(
    "update-email",
    "Change the e-mail address that was proved.",
    request=UPDATE_EMAIL,
    needs_user=True,
    ends=(UPDATE_TOKEN_INVALID, EMAIL_TAKEN),
)


def send_email(email: str, channel: str) -> ApiCall:
    """Mail a pass code. Source: API reference, send-email."""
    return sent_to(SEND_EMAIL_CALL, {"email": email, "channel": channel})


def pre_check_email_code(email: str, code: PassCode, channel: str) -> ApiCall:
    """Ask whether a mailed code would do. Source: API reference, pre-check-code."""
    payload = {"email": email, "passCode": code.digits, "channel": channel}
    return any_post("pre-check-code", {"codeType": "EMAIL", "emailCodePayload": payload})


def bind_email(user: User, email: str, code: PassCode) -> ApiCall:
    """Bind an e-mail address to a user who has none. Source: API reference, bind-email."""
    return sent_to(BIND_EMAIL_CALL, {"email": email, "passCode": code.digits}, user)


def unbind_email(user: User, code: PassCode) -> ApiCall:
    """Unbind the user's e-mail address. Source: API reference, unbind-email."""
    return sent_to(UNBIND_EMAIL_CALL, {"passCode": code.digits}, user)


def verify_update_email_request(
    user: User, new: tuple[str, PassCode], old: tuple[str, PassCode] | None
) -> ApiCall:
    """Prove both addresses before a change. Source: API reference, verify-update-email-request."""
    payload = {"newEmail": new[0], "newEmailPassCode": new[1].digits}
    if old:
        payload |= {"oldEmail": old[0], "oldEmailPassCode": old[1].digits}
    body = {"verifyMethod": "EMAIL_PASSCODE", "emailPassCodePayload": payload}
    return sent_to(VERIFY_UPDATE_EMAIL_REQUEST_CALL, body, user)


def update_email(user: User, update_email_token: str) -> ApiCall:
    """Change the e-mail address. Source: API reference, update-email."""
    return sent_to(UPDATE_EMAIL_CALL, {"updateEmailToken": update_email_token}, user)
