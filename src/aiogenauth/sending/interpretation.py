"""Makes the result out of an answer, or the one error that says what happened. Pure."""

import re
from typing import Final, TypeVar, cast

from attrs import define, field, frozen
from multidict import istr

from aiogenauth.decoding import ShapeError, decode, envelope, is_object, read
from aiogenauth.errors import (
    ApiError,
    GenAuthError,
    MfaRequired,
    NotSignedIn,
    SentTooRecently,
    TooManyRequests,
    UnexpectedAnswer,
)
from aiogenauth.models import SUCCESS, Envelope
from aiogenauth.protocol import AnyReply, Auth, Call, Endpoint, describe
from aiogenauth.redaction import (
    LONGEST_MESSAGE,
    LONGEST_REQUEST_ID,
    UUID,
    Secret,
    as_data,
    scrubbed,
    without_likely_secrets,
    without_whole_numbers,
)
from aiogenauth.sending.retry import retry_after_seconds

T = TypeVar("T")
ErrorT = TypeVar("ErrorT", bound=GenAuthError)

BAD_REQUEST: Final = 400
"""What a refusal in OAuth's form counts as that comes with a success. Source: RFC 6749, 5.2."""
BODY_START: Final = 200
"""Characters of an unreadable answer that an error keeps."""
TOO_MANY: Final = 429
"""The only HTTP status besides 200 that the reference names. Source: API reference, rate limit."""

SIGNED_OUT: Final = 401
"""What a gateway in front of GenAuth answers to an access token that it checks itself."""

BETWEEN_MESSAGES: Final = 60.0
"""Seconds between two messages to one number or address. Source: API reference, send-sms."""


def interpret(call: Call[T], reply: AnyReply, secrets: tuple[str, ...] = ()) -> T:
    """Make the result out of an answer, or the one error that says what happened.

    Args:
        call: What was asked.
        reply: What came back.
        secrets: What, besides the secrets of the call, an error must not repeat.

    Raises:
        ApiError: GenAuth said no; the class says why.
        UnexpectedAnswer: The answer is not GenAuth's.
    """
    flaw = "its envelope tells of success and its HTTP status does not"
    found = None
    try:
        found = _envelope(call.endpoint, reply)
        is_success = found.status_code == SUCCESS and _is_fine(reply)
        if is_success or found.api_code in call.endpoint.answering_codes:
            return call.parse(found)
    except ShapeError as exc:
        flaw = str(exc)
    quoted = _Quoted(call, reply, secrets)
    # Raised out here, so that no frame that holds the raw answer is chained.
    if found is not None and found.status_code != SUCCESS:
        raise quoted.refusal(found)
    if found is None and reply.http_status == TOO_MANY:
        raise quoted.too_many()
    if found is None and reply.http_status == SIGNED_OUT and call.endpoint.auth is not Auth.NEVER:
        raise quoted.signed_out()
    raise quoted.unexpected(flaw, found)


_CONTENT_TYPE: Final = istr("Content-Type")
_USUAL_TYPES: Final = frozenset({"application/json; charset=utf-8", "application/json"})


def _envelope(endpoint: Endpoint, reply: AnyReply) -> Envelope:
    body = reply.body
    if _is_fine(reply) and endpoint.is_text:
        return Envelope(SUCCESS, data=body.decode(errors="replace"))
    if not body:
        if _is_fine(reply) and (endpoint.may_be_empty or not endpoint.has_envelope):
            return Envelope(SUCCESS)  # a revocation, for one. Source: RFC 7009, 2.2
        message = "it is empty"
        raise ShapeError(message)
    kind = reply.headers.get(_CONTENT_TYPE, "application/json")
    if kind not in _USUAL_TYPES and not _LIKE_JSON.match(body):
        mime = kind.partition(";")[0].strip().lower()
        if mime != "application/json" and not mime.endswith("+json"):
            message = f"its content type is {as_data(mime, 60)}"
            raise ShapeError(message)
    value = decode(body)
    if not endpoint.has_envelope:
        return _bare(value, reply)
    if not is_object(value):
        message = "JSON, but no object"
        raise ShapeError(message)
    return envelope(value)


_LIKE_JSON: Final = re.compile(rb"(\xef\xbb\xbf)?[ \t\r\n]*[{\[]")
"""How an answer begins that is read as JSON, whatever its content type says."""


def _bare(value: object, reply: AnyReply) -> Envelope:
    """Return the answer of an OAuth endpoint as an envelope, unless it has one after all.

    Source: RFC 6749, 5.2; API reference, IsSuccessRespDto for a revocation with an envelope.
    """
    if is_object(value) and "statusCode" in value:
        return envelope(value)
    is_refusal = not _is_fine(reply) or (is_object(value) and isinstance(value.get("error"), str))
    if not is_refusal:
        return Envelope(SUCCESS, data=value)
    error = read(_OAuthError, value)
    said = error.error_description or error.error
    status = BAD_REQUEST if _is_fine(reply) else reply.http_status
    return _OAuthRefusal(status, said, error=error.error)


@frozen(eq=False, repr=False)
class _OAuthError:
    error: str
    error_description: str | None = None


@define(eq=False, repr=False)
class _OAuthRefusal(Envelope):
    """A refusal in OAuth's own form, as an envelope."""

    error: str = field(default="", kw_only=True)


def _is_fine(reply: AnyReply) -> bool:
    return 200 <= reply.http_status < 300  # noqa: PLR2004 - the class of successes


def _note_demand(error: MfaRequired, data: object) -> None:
    """Keep what goes on with a sign-in. Source: official SDK for phones, and official component for MFA."""
    demand = data if is_object(data) else {}
    token, listed = demand.get("mfaToken"), demand.get("applicationMfa")
    error.mfa_token = Secret(token) if isinstance(token, str) else None
    ways = cast("list[object]", listed) if isinstance(listed, list) else []
    kinds = [each.get("mfaPolicy") for each in ways if is_object(each)]
    error.factor_types = tuple(kind for kind in kinds if isinstance(kind, str))


@frozen(eq=False, repr=False)
class _Quoted:
    """An answer that becomes an error, with everything secret taken out of what it says."""

    call: Call[object]
    reply: AnyReply
    secrets: tuple[str, ...] = field(repr=False)

    def refusal(self, found: Envelope) -> ApiError:
        from aiogenauth.error_codes import refusal_class  # noqa: PLC0415 - large, for refusals only

        if isinstance(found, _OAuthRefusal):
            return self._oauth_refusal(found)
        message = without_whole_numbers(self._hidden(found.message or ""))
        path = self.call.endpoint.safe_path
        error = refusal_class(found.status_code, found.api_code, found.message or "", path)
        code = "" if found.api_code is None else f", apiCode {found.api_code}"
        said = f"statusCode {found.status_code}{code}: {message or 'no message'}"
        refused = error(f"{describe(self.call)} was refused with {said}")
        if isinstance(refused, MfaRequired):
            _note_demand(refused, found.data)
        return self._with_http_facts(refused).with_facts(
            status_code=found.status_code,
            api_code=found.api_code,
            message=message,
            request_id=self._request_id(found.request_id or ""),
        )

    def _oauth_refusal(self, found: _OAuthRefusal) -> ApiError:
        from aiogenauth.error_codes import BY_OAUTH_ERROR, oauth_refusal_class  # noqa: PLC0415 - see above

        is_known = found.error in BY_OAUTH_ERROR
        word = found.error if is_known else without_likely_secrets(self._hidden(found.error))[:60]
        message = without_whole_numbers(self._hidden(found.message or ""))
        error = oauth_refusal_class(found.error, found.status_code, found.message or "")
        said = f"{word} (HTTP {found.status_code}): {message}"
        return self._with_http_facts(
            error(f"{describe(self.call)} was refused with {said}")
        ).with_facts(
            status_code=found.status_code, message=message, error=word, error_description=message
        )

    def _request_id(self, request_id: str) -> str | None:
        """Return an id as it is: a pass code of six digits may stand in one by chance."""
        if UUID.fullmatch(request_id):
            return request_id
        return self._hidden(request_id, LONGEST_REQUEST_ID) or None

    def too_many(self) -> TooManyRequests:
        return self._with_http_facts(
            TooManyRequests(f"{describe(self.call)} was refused: HTTP 429")
        )

    def signed_out(self) -> NotSignedIn:
        return self._with_http_facts(NotSignedIn(f"{describe(self.call)} was refused: HTTP 401"))

    def unexpected(self, flaw: str, found: Envelope | None) -> UnexpectedAnswer:
        where = f"{describe(self.call)} got an answer that"
        if found is not None:  # the body is GenAuth's, so it holds data of a user
            message = f"{where} has another shape than documented: {flaw}"
            return self._with_http_facts(UnexpectedAnswer(message)).with_facts(
                status_code=found.status_code
            )
        body = self.reply.body[: 4 * BODY_START].decode(errors="replace")
        start = without_likely_secrets(self._hidden(body, 4 * BODY_START))[:BODY_START]
        why = self._hidden(flaw, BODY_START)
        message = (
            f"{where} is not GenAuth's (HTTP {self.reply.http_status}; {why}); it begins {start!r}"
        )
        return self._with_http_facts(UnexpectedAnswer(message)).with_facts(body_start=start)

    def _with_http_facts(self, error: ErrorT) -> ErrorT:
        headers = self.reply.headers
        wait = retry_after_seconds(headers.get("Retry-After"), headers.get("Date"))
        source = None if wait is None else "answer"
        if wait is None and isinstance(error, SentTooRecently):
            wait, source = BETWEEN_MESSAGES, "documentation"
        return error.with_facts(
            http_status=self.reply.http_status, retry_after=wait, retry_after_source=source
        )

    def _hidden(self, text: str, longest: int = LONGEST_MESSAGE) -> str:
        phone = self.call.phone
        phones = () if phone is None else (phone.e164, phone.national_number)
        return as_data(scrubbed(text, (*self.call.secrets, *self.secrets), phones), longest)
