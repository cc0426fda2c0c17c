"""Apps, settings, and the way back to the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.control.request import ControlError, Json
from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.engine.settings import Settings, read_settings, show_settings
from genauth_mock.runtime.turns import in_turns

if TYPE_CHECKING:
    from genauth_mock.control.request import ControlRequest, Json
    from genauth_mock.engine.context import CallContext


async def get_settings(request: ControlRequest) -> Json:
    """``GET /_mock/settings``."""
    return await request.run(lambda context: dict(show_settings(context.settings)))


async def set_settings(request: ControlRequest) -> Json:
    """``POST /_mock/settings``: the names given are changed, the others stay."""
    changes = {name: value for name, value in request.body.items() if name != "appId"}

    def change(context: CallContext) -> Settings:
        try:
            settings = read_settings(changes, context.settings)
        except InvalidInput as error:
            raise ControlError(str(error)) from None
        context.records.put("", settings)
        return settings

    settings = await request.run(change)
    request.deployment.events.publish("settings.changed", request.app_id, settings)
    return dict(show_settings(settings))


async def reset(request: ControlRequest) -> Json:
    """``POST /_mock/reset``: one app where one is named, else all."""
    if not request.named_app:
        return {"reset": await request.deployment.reset_all()}
    await request.deployment.reset(request.named_app)
    return {"reset": [request.named_app]}


async def list_apps(request: ControlRequest) -> Json:
    """``GET /_mock/apps``: the default app first, then those named at the start, then by age.

    ``messages`` counts what was ever sent for the app, so that an app that is in use stands out.
    """
    deployment = request.deployment
    options = deployment.options
    used = await deployment.store.app_ids()
    named = dict.fromkeys((options.app_id, *options.known_apps, *used))
    app_ids = in_turns([app_id for app_id in named if deployment.apps.knows(app_id)])
    return {
        "apps": [
            {
                "appId": app_id,
                "isDefault": app_id == options.app_id,
                "messages": await deployment.outbox.cursor(app_id),
            }
            async for app_id in app_ids
        ]
    }
