"""What may be sent again, and when: the table, on pure code."""

import pytest

from aiogenauth import (
    AccessTokenMissing,
    ApiError,
    BindOutcomeUnknown,
    GenAuthError,
    NotDelivered,
    PassCodeRejected,
    ServerFailed,
    TooManyRequests,
    UnexpectedAnswer,
)
from aiogenauth.calls.phone import BIND_PHONE
from aiogenauth.calls.profile import GET_PROFILE
from aiogenauth.sending.retry import (
    Failure,
    RetryRule,
    failure,
    leaves_outcome_unknown,
    retry_after_seconds,
    wait_before_retry,
)


def page(status: int) -> UnexpectedAnswer:
    return UnexpectedAnswer("?").with_facts(http_status=status)


EVIDENCE: list[tuple[GenAuthError, Failure]] = [
    (NotDelivered("?"), Failure.NOT_SENT),
    (AccessTokenMissing("?"), Failure.NOT_SENT),
    (BindOutcomeUnknown("?"), Failure.LOST),
    (TooManyRequests("?"), Failure.TOO_MANY),
    (ServerFailed("?"), Failure.SERVER_FAULT),
    (PassCodeRejected("?"), Failure.REFUSED),
    (ApiError("?"), Failure.REFUSED),
    (page(200), Failure.UNREADABLE),
    (page(307), Failure.REFUSED),
    (page(404), Failure.REFUSED),
    (page(408), Failure.SERVER_FAULT),
    (page(499), Failure.SERVER_FAULT),
    (page(502), Failure.SERVER_FAULT),
]


@pytest.mark.parametrize(("error", "proof"), EVIDENCE)
def test_each_error_proves_one_thing(error: GenAuthError, proof: Failure) -> None:
    assert failure(error) is proof


@pytest.mark.parametrize("is_safe", [True, False])
@pytest.mark.parametrize(("error", "proof"), EVIDENCE)
def test_what_changes_something_is_sent_again_only_if_nothing_arrived(
    is_safe: bool, error: GenAuthError, proof: Failure
) -> None:
    again = RetryRule(is_safe, retries=2).may_send_again(error, attempts=1, seconds_left=9)
    if isinstance(error, AccessTokenMissing):
        assert not again
    elif is_safe:
        assert again == (proof not in {Failure.REFUSED, Failure.UNREADABLE})
    else:
        assert again == (proof is Failure.NOT_SENT)


def test_a_server_fault_leaves_a_change_unknown_and_a_read_as_it_was() -> None:
    assert leaves_outcome_unknown(BIND_PHONE, ServerFailed("?"))
    assert leaves_outcome_unknown(BIND_PHONE, page(200))
    assert not leaves_outcome_unknown(BIND_PHONE, page(404))
    assert not leaves_outcome_unknown(GET_PROFILE, ServerFailed("?"))


def test_attempts_and_the_deadline_end_it() -> None:
    rule = RetryRule(is_safe=True, retries=2)
    assert rule.may_send_again(NotDelivered("?"), attempts=2, seconds_left=0.1)
    assert not rule.may_send_again(NotDelivered("?"), attempts=3, seconds_left=9)
    assert not rule.may_send_again(NotDelivered("?"), attempts=1, seconds_left=0)


def test_a_wait_that_does_not_fit_is_left_to_the_caller() -> None:
    rule = RetryRule(is_safe=True, retries=2)
    busy = TooManyRequests("?").with_facts(retry_after=5.0)
    assert rule.may_send_again(busy, attempts=1, seconds_left=5.0)
    assert not rule.may_send_again(busy, attempts=1, seconds_left=4.9)
    assert not rule.may_send_again(
        TooManyRequests("?").with_facts(retry_after=31.0), attempts=1, seconds_left=99
    )


@pytest.mark.parametrize(
    ("asked", "attempts", "jitter", "seconds"),
    [
        (None, 1, 1.0, 0.1),
        (None, 2, 1.0, 0.2),
        (None, 2, 0.5, 0.1),
        (None, 30, 1.0, 4.0),
        (None, 3, 0.0, 0.0),
        (7.0, 1, 0.0, 7.0),
        (7.0, 9, 1.0, 7.1),
    ],
)
def test_waits_grow_with_full_jitter_and_obey_the_server(
    asked: float | None, attempts: int, jitter: float, seconds: float
) -> None:
    assert wait_before_retry(asked, attempts, jitter, seconds_left=30.0) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("asked", "attempts", "seconds_left", "seconds"),
    [
        (None, 1, 0.2, 0.1),
        (None, 1, 0.1, 0.05),
        (None, 9, 1.0, 0.5),
        (0.45, 1, 0.5, 0.5),
        (0.5, 1, 0.5, 0.5),
    ],
)
def test_no_wait_goes_past_the_deadline_and_our_own_leave_half_of_it_to_the_attempt(
    asked: float | None, attempts: int, seconds_left: float, seconds: float
) -> None:
    assert wait_before_retry(asked, attempts, 1.0, seconds_left) == pytest.approx(seconds)


DAY = "Mon, 01 Jan 2001 00:00:00 GMT"


@pytest.mark.parametrize(
    ("value", "date", "seconds"),
    [
        (None, DAY, None),
        ("0", None, 0.0),
        ("1.5", None, 1.5),
        ("-1", None, None),
        ("nan", None, None),
        ("inf", None, None),
        ("soon", None, None),
        ("Mon, 01 Jan 2001 00:00:07 GMT", DAY, 7.0),
        ("Sun, 31 Dec 2000 23:00:00 GMT", DAY, 0.0),
        ("Mon, 01 Jan 2001 00:00:07 GMT", None, None),
        ("Mon, 01 Jan 2001 00:00:07 GMT", "yesterday", None),
        ("Mon, 01 Jan 2001 00:00:07", DAY, None),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", DAY, None),
        ("Mon, 01 Jan 2001 00:00:07 +99999999999999", DAY, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_held_against_the_servers_own_date(
    value: str | None, date: str | None, seconds: float | None
) -> None:
    assert retry_after_seconds(value, date) == seconds
