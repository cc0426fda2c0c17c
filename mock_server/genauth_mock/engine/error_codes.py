"""What GenAuth answers for each outcome.

Nobody of this project saw these answers live. The comment above a row names the public source of each of its fields, by
the keys of the contract, which owns the evidence: `genauth-contract matrix` says what they are and how far each can be
trusted. A profile replaces rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.value import frozen

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

_NOT_IMITATED: Final = "not imitated: {detail}; POST /_mock/answers gives it an answer"

ERROR_CODES: Final[Mapping[Outcome, ErrorCode]] = {
    # Source: statusCode, text: authing-docs-factory@2ec5356 success.
    Outcome.OK: ErrorCode(200, None, "操作成功", "Operation successful"),
    # Source: statusCode, apiCode, text: developer's write-up of 2026-02.
    Outcome.WRONG_CODE: ErrorCode(499, 2001, "验证码不正确", "The verification code is incorrect"),
    # Source: statusCode, apiCode, text: developer's write-up of 2026-02.
    Outcome.EXPIRED_CODE: ErrorCode(499, 2001, _DEAD_CODE, _DEAD_CODE_ENGLISH),
    # Source: statusCode, apiCode, text: assumed.
    Outcome.SPENT_CODE: ErrorCode(499, 2001, _DEAD_CODE, _DEAD_CODE_ENGLISH),
    # Source: statusCode, apiCode, text: assumed.
    Outcome.BURNED_CODE: ErrorCode(499, 2001, _DEAD_CODE, _DEAD_CODE_ENGLISH),
    # Source: statusCode, apiCode, text: assumed.
    Outcome.NO_CODE: ErrorCode(499, 2001, _DEAD_CODE, _DEAD_CODE_ENGLISH),
    # Source: statusCode: authing-mfa-component@38dc788; apiCode, text: om-webserver@64c5e3d.
    Outcome.SENT_TOO_RECENTLY: ErrorCode(
        422, 4004, "该手机号 1 分钟内已发送过验证码，请稍后再试",
        "A verification code was sent to this phone number within the last minute, please try again later",
    ),
    # Source: statusCode: assumed; apiCode, text: om-webserver@64c5e3d.
    Outcome.EMAIL_SENT_TOO_RECENTLY: ErrorCode(
        499, 2080, "该邮箱 1 分钟内已发送过验证码，请稍后再试",
        "A verification code was sent to this email within the last minute, please try again later",
    ),
    # Source: statusCode: assumed; text: om-webserver@3e541a8.
    Outcome.DAILY_LIMIT_REACHED: ErrorCode(
        499, None, "该手机号 24 小时内已发送过验证码超过最大上限，请稍后尝试",
        "More verification codes were sent within 24 hours than the limit allows",
    ),
    # Source: statusCode: assumed; apiCode: authing-flutter-sdk@bc35c5a documents; text: authing-ruby tests.
    Outcome.PHONE_TAKEN: ErrorCode(499, 1320004, "该手机号已被绑定", "This phone number is already bound"),
    # Source: statusCode: assumed; apiCode: Authing/docs@3c8f2a0 error-code; text: om-webserver@93c0096.
    Outcome.HAS_PHONE_ALREADY: ErrorCode(
        499, 2226, "已绑定手机号",
        "A phone number is bound already, use the change-phone calls",
    ),
    # Source: statusCode, text: assumed; apiCode: authing-flutter-sdk@bc35c5a tests.
    Outcome.NO_PHONE_BOUND: ErrorCode(499, 1320005, "用户没有绑定手机号", "No phone number is bound"),
    # Source: statusCode, text: assumed; apiCode: authing-flutter-sdk@bc35c5a comments.
    Outcome.ONLY_LOGIN_METHOD: ErrorCode(
        499, 1320010, "没有配置其他登录方式，不能解绑手机号",
        "No other login method is configured, the phone number cannot be unbound",
    ),
    # Source: statusCode: assumed; apiCode, text: authing-ruby tests.
    Outcome.SAME_PHONE: ErrorCode(
        499, 2230, "新手机号和旧手机号一样",
        "The new phone number is the same as the old one",
    ),
    # Source: statusCode: assumed; apiCode: Authing/docs@3c8f2a0 error-code; text: om-webserver@93c0096.
    Outcome.OLD_PHONE_MISMATCH: ErrorCode(
        499, 2038, "旧手机号非用户账号绑定的手机号",
        "The old phone number is not the one bound to the user",
    ),
    # Source: statusCode: assumed; apiCode: Authing/docs@3c8f2a0 error-code; text: authing-ruby tests.
    Outcome.OLD_PHONE_UNVERIFIED: ErrorCode(
        499, 2228, "修改手机号必须验证原来的手机号。",
        "To change the phone number, the old one has to be verified",
    ),
    # Source: statusCode: assumed; apiCode: Authing/docs@3c8f2a0 error-code; text: om-webserver@93c0096.
    Outcome.EMAIL_TAKEN: ErrorCode(499, 2200, "该邮箱已被绑定", "This email is already bound"),
    # Source: statusCode: assumed; apiCode: Authing/docs@3c8f2a0 error-code; text: om-webserver@93c0096.
    Outcome.HAS_EMAIL_ALREADY: ErrorCode(
        499, 2225, "已绑定邮箱",
        "An email is bound already, use the change-email calls",
    ),
    # Source: statusCode, text: assumed; apiCode: authing-flutter-sdk@bc35c5a tests.
    Outcome.NO_EMAIL_BOUND: ErrorCode(499, 1320009, "用户没有绑定邮箱", "No email is bound"),
    # Source: statusCode: assumed; apiCode: authing-flutter-sdk@bc35c5a comments; text: authing-js-sdk@0025dae
    # tests.
    Outcome.ONLY_LOGIN_METHOD_EMAIL: ErrorCode(
        499, 1320010, "没有配置其他登录方式，不能解绑邮箱",
        "No other login method is configured, the email cannot be unbound",
    ),
    # Source: statusCode: assumed; apiCode: Authing/docs@3c8f2a0 error-code; text: om-webserver@93c0096.
    Outcome.SAME_EMAIL: ErrorCode(499, 2229, "新邮箱和旧邮箱一样", "The new email is the same as the old one"),
    # Source: statusCode, text: assumed; apiCode: Authing/docs@3c8f2a0 error-code.
    Outcome.OLD_EMAIL_MISMATCH: ErrorCode(
        499, 2037, "旧邮箱非用户账号绑定的邮箱",
        "The old email is not the one bound to the user",
    ),
    # Source: statusCode: assumed; apiCode: Authing/docs@3c8f2a0 error-code; text: om-webserver@93c0096.
    Outcome.OLD_EMAIL_UNVERIFIED: ErrorCode(
        499, 2227, "修改邮箱必须验证之前的邮箱",
        "To change the email, the old one has to be verified",
    ),
    # Source: statusCode, text: assumed; apiCode: authing-flutter-sdk@bc35c5a documents.
    Outcome.UPDATE_TOKEN_INVALID: ErrorCode(
        499, 1020020, "token 已失效，请重新验证",
        "The token is no longer valid, please verify again",
    ),
    # Source: statusCode: authing-csharp-sdk-neo@810d8ff factors; text: assumed.
    Outcome.FACTOR_ENROLLED: ErrorCode(
        422, None, "该 MFA 认证要素已绑定", "This MFA factor is enrolled already",
    ),
    # Source: statusCode, text: assumed.
    Outcome.ENROLLMENT_TOKEN_INVALID: ErrorCode(
        499, None, "enrollmentToken 无效，请重新发起绑定",
        "The enrollmentToken is not valid, please begin to enroll again",
    ),
    # Source: statusCode, text: assumed.
    Outcome.UNKNOWN_FACTOR: ErrorCode(
        404, None, "MFA 认证要素不存在", "The MFA factor does not exist",
    ),
    # Source: statusCode: authing-flutter-sdk 3; apiCode: genauth-docs@70ebb78 error-code; text:
    # Authing/docs@3c8f2a0 MFA.
    Outcome.MFA_REQUIRED: ErrorCode(1636, 1636, "请输入二次认证安全码", "Please enter the code of your second factor"),
    # Source: statusCode, text: assumed; apiCode: guard-ios MFA.
    Outcome.MFA_TOKEN_INVALID: ErrorCode(
        499, 2021, "mfaToken 无效，请重新登录", "The mfaToken is not valid, please sign in again",
    ),
    # Source: statusCode: guard-android@add2fe9; text: assumed.
    Outcome.UNKNOWN_PASSKEY: ErrorCode(422, None, "未绑定该凭证", "This passkey is not bound"),
    # Source: statusCode, apiCode, text: assumed.
    Outcome.UNKNOWN_QR_CODE: ErrorCode(499, 500, "无效二维码", "The QR code is not valid"),
    # Source: statusCode, text: assumed.
    Outcome.QR_CODE_OUT_OF_TURN: ErrorCode(
        499, None, "二维码当前状态不允许此操作",
        "The status of the QR code does not allow this action",
    ),
    # Source: statusCode, text: assumed.
    Outcome.QR_TICKET_INVALID: ErrorCode(
        499, None, "ticket 无效，请重新扫码", "The ticket is not valid, please scan again",
    ),
    # Source: statusCode, text: assumed.
    Outcome.UNKNOWN_PUSH_CODE: ErrorCode(499, None, "无效推送码", "The push code is not valid"),
    # Source: statusCode, text: assumed.
    Outcome.PUSH_CODE_OUT_OF_TURN: ErrorCode(
        499, None, "推送码当前状态不允许此操作",
        "The status of the push code does not allow this action",
    ),
    # Source: statusCode, text: assumed.
    Outcome.UNKNOWN_DEVICE: ErrorCode(404, None, "设备不存在", "The device does not exist"),
    # Source: statusCode, text: assumed.
    Outcome.UNKNOWN_RESOURCE: ErrorCode(404, None, "数据资源不存在", "The data resource does not exist"),
    # Source: statusCode: authing-csharp-sdk-neo@810d8ff identities; text: assumed.
    Outcome.UNKNOWN_EXT_IDP: ErrorCode(
        404, None, "身份源连接不存在", "The connection to the identity provider does not exist",
    ),
    # Source: statusCode, text: assumed.
    Outcome.EXT_IDP_REFUSED: ErrorCode(
        499, None, "身份源认证失败", "The identity provider refused the sign-in",
    ),
    # Source: statusCode, text: assumed.
    Outcome.EXT_IDP_TAKEN: ErrorCode(
        499, None, "该身份源账号已被其他用户绑定", "This account is linked to another user",
    ),
    # Source: statusCode, text: assumed.
    Outcome.BINDING_KEY_INVALID: ErrorCode(
        499, None, "认证中间态已失效，请重新登录", "The key is not valid, please begin to sign in again",
    ),
    # Source: statusCode: genauth-docs@70ebb78 statusCode; apiCode: genauth-docs@70ebb78 error-code; text: public
    # capture of a refused call.
    Outcome.NOT_SIGNED_IN: ErrorCode(
        401, 2020, "尚未登录，无权限访问此请求",
        "Not signed in, no permission for this request",
    ),
    # Source: statusCode, text: assumed.
    Outcome.PERMISSION_DENIED: ErrorCode(
        403, None, "无权限执行此操作", "No permission for this operation",
    ),
    # Source: statusCode, text: assumed; apiCode: genauth-docs@70ebb78 error-code.
    Outcome.USER_SUSPENDED: ErrorCode(403, 2005, "用户已锁定", "The user is locked"),
    # Source: statusCode, apiCode: authing-node-sdk@94f2b82; text: authing-node-sdk@cc9f6ed tests.
    Outcome.UNKNOWN_USER: ErrorCode(404, 2004, "用户不存在", "User not exists."),
    # Source: statusCode, apiCode: authing-node-sdk@94f2b82; text: assumed.
    Outcome.WRONG_PASSWORD: ErrorCode(403, 2006, "密码错误", "Password is incorrect."),
    # Source: statusCode, apiCode: authing-node-sdk@94f2b82; text: assumed.
    Outcome.WRONG_ACCOUNT_OR_PASSWORD: ErrorCode(
        403, 2333, "账号不存在或密码不正确",
        "Account not exists or password is incorrect.",
    ),
    # Source: statusCode: assumed; apiCode: Authing/docs@3c8f2a0 error-code; text: om-webserver@35a4b17.
    Outcome.WRONG_OLD_PASSWORD: ErrorCode(499, 2203, "原始密码不正确", "The old password is incorrect"),
    # Source: statusCode, apiCode: authing-node-sdk@94f2b82; text: authing-csharp-sdk-neo@a65a373.
    Outcome.PASSWORD_NOT_DECRYPTED: ErrorCode(499, 2016, "密码解密失败", "The password cannot be decrypted"),
    # Source: statusCode: assumed; apiCode, text: authing-js-sdk@0025dae tests.
    Outcome.USER_EXISTS: ErrorCode(
        499, 2026, "用户已存在，请不要重复注册",
        "The user exists already, please sign in",
    ),
    # Source: statusCode, text: assumed; apiCode: Authing/docs@3c8f2a0 error-code.
    Outcome.USERNAME_TAKEN: ErrorCode(499, 2034, "用户名已存在", "The username exists already"),
    # Source: statusCode: genauth-docs@70ebb78 statusCode.
    Outcome.INVALID_ARGUMENT: ErrorCode(400, None, DETAIL, DETAIL),
    # Source: statusCode: assumed.
    Outcome.NOT_JSON: ErrorCode(
        400, None, "request body must be a JSON object: {detail}",
        "request body must be a JSON object: {detail}",
    ),
    # Source: HTTP: assumed; statusCode: genauth-docs@70ebb78 statusCode.
    Outcome.BODY_TOO_LARGE: ErrorCode(
        413, None, "request entity too large: {detail}",
        "request entity too large: {detail}", http_status=413,
    ),
    # Source: HTTP, statusCode: assumed.
    Outcome.NOT_FOUND: ErrorCode(404, None, "Cannot {detail}", "Cannot {detail}", http_status=404),
    # Source: HTTP, statusCode: assumed.
    Outcome.METHOD_NOT_ALLOWED: ErrorCode(404, None, "Cannot {detail}", "Cannot {detail}", http_status=404),
    # Source: HTTP, statusCode, text: authing-docs-factory@2ec5356 limits.
    Outcome.TOO_MANY_REQUESTS: ErrorCode(
        429, None, "您的请求已超过最大数量限制，请稍后重试",
        "Your requests exceed the maximum, please try again later", http_status=429,
    ),
    # Source: statusCode, text: Authing/docs@3c8f2a0 sample of an error; apiCode: genauth-docs@70ebb78
    # error-code.
    Outcome.UNKNOWN_APP: ErrorCode(499, 2011, "应用不存在", "The application does not exist"),
    # Source: statusCode, text: developer's write-up of 2026-02.
    Outcome.SECRET_MISSING: ErrorCode(
        499, None,
        "应用 token_endpoint_auth_method 配置不为 none, 请在 body 或者请求头中传递 client_id 和 client_secret",
        "token_endpoint_auth_method of the application is not none, please send client_id and client_secret",
    ),
    # Source: HTTP, statusCode: assumed.
    Outcome.NOT_IMITATED: ErrorCode(501, None, _NOT_IMITATED, _NOT_IMITATED, http_status=501),
}  # fmt: skip
"""Source of the whole table: public documents, SDKs and production code; see `genauth-contract matrix`."""
