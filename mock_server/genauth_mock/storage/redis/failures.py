"""What it means that Redis cannot be reached or will not serve, in our own words, with the way out."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    ClusterCrossSlotError,
    ClusterDownError,
    MasterDownError,
    MovedError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
)
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as TooSlow

from genauth_mock.storage.interfaces import StoreUnreachable

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

_IS_REPLICA: Final = "it is a replica: name the primary in --store"
_IS_CLUSTER: Final = "it is a cluster: name a single Redis in --store"
_IS_LOCKED: Final = (
    "the URL of --store has to hold its password, such as redis://:PASSWORD@HOST:6379"
)

WAYS_OUT: Final[Mapping[str, str]] = {
    "OOM": "it is full: raise its maxmemory, or empty it",
    "READONLY": _IS_REPLICA,
    "MASTERDOWN": _IS_REPLICA,
    "MISCONF": "it cannot save to its disk: its own log says why",
    "NOREPLICAS": "too few replicas follow it: start them, or lower its min-replicas-to-write",
    "LOADING": "it is still reading its data: wait a moment",
    "BUSY": "a script keeps it busy: wait, or end that with SCRIPT KILL",
    "NOAUTH": _IS_LOCKED,
    "WRONGPASS": _IS_LOCKED,
    "NOPERM": "its ACL has to allow the user of --store scripts, and keys and channels that begin with genauth-mock",
    "MOVED": _IS_CLUSTER,
    "CROSSSLOT": _IS_CLUSTER,
    "CLUSTERDOWN": _IS_CLUSTER,
}
"""What to do, by the first word of a reply with which Redis refuses to serve.

Source: Redis 7.0, src/server.c, createSharedObjects.
"""

_CLASSES: Final[Mapping[type[RedisError], str]] = {
    OutOfMemoryError: "OOM",
    ReadOnlyError: "READONLY",
    MasterDownError: "MASTERDOWN",
    BusyLoadingError: "LOADING",
    AuthenticationError: "NOAUTH",
    NoPermissionError: "NOPERM",
    MovedError: "MOVED",
    ClusterCrossSlotError: "CROSSSLOT",
    ClusterDownError: "CLUSTERDOWN",
}
"""The replies that redis-py takes the first word off; later versions keep it as ``status_code``."""

_IN_WORDS: Final = re.compile(rf"(?:^|: |-)({'|'.join(WAYS_OUT)}) ")
"""The first word of a reply, alone or in what redis-py or a script of Redis 6 says around it."""


@contextmanager
def translate_errors(where: str) -> Generator[None]:
    """Translate failures to reach Redis, and its refusals to serve, into `StoreUnreachable`.

    What it answers to a mistake of ours stays what it is: a stack trace explains that better.

    Args:
        where: How the Redis is named to people, without its password.
    """
    try:
        yield
    except RedisError as error:
        refusal = _refusal(error)
        if refusal is not None:
            message = (
                f"the store at {where} cannot be used: it answers {refusal}; {WAYS_OUT[refusal]}"
            )
        elif "DB index is out of range" in str(error):
            message = f"the store at {where} has no such database: --store must end in a smaller number, such as /0"
        elif isinstance(error, NoConnection | TooSlow):
            cause = error.__cause__ or error.__context__
            why = f" ({type(cause).__name__})" if isinstance(cause, OSError) else ""
            message = f"the store at {where} cannot be reached: {type(error).__name__}{why}; see that it runs there"
        else:
            raise
        raise StoreUnreachable(message) from error


def _refusal(error: BaseException | None) -> str | None:
    """Return the refusal's name; a refusal while redis-py connects is the cause of its own error."""
    if not isinstance(error, RedisError):
        return None
    named = getattr(error, "status_code", None)
    if named in WAYS_OUT:
        return str(named)
    found = _IN_WORDS.search(str(error))
    return found[1] if found else _CLASSES.get(type(error)) or _refusal(error.__cause__)
