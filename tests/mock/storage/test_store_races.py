"""Moves at once lose nothing, in memory and in Redis: one suite, two stores."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from genauth_mock.engine import binding, codes
from genauth_mock.engine.accounts import Owner, User
from genauth_mock.engine.contact_kinds import PHONE
from genauth_mock.engine.context import Caller, Turn
from genauth_mock.engine.outcomes import Refusal, Verdict
from genauth_mock.engine.pass_code import State
from genauth_mock.engine.records import Records
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.runtime.options import Options
from genauth_mock.storage.backend import Backend
from genauth_mock.storage.interfaces import Wanted
from tests.mock.support.world import MINE


async def test_moves_at_once_lose_nothing(backend: Backend, app_id: str) -> None:
    await asyncio.gather(*(backend.store.play(app_id, _add_one) for _ in range(25)))
    assert await backend.store.play(app_id, _counted) == Owner("25")


async def test_moves_at_once_on_one_record_are_run_few_times_each(
    backend: Backend, app_id: str
) -> None:
    runs = 0

    def add_one(records: Records) -> None:
        nonlocal runs
        runs += 1
        _add_one(records)

    await asyncio.gather(*(backend.store.play(app_id, add_one) for _ in range(40)))
    assert await backend.store.play(app_id, _counted) == Owner("40")
    assert runs <= 4 * 40


async def test_of_many_binds_at_once_one_wins(backend: Backend, app_id: str) -> None:
    deployment = Deployment(Options(), backend)
    await deployment.mints.ready()
    tokens = [await deployment.play(Caller(app_id), _new_user) for _ in range(5)]
    await deployment.play(Caller(app_id), _send)
    [message] = await deployment.outbox.find(app_id, Wanted(to=MINE.number))
    answers = await asyncio.gather(
        *(
            deployment.play(Caller(app_id, str(token)), _bind(message.code.digits))
            for token in tokens
        )
    )
    refused = [answer.verdict for answer in answers if isinstance(answer, Refusal)]
    assert refused == [Verdict.SPENT_CODE] * 4
    [shown] = await deployment.outbox.find(app_id, Wanted(to=MINE.number))
    assert shown.code.ended is State.USED


def _new_user(turn: Turn) -> str:
    user = User(turn.chance.identifier(), turn.now, turn.now)
    turn.save(user)
    return turn.sign_in(user, None)


def _send(turn: Turn) -> None:
    codes.send(turn, "CHANNEL_BIND_PHONE", MINE)


def _bind(digits: str) -> Callable[[Turn], None]:
    return lambda turn: binding.bind(turn, PHONE, MINE, digits)


def _add_one(records: Records) -> None:
    owner = records.get(Owner, "count") or Owner("0")
    records.put("count", Owner(str(int(owner.user_id) + 1)))


def _counted(records: Records) -> Owner | None:
    return records.get(Owner, "count")
