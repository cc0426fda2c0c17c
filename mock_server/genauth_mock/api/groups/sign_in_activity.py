"""Where and when the signed-in user signed in: ``get-my-login-history``, and ``mydevices/...``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field

from genauth_mock.api.call import Call, reads, signed_in
from genauth_mock.api.queries import flag_of, moment_of, page_of
from genauth_mock.engine import sign_in_activity
from genauth_mock.engine.memberships import App
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.profile import timestamp
from genauth_mock.engine.sign_in_activity import activity_of
from genauth_mock.engine.user_agents import read_user_agent
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from genauth_mock.api.call import Data, Json
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.sign_in_activity import Device, LoggedSignIn

    Query = Mapping[str, str]


@json_shape
class NamedDevice:
    """Body of ``POST /api/v3/mydevices/unbind`` and ``mydevices/revoke-session``."""

    device_id: str = field(alias="deviceId")


def login_history(context: CallContext, query: Query) -> Data:
    """``GET /api/v3/get-my-login-history``, newest first, which is assumed.

    All of it is of the app that is asked: a user of one app is none of another here. Where on Earth a sign-in came from
    is left out.
    """
    wanted = list(_wanted(context, query))
    return {
        "totalCount": len(wanted),
        "list": [_shown_sign_in(context, each) for each in page_of(wanted, query)],
    }


def _wanted(context: CallContext, query: Query) -> Iterator[LoggedSignIn]:
    success, address = flag_of(query, "success"), query.get("clientIp") or None
    start, end = moment_of(query, "start"), moment_of(query, "end")
    if query.get("appId") not in (None, "", context.app_id):
        return
    for each in reversed(activity_of(context, context.signed_in_user()).logged):
        fits = (
            success in (None, not each.refused_with)
            and address in (None, each.client_ip)
            and (start is None or each.at >= start)
            and (end is None or each.at <= end)
        )
        if fits:
            yield each


def _shown_sign_in(context: CallContext, each: LoggedSignIn) -> Json:
    user, agent = context.signed_in_user(), read_user_agent(each.user_agent)
    held = {app.app_id: app for app in user.memberships.apps}
    app = held.get(context.app_id) or App(context.app_id)
    shown: Json = {
        "userId": user.user_id,
        "appId": app.app_id,
        "appName": app.app_name,
        "appLoginUrl": app.app_login_url,
        "appLogo": app.app_logo,
        "loginAt": timestamp(each.at),
        "clientIp": each.client_ip,
        "success": not each.refused_with,
        "userAgent": each.user_agent,
        "parsedUserAgent": {"device": agent.form, "browser": agent.browser, "os": agent.system},
        "loginMethod": each.method,
    }
    if each.refused_with:
        said = context.error_codes[Outcome[each.refused_with]]
        shown["errorMessage"] = said.message(context.language, "")
    return shown


def devices(context: CallContext, query: Query) -> Data:
    """``GET /api/v3/mydevices/list``, the one that was used last first, which is assumed."""
    held = activity_of(context, context.signed_in_user()).devices
    return [_shown_device(context, each) for each in page_of(held[::-1], query)]


def _shown_device(context: CallContext, device: Device) -> Json:
    agent = read_user_agent(device.user_agent)
    return {
        "device": {
            "deviceId": device.device_id,
            "name": agent.browser,
            "type": agent.kind,
            "os": agent.system,
            "status": "activated",
            "userAgent": device.user_agent,
        },
        "lastLoginTime": timestamp(device.last_login_at),
        "lastIp": device.last_ip,
        "online": sign_in_activity.is_online(context, context.signed_in_user(), device),
    }


def unbind(context: CallContext, body: NamedDevice) -> None:
    """``POST /api/v3/mydevices/unbind``."""
    sign_in_activity.forget_device(context, body.device_id)


def revoke_session(context: CallContext, body: NamedDevice) -> None:
    """``POST /api/v3/mydevices/revoke-session``."""
    sign_in_activity.sign_out(context, body.device_id)


CALLS: Final[tuple[Call, ...]] = (
    reads("/api/v3/get-my-login-history", login_history),
    reads("/api/v3/mydevices/list", devices),
    signed_in("/api/v3/mydevices/unbind", NamedDevice, unbind),
    signed_in("/api/v3/mydevices/revoke-session", NamedDevice, revoke_session),
)
