"""Calls about the devices that a user has signed in on.

Each has the official SDK's name, which is short of a noun, and a clear one beside it.
"""

from __future__ import annotations

from typing import Final

from aiogenauth import shapes
from aiogenauth.calls.arguments import number_if_given, text
from aiogenauth.calls.endpoints import get, post
from aiogenauth.calls.group import CallGroup
from aiogenauth.errors import RevokeOutcomeUnknown, UnbindOutcomeUnknown
from aiogenauth.models import Confirmation

_LIST: Final = "/api/v3/mydevices/list"
_UNBIND: Final = "/api/v3/mydevices/unbind"
_REVOKE: Final = "/api/v3/mydevices/revoke-session"

LIST_DEVICES: Final = get("list_devices", _LIST)
UNBIND_DEVICE: Final = post("unbind_device", _UNBIND, UnbindOutcomeUnknown)
REVOKE_DEVICE_SESSION: Final = post("revoke_device_session", _REVOKE, RevokeOutcomeUnknown)
LIST: Final = get("list", _LIST)
UNBIND: Final = post("unbind", _UNBIND, UnbindOutcomeUnknown)
REVOKE: Final = post("revoke", _REVOKE, RevokeOutcomeUnknown)


class DeviceCalls(CallGroup):
    """Devices that the signed-in user has signed in on."""

    async def list_devices(
        self, page: int | None = None, limit: int | None = None
    ) -> tuple[shapes.DeviceSession, ...]:
        """List the devices of the signed-in user.

        Args:
            page: From 1, which is also what GenAuth takes where it is left out.
            limit: Devices on a page: 10 if left out.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, mydevices/list.
        """
        return await self._ask(
            LIST_DEVICES,
            tuple[shapes.DeviceSession, ...],
            page=number_if_given(page, "page"),
            limit=number_if_given(limit, "limit"),
        )

    async def unbind_device(self, device_id: str) -> Confirmation:
        """Separate a device from the signed-in user.

        Args:
            device_id: `DeviceSession.device.device_id`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.
            UnbindOutcomeUnknown: The answer got lost; `list_devices` shows what holds.

        Source: API reference, mydevices/unbind.
        """
        return await self._ask(UNBIND_DEVICE, Confirmation, deviceId=text(device_id, "device_id"))

    async def revoke_device_session(self, device_id: str) -> Confirmation:
        """Sign the user out on a device.

        Args:
            device_id: `DeviceSession.device.device_id`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.
            RevokeOutcomeUnknown: The answer got lost; `list_devices` shows what holds.

        Source: API reference, mydevices/revoke-session.
        """
        return await self._ask(
            REVOKE_DEVICE_SESSION, Confirmation, deviceId=text(device_id, "device_id")
        )

    async def unbind(self, device_id: str) -> Confirmation:
        """Separate a device from the signed-in user, as `unbind_device`: the official SDK's name.

        Args:
            device_id: `DeviceSession.device.device_id`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.
            UnbindOutcomeUnknown: The answer got lost; `list_devices` shows what holds.

        Source: API reference, mydevices/unbind.
        """
        return await self._ask(UNBIND, Confirmation, deviceId=text(device_id, "device_id"))

    async def revoke(self, device_id: str) -> Confirmation:
        """Sign the user out on a device, as `revoke_device_session`: the official SDK's name.

        Args:
            device_id: `DeviceSession.device.device_id`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.
            RevokeOutcomeUnknown: The answer got lost; `list_devices` shows what holds.

        Source: API reference, mydevices/revoke-session.
        """
        return await self._ask(REVOKE, Confirmation, deviceId=text(device_id, "device_id"))

    async def list(
        self, page: int | None = None, limit: int | None = None
    ) -> tuple[shapes.DeviceSession, ...]:
        """List the devices of the signed-in user, as `list_devices`: the official SDK's name.

        Args:
            page: From 1, which is also what GenAuth takes where it is left out.
            limit: Devices on a page: 10 if left out.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, mydevices/list.
        """
        return await self._ask(
            LIST,
            tuple[shapes.DeviceSession, ...],
            page=number_if_given(page, "page"),
            limit=number_if_given(limit, "limit"),
        )
