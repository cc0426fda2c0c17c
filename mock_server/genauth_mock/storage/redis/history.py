"""Events and journals in Redis: one stream of events for all apps, and one of the journal of each."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from genauth_mock.storage.redis.failures import translate_errors
from genauth_mock.storage.redis.records import PREFIX, app_of, base_of
from genauth_mock.storage.serialization import STRAY_BYTES

if TYPE_CHECKING:
    from redis.asyncio import Redis

EVENTS: Final = f"{PREFIX}-events"
COUNTER: Final = f"{PREFIX}-events-counted"
RUN: Final = f"{PREFIX}-events-run"
JOURNALS: Final = f"{PREFIX}-journals"

_NAP_SECONDS: Final = 2.0
"""How long Redis is asked to wait at once: redis-py takes a connection that is silent for 5 s for dead."""

_READ: Final = """
local lines = {}
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '(' .. ARGV[1] .. '-0', '+')) do
  lines[#lines + 1] = string.match(entry[1], '^%d+') .. ' ' .. entry[2][2]
end
return table.concat(lines, '\\n')
"""
"""One text for a whole journal: redis-py would take a second to read ten thousand entries."""


class Entry(NamedTuple):
    """An event as it was read: its number grows, and its fields are as they were written."""

    number: int
    fields: dict[bytes, bytes]

    def text(self, name: bytes) -> str:
        """Return a field as text."""
        return self.fields[name].decode(errors=STRAY_BYTES)


class History:
    """What happened, in one order for every process, as far as it is kept."""

    def __init__(self, client: Redis, where: str) -> None:
        self._redis = client
        self._where = where
        self._read = client.register_script(_READ)

    async def events_after(self, number: int) -> list[Entry]:
        """Read the events after one, waiting a moment for them; may be none."""
        await self._wait(EVENTS, number, _NAP_SECONDS)
        with translate_errors(self._where):
            read = cast(
                "list[tuple[bytes, dict[bytes, bytes]]]",
                await self._redis.xrange(EVENTS, min=f"({number}-0"),
            )
        return [Entry(int(read_id.partition(b"-")[0]), fields) for read_id, fields in read]

    async def exchanges_after(self, app_id: str, number: int) -> list[tuple[int, bytes]]:
        """Read the requests that an app's journal keeps after one: their numbers, and what was written of them."""
        with translate_errors(self._where):
            read = cast("bytes", await self._read(keys=[journal_of(app_id)], args=[number]))
        lines = (line.split(b" ", 1) for line in read.splitlines())
        return [(int(each), text) for each, text in lines]

    async def wait_for_more(self, app_id: str, number: int, seconds: float) -> None:
        """Wait until an app's journal has a request after one, at most so long."""
        await self._wait(journal_of(app_id), number, seconds)

    async def newest(self) -> int:
        """Return the number of the newest event."""
        with translate_errors(self._where):
            return int(await self._redis.get(COUNTER) or 0)

    async def run(self) -> str:
        """Return the id of this numbering of events."""
        with translate_errors(self._where):
            while (run := cast("bytes | None", await self._redis.get(RUN))) is None:
                await self._redis.set(RUN, token_hex(4), nx=True)
            return run.decode()

    async def journalled(self) -> list[str]:
        """Return the ids of the apps that have a journal."""
        with translate_errors(self._where):
            journals = cast("list[bytes]", await self._redis.zrange(JOURNALS, 0, -1))  # pyright: ignore[reportUnknownMemberType]  # untyped options
        return [app_of(journal.decode()) for journal in journals]

    async def forget(self, app_id: str) -> int:
        """Begin an app's journal anew; return how many requests are gone."""
        key = journal_of(app_id)
        with translate_errors(self._where):
            async with self._redis.pipeline(transaction=True) as steps:
                steps.xlen(key)
                steps.delete(key)
                steps.zrem(JOURNALS, key)
                gone, *_ = cast("list[int]", await steps.execute())
        return gone

    async def _wait(self, key: str, number: int, seconds: float) -> None:
        """Wait for an entry, for a short time only: redis-py may swallow a cancellation, and go on waiting."""
        milliseconds = max(1, round(min(seconds, _NAP_SECONDS) * 1000))
        with translate_errors(self._where):
            await self._redis.xread({key: f"{number}-0"}, count=1, block=milliseconds)


def journal_of(app_id: str) -> str:
    """Return the name of an app's journal stream."""
    return f"{base_of(app_id)}journal"
