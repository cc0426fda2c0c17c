"""Calls about GenAuth itself."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, sent_to
from genauth_contract.api.endpoint import ANY_TEXT, FLAG, Endpoint, Named, record
from genauth_contract.outcomes.oidc import GRANTED

SYSTEM_CALL: Final = Endpoint(
    "system",
    "Read the versions, and the keys that passwords may be encrypted with.",
    data=record(
        "System",
        {
            "rsa": record("RsaKey", {"publicKey": ANY_TEXT}),
            "sm2": record("Sm2Key", {"publicKey": ANY_TEXT}),
            "version": record(
                "Versions", {"server": ANY_TEXT, "console": ANY_TEXT, "login": ANY_TEXT}
            ),
            "publicIps": {"type": "array", "items": ANY_TEXT},
        },
    ),
    ends=(GRANTED,),
)

_NAME: Final = record("CountryName", {"enabled": FLAG, "value": ANY_TEXT})
_COUNTRY: Final = record(
    "Country",
    {
        **dict.fromkeys(("alpha2", "alpha3", "phoneCountryCode", "flag"), ANY_TEXT),
        "name": record("CountryNames", dict.fromkeys(("zh-CN", "en-US", "zh-TW", "ja-JP"), _NAME)),
    },
)
COUNTRIES_CALL: Final = Endpoint(
    "get-country-list",
    "List the countries with their calling codes.",
    data=Named("Countries", {"type": "array", "items": _COUNTRY}),
)


def system() -> ApiCall:
    """Read what GenAuth tells everybody. Source: API reference, system."""
    return sent_to(SYSTEM_CALL)


def countries() -> ApiCall:
    """List the countries. Source: API reference, get-country-list."""
    return sent_to(COUNTRIES_CALL)
