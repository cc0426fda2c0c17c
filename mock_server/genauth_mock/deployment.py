"""One offline GenAuth deployment: its apps, their time and settings, and what they would have sent."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from attrs import evolve

from genauth_mock.app_clock import now_of
from genauth_mock.backend import Backend, open_backend
from genauth_mock.caller import Caller
from genauth_mock.chance import RealChance, RepeatedChance, SeededChance
from genauth_mock.delivery import Deliveries
from genauth_mock.engine.turn import Turn
from genauth_mock.envelope import Envelopes
from genauth_mock.error_codes import ERROR_CODES
from genauth_mock.events import Events
from genauth_mock.faults.armed import armed
from genauth_mock.faults.delivery import dispatches
from genauth_mock.journal import Journal
from genauth_mock.mints import Mints
from genauth_mock.options import Options as Options  # noqa: PLC0414 - where it is documented to be
from genauth_mock.outbox import Message
from genauth_mock.pauses import Pauses
from genauth_mock.seeds.seed import Planted, plant
from genauth_mock.settings import Settings
from genauth_mock.store import StoreUnreachable
from genauth_mock.verdict import Refusal, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from genauth_mock.engine.needs import Chance
    from genauth_mock.faults.delivery import Dispatch
    from genauth_mock.records import Records
    from genauth_mock.seeds.seed import AppSeed, Seed

Answer = TypeVar("Answer")

RESET: Final = "reset"
"""Called to other processes: an app went back to where it began."""

CLOCK: Final = "clock"
"""Called to other processes: the clock of an app was moved."""


_UNKNOWN_APP: Final = Refusal(Verdict.UNKNOWN_APP, why={"rule": "--strict-apps"})


class Deployment:
    """Plays calls on the state of an app, and delivers what they send.

    Attributes:
        feed: Tells other processes what happens here; None where there are none.
        journal: What was asked and answered.
        events: What happens, for whoever listens.
        pauses: Who waits because of a fault.
        deliveries: Deliver messages, and know those on their way.
        error_codes: What is answered for each verdict.
        mints: Make the tokens.

    Args:
        options: How it is set up.
        backend: Where the state lives, in the place of what ``options.store`` names.

    Raises:
        ValueError: ``options.store`` names nothing, or what is not installed.
    """

    def __init__(self, options: Options | None = None, backend: Backend | None = None) -> None:
        self.options = options or Options()
        self._backend = backend or open_backend(
            self.options.store, outbox_size=self.options.outbox_size
        )
        self.store = self._backend.store
        self.outbox = self._backend.outbox
        self._chance = RealChance()
        self.mints = Mints(self._backend.shared_key)
        self._unplanted = dict(self.options.seeded_apps)
        self._secrets = self.options.secrets()
        feed = self.feed = self._backend.feed
        size = self.options.journal_size
        self.journal = Journal(size) if feed is None else feed.journal()
        self.events = Events() if feed is None else feed.events(size)
        self.deliveries = Deliveries(self._backend, self.events, self.share)
        answers = {RESET: self._end_waits, CLOCK: self.deliveries.late.look_at_clock}
        self._calls = None if feed is None else feed.calls(answers)
        self.pauses = Pauses() if self._calls is None else Pauses(self._calls.hear, self.share)
        self.error_codes = {**ERROR_CODES, **self.options.learned}
        self.envelopes = Envelopes(self.error_codes)

    async def play(self, caller: Caller, act: Callable[[Turn], Answer]) -> Answer | Refusal:
        """Let one call act on its app; nothing else happens to the app in between.

        Returns:
            What ``act`` gave, or its refusal.
        """
        turn, answer, planned = await self.store.play(caller.app_id, self._move(caller, act))
        if planned is not None:
            await self._dispatch(caller.app_id, planned, turn.now)
        for code in turn.issued if planned is None else ():
            await self.deliveries.deliver(caller.app_id, code, turn.now)
        for code in turn.changed:
            await self.outbox.update(caller.app_id, code)
        if self.events.is_heard:
            self._tell_of_changes(turn)
        if self._unplanted:
            self._unplanted.pop(caller.app_id, None)
        return answer

    async def close(self) -> None:
        """Let go of connections."""
        self.deliveries.late.close()
        if self._calls is not None:
            self._calls.close()
        await self._backend.close()

    async def reset(self, app_id: str) -> None:
        """Bring an app back to where it began."""
        self._end_waits(app_id)
        await self.store.forget(app_id)
        await self.outbox.forget(app_id)
        await self._plant(app_id)
        await self.journal.forget(app_id)
        await self.call(RESET, app_id)
        self.events.tell("reset", app_id)
        await self.share()

    async def reset_all(self) -> list[str]:
        """Bring every app that anybody has asked about back to where it began; name them."""
        app_ids = dict.fromkeys((*await self.store.app_ids(), *await self.journal.app_ids()))
        for app_id in app_ids:
            await self.reset(app_id)
        return list(app_ids)

    async def share(self) -> None:
        """See that every process hears of what was told so far; there is nothing to do where there is only one."""
        if self.feed is not None:
            await self.feed.flush()

    async def call(self, word: str, app_id: str) -> None:
        """Call a word to the other processes; there is nobody to hear it where there is only one."""
        if self._calls is not None:
            await self._calls.call(word, app_id)

    async def reseed(self, seed: Seed) -> list[str]:
        """Go on with another seed: apps whose seed has changed begin anew, all others keep what they have.

        Returns:
            The apps that began anew.

        Raises:
            StoreUnreachable: The seed is the one before, and may be tried again.
        """
        options = self.options
        before = options.seeded_apps
        self._follow(evolve(options, settings=seed.settings, seeded_apps=seed.apps))
        changed = [
            app_id
            for app_id in {**before, **seed.apps}
            if before.get(app_id) != seed.apps.get(app_id)
        ]
        try:
            for app_id in changed:
                if not await self._grew_from(app_id, seed.apps.get(app_id)):
                    await self.reset(app_id)
        except StoreUnreachable:
            self._follow(options)
            raise
        return changed

    def knows(self, app_id: str) -> bool:
        """Tell whether an app exists, or may come into being by being named."""
        options = self.options
        return (
            not options.strict_apps
            or app_id == options.app_id
            or app_id in options.known_apps
            or app_id in options.seeded_apps
        )

    def _follow(self, options: Options) -> None:
        self.options = options
        self._secrets = options.secrets()

    def _move(
        self, caller: Caller, act: Callable[[Turn], Answer]
    ) -> Callable[[Records], tuple[Turn, Answer | Refusal, Sequence[Dispatch] | None]]:
        if not self.store.may_play_again:
            return partial(self._act, caller, act, self._chance)
        chance = RepeatedChance(self._chance)
        return lambda records: self._act(caller, act, chance.again(), records)

    def _act(
        self, caller: Caller, act: Callable[[Turn], Answer], chance: Chance, records: Records
    ) -> tuple[Turn, Answer | Refusal, Sequence[Dispatch] | None]:
        turn = self._turn(records, caller, chance)
        if self._unplanted and (seed := self._unplanted.get(caller.app_id)) is not None:
            plant(turn, seed)
        answer: Answer | Refusal
        try:
            answer = act(turn) if self.knows(caller.app_id) else _UNKNOWN_APP
        except Refusal as refusal:
            # It is an answer from here on; its frames would keep the whole turn in memory as long as the journal lasts.
            answer = refusal.with_traceback(None)
        if not turn.issued:
            return turn, answer, None
        now_armed = armed(turn, self.options.faults, caller.app_id)
        return turn, answer, dispatches(turn, now_armed) if now_armed.faults else None

    async def _dispatch(self, app_id: str, planned: Sequence[Dispatch], now: datetime) -> None:
        if self._calls is not None and any(dispatch.late_seconds > 0 for dispatch in planned):
            await self._calls.hear()  # of clocks that are moved while a message is on its way
        await self.deliveries.dispatch(app_id, planned, now)

    def _tell_of_changes(self, turn: Turn) -> None:
        for code in turn.changed:
            message = Message(0, turn.app_id, code)
            self.events.tell("message.changed", turn.app_id, message, turn.now)
        for user in turn.saved:
            self.events.tell("user.changed", turn.app_id, user)

    def _end_waits(self, app_id: str) -> None:
        self.deliveries.late.forget(app_id)
        self.pauses.release(app_id)

    def _turn(self, records: Records, caller: Caller, chance: Chance) -> Turn:
        now, options, app_id = now_of(records), self.options, caller.app_id
        records.sweep(now)
        if options.codes_seed is not None:
            chance = SeededChance(options.codes_seed, app_id, records)
        return Turn(  # by position: by name it costs twice as much, and every request makes one
            records,
            records.get(Settings, "") or options.settings,
            now,
            chance,
            self.mints.of(caller.base_url),
            app_id,
            caller.token,
            caller.language,
            self._secrets.get(app_id),
            self.error_codes,
        )

    async def _plant(self, app_id: str) -> None:
        seed = self.options.seeded_apps.get(app_id)
        if seed is not None:
            self._unplanted[app_id] = seed
            await self.play(Caller(app_id), lambda _: None)

    async def _grew_from(self, app_id: str, seed: AppSeed | None) -> bool:
        planted = await self.store.play(app_id, lambda records: records.get(Planted, ""))
        return (planted and planted.digest) == (seed and seed.digest)
