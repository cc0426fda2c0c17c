"""Arguments for any method, made from its signature: the next call is tested before anybody thinks of it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from aiogenauth import AuthenticationClient

PHONE = "18898765432"
CANARY = "canary-of-a-call"
SECRET_NAME = re.compile(
    r"pass_?code$|password$|token$|secret$|ticket$|otp$|credential$|recovery_code$|^code$|verifier$",
    re.IGNORECASE,
)
"""Names of parameters, and keys of payloads, that hold a secret."""

_BY_NAME: Mapping[str, object] = {
    "channel": "CHANNEL_LOGIN",
    "email": "ann@x.example",
    "path": "/api/v3/x",
    "redirect_uri": "https://app.example/cb",
    "service": "https://app.example/cb",
    "method": "POST",
}

LEFT_OUT: Mapping[str, frozenset[str]] = {
    "pre_check_code": frozenset({"email_code_payload"}),
    "sign_in_by_credentials": frozenset({"pass_code_payload", "ad_payload", "ldap_payload"}),
    "sign_up": frozenset({"pass_code_payload"}),
    "sign_in_by_mobile": frozenset(
        name
        for name in inspect.signature(AuthenticationClient.sign_in_by_mobile).parameters
        if name.endswith("_payload") and name != "wechat_payload"
    ),
    "verify_reset_password_request": frozenset({"phone_pass_code_payload"}),
    "verify_delete_account_request": frozenset({"email_pass_code_payload", "password_payload"}),
    "request": frozenset({"form", "cast_to"}),
    "introspect_token_offline": frozenset({"server_jwks"}),
}
"""Arguments that do not go together with the others."""


_BY_METHOD: Mapping[str, Mapping[str, object]] = {
    # A token whose key has to be fetched first.
    "introspect_token_offline": {"token": f"eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ.{CANARY}.{CANARY}"},
}
"""Arguments that no type tells of."""


NO_CALLS = {"aclose", "warm_up", "sub_event"}
"""`sub_event` listens on a connection of its own: `test_events.py`."""


def methods() -> dict[str, Callable[..., Any]]:
    """Give every call of the client: its public coroutine methods that take part in the API."""
    found: list[tuple[str, Any]] = inspect.getmembers(
        AuthenticationClient, inspect.iscoroutinefunction
    )
    return {
        name: method for name, method in found if not name.startswith("_") and name not in NO_CALLS
    }


def parameters(method: Callable[..., Any]) -> list[inspect.Parameter]:
    return [each for each in inspect.signature(method).parameters.values() if each.name != "self"]


def arguments(name: str) -> dict[str, Any]:
    """Give a value for each parameter of a method of the client; secrets are `CANARY`."""
    method = methods()[name]
    hints = get_type_hints(method)
    made = {
        each.name: sample(each.name, hints[each.name])
        for each in parameters(method)
        if each.name not in LEFT_OUT.get(name, ()) and each.name != "on_unknown"
    }
    return {**made, **_BY_METHOD.get(name, {})}


def sample(name: str, hint: Any) -> Any:  # noqa: ANN401 - types of any kind
    """Give a value of a type, as the name of the parameter or key wants it."""
    if get_origin(hint) in {Union, UnionType}:
        hint = next(each for each in get_args(hint) if each is not type(None))
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if is_typeddict(hint):
        return {key: sample(key, each) for key, each in get_type_hints(hint).items()}
    if get_origin(hint) in {list, tuple, Sequence}:
        return [sample(name, get_args(hint)[0])]
    if get_origin(hint) in {dict, Mapping} or hint in {dict, Mapping}:
        return {"someKey": CANARY}
    plain: dict[Any, Any] = {bool: True, int: 3, float: 3.5, object: {"someKey": CANARY}}
    return plain[hint] if hint in plain else _text(name)


def _text(name: str) -> object:
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    if snake.endswith("country_code"):
        return "+86"
    if snake == "phone" or snake.endswith("phone_number"):
        return PHONE
    return CANARY if SECRET_NAME.search(snake) else _BY_NAME.get(snake, f"some-{name}")
