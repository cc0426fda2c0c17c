"""Calls about GenAuth itself, which need no user."""

from __future__ import annotations

from typing import Final

from aiogenauth import shapes
from aiogenauth.calls.endpoints import bare, get
from aiogenauth.calls.group import CallGroup
from aiogenauth.protocol import Auth

GET_SYSTEM_INFO: Final = bare(get("get_system_info", "/api/v3/system", Auth.OPTIONAL))
GET_COUNTRY_LIST: Final = get("get_country_list", "/api/v3/get-country-list", Auth.OPTIONAL)


class SystemCalls(CallGroup):
    """What GenAuth tells everybody."""

    async def get_system_info(self) -> shapes.SystemInfo:
        """Return GenAuth's versions, addresses, and the keys that passwords may be encrypted with.

        Source: API reference, system; it answers without an envelope.
        """
        return await self._ask(GET_SYSTEM_INFO, shapes.SystemInfo)

    async def get_country_list(self) -> tuple[shapes.Country, ...]:
        """List the countries that GenAuth knows, with their calling codes.

        Source: API reference, get-country-list.
        """
        return await self._ask(GET_COUNTRY_LIST, tuple[shapes.Country, ...])
