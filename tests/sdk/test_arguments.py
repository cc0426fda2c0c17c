"""Arguments: what cannot be right is refused here, and names and orders are the official SDK's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from aiogenauth import (
    AuthenticationClient,
    InvalidInput,
    PhoneNumber,
)
from tests.sdk.support.world import (
    CODE,
    NUMBER,
    FakeServer,
    connected,
)

Do = Callable[[AuthenticationClient], Awaitable[object]]

REFUSED_HERE: dict[str, tuple[Do, str]] = {
    "an empty code": (lambda c: c.bind_phone("", NUMBER), "pass_code"),
    "a code with spaces": (lambda c: c.bind_phone(" 123456", NUMBER), "pass_code"),
    "a code that is a number": (lambda c: c.bind_phone(123456, NUMBER), "pass_code"),  # type: ignore[arg-type]
    "a number that is none": (lambda c: c.bind_phone(CODE, "188xxxx8888"), "phone_number"),
    "a country without plus": (lambda c: c.bind_phone(CODE, NUMBER, "86"), "phone_country_code"),
    "a policy that is none": (
        lambda c: c.bind_phone(CODE, NUMBER, on_unknown="guess"),  # type: ignore[arg-type]
        "on_unknown",
    ),
    "a channel that is none": (lambda c: c.send_sms("SMS", NUMBER), "channel"),
    "an empty token": (lambda c: c.update_phone(""), "update_phone_token"),
    "a method that is none": (
        lambda c: c.verify_update_phone_request(
            {"newPhoneNumber": NUMBER, "newPhonePassCode": CODE},
            "EMAIL_PASSCODE",  # type: ignore[arg-type]
        ),
        "verify_method",
    ),
    "a payload without its number": (
        lambda c: c.verify_update_phone_request({"newPhonePassCode": CODE}),  # type: ignore[typeddict-item]
        "phone_pass_code_payload.newPhoneNumber",
    ),
    "a payload with half of the old number": (
        lambda c: c.verify_update_phone_request(
            {"newPhoneNumber": NUMBER, "newPhonePassCode": CODE, "oldPhonePassCode": "1234"}
        ),
        "phone_pass_code_payload.oldPhoneNumber",
    ),
    "a payload with a slip in it": (
        lambda c: c.verify_update_phone_request(
            {"newPhoneNumber": NUMBER, "newPassCode": CODE}  # type: ignore[typeddict-item]
        ),
        "phone_pass_code_payload",
    ),
    "a payload that is no dict": (
        lambda c: c.verify_update_phone_request("x"),  # type: ignore[arg-type]
        "phone_pass_code_payload",
    ),
    "a check of nothing": (lambda c: c.pre_check_code("SMS"), "code_type"),
    "a check of the other kind": (
        lambda c: c.pre_check_code(
            "EMAIL", {"phone": NUMBER, "passCode": CODE, "channel": "CHANNEL_LOGIN"}
        ),
        "code_type",
    ),
    "a check without an address": (
        lambda c: c.pre_check_code(
            "EMAIL", None, {"email": "", "passCode": CODE, "channel": "CHANNEL_LOGIN"}
        ),
        "email_code_payload.email",
    ),
    "a check of an address that is no text": (
        lambda c: c.pre_check_code(
            "EMAIL", None, {"email": "\ud800", "passCode": CODE, "channel": "CHANNEL_LOGIN"}
        ),
        "email_code_payload.email",
    ),
    "an empty password": (lambda c: c.sign_in_by_account_password("ann", ""), "password"),
    "an empty name": (lambda c: c.sign_in_by_username_password("", "pw"), "username"),
    "a foreign number with a password": (
        lambda c: c.sign_in_by_phone_password(PhoneNumber("7911123456", "+44"), "pw"),
        "phone",
    ),
    "no number with a password": (lambda c: c.sign_in_by_phone_password("", "pw"), "phone"),
    "options that are no dict": (
        lambda c: c.sign_in_by_account_password("ann", "pw", "openid"),  # type: ignore[arg-type]
        "options",
    ),
    "an option that there is none of": (
        lambda c: c.sign_in_by_account_password("ann", "pw", {"scopes": "openid"}),  # type: ignore[arg-type]
        "options",
    ),
    "an encryption that there is none of": (
        lambda c: c.sign_in_by_account_password("ann", "pw", {"passwordEncryptType": "aes"}),  # type: ignore[arg-type]
        "options.passwordEncryptType",
    ),
    "a connection that there is none of": (
        lambda c: c.sign_in_by_credentials("password", {"password": "pw"}),  # type: ignore[arg-type]
        "connection",
    ),
    "a payload of another connection": (
        lambda c: c.sign_in_by_credentials("PASSCODE", {"account": "ann", "password": "pw"}),
        "connection",
    ),
    "two payloads": (
        lambda c: c.sign_in_by_credentials(
            "PASSWORD", {"account": "ann", "password": "pw"}, {"email": "a@b.c", "passCode": CODE}
        ),
        "connection",
    ),
    "an empty password in a payload": (
        lambda c: c.sign_in_by_credentials("PASSWORD", {"account": "ann", "password": ""}),
        "password_payload.password",
    ),
    "options that are no JSON": (
        lambda c: c.sign_in_by_account_password("ann", "pw", {"context": object()}),  # type: ignore[arg-type]
        "options",
    ),
    "another method": (lambda c: c.request("PUT", "/api/v3/x"), "method"),
    "another host": (lambda c: c.request("GET", "https://evil.example/x"), "path"),
    "another host by slashes": (lambda c: c.request("GET", "//evil.example/x"), "path"),
    "a path with a line break": (lambda c: c.request("GET", "/x\r\ny"), "path"),
    "a path with a fragment": (lambda c: c.request("GET", "/x#y"), "path"),
    "two bodies": (lambda c: c.request("POST", "/x", json={"a": 1}, form={"a": "1"}), "json"),
    "a form that is no text": (lambda c: c.request("POST", "/x", form={"a": "\ud800"}), "form"),
    "a form that is none": (lambda c: c.request("POST", "/x", form="a=1"), "form"),  # type: ignore[call-overload]
    "a read with a body": (lambda c: c.request("GET", "/x", json={"a": 1}), "json"),
    "an empty new password": (lambda c: c.update_password(""), "new_password"),
    "an empty old password": (lambda c: c.update_password("pw", ""), "old_password"),
    "an empty user": (lambda c: c.as_user("").get_profile(), "access_token"),
}


@pytest.mark.parametrize("name", REFUSED_HERE)
async def test_what_cannot_be_right_is_refused_before_anything_is_sent(
    genauth: FakeServer, name: str
) -> None:
    do, field = REFUSED_HERE[name]
    async with connected(genauth.url) as client:
        with pytest.raises(InvalidInput) as refused:
            await do(client)
    assert refused.value.field == field
    assert str(refused.value).startswith(field)
    assert genauth.received == []
