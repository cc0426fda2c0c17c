"""Outcomes of binding, changing and unbinding phones."""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.outcome import ExpectedReply, Outcome
from genauth_contract.outcomes.sources import (
    BINDINGS_IN_PRODUCTION,
    CAPTURES_OF_2021,
    MOBILE_COMMENTS,
    MOBILE_DOCUMENTS,
    MOBILE_TESTS,
    V2_LIST,
)

PHONE_TAKEN: Final = Outcome(
    "PHONE_TAKEN",
    ExpectedReply(499, 1320004, "该手机号已被绑定"),
    (CAPTURES_OF_2021, BINDINGS_IN_PRODUCTION, MOBILE_DOCUMENTS),
    "statusCode of any refusal by a rule",
    alternatives=(
        ExpectedReply(499, 500),
        ExpectedReply(499, 500, "Duplicate entry"),
        ExpectedReply(499, 2035),
        ExpectedReply(409, None),
        ExpectedReply(409, 2035),
        ExpectedReply(409, 1320004),
    ),
    sdk_error="PhoneTaken",
)
HAS_PHONE_ALREADY: Final = Outcome(
    "HAS_PHONE_ALREADY",
    ExpectedReply(499, 2226, "已绑定手机号"),
    (V2_LIST, BINDINGS_IN_PRODUCTION),
    "statusCode of any refusal by a rule; the code is a hint to use updatePhone",
    alternatives=(
        ExpectedReply(422, None),
        ExpectedReply(499, 2035),
        ExpectedReply(499, 500),
        ExpectedReply(499, 500, "修改手机号必须验证原来的手机号。"),
        ExpectedReply(500, 500, "修改手机号必须验证原来的手机号。"),
    ),
    sdk_error="PhoneAlreadyBound",
)
NO_PHONE_BOUND: Final = Outcome(
    "NO_PHONE_BOUND",
    ExpectedReply(499, 1320005, "用户没有绑定手机号"),
    (MOBILE_TESTS,),
    "statusCode of any refusal by a rule; text: what the test is about",
    alternatives=(ExpectedReply(499, 500), ExpectedReply(422, None), ExpectedReply(400, None)),
    sdk_error="PhoneNotBound",
)
ONLY_LOGIN_METHOD: Final = Outcome(
    "ONLY_LOGIN_METHOD",
    ExpectedReply(499, 1320010, "没有配置其他登录方式，不能解绑手机号"),
    (MOBILE_COMMENTS,),
    "the e-mail twin; the rule: API reference, unbind-phone",
    alternatives=(ExpectedReply(499, 1320005), ExpectedReply(499, 2217), ExpectedReply(499, 500)),
    sdk_error="LastSignInMethod",
)
SAME_PHONE: Final = Outcome(
    "SAME_PHONE",
    ExpectedReply(499, 2230, "新手机号和旧手机号一样"),
    (CAPTURES_OF_2021, BINDINGS_IN_PRODUCTION),
    "statusCode of any refusal by a rule",
    alternatives=(ExpectedReply(499, 500), ExpectedReply(400, 2230), ExpectedReply(400, None)),
    sdk_error="SamePhone",
)
OLD_PHONE_MISMATCH: Final = Outcome(
    "OLD_PHONE_MISMATCH",
    ExpectedReply(499, 2038, "旧手机号非用户账号绑定的手机号"),
    (BINDINGS_IN_PRODUCTION, V2_LIST),
    "statusCode of any refusal by a rule",
    alternatives=(ExpectedReply(499, 500), ExpectedReply(400, None)),
    sdk_error="OldPhoneNotConfirmed",
)
OLD_PHONE_UNVERIFIED: Final = Outcome(
    "OLD_PHONE_UNVERIFIED",
    ExpectedReply(499, 2228, "修改手机号必须验证原来的手机号。"),
    (CAPTURES_OF_2021, V2_LIST),
    "statusCode of any refusal by a rule",
    alternatives=(ExpectedReply(499, 500), ExpectedReply(400, None)),
    sdk_error="OldPhoneNotConfirmed",
)
UPDATE_TOKEN_INVALID: Final = Outcome(
    "UPDATE_TOKEN_INVALID",
    ExpectedReply(499, 1020020, "token 已失效，请重新验证"),
    (MOBILE_DOCUMENTS,),
    "as for any token that expired",
    alternatives=(
        ExpectedReply(400, None),
        ExpectedReply(401, None),
        ExpectedReply(499, 1010001),
        ExpectedReply(499, 500),
    ),
    sdk_error="UpdateTokenRejected",
)

PHONES: Final = tuple(value for value in tuple(vars().values()) if isinstance(value, Outcome))
