"""Outcomes of the calls about accounts at identity providers elsewhere."""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.outcome import ExpectedReply, Outcome
from genauth_contract.outcomes.sources import CSHARP_IDENTITIES, REFERENCE_CHOICE

UNKNOWN_EXT_IDP: Final = Outcome(
    "UNKNOWN_EXT_IDP",
    ExpectedReply(404, None, "身份源连接不存在"),
    (CSHARP_IDENTITIES,),
    "the text of a refusal that nobody has published",
    alternatives=(ExpectedReply(499, None),),
    sdk_error="ApiError",
)
EXT_IDP_REFUSED: Final = Outcome(
    "EXT_IDP_REFUSED",
    ExpectedReply(499, None, "身份源认证失败"),
    (),
    "statusCode of any refusal by a rule; what providers say is theirs",
    alternatives=(ExpectedReply(400, None, sdk_error="InvalidArgument"),),
    sdk_error="ApiError",
)
EXT_IDP_TAKEN: Final = Outcome(
    "EXT_IDP_TAKEN",
    ExpectedReply(499, None, "该身份源账号已被其他用户绑定"),
    (),
    "statusCode of any refusal by a rule; that an account elsewhere has one user here",
    alternatives=(ExpectedReply(400, None, sdk_error="InvalidArgument"),),
    sdk_error="ApiError",
)
BINDING_KEY_INVALID: Final = Outcome(
    "BINDING_KEY_INVALID",
    ExpectedReply(499, None, "认证中间态已失效，请重新登录"),
    (),
    "statusCode of any refusal by a rule; that a key is of one sign-in: its name in the API reference",
    alternatives=(ExpectedReply(400, None, sdk_error="InvalidArgument"),),
    sdk_error="ApiError",
)
ACCOUNT_ASKED: Final = Outcome(
    "ACCOUNT_ASKED",
    ExpectedReply(301, 1640, "需要执行账号身份绑定", http=301),
    (REFERENCE_CHOICE,),
    "API reference, WechatIdentityResolveRespDto",
    http_too=(200, 201),
)

EXT_IDPS: Final = tuple(value for value in tuple(vars().values()) if isinstance(value, Outcome))
