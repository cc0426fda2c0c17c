"""Memory and Redis keep the same promises: one suite, two stores."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from genauth_mock.engine.accounts import AccessToken, DeletionToken, Owner, ResetToken, User
from genauth_mock.engine.address import Email, Phone
from genauth_mock.engine.clock import Clock
from genauth_mock.engine.given_answers import GivenAnswer
from genauth_mock.engine.memberships import Department, Memberships, Role
from genauth_mock.engine.pass_code import CodeHistory, PassCode, State
from genauth_mock.engine.records import Records
from genauth_mock.engine.settings import Settings
from genauth_mock.http.messages import HttpRequest
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.runtime.dispatcher import Dispatcher
from genauth_mock.storage.interfaces import GRACE
from genauth_mock.storage.opening import Storage
from tests.mock.support.world import T0

BOB = User("bob", T0, T0, username="bob", phone=Phone("+86", "18812348888"))
EVES_CODE = PassCode(
    "id", "CHANNEL_LOGIN", Email("eve@example.com"), "012345", T0, T0, 2, State.USED
)


@pytest.mark.parametrize(
    "record",
    [
        BOB,
        User(
            "eve", T0, T0, email=Email("eve@example.com"), profile={"customData": {"a": [1, None]}}
        ),
        User(
            "ada",
            T0,
            T0,
            memberships=Memberships(roles=[Role("a")], departments=[Department("d")]),
        ),
        Owner("bob"),
        GivenAnswer({"a": [1, None]}, is_bare=True),
        ResetToken("bob", T0),
        DeletionToken("bob", T0),
        AccessToken("bob", None, T0),
        Clock(real=1.5, shown=2.25, is_frozen=True),
        CodeHistory((EVES_CODE,), (T0, T0 + timedelta(microseconds=1))),
        EVES_CODE,
        Settings(
            resend_exempt=frozenset({"+8618812348888"}), fixed_codes={"+8618812348888": "1234"}
        ),
    ],
    ids=[
        "user",
        "profile",
        "member",
        "owner",
        "answer",
        "reset",
        "deletion",
        "token",
        "clock",
        "line",
        "code",
        "settings",
    ],
)
async def test_a_record_comes_back_equal(storage: Storage, app_id: str, record: object) -> None:
    await storage.store.transact(app_id, lambda records: records.put("key", record))
    found = await storage.store.transact(app_id, lambda records: records.get(type(record), "key"))
    assert found == record


async def test_a_request_counts_once_however_often_its_move_runs(
    storage: Storage, app_id: str
) -> None:
    limited = Settings(requests_per_second=3)
    await storage.store.transact(app_id, lambda records: records.put("", limited))
    door = Dispatcher(Deployment(storage=storage))
    headers = {"x-genauth-app-id": app_id}
    statuses: list[int] = []
    for number in range(3):
        body = f'{{"channel": "CHANNEL_BIND_PHONE", "phoneNumber": "1881234888{number}"}}'
        sent = HttpRequest("POST", "/api/v3/send-sms", {}, headers, body.encode(), "")
        statuses.append((await door.answer(sent)).status)
    assert statuses == [200, 200, 200]


async def test_what_a_move_writes_it_reads(storage: Storage, app_id: str) -> None:
    def operation(records: Records) -> tuple[User | None, User | None, list[User]]:
        records.put("bob", BOB)
        written = records.get(User, "bob")
        listed = list(records.all(User))
        records.delete(User, "bob")
        return written, records.get(User, "bob"), listed

    assert await storage.store.transact(app_id, operation) == (BOB, None, [BOB])


async def test_all_gives_the_oldest_first_and_a_new_value_keeps_its_place(
    storage: Storage, app_id: str
) -> None:
    for key in ("z", "a", "m", "z"):
        await storage.store.transact(app_id, partial(_put_owner, key=key))
    await storage.store.transact(app_id, lambda records: records.delete(Owner, "a"))
    owners = await storage.store.transact(app_id, lambda records: list(records.all(Owner)))
    assert owners == [Owner("z"), Owner("m")]


async def test_apps_do_not_see_each_other(storage: Storage, app_id: str) -> None:
    await storage.store.transact(app_id, lambda records: records.put("", Owner("a")))
    other = f"{app_id}:r:Owner"
    assert await storage.store.transact(other, lambda records: records.get(Owner, "")) is None


async def test_an_app_is_forgotten_whole_and_alone(storage: Storage, app_id: str) -> None:
    other = f"{app_id}-other"
    for name in (app_id, other):
        await storage.store.transact(name, lambda records: records.put("x", Owner("a")))
    await storage.store.forget(app_id)
    named = await storage.store.app_ids()
    assert other in named
    assert app_id not in named
    assert await storage.store.transact(app_id, lambda records: list(records.all(Owner))) == []
    assert await storage.store.transact(other, lambda records: records.get(Owner, "x")) == Owner(
        "a"
    )


@pytest.mark.parametrize(
    ("after_grace", "kept"), [(timedelta(0), False), (-timedelta(seconds=1), True)]
)
async def test_what_expired_is_kept_for_the_grace_time(
    storage: Storage, app_id: str, after_grace: timedelta, kept: bool
) -> None:
    token = AccessToken("bob", None, T0)

    def file(records: Records) -> None:
        records.sweep(T0)
        records.put("token", token, T0)

    def sweep(records: Records) -> None:
        records.sweep(T0 + GRACE + after_grace)
        records.put("something", Owner("else"))

    await storage.store.transact(app_id, file)
    await storage.store.transact(app_id, sweep)
    found = await storage.store.transact(app_id, lambda records: records.get(AccessToken, "token"))
    assert (found == token) is kept


async def test_an_error_in_a_move_reaches_the_caller(storage: Storage, app_id: str) -> None:
    def operation(records: Records) -> None:
        assert records.get(Owner, "nobody") is None
        raise LookupError(records.get(Owner, "nobody"))

    with pytest.raises(LookupError, match="None"):
        await storage.store.transact(app_id, operation)


def _put_owner(records: Records, key: str) -> None:
    records.put(key, Owner(key))
