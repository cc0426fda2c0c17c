"""Health, settings, and the way back to the start."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from genauth_mock.control.request import Json, Objection
from genauth_mock.engine.settings import Settings, read_settings, show_settings

if TYPE_CHECKING:
    from genauth_mock.control.request import Asked, Json
    from genauth_mock.engine.context import Turn


async def health(asked: Asked) -> Json:
    """``GET /_mock/health``: what calls would be answered with too where the store cannot be reached."""
    await asked.deployment.store.check()
    return {
        "status": "ok",
        "version": _version(),
        "appId": asked.deployment.options.app_id,
        "strictApps": asked.deployment.options.strict_apps,
    }


async def get_settings(asked: Asked) -> Json:
    """``GET /_mock/settings``."""
    return await asked.play(lambda turn: dict(show_settings(turn.settings)))


async def set_settings(asked: Asked) -> Json:
    """``POST /_mock/settings``: the names given are changed, the others stay."""
    changes = {name: value for name, value in asked.body.items() if name != "appId"}

    def change(turn: Turn) -> Settings:
        try:
            settings = read_settings(changes, turn.settings)
        except ValueError as error:
            raise Objection(str(error)) from None
        turn.records.put("", settings)
        return settings

    settings = await asked.play(change)
    asked.deployment.events.tell("settings.changed", asked.app_id, settings)
    return dict(show_settings(settings))


async def reset(asked: Asked) -> Json:
    """``POST /_mock/reset``: one app where one is named, else all."""
    asked.check_names()
    if not asked.named_app:
        return {"reset": await asked.deployment.reset_all()}
    await asked.deployment.reset(asked.named_app)
    return {"reset": [asked.named_app]}


@cache
def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - its import takes longer than the answer

    return version("aiogenauth")


async def list_apps(asked: Asked) -> Json:
    """``GET /_mock/apps``: the default app first, then those named at the start, then by age.

    ``messages`` counts what was ever sent for the app, so that an app that is in use stands out.
    """
    deployment = asked.deployment
    options = deployment.options
    used = await deployment.store.app_ids()
    named = dict.fromkeys((options.app_id, *options.known_apps, *used))
    app_ids = [app_id for app_id in named if deployment.apps.knows(app_id)]
    return {
        "apps": [
            {
                "appId": app_id,
                "isDefault": app_id == options.app_id,
                "messages": await deployment.outbox.cursor(app_id),
            }
            for app_id in app_ids
        ]
    }
