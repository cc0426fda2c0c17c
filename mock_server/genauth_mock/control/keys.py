"""The signing keys of the server: another one takes over, and those before go when their tokens have, or at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from genauth_mock.api.oidc_clients import kid_of
from genauth_mock.engine.accounts import AccessToken
from genauth_mock.engine.context import Caller
from genauth_mock.engine.json_values import camel_cased
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from datetime import datetime

    from genauth_mock.control.request import ControlRequest, Json
    from genauth_mock.engine.context import CallContext


@frozen(field_transformer=camel_cased)
class KeyRotation:
    """Body of ``POST /_mock/keys/rotate``."""

    forget: bool | None = None


async def rotate_keys(request: ControlRequest) -> Json:
    """``POST /_mock/keys/rotate``: a new key signs; the one before stays published until its tokens have expired.

    Where it is forgotten, the access tokens that it signed are refused from then on, as by whoever verifies them.
    That GenAuth looks at the key again is assumed: the library of `genauth_mock.api.oauth_errors` compares their text.
    """
    asked = request.read(KeyRotation)
    now, until = await request.run(_now_and_until)
    deployment = request.deployment
    ring = await deployment.token_issuers.rotate(now, until, forget=bool(asked.forget))
    published = [ring.signer.kid, *(key.signer.kid for key in ring.retired)]
    if asked.forget:
        drop = partial(_drop_tokens_of_other_keys, frozenset(published))
        for app_id in await deployment.store.app_ids():
            await deployment.run(Caller(app_id), drop)
    return {"kid": ring.signer.kid, "published": published}


def _drop_tokens_of_other_keys(kids: frozenset[str], context: CallContext) -> None:
    """Drop the access tokens that none of the keys has signed; one that was chosen by hand has no key, and stays."""
    for token, _ in list(context.records.filed(AccessToken)):
        if (kid_of(token) or "") not in {"", *kids}:
            context.records.delete(AccessToken, token)


def _now_and_until(context: CallContext) -> tuple[datetime, datetime]:
    return context.now, context.now + context.settings.access_token_lifetime
