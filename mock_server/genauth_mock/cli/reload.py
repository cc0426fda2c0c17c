"""Hot reload of the seed file."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.storage.interfaces import StoreUnreachable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from genauth_mock.runtime.deployment import Deployment

log = logging.getLogger("genauth_mock")

LOOK_MILLISECONDS: Final = 1000
"""How often the file is looked at where nothing tells of a change."""


@asynccontextmanager
async def reseed_on_change(deployment: Deployment, path: Path | None) -> AsyncGenerator[None]:
    """Read the seed file again whenever it changes, while the block runs.

    Apps whose seed has changed begin anew; all others keep what they have. A file with mistakes changes nothing.
    """
    if path is None:
        yield
        return
    stop = asyncio.Event()
    watching = asyncio.create_task(_watch(deployment, path, _look(path), stop))
    try:
        yield
    finally:
        # Set, not cancelled: watchfiles waits for a thread of its own, where a cancellation can get lost.
        stop.set()
        await watching


async def reseed(deployment: Deployment, path: Path) -> bool:
    """Read the seed file again; give whether that is done, be it with an objection."""
    from genauth_mock.seeds.seed_file import read_seed  # noqa: PLC0415 - only who gives one

    try:
        seed = read_seed(path, deployment.options.app_id)
    except InvalidInput as error:
        log.error("the seed stays as it was: %s", error)  # noqa: TRY400 - a mistake in a file, not here
        return True
    try:
        changed = await deployment.reseed(seed)
    except StoreUnreachable as error:
        log.warning("the seed stays as it was until the store is back: %s", error)
        return False
    log.info("%s was read again; anew: %s", path, ", ".join(changed) or "nothing")
    return True


async def _watch(
    deployment: Deployment, path: Path, seen: tuple[int, ...], stop: asyncio.Event
) -> None:
    # Only who gives a seed file pays for the import; one type of its signature is anyio's.
    from watchfiles import awatch  # pyright: ignore[reportUnknownVariableType]  # noqa: PLC0415 - only where files are watched

    # The folder is watched, not the file: editors put a new file in the place of the old one. What the folder says is
    # only when to look; the file is also looked at every second, for changes that no folder tells of: while the watch
    # begins, behind a symbolic link (a mounted ConfigMap), on a file system of another machine.
    async for _ in awatch(
        path.parent,
        step=20,
        debounce=200,
        stop_event=stop,
        rust_timeout=LOOK_MILLISECONDS,
        yield_on_timeout=True,
        recursive=False,
    ):
        now = _look(path)
        if now != seen and await reseed(deployment, path):
            seen = now


def _look(path: Path) -> tuple[int, ...]:
    """Return what changes when a file does; an empty tuple where the file does not exist."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino
