"""Where a deployment keeps its state, by the name it has on the command line: ``memory``, or a Redis URL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from genauth_mock.engine.value import frozen
from genauth_mock.storage.memory import MOST_APPS, MemoryOutbox, MemoryStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from redis.asyncio import Redis

    from genauth_mock.storage.interfaces import Outbox, Store
    from genauth_mock.storage.redis.feed import Feed

MEMORY: Final = "memory"

MOST_CONNECTIONS: Final = 2**31
"""To Redis: as many as there are calls at once. redis-py 8 would refuse the 101st."""

REDIS_SECONDS: Final = 5.0
"""How long Redis may take to connect and to answer, whatever the version of redis-py has as its default."""

_REDIS: Final = {"redis", "rediss", "unix", "valkey", "valkeys"}
_REDIS_NAMES: Final = {"valkey": "redis", "valkeys": "rediss"}


async def _kept_here(key: str) -> str:
    return key


async def _replaced_here(_known: str, _key: str) -> bool:
    return True


@frozen
class Storage:
    """The state of every app, its outbox, and the key that every process of a deployment signs with.

    Attributes:
        shared_key: Offers a signing key; gives the one that was offered first.
        replace_key: Puts keys in the place of those known; false where others are there by now.
        feed: Shares events between processes; None for a single process.
    """

    store: Store
    outbox: Outbox
    shared_key: Callable[[str], Awaitable[str]] = _kept_here
    replace_key: Callable[[str, str], Awaitable[bool]] = _replaced_here
    feed: Feed | None = None

    async def close(self) -> None:
        """Close the connections."""
        await self.outbox.close()
        await self.store.close()


def open_storage(url: str, *, outbox_size: int, most_apps: int = MOST_APPS) -> Storage:
    """Make ready to keep state at ``url``; nothing is connected yet.

    Args:
        url: ``memory``, or ``redis://``, ``rediss://``, ``unix://``, ``valkey://`` and where it is.
        outbox_size: How many messages an app keeps.
        most_apps: How many apps are kept in memory; the one unused the longest goes first.

    Raises:
        ValueError: Says what a URL must look like, or which extra is missing.
    """
    if url == MEMORY:
        return Storage(MemoryStore(most_apps=most_apps), MemoryOutbox(outbox_size))
    scheme = url.partition(":")[0]
    if scheme not in _REDIS:
        message = f"--store must be {MEMORY} or a URL such as redis://localhost:6379/0"
        raise ValueError(message)
    try:
        return _redis(url.replace(scheme, _REDIS_NAMES.get(scheme, scheme), 1), outbox_size)
    except ModuleNotFoundError as error:
        if error.name != "redis":
            raise
        message = "--store redis://... needs its extra: pip install 'aiogenauth[redis]'"
        raise ValueError(message) from None


def _redis(url: str, outbox_size: int) -> Storage:
    from genauth_mock.storage.redis.feed import Feed  # noqa: PLC0415
    from genauth_mock.storage.redis.outbox import RedisOutbox  # noqa: PLC0415
    from genauth_mock.storage.redis.records import RedisStore, replace_key, shared_key  # noqa: PLC0415

    _check_database(url)
    where = _without_password(url)
    client = _client(url)
    return Storage(
        RedisStore(client, where),
        RedisOutbox(client, where, outbox_size),
        lambda offered: shared_key(client, where, offered),
        lambda known, keys: replace_key(client, where, known, keys),
        Feed(client, where),
    )


def _client(url: str) -> Redis:
    """Make a client; it connects when it is used.

    Raises:
        ValueError: Names ``--store``.
    """
    from redis.asyncio import Redis  # noqa: PLC0415 - only who wants Redis needs the extra

    from genauth_mock.storage.serialization import STRAY_BYTES  # noqa: PLC0415

    try:
        client = Redis.from_url(  # pyright: ignore[reportUnknownMemberType]  # redis-py leaves its options untyped
            url,
            encoding_errors=STRAY_BYTES,
            max_connections=MOST_CONNECTIONS,
            socket_timeout=REDIS_SECONDS,
            socket_connect_timeout=REDIS_SECONDS,
        )
        pool = client.connection_pool
        pool.connection_class(
            **pool.connection_kwargs
        )  # says which option in the URL it does not know
    except (TypeError, ValueError) as error:
        message = f"--store cannot be used: {error}; it must be {MEMORY} or a URL such as redis://localhost:6379/0"
        raise ValueError(message) from None
    return client


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _check_database(url: str) -> None:
    """Refuse a database that is not a number: redis-py would take the first one.

    Raises:
        ValueError: Names ``--store``.
    """
    try:
        parts = urlsplit(url)
        database = parts.path.strip("/")
        is_known = parts.scheme == "unix" or not database or database.isdecimal()
        problem = "" if is_known else f"its database must be a number, not {database!r}"
        _ = parts.port
    except ValueError as error:
        problem = str(error)
    if problem:
        message = f"--store cannot be used: {problem}; such as redis://localhost:6379/0 is right"
        raise ValueError(message)
