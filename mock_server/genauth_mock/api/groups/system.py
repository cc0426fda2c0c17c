"""What GenAuth says of itself: ``system``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.api.call import Bare, Call

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


CALLS: Final[tuple[Call, ...]] = (Call("GET", "/api/v3/system", system, signs=True),)
