"""Which error a refusal becomes."""

import copy
import pickle

import pytest

import aiogenauth
from aiogenauth import errors
from aiogenauth.error_codes import refusal_class
from genauth_mock.engine.alternatives import ALTERNATIVES
from genauth_mock.engine.error_codes import ERROR_CODES
from genauth_mock.engine.outcomes import Outcome


@pytest.mark.parametrize(
    ("status", "code", "text", "error"),
    [
        (499, 2001, "验证码不正确", "PassCodeWrong"),
        (499, 2001, "验证码已失效，请重新获取验证码", "PassCodeExpired"),
        (499, 2001, "Whatever", "PassCodeRejected"),
        (499, 2300, "?", "PassCodeExpired"),
        (499, 500, "验证码不正确！", "PassCodeWrong"),
        (499, 500, "验证码已过期", "PassCodeExpired"),
        (499, 500, "该手机号已被绑定", "PhoneTaken"),
        (499, 1320004, "?", "PhoneTaken"),
        (409, 2035, "?", "PhoneTaken"),
        (499, None, "已经绑定了手机号，请使用修改手机号接口", "PhoneAlreadyBound"),
        (499, 2226, "?", "PhoneAlreadyBound"),
        (499, 1320005, "?", "LastSignInMethod"),
        (499, 1320005, "用户没有绑定手机号", "PhoneNotBound"),
        (499, 1320010, "?", "LastSignInMethod"),
        (499, 2217, "?", "LastSignInMethod"),
        (499, 2230, "新手机号和旧手机号一样", "SamePhone"),
        (499, 500, "旧手机号非用户账号绑定的手机号", "OldPhoneNotConfirmed"),
        (499, 500, "修改手机号必须验证原来的手机号。", "OldPhoneNotConfirmed"),
        (401, 2020, "尚未登录，无权限访问此请求", "NotSignedIn"),
        (401, None, "", "NotSignedIn"),
        (499, 401, "", "NotSignedIn"),
        (401, 77, "", "NotSignedIn"),
        (403, 2333, "", "CredentialsRejected"),
        (400, 400, "Password is incorrect.", "CredentialsRejected"),
        (403, 2005, "", "AccountSuspended"),
        (403, 1576, "", "PermissionDenied"),
        (403, None, "", "PermissionDenied"),
        (499, 2224, "用户池不存在", "AppNotFound"),
        (499, 4004, "", "SentTooRecently"),
        (499, None, "该手机号 1 分钟内已发送过验证码，请稍后再试", "SentTooRecently"),
        (429, None, "您的请求已超过最大数量限制，请稍后重试", "TooManyRequests"),
        (429, 77, "", "TooManyRequests"),
        (400, None, "passCode must be a string", "InvalidArgument"),
        (500, None, "", "ServerFailed"),
        (503, 77, "", "ServerFailed"),
        (499, 31337, "验证码不正确", "ApiError"),
        (499, None, "?", "ApiError"),
        (300, None, "?", "ApiError"),
    ],
)
def test_a_refusal_is_named_by_code_then_text_then_status(
    status: int, code: int | None, text: str, error: str
) -> None:
    assert refusal_class(status, code, text).__name__ == error


BIND, UPDATE, SEND = "/api/v3/bind-phone", "/api/v3/update-phone", "/api/v3/send-sms"
BIND_EMAIL, UPDATE_EMAIL = "/api/v3/bind-email", "/api/v3/update-email"
DUPLICATE = 'duplicate key value violates unique constraint "users_phone_key"'
OLD_FIRST = "修改手机号必须验证原来的手机号。"


@pytest.mark.parametrize(
    ("status", "code", "text", "path", "error"),
    [
        (499, 500, "已绑定手机号", BIND, "PhoneAlreadyBound"),
        (499, 500, "用户已绑定手机号，请先解绑", "", "PhoneAlreadyBound"),
        (499, 500, OLD_FIRST, BIND, "PhoneAlreadyBound"),
        (499, 500, OLD_FIRST, UPDATE, "OldPhoneNotConfirmed"),
        (499, 500, OLD_FIRST, "/api/v3/verify-update-phone-request", "OldPhoneNotConfirmed"),
        (499, 500, "修改邮箱必须验证之前的邮箱", BIND_EMAIL, "EmailAlreadyBound"),
        (499, 500, "修改邮箱必须验证之前的邮箱", UPDATE_EMAIL, "OldEmailNotConfirmed"),
        (500, 500, DUPLICATE, BIND, "PhoneTaken"),
        (500, None, DUPLICATE, UPDATE, "PhoneTaken"),
        (500, 500, "Duplicate entry '188' for key 'phone'", BIND, "PhoneTaken"),
        (500, 500, DUPLICATE, BIND_EMAIL, "EmailTaken"),
        (500, 500, "Duplicate entry 'a' for key 'email'", UPDATE_EMAIL, "EmailTaken"),
        (500, 500, DUPLICATE, "/api/v3/signup", "ServerFailed"),
        (499, 2200, "?", BIND_EMAIL, "EmailTaken"),
        (499, None, "手机号每天发送的验证次数超过上限", SEND, "TooManyRequests"),
        (422, None, "mobile number every day exceeds the upper limit", SEND, "TooManyRequests"),
        (422, None, "?", SEND, "SentTooRecently"),
        (422, None, "?", BIND, "ApiError"),
        (422, 4004, "", "", "SentTooRecently"),
        (499, 4004, "手机号每天发送的验证次数超过上限", SEND, "TooManyRequests"),
        (499, 2003, "?", "/api/v3/signin", "InvalidArgument"),
        (499, 400, "密码解密失败", "/api/v3/signin", "ApiError"),
        (404, None, "用户不存在", "", "CredentialsRejected"),
        (501, None, "", "", "NotSupported"),
        (501, 77, "", "", "NotSupported"),
    ],
)
def test_every_alternative_answer_is_read(
    status: int, code: int | None, text: str, path: str, error: str
) -> None:
    assert refusal_class(status, code, text, path).__name__ == error


@pytest.mark.parametrize("outcome", Outcome)
def test_a_refusal_is_the_same_error_in_both_languages(outcome: Outcome) -> None:
    """Both as the offline GenAuth says it, and by its text alone, where a code says nothing."""
    row = ERROR_CODES[outcome]
    for code in (row.api_code, None, 500):
        classes = {
            refusal_class(row.status_code, code, row.message(language, "passCode must be a string"))
            for language in ("zh-CN", "en-US")
        }
        assert len(classes) == 1


PATHS = {
    Outcome.UPDATE_TOKEN_INVALID: UPDATE,
    Outcome.PHONE_TAKEN: BIND,
    Outcome.HAS_PHONE_ALREADY: BIND,
    Outcome.EMAIL_TAKEN: BIND_EMAIL,
    Outcome.HAS_EMAIL_ALREADY: BIND_EMAIL,
}
"""Where an outcome is told in words that mean something else on other calls."""

CALLED_WRONG = (499, 2001, "验证码不正确")
READ_OTHERWISE: dict[tuple[Outcome, tuple[int, int | None, str | None]], str] = {
    (Outcome.SPENT_CODE, CALLED_WRONG): "PassCodeWrong",
    (Outcome.BURNED_CODE, CALLED_WRONG): "PassCodeWrong",
    (Outcome.NO_CODE, CALLED_WRONG): "PassCodeWrong",
    (Outcome.INVALID_ARGUMENT, (500, 500, None)): "ServerFailed",
    (Outcome.INVALID_ARGUMENT, (499, 500, None)): "ApiError",
    (Outcome.ENROLLMENT_TOKEN_INVALID, (400, None, None)): "InvalidArgument",
    (Outcome.UNKNOWN_DEVICE, (400, None, None)): "InvalidArgument",
    (Outcome.UNKNOWN_RESOURCE, (400, None, None)): "InvalidArgument",
    (Outcome.EXT_IDP_REFUSED, (400, None, None)): "InvalidArgument",
    (Outcome.EXT_IDP_TAKEN, (400, None, None)): "InvalidArgument",
    (Outcome.BINDING_KEY_INVALID, (400, None, None)): "InvalidArgument",
    (Outcome.PERMISSION_DENIED, (499, None, None)): "ApiError",
    (Outcome.MFA_TOKEN_INVALID, (401, 2021, None)): "NotSignedIn",
    (Outcome.MFA_TOKEN_INVALID, (401, None, None)): "NotSignedIn",
    (Outcome.UNKNOWN_QR_CODE, (500, 500, None)): "ServerFailed",
    (Outcome.UNKNOWN_QR_CODE, (500, None, None)): "ServerFailed",
}
"""Alternatives that tell something else than the best answer: a dead code is called wrong, or only a class is left."""


@pytest.mark.parametrize("outcome", ALTERNATIVES)
def test_every_alternative_is_the_error_of_the_best_answer_or_the_one_listed(
    outcome: Outcome,
) -> None:
    best, path = ERROR_CODES[outcome], PATHS.get(outcome, "")
    usual = refusal_class(best.status_code, best.api_code, best.chinese, path).__name__
    for each in ALTERNATIVES[outcome]:
        row = each.row(outcome)
        expected = READ_OTHERWISE.get(
            (outcome, (each.status_code, each.api_code, each.text)), usual
        )
        for language in ("zh-CN", "en-US"):
            text = row.message(language, "Parameter passCode 1")
            read = refusal_class(row.status_code, row.api_code, text, path).__name__
            assert row.status_code == 200 or read == expected, (each, language)


def test_an_unknown_text_is_the_base_class_in_every_language() -> None:
    for text in ("验证码有点问题", "Something is off with the code"):
        assert refusal_class(499, 2001, text) is errors.PassCodeRejected


def test_a_spent_update_token_is_not_taken_for_a_lost_sign_in() -> None:
    update = "/api/v3/update-phone"
    assert refusal_class(499, 1020020, "", update) is errors.UpdateTokenRejected
    assert refusal_class(401, 1020020, "", update) is errors.NotSignedIn
    assert refusal_class(499, 1020020, "", "/api/v3/bind-phone") is errors.NotSignedIn


ALL = [
    each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, Exception)
]


@pytest.mark.parametrize("error", ALL, ids=lambda each: each.__name__)
def test_every_error_derives_from_one_can_be_pickled_copied_and_imported(
    error: type[errors.GenAuthError],
) -> None:
    assert issubclass(error, errors.GenAuthError)
    assert getattr(aiogenauth, error.__name__) is error
    assert error.__name__ in aiogenauth.__all__
    full = error("it happened").with_facts(status_code=499, retry_after=1.5, phone="188****8888")
    for other in (pickle.loads(pickle.dumps(full)), copy.copy(full), copy.deepcopy(full)):  # noqa: S301 - our own bytes
        assert type(other) is error
        assert str(other) == "it happened"
        assert vars(other) == vars(full)
    assert full.request_id is None


def test_the_tree_is_drawn_where_it_is_defined() -> None:
    drawn = errors.__doc__ or ""
    for error in ALL:
        assert f"─ {error.__name__}" in drawn or error is errors.GenAuthError
