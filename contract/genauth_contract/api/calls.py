"""The calls of the API as they travel: one pure function per operation, an `ApiCall` each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from genauth_contract.outcomes.models import (
    HOME_COUNTRY,
    NOBODY,
    PassCode,
    Phone,
    User,
    is_object,
)

Body = Mapping[str, object]

BIND: Final = "CHANNEL_BIND_PHONE"
UNBIND: Final = "CHANNEL_UNBIND_PHONE"
LOGIN: Final = "CHANNEL_LOGIN"

SEND_SMS: Final = "send-sms"
"""The one operation that texts a phone, and so costs money and has to wait for its turn."""


@attrs.frozen
class ApiCall:
    """A request to be made.

    Attributes:
        operation: The last part of the path; what the matrix and the reports call it.
        method: GET or POST.
        path: Path and query below the host.
        body: JSON body; None for none; text goes out as it is, to send what is not JSON.
        user: Whose access token goes along.
        headers: Further headers, and ones that replace the usual ones.
        is_form: Whether the body travels as a form instead of JSON.
    """

    operation: str
    path: str
    body: Body | str | None = attrs.field(default=None, repr=False)
    method: str = "POST"
    user: User = NOBODY
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str], repr=False)
    is_form: bool = False

    @property
    def has_envelope(self) -> bool:
        """Tell whether the answer comes in an envelope: the calls of OpenID Connect have none."""
        return not self.path.startswith("/oidc/")

    @property
    def texts_to(self) -> tuple[Phone, str] | None:
        """The phone and the channel that a code is texted to; None where nothing is texted."""
        body = self.body
        if self.operation != SEND_SMS or not is_object(body) or "phoneNumber" not in body:
            return None
        country = body.get("phoneCountryCode") or HOME_COUNTRY
        return Phone(str(body["phoneNumber"]), str(country)), str(body.get("channel"))


def send_sms(phone: Phone, channel: str) -> ApiCall:
    """Text a pass code. Source: API reference, send-sms; live clients send no token."""
    return any_post(SEND_SMS, {"channel": channel, **_phone(phone)})


def pre_check_code(phone: Phone, code: PassCode, channel: str) -> ApiCall:
    """Ask whether a code would do. Source: API reference, pre-check-code (`phone`, not ...Number)."""
    payload = {
        "phone": phone.number,
        "phoneCountryCode": phone.country_code,
        "passCode": code.digits,
        "channel": channel,
    }
    return any_post("pre-check-code", {"codeType": "SMS", "smsCodePayload": payload})


def bind_phone(user: User, phone: Phone, code: PassCode) -> ApiCall:
    """Bind a phone to a user who has none. Source: API reference, bind-phone."""
    return any_post("bind-phone", {**_phone(phone), "passCode": code.digits}, user)


def unbind_phone(user: User, code: PassCode) -> ApiCall:
    """Unbind the user's phone. Source: API reference, unbind-phone."""
    return any_post("unbind-phone", {"passCode": code.digits}, user)


def verify_update_phone_request(
    user: User,
    new: tuple[Phone, PassCode],
    old: tuple[Phone, PassCode] | None,
) -> ApiCall:
    """Prove both phones before a change. Source: API reference, verify-update-phone-request."""
    payload = {
        "newPhoneNumber": new[0].number,
        "newPhoneCountryCode": new[0].country_code,
        "newPhonePassCode": new[1].digits,
    }
    if old:
        payload |= {
            "oldPhoneNumber": old[0].number,
            "oldPhoneCountryCode": old[0].country_code,
            "oldPhonePassCode": old[1].digits,
        }
    body = {"verifyMethod": "PHONE_PASSCODE", "phonePassCodePayload": payload}
    return any_post("verify-update-phone-request", body, user)


def update_phone(user: User, update_phone_token: str) -> ApiCall:
    """Change the phone. Source: API reference, update-phone."""
    return any_post("update-phone", {"updatePhoneToken": update_phone_token}, user)


def get_profile(user: User) -> ApiCall:
    """Read the user. Source: API reference, get-profile."""
    return ApiCall("get-profile", "/api/v3/get-profile", method="GET", user=user)


def get_security_info(user: User) -> ApiCall:
    """Read what protects the account. Source: API reference, get-security-info."""
    return ApiCall("get-security-info", "/api/v3/get-security-info", method="GET", user=user)


def sign_in_by_password(account: Mapping[str, str], password: str, scope: str = "") -> ApiCall:
    """Sign in with a password. Source: API reference, signin.

    Args:
        account: One of `account`, `username`, `email`, `phone` and its value.
        password: The password, in clear.
        scope: Space-separated scopes; empty for the server's default.
    """
    body = {"connection": "PASSWORD", "passwordPayload": {**account, "password": password}}
    return any_post("signin", {**body, **_options(scope)})


def sign_in_by_phone_pass_code(phone: Phone, code: PassCode, scope: str = "") -> ApiCall:
    """Sign in with a texted code. Source: API reference, signin."""
    payload = {
        "phone": phone.number,
        "phoneCountryCode": phone.country_code,
        "passCode": code.digits,
    }
    body = {"connection": "PASSCODE", "passCodePayload": payload}
    return any_post("signin", {**body, **_options(scope)})


def sign_up_by_password(account: Mapping[str, str], password: str) -> ApiCall:
    """Make a user with a password. Source: API reference, signup.

    Args:
        account: `username` or `email`, and its value.
        password: The password, in clear.
    """
    body = {"connection": "PASSWORD", "passwordPayload": {**account, "password": password}}
    return any_post("signup", body)


def sign_up_by_phone_pass_code(phone: Phone, code: PassCode) -> ApiCall:
    """Make a user with a texted code. Source: API reference, signup."""
    payload = {
        "phone": phone.number,
        "phoneCountryCode": phone.country_code,
        "passCode": code.digits,
    }
    return any_post("signup", {"connection": "PASSCODE", "passCodePayload": payload})


def any_post(operation: str, body: Body | str | None, user: User = NOBODY) -> ApiCall:
    """Send any body to an operation: also for requests that are wrong on purpose."""
    return ApiCall(operation, f"/api/v3/{operation}", body, user=user)


def _phone(phone: Phone) -> Body:
    return {"phoneNumber": phone.number, "phoneCountryCode": phone.country_code}


def _options(scope: str) -> Body:
    return {"options": {"scope": scope}} if scope else {}


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
