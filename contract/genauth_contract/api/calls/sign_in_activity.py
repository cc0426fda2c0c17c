"""Calls about where and when the signed-in user signed in."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, asked_of, sent_to
from genauth_contract.api.endpoint import (
    ANY_TEXT,
    FLAG,
    MOMENT,
    Endpoint,
    Named,
    number,
    one_of,
    record,
    text,
)
from genauth_contract.outcomes.models import User
from genauth_contract.outcomes.own_things import UNKNOWN_DEVICE
from genauth_contract.outcomes.requests import INVALID_ARGUMENT

_LOGIN: Final = record(
    "Login",
    {
        **dict.fromkeys(("userId", "appId", "appName", "appLoginUrl", "appLogo"), ANY_TEXT),
        "loginAt": ANY_TEXT,
        "clientIp": ANY_TEXT,
        "success": FLAG,
        "userAgent": ANY_TEXT,
        "parsedUserAgent": record(
            "ParsedUserAgent", dict.fromkeys(("device", "browser", "os"), ANY_TEXT)
        ),
        "loginMethod": ANY_TEXT,
    },
    {"errorMessage": ANY_TEXT, "tenantId": ANY_TEXT},
)
_DEVICE: Final = record(
    "Device",
    {"deviceId": ANY_TEXT, "type": one_of("Browser", "Mobile", "Desktop")},
    {
        **dict.fromkeys(("name", "version", "mod", "os", "userAgent"), ANY_TEXT),
        "status": one_of("activated", "suspended", "deactivated"),
    },
)
_DEVICE_SESSION: Final = record(
    "DeviceSession",
    {"device": _DEVICE, "lastLoginTime": MOMENT, "online": FLAG},
    {"lastIp": ANY_TEXT},
)
_NAMED_DEVICE: Final = record("NamedDevice", {"deviceId": text()})

LOGIN_HISTORY_CALL: Final = Endpoint(
    "get-my-login-history",
    "List the sign-ins, those that failed too.",
    data=record(
        "LoginHistory", {"totalCount": number(), "list": {"type": "array", "items": _LOGIN}}
    ),
    needs_user=True,
    ends=(INVALID_ARGUMENT,),
    flags=("success",),
    query={
        "appId": ANY_TEXT,
        "clientIp": ANY_TEXT,
        **dict.fromkeys(("start", "end", "page", "limit"), number()),
    },
    sdk_method="get_login_history",
)
DEVICES_CALL: Final = Endpoint(
    "mydevices-list",
    "List the devices that the user signed in on.",
    data=Named("DeviceSessions", {"type": "array", "items": _DEVICE_SESSION}),
    needs_user=True,
    ends=(INVALID_ARGUMENT,),
    path="/api/v3/mydevices/list",
    query={"page": number(), "limit": number()},
    sdk_method="list_devices",
)
UNBIND_DEVICE_CALL: Final = Endpoint(
    "mydevices-unbind",
    "Sign the user out on a device, and take it off the list.",
    request=_NAMED_DEVICE,
    needs_user=True,
    ends=(UNKNOWN_DEVICE,),
    path="/api/v3/mydevices/unbind",
    sdk_method="unbind_device",
)
REVOKE_SESSION_CALL: Final = Endpoint(
    "mydevices-revoke-session",
    "Sign the user out on a device.",
    request=_NAMED_DEVICE,
    needs_user=True,
    ends=(UNKNOWN_DEVICE,),
    path="/api/v3/mydevices/revoke-session",
    sdk_method="revoke_device_session",
)


def login_history(user: User, **query: str) -> ApiCall:
    """List sign-ins. Source: API reference, get-my-login-history."""
    return asked_of(LOGIN_HISTORY_CALL, query, user)


def list_devices(user: User, **query: str) -> ApiCall:
    """List devices. Source: API reference, mydevices/list."""
    return asked_of(DEVICES_CALL, query, user)


def unbind_device(user: User, device_id: str) -> ApiCall:
    """Take a device off the list. Source: API reference, mydevices/unbind."""
    return sent_to(UNBIND_DEVICE_CALL, {"deviceId": device_id}, user)


def revoke_session(user: User, device_id: str) -> ApiCall:
    """Sign out on a device. Source: API reference, mydevices/revoke-session."""
    return sent_to(REVOKE_SESSION_CALL, {"deviceId": device_id}, user)
