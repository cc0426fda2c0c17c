"""Calls about GenAuth itself."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, sent_to
from genauth_contract.api.endpoint import ANY_TEXT, Endpoint, record
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


def system() -> ApiCall:
    """Read what GenAuth tells everybody. Source: API reference, system."""
    return sent_to(SYSTEM_CALL)
