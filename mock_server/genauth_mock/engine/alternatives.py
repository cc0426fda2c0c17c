"""Every answer that some source claims besides the best one of `genauth_mock.engine.error_codes`, as data.

A test holds them equal to the alternatives of the contract, which owns the evidence. Profiles are picked from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from genauth_mock.engine.error_codes import ERROR_CODES, ErrorCode
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class Alternative:
    """Another answer for an outcome.

    Attributes:
        status_code: The envelope's ``statusCode``.
        api_code: The envelope's ``apiCode``; None leaves it out.
        text: The message, in every language; None for the one of the best answer.
        http_status: The HTTP status.
    """

    status_code: int
    api_code: int | None
    text: str | None = None
    http_status: int = 200

    def row(self, outcome: Outcome) -> ErrorCode:
        """Return the row that it puts in the place of the best one."""
        row = evolve(
            ERROR_CODES[outcome],
            status_code=self.status_code,
            api_code=self.api_code,
            http_status=self.http_status,
        )
        return row if self.text is None else evolve(row, chinese=self.text, english=self.text)


ALTERNATIVES: Final[Mapping[Outcome, tuple[Alternative, ...]]] = {
    # Source: live tests of the Node SDK, and the error-code page: an empty text.
    Outcome.OK: (
        Alternative(200, None, ""),
    ),
    # Source: om-webserver@73a2af4 (500, V3, 2024-06); authing-ruby tests (with an exclamation mark, V2); 400:
    # assumed.
    Outcome.WRONG_CODE: (
        Alternative(499, 500),
        Alternative(499, 500, "验证码不正确！"),
        Alternative(400, None),
    ),
    # Source: Authing/docs@3c8f2a0 error-code (2300, V2); authing-ruby tests (500, V2).
    Outcome.EXPIRED_CODE: (
        Alternative(499, 2300, "验证码已过期"),
        Alternative(499, 500, "验证码已过期"),
    ),
    # Source: as a wrong or an expired code.
    Outcome.SPENT_CODE: (
        Alternative(499, 2001, "验证码不正确"),
        Alternative(499, 2300),
        Alternative(499, 500),
    ),
    # Source: as a wrong or an expired code.
    Outcome.BURNED_CODE: (
        Alternative(499, 2001, "验证码不正确"),
        Alternative(499, 2300),
        Alternative(499, 500),
    ),
    # Source: as a wrong or an expired code.
    Outcome.NO_CODE: (
        Alternative(499, 2001, "验证码不正确"),
        Alternative(499, 2300),
        Alternative(499, 500),
    ),
    # Source: class of any refusal (499) and of limits (429): assumed.
    Outcome.SENT_TOO_RECENTLY: (
        Alternative(499, 4004),
        Alternative(422, None),
        Alternative(429, None),
        Alternative(429, 4004),
    ),
    # Source: om-webserver@9f22209 (the text of 2022); class of limits: assumed.
    Outcome.DAILY_LIMIT_REACHED: (
        Alternative(499, 500),
        Alternative(499, 500, "手机号每天发送的验证次数超过上限"),
        Alternative(429, None),
    ),
    # Source: authing-ruby tests (500, V2); Authing/docs@3c8f2a0 error-code (2035, V2); the e-mail twin (Duplicate
    # entry); 409: class Conflict.
    Outcome.PHONE_TAKEN: (
        Alternative(499, 500),
        Alternative(499, 500, "Duplicate entry"),
        Alternative(499, 2035),
        Alternative(409, None),
        Alternative(409, 2035),
        Alternative(409, 1320004),
    ),
    # Source: the e-mail twin of om-webserver@64c5e3d (the text of a change); Authing/docs@3c8f2a0 error-code
    # (2035); 422: class InvalidOperation.
    Outcome.HAS_PHONE_ALREADY: (
        Alternative(422, None),
        Alternative(499, 2035),
        Alternative(499, 500),
        Alternative(499, 500, "修改手机号必须验证原来的手机号。"),
        Alternative(500, 500, "修改手机号必须验证原来的手机号。"),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.NO_PHONE_BOUND: (
        Alternative(499, 500),
        Alternative(422, None),
        Alternative(400, None),
    ),
    # Source: authing-flutter-sdk@bc35c5a README (1320005); authing-js-sdk@0025dae tests (2217, V2).
    Outcome.ONLY_LOGIN_METHOD: (
        Alternative(499, 1320005),
        Alternative(499, 2217),
        Alternative(499, 500),
    ),
    # Source: authing-ruby tests (V2); class InvalidArgument: assumed.
    Outcome.SAME_PHONE: (
        Alternative(499, 500),
        Alternative(400, 2230),
        Alternative(400, None),
    ),
    # Source: authing-ruby tests (500, V2); class InvalidArgument: assumed.
    Outcome.OLD_PHONE_MISMATCH: (
        Alternative(499, 500),
        Alternative(400, None),
    ),
    # Source: authing-ruby tests (500, V2); class InvalidArgument: assumed.
    Outcome.OLD_PHONE_UNVERIFIED: (
        Alternative(499, 500),
        Alternative(400, None),
    ),
    # Source: documents of the mobile SDKs (1010001); classes of statusCode: assumed.
    Outcome.UPDATE_TOKEN_INVALID: (
        Alternative(400, None),
        Alternative(401, None),
        Alternative(499, 1010001),
        Alternative(499, 500),
    ),
    # Source: class of any refusal (499), class Conflict: assumed.
    Outcome.FACTOR_ENROLLED: (
        Alternative(499, None),
        Alternative(409, None),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.ENROLLMENT_TOKEN_INVALID: (
        Alternative(422, None),
        Alternative(400, None),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.UNKNOWN_FACTOR: (
        Alternative(499, None),
        Alternative(422, None),
    ),
    # Source: genauth-docs@70ebb78 error-code (1635: by the user's own choice); Authing/docs@3c8f2a0 MFA (V2).
    Outcome.MFA_REQUIRED: (
        Alternative(1635, 1635),
        Alternative(499, 1636),
        Alternative(499, 1635),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.MFA_TOKEN_INVALID: (
        Alternative(401, 2021),
        Alternative(401, None),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.UNKNOWN_PASSKEY: (
        Alternative(499, None),
        Alternative(404, None),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.UNKNOWN_QR_CODE: (
        Alternative(404, None),
        Alternative(499, None),
        Alternative(500, 500),
        Alternative(500, None),
    ),
    # Source: the code of any refusal: assumed.
    Outcome.QR_CODE_OUT_OF_TURN: (
        Alternative(499, 500),
    ),
    # Source: the code of any refusal: assumed.
    Outcome.QR_TICKET_INVALID: (
        Alternative(499, 500),
    ),
    # Source: the phone twin (422), the class of limits (429): assumed.
    Outcome.EMAIL_SENT_TOO_RECENTLY: (
        Alternative(422, 2080),
        Alternative(422, None),
        Alternative(429, None),
        Alternative(429, 2080),
    ),
    # Source: om-webserver@64c5e3d (the database's words, 2024-08); the phone twin.
    Outcome.EMAIL_TAKEN: (
        Alternative(499, 500),
        Alternative(499, 500, "duplicate key value violates unique constraint"),
        Alternative(500, 500, "duplicate key value violates unique constraint"),
        Alternative(409, None),
        Alternative(409, 2200),
    ),
    # Source: om-webserver@64c5e3d (the text of a change, 2024-08); the phone twin.
    Outcome.HAS_EMAIL_ALREADY: (
        Alternative(422, None),
        Alternative(499, 500),
        Alternative(499, 500, "修改邮箱必须验证之前的邮箱"),
    ),
    # Source: Authing/docs@3c8f2a0 error-code (2219, V2); the phone twin.
    Outcome.NO_EMAIL_BOUND: (
        Alternative(499, 2219),
        Alternative(499, 500),
        Alternative(422, None),
        Alternative(400, None),
    ),
    # Source: authing-js-sdk@0025dae tests (2217, V2); the phone twin.
    Outcome.ONLY_LOGIN_METHOD_EMAIL: (
        Alternative(499, 2217),
        Alternative(499, 1320005),
        Alternative(499, 500),
    ),
    # Source: the phone twin.
    Outcome.SAME_EMAIL: (
        Alternative(499, 500),
        Alternative(400, 2229),
        Alternative(400, None),
    ),
    # Source: the phone twin.
    Outcome.OLD_EMAIL_MISMATCH: (
        Alternative(499, 500),
        Alternative(400, None),
    ),
    # Source: the phone twin.
    Outcome.OLD_EMAIL_UNVERIFIED: (
        Alternative(499, 500),
        Alternative(400, None),
    ),
    # Source: authing-ruby tests (the other text, V2); Authing/docs@3c8f2a0 error-code (2206, 2207, V2); documents
    # of the mobile SDKs (1010001).
    Outcome.NOT_SIGNED_IN: (
        Alternative(401, 401),
        Alternative(401, 2020, "尚未登录，无访问权限"),
        Alternative(401, 2206),
        Alternative(401, 2207),
        Alternative(401, 1010001),
        Alternative(401, None),
        Alternative(499, 2020),
        Alternative(499, 2206),
        Alternative(499, 1010001),
    ),
    # Source: Guard (2057: locked by repeated errors).
    Outcome.USER_SUSPENDED: (
        Alternative(403, 2057),
    ),
    # Source: live tests of the Node SDK (no apiCode); authing-node-sdk@94f2b82 (2333).
    Outcome.UNKNOWN_USER: (
        Alternative(404, None),
        Alternative(403, 2333, "账号不存在或密码不正确"),
        Alternative(499, 2004),
    ),
    # Source: class Conflict; public clients that read the text alone.
    Outcome.USER_EXISTS: (
        Alternative(409, 2026),
        Alternative(409, None),
        Alternative(499, 500),
        Alternative(499, None),
    ),
    # Source: authing-js-sdk@0025dae tests (2026).
    Outcome.USERNAME_TAKEN: (
        Alternative(499, 2026),
    ),
    # Source: authing-csharp-sdk-neo@a65a373: a captured answer.
    Outcome.PASSWORD_NOT_DECRYPTED: (
        Alternative(499, 400),
    ),
    # Source: authing-node-sdk@94f2b82 (2333).
    Outcome.WRONG_PASSWORD: (
        Alternative(403, 2333, "账号不存在或密码不正确"),
        Alternative(499, 2333),
        Alternative(499, 2006),
    ),
    # Source: authing-node-sdk@94f2b82 (2004, 2006); live tests of the Node SDK (no apiCode).
    Outcome.WRONG_ACCOUNT_OR_PASSWORD: (
        Alternative(404, 2004, "用户不存在"),
        Alternative(404, None, "用户不存在"),
        Alternative(403, 2006, "密码错误"),
        Alternative(499, 2333),
        Alternative(499, 2004, "用户不存在"),
    ),
    # Source: documents of the mobile SDKs (1320011); genauth-docs@70ebb78 error-code (2006).
    Outcome.WRONG_OLD_PASSWORD: (
        Alternative(499, 1320011),
        Alternative(499, 2006),
        Alternative(403, 2006),
    ),
    # Source: Authing/docs@3c8f2a0 error-code (2003: the format of an e-mail address, 2028, 2231; V2); iOS SDK's live
    # test (500).
    Outcome.INVALID_ARGUMENT: (
        Alternative(499, 2003),
        Alternative(499, 2028),
        Alternative(500, 500),
        Alternative(499, 500),
        Alternative(499, 2231),
    ),
    # Source: RFC 9110, 15.5.6.
    Outcome.METHOD_NOT_ALLOWED: (
        Alternative(405, None, http_status=405),
    ),
    # Source: classes of statusCode (404 NotFound); a public capture (499, 2224).
    Outcome.UNKNOWN_APP: (
        Alternative(404, 2011),
        Alternative(400, 2011),
        Alternative(499, 2224),
        Alternative(404, 2224),
    ),
    # Source: the code of any refusal: assumed.
    Outcome.SECRET_MISSING: (
        Alternative(499, 500),
    ),
    # Source: as a QR code that nobody showed; classes of statusCode: assumed.
    Outcome.UNKNOWN_PUSH_CODE: (
        Alternative(404, None),
        Alternative(499, 500),
    ),
    # Source: the code of any refusal: assumed.
    Outcome.PUSH_CODE_OUT_OF_TURN: (
        Alternative(499, 500),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.UNKNOWN_DEVICE: (
        Alternative(499, None),
        Alternative(400, None),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.UNKNOWN_RESOURCE: (
        Alternative(499, None),
        Alternative(400, None),
    ),
    # Source: the statusCode of any refusal: assumed.
    Outcome.UNKNOWN_EXT_IDP: (
        Alternative(499, None),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.EXT_IDP_REFUSED: (
        Alternative(400, None),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.EXT_IDP_TAKEN: (
        Alternative(400, None),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.BINDING_KEY_INVALID: (
        Alternative(400, None),
    ),
    # Source: the statusCode of any refusal: assumed.
    Outcome.PERMISSION_DENIED: (
        Alternative(499, None),
    ),
}  # fmt: skip
"""By outcome, in the order of the contract; an outcome that is not here has no alternative."""
