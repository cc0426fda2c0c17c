"""What a failed exchange proves, as the two errors that a transport may raise.

An exception of whatever class ends here: which classes the HTTP libraries, codecs and resolvers may
raise, and what the middlewares of a caller raise, nobody can list.
"""

import os
import re
import ssl
from typing import Final, TypeVar

from aiogenauth.errors import NotDelivered, OutcomeUnknown, Phase, TransportError
from aiogenauth.protocol import AUTHORIZATION, Request
from aiogenauth.transports.inflating import LONGEST_ANSWER

SHARE_TO_CONNECT: Final = 0.95
"""Part of a timeout after which a request that still has no connection is given up as not sent."""


def not_sent(exc: BaseException, request: Request) -> NotDelivered:
    """Say that nothing left, and why."""
    name, text = type(exc).__name__, str(exc)
    is_plain = not (_holds_request(exc) or _shows_url(exc, text) or _quotes(text, request))
    why = f"{name}: {text}".rstrip(": ") if is_plain else name
    error = NotDelivered(f"nothing was sent ({why})").with_facts(phase="connect")
    return _caused(error, exc, request)


def lost(exc: BaseException, phase: Phase, request: Request) -> OutcomeUnknown:
    """Say that the request left and no whole answer came. What the server wrote is not repeated."""
    why = ": ".join(filter(None, (type(exc).__name__, _reason(exc))))
    error = OutcomeUnknown(f"no whole answer came ({why})").with_facts(phase=phase)
    return _caused(error, exc, request)


def unreadable(why: str) -> OutcomeUnknown:
    """Say that an answer came and its body could not be read."""
    return OutcomeUnknown(f"no whole answer came ({why})").with_facts(phase="body")


def too_long() -> OutcomeUnknown:
    """Say that the answer was cut off here because it was endless."""
    text = f"the answer is longer than {LONGEST_ANSWER} bytes"
    return OutcomeUnknown(text).with_facts(phase="body")


ErrorT = TypeVar("ErrorT", bound=TransportError)
ExceptionT = TypeVar("ExceptionT", bound=BaseException)


def without_frames(exc: ExceptionT) -> ExceptionT:
    """Take from a foreign exception where it came from, and what caused it.

    Error trackers print the locals of every frame, and those of an HTTP library hold headers with
    tokens, and bodies.
    """
    exc.__traceback__ = exc.__cause__ = exc.__context__ = None
    return exc


def _caused(error: ErrorT, exc: BaseException, request: Request) -> ErrorT:
    """Chain the foreign exception without its frames, if it can be shown at all.

    Without its causes too: inner exceptions quote what the server wrote. One of the system or of an
    HTTP library keeps its class alone, for the same reason; one of the caller keeps its text,
    unless that quotes the request.
    """
    text = str(exc)
    if _holds_request(exc) or _shows_url(exc, text) or isinstance(exc, UnicodeError):
        return error
    if isinstance(exc, OSError):
        exc.args, exc.strerror = (), _system_text(exc)
    elif _is_of_library(exc):
        exc.args = ()
    elif _quotes(repr(exc.args) + text, request):
        exc.args = ()
        if str(exc):  # a class that keeps its text elsewhere
            return error
    error.__cause__ = without_frames(exc)
    return error


_LIBRARIES: Final = frozenset(
    {"aiohttp", "anyio", "h11", "h2", "httpcore", "httpcore2", "httpx", "httpx2", "yarl", "zlib"}
)
_LIMIT: Final = re.compile(r"Got more than \d{1,12} bytes")


def _is_of_library(exc: BaseException) -> bool:
    """Return whether an exception's text may hold what the server wrote."""
    return type(exc).__module__.partition(".")[0] in _LIBRARIES


def _reason(exc: BaseException) -> str:
    """Say why in words of the system: the exception's own text may quote the server."""
    if isinstance(exc, OSError) and exc.errno is not None:
        return f"[Errno {exc.errno}] {_system_text(exc)}"
    found = _LIMIT.search(str(exc))
    return found[0] if found else ""


def _system_text(exc: OSError) -> str:
    if isinstance(exc, ssl.SSLError):
        return getattr(exc, "reason", None) or "TLS failed"
    return "" if exc.errno is None else os.strerror(exc.errno)


def _shows_url(exc: BaseException, text: str) -> bool:
    """Return whether an exception's text holds a URL: that of a proxy has a password in it."""
    return type(exc).__name__ == "InvalidURL" or "://" in text or "@" in text


_WORD: Final = re.compile(r"[^\s\"'{}\[\]:,&=]{4,}")


def _quotes(text: str, request: Request) -> bool:
    """Return whether a text repeats the user's token, or a word of the body or of the query."""
    sent = [request.headers.get(AUTHORIZATION, ""), (request.body or b"").decode(errors="replace")]
    sent += (request.query or {}).values()
    sent.append(request.url.partition("?")[2])
    return any(word in text for part in sent for word in _WORD.findall(part))


def _holds_request(exc: BaseException) -> bool:
    """Return whether it is one of aiohttp's response errors, whose repr prints the request's headers."""
    return hasattr(exc, "request_info")
