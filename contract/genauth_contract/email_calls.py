"""The calls about e-mail addresses as they travel: the twins of those about phones."""

from __future__ import annotations

from genauth_contract.calls import ApiCall, any_post
from genauth_contract.people import PassCode, User


def send_email(email: str, channel: str) -> ApiCall:
    """Mail a pass code. Source: API reference, send-email."""
    return any_post("send-email", {"email": email, "channel": channel})


def pre_check_email_code(email: str, code: PassCode, channel: str) -> ApiCall:
    """Ask whether a mailed code would do. Source: API reference, pre-check-code."""
    payload = {"email": email, "passCode": code.digits, "channel": channel}
    return any_post("pre-check-code", {"codeType": "EMAIL", "emailCodePayload": payload})


def bind_email(user: User, email: str, code: PassCode) -> ApiCall:
    """Bind an e-mail address to a user who has none. Source: API reference, bind-email."""
    return any_post("bind-email", {"email": email, "passCode": code.digits}, user)


def unbind_email(user: User, code: PassCode) -> ApiCall:
    """Unbind the user's e-mail address. Source: API reference, unbind-email."""
    return any_post("unbind-email", {"passCode": code.digits}, user)


def verify_update_email_request(
    user: User, new: tuple[str, PassCode], old: tuple[str, PassCode] | None
) -> ApiCall:
    """Prove both addresses before a change. Source: API reference, verify-update-email-request."""
    payload = {"newEmail": new[0], "newEmailPassCode": new[1].digits}
    if old:
        payload |= {"oldEmail": old[0], "oldEmailPassCode": old[1].digits}
    body = {"verifyMethod": "EMAIL_PASSCODE", "emailPassCodePayload": payload}
    return any_post("verify-update-email-request", body, user)


def update_email(user: User, update_email_token: str) -> ApiCall:
    """Change the e-mail address. Source: API reference, update-email."""
    return any_post("update-email", {"updateEmailToken": update_email_token}, user)


def sign_in_by_email_pass_code(email: str, code: PassCode) -> ApiCall:
    """Sign in with a mailed code. Source: API reference, signin."""
    payload = {"email": email, "passCode": code.digits}
    return any_post("signin", {"connection": "PASSCODE", "passCodePayload": payload})
