"""The sign-in call in its variants, and the call of any other path. Pure, as `endpoints`."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeVar, cast
from urllib.parse import urlencode

from aiogenauth.arguments import checked_secret, checked_text
from aiogenauth.endpoints import phone_fields
from aiogenauth.errors import InvalidInput, OutcomeUnknown, ReadOutcomeUnknown, SignInOutcomeUnknown
from aiogenauth.json_text import ShapeError, encode, is_object
from aiogenauth.protocol import Call, Endpoint, Kind, Login
from aiogenauth.reading import read
from aiogenauth.secrets import Secret
from aiogenauth.vocabulary import DEFAULT_COUNTRY_CODE, PhoneNumber
from aiogenauth.wire import Envelope, SignIn

T = TypeVar("T")

SIGN_IN: Final = Endpoint(
    "sign_in", "POST", "/api/v3/signin", Kind.ONE_TIME, Login.NEVER, SignInOutcomeUnknown
)
"""Every variant is this one call. Source: API reference, signin."""


def by_password(
    key: str,
    name: str | PhoneNumber,
    password: str,
    options: Mapping[str, object] | None,
    app: Mapping[str, str],
) -> Call[SignIn]:
    """Sign in with a password.

    Args:
        key: What the name is: `account`, `username`, `email` or `phone`.
        name: Who signs in.
        password: The password, in clear; GenAuth's `passwordEncryptType` is `none` unless told.
        options: Goes out as it is. Source: API reference, signin, options.
        app: Identity of the app where it travels in the body.
    """
    secret = Secret(checked_text(password, "password"))
    phone = _home_phone(name) if key == "phone" else None
    who = phone.national_number if phone else checked_text(name, key)
    payload = {key: who, "password": secret}
    body = {"connection": "PASSWORD", "passwordPayload": payload, **_options(options), **app}
    return _call(body, phone, (secret, *app.values()))


def by_phone_pass_code(
    phone: str | PhoneNumber,
    pass_code: str,
    phone_country_code: str | None,
    options: Mapping[str, object] | None,
    app: Mapping[str, str],
) -> Call[SignIn]:
    """Sign in with a texted code of the channel `CHANNEL_LOGIN`."""
    number = PhoneNumber.parse(phone, phone_country_code, name="phone")
    code = checked_secret(pass_code, "pass_code")
    payload = {"passCode": code, **phone_fields(number, "phone")}
    body = {"connection": "PASSCODE", "passCodePayload": payload, **_options(options), **app}
    return _call(body, number, (code, *app.values()))


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


def _call(
    body: Mapping[str, object], phone: PhoneNumber | None, secrets: tuple[str, ...]
) -> Call[SignIn]:
    return Call(SIGN_IN, _signed_in, encoded(body, "options"), phone=phone, secrets=secrets)


def _signed_in(envelope: Envelope) -> SignIn:
    """Read the tokens; `expire_in` is the reference's spelling, `expires_in` that of live answers."""
    if not is_object(envelope.data):
        text = "data: expected an object with tokens"
        raise ShapeError(text)
    data: dict[str, object] = {**envelope.data, "requestId": envelope.request_id}
    data.setdefault("expires_in", data.get("expire_in"))
    data.pop("expires_at", None)
    return read(SignIn, data)


_PATH: Final = re.compile(r"/(?!/)[!-~]*")


def any_call(  # noqa: PLR0913 - each is one part of an HTTP request
    method: str,
    path: str,
    *,
    json: Mapping[str, object] | None,
    form: Mapping[str, str] | None,
    params: Mapping[str, str] | None,
    cast_to: type[T] | None,
) -> Call[T | object]:
    """Describe a call of a path that this package has no method for."""
    method = method.upper()
    if method not in {"GET", "POST"}:
        text = "method: GenAuth knows GET and POST only"
        raise InvalidInput(text).having(field="method")
    if not _PATH.fullmatch(path) or "#" in path:
        text = "path: give a path on the app host that begins with one slash, '/api/v3/...'"
        raise InvalidInput(text).having(field="path")
    if (json is not None and form is not None) or (method == "GET" and (json or form)):
        text = "json: a POST has either json or form, and a GET has neither"
        raise InvalidInput(text).having(field="json")
    endpoint = _endpoint(method, path)
    body, content_type = _body(method, json, form)
    answer = _whole_data if cast_to is None else _cast(cast_to)
    secrets = tuple(_texts((json, form, params)))
    return Call(endpoint, answer, body, params, secrets=secrets, content_type=content_type)


_TELLING: Final = 4
"""Characters of the shortest text in a body that is kept out of errors: `+86` tells nothing."""


def _texts(value: object) -> Iterator[str]:
    """Find every text in a body: any of them may be a secret."""
    if isinstance(value, str) and len(value) >= _TELLING:
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(tuple(cast("Mapping[str, object]", value).values()))
    elif isinstance(value, (list, tuple)):
        for each in cast("list[object]", value):
            yield from _texts(each)


def _endpoint(method: str, path: str) -> Endpoint:
    kind = Kind.READ if method == "GET" else Kind.CHANGE
    unknown = ReadOutcomeUnknown if method == "GET" else OutcomeUnknown
    is_oidc = path.startswith(("/oidc/", "/oauth/"))
    return Endpoint(
        "request", method, path, kind, Login.OPTIONAL, unknown, has_envelope=not is_oidc
    )


def _body(
    method: str, json: Mapping[str, object] | None, form: Mapping[str, str] | None
) -> tuple[bytes | None, str]:
    if form is not None:
        return _form(form), "application/x-www-form-urlencoded"
    if method == "GET":
        return None, "application/json"
    return encoded(json or {}, "json"), "application/json"


def _form(form: Mapping[str, str]) -> bytes:
    try:
        return urlencode(form).encode()
    except (TypeError, ValueError):
        text = "form: give a dict of strings that can be sent as UTF-8"
        raise InvalidInput(text).having(field="form") from None


def _whole_data(envelope: Envelope) -> object:
    return envelope.data


def _cast(shape: type[T]) -> Callable[[Envelope], T]:
    def answer(envelope: Envelope) -> T:
        return cast("T", envelope) if shape is Envelope else read(shape, envelope.data)

    return answer


def encoded(body: Mapping[str, object], name: str) -> bytes:
    """Encode a body that has parts of the caller's making.

    Raises:
        InvalidInput: Something in it is no JSON.
    """
    try:
        return encode(body)
    except (TypeError, ValueError, RecursionError):
        text = f"{name}: holds something that cannot be written as JSON"
        raise InvalidInput(text).having(field=name) from None
