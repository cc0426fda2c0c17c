"""Outcomes of the calls that sign a user in by a QR code."""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.outcome import ExpectedReply, Outcome

UNKNOWN_QR_CODE: Final = Outcome(
    "UNKNOWN_QR_CODE",
    ExpectedReply(499, 500, "无效二维码"),
    (),
    "statusCode of any refusal by a rule; text and apiCode: what clients were seen to take",
    alternatives=(
        ExpectedReply(404, None),
        ExpectedReply(499, None),
        ExpectedReply(500, 500, sdk_error="ServerFailed"),
        ExpectedReply(500, None, sdk_error="ServerFailed"),
    ),
    sdk_error="ApiError",
)
QR_CODE_OUT_OF_TURN: Final = Outcome(
    "QR_CODE_OUT_OF_TURN",
    ExpectedReply(499, None, "二维码当前状态不允许此操作"),
    (),
    "statusCode of any refusal by a rule; that SCAN comes first: API reference, change-qrcode-status",
    alternatives=(ExpectedReply(499, 500),),
    sdk_error="ApiError",
)
QR_TICKET_INVALID: Final = Outcome(
    "QR_TICKET_INVALID",
    ExpectedReply(499, None, "ticket 无效，请重新扫码"),
    (),
    "statusCode of any refusal by a rule; how long it lives: management API reference, ticketExpiresIn",
    alternatives=(ExpectedReply(499, 500),),
    sdk_error="ApiError",
)

QR_CODES: Final = tuple(value for value in tuple(vars().values()) if isinstance(value, Outcome))
