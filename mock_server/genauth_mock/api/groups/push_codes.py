"""Signing in by a push message: sent, asked for, confirmed or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import evolve, field

from genauth_mock.api.call import Bare, Call, post, signed_in
from genauth_mock.api.fields import CustomDataOptions
from genauth_mock.api.queries import text_of
from genauth_mock.engine import push_codes
from genauth_mock.engine.push_codes import LIFETIME, PushAction
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Data, Json
    from genauth_mock.engine.context import CallContext


@json_shape
class SignInByPush:
    """Body of ``POST /api/v3/signin-by-push``."""

    account: str
    options: CustomDataOptions | None = None


@json_shape
class ChangePushCodeStatus:
    """Body of ``POST /api/v3/change-pushcode-status``."""

    push_code_id: str = field(alias="pushCodeId")
    action: Literal["CONFIRM", "CANCEL"]


@json_shape
class RelatedApps:
    """Body of ``POST /api/v3/get-pushlogin-relation-apps``."""

    push_code_id: str = field(alias="pushCodeId")
    app_id: str = field(alias="appId")


def signin_by_push(context: CallContext, body: SignInByPush) -> Json:
    """``POST /api/v3/signin-by-push``."""
    options = body.options or CustomDataOptions()
    code = push_codes.push(context, body.account, options.scope, options.custom_data)
    return {"pushCodeId": code.push_code_id, "expireTime": int(LIFETIME.total_seconds())}


def check_pushcode_status(
    context: CallContext, _: Mapping[str, object], query: Mapping[str, str]
) -> Data:
    """``GET /api/v3/check-pushcode-status``, in an envelope as the reference has it."""
    push_code_id = text_of(query, "pushCodeId")
    return push_codes.look_at(context, push_code_id)


def change_pushcode_status(context: CallContext, body: ChangePushCodeStatus) -> Bare:
    """``POST /api/v3/change-pushcode-status``.

    Source: official Node SDK: it has no envelope; what it has instead is assumed.
    """
    action = PushAction(body.action)
    return Bare({"status": push_codes.change(context, body.push_code_id, action)})


def set_pushcode_status(context: CallContext, body: ChangePushCodeStatus) -> Json:
    """``POST /api/v3/set-pushcode-status``: the twin in an envelope. Source: official Node SDK of 2025."""
    push_codes.change(context, body.push_code_id, PushAction(body.action))
    return {"success": True}


def get_pushlogin_relation_apps(context: CallContext, body: RelatedApps) -> Json:
    """``POST /api/v3/get-pushlogin-relation-apps``: the app that asked; that it is the only one is assumed."""
    push_codes.known(context, body.push_code_id)
    return {"appIds": [body.app_id]}


CALLS: Final[tuple[Call, ...]] = (
    evolve(post("/api/v3/signin-by-push", SignInByPush, signin_by_push), takes_headers=True),
    Call("GET", "/api/v3/check-pushcode-status", check_pushcode_status, signs=True),
    signed_in("/api/v3/change-pushcode-status", ChangePushCodeStatus, change_pushcode_status),
    signed_in("/api/v3/set-pushcode-status", ChangePushCodeStatus, set_pushcode_status),
    post("/api/v3/get-pushlogin-relation-apps", RelatedApps, get_pushlogin_relation_apps),
)
