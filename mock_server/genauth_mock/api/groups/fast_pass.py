"""Signing an app in by a QR code that the user shows, who is signed in to a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import evolve, field

from genauth_mock.api.call import Call, signed_in, signs_in
from genauth_mock.api.fields import CustomDataOptions
from genauth_mock.api.queries import text_of
from genauth_mock.engine import fast_pass
from genauth_mock.engine.profile import brief
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Json
    from genauth_mock.engine.context import CallContext

    Query = Mapping[str, str]


@json_shape
class GeneFastPass:
    """Body of ``POST /api/v3/gene-fastpass-qrcode-info``."""

    options: CustomDataOptions | None = None


@json_shape
class AppLogin:
    """Body of ``POST /api/v3/qrcode-app-login``."""

    qrcode_id: str = field(alias="qrcodeId")
    action: Literal["APP_LOGIN"]


def gene_qrcode_info(context: CallContext, body: GeneFastPass) -> Json:
    """``POST /api/v3/gene-fastpass-qrcode-info``; what ``scene`` and the user pool are called is assumed."""
    options = body.options or CustomDataOptions()
    user = context.signed_in_user()
    name, photo = brief(user)
    return {
        "scene": "APP_LOGIN",
        "qrcodeId": fast_pass.show(context, options.scope, options.custom_data),
        "apiHost": context.base_url,
        "user": {"id": user.user_id, "displayName": name, "photo": photo},
        "appId": context.app_id,
        "userpool": {"id": context.app_id, "displayName": context.app_id, "photo": ""},
    }


def client_apps(context: CallContext, _: Mapping[str, object], query: Query) -> Json:
    """``GET /api/v3/get-fastpass-client-apps``: the app that is named; that it is the only one is assumed."""
    named = {name: text_of(query, name) for name in ("qrcodeId", "appId")}
    fast_pass.scan(context, named["qrcodeId"])
    return {"relationApps": [{"id": named["appId"], "name": named["appId"], "logo": ""}]}


def status(context: CallContext, _: Mapping[str, object], query: Query) -> Json:
    """``GET /api/v3/get-app-login-qrcode-status``, in an envelope as the reference has it."""
    qrcode_id = text_of(query, "qrcodeId")
    code = fast_pass.known(context, qrcode_id)
    return {"status": code.status_at(context.now)}


def app_login(context: CallContext, body: AppLogin) -> Json:
    """``POST /api/v3/qrcode-app-login``."""
    return fast_pass.use(context, body.qrcode_id).to_response("bearer")


CALLS: Final[tuple[Call, ...]] = (
    evolve(
        signed_in("/api/v3/gene-fastpass-qrcode-info", GeneFastPass, gene_qrcode_info), signs=True
    ),
    Call("GET", "/api/v3/get-fastpass-client-apps", client_apps),
    Call("GET", "/api/v3/get-app-login-qrcode-status", status),
    signs_in("/api/v3/qrcode-app-login", AppLogin, app_login),
)
