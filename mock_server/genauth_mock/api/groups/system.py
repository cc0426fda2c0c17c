"""What GenAuth tells everybody: ``system``, ``get-country-list``."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from genauth_mock.api.call import Bare, Call, Data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.engine.context import CallContext


def system(context: CallContext, _: Mapping[str, object], __: Mapping[str, str]) -> Bare:
    """``GET /api/v3/system``, without an envelope. There is no SM2 key here: its text is empty.

    Source: API reference, system.
    """
    return Bare(
        {
            "rsa": {"publicKey": context.token_issuer.public_key()},
            "sm2": {"publicKey": ""},
            "version": {"server": "offline", "console": "offline", "login": "offline"},
            "publicIps": [],
        }
    )


def countries(_: CallContext, __: Mapping[str, object], ___: Mapping[str, str]) -> Data:
    """``GET /api/v3/get-country-list``; that the console shows none of its own names is the reference's default."""
    return list(_countries())


@cache
def _countries() -> tuple[object, ...]:
    from importlib.resources import files  # noqa: PLC0415 - its import takes longer than a start can spare

    text = files("genauth_mock.api").joinpath("countries.json").read_text("utf-8")
    kept = cast("dict[str, list[list[str]]]", json.loads(text))
    return tuple(_country(row) for row in kept["countries"])


def _country(row: list[str]) -> object:
    alpha2, alpha3, code, *names = row
    return {
        "alpha2": alpha2,
        "alpha3": alpha3,
        "phoneCountryCode": code,
        "flag": "".join(chr(_FIRST_OF_FLAGS + ord(letter)) for letter in alpha2),
        "name": {
            language: {"enabled": False, "value": name}
            for language, name in zip(_LANGUAGES, names, strict=True)
        },
    }


_LANGUAGES: Final = ("zh-CN", "en-US", "zh-TW", "ja-JP")
"""Source: API reference, get-country-list, name."""

_FIRST_OF_FLAGS: Final = 0x1F1E6 - ord("A")
"""What is added to a letter to make half a flag of it. Source: Unicode, regional indicator symbols."""

CALLS: Final[tuple[Call, ...]] = (
    Call("GET", "/api/v3/system", system, signs=True),
    Call("GET", "/api/v3/get-country-list", countries),
)
