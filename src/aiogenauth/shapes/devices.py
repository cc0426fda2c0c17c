"""What the calls about devices answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from aiogenauth.models import Result


@frozen
class Device(Result):
    """A device. Source: API reference, mydevices/list."""

    device_id: str | None = None
    """What `unbind_device` and `revoke_device_session` want."""
    name: str | None = None
    version: str | None = None
    """Of its system."""
    type: str | None = None
    """`"Browser"`, `"Mobile"` or `"Desktop"`."""
    mod: str | None = None
    """Its model."""
    os: str | None = None
    status: str | None = None
    """`"activated"`, `"suspended"` or `"deactivated"`."""
    user_agent: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class DeviceSession(Result):
    """A device that the user has signed in on. Source: API reference, mydevices/list."""

    device: Device | None = None
    last_login_time: datetime | None = None
    last_ip: str | None = None
    online: bool | None = None
    """Whether the user is signed in there now."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)
