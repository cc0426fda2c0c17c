"""The whole state of an app, out and in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.control.asking import Json, Objection

if TYPE_CHECKING:
    from genauth_mock.control.asking import Asked


async def dump_state(asked: Asked) -> Json:
    """``GET /_mock/state``: everything that an app has, secrets included."""
    from genauth_mock.dump import dumped  # noqa: PLC0415 - it needs cattrs, which takes a fifth of the start

    await asked.play(lambda _: None)
    return await dumped(asked.deployment, asked.app_id)


async def load_state(asked: Asked) -> Json:
    """``POST /_mock/state``: a state in the place of what the app has."""
    from genauth_mock.dump import BadState, loaded  # noqa: PLC0415 - as above

    await asked.play(lambda _: None)
    try:
        records = await loaded(asked.deployment, asked.app_id, dict(asked.body))
    except BadState as error:
        raise Objection(str(error)) from None
    return {"appId": asked.app_id, "records": records}
