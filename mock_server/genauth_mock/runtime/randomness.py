"""Where pass codes, ids and tokens come from."""

from __future__ import annotations

from hashlib import sha256
from random import Random
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from attrs import evolve

from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from genauth_mock.engine.records import Records


class SystemRandomness:
    """Draws at random; implements `genauth_mock.engine.context.Randomness`.

    It has a generator of its own: a server in the process of a test neither follows the seed of the module `random`,
    which the test may set again and again, nor disturbs what the test draws from it.

    Only tokens come from the system's secure source, which costs a call of the kernel each time: codes and ids of an
    offline GenAuth guard nothing.
    """

    def __init__(self) -> None:
        self._random = Random()  # noqa: S311 - see the class

    def digits(self, length: int) -> str:
        """Draw a pass code."""
        return str(int(self._random.random() * 10**length)).zfill(length)

    def identifier(self) -> str:
        """Draw an id of 24 hexadecimal digits."""
        return self._random.randbytes(12).hex()

    def token(self) -> str:
        """Draw a token."""
        return token_urlsafe(32)


class ReplayedRandomness:
    """Repeats its draws when an operation is retried; implements `genauth_mock.engine.context.Randomness`.

    A store may retry an operation; if each run drew another id, each would look up a record that was not fetched.
    """

    def __init__(self, randomness: SystemRandomness) -> None:
        self._randomness = randomness
        self._drawn: list[str] = []
        self._place = 0

    def from_the_start(self) -> ReplayedRandomness:
        """Rewind to the first draw."""
        self._place = 0
        return self

    def digits(self, length: int) -> str:
        """Draw a pass code."""
        return self._next(lambda: self._randomness.digits(length))

    def identifier(self) -> str:
        """Draw an id of 24 hexadecimal digits."""
        return self._next(self._randomness.identifier)

    def token(self) -> str:
        """Draw a token."""
        return self._next(self._randomness.token)

    def _next(self, draw: Callable[[], str]) -> str:
        if self._place == len(self._drawn):
            self._drawn.append(draw())
        self._place += 1
        return self._drawn[self._place - 1]


@frozen
class Drawn:
    """How far an app has come in its sequences.

    It is stored with the app's records, so a retried operation repeats its draws.
    """

    codes: int = 0
    identifiers: int = 0


class SeededRandomness:
    """The same codes and ids for an app in every run; implements `genauth_mock.engine.context.Randomness`.

    Codes depend on the seed alone, so that a test with an app id of its own meets the same codes each time. Ids also
    depend on the app, so that no two apps have the same. Tokens cannot be foreseen.

    Args:
        seed: Any text, such as ``42``.
        app_id: The app.
        records: Its records.
    """

    def __init__(self, seed: str, app_id: str, records: Records) -> None:
        self._seed = seed
        self._app_id = app_id
        self._records = records

    def digits(self, length: int) -> str:
        """Draw the app's next pass code."""
        drawn = self._drawn()
        self._records.put("", evolve(drawn, codes=drawn.codes + 1))
        number = int.from_bytes(self._hash("code", drawn.codes)) % 10**length
        return f"{number:0{length}}"

    def identifier(self) -> str:
        """Draw the app's next id of 24 hexadecimal digits."""
        drawn = self._drawn()
        self._records.put("", evolve(drawn, identifiers=drawn.identifiers + 1))
        return self._hash("id", self._app_id, drawn.identifiers).hex()[:24]

    def token(self) -> str:
        """Draw a token."""
        return token_urlsafe(32)

    def _drawn(self) -> Drawn:
        return self._records.get(Drawn, "") or Drawn()

    def _hash(self, *what: object) -> bytes:
        return sha256(repr((self._seed, *what)).encode()).digest()
