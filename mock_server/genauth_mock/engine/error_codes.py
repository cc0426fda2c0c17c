"""What GenAuth answers for each verdict, where we know it from, and how sure that is.

No answer in this table was seen live by us. ``confidence`` is the best evidence anybody outside has:
``live`` (captured or matched by production code), ``documented``, ``inferred``, ``assumed``.
``rivals`` names what other sources say; a learned table (``--learned``) replaces rows by what was seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from genauth_mock.engine.outcomes import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class ErrorCode:
    """One row of the table.

    Attributes:
        status_code: The envelope's ``statusCode``.
        api_code: The envelope's ``apiCode``; None leaves it out.
        chinese: The message in zh-CN; ``{detail}`` stands for the field at fault.
        english: The message in en-US; ours where no source has one.
        http_status: The HTTP status; GenAuth answers 200 to every business refusal.
    """

    status_code: int
    api_code: int | None
    chinese: str
    english: str
    source: str
    confidence: str
    rivals: str = ""
    http_status: int = 200

    def message(self, language: str, detail: str) -> str:
        """Say it in ``zh-CN`` or ``en-US``."""
        text = self.english if language == "en-US" else self.chinese
        return text.replace("{detail}", detail)


_DEAD_CODE: Final = "验证码已失效，请重新获取验证码"
_DEAD_CODE_ENGLISH: Final = "The verification code is no longer valid, please get a new one"
_DEAD_CODE_SOURCE: Final = "a developer's write-up of 2026 and production code (openEuler accounts)"

DETAIL: Final = "{detail}"

ERROR_CODES: Final[Mapping[Verdict, ErrorCode]] = {
    Verdict.OK: ErrorCode(
        200, None, "操作成功", "Operation successful", "API reference, CommonResponseDto", "documented"
    ),
    Verdict.WRONG_CODE: ErrorCode(
        499, 2001, "验证码不正确", "The verification code is incorrect",
        "a developer's write-up of 2026 (signin by code); old mobile SDKs' tests", "inferred",
        rivals="apiCode 500 with the same text (production code, 2024); 400",
    ),
    Verdict.EXPIRED_CODE: ErrorCode(
        499, 2001, _DEAD_CODE, _DEAD_CODE_ENGLISH, _DEAD_CODE_SOURCE, "inferred",
        rivals="apiCode 2300 (V2 error list); 500 with 验证码已过期 (V2 capture, 2021)",
    ),
    Verdict.SPENT_CODE: ErrorCode(
        499, 2001, _DEAD_CODE, _DEAD_CODE_ENGLISH, "assumed: as an expired code", "assumed",
        rivals="验证码不正确",
    ),
    Verdict.BURNED_CODE: ErrorCode(
        499, 2001, _DEAD_CODE, _DEAD_CODE_ENGLISH, _DEAD_CODE_SOURCE, "inferred",
        rivals="验证码不正确",
    ),
    Verdict.NO_CODE: ErrorCode(
        499, 2001, _DEAD_CODE, _DEAD_CODE_ENGLISH, "assumed: as an expired code", "assumed",
        rivals="验证码不正确",
    ),
    Verdict.SENT_TOO_RECENTLY: ErrorCode(
        499, 4004, "该手机号 1 分钟内已发送过验证码，请稍后再试",
        "A verification code was sent to this phone number within the last minute, please try again later",
        "production code (openEuler accounts, 2024)", "live", rivals="statusCode 429",
    ),
    Verdict.EMAIL_SENT_TOO_RECENTLY: ErrorCode(
        499, 2080, "该邮箱 1 分钟内已发送过验证码，请稍后再试",
        "A verification code was sent to this email within the last minute, please try again later",
        "production code (openEuler accounts); iOS SDK's live test", "live", rivals="statusCode 429",
    ),
    Verdict.DAILY_LIMIT_REACHED: ErrorCode(
        499, None, "24 小时内已发送过验证码超过最大上限",
        "More verification codes were sent within 24 hours than the limit allows",
        "text matched by production code; no code known", "inferred", rivals="statusCode 429",
    ),
    Verdict.PHONE_TAKEN: ErrorCode(
        499, 1320004, "该手机号已被绑定", "This phone number is already bound",
        "text: V2 capture (2021) and production code; code: old mobile SDKs' documents", "inferred",
        rivals="apiCode 500 (V2 capture, 2021); 2035 (V2 error list); statusCode 409",
    ),
    Verdict.HAS_PHONE_ALREADY: ErrorCode(
        499, 2226, "已经绑定了手机号，请使用修改手机号接口",
        "A phone number is bound already, use the change-phone calls",
        "text: production code; code: V2 error list's hint to updatePhone", "assumed",
        rivals="2035; statusCode 422",
    ),
    Verdict.NO_PHONE_BOUND: ErrorCode(
        499, 1320005, "用户没有绑定手机号", "No phone number is bound",
        "Flutter SDK's live test (user without a phone)", "inferred",
        rivals="zh documents use 1320005 for the only login method",
    ),
    Verdict.ONLY_LOGIN_METHOD: ErrorCode(
        499, 1320010, "没有配置其他登录方式，不能解绑手机号",
        "No other login method is configured, the phone number cannot be unbound",
        "text: V2 live test of the e-mail twin; code: Flutter SDK's comment", "assumed",
        rivals="1320005; 2217",
    ),
    Verdict.SAME_PHONE: ErrorCode(
        499, 2230, "新手机号和旧手机号一样", "The new phone number is the same as the old one",
        "V2 capture (2021)", "live",
    ),
    Verdict.OLD_PHONE_MISMATCH: ErrorCode(
        499, 2038, "旧手机号非用户账号绑定的手机号",
        "The old phone number is not the one bound to the user",
        "text: production code; code: V2 error list", "inferred", rivals="500",
    ),
    Verdict.OLD_PHONE_UNVERIFIED: ErrorCode(
        499, 2228, "修改手机号必须验证原来的手机号。",
        "To change the phone number, the old one has to be verified",
        "text: V2 capture (2021); code: V2 error list", "inferred", rivals="500 (captured)",
    ),
    Verdict.EMAIL_TAKEN: ErrorCode(
        499, 2200, "该邮箱已被绑定", "This email is already bound",
        "text: production code; code: V2 error list", "inferred",
    ),
    Verdict.HAS_EMAIL_ALREADY: ErrorCode(
        499, 2225, "已经绑定了邮箱，请使用修改邮箱接口",
        "An email is bound already, use the change-email calls",
        "inferred from the phone twin and the V2 error list's hint to updateEmail", "assumed",
    ),
    Verdict.NO_EMAIL_BOUND: ErrorCode(
        499, 1320009, "用户没有绑定邮箱", "No email is bound",
        "Flutter SDK's live test", "live", rivals="2219",
    ),
    Verdict.ONLY_LOGIN_METHOD_EMAIL: ErrorCode(
        499, 1320010, "没有配置其他登录方式，不能解绑邮箱",
        "No other login method is configured, the email cannot be unbound",
        "text: V2 live test; code: Flutter SDK's comment", "inferred", rivals="1320005; 2217",
    ),
    Verdict.SAME_EMAIL: ErrorCode(
        499, 2229, "新邮箱和旧邮箱一样", "The new email is the same as the old one",
        "V2 error list", "inferred",
    ),
    Verdict.OLD_EMAIL_MISMATCH: ErrorCode(
        499, 2037, "旧邮箱非用户账号绑定的邮箱", "The old email is not the one bound to the user",
        "V2 error list", "inferred",
    ),
    Verdict.OLD_EMAIL_UNVERIFIED: ErrorCode(
        499, 2227, "修改邮箱必须验证之前的邮箱", "To change the email, the old one has to be verified",
        "text: production code; code: V2 error list", "inferred",
    ),
    Verdict.UPDATE_TOKEN_INVALID: ErrorCode(
        499, 1020020, "token 已失效，请重新验证", "The token is no longer valid, please verify again",
        "assumed from the old mobile SDKs' documents (token invalid or expired)", "assumed",
        rivals="400; 401",
    ),
    Verdict.NOT_SIGNED_IN: ErrorCode(
        401, 2020, "尚未登录，无权限访问此请求", "Not signed in, no permission for this request",
        "code: V3 error list; text: capture in public code (HTTP 200)", "live",
        rivals="尚未登录，无访问权限 (V2 capture, 2021); apiCode 401; 2206; 2207; 1010001",
    ),
    Verdict.USER_SUSPENDED: ErrorCode(
        403, 2005, "用户已锁定", "The user is locked", "V3 error list (2005: user locked)", "inferred"
    ),
    Verdict.UNKNOWN_USER: ErrorCode(
        404, 2004, "用户不存在", "User not exists.", "table of early V3 SDK documents", "documented"
    ),
    Verdict.WRONG_PASSWORD: ErrorCode(
        403, 2333, "账号不存在或密码不正确", "Account not exists or password is incorrect.",
        "table of early V3 SDK documents", "documented", rivals="2006 Password is incorrect.",
    ),
    Verdict.USER_EXISTS: ErrorCode(
        499, 2026, "用户已存在，请不要重复注册", "The user exists already, please sign in",
        "JavaScript SDK's live test; production code", "live",
    ),
    Verdict.USERNAME_TAKEN: ErrorCode(
        499, 2034, "用户名已存在", "The username exists already", "V2 error list", "inferred"
    ),
    Verdict.INVALID_ARGUMENT: ErrorCode(
        400, None, DETAIL, DETAIL,
        "table of early V3 SDK documents: 400 without apiCode, English text", "inferred",
        rivals="2028; 500 (send-sms to 123)",
    ),
    Verdict.NOT_JSON: ErrorCode(
        400, None, "request body must be a JSON object: {detail}",
        "request body must be a JSON object: {detail}", "assumed", "assumed",
    ),
    Verdict.BODY_TOO_LARGE: ErrorCode(
        413, None, "request entity too large: {detail}", "request entity too large: {detail}",
        "statusCode classes: 413 PayloadTooLarge", "documented", http_status=413,
    ),
    Verdict.NOT_FOUND: ErrorCode(
        404, None, "Cannot {detail}", "Cannot {detail}", "assumed", "assumed", http_status=404
    ),
    Verdict.METHOD_NOT_ALLOWED: ErrorCode(
        405, None, DETAIL, DETAIL, "assumed", "assumed", http_status=405
    ),
    Verdict.TOO_MANY_REQUESTS: ErrorCode(
        429, None, "您的请求已超过最大数量限制，请稍后重试",
        "Your requests exceed the maximum, please try again later",
        "API reference, request limits", "documented", http_status=429,
    ),
    Verdict.UNKNOWN_APP: ErrorCode(
        404, 2011, "应用不存在", "The application does not exist", "V3 error list", "inferred",
        rivals="statusCode 499; 2224 for the user pool",
    ),
    Verdict.NOT_IMITATED: ErrorCode(
        501, None, "not imitated: {detail}", "not imitated: {detail}",
        "ours: GenAuth has this, the offline GenAuth does not", "assumed", http_status=501,
    ),
}  # fmt: skip
"""Source of the whole table: public documents, SDKs and production code; see docs/matrix.md."""
