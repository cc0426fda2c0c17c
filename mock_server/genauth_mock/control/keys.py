"""The signing keys of the server: another one takes over, and those before go when their tokens have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from genauth_mock.engine.json_values import camel_cased

if TYPE_CHECKING:
    from datetime import datetime

    from genauth_mock.control.request import ControlRequest, Json
    from genauth_mock.engine.context import CallContext


@frozen(field_transformer=camel_cased)
class KeyRotation:
    """Body of ``POST /_mock/keys/rotate``."""

    forget: bool | None = None


async def rotate_keys(request: ControlRequest) -> Json:
    """``POST /_mock/keys/rotate``: a new key signs; the one before stays published until its tokens have expired."""
    asked = request.read(KeyRotation)
    now, until = await request.run(_now_and_until)
    ring = await request.deployment.token_issuers.rotate(now, until, forget=bool(asked.forget))
    before = [key.signer.kid for key in ring.retired]
    return {"kid": ring.signer.kid, "published": [ring.signer.kid, *before]}


def _now_and_until(context: CallContext) -> tuple[datetime, datetime]:
    return context.now, context.now + context.settings.access_token_lifetime
