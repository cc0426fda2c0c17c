"""Calls about the account as a whole: how well it is protected."""

from __future__ import annotations

from typing import Final

from aiogenauth import shapes
from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.request import get

GET_SECURITY_LEVEL: Final = get("get_security_level", "/api/v3/get-security-info")


class AccountCalls(CallGroup):
    """The account of the signed-in user."""

    async def get_security_level(self) -> shapes.SecurityLevel:
        """Read how well the account of the signed-in user is protected.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, get-security-info.
        """
        return await self._ask(GET_SECURITY_LEVEL, shapes.SecurityLevel)
