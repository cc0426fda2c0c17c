"""What this service answers for each error of the SDK, in English and Chinese: one table, and no framework."""

from __future__ import annotations

from math import ceil
from typing import Final, Literal

from attrs import evolve, frozen

from aiogenauth import (
    AccessTokenMissing,
    AccountSuspended,
    ApiError,
    AppNotFound,
    ClientRejected,
    ConfigurationError,
    CredentialsRejected,
    EmailAlreadyBound,
    EmailNotBound,
    EmailTaken,
    ExchangeOutcomeUnknown,
    GenAuthError,
    GrantRejected,
    GrantTypeRejected,
    InvalidArgument,
    InvalidInput,
    LastSignInMethod,
    MfaRequired,
    NotDelivered,
    NotSignedIn,
    NotSupported,
    OldEmailNotConfirmed,
    OldPhoneNotConfirmed,
    OutcomeUnknown,
    PassCodeExpired,
    PassCodeRejected,
    PassCodeWrong,
    PermissionDenied,
    PhoneAlreadyBound,
    PhoneNotBound,
    PhoneTaken,
    ReadOutcomeUnknown,
    RefreshOutcomeUnknown,
    RevokeOutcomeUnknown,
    SameEmail,
    SamePhone,
    ScopeRejected,
    SendOutcomeUnknown,
    SentTooRecently,
    ServerFailed,
    SignInOutcomeUnknown,
    TokenRejected,
    TooManyRequests,
    UnexpectedAnswer,
    UpdateTokenRejected,
)

Language = Literal["en", "zh"]

LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")
"""The languages that this service speaks; the first one is for everybody else."""

Again = Literal["yes", "after a wait", "after a correction", "look first", "no"]
"""Whether the same request may be made again."""

Mistake = Literal["theirs", "yours", "GenAuth's", "nobody's", "not known"]
"""Who can mend it: the person who uses this service, or you who run it."""


@frozen
class Answer:
    """An HTTP answer that says what happened, in words for people and in one for programs.

    Attributes:
        status: HTTP status.
        code: What a client branches on.
        en: What to show to a person, in English.
        zh: The same in Chinese.
        again: Whether the same request may be made again.
        mistake: Who can mend it.
        retry_after: Whole seconds after which the request may be made again, or None.
    """

    status: int
    code: str
    en: str
    zh: str
    again: Again
    mistake: Mistake
    retry_after: int | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The headers that go with it."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}

    def body(self, language: Language) -> dict[str, str]:
        """Make the JSON body."""
        return {"code": self.code, "detail": self.zh if language == "zh" else self.en}


NOT_UNDERSTOOD: Final = Answer(
    422, "invalid_input",
    "Please check the phone number and the code.", "请检查手机号和验证码。",
    "after a correction", "theirs",
)  # fmt: skip

NOT_SIGNED_IN: Final = Answer(
    401, "not_signed_in",
    "Please sign in again.", "请重新登录。",
    "after a correction", "theirs",
)  # fmt: skip

SIGN_IN_LOST: Final = Answer(
    504,
    "outcome_unknown",
    "The answer was lost. Please sign in again, with a new code if you used one.",
    "登录结果丢失，请重新登录；如果使用了验证码，请重新获取。",
    "after a correction",
    "nobody's",
)

GENAUTH_FAILED: Final = Answer(
    502, "genauth_failed",
    "Our sign-in service has a problem. Please try again later.", "登录服务出现问题，请稍后再试。",
    "look first", "GenAuth's",
)  # fmt: skip

MISCONFIGURED: Final = Answer(
    500, "service_misconfigured",
    "Something is wrong on our side. Please try again later.", "我们的服务出现问题，请稍后再试。",
    "no", "yours",
)  # fmt: skip

ANSWERS: Final[dict[type[GenAuthError], Answer]] = {
    InvalidInput: NOT_UNDERSTOOD,
    InvalidArgument: NOT_UNDERSTOOD,
    PassCodeRejected: Answer(
        422, "pass_code_rejected",
        "That code is wrong or no longer valid.", "验证码错误或已失效。",
        "after a correction", "theirs",
    ),
    PassCodeWrong: Answer(
        422, "pass_code_rejected",
        "That code is wrong.", "验证码错误。",
        "after a correction", "theirs",
    ),
    PassCodeExpired: Answer(
        422, "pass_code_rejected",
        "That code is no longer valid. Please ask for a new one.", "验证码已失效，请重新获取。",
        "after a correction", "theirs",
    ),
    PhoneTaken: Answer(
        409, "phone_taken",
        "Another account uses this number.", "该手机号已被其他账号使用。",
        "no", "theirs",
    ),
    PhoneAlreadyBound: Answer(
        409, "phone_already_bound",
        "Your account has a number already. Change it instead.", "您的账号已绑定手机号，请改为更换手机号。",
        "no", "theirs",
    ),
    PhoneNotBound: Answer(
        409, "phone_not_bound",
        "Your account has no number.", "您的账号没有绑定手机号。",
        "no", "theirs",
    ),
    LastSignInMethod: Answer(
        409, "last_sign_in_method",
        "Add another way to sign in before you remove this number.", "请先添加其他登录方式，再解绑手机号。",
        "no", "theirs",
    ),
    SamePhone: Answer(
        409, "same_phone",
        "This is your number already.", "新手机号与当前手机号相同。",
        "no", "theirs",
    ),
    OldPhoneNotConfirmed: Answer(
        422, "old_phone_not_confirmed",
        "Please confirm your old number with its own code.", "请先用原手机号收到的验证码进行确认。",
        "after a correction", "theirs",
    ),
    EmailTaken: Answer(
        409,
        "email_taken",
        "Another account uses this e-mail address.",
        "该邮箱已被其他账号使用。",
        "no",
        "theirs",
    ),
    EmailAlreadyBound: Answer(
        409,
        "email_already_bound",
        "Your account has an e-mail address already. Change it instead.",
        "您的账号已绑定邮箱，请改为更换邮箱。",
        "no",
        "theirs",
    ),
    EmailNotBound: Answer(
        409,
        "email_not_bound",
        "Your account has no e-mail address.",
        "您的账号没有绑定邮箱。",
        "no",
        "theirs",
    ),
    SameEmail: Answer(
        409,
        "same_email",
        "This is your e-mail address already.",
        "新邮箱与当前邮箱相同。",
        "no",
        "theirs",
    ),
    OldEmailNotConfirmed: Answer(
        422,
        "old_email_not_confirmed",
        "Please confirm your old e-mail address with its own code.",
        "请先用原邮箱收到的验证码进行确认。",
        "after a correction",
        "theirs",
    ),
    UpdateTokenRejected: Answer(
        409, "change_expired",
        "That took too long. Please confirm both numbers again.", "操作已超时，请重新验证两个手机号。",
        "no", "theirs",
    ),
    NotSignedIn: NOT_SIGNED_IN,
    GrantRejected: NOT_SIGNED_IN,
    TokenRejected: NOT_SIGNED_IN,
    CredentialsRejected: Answer(
        401, "credentials_rejected",
        "The account or the password is wrong.", "账号或密码错误。",
        "after a correction", "theirs",
    ),
    # Ask for the code of a second device, and go on with the error's `mfa_token`.
    MfaRequired: Answer(
        401, "second_proof_required",
        "Please enter the code of your second device.", "请输入第二重验证的验证码。",
        "after a correction", "theirs",
    ),
    AccountSuspended: Answer(
        403, "account_suspended",
        "This account is suspended or locked. Please contact us.", "该账号已被停用或锁定，请联系我们。",
        "no", "theirs",
    ),
    PermissionDenied: Answer(
        403, "permission_denied",
        "Your account is not allowed to do this.", "您的账号没有权限执行此操作。",
        "no", "theirs",
    ),
    TooManyRequests: Answer(
        429, "too_many_requests",
        "Too many requests. Please wait a minute.", "请求过于频繁，请一分钟后再试。",
        "after a wait", "theirs", 60,
    ),
    SentTooRecently: Answer(
        429, "too_many_requests",
        "A code was sent already. You can ask for another one in a minute.", "验证码已发送，请一分钟后再重新获取。",
        "after a wait", "theirs", 60,
    ),
    # A refusal whose reason is not known: log its request_id, which GenAuth's support asks for.
    ApiError: Answer(
        422, "refused",
        "This was refused, and we do not know why. Please contact us.", "操作被拒绝，原因未知，请联系我们。",
        "no", "not known",
    ),
    # Nothing happened: the same request, with the same code, may be made again.
    NotDelivered: Answer(
        503, "not_delivered",
        "Nothing has changed. Please try again in a moment.", "操作未执行，请稍后重试。",
        "yes", "nobody's", 5,
    ),
    # Something may have happened: 504 and no Retry-After, so that no program repeats it.
    OutcomeUnknown: Answer(
        504, "outcome_unknown",
        "We do not know yet whether that worked. Look at your profile before you try again.",
        "暂时无法确认操作是否成功，请先查看个人资料，再决定是否重试。",
        "look first", "nobody's",
    ),
    SendOutcomeUnknown: Answer(
        504, "outcome_unknown",
        "The code may be on its way. If none comes within a minute, ask for another one.",
        "验证码可能已发出。如果一分钟内没有收到，请重新获取。",
        "after a wait", "nobody's",
    ),
    SignInOutcomeUnknown: SIGN_IN_LOST,
    ExchangeOutcomeUnknown: SIGN_IN_LOST,
    RefreshOutcomeUnknown: SIGN_IN_LOST,
    RevokeOutcomeUnknown: Answer(
        504,
        "outcome_unknown",
        "We do not know yet whether you are signed out. Please sign out again.",
        "暂时无法确认是否已退出登录，请再次退出。",
        "yes",
        "nobody's",
    ),
    ReadOutcomeUnknown: Answer(
        503, "not_read",
        "Please try again in a moment.", "请稍后重试。",
        "yes", "nobody's", 5,
    ),
    # A read that failed. After a call that changes something, the SDK raises OutcomeUnknown instead.
    ServerFailed: GENAUTH_FAILED,
    UnexpectedAnswer: GENAUTH_FAILED,
    AppNotFound: MISCONFIGURED,
    NotSupported: MISCONFIGURED,  # this GenAuth does not have the call
    ClientRejected: MISCONFIGURED,
    GrantTypeRejected: MISCONFIGURED,
    ScopeRejected: MISCONFIGURED,
    ConfigurationError: MISCONFIGURED,
    AccessTokenMissing: MISCONFIGURED,  # a call on the shared client instead of on `as_user(...)`
    GenAuthError: MISCONFIGURED,
}  # fmt: skip
"""From an error's class to the answer; a class that is not here has the answer of its base."""


def answer_for(error: GenAuthError) -> Answer:
    """Return the answer for an error; how long to wait comes from GenAuth where it said so."""
    kind = next(each for each in type(error).__mro__ if each in ANSWERS)
    answer = ANSWERS[kind]
    if error.retry_after is None:
        return answer
    return evolve(answer, retry_after=ceil(error.retry_after))


def language_of(accept_language: str | None) -> Language:
    """Return the first language of an `Accept-Language` header that this service speaks.

    Browsers list the languages in the order that people prefer.

    >>> language_of("de, zh-CN;q=0.9, en;q=0.8")
    'zh'
    """
    for each in (accept_language or "").split(","):
        for language in LANGUAGES:
            if each.strip().lower().partition(";")[0].partition("-")[0] == language:
                return language
    return LANGUAGES[0]
