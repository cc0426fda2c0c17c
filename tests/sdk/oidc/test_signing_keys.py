"""The published keys are fetched once, and again only where that may help."""

from __future__ import annotations

import asyncio
import sys

import pytest
import time_machine

from aiogenauth import ConfigurationError, NotDelivered, TokenKeyUnknown, UnexpectedAnswer
from aiogenauth.oidc import keys as keys_module
from aiogenauth.oidc import signatures
from aiogenauth.oidc.keys import FETCH_FLOOR, KEEP_SECONDS, SigningKeys, checked_offline
from aiogenauth.oidc.signatures import MOST_KEYS
from aiogenauth.redaction import Secret
from tests.sdk.oidc.tokens import EXPECTED, Published, hs256, jwk, rs256, signing_keys


async def check(token: str, keys: SigningKeys) -> None:
    await checked_offline(Secret(token), keys, EXPECTED)


class Clock:
    """Stands still until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give the clock that the floor is held against."""
    clock = Clock()
    monkeypatch.setattr(keys_module, "monotonic", clock)
    return clock


async def test_a_thousand_tokens_fetch_once() -> None:
    published = Published(jwk("key-1"))
    keys = signing_keys(published)
    token = rs256()
    await asyncio.gather(*(check(token, keys) for _ in range(1000)))
    await check(token, keys)
    assert published.fetched == 1


async def test_hs256_fetches_nothing() -> None:
    published = Published()
    await check(hs256(), signing_keys(published))
    assert published.fetched == 0


async def test_an_unknown_key_is_looked_for_again_but_not_at_once(clock: Clock) -> None:
    published = Published(jwk("key-1"))
    keys = signing_keys(published)
    await check(rs256(), keys)
    published.keys = [jwk("key-2")]
    clock.now += FETCH_FLOOR - 0.1
    for _ in range(10):
        with pytest.raises(TokenKeyUnknown):
            await check(rs256("key-2"), keys)
    assert published.fetched == 1
    clock.now += 0.1
    await asyncio.gather(*(check(rs256("key-2"), keys) for _ in range(10)))
    assert published.fetched == 2


@pytest.mark.usefixtures("clock")
async def test_made_up_keys_do_not_make_it_ask_each_time() -> None:
    published = Published(jwk("key-1"))
    keys = signing_keys(published)
    for number in range(100):
        with pytest.raises(TokenKeyUnknown):
            await check(rs256("key-2", kid=f"made-up-{number}"), keys)
    assert published.fetched == 1


async def test_an_old_set_is_fetched_anew_while_it_still_serves(clock: Clock) -> None:
    published = Published(jwk("key-1"))
    keys = signing_keys(published)
    await check(rs256(), keys)
    published.keys = [jwk("key-2")]
    clock.now += KEEP_SECONDS + 1
    await check(rs256(), keys)
    await asyncio.sleep(0)
    assert published.fetched == 2
    with pytest.raises(TokenKeyUnknown):
        await check(rs256(), keys)


async def test_a_failed_fetch_is_heard_and_tried_again() -> None:
    published = Published(jwk("key-1"))
    published.failure = NotDelivered("gone")
    keys = signing_keys(published)
    for _ in range(2):
        with pytest.raises(NotDelivered):
            await check(rs256(), keys)
    published.failure = None
    await check(rs256(), keys)
    assert published.fetched == 3


async def test_a_failure_in_the_background_troubles_nobody(clock: Clock) -> None:
    published = Published(jwk("key-1"))
    keys = signing_keys(published)
    await check(rs256(), keys)
    clock.now += KEEP_SECONDS + 1
    published.failure = NotDelivered("gone")
    await check(rs256(), keys)
    await asyncio.sleep(0.01)
    await check(rs256(), keys)


async def test_whoever_is_cancelled_takes_nobody_along() -> None:
    gate = asyncio.Event()

    async def slow() -> object:
        await gate.wait()
        return {"keys": [jwk("key-1")]}

    keys = SigningKeys(None, slow)
    waiting = [asyncio.create_task(check(rs256(), keys)) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    await asyncio.sleep(0)
    gate.set()
    done = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(done[0], asyncio.CancelledError)
    assert done[1:] == [None, None]


def test_a_loop_that_ended_while_fetching_keeps_nobody_waiting() -> None:
    published = Published(jwk("key-1"))
    forever = asyncio.Event()

    async def stuck() -> object:
        await forever.wait()
        return None

    keys = SigningKeys(None, stuck)

    async def give_up() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(check(rs256(), keys), 0.01)

    asyncio.run(give_up())
    keys.fetch = published.fetch
    asyncio.run(check(rs256(), keys))


async def test_keys_that_cannot_be_used_are_passed_over() -> None:
    published = Published(
        {"kty": "EC", "crv": "P-256", "kid": "ec", "x": "AA", "y": "AA"},
        {"kty": "oct", "kid": "oct", "k": "AAAA"},
        jwk("weak"),
        jwk("key-3", use="enc"),
        jwk("key-3", alg="RS512"),
        {**jwk("key-3"), "n": "!" * 400},
        {**jwk("key-3"), "n": "_" * 2740},
        {**jwk("key-3"), "e": "_" * 12},
        {**jwk("key-3"), "kid": ["key-3"]},
        {"kty": "RSA", "kid": "key-3"},
        "nonsense",
        jwk("key-1"),
    )
    keys = signing_keys(published)
    await check(rs256(), keys)
    for name in ("weak", "key-3"):
        with pytest.raises(TokenKeyUnknown):
            await check(rs256(name), keys)


async def test_of_an_endless_set_the_first_keys_are_read() -> None:
    many = [jwk("key-1", kid=f"{number}") for number in range(MOST_KEYS)]
    keys = signing_keys(Published(*many, jwk("key-2")))
    await check(rs256(kid=f"{MOST_KEYS - 1}"), keys)
    with pytest.raises(TokenKeyUnknown):
        await check(rs256("key-2"), keys)


async def test_a_token_without_a_kid_means_the_only_key() -> None:
    await check(rs256(kid=None), signing_keys(Published(jwk("key-1"))))
    with pytest.raises(TokenKeyUnknown):
        await check(rs256(kid=None), signing_keys(Published(jwk("key-1"), jwk("key-2"))))


async def test_an_answer_that_is_no_key_set_is_genauths_fault() -> None:
    async def nonsense() -> object:
        return {"error": "x"}

    with pytest.raises(UnexpectedAnswer, match="not a key set"):
        await check(rs256(), SigningKeys(None, nonsense))


async def test_a_jump_of_the_clock_on_the_wall_fetches_nothing() -> None:
    published = Published(jwk("key-1"))
    keys = signing_keys(published)
    await check(rs256(), keys)
    with time_machine.travel("2030-01-01T00:00:00Z", tick=True):
        await check(rs256(), keys)
    assert published.fetched == 1


async def test_without_the_library_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "joserfc", None)
    signatures.library.cache_clear()
    with pytest.raises(ConfigurationError, match=r"pip install 'aiogenauth\[oidc\]'"):
        await check(rs256(), signing_keys(Published()))
