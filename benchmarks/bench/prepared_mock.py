"""The offline GenAuth with users and codes made before it serves, so that what is measured is the call alone."""

from __future__ import annotations

import asyncio
import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from genauth_mock.cli.serve import run
from genauth_mock.engine import codes
from genauth_mock.engine.accounts import AccessToken, User
from genauth_mock.engine.address import Phone
from genauth_mock.engine.context import Caller
from genauth_mock.engine.outcomes import Refusal
from genauth_mock.engine.settings import Settings
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.server.launch import serving_on
from genauth_mock.server.listening import listening

if TYPE_CHECKING:
    from genauth_mock.engine.context import CallContext

APP_ID = "bench"
FIRST_NUMBER = 13_000_000_000


def main() -> None:
    """Serve on a port, with so many codes out, until killed; says ready, writes down what binds each of them."""
    port, how_many, file = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    run(_serve(port, how_many, file))


async def _serve(port: int, how_many: int, file: Path) -> None:
    deployment = Deployment()
    with file.open("w", encoding="utf-8") as binds:
        for start in range(0, how_many, 1000):
            numbers = range(start, min(start + 1000, how_many))
            made = await deployment.run(Caller(APP_ID), partial(_made, numbers))
            assert not isinstance(made, Refusal)  # noqa: S101 - nothing here is refused
            binds.writelines(json.dumps(one) + "\n" for one in made)
    with listening("127.0.0.1", port) as listener:
        async with serving_on(deployment, listener):
            print("ready", flush=True)
            await asyncio.Event().wait()


def _made(numbers: range, context: CallContext) -> list[list[str]]:
    context.settings = Settings(pass_code_lifetime=Settings().access_token_lifetime)
    return [_user_with_code(context, str(FIRST_NUMBER + number)) for number in numbers]


def _user_with_code(context: CallContext, number: str) -> list[str]:
    user = User(context.randomness.identifier(), context.now, context.now)
    context.save(user)
    codes.send(context, "CHANNEL_BIND_PHONE", Phone("+86", number))
    # A token by hand: signing so many would take minutes, and it is looked up just the same.
    token = context.randomness.token()
    expires_at = context.now + context.settings.access_token_lifetime
    context.records.put(token, AccessToken(user.user_id, None, expires_at), expires_at)
    return [token, number, context.issued[-1].digits]


if __name__ == "__main__":
    main()
