"""Outcomes of pass codes: of trying one, and of asking for one."""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.outcome import ExpectedReply, Outcome
from genauth_contract.outcomes.sources import (
    CODES_IN_PRODUCTION,
    DAILY_LIMIT_IN_PRODUCTION,
    REFERENCE_LIMITS,
    RESENDS_IN_PRODUCTION,
    SMS_COMPONENT,
    WRITE_UP_2026,
)

WRONG_CODE: Final = Outcome(
    "WRONG_CODE",
    ExpectedReply(499, 2001, "验证码不正确"),
    (WRITE_UP_2026,),
    "signin by a texted code",
    alternatives=(
        ExpectedReply(499, 500),  # production code of 2024: om-webserver@73a2af4
        ExpectedReply(499, 500, "验证码不正确！"),
        ExpectedReply(400, None),
    ),
    sdk_error="PassCodeWrong",
)
EXPIRED_CODE: Final = Outcome(
    "EXPIRED_CODE",
    ExpectedReply(499, 2001, "验证码已失效，请重新获取验证码"),
    (WRITE_UP_2026, CODES_IN_PRODUCTION),
    "signin by a texted code",
    alternatives=(
        ExpectedReply(499, 2300, "验证码已过期"),
        ExpectedReply(499, 500, "验证码已过期"),
    ),
    sdk_error="PassCodeExpired",
)
SPENT_CODE: Final = Outcome(
    "SPENT_CODE",
    ExpectedReply(499, 2001, "验证码已失效，请重新获取验证码"),
    (),
    "as for an expired code; single use: API reference, bind-phone",
    alternatives=(
        ExpectedReply(499, 2001, "验证码不正确", sdk_error="PassCodeWrong"),
        ExpectedReply(499, 2300),
        ExpectedReply(499, 500),
    ),
    sdk_error="PassCodeExpired",
)
BURNED_CODE: Final = Outcome(
    "BURNED_CODE",
    ExpectedReply(499, 2001, "验证码已失效，请重新获取验证码"),
    (),
    "as for an expired code; verifyCodeMaxAttempts: management API reference",
    alternatives=(
        ExpectedReply(499, 2001, "验证码不正确", sdk_error="PassCodeWrong"),
        ExpectedReply(499, 2300),
        ExpectedReply(499, 500),
    ),
    sdk_error="PassCodeExpired",
)
NO_CODE: Final = Outcome(
    "NO_CODE",
    ExpectedReply(499, 2001, "验证码已失效，请重新获取验证码"),
    (),
    "as for an expired code",
    alternatives=(
        ExpectedReply(499, 2001, "验证码不正确", sdk_error="PassCodeWrong"),
        ExpectedReply(499, 2300),
        ExpectedReply(499, 500),
    ),
    sdk_error="PassCodeExpired",
)
CODE_OUTCOMES: Final = (WRONG_CODE, EXPIRED_CODE, SPENT_CODE, BURNED_CODE, NO_CODE)
"""What every call that takes a code can end with."""

SENT_TOO_RECENTLY: Final = Outcome(
    "SENT_TOO_RECENTLY",
    ExpectedReply(422, 4004, "该手机号 1 分钟内已发送过验证码，请稍后再试"),
    (RESENDS_IN_PRODUCTION, SMS_COMPONENT),
    "one text per minute: API reference, send-sms",
    alternatives=(
        ExpectedReply(499, 4004),
        ExpectedReply(422, None),
        ExpectedReply(429, None),
        ExpectedReply(429, 4004),
    ),
    sdk_error="SentTooRecently",
)
DAILY_LIMIT_REACHED: Final = Outcome(
    "DAILY_LIMIT_REACHED",
    ExpectedReply(499, None, "该手机号 24 小时内已发送过验证码超过最大上限，请稍后尝试"),
    (DAILY_LIMIT_IN_PRODUCTION,),
    "statusCode of any refusal by a rule; no apiCode is known",
    alternatives=(
        ExpectedReply(499, 500),
        ExpectedReply(499, 500, "手机号每天发送的验证次数超过上限"),
        ExpectedReply(429, None),
    ),
    sdk_error="TooManyRequests",
)
TOO_MANY_REQUESTS: Final = Outcome(
    "TOO_MANY_REQUESTS",
    ExpectedReply(429, None, "您的请求已超过最大数量限制，请稍后重试", http=429),
    (REFERENCE_LIMITS,),
    "too many requests of a user pool",
    sdk_error="TooManyRequests",
)

CODES: Final = tuple(value for value in tuple(vars().values()) if isinstance(value, Outcome))
