"""One offline GenAuth deployment: its apps, their time and settings, and what they would have sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from genauth_mock.chance import RealChance
from genauth_mock.clock import Clock, real_time
from genauth_mock.engine.turn import Turn
from genauth_mock.outbox import Outbox
from genauth_mock.settings import Settings
from genauth_mock.store.memory import MemoryStore
from genauth_mock.verdict import Refusal, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from genauth_mock.store import Records, Store

Answer = TypeVar("Answer")


@frozen
class Caller:
    """Who calls.

    Attributes:
        app_id: The app that is meant.
        token: The user's access token, without ``Bearer``; or None.
        language: ``zh-CN`` or ``en-US``.
    """

    app_id: str
    token: str | None = field(default=None, repr=False)
    language: str = "zh-CN"


@frozen
class Options:
    """How a deployment is set up.

    Attributes:
        app_id: The default app: meant where a caller names none.
        app_secret: The default app's secret.
        language: What an answer is written in where the caller asks for nothing.
        strict_apps: Whether an app id not seen before is refused instead of created.
        known_apps: Further apps that exist from the start.
        settings: What every app starts with.
    """

    app_id: str = "genauth-mock-app"
    app_secret: str = field(default="genauth-mock-secret", repr=False)
    language: str = "zh-CN"
    strict_apps: bool = False
    known_apps: tuple[str, ...] = ()
    settings: Settings = field(factory=Settings)


class Deployment:
    """Plays calls on the state of an app, and delivers what they send."""

    def __init__(self, options: Options | None = None, store: Store | None = None) -> None:
        self.options = options or Options()
        self.store: Store = store or MemoryStore()
        self.outbox = Outbox()
        self.chance = RealChance()

    async def play(self, caller: Caller, act: Callable[[Turn], Answer]) -> Answer | Refusal:
        """Let one call act on its app; nothing else happens to the app in between.

        Returns:
            What ``act`` gave, or its refusal.
        """
        turn, answer = await self.store.play(
            caller.app_id, lambda records: self._act(records, caller, act)
        )
        for code in turn.issued:
            await self.outbox.add(caller.app_id, code)
        for code in turn.changed:
            await self.outbox.update(caller.app_id, code)
        return answer

    async def reset(self, app_id: str) -> None:
        """Bring an app back to where it began."""
        await self.store.forget(app_id)
        await self.outbox.forget(app_id)

    def knows(self, app_id: str) -> bool:
        """Tell whether an app exists, or may come into being by being named."""
        known = (self.options.app_id, *self.options.known_apps)
        return not self.options.strict_apps or app_id in known

    def _act(
        self, records: Records, caller: Caller, act: Callable[[Turn], Answer]
    ) -> tuple[Turn, Answer | Refusal]:
        turn = self._turn(records, caller)
        try:
            if not self.knows(caller.app_id):
                raise Refusal(Verdict.UNKNOWN_APP, why={"rule": "--strict-apps"})  # noqa: TRY301 - one exit for every refusal
            return turn, act(turn)
        except Refusal as refusal:
            return turn, refusal

    def _turn(self, records: Records, caller: Caller) -> Turn:
        clock = records.get(Clock, "") or Clock()
        now = clock.now(real_time())
        records.sweep(now)
        return Turn(
            records=records,
            settings=records.get(Settings, "") or self.options.settings,
            now=now,
            chance=self.chance,
            token=caller.token,
            language=caller.language,
        )
