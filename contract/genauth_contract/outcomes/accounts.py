"""Outcomes of signing up, signing in and being signed in."""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.outcome import ExpectedReply, Outcome

NOT_SIGNED_IN: Final = Outcome(
    "NOT_SIGNED_IN",
    ExpectedReply(401, 2020, "尚未登录，无权限访问此请求"),
    Evidence.CLIENT,
    "apiCode: API reference, error codes; text: public captures",
    alternatives=(
        ExpectedReply(401, 401),
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
USER_SUSPENDED: Final = Outcome(
    "USER_SUSPENDED",
    ExpectedReply(403, 2005, "用户已锁定"),
    Evidence.ASSUMED,
    "apiCode: API reference, error codes (locked); a suspended user was never seen",
    alternatives=(ExpectedReply(403, 2057),),
    sdk_error="AccountSuspended",
)
NOT_PERMITTED: Final = Outcome(
    "NOT_PERMITTED",
    ExpectedReply(403, 1576, "无权限登录此应用，请联系管理员"),
    Evidence.CLIENT,
    "developer write-up of live sign-in errors; the mock has no permissions to refuse",
    alternatives=(ExpectedReply(403, 1001), ExpectedReply(403, None)),
    sdk_error="PermissionDenied",
)
UNKNOWN_USER: Final = Outcome(
    "UNKNOWN_USER",
    ExpectedReply(404, 2004, "用户不存在"),
    Evidence.DOCS,
    "early SDK documentation of sign-in errors",
    alternatives=(ExpectedReply(403, 2333), ExpectedReply(499, 2004)),
    sdk_error="CredentialsRejected",
)
USER_EXISTS: Final = Outcome(
    "USER_EXISTS",
    ExpectedReply(499, 2026, "用户已存在，请不要重复注册"),
    Evidence.CLIENT,
    "JavaScript SDK's live test; production code",
    sdk_error="ApiError",
)
USERNAME_TAKEN: Final = Outcome(
    "USERNAME_TAKEN",
    ExpectedReply(499, 2034, "用户名已存在"),
    Evidence.CLIENT,
    "V2 error list",
    alternatives=(ExpectedReply(499, 2026),),
    sdk_error="ApiError",
)
WRONG_PASSWORD: Final = Outcome(
    "WRONG_PASSWORD",
    ExpectedReply(403, 2333, "账号不存在或密码不正确"),
    Evidence.DOCS,
    "early SDK documentation of sign-in errors",
    alternatives=(
        ExpectedReply(403, 2006),
        ExpectedReply(499, 2333),
        ExpectedReply(499, 2006),
        ExpectedReply(499, 2003),
    ),
    sdk_error="CredentialsRejected",
)
WRONG_OLD_PASSWORD: Final = Outcome(
    "WRONG_OLD_PASSWORD",
    ExpectedReply(499, 2203, "原始密码不正确"),
    Evidence.CLIENT,
    "text: production code, for updating a password; apiCode: V2 error list",
    alternatives=(
        ExpectedReply(499, 1320011),
        ExpectedReply(499, 2006),
        ExpectedReply(403, 2006),
    ),
    sdk_error="CredentialsRejected",
)

ACCOUNTS: Final = tuple(value for value in tuple(vars().values()) if isinstance(value, Outcome))
