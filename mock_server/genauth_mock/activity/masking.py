"""Secrets out of sight: pass codes, tokens and passwords become ``***``, phone numbers ``188****8888``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from genauth_mock.engine.address import masked as masked_number

if TYPE_CHECKING:
    from collections.abc import Mapping

HIDDEN: Final = "***"

_SECRET: Final = re.compile(
    r"pass_?code|password|passwd|secret|token$|_token|^code$|verifier|captcha|^key$|assertion"
    r"|authorization|cookie|^ticket$|signature|^totp$|recovery_?code|qr_?code_?(uri|data_?url)$"
    r"|^state$|^nonce$|^code_challenge$",  # of a sign-in with a browser; a challenge may be its verifier
    re.IGNORECASE,
)
_NOT_SECRET: Final = frozenset(
    {
        "passwordsecuritylevel",
        "passwordset",
        "passwordencrypttype",
        "passcodepayload",
        "passwordpayload",
        "smscodepayload",
        "emailcodepayload",
        "phonepasscodepayload",
        "emailpasscodepayload",
    }
)
_PHONE_NAME: Final = re.compile(r"phone(_?number)?$|^account$", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?<![\w.+-])(\+?)([0-9]{7,17})(?![\w-])")

_SAFE_HEADERS: Final = frozenset(
    {
        "accept",
        "accept-encoding",
        "accept-language",
        "connection",
        "content-length",
        "content-type",
        "host",
        "user-agent",
        "traceparent",
        "transfer-encoding",
    }
)


def masked_json(value: object, name: str = "") -> object:
    """Return a JSON value without its secrets.

    Args:
        value: The value.
        name: The name it has in the object it is from.
    """
    if value is None or isinstance(value, bool):
        return value
    if _is_secret(name):
        return HIDDEN
    if isinstance(value, dict):
        return {
            key: masked_json(inner, key) for key, inner in cast("dict[str, object]", value).items()
        }
    if isinstance(value, list):
        return [masked_json(inner, name) for inner in cast("list[object]", value)]
    if isinstance(value, str):
        return masked_text(value)
    return masked_number(str(value)) if _PHONE_NAME.search(name) else value


def masked_text(text: str) -> str:
    """Return a text without the phone numbers in it."""
    return _NUMBER.sub(lambda found: found[1] + masked_number(found[2]), text)


def masked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers by lower-case name; of those that are not known to be harmless only the name is shown."""
    return {name.lower(): _header(name.lower(), value) for name, value in headers.items()}


def masked_query(query: Mapping[str, str]) -> dict[str, object]:
    """Return query parameters without their secrets."""
    return {name: masked_json(value, name) for name, value in query.items()}


def _header(name: str, value: str) -> str:
    if name == "authorization":
        scheme, space, _ = value.partition(" ")
        return f"{scheme} {HIDDEN}" if space else HIDDEN
    if name in _SAFE_HEADERS:
        return value
    is_ours = name.startswith(("x-genauth-", "x-authing-"))
    return value if is_ours and not _SECRET.search(name) else HIDDEN


def _is_secret(name: str) -> bool:
    return bool(_SECRET.search(name)) and name.lower() not in _NOT_SECRET
