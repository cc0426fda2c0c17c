"""Every outcome the contract knows, with the answer it is told by, its rivals and its source.

The default is what the mock answers unless it was taught otherwise; the rivals are what other
sources claim, so a live target may give them. Names are the mock's names.
"""

from __future__ import annotations

from typing import Final

from genauth_contract.evidence import Evidence
from genauth_contract.expect import Figures, Outcome
from genauth_contract.oidc_outcomes import OIDC_OUTCOMES

_CODE_SOURCES: Final = "developer write-up of live sign-in errors; production allow-list of 2024"
_PHONE_SOURCES: Final = "texts matched by production code; captured V2 answers of 2021"

OK: Final = Outcome(
    "OK",
    Figures(200, None, "操作成功"),
    Evidence.DOCS,
    "API reference, CommonResponseDto",
)

WRONG_CODE: Final = Outcome(
    "WRONG_CODE",
    Figures(499, 2001, "验证码不正确"),
    Evidence.CLIENT,
    _CODE_SOURCES,
    rivals=(Figures(499, 500, "验证码不正确！"), Figures(400, None)),
    sdk_error="PassCodeWrong",
)
EXPIRED_CODE: Final = Outcome(
    "EXPIRED_CODE",
    Figures(499, 2001, "验证码已失效，请重新获取验证码"),
    Evidence.CLIENT,
    _CODE_SOURCES,
    rivals=(Figures(499, 2300, "验证码已过期"), Figures(499, 500, "验证码已过期")),
    sdk_error="PassCodeExpired",
)
SPENT_CODE: Final = Outcome(
    "SPENT_CODE",
    Figures(499, 2001, "验证码已失效，请重新获取验证码"),
    Evidence.ASSUMED,
    "single use: API reference, bind-phone; its answer: as for an expired code",
    rivals=(Figures(499, 2001, "验证码不正确"), Figures(499, 2300), Figures(499, 500)),
    sdk_error="PassCodeExpired",
)
BURNED_CODE: Final = Outcome(
    "BURNED_CODE",
    Figures(499, 2001, "验证码已失效，请重新获取验证码"),
    Evidence.ASSUMED,
    "verifyCodeMaxAttempts: management API reference; its answer: as for an expired code",
    rivals=(Figures(499, 2001, "验证码不正确"), Figures(499, 2300), Figures(499, 500)),
    sdk_error="PassCodeExpired",
)
NO_CODE: Final = Outcome(
    "NO_CODE",
    Figures(499, 2001, "验证码已失效，请重新获取验证码"),
    Evidence.ASSUMED,
    "as for an expired code",
    rivals=(Figures(499, 2001, "验证码不正确"), Figures(499, 2300), Figures(499, 500)),
    sdk_error="PassCodeExpired",
)

SENT_TOO_RECENTLY: Final = Outcome(
    "SENT_TOO_RECENTLY",
    Figures(499, 4004, "该手机号 1 分钟内已发送过验证码，请稍后再试"),
    Evidence.CLIENT,
    "one per minute: API reference, send-sms; its answer: production code of 2024",
    rivals=(Figures(429, None), Figures(429, 4004)),
    sdk_error="SentTooRecently",
)
DAILY_LIMIT_REACHED: Final = Outcome(
    "DAILY_LIMIT_REACHED",
    Figures(499, None, "24 小时内已发送过验证码超过最大上限"),
    Evidence.CLIENT,
    "text matched by production code; no apiCode is known",
    rivals=(Figures(429, None), Figures(499, 4004), Figures(499, 500)),
    sdk_error="TooManyRequests",
)
TOO_MANY_REQUESTS: Final = Outcome(
    "TOO_MANY_REQUESTS",
    Figures(429, None, "您的请求已超过最大数量限制，请稍后重试", http=429),
    Evidence.DOCS,
    "OpenAPI document, tag on request limits",
    sdk_error="TooManyRequests",
)

PHONE_TAKEN: Final = Outcome(
    "PHONE_TAKEN",
    Figures(499, 1320004, "该手机号已被绑定"),
    Evidence.CLIENT,
    "text: production code and V2 captures; apiCode: three mobile SDKs",
    rivals=(
        Figures(499, 500),
        Figures(499, 2035),
        Figures(409, None),
        Figures(409, 2035),
        Figures(409, 1320004),
    ),
    sdk_error="PhoneTaken",
)
HAS_PHONE_ALREADY: Final = Outcome(
    "HAS_PHONE_ALREADY",
    Figures(499, 2226, "已经绑定了手机号，请使用修改手机号接口"),
    Evidence.ASSUMED,
    "the rule: API reference, bind-phone; 2226 is the V2 hint to use updatePhone",
    rivals=(Figures(422, None), Figures(499, 2035), Figures(499, 500)),
    sdk_error="PhoneAlreadyBound",
)
NO_PHONE_BOUND: Final = Outcome(
    "NO_PHONE_BOUND",
    Figures(499, 1320005, "用户没有绑定手机号"),
    Evidence.CLIENT,
    "mobile SDK's live test of a user without a phone",
    rivals=(Figures(499, 500), Figures(422, None), Figures(400, None)),
    sdk_error="PhoneNotBound",
)
ONLY_LOGIN_METHOD: Final = Outcome(
    "ONLY_LOGIN_METHOD",
    Figures(499, 1320010, "没有配置其他登录方式，不能解绑手机号"),
    Evidence.CLIENT,
    "the rule: API reference, unbind-phone; text: production code; apiCode: the e-mail twin",
    rivals=(Figures(499, 1320005), Figures(499, 2217), Figures(499, 500)),
    sdk_error="LastSignInMethod",
)
SAME_PHONE: Final = Outcome(
    "SAME_PHONE",
    Figures(499, 2230, "新手机号和旧手机号一样"),
    Evidence.CLIENT,
    _PHONE_SOURCES,
    rivals=(Figures(400, 2230), Figures(400, None)),
    sdk_error="SamePhone",
)
OLD_PHONE_MISMATCH: Final = Outcome(
    "OLD_PHONE_MISMATCH",
    Figures(499, 2038, "旧手机号非用户账号绑定的手机号"),
    Evidence.CLIENT,
    _PHONE_SOURCES,
    rivals=(Figures(499, 500), Figures(400, None)),
    sdk_error="OldPhoneNotConfirmed",
)
OLD_PHONE_UNVERIFIED: Final = Outcome(
    "OLD_PHONE_UNVERIFIED",
    Figures(499, 2228, "修改手机号必须验证原来的手机号。"),
    Evidence.CLIENT,
    _PHONE_SOURCES,
    rivals=(Figures(499, 500), Figures(400, None)),
    sdk_error="OldPhoneNotConfirmed",
)
UPDATE_TOKEN_INVALID: Final = Outcome(
    "UPDATE_TOKEN_INVALID",
    Figures(499, 1020020, "token 已失效，请重新验证"),
    Evidence.ASSUMED,
    "mobile SDK documentation of a token that expired",
    rivals=(Figures(400, None), Figures(401, None), Figures(499, 1010001), Figures(499, 500)),
    sdk_error="UpdateTokenRejected",
)

EMAIL_SENT_TOO_RECENTLY: Final = Outcome(
    "EMAIL_SENT_TOO_RECENTLY",
    Figures(499, 2080, "该邮箱 1 分钟内已发送过验证码，请稍后再试"),
    Evidence.CLIENT,
    "production code; mobile SDK's live test",
    rivals=(Figures(429, None),),
    sdk_error="SentTooRecently",
)
EMAIL_TAKEN: Final = Outcome(
    "EMAIL_TAKEN",
    Figures(499, 2200, "该邮箱已被绑定"),
    Evidence.CLIENT,
    "text: production code; apiCode: V2 error list",
    sdk_error="ApiError",
)
HAS_EMAIL_ALREADY: Final = Outcome(
    "HAS_EMAIL_ALREADY",
    Figures(499, 2225, "已经绑定了邮箱，请使用修改邮箱接口"),
    Evidence.ASSUMED,
    "the phone twin; 2225 is the V2 hint to use updateEmail",
    sdk_error="ApiError",
)
NO_EMAIL_BOUND: Final = Outcome(
    "NO_EMAIL_BOUND",
    Figures(499, 1320009, "用户没有绑定邮箱"),
    Evidence.CLIENT,
    "mobile SDK's live test of a user without an e-mail address",
    rivals=(Figures(499, 2219),),
    sdk_error="ApiError",
)
ONLY_LOGIN_METHOD_EMAIL: Final = Outcome(
    "ONLY_LOGIN_METHOD_EMAIL",
    Figures(499, 1320010, "没有配置其他登录方式，不能解绑邮箱"),
    Evidence.CLIENT,
    "text: V2 live test; apiCode: mobile SDK's comment",
    rivals=(Figures(499, 2217), Figures(499, 1320005)),
    sdk_error="LastSignInMethod",
)
SAME_EMAIL: Final = Outcome(
    "SAME_EMAIL",
    Figures(499, 2229, "新邮箱和旧邮箱一样"),
    Evidence.CLIENT,
    "V2 error list",
    sdk_error="ApiError",
)
OLD_EMAIL_MISMATCH: Final = Outcome(
    "OLD_EMAIL_MISMATCH",
    Figures(499, 2037, "旧邮箱非用户账号绑定的邮箱"),
    Evidence.CLIENT,
    "V2 error list",
    sdk_error="ApiError",
)
OLD_EMAIL_UNVERIFIED: Final = Outcome(
    "OLD_EMAIL_UNVERIFIED",
    Figures(499, 2227, "修改邮箱必须验证之前的邮箱"),
    Evidence.CLIENT,
    "text: production code; apiCode: V2 error list",
    sdk_error="ApiError",
)

NOT_SIGNED_IN: Final = Outcome(
    "NOT_SIGNED_IN",
    Figures(401, 2020, "尚未登录，无权限访问此请求"),
    Evidence.CLIENT,
    "apiCode: API reference, error codes; text: public captures",
    rivals=(
        Figures(401, 401),
        Figures(401, 2206),
        Figures(401, 2207),
        Figures(401, 1010001),
        Figures(401, None),
        Figures(499, 2020),
        Figures(499, 2206),
        Figures(499, 1010001),
    ),
    sdk_error="NotSignedIn",
    http_too=(201, 401),
)
USER_SUSPENDED: Final = Outcome(
    "USER_SUSPENDED",
    Figures(403, 2005, "用户已锁定"),
    Evidence.ASSUMED,
    "apiCode: API reference, error codes (locked); a suspended user was never seen",
    rivals=(Figures(403, 2057),),
    sdk_error="AccountSuspended",
)
NOT_PERMITTED: Final = Outcome(
    "NOT_PERMITTED",
    Figures(403, 1576, "无权限登录此应用，请联系管理员"),
    Evidence.CLIENT,
    "developer write-up of live sign-in errors; the mock has no permissions to refuse",
    rivals=(Figures(403, 1001), Figures(403, None)),
    sdk_error="PermissionDenied",
)
UNKNOWN_USER: Final = Outcome(
    "UNKNOWN_USER",
    Figures(404, 2004, "用户不存在"),
    Evidence.DOCS,
    "early SDK documentation of sign-in errors",
    rivals=(Figures(403, 2333), Figures(499, 2004)),
    sdk_error="CredentialsRejected",
)
USER_EXISTS: Final = Outcome(
    "USER_EXISTS",
    Figures(499, 2026, "用户已存在，请不要重复注册"),
    Evidence.CLIENT,
    "JavaScript SDK's live test; production code",
    sdk_error="ApiError",
)
USERNAME_TAKEN: Final = Outcome(
    "USERNAME_TAKEN",
    Figures(499, 2034, "用户名已存在"),
    Evidence.CLIENT,
    "V2 error list",
    rivals=(Figures(499, 2026),),
    sdk_error="ApiError",
)
WRONG_PASSWORD: Final = Outcome(
    "WRONG_PASSWORD",
    Figures(403, 2333, "账号不存在或密码不正确"),
    Evidence.DOCS,
    "early SDK documentation of sign-in errors",
    rivals=(
        Figures(403, 2006),
        Figures(499, 2333),
        Figures(499, 2006),
        Figures(499, 2003),
    ),
    sdk_error="CredentialsRejected",
)

INVALID_ARGUMENT: Final = Outcome(
    "INVALID_ARGUMENT",
    Figures(400, None),
    Evidence.CLIENT,
    "developer write-up: English validator texts; mobile SDK live tests",
    rivals=(Figures(499, 2028), Figures(500, 500), Figures(499, 500), Figures(499, 2231)),
    sdk_error="InvalidArgument",
    http_too=(201, 400),
)
NOT_JSON: Final = Outcome(
    "NOT_JSON",
    Figures(400, None),
    Evidence.ASSUMED,
    "as for any malformed request",
    sdk_error="InvalidArgument",
    http_too=(201, 400),
)
NOT_FOUND: Final = Outcome(
    "NOT_FOUND",
    Figures(404, None, http=404),
    Evidence.ASSUMED,
    "statusCode classes: API reference, error codes",
    http_too=(200, 201),
    sdk_error="ApiError",
)
METHOD_NOT_ALLOWED: Final = Outcome(
    "METHOD_NOT_ALLOWED",
    Figures(405, None, http=405),
    Evidence.ASSUMED,
    "as for a path that does not exist",
    rivals=(Figures(404, None),),
    http_too=(200, 201, 404),
    sdk_error="ApiError",
)
BODY_TOO_LARGE: Final = Outcome(
    "BODY_TOO_LARGE",
    Figures(413, None, http=413),
    Evidence.ASSUMED,
    "statusCode classes: API reference, error codes",
    http_too=(200, 201),
    sdk_error="InvalidArgument",
)
NOT_IMITATED: Final = Outcome(
    "NOT_IMITATED",
    Figures(501, None, http=501),
    Evidence.ASSUMED,
    "the mock's own answer for a call of GenAuth it does not imitate",
    learn=True,
)
UNKNOWN_APP: Final = Outcome(
    "UNKNOWN_APP",
    Figures(404, 2011, "应用不存在"),
    Evidence.DOCS,
    "API reference, error codes",
    rivals=(Figures(499, 2011), Figures(400, 2011), Figures(499, 2224), Figures(404, 2224)),
    sdk_error="AppNotFound",
)

EVERY_OUTCOME: Final = (
    *(value for value in tuple(vars().values()) if isinstance(value, Outcome)),
    *OIDC_OUTCOMES,
)
"""All of them, in the order above; those of OpenID Connect come last."""
