"""The sign-in call in its variants. Pure, as `endpoints`."""

import re
from collections.abc import Mapping
from typing import Final, cast

from attrs import field, frozen

from aiogenauth.calls.arguments import checked_secret, checked_text, encoded
from aiogenauth.calls.endpoints import phone_fields
from aiogenauth.decoding import ShapeError, is_object, read
from aiogenauth.errors import InvalidInput, SignInOutcomeUnknown
from aiogenauth.models import Envelope, SignIn
from aiogenauth.protocol import Call, Endpoint, Kind, Login
from aiogenauth.redaction import Secret, stars
from aiogenauth.vocabulary import DEFAULT_COUNTRY_CODE, PhoneNumber

SIGN_IN: Final = Endpoint(
    "sign_in", "POST", "/api/v3/signin", Kind.ONE_TIME, Login.NEVER, SignInOutcomeUnknown
)
"""Every variant is this one call. Source: API reference, signin."""


@frozen
class Credentials:
    """Who signs in, and what proves it.

    Attributes:
        fields: The connection and its payload, by the names of the API.
        secret: The password or pass code among them.
        phone: The number among them, if there is one.
    """

    fields: Mapping[str, object] = field(repr=False)
    secret: Secret = field(repr=stars)
    phone: PhoneNumber | None


def by_password(key: str, name: str | PhoneNumber, password: str) -> Credentials:
    """Check a name and its password.

    Args:
        key: What the name is: `account`, `username`, `email` or `phone`.
        name: Who signs in.
        password: The password, in clear; GenAuth's `passwordEncryptType` is `none` unless told.
    """
    secret = Secret(checked_text(password, "password"))
    phone = _home_phone(name) if key == "phone" else None
    who = phone.national_number if phone else checked_text(name, key)
    payload = {key: who, "password": secret}
    return Credentials({"connection": "PASSWORD", "passwordPayload": payload}, secret, phone)


def by_phone_pass_code(
    phone: str | PhoneNumber, pass_code: str, phone_country_code: str | None
) -> Credentials:
    """Check a number and a code that was texted to it on the channel `CHANNEL_LOGIN`."""
    number = PhoneNumber.parse(phone, phone_country_code, name="phone")
    code = checked_secret(pass_code, "pass_code")
    payload = {"passCode": code, **phone_fields(number, "phone")}
    return Credentials({"connection": "PASSCODE", "passCodePayload": payload}, code, number)


def sign_in(
    credentials: Credentials, options: Mapping[str, object] | None, app: Mapping[str, str]
) -> Call[SignIn]:
    """Ask for tokens.

    Args:
        credentials: Of the user.
        options: Go out as they are. Source: API reference, signin, options.
        app: Identity of the app where it travels in the body.
    """
    body = encoded({**credentials.fields, **_options(options), **app}, "options")
    secrets = (credentials.secret, *app.values())
    return Call(SIGN_IN, _signed_in, body, phone=credentials.phone, secrets=secrets)


def _home_phone(phone: str | PhoneNumber) -> PhoneNumber:
    """Refuse a foreign number: the password payload has no field for its country code."""
    if isinstance(phone, str) and not phone.lstrip().startswith("+"):
        number = PhoneNumber(re.sub(r"[\s-]", "", phone)) if phone else None
    else:
        number = PhoneNumber.parse(phone, name="phone")
    if number is None or number.country_code not in {None, DEFAULT_COUNTRY_CODE}:
        text = "phone: sign-in by password takes no country code; give the national number alone"
        raise InvalidInput(text).having(field="phone")
    return number


def _options(options: Mapping[str, object] | None) -> dict[str, object]:
    if options is None:
        return {}
    if not isinstance(cast("object", options), Mapping):
        text = (
            "options: give a dict with the keys of the API reference, such as {'scope': 'openid'}"
        )
        raise InvalidInput(text).having(field="options")
    return {"options": {key: value for key, value in options.items() if value is not None}}


def _signed_in(envelope: Envelope) -> SignIn:
    """Read the tokens; `expire_in` is the reference's spelling, `expires_in` that of live answers."""
    if not is_object(envelope.data):
        text = "data: expected an object with tokens"
        raise ShapeError(text)
    data: dict[str, object] = {**envelope.data, "requestId": envelope.request_id}
    data.setdefault("expires_in", data.get("expire_in"))
    data.pop("expires_at", None)
    return read(SignIn, data)
