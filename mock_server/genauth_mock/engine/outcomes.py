"""Every outcome of a call; error_codes has GenAuth's answer for each."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Outcome(Enum):
    """The outcome of a call."""

    OK = auto()

    # pass codes
    WRONG_CODE = auto()
    EXPIRED_CODE = auto()
    SPENT_CODE = auto()
    BURNED_CODE = auto()
    NO_CODE = auto()
    SENT_TOO_RECENTLY = auto()
    EMAIL_SENT_TOO_RECENTLY = auto()
    DAILY_LIMIT_REACHED = auto()

    # phone numbers
    PHONE_TAKEN = auto()
    HAS_PHONE_ALREADY = auto()
    NO_PHONE_BOUND = auto()
    ONLY_LOGIN_METHOD = auto()
    SAME_PHONE = auto()
    OLD_PHONE_MISMATCH = auto()
    OLD_PHONE_UNVERIFIED = auto()

    # e-mail addresses
    EMAIL_TAKEN = auto()
    HAS_EMAIL_ALREADY = auto()
    NO_EMAIL_BOUND = auto()
    ONLY_LOGIN_METHOD_EMAIL = auto()
    SAME_EMAIL = auto()
    OLD_EMAIL_MISMATCH = auto()
    OLD_EMAIL_UNVERIFIED = auto()

    UPDATE_TOKEN_INVALID = auto()

    # further proofs, MFA
    FACTOR_ENROLLED = auto()
    ENROLLMENT_TOKEN_INVALID = auto()
    UNKNOWN_FACTOR = auto()
    MFA_REQUIRED = auto()
    MFA_TOKEN_INVALID = auto()
    UNKNOWN_PASSKEY = auto()

    # sign-in by a QR code
    UNKNOWN_QR_CODE = auto()
    QR_CODE_OUT_OF_TURN = auto()
    QR_TICKET_INVALID = auto()

    # sign-in by a push message
    UNKNOWN_PUSH_CODE = auto()
    PUSH_CODE_OUT_OF_TURN = auto()

    # what a user has
    UNKNOWN_DEVICE = auto()
    UNKNOWN_RESOURCE = auto()

    # accounts elsewhere
    UNKNOWN_EXT_IDP = auto()
    EXT_IDP_REFUSED = auto()
    EXT_IDP_TAKEN = auto()
    BINDING_KEY_INVALID = auto()

    # people
    NOT_SIGNED_IN = auto()
    PERMISSION_DENIED = auto()
    USER_SUSPENDED = auto()
    UNKNOWN_USER = auto()
    WRONG_PASSWORD = auto()
    WRONG_ACCOUNT_OR_PASSWORD = auto()
    WRONG_OLD_PASSWORD = auto()
    PASSWORD_NOT_DECRYPTED = auto()
    USER_EXISTS = auto()
    USERNAME_TAKEN = auto()

    # the request itself
    INVALID_ARGUMENT = auto()
    NOT_JSON = auto()
    BODY_TOO_LARGE = auto()
    NOT_FOUND = auto()
    METHOD_NOT_ALLOWED = auto()
    TOO_MANY_REQUESTS = auto()
    UNKNOWN_APP = auto()
    SECRET_MISSING = auto()
    NOT_IMITATED = auto()


class Refusal(Exception):  # noqa: N818 - a refusal is an answer of the API, not an error of the mock
    """The engine refuses a call.

    Attributes:
        outcome: Why.
        detail: Text for GenAuth's own answer, such as the name of a wrong field; usually empty.
        why: The rule and what was left of it, for the journal under ``/_mock/`` and the page that refuses a browser.
        data: What the envelope has as ``data``; None for most refusals.
    """

    def __init__(
        self,
        outcome: Outcome,
        detail: str = "",
        why: Mapping[str, str | float] | None = None,
        data: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(outcome.name)
        self.outcome = outcome
        self.detail = detail
        self.why = dict(why or {})
        self.data = data
