"""Sign-ins by a second device: a person, or a test, sees the QR codes and push messages here, and decides by them.

What a user would do on a phone is done in the user's name: scan a QR code, confirm it or refuse it, and confirm or
refuse a push message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field

from genauth_mock.control.request import ControlError
from genauth_mock.engine import push_codes, qr_codes
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.profile import timestamp
from genauth_mock.engine.push_codes import PushAction, PushCode
from genauth_mock.engine.qr_codes import QrAction, QrCode
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from genauth_mock.control.request import ControlRequest, Json
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext


@json_shape
class QrChange:
    """Body of ``POST /_mock/qr-codes/{qrcodeId}``; who scanned it decides unless another user is named."""

    action: QrAction
    user_id: str | None = field(default=None, alias="userId")


async def list_qr_codes(request: ControlRequest) -> Json:
    """``GET /_mock/qr-codes``: those of the app, newest first."""
    shown = await request.run(
        lambda context: [_shown_qr(context, *each) for each in context.records.filed(QrCode)]
    )
    return {"qrCodes": shown[::-1]}


async def change_qr_code(request: ControlRequest) -> Json:
    """``POST /_mock/qr-codes/{qrcodeId}``: ``SCAN`` it as a user, then ``CONFIRM`` or ``CANCEL`` it."""
    body, qrcode_id = request.read(QrChange), request.path["qrcodeId"]

    def change(context: CallContext) -> Json:
        code = context.records.get(QrCode, qrcode_id)
        if code is None:
            message = f"{qrcode_id!r} is not a QR code of app {request.app_id!r}"
            raise ControlError(message, status=404)
        user = _user(context, body.user_id or code.user_id)
        try:
            qr_codes.change_as(context, user, qrcode_id, body.action)
        except Refusal as refusal:
            message = f"{qrcode_id!r} cannot be changed: {refusal.why['rule']}"
            raise ControlError(message, status=409) from None
        return _shown_qr(context, qrcode_id, context.records.get(QrCode, qrcode_id) or code)

    return await request.run(change)


def _user(context: CallContext, user_id: str) -> User:
    user = context.user(user_id) if user_id else None
    if user is None:
        message = "userId must be the id of a user of the app: who scans the code"
        raise ControlError(message)
    return user


def _shown_qr(context: CallContext, qrcode_id: str, code: QrCode) -> Json:
    return {
        "qrcodeId": qrcode_id,
        "status": code.status_at(context.now),
        "userId": code.user_id or None,
        "expiresAt": timestamp(code.expires_at),
    }


@json_shape
class Decision:
    """Body of ``POST /_mock/push-codes/{pushCodeId}``."""

    action: PushAction = PushAction.CONFIRM


async def list_push_codes(request: ControlRequest) -> Json:
    """``GET /_mock/push-codes``: those of the app, newest first."""
    shown = await request.run(
        lambda context: [_shown_push(context, code) for code in context.records.all(PushCode)]
    )
    return {"pushCodes": shown[::-1]}


async def decide_push_code(request: ControlRequest) -> Json:
    """``POST /_mock/push-codes/{pushCodeId}``: confirmed, unless ``action`` is ``CANCEL``."""
    action, push_code_id = request.read(Decision).action, request.path["pushCodeId"]

    def decide(context: CallContext) -> Json:
        try:
            push_codes.decide(context, push_code_id, action)
        except Refusal as refusal:
            message = f"{push_code_id!r} cannot be decided: {refusal.why['rule']}"
            is_known = refusal.outcome is Outcome.PUSH_CODE_OUT_OF_TURN
            raise ControlError(message, status=409 if is_known else 404) from None
        return _shown_push(context, push_codes.known(context, push_code_id))

    return await request.run(decide)


def _shown_push(context: CallContext, code: PushCode) -> Json:
    return {
        "pushCodeId": code.push_code_id,
        "userId": code.user_id,
        "status": code.status_at(context.now),
        "sentAt": timestamp(code.sent_at),
        "expiresAt": timestamp(code.expires_at),
    }
