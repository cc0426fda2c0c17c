"""Outcomes of signing up, signing in and being signed in."""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.outcome import ExpectedReply, Outcome
from genauth_contract.outcomes.sources import (
    CSHARP_PASSWORDS,
    EARLY_SIGN_IN,
    JS_TESTS,
    LIVE_TESTS_OF_VALIDATION,
    PASSWORDS_IN_PRODUCTION,
    PUBLIC_CAPTURE,
    REFERENCE_CLASSES,
    REFERENCE_CODES,
    V2_LIST,
    WRITE_UP_2026,
    WRONG_PASSWORD_IN_PRODUCTION,
)

NOT_SIGNED_IN: Final = Outcome(
    "NOT_SIGNED_IN",
    ExpectedReply(401, 2020, "尚未登录，无权限访问此请求"),
    (PUBLIC_CAPTURE, REFERENCE_CODES, REFERENCE_CLASSES),
    "a call without a good token",
    alternatives=(
        ExpectedReply(401, 401),
        ExpectedReply(401, 2020, "尚未登录，无访问权限"),
        ExpectedReply(401, 2206),
        ExpectedReply(401, 2207),
        ExpectedReply(401, 1010001),
        ExpectedReply(401, None),
        ExpectedReply(499, 2020),
        ExpectedReply(499, 2206),
        ExpectedReply(499, 1010001),
    ),
    sdk_error="NotSignedIn",
    http_too=(201, 401),
)
PERMISSION_DENIED: Final = Outcome(
    "PERMISSION_DENIED",
    ExpectedReply(403, None, "无权限执行此操作"),
    (),
    "statusCode of a refusal by a permission; the text was seen on another call",
    alternatives=(ExpectedReply(499, None, sdk_error="ApiError"),),
    sdk_error="PermissionDenied",
)
USER_SUSPENDED: Final = Outcome(
    "USER_SUSPENDED",
    ExpectedReply(403, 2005, "用户已锁定"),
    (REFERENCE_CODES,),
    "the code of a locked user; a suspended one was never seen",
    alternatives=(ExpectedReply(403, 2057),),
    sdk_error="AccountSuspended",
)
NOT_PERMITTED: Final = Outcome(
    "NOT_PERMITTED",
    ExpectedReply(403, 1576, "无权限登录此应用，请联系管理员"),
    (WRITE_UP_2026,),
    "the mock has no permissions to refuse",
    alternatives=(ExpectedReply(403, 1001), ExpectedReply(403, None)),
    sdk_error="PermissionDenied",
)
UNKNOWN_USER: Final = Outcome(
    "UNKNOWN_USER",
    ExpectedReply(404, 2004, "用户不存在"),
    (EARLY_SIGN_IN, REFERENCE_CODES, LIVE_TESTS_OF_VALIDATION),
    "as where a user is looked up",
    alternatives=(
        ExpectedReply(404, None),
        ExpectedReply(403, 2333, "账号不存在或密码不正确"),
        ExpectedReply(499, 2004),
    ),
    sdk_error="CredentialsRejected",
)
USER_EXISTS: Final = Outcome(
    "USER_EXISTS",
    ExpectedReply(499, 2026, "用户已存在，请不要重复注册"),
    (JS_TESTS,),
    "statusCode of any refusal by a rule",
    alternatives=(
        ExpectedReply(409, 2026),
        ExpectedReply(409, None),
        ExpectedReply(499, 500),
        ExpectedReply(499, None),
    ),
    sdk_error="ApiError",
)
USERNAME_TAKEN: Final = Outcome(
    "USERNAME_TAKEN",
    ExpectedReply(499, 2034, "用户名已存在"),
    (V2_LIST,),
    "statusCode of any refusal by a rule; text: the name of the code",
    alternatives=(ExpectedReply(499, 2026),),
    sdk_error="ApiError",
)
WRONG_PASSWORD: Final = Outcome(
    "WRONG_PASSWORD",
    ExpectedReply(403, 2006, "密码错误"),
    (WRONG_PASSWORD_IN_PRODUCTION, EARLY_SIGN_IN, REFERENCE_CODES),
    "text: the name of the code",
    alternatives=(
        ExpectedReply(403, 2333, "账号不存在或密码不正确"),
        ExpectedReply(499, 2333),
        ExpectedReply(499, 2006),
    ),
    sdk_error="CredentialsRejected",
)
WRONG_ACCOUNT_OR_PASSWORD: Final = Outcome(
    "WRONG_ACCOUNT_OR_PASSWORD",
    ExpectedReply(403, 2333, "账号不存在或密码不正确"),
    (EARLY_SIGN_IN, REFERENCE_CODES),
    "text: the English one of the same table",
    alternatives=(
        ExpectedReply(404, 2004, "用户不存在"),
        ExpectedReply(404, None, "用户不存在"),
        ExpectedReply(403, 2006, "密码错误"),
        ExpectedReply(499, 2333),
        ExpectedReply(499, 2004, "用户不存在"),
    ),
    sdk_error="CredentialsRejected",
)
WRONG_OLD_PASSWORD: Final = Outcome(
    "WRONG_OLD_PASSWORD",
    ExpectedReply(499, 2203, "原始密码不正确"),
    (PASSWORDS_IN_PRODUCTION, V2_LIST),
    "statusCode of any refusal by a rule",
    alternatives=(
        ExpectedReply(499, 1320011),
        ExpectedReply(499, 2006),
        ExpectedReply(403, 2006),
    ),
    sdk_error="CredentialsRejected",
)
PASSWORD_NOT_DECRYPTED: Final = Outcome(
    "PASSWORD_NOT_DECRYPTED",
    ExpectedReply(499, 2016, "密码解密失败"),
    (EARLY_SIGN_IN, CSHARP_PASSWORDS),
    "as at signin",
    alternatives=(ExpectedReply(499, 400),),
    sdk_error="ApiError",
)

ACCOUNTS: Final = tuple(value for value in tuple(vars().values()) if isinstance(value, Outcome))
