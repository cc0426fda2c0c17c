"""Everything that a call can raise.

GenAuthError
├── ConfigurationError            the client was set up wrongly; nothing was sent
├── InvalidInput                  an argument was refused here; nothing was sent
├── ApiError                      GenAuth answered, and the answer is no
│   ├── PassCodeRejected          wrong, expired, used, burned: GenAuth often does not say which
│   │   ├── PassCodeWrong         the text says wrong
│   │   └── PassCodeExpired       the text says no longer valid: expired, used or burned
│   ├── PhoneTaken                another user has this number
│   ├── PhoneAlreadyBound         this user already has a number: change it instead
│   ├── PhoneNotBound             this user has no number to unbind
│   ├── LastSignInMethod          unbinding would lock the user out
│   ├── SamePhone                 the new number is the old number
│   ├── OldPhoneNotConfirmed      the old number is another one, or its code is missing
│   ├── UpdateTokenRejected       the token of a change, reset or deletion is used or expired
│   ├── NotSignedIn               no access token, or one that is no longer good
│   │   └── AccessTokenMissing    noticed here, before anything was sent
│   ├── CredentialsRejected       name or password is wrong, or there is no such user
│   ├── MfaRequired               the sign-in wants a further proof; `mfa_token` goes on with it
│   ├── AccountSuspended          suspended, or locked after too many failures
│   ├── PermissionDenied          signed in, and not allowed
│   ├── AppNotFound               app id or user pool are not known
│   ├── TooManyRequests           wait `retry_after` seconds
│   │   └── SentTooRecently       one message per number and channel per minute
│   ├── GrantRejected             code or refresh token is wrong, used or expired: sign in again
│   ├── ClientRejected            app id and secret are wrong, or shown in another way than set up
│   ├── GrantTypeRejected         the application may not get tokens in this way
│   ├── ScopeRejected             the scope is unknown, or more than was granted
│   ├── EmailTaken                another user has this e-mail address
│   ├── EmailAlreadyBound         this user already has an address: change it instead
│   ├── EmailNotBound             this user has no address to unbind
│   ├── SameEmail                 the new address is the old address
│   ├── OldEmailNotConfirmed      the old address is another one, or its code is missing
│   ├── InvalidArgument           GenAuth found the request malformed
│   ├── NotSupported              GenAuth cannot do this (statusCode 501); nothing happened
│   └── ServerFailed              GenAuth says that it failed (statusCode 5xx)
├── TokenRejected                 a token was checked here, and it is not good
│   ├── TokenMalformed            no signed JWT, or without a claim that it has to have
│   ├── TokenAlgorithmRejected    signed in no way that counts: `none`, HS256 without a secret here
│   ├── TokenKeyUnknown           signed with a key that GenAuth does not publish
│   ├── TokenSignatureWrong       changed, or signed by somebody else
│   ├── TokenExpired              its time is over
│   ├── TokenNotYetValid          its time has not begun
│   ├── TokenOfAnotherIssuer      GenAuth did not issue it, or another one did
│   ├── TokenOfAnotherApp         issued for another application
│   └── TokenOfAnotherSignIn      its nonce is not the one of this sign-in
├── UnexpectedAnswer              an answer came that is not GenAuth's
└── TransportError                no answer came
    ├── NotDelivered              certainly never reached GenAuth: nothing happened
    └── OutcomeUnknown            it left, and nobody can know what it did
        ├── BindOutcomeUnknown
        ├── UnbindOutcomeUnknown
        ├── UpdateOutcomeUnknown
        ├── SendOutcomeUnknown
        ├── SignInOutcomeUnknown
        ├── ExchangeOutcomeUnknown
        ├── RefreshOutcomeUnknown
        ├── RevokeOutcomeUnknown
        └── ReadOutcomeUnknown    harmless: a read may simply be asked again

A plain `ApiError` is a refusal whose reason is not known. It is never guessed.
"""

from typing import Literal, Self

from aiogenauth.redaction import Secret

Phase = Literal["token", "connect", "send", "answer", "body"]
"""How far an attempt had come: asking for a token, connecting, sending, waiting, reading."""

RetryAfterSource = Literal["answer", "documentation"]
"""Who says how long to wait."""


class GenAuthError(Exception):
    """Base of everything that this package raises.

    Every error has all of these attributes; those that say nothing about it are None.
    Errors can be pickled and copied. None of them shows a secret or a full phone number.

    Attributes:
        endpoint: The path that was called, such as `/api/v3/bind-phone`.
        status_code: `statusCode` of the answer's envelope.
        api_code: `apiCode` of the envelope, which says more exactly what happened.
        message: What GenAuth wrote, in the language asked for.
        request_id: `requestId`, which GenAuth's support asks for.
        http_status: Status of the HTTP answer; 200 for most refusals.
        retry_after: Seconds to wait before asking again.
        retry_after_source: `"answer"` where the server said so, `"documentation"` where it did not
            and the documented minute between two messages stands in.
        phase: How far the last attempt had come.
        elapsed: Seconds since the call began.
        attempts: How often the request was tried.
        phone: The phone number of the call, masked.
        field: The argument that was refused.
        error: The word of OAuth for why not, such as `invalid_grant`.
        error_description: What GenAuth wrote beside it.
        body_start: The start of an answer that could not be read.
    """

    endpoint: str | None = None
    status_code: int | None = None
    api_code: int | None = None
    message: str | None = None
    request_id: str | None = None
    http_status: int | None = None
    retry_after: float | None = None
    retry_after_source: RetryAfterSource | None = None
    phase: Phase | None = None
    elapsed: float | None = None
    attempts: int | None = None
    phone: str | None = None
    field: str | None = None
    error: str | None = None
    error_description: str | None = None
    body_start: str | None = None

    def with_facts(self, **facts: float | str | None) -> Self:
        """Fill in what only the caller further up knows; None leaves a fact as it was."""
        self.__dict__.update({name: fact for name, fact in facts.items() if fact is not None})
        return self


class ConfigurationError(GenAuthError, ValueError):
    """The client was set up wrongly. Nothing was sent."""


class InvalidInput(GenAuthError, ValueError):
    """An argument was refused before anything was sent; `field` names it."""


class ApiError(GenAuthError):
    """GenAuth answered, and the answer is no."""


class PassCodeRejected(ApiError):
    """The pass code was not accepted. GenAuth often does not say why."""


class PassCodeWrong(PassCodeRejected):
    """The text of the refusal says that the pass code is wrong."""


class PassCodeExpired(PassCodeRejected):
    """The text of the refusal says that the code is no longer valid: expired, used or burned."""


class PhoneTaken(ApiError):
    """Another user of the pool has this number."""


class PhoneAlreadyBound(ApiError):
    """This user already has a number. Change it with `verify_update_phone_request`."""


class PhoneNotBound(ApiError):
    """This user has no number that could be unbound."""


class LastSignInMethod(ApiError):
    """Unbinding the number would leave the user no way to sign in."""


class SamePhone(ApiError):
    """The new number is the old number."""


class OldPhoneNotConfirmed(ApiError):
    """The old number is another one, or it was not confirmed with its own pass code."""


class UpdateTokenRejected(ApiError):
    """The token of a change, reset or deletion is used or expired: ask for another."""


class NotSignedIn(ApiError):
    """There is no access token, or it is no longer good."""


class AccessTokenMissing(NotSignedIn, ConfigurationError):
    """The call needs a signed-in user and the client has no access token. Nothing was sent."""


class CredentialsRejected(ApiError):
    """Name or password is wrong, or there is no such user."""


class MfaRequired(ApiError):
    """The password or code is right, and the sign-in wants a further proof.

    Attributes:
        mfa_token: What goes on with the sign-in, as the access token of
            `POST /api/v2/applications/mfa/sms/verify` and its like; None where the answer has none.
        factor_types: Which proofs will do: `"SMS"`, `"EMAIL"`, `"OTP"`, `"FACE"`.
    """

    mfa_token: Secret | None = None
    factor_types: tuple[str, ...] = ()


class AccountSuspended(ApiError):
    """The account is suspended, or locked after too many failed sign-ins."""


class PermissionDenied(ApiError):
    """The user is signed in and may not do this."""


class AppNotFound(ApiError):
    """GenAuth does not know this app id or its user pool."""


class TooManyRequests(ApiError):
    """Too many requests; `retry_after` has the seconds to wait, or None."""


class SentTooRecently(TooManyRequests):
    """A message went to this number on this channel less than a minute ago."""


class GrantRejected(ApiError):
    """The code or refresh token is wrong, used, expired, or was given for another address or app.

    It never becomes good again: let the user sign in.
    """


class ClientRejected(ApiError):
    """The application did not prove itself: wrong secret, or shown in another way than set up."""


class GrantTypeRejected(ApiError):
    """The application may not get tokens in this way; the console of GenAuth has the setting."""


class ScopeRejected(ApiError):
    """The scope is not known, or is more than was granted."""


class EmailTaken(ApiError):
    """Another user of the pool has this e-mail address."""


class EmailAlreadyBound(ApiError):
    """This user already has an e-mail address. Change it with `verify_update_email_request`."""


class EmailNotBound(ApiError):
    """This user has no e-mail address that could be unbound."""


class SameEmail(ApiError):
    """The new e-mail address is the old one."""


class OldEmailNotConfirmed(ApiError):
    """The old e-mail address is another one, or it was not confirmed with its own pass code."""


class NotSupported(ApiError):
    """GenAuth, or the offline GenAuth in its place, cannot do this. Nothing happened."""


class InvalidArgument(ApiError):
    """GenAuth found the request malformed; its message names the field."""


class ServerFailed(ApiError):
    """GenAuth says that it failed. On a call that changes something this proves nothing."""


class TokenRejected(GenAuthError):
    """A token was checked here, without asking GenAuth, and it is not good."""


class TokenMalformed(TokenRejected):
    """It is not a signed JWT, or lacks a claim that it has to have."""


class TokenAlgorithmRejected(TokenRejected):
    """It is signed in no way that counts here: not at all, or with a key of another kind."""


class TokenKeyUnknown(TokenRejected):
    """It is signed with a key that GenAuth does not publish."""


class TokenSignatureWrong(TokenRejected):
    """It was changed, or somebody else signed it."""


class TokenExpired(TokenRejected):
    """Its time is over."""


class TokenNotYetValid(TokenRejected):
    """Its time has not begun."""


class TokenOfAnotherIssuer(TokenRejected):
    """Another GenAuth issued it, or none did."""


class TokenOfAnotherApp(TokenRejected):
    """It was issued for another application."""


class TokenOfAnotherSignIn(TokenRejected):
    """Its nonce is not the one that this sign-in began with."""


class UnexpectedAnswer(GenAuthError):
    """An answer came that is not GenAuth's: an error page, a redirect, no JSON, a wrong shape."""


class TransportError(GenAuthError):
    """No answer came."""


class NotDelivered(TransportError):
    """The request certainly never reached GenAuth. Nothing happened."""


class OutcomeUnknown(TransportError):
    """The request left, no usable answer came, and nobody can know what it did."""


class BindOutcomeUnknown(OutcomeUnknown):
    """Phone or e-mail address may be bound. Read the profile later; the pass code may be spent."""


class UnbindOutcomeUnknown(OutcomeUnknown):
    """What was bound may be unbound. Read the profile later; the pass code may be spent."""


class UpdateOutcomeUnknown(OutcomeUnknown):
    """It may be changed: phone, e-mail address, password, profile. Codes may be spent."""


class SendOutcomeUnknown(OutcomeUnknown):
    """The message may be on its way. Sending again costs one more and may be refused."""


class SignInOutcomeUnknown(OutcomeUnknown):
    """The user may have been signed in. A pass code that was used may be spent."""


class ExchangeOutcomeUnknown(OutcomeUnknown):
    """The code may be spent, and its tokens are lost. It works once: let the user sign in again."""


class RefreshOutcomeUnknown(OutcomeUnknown):
    """The refresh token may be spent. Nothing was sent twice; if it is refused next, sign in."""


class RevokeOutcomeUnknown(OutcomeUnknown):
    """The token may be revoked. Revoking it again does no harm."""


class ReadOutcomeUnknown(OutcomeUnknown):
    """No answer to a read. Nothing changed, so it may simply be asked again."""
