"""Outcomes of the calls about what a user has, and about the devices and messages that they sign in with."""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.outcome import ExpectedReply, Outcome

UNKNOWN_PUSH_CODE: Final = Outcome(
    "UNKNOWN_PUSH_CODE",
    ExpectedReply(499, None, "无效推送码"),
    (),
    "statusCode of any refusal by a rule; as a QR code that nobody showed",
    alternatives=(
        ExpectedReply(404, None),
        ExpectedReply(499, 500),
    ),
    sdk_error="ApiError",
)
PUSH_CODE_OUT_OF_TURN: Final = Outcome(
    "PUSH_CODE_OUT_OF_TURN",
    ExpectedReply(499, None, "推送码当前状态不允许此操作"),
    (),
    "statusCode of any refusal by a rule; that a message is decided once: the names of its statuses",
    alternatives=(ExpectedReply(499, 500),),
    sdk_error="ApiError",
)
UNKNOWN_DEVICE: Final = Outcome(
    "UNKNOWN_DEVICE",
    ExpectedReply(404, None, "设备不存在"),
    (),
    "the class Not Found of the API reference",
    alternatives=(ExpectedReply(499, None), ExpectedReply(400, None, sdk_error="InvalidArgument")),
    sdk_error="ApiError",
)
UNKNOWN_RESOURCE: Final = Outcome(
    "UNKNOWN_RESOURCE",
    ExpectedReply(404, None, "数据资源不存在"),
    (),
    "the class Not Found of the API reference",
    alternatives=(ExpectedReply(499, None), ExpectedReply(400, None, sdk_error="InvalidArgument")),
    sdk_error="ApiError",
)

OWN_THINGS: Final = tuple(value for value in tuple(vars().values()) if isinstance(value, Outcome))
