"""Push messages to sign in by: a person, or a test, sees them here and decides, as the user would on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.control.request import ControlError
from genauth_mock.engine import push_codes
from genauth_mock.engine.outcomes import Refusal
from genauth_mock.engine.profile import timestamp
from genauth_mock.engine.push_codes import PushAction, PushCode
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from genauth_mock.control.request import ControlRequest, Json
    from genauth_mock.engine.context import CallContext


@json_shape
class Decision:
    """Body of ``POST /_mock/push-codes/{pushCodeId}``."""

    action: PushAction = PushAction.CONFIRM


async def list_push_codes(request: ControlRequest) -> Json:
    """``GET /_mock/push-codes``: those of the app, newest first."""
    shown = await request.run(
        lambda context: [_shown(context, code) for code in context.records.all(PushCode)]
    )
    return {"pushCodes": shown[::-1]}


async def decide_push_code(request: ControlRequest) -> Json:
    """``POST /_mock/push-codes/{pushCodeId}``: confirmed, unless ``action`` is ``CANCEL``."""
    action, push_code_id = request.read(Decision).action, request.path["pushCodeId"]

    def decide(context: CallContext) -> Json | Refusal:
        try:
            push_codes.decide(context, push_code_id, action)
        except Refusal as refusal:
            return refusal.with_traceback(None)
        return _shown(context, push_codes.known(context, push_code_id))

    decided = await request.run(decide)
    if isinstance(decided, Refusal):
        message = f"{push_code_id!r} cannot be decided: {decided.why['rule']}"
        is_known = decided.outcome.name == "PUSH_CODE_OUT_OF_TURN"
        raise ControlError(message, status=409 if is_known else 404)
    return decided


def _shown(context: CallContext, code: PushCode) -> Json:
    return {
        "pushCodeId": code.push_code_id,
        "userId": code.user_id,
        "status": code.status_at(context.now),
        "sentAt": timestamp(code.sent_at),
        "expiresAt": timestamp(code.expires_at),
    }
