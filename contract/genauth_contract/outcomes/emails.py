"""Outcomes of mailing codes, and of binding, changing and unbinding e-mail addresses."""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.outcome import ExpectedReply, Outcome
from genauth_contract.outcomes.sources import (
    BINDINGS_IN_PRODUCTION,
    JS_TESTS,
    MOBILE_COMMENTS,
    MOBILE_TESTS,
    RESENDS_IN_PRODUCTION,
    V2_LIST,
)

EMAIL_SENT_TOO_RECENTLY: Final = Outcome(
    "EMAIL_SENT_TOO_RECENTLY",
    ExpectedReply(499, 2080, "该邮箱 1 分钟内已发送过验证码，请稍后再试"),
    (RESENDS_IN_PRODUCTION,),
    "statusCode of any refusal by a rule",
    alternatives=(
        ExpectedReply(422, 2080),
        ExpectedReply(422, None),
        ExpectedReply(429, None),
        ExpectedReply(429, 2080),
    ),
    sdk_error="SentTooRecently",
)
EMAIL_TAKEN: Final = Outcome(
    "EMAIL_TAKEN",
    ExpectedReply(499, 2200, "该邮箱已被绑定"),
    (BINDINGS_IN_PRODUCTION, V2_LIST),
    "statusCode of any refusal by a rule; the text of 2024 was the database's",
    alternatives=(
        ExpectedReply(499, 500),
        ExpectedReply(499, 500, "duplicate key value violates unique constraint"),
        ExpectedReply(500, 500, "duplicate key value violates unique constraint"),
        ExpectedReply(409, None),
        ExpectedReply(409, 2200),
    ),
    sdk_error="EmailTaken",
)
HAS_EMAIL_ALREADY: Final = Outcome(
    "HAS_EMAIL_ALREADY",
    ExpectedReply(499, 2225, "已绑定邮箱"),
    (V2_LIST, BINDINGS_IN_PRODUCTION),
    "statusCode of any refusal by a rule; the code is a hint to use updateEmail",
    alternatives=(
        ExpectedReply(422, None),
        ExpectedReply(499, 500),
        ExpectedReply(499, 500, "修改邮箱必须验证之前的邮箱"),
    ),
    sdk_error="EmailAlreadyBound",
)
NO_EMAIL_BOUND: Final = Outcome(
    "NO_EMAIL_BOUND",
    ExpectedReply(499, 1320009, "用户没有绑定邮箱"),
    (MOBILE_TESTS,),
    "statusCode of any refusal by a rule; text: the phone twin",
    alternatives=(
        ExpectedReply(499, 2219),
        ExpectedReply(499, 500),
        ExpectedReply(422, None),
        ExpectedReply(400, None),
    ),
    sdk_error="EmailNotBound",
)
ONLY_LOGIN_METHOD_EMAIL: Final = Outcome(
    "ONLY_LOGIN_METHOD_EMAIL",
    ExpectedReply(499, 1320010, "没有配置其他登录方式，不能解绑邮箱"),
    (JS_TESTS, MOBILE_COMMENTS),
    "statusCode of any refusal by a rule",
    alternatives=(ExpectedReply(499, 2217), ExpectedReply(499, 1320005), ExpectedReply(499, 500)),
    sdk_error="LastSignInMethod",
)
SAME_EMAIL: Final = Outcome(
    "SAME_EMAIL",
    ExpectedReply(499, 2229, "新邮箱和旧邮箱一样"),
    (BINDINGS_IN_PRODUCTION, V2_LIST),
    "statusCode of any refusal by a rule",
    alternatives=(
        ExpectedReply(499, 500),
        ExpectedReply(400, 2229),
        ExpectedReply(400, None),
    ),
    sdk_error="SameEmail",
)
OLD_EMAIL_MISMATCH: Final = Outcome(
    "OLD_EMAIL_MISMATCH",
    ExpectedReply(499, 2037, "旧邮箱非用户账号绑定的邮箱"),
    (V2_LIST,),
    "the phone twin",
    alternatives=(ExpectedReply(499, 500), ExpectedReply(400, None)),
    sdk_error="OldEmailNotConfirmed",
)
OLD_EMAIL_UNVERIFIED: Final = Outcome(
    "OLD_EMAIL_UNVERIFIED",
    ExpectedReply(499, 2227, "修改邮箱必须验证之前的邮箱"),
    (BINDINGS_IN_PRODUCTION, V2_LIST),
    "statusCode of any refusal by a rule",
    alternatives=(ExpectedReply(499, 500), ExpectedReply(400, None)),
    sdk_error="OldEmailNotConfirmed",
)

EMAILS: Final = tuple(value for value in tuple(vars().values()) if isinstance(value, Outcome))
