"""Which error a refusal becomes: by apiCode, else by its text, else by statusCode.

apiCode comes first because it is the most exact. 400 and 500 are no codes but a shrug, seen live
with every kind of text, so they count as absent. An unknown code stays a plain `ApiError`.
Sources: error code references of V2 and V3, captures in public code; see each row.
"""

from collections.abc import Mapping
from typing import Final

from aiogenauth.errors import (
    AccountSuspended,
    ApiError,
    AppNotFound,
    ClientRejected,
    CredentialsRejected,
    EmailAlreadyBound,
    EmailNotBound,
    EmailTaken,
    GrantRejected,
    GrantTypeRejected,
    InvalidArgument,
    LastSignInMethod,
    MfaRequired,
    NotSignedIn,
    NotSupported,
    OldEmailNotConfirmed,
    OldPhoneNotConfirmed,
    PassCodeExpired,
    PassCodeRejected,
    PassCodeWrong,
    PermissionDenied,
    PhoneAlreadyBound,
    PhoneNotBound,
    PhoneTaken,
    SameEmail,
    SamePhone,
    ScopeRejected,
    SentTooRecently,
    ServerFailed,
    TooManyRequests,
    UpdateTokenRejected,
)

SHRUGS: Final = frozenset({None, 0, 400, 500})
"""Values of apiCode that carry no meaning. Source: captures, several unrelated texts each."""

BY_API_CODE: Final[Mapping[int, type[ApiError]]] = {
    2001: PassCodeRejected,  # live: "不正确" and "已失效" alike
    2300: PassCodeExpired,  # V2 reference
    1320004: PhoneTaken,  # mobile SDK references
    2035: PhoneTaken,  # V2 reference
    2226: PhoneAlreadyBound,  # V2 reference: "use updatePhone"; assumed for V3
    2217: LastSignInMethod,  # live (V2)
    1320005: LastSignInMethod,  # two readings; the text decides, see TELLING_TEXTS
    1320010: LastSignInMethod,  # mobile SDK references
    2200: EmailTaken,  # V2 reference
    2225: EmailAlreadyBound,  # V2 reference: "use updateEmail"; assumed for V3
    1320009: EmailNotBound,  # mobile SDK's live test
    2219: EmailNotBound,  # V2 reference
    2229: SameEmail,  # V2 reference
    2037: OldEmailNotConfirmed,  # V2 reference
    2227: OldEmailNotConfirmed,  # V2 reference
    2230: SamePhone,  # live (V2)
    2038: OldPhoneNotConfirmed,  # V2 reference
    2228: OldPhoneNotConfirmed,  # V2 reference
    2020: NotSignedIn,  # V3 reference and live
    2206: NotSignedIn,  # V2 reference
    2207: NotSignedIn,  # V2 reference
    1010001: NotSignedIn,  # mobile SDK references
    1020020: NotSignedIn,  # mobile SDK references
    401: NotSignedIn,  # live, with HTTP 200
    2004: CredentialsRejected,  # V3 reference: no such user
    2006: CredentialsRejected,  # V3 reference
    2203: CredentialsRejected,  # V2 reference: the old password is wrong
    2333: CredentialsRejected,  # V3 reference
    1320011: CredentialsRejected,  # old mobile SDKs: the old password is wrong
    1635: MfaRequired,  # V3 reference: the user's own choice
    1636: MfaRequired,  # V3 reference: a setting of the application
    2005: AccountSuspended,  # V3 reference
    2057: AccountSuspended,  # sign-in widget
    1576: PermissionDenied,  # live
    1001: PermissionDenied,  # V2 reference
    2011: AppNotFound,  # V3 reference
    2224: AppNotFound,  # live
    4004: SentTooRecently,  # production code
    2080: SentTooRecently,  # production code, e-mail
    2003: InvalidArgument,  # V2 reference: the format of an e-mail address
    2028: InvalidArgument,  # V2 reference
    2231: InvalidArgument,  # V2 reference
}

BY_TEXT: Final[tuple[tuple[str, type[ApiError]], ...]] = (
    # Source: texts matched in production and captured from V2; the English ones are those of the
    # offline GenAuth, because none of GenAuth's own is known but a few.
    ("该手机号已被绑定", PhoneTaken),
    ("This phone number is already bound", PhoneTaken),
    ("已经绑定了手机号", PhoneAlreadyBound),
    ("已绑定手机号", PhoneAlreadyBound),
    ("A phone number is bound already", PhoneAlreadyBound),
    ("该邮箱已被绑定", EmailTaken),
    ("This email is already bound", EmailTaken),
    ("已经绑定了邮箱", EmailAlreadyBound),
    ("已绑定邮箱", EmailAlreadyBound),
    ("An email is bound already", EmailAlreadyBound),
    ("验证码不正确", PassCodeWrong),
    ("The verification code is incorrect", PassCodeWrong),
    ("验证码已失效", PassCodeExpired),
    ("验证码已过期", PassCodeExpired),
    ("The verification code is no longer valid", PassCodeExpired),
    ("没有配置其他登录方式", LastSignInMethod),
    ("No other login method is configured", LastSignInMethod),
    ("没有绑定手机号", PhoneNotBound),
    ("未绑定手机号", PhoneNotBound),
    ("No phone number is bound", PhoneNotBound),  # assumed: tells the two readings of 1320005 apart
    ("没有绑定邮箱", EmailNotBound),
    ("未绑定邮箱", EmailNotBound),
    ("No email is bound", EmailNotBound),
    ("新手机号和旧手机号一样", SamePhone),
    ("The new phone number is the same as the old one", SamePhone),
    ("新邮箱和旧邮箱一样", SameEmail),
    ("The new email is the same as the old one", SameEmail),
    ("旧手机号非用户账号绑定的手机号", OldPhoneNotConfirmed),
    ("The old phone number is not the one bound to the user", OldPhoneNotConfirmed),
    ("修改手机号必须验证", OldPhoneNotConfirmed),
    ("To change the phone number, the old one has to be verified", OldPhoneNotConfirmed),
    ("旧邮箱非用户账号绑定的邮箱", OldEmailNotConfirmed),
    ("The old email is not the one bound to the user", OldEmailNotConfirmed),
    ("修改邮箱必须验证", OldEmailNotConfirmed),
    ("To change the email, the old one has to be verified", OldEmailNotConfirmed),
    ("1 分钟内已发送过验证码", SentTooRecently),
    ("within the last minute", SentTooRecently),
    ("已发送过验证码超过最大上限", TooManyRequests),
    ("More verification codes were sent within 24 hours", TooManyRequests),
    ("每天发送的验证次数超过上限", TooManyRequests),
    ("every day exceeds the upper limit", TooManyRequests),
    ("请求过于频繁", TooManyRequests),
    ("超过最大数量限制", TooManyRequests),
    ("Your requests exceed the maximum", TooManyRequests),
    ("尚未登录", NotSignedIn),
    ("Not signed in", NotSignedIn),
    ("用户不存在", CredentialsRejected),
    ("账号不存在", CredentialsRejected),
    ("密码错误", CredentialsRejected),
    ("密码不正确", CredentialsRejected),
    ("Account not exist", CredentialsRejected),
    ("User not exist", CredentialsRejected),
    ("assword is incorrect", CredentialsRejected),
    ("Password is not correct", CredentialsRejected),
    ("用户已锁定", AccountSuspended),
    ("The user is locked", AccountSuspended),
    ("应用不存在", AppNotFound),
    ("The application does not exist", AppNotFound),
    ("token_endpoint_auth_method", ClientRejected),
    ("must be a valid enum value", InvalidArgument),
    ("must be a string", InvalidArgument),
    ("should not be empty", InvalidArgument),
)

ON_PATHS: Final[tuple[tuple[str, str, type[ApiError]], ...]] = (
    # A user who has one and binds one gets the text of a change. Source: production code (V2).
    ("bind-phone", "修改手机号必须验证", PhoneAlreadyBound),
    ("bind-phone", "To change the phone number, the old one", PhoneAlreadyBound),
    ("bind-email", "修改邮箱必须验证", EmailAlreadyBound),
    ("bind-email", "To change the email, the old one", EmailAlreadyBound),
    # A lost race has the words of the database. Source: production code of 2024 (e-mail); the
    # phone by analogy.
    ("bind-phone", "duplicate key value", PhoneTaken),
    ("bind-phone", "Duplicate entry", PhoneTaken),
    ("update-phone", "duplicate key value", PhoneTaken),
    ("update-phone", "Duplicate entry", PhoneTaken),
    ("verify-update-phone-request", "duplicate key value", PhoneTaken),
    ("verify-update-phone-request", "Duplicate entry", PhoneTaken),
    ("verify-update-email-request", "duplicate key value", EmailTaken),
    ("verify-update-email-request", "Duplicate entry", EmailTaken),
    ("bind-email", "duplicate key value", EmailTaken),
    ("bind-email", "Duplicate entry", EmailTaken),
    ("update-email", "duplicate key value", EmailTaken),
    ("update-email", "Duplicate entry", EmailTaken),
    ("update-phone", "token 已失效", UpdateTokenRejected),
    ("update-phone", "The token is no longer valid", UpdateTokenRejected),
    ("update-email", "token 已失效", UpdateTokenRejected),
    ("update-email", "The token is no longer valid", UpdateTokenRejected),
    ("reset-password", "token 已失效", UpdateTokenRejected),
    ("reset-password", "The token is no longer valid", UpdateTokenRejected),
    ("delete-account", "token 已失效", UpdateTokenRejected),
    ("delete-account", "The token is no longer valid", UpdateTokenRejected),
)
"""Texts that mean something of their own on one call, by the last part of its path."""

TELLING_TEXTS: Final[Mapping[int, frozenset[type[ApiError]]]] = {
    2001: frozenset({PassCodeWrong, PassCodeExpired}),
    1320005: frozenset({PhoneNotBound}),
    1010001: frozenset({UpdateTokenRejected}),
    2035: frozenset({PhoneAlreadyBound}),
    4004: frozenset({TooManyRequests}),
    2080: frozenset({TooManyRequests}),
}
"""Codes with more than one meaning, and the meanings that a text may pick."""

BY_STATUS_CODE: Final[Mapping[int, type[ApiError]]] = {
    400: InvalidArgument,
    401: NotSignedIn,
    403: PermissionDenied,
    413: InvalidArgument,
    429: TooManyRequests,
    501: NotSupported,
    1635: MfaRequired,
    1636: MfaRequired,
}
"""Source: error code reference, classes of statusCode; 1636 as such: an official SDK for phones."""


OF_MESSAGES: Final = frozenset({"send-sms", "send-email"})
"""Calls that answer statusCode 422 to a second message within a minute. Source: production code."""
_UNPROCESSABLE: Final = 422

OF_ONE_PATH: Final[Mapping[tuple[str, int], type[ApiError]]] = {
    ("/api/v3/update-phone", 1020020): UpdateTokenRejected,  # "token invalid": here, the body's
    ("/api/v3/update-email", 1020020): UpdateTokenRejected,
    ("/api/v3/reset-password", 1020020): UpdateTokenRejected,
    ("/api/v3/delete-account", 1020020): UpdateTokenRejected,
}
"""Codes that mean something else on one call, unless statusCode is 401. Source: assumed."""


BY_OAUTH_ERROR: Final[Mapping[str, type[ApiError]]] = {
    "invalid_grant": GrantRejected,
    "invalid_client": ClientRejected,
    "unauthorized_client": GrantTypeRejected,
    "unsupported_grant_type": GrantTypeRejected,
    "invalid_scope": ScopeRejected,
    "invalid_request": InvalidArgument,
    "invalid_token": NotSignedIn,
    "insufficient_scope": PermissionDenied,
    "access_denied": PermissionDenied,
    "server_error": ServerFailed,
    "temporarily_unavailable": ServerFailed,
}
"""Source: RFC 6749, 4.1.2.1 and 5.2; RFC 6750, 3.1."""


def oauth_refusal_class(error: str, http_status: int, message: str) -> type[ApiError]:
    """Return the error for a refusal in OAuth's own words; by its status if the word is not known.

    >>> oauth_refusal_class("invalid_grant", 400, "").__name__
    'GrantRejected'
    """
    return BY_OAUTH_ERROR.get(error) or refusal_class(http_status, None, message)


def refusal_class(
    status_code: int, api_code: int | None, message: str, path: str = ""
) -> type[ApiError]:
    """Name the error that says what happened.

    Args:
        status_code: `statusCode` of the envelope.
        api_code: `apiCode` of the envelope.
        message: Its text.
        path: Path that was called.

    >>> refusal_class(499, 2001, "验证码不正确").__name__
    'PassCodeWrong'
    >>> refusal_class(499, 31337, "?").__name__
    'ApiError'
    """
    by_text = _by_text(message, path.rpartition("/")[2])
    if api_code is not None and api_code not in SHRUGS:
        if status_code != _UNAUTHORIZED and (path, api_code) in OF_ONE_PATH:
            return OF_ONE_PATH[path, api_code]
        if by_text is not None and by_text in TELLING_TEXTS.get(api_code, ()):
            return by_text
        if api_code in BY_API_CODE:
            return BY_API_CODE[api_code]
        return _by_status(status_code) if status_code in _STATUS_BEATS_UNKNOWN_CODE else ApiError
    if by_text is None and status_code == _UNPROCESSABLE and path.rpartition("/")[2] in OF_MESSAGES:
        return SentTooRecently
    return by_text or _by_status(status_code)


def _by_text(message: str, call: str) -> type[ApiError] | None:
    """Return what a text tells; one that means something of its own on a call comes first."""
    on_path = (error for name, text, error in ON_PATHS if name == call and text in message)
    return next(on_path, None) or next((error for text, error in BY_TEXT if text in message), None)


_UNAUTHORIZED: Final = 401
_STATUS_BEATS_UNKNOWN_CODE: Final = frozenset({401, 429, *range(500, 600)})
"""These classes mean the same whatever the code says: sign in, wait, it failed."""


def _by_status(status_code: int) -> type[ApiError]:
    if status_code in BY_STATUS_CODE:
        return BY_STATUS_CODE[status_code]
    is_fault = 500 <= status_code < 600  # noqa: PLR2004 - the class of server faults
    return ServerFailed if is_fault else ApiError
