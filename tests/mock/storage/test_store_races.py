"""Transactions at once lose nothing, in memory and in Redis: one suite, two stores."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from genauth_mock.engine import binding, codes
from genauth_mock.engine.accounts import Owner, User
from genauth_mock.engine.contact_kinds import PHONE
from genauth_mock.engine.context import CallContext, Caller
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.pass_code import State
from genauth_mock.engine.records import Records
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.runtime.options import Options
from genauth_mock.storage.interfaces import Wanted
from genauth_mock.storage.opening import Storage
from tests.mock.support.world import MINE


async def test_moves_at_once_lose_nothing(storage: Storage, app_id: str) -> None:
    await asyncio.gather(*(storage.store.transact(app_id, _add_one) for _ in range(25)))
    assert await storage.store.transact(app_id, _counted) == Owner("25")


async def test_moves_at_once_on_one_record_are_run_few_times_each(
    storage: Storage, app_id: str
) -> None:
    runs = 0

    def add_one(records: Records) -> None:
        nonlocal runs
        runs += 1
        _add_one(records)

    await asyncio.gather(*(storage.store.transact(app_id, add_one) for _ in range(40)))
    assert await storage.store.transact(app_id, _counted) == Owner("40")
    assert runs <= 4 * 40


async def test_of_many_binds_at_once_one_wins(storage: Storage, app_id: str) -> None:
    deployment = Deployment(Options(), storage)
    await deployment.token_issuers.ready()
    tokens = [await deployment.run(Caller(app_id), _new_user) for _ in range(5)]
    await deployment.run(Caller(app_id), _send)
    [message] = await deployment.outbox.find(app_id, Wanted(to=MINE.number))
    answers = await asyncio.gather(
        *(
            deployment.run(Caller(app_id, str(token)), _bind(message.code.digits))
            for token in tokens
        )
    )
    refused = [answer.outcome for answer in answers if isinstance(answer, Refusal)]
    assert refused == [Outcome.SPENT_CODE] * 4
    [shown] = await deployment.outbox.find(app_id, Wanted(to=MINE.number))
    assert shown.code.ended is State.USED


def _new_user(context: CallContext) -> str:
    user = User(context.randomness.identifier(), context.now, context.now)
    context.save(user)
    return context.sign_in(user, None)


def _send(context: CallContext) -> None:
    codes.send(context, "CHANNEL_BIND_PHONE", MINE)


def _bind(digits: str) -> Callable[[CallContext], None]:
    return lambda context: binding.bind(context, PHONE, MINE, digits)


def _add_one(records: Records) -> None:
    owner = records.get(Owner, "count") or Owner("0")
    records.put("count", Owner(str(int(owner.user_id) + 1)))


def _counted(records: Records) -> Owner | None:
    return records.get(Owner, "count")
