"""What a failed exchange proves, as the two errors that a transport may raise."""

from typing import Final, TypeVar

from aiogenauth.errors import NotDelivered, OutcomeUnknown, Phase, TransportError

LONGEST_ANSWER: Final = 4 * 1024 * 1024
"""Bytes; a profile with all its custom data is far below."""
SHARE_TO_CONNECT: Final = 0.95
"""Part of a timeout after which a request that still has no connection is given up as not sent."""


def not_sent(exc: BaseException) -> NotDelivered:
    """Say that nothing left, and why."""
    why = type(exc).__name__ if _holds_request(exc) else f"{type(exc).__name__}: {exc}".rstrip(": ")
    error = NotDelivered(f"nothing was sent ({why})").with_facts(phase="connect")
    return _caused(error, exc)


def lost(exc: BaseException, phase: Phase) -> OutcomeUnknown:
    """Say that the request left and no whole answer came. What the server wrote is not repeated."""
    error = OutcomeUnknown(f"no whole answer came ({type(exc).__name__})").with_facts(phase=phase)
    if not _holds_request(exc):
        exc.args = ()
    return _caused(error, exc)


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


def _caused(error: ErrorT, exc: BaseException) -> ErrorT:
    """Chain the foreign exception without its frames, if it can be shown at all.

    Without its causes too: inner exceptions quote what the server wrote.
    """
    if not _holds_request(exc):
        error.__cause__ = without_frames(exc)
    return error


def _holds_request(exc: BaseException) -> bool:
    """Tell aiohttp's response errors, whose repr prints the request's headers."""
    return hasattr(exc, "request_info")
