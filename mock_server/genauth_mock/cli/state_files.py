"""The state that ``serve`` and ``exec`` begin with, and the one that they leave: ``--load``, ``--dump-at-exit``."""

from __future__ import annotations

import json
import os
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final, cast

from genauth_mock.cli.exit_codes import WRONG_OPTION, CannotServe
from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.http.json_text import read_json
from genauth_mock.seeds.files import decoded

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from genauth_mock.cli.options import ServePlan
    from genauth_mock.control.request import Json
    from genauth_mock.runtime.deployment import Deployment

ONLY_OWNER: Final = 0o600
"""Who may read a state: it holds secrets."""


@asynccontextmanager
async def kept_state(deployment: Deployment, plan: ServePlan) -> AsyncGenerator[None]:
    """Load a state before a block, and dump it after.

    Raises:
        CannotServe: The state cannot be loaded, or there is no place to dump it.
    """
    target = plan.dump_at_exit
    if target is not None and not os.access(target.parent, os.W_OK):
        msg = f"--dump-at-exit {target} cannot be written: its folder does not exist, or is not writable"
        raise CannotServe(msg, WRONG_OPTION)
    begins_here = plan.load is not None and plan.load == target and not plan.load.exists()
    if plan.load is not None and not begins_here:
        await _load_file(deployment, plan.load)
    try:
        yield
    finally:
        if target is not None:
            await _dump_file(deployment, target)


async def _load_file(deployment: Deployment, path: Path) -> None:
    from genauth_mock.control.states import load_all  # noqa: PLC0415 - few load a state, and a start is sooner

    try:
        await load_all(deployment, _content(path))
    except OSError as error:
        msg = f"--load {path} cannot be read: {error.strerror}"
        raise CannotServe(msg, WRONG_OPTION) from None
    except InvalidInput as error:
        msg = f"--load {path}: {error}"
        raise CannotServe(msg, WRONG_OPTION) from None
    except ValueError as error:
        msg = f"--load {path} is not JSON: {error}"
        raise CannotServe(msg, WRONG_OPTION) from None


def _content(path: Path) -> Json:
    content = read_json(decoded(path.read_bytes()).encode())
    return cast("Json", content) if isinstance(content, dict) else {}


async def _dump_file(deployment: Deployment, path: Path) -> None:
    from genauth_mock.control.states import dump_all  # noqa: PLC0415 - as above

    state = await dump_all(deployment)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.touch(ONLY_OWNER)
        draft.write_text(json.dumps(state, indent=2), encoding="ascii")
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        msg = f"--dump-at-exit {path} cannot be written: {error.strerror}"
        raise CannotServe(msg, WRONG_OPTION) from None
