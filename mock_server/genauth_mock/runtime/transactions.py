"""Calls as moves: what a store plays on the records of an app, so that nothing comes in between."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from genauth_mock.engine.clock import now_of
from genauth_mock.engine.context import Turn
from genauth_mock.engine.outcomes import Refusal, Verdict
from genauth_mock.engine.settings import Settings
from genauth_mock.faults.delivery import dispatches
from genauth_mock.faults.matching import armed
from genauth_mock.runtime.randomness import RealChance, RepeatedChance, SeededChance
from genauth_mock.seeds.seed import plant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from genauth_mock.engine.context import Caller, Chance
    from genauth_mock.engine.error_codes import ErrorCode
    from genauth_mock.engine.records import Records
    from genauth_mock.faults.delivery import Dispatch
    from genauth_mock.runtime.apps import Apps
    from genauth_mock.runtime.options import Options
    from genauth_mock.runtime.signing import Mints

Answer = TypeVar("Answer")

Played = tuple["Turn", "Answer | Refusal", "Sequence[Dispatch] | None"]
"""A turn that was taken, its answer, and how its messages are delivered; None is at once."""

_UNKNOWN_APP: Final = Refusal(Verdict.UNKNOWN_APP, why={"rule": "--strict-apps"})


class Moves:
    """Makes moves of calls.

    Args:
        options: How the deployment is set up.
        apps: The apps.
        mints: Make tokens.
        error_codes: What is answered for each verdict.
    """

    def __init__(
        self, options: Options, apps: Apps, mints: Mints, error_codes: Mapping[Verdict, ErrorCode]
    ) -> None:
        self._faults = options.faults
        self._codes_seed = options.codes_seed
        self._apps = apps
        self._mints = mints
        self._error_codes = error_codes
        self._chance = RealChance()

    def once(
        self, caller: Caller, act: Callable[[Turn], Answer]
    ) -> Callable[[Records], Played[Answer]]:
        """Give a move for a store that runs it once."""
        return partial(self._act, caller, act, self._chance)

    def again(
        self, caller: Caller, act: Callable[[Turn], Answer]
    ) -> Callable[[Records], Played[Answer]]:
        """Give a move for a store that may run it again; it draws again what it drew."""
        chance = RepeatedChance(self._chance)
        return lambda records: self._act(caller, act, chance.again(), records)

    def _act(
        self, caller: Caller, act: Callable[[Turn], Answer], chance: Chance, records: Records
    ) -> Played[Answer]:
        apps, app_id = self._apps, caller.app_id
        turn = self._turn(records, caller, chance)
        if apps.unplanted and (seed := apps.unplanted.get(app_id)) is not None:
            plant(turn, seed)
        answer: Answer | Refusal
        try:
            answer = act(turn) if apps.knows(app_id) else _UNKNOWN_APP
        except Refusal as refusal:
            # It is an answer from here on; its frames would keep the whole turn in memory as long as the journal lasts.
            answer = refusal.with_traceback(None)
        if not turn.issued:
            return turn, answer, None
        now_armed = armed(turn, self._faults, app_id)
        return turn, answer, dispatches(turn, now_armed) if now_armed.faults else None

    def _turn(self, records: Records, caller: Caller, chance: Chance) -> Turn:
        now, apps, app_id = now_of(records), self._apps, caller.app_id
        records.sweep(now)
        if self._codes_seed is not None:
            chance = SeededChance(self._codes_seed, app_id, records)
        return Turn(  # by position: by name it costs twice as much, and every request makes one
            records,
            records.get(Settings, "") or apps.settings,
            now,
            chance,
            self._mints.of(caller.base_url),
            app_id,
            caller.token,
            caller.language,
            apps.secrets.get(app_id),
            self._error_codes,
        )
