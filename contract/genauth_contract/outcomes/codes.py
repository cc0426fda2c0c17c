"""Outcomes of pass codes: of trying one, and of asking for one."""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.outcome import ExpectedReply, Outcome

_CODE_SOURCES: Final = "developer write-up of live sign-in errors; production allow-list of 2024"

WRONG_CODE: Final = Outcome(
    "WRONG_CODE",
    ExpectedReply(499, 2001, "验证码不正确"),
    Evidence.CLIENT,
    _CODE_SOURCES,
    alternatives=(ExpectedReply(499, 500, "验证码不正确！"), ExpectedReply(400, None)),
    sdk_error="PassCodeWrong",
)
EXPIRED_CODE: Final = Outcome(
    "EXPIRED_CODE",
    ExpectedReply(499, 2001, "验证码已失效，请重新获取验证码"),
    Evidence.CLIENT,
    _CODE_SOURCES,
    alternatives=(
        ExpectedReply(499, 2300, "验证码已过期"),
        ExpectedReply(499, 500, "验证码已过期"),
    ),
    sdk_error="PassCodeExpired",
)
SPENT_CODE: Final = Outcome(
    "SPENT_CODE",
    ExpectedReply(499, 2001, "验证码已失效，请重新获取验证码"),
    Evidence.ASSUMED,
    "single use: API reference, bind-phone; its answer: as for an expired code",
    alternatives=(
        ExpectedReply(499, 2001, "验证码不正确"),
        ExpectedReply(499, 2300),
        ExpectedReply(499, 500),
    ),
    sdk_error="PassCodeExpired",
)
BURNED_CODE: Final = Outcome(
    "BURNED_CODE",
    ExpectedReply(499, 2001, "验证码已失效，请重新获取验证码"),
    Evidence.ASSUMED,
    "verifyCodeMaxAttempts: management API reference; its answer: as for an expired code",
    alternatives=(
        ExpectedReply(499, 2001, "验证码不正确"),
        ExpectedReply(499, 2300),
        ExpectedReply(499, 500),
    ),
    sdk_error="PassCodeExpired",
)
NO_CODE: Final = Outcome(
    "NO_CODE",
    ExpectedReply(499, 2001, "验证码已失效，请重新获取验证码"),
    Evidence.ASSUMED,
    "as for an expired code",
    alternatives=(
        ExpectedReply(499, 2001, "验证码不正确"),
        ExpectedReply(499, 2300),
        ExpectedReply(499, 500),
    ),
    sdk_error="PassCodeExpired",
)
CODE_OUTCOMES: Final = (WRONG_CODE, EXPIRED_CODE, SPENT_CODE, BURNED_CODE, NO_CODE)
"""What every call that takes a code can end with."""

SENT_TOO_RECENTLY: Final = Outcome(
    "SENT_TOO_RECENTLY",
    ExpectedReply(499, 4004, "该手机号 1 分钟内已发送过验证码，请稍后再试"),
    Evidence.CLIENT,
    "one per minute: API reference, send-sms; its answer: production code of 2024",
    alternatives=(ExpectedReply(429, None), ExpectedReply(429, 4004)),
    sdk_error="SentTooRecently",
)
DAILY_LIMIT_REACHED: Final = Outcome(
    "DAILY_LIMIT_REACHED",
    ExpectedReply(499, None, "24 小时内已发送过验证码超过最大上限"),
    Evidence.CLIENT,
    "text matched by production code; no apiCode is known",
    alternatives=(ExpectedReply(429, None), ExpectedReply(499, 4004), ExpectedReply(499, 500)),
    sdk_error="TooManyRequests",
)
TOO_MANY_REQUESTS: Final = Outcome(
    "TOO_MANY_REQUESTS",
    ExpectedReply(429, None, "您的请求已超过最大数量限制，请稍后重试", http=429),
    Evidence.DOCS,
    "OpenAPI document, tag on request limits",
    sdk_error="TooManyRequests",
)

CODES: Final = tuple(value for value in tuple(vars().values()) if isinstance(value, Outcome))
