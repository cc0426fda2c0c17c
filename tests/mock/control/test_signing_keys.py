"""The signing key: given in a file, and carried by a state from one server to the next."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, cast

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from genauth_mock.control.dump import dump
from genauth_mock.control.states import load_all
from genauth_mock.engine.context import Caller
from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.runtime.options import Options
from genauth_mock.runtime.signer import fresh_signer
from tests.mock.support.command import said
from tests.mock.support.world import T0
from tests.support.certificates import write_certificate, write_key

if TYPE_CHECKING:
    from pathlib import Path

    from genauth_mock.engine.context import CallContext

APP = Options().app_id


async def _token(deployment: Deployment) -> str:
    """Sign a token."""
    await deployment.token_issuers.ready()

    def sign(context: CallContext) -> str:
        return context.token_issuer.signed({"sub": "ada"})

    return cast("str", await deployment.run(Caller(APP), sign))


async def _published(deployment: Deployment) -> KeySet:
    """Return the keys that verify tokens."""
    ring = await deployment.token_issuers.ready()
    return KeySet.import_key_set(ring.public_keys(T0))  # type: ignore[arg-type]


async def _new_server(options: Options | None = None) -> Deployment:
    """Make a server that has a key of its own, as another process would."""
    fresh_signer.cache_clear()
    return Deployment(options)


async def test_first_calls_at_once_sign_with_one_key() -> None:
    server = await _new_server()
    tokens = await asyncio.gather(*(_token(server) for _ in range(8)))
    keys = await _published(server)
    assert len(keys.keys) == 1
    for token in tokens:
        assert jwt.decode(token, keys).claims["sub"] == "ada"


async def test_a_state_that_comes_while_the_first_key_is_made_keeps_its_keys() -> None:
    before = await _new_server()
    token = await _token(before)
    state = json.loads(json.dumps(await dump(before, APP)))
    after = await _new_server()
    await asyncio.gather(_token(after), load_all(after, state, APP))
    assert jwt.decode(token, await _published(after)).claims["sub"] == "ada"


async def test_tokens_of_a_loaded_state_verify_by_the_published_keys() -> None:
    before = await _new_server()
    token = await _token(before)
    state = json.loads(json.dumps(await dump(before, APP)))
    idle, busy = await _new_server(), await _new_server()
    later = await _token(busy)
    for after in (idle, busy):
        await load_all(after, state, APP)
        assert jwt.decode(token, await _published(after)).claims["sub"] == "ada"
        again = await dump(after, APP)
        assert (await _published(after)).keys[0].kid == (await _published(before)).keys[0].kid
        third = await _new_server()
        await load_all(third, again, APP)
        assert jwt.decode(token, await _published(third))
    assert jwt.decode(later, await _published(busy)), "the key before stays published"
    assert len((await _published(idle)).keys) == 1


async def test_a_given_key_goes_on_signing(tmp_path: Path) -> None:
    pem = write_key(tmp_path / "key.pem").read_text()
    before = await _new_server()
    token = await _token(before)
    state = await dump(before, APP)
    kids: set[str] = set()
    for _ in range(2):
        after = await _new_server(Options(signing_key=pem))
        await load_all(after, state, APP)
        assert jwt.decode(token, await _published(after))
        new = await _token(after)
        kids.add(jwt.decode(new, await _published(after)).header["kid"])
    assert len(kids) == 1
    assert kids != {(await _published(before)).keys[0].kid}


async def test_a_damaged_key_changes_nothing() -> None:
    before, after = await _new_server(), await _new_server()
    await _token(before)
    state = await dump(before, APP)
    kids = [key.kid for key in (await _published(after)).keys]
    public: object = (await _published(before)).as_dict()
    wrongs: tuple[object, ...] = ({"keys": []}, {"keys": [{"kty": "RSA"}]}, [], public)
    for wrong in wrongs:
        with pytest.raises(InvalidInput, match="signingKeys must be the keys of a state"):
            await load_all(after, {**state, "signingKeys": wrong}, APP)
    assert [key.kid for key in (await _published(after)).keys] == kids


def test_a_key_that_cannot_sign_is_refused(tmp_path: Path) -> None:
    small, locked = tmp_path / "small.pem", tmp_path / "locked.pem"
    write_key(small, bits=1024)
    write_key(locked, pass_phrase=b"secret")
    certificate, _ = write_certificate(tmp_path)
    for wrong in (small, locked, certificate):
        with pytest.raises(ValueError, match="signing_key must be a private RSA key") as refused:
            Options(signing_key=wrong.read_text())
        assert "BEGIN" not in str(refused.value)
        output = said("serve", "--port", "0", "--signing-key", str(wrong), exit_code=2)
        assert "--signing-key" in output
    assert "PRIVATE" not in repr(Options(signing_key=write_key(tmp_path / "key.pem").read_text()))
