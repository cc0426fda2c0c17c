"""Every answer that some source claims besides the best one, as data: the rivals of `genauth_mock.engine.error_codes`.

A test holds them equal to the alternatives of the contract, which owns the evidence. Profiles are picked from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from genauth_mock.engine.error_codes import ERROR_CODES, ErrorCode
from genauth_mock.engine.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class Rival:
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


RIVALS: Final[Mapping[Outcome, tuple[Rival, ...]]] = {
    # Source: live tests of the Node SDK, and the error-code page: an empty text.
    Outcome.OK: (
        Rival(200, None, ""),
    ),
    # Source: om-webserver@73a2af4 (500, V3, 2024-06); authing-ruby tests (with an exclamation mark, V2); 400:
    # assumed.
    Outcome.WRONG_CODE: (
        Rival(499, 500),
        Rival(499, 500, "验证码不正确！"),
        Rival(400, None),
    ),
    # Source: Authing/docs@3c8f2a0 error-code (2300, V2); authing-ruby tests (500, V2).
    Outcome.EXPIRED_CODE: (
        Rival(499, 2300, "验证码已过期"),
        Rival(499, 500, "验证码已过期"),
    ),
    # Source: as a wrong or an expired code.
    Outcome.SPENT_CODE: (
        Rival(499, 2001, "验证码不正确"),
        Rival(499, 2300),
        Rival(499, 500),
    ),
    # Source: as a wrong or an expired code.
    Outcome.BURNED_CODE: (
        Rival(499, 2001, "验证码不正确"),
        Rival(499, 2300),
        Rival(499, 500),
    ),
    # Source: as a wrong or an expired code.
    Outcome.NO_CODE: (
        Rival(499, 2001, "验证码不正确"),
        Rival(499, 2300),
        Rival(499, 500),
    ),
    # Source: class of any refusal (499) and of limits (429): assumed.
    Outcome.SENT_TOO_RECENTLY: (
        Rival(499, 4004),
        Rival(422, None),
        Rival(429, None),
        Rival(429, 4004),
    ),
    # Source: om-webserver@9f22209 (the text of 2022); class of limits: assumed.
    Outcome.DAILY_LIMIT_REACHED: (
        Rival(499, 500),
        Rival(499, 500, "手机号每天发送的验证次数超过上限"),
        Rival(429, None),
        Rival(499, 4004),
    ),
    # Source: authing-ruby tests (500, V2); Authing/docs@3c8f2a0 error-code (2035, V2); the e-mail twin (Duplicate
    # entry); 409: class Conflict.
    Outcome.PHONE_TAKEN: (
        Rival(499, 500),
        Rival(499, 500, "Duplicate entry"),
        Rival(499, 2035),
        Rival(409, None),
        Rival(409, 2035),
        Rival(409, 1320004),
    ),
    # Source: the e-mail twin of om-webserver@64c5e3d (the text of a change); Authing/docs@3c8f2a0 error-code
    # (2035); 422: class InvalidOperation.
    Outcome.HAS_PHONE_ALREADY: (
        Rival(422, None),
        Rival(499, 2035),
        Rival(499, 500),
        Rival(499, 500, "修改手机号必须验证原来的手机号。"),
        Rival(500, 500, "修改手机号必须验证原来的手机号。"),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.NO_PHONE_BOUND: (
        Rival(499, 500),
        Rival(422, None),
        Rival(400, None),
    ),
    # Source: authing-flutter-sdk@bc35c5a README (1320005); authing-js-sdk@0025dae tests (2217, V2).
    Outcome.ONLY_LOGIN_METHOD: (
        Rival(499, 1320005),
        Rival(499, 2217),
        Rival(499, 500),
    ),
    # Source: authing-ruby tests (V2); class InvalidArgument: assumed.
    Outcome.SAME_PHONE: (
        Rival(499, 500),
        Rival(400, 2230),
        Rival(400, None),
    ),
    # Source: authing-ruby tests (500, V2); class InvalidArgument: assumed.
    Outcome.OLD_PHONE_MISMATCH: (
        Rival(499, 500),
        Rival(400, None),
    ),
    # Source: authing-ruby tests (500, V2); class InvalidArgument: assumed.
    Outcome.OLD_PHONE_UNVERIFIED: (
        Rival(499, 500),
        Rival(400, None),
    ),
    # Source: documents of the mobile SDKs (1010001); classes of statusCode: assumed.
    Outcome.UPDATE_TOKEN_INVALID: (
        Rival(400, None),
        Rival(401, None),
        Rival(499, 1010001),
        Rival(499, 500),
    ),
    # Source: class of any refusal (499), class Conflict: assumed.
    Outcome.FACTOR_ENROLLED: (
        Rival(499, None),
        Rival(409, None),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.ENROLLMENT_TOKEN_INVALID: (
        Rival(422, None),
        Rival(400, None),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.UNKNOWN_FACTOR: (
        Rival(499, None),
        Rival(422, None),
    ),
    # Source: genauth-docs@70ebb78 error-code (1635: by the user's own choice); Authing/docs@3c8f2a0 MFA (V2).
    Outcome.MFA_REQUIRED: (
        Rival(1635, 1635),
        Rival(499, 1636),
        Rival(499, 1635),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.MFA_TOKEN_INVALID: (
        Rival(401, 2021),
        Rival(401, None),
    ),
    # Source: classes of statusCode: assumed.
    Outcome.UNKNOWN_QR_CODE: (
        Rival(404, None),
        Rival(499, None),
        Rival(500, 500),
        Rival(500, None),
    ),
    # Source: the code of any refusal: assumed.
    Outcome.QR_CODE_OUT_OF_TURN: (
        Rival(499, 500),
    ),
    # Source: the code of any refusal: assumed.
    Outcome.QR_TICKET_INVALID: (
        Rival(499, 500),
    ),
    # Source: the phone twin (422), the class of limits (429): assumed.
    Outcome.EMAIL_SENT_TOO_RECENTLY: (
        Rival(422, 2080),
        Rival(422, None),
        Rival(429, None),
        Rival(429, 2080),
    ),
    # Source: om-webserver@64c5e3d (the database's words, 2024-08); the phone twin.
    Outcome.EMAIL_TAKEN: (
        Rival(499, 500),
        Rival(499, 500, "duplicate key value violates unique constraint"),
        Rival(500, 500, "duplicate key value violates unique constraint"),
        Rival(409, None),
        Rival(409, 2200),
    ),
    # Source: om-webserver@64c5e3d (the text of a change, 2024-08); the phone twin.
    Outcome.HAS_EMAIL_ALREADY: (
        Rival(422, None),
        Rival(499, 500),
        Rival(499, 500, "修改邮箱必须验证之前的邮箱"),
        Rival(499, 2200),
    ),
    # Source: Authing/docs@3c8f2a0 error-code (2219, V2); the phone twin.
    Outcome.NO_EMAIL_BOUND: (
        Rival(499, 2219),
        Rival(499, 500),
        Rival(422, None),
        Rival(400, None),
    ),
    # Source: authing-js-sdk@0025dae tests (2217, V2); the phone twin.
    Outcome.ONLY_LOGIN_METHOD_EMAIL: (
        Rival(499, 2217),
        Rival(499, 1320005),
        Rival(499, 500),
    ),
    # Source: the phone twin.
    Outcome.SAME_EMAIL: (
        Rival(499, 500),
        Rival(400, 2229),
        Rival(400, None),
    ),
    # Source: the phone twin.
    Outcome.OLD_EMAIL_MISMATCH: (
        Rival(499, 500),
        Rival(400, None),
    ),
    # Source: the phone twin.
    Outcome.OLD_EMAIL_UNVERIFIED: (
        Rival(499, 500),
        Rival(400, None),
    ),
    # Source: authing-ruby tests (the other text, V2); Authing/docs@3c8f2a0 error-code (2206, 2207, V2); documents
    # of the mobile SDKs (1010001).
    Outcome.NOT_SIGNED_IN: (
        Rival(401, 401),
        Rival(401, 2020, "尚未登录，无访问权限"),
        Rival(401, 2206),
        Rival(401, 2207),
        Rival(401, 1010001),
        Rival(401, None),
        Rival(499, 2020),
        Rival(499, 2206),
        Rival(499, 1010001),
    ),
    # Source: Guard (2057: locked by repeated errors).
    Outcome.USER_SUSPENDED: (
        Rival(403, 2057),
    ),
    # Source: live tests of the Node SDK (no apiCode); authing-node-sdk@94f2b82 (2333).
    Outcome.UNKNOWN_USER: (
        Rival(404, None),
        Rival(403, 2333, "账号不存在或密码不正确"),
        Rival(499, 2004),
    ),
    # Source: class Conflict; public clients that read the text alone.
    Outcome.USER_EXISTS: (
        Rival(409, 2026),
        Rival(409, None),
        Rival(499, 500),
        Rival(499, None),
    ),
    # Source: authing-js-sdk@0025dae tests (2026).
    Outcome.USERNAME_TAKEN: (
        Rival(499, 2026),
    ),
    # Source: assumed (2010; classes of statusCode).
    Outcome.PASSWORD_NOT_DECRYPTED: (
        Rival(499, 2010),
        Rival(400, None),
        Rival(500, 500),
    ),
    # Source: authing-node-sdk@94f2b82 (2333); Authing/docs@3c8f2a0 error-code (2003, V2).
    Outcome.WRONG_PASSWORD: (
        Rival(403, 2333, "账号不存在或密码不正确"),
        Rival(499, 2333),
        Rival(499, 2006),
        Rival(499, 2003),
    ),
    # Source: authing-node-sdk@94f2b82 (2004, 2006); live tests of the Node SDK (no apiCode).
    Outcome.WRONG_ACCOUNT_OR_PASSWORD: (
        Rival(404, 2004, "用户不存在"),
        Rival(404, None, "用户不存在"),
        Rival(403, 2006, "密码错误"),
        Rival(499, 2333),
        Rival(499, 2004, "用户不存在"),
    ),
    # Source: documents of the mobile SDKs (1320011); genauth-docs@70ebb78 error-code (2006).
    Outcome.WRONG_OLD_PASSWORD: (
        Rival(499, 1320011),
        Rival(499, 2006),
        Rival(403, 2006),
    ),
    # Source: Authing/docs@3c8f2a0 error-code (2028, 2231, V2); iOS SDK's live test (500).
    Outcome.INVALID_ARGUMENT: (
        Rival(499, 2028),
        Rival(500, 500),
        Rival(499, 500),
        Rival(499, 2231),
    ),
    # Source: RFC 9110, 15.5.6.
    Outcome.METHOD_NOT_ALLOWED: (
        Rival(405, None, http_status=405),
    ),
    # Source: a public capture (499, 2224); classes of statusCode.
    Outcome.UNKNOWN_APP: (
        Rival(499, 2011),
        Rival(400, 2011),
        Rival(499, 2224),
        Rival(404, 2224),
    ),
}  # fmt: skip
"""By outcome, in the order of the contract; an outcome that is not here has no rival."""
