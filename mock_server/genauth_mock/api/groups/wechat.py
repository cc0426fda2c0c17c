"""What an app needs of WeChat and Alipay, as the setting ``extIdps`` has it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from attrs import evolve, field

from genauth_mock.api.call import Call, checked_first, post
from genauth_mock.api.queries import text_of
from genauth_mock.engine import ext_idps
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Json
    from genauth_mock.engine.context import CallContext

TOKEN_LIFETIME: Final = timedelta(hours=2)
"""How long an access token of WeChat is good. Source: WeChat's documents, getAccessToken, expires_in."""


@json_shape
class DecryptData:
    """Body of ``POST /api/v3/decrypt-wechat-miniprogram-data``."""

    ext_idp_connidentifier: str = field(alias="extIdpConnidentifier")
    encrypted_data: str = field(alias="encryptedData", repr=False)
    iv: str
    code: str = field(repr=False)


@json_shape
class AppAtWechat:
    """Body of ``POST /api/v3/get-wechat-access-token`` and ``get-wechat-access-token-info``."""

    app_id: str = field(alias="appId")
    app_secret: str = field(alias="appSecret", repr=False)


def alipay_auth_info(
    context: CallContext, _: Mapping[str, object], query: Mapping[str, str]
) -> Json:
    """``GET /api/v3/get-alipay-authinfo``: what the connection has as ``authInfo``."""
    identifier = text_of(query, "extIdpConnidentifier")
    idp = ext_idps.connection(context, identifier)
    if idp.auth_info is None:
        raise ext_idps.not_imitated(_ALIPAY)
    return {"authInfo": idp.auth_info}


def decrypt(context: CallContext, body: DecryptData) -> Json:
    """``POST /api/v3/decrypt-wechat-miniprogram-data``: what the account has as ``data`` that the code stands for."""
    idp = ext_idps.connection(context, body.ext_idp_connidentifier)
    return dict(ext_idps.account_with_code(idp, body.code).data)


def access_token(context: CallContext, body: AppAtWechat) -> Json:
    """``POST /api/v3/get-wechat-access-token`` and ``get-wechat-access-token-info``.

    Source: API reference: seconds since 1970, as a text.
    """
    held = ext_idps.wechat_token(context, (body.app_id, body.app_secret), TOKEN_LIFETIME)
    return {"accessToken": held.token, "expiresAt": str(int(held.expires_at.timestamp()))}


_ALIPAY: Final = "get-alipay-authinfo"


def _where_connected(call: Call) -> Call:
    return checked_first(
        call, lambda context: ext_idps.check_any(context, call.path.removeprefix("/api/v3/"))
    )


CALLS: Final[tuple[Call, ...]] = tuple(
    evolve(call, is_partial=True)
    for call in (
        _where_connected(Call("GET", f"/api/v3/{_ALIPAY}", alipay_auth_info)),
        _where_connected(post("/api/v3/decrypt-wechat-miniprogram-data", DecryptData, decrypt)),
        *(
            checked_first(post(f"/api/v3/{name}", AppAtWechat, access_token), ext_idps.wechat_apps)
            for name in ("get-wechat-access-token", "get-wechat-access-token-info")
        ),
    )
)
