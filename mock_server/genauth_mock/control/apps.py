"""The apps that exist, for a person who looks for the one that a test run made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from genauth_mock.control.asking import Asked, Json


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
