"""What GenAuth answers for each outcome.

Nobody of this project saw these answers live. The comment above a row names the public source of it; how far a row
can be trusted is decided by the contract, which owns the evidence. A learned table (``--learned``) replaces rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from genauth_mock.engine.outcomes import Outcome

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
    http_status: int = 200

    def message(self, language: str, detail: str) -> str:
        """Return the message in ``zh-CN`` or ``en-US``."""
        text = self.english if language == "en-US" else self.chinese
        return text.replace("{detail}", detail)


_DEAD_CODE: Final = "验证码已失效，请重新获取验证码"
_DEAD_CODE_ENGLISH: Final = "The verification code is no longer valid, please get a new one"

DETAIL: Final = "{detail}"

ERROR_CODES: Final[Mapping[Outcome, ErrorCode]] = {
    # Source: API reference, CommonResponseDto.
    Outcome.OK: ErrorCode(200, None, "操作成功", "Operation successful"),
    # Source: a developer's write-up of 2026 (signin by code); old mobile SDKs' tests.
    Outcome.WRONG_CODE: ErrorCode(499, 2001, "验证码不正确", "The verification code is incorrect"),
    # Source: a developer's write-up of 2026 and production code (openEuler accounts).
    Outcome.EXPIRED_CODE: ErrorCode(499, 2001, _DEAD_CODE, _DEAD_CODE_ENGLISH),
    # Source: assumed: as an expired code.
    Outcome.SPENT_CODE: ErrorCode(499, 2001, _DEAD_CODE, _DEAD_CODE_ENGLISH),
    # Source: a developer's write-up of 2026 and production code (openEuler accounts).
    Outcome.BURNED_CODE: ErrorCode(499, 2001, _DEAD_CODE, _DEAD_CODE_ENGLISH),
    # Source: assumed: as an expired code.
    Outcome.NO_CODE: ErrorCode(499, 2001, _DEAD_CODE, _DEAD_CODE_ENGLISH),
    # Source: production code (openEuler accounts, 2024).
    Outcome.SENT_TOO_RECENTLY: ErrorCode(
        499, 4004, "该手机号 1 分钟内已发送过验证码，请稍后再试",
        "A verification code was sent to this phone number within the last minute, please try again later",
    ),
    # Source: production code (openEuler accounts); iOS SDK's live test.
    Outcome.EMAIL_SENT_TOO_RECENTLY: ErrorCode(
        499, 2080, "该邮箱 1 分钟内已发送过验证码，请稍后再试",
        "A verification code was sent to this email within the last minute, please try again later",
    ),
    # Source: text matched by production code; no code known.
    Outcome.DAILY_LIMIT_REACHED: ErrorCode(
        499, None, "24 小时内已发送过验证码超过最大上限",
        "More verification codes were sent within 24 hours than the limit allows",
    ),
    # Source: text: V2 capture (2021) and production code; code: old mobile SDKs' documents.
    Outcome.PHONE_TAKEN: ErrorCode(499, 1320004, "该手机号已被绑定", "This phone number is already bound"),
    # Source: text: production code; code: V2 error list's hint to updatePhone.
    Outcome.HAS_PHONE_ALREADY: ErrorCode(
        499, 2226, "已经绑定了手机号，请使用修改手机号接口",
        "A phone number is bound already, use the change-phone calls",
    ),
    # Source: Flutter SDK's live test (user without a phone).
    Outcome.NO_PHONE_BOUND: ErrorCode(499, 1320005, "用户没有绑定手机号", "No phone number is bound"),
    # Source: text: V2 live test of the e-mail twin; code: Flutter SDK's comment.
    Outcome.ONLY_LOGIN_METHOD: ErrorCode(
        499, 1320010, "没有配置其他登录方式，不能解绑手机号",
        "No other login method is configured, the phone number cannot be unbound",
    ),
    # Source: V2 capture (2021).
    Outcome.SAME_PHONE: ErrorCode(
        499, 2230, "新手机号和旧手机号一样",
        "The new phone number is the same as the old one",
    ),
    # Source: text: production code; code: V2 error list.
    Outcome.OLD_PHONE_MISMATCH: ErrorCode(
        499, 2038, "旧手机号非用户账号绑定的手机号",
        "The old phone number is not the one bound to the user",
    ),
    # Source: text: V2 capture (2021); code: V2 error list.
    Outcome.OLD_PHONE_UNVERIFIED: ErrorCode(
        499, 2228, "修改手机号必须验证原来的手机号。",
        "To change the phone number, the old one has to be verified",
    ),
    # Source: text: production code; code: V2 error list.
    Outcome.EMAIL_TAKEN: ErrorCode(499, 2200, "该邮箱已被绑定", "This email is already bound"),
    # Source: inferred from the phone twin and the V2 error list's hint to updateEmail.
    Outcome.HAS_EMAIL_ALREADY: ErrorCode(
        499, 2225, "已经绑定了邮箱，请使用修改邮箱接口",
        "An email is bound already, use the change-email calls",
    ),
    # Source: Flutter SDK's live test.
    Outcome.NO_EMAIL_BOUND: ErrorCode(499, 1320009, "用户没有绑定邮箱", "No email is bound"),
    # Source: text: V2 live test; code: Flutter SDK's comment.
    Outcome.ONLY_LOGIN_METHOD_EMAIL: ErrorCode(
        499, 1320010, "没有配置其他登录方式，不能解绑邮箱",
        "No other login method is configured, the email cannot be unbound",
    ),
    # Source: V2 error list.
    Outcome.SAME_EMAIL: ErrorCode(499, 2229, "新邮箱和旧邮箱一样", "The new email is the same as the old one"),
    # Source: V2 error list.
    Outcome.OLD_EMAIL_MISMATCH: ErrorCode(
        499, 2037, "旧邮箱非用户账号绑定的邮箱",
        "The old email is not the one bound to the user",
    ),
    # Source: text: production code; code: V2 error list.
    Outcome.OLD_EMAIL_UNVERIFIED: ErrorCode(
        499, 2227, "修改邮箱必须验证之前的邮箱",
        "To change the email, the old one has to be verified",
    ),
    # Source: assumed from the old mobile SDKs' documents (token invalid or expired).
    Outcome.UPDATE_TOKEN_INVALID: ErrorCode(
        499, 1020020, "token 已失效，请重新验证",
        "The token is no longer valid, please verify again",
    ),
    # Source: code: V3 error list; text: capture in public code (HTTP 200).
    Outcome.NOT_SIGNED_IN: ErrorCode(
        401, 2020, "尚未登录，无权限访问此请求",
        "Not signed in, no permission for this request",
    ),
    # Source: V3 error list (2005: user locked).
    Outcome.USER_SUSPENDED: ErrorCode(403, 2005, "用户已锁定", "The user is locked"),
    # Source: table of early V3 SDK documents.
    Outcome.UNKNOWN_USER: ErrorCode(404, 2004, "用户不存在", "User not exists."),
    # Source: table of early V3 SDK documents.
    Outcome.WRONG_PASSWORD: ErrorCode(
        403, 2333, "账号不存在或密码不正确",
        "Account not exists or password is incorrect.",
    ),
    # Source: text: production code (openEuler accounts, 2023); code: V2 error list.
    Outcome.WRONG_OLD_PASSWORD: ErrorCode(499, 2203, "原始密码不正确", "The old password is incorrect"),
    # Source: JavaScript SDK's live test; production code.
    Outcome.USER_EXISTS: ErrorCode(
        499, 2026, "用户已存在，请不要重复注册",
        "The user exists already, please sign in",
    ),
    # Source: V2 error list.
    Outcome.USERNAME_TAKEN: ErrorCode(499, 2034, "用户名已存在", "The username exists already"),
    # Source: table of early V3 SDK documents: 400 without apiCode, English text.
    Outcome.INVALID_ARGUMENT: ErrorCode(400, None, DETAIL, DETAIL),
    # Source: assumed.
    Outcome.NOT_JSON: ErrorCode(
        400, None, "request body must be a JSON object: {detail}",
        "request body must be a JSON object: {detail}",
    ),
    # Source: statusCode classes: 413 PayloadTooLarge.
    Outcome.BODY_TOO_LARGE: ErrorCode(
        413, None, "request entity too large: {detail}",
        "request entity too large: {detail}", http_status=413,
    ),
    # Source: assumed.
    Outcome.NOT_FOUND: ErrorCode(404, None, "Cannot {detail}", "Cannot {detail}", http_status=404),
    # Source: assumed.
    Outcome.METHOD_NOT_ALLOWED: ErrorCode(405, None, DETAIL, DETAIL, http_status=405),
    # Source: API reference, request limits.
    Outcome.TOO_MANY_REQUESTS: ErrorCode(
        429, None, "您的请求已超过最大数量限制，请稍后重试",
        "Your requests exceed the maximum, please try again later", http_status=429,
    ),
    # Source: V3 error list.
    Outcome.UNKNOWN_APP: ErrorCode(404, 2011, "应用不存在", "The application does not exist"),
    # Source: ours: GenAuth has this, the offline GenAuth does not.
    Outcome.NOT_IMITATED: ErrorCode(501, None, "not imitated: {detail}", "not imitated: {detail}", http_status=501),
}  # fmt: skip
"""Source of the whole table: public documents, SDKs and production code; see docs/matrix.md."""
