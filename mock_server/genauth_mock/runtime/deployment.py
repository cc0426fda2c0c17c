"""One offline GenAuth deployment: its apps, their time and settings, and what they would have sent."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from genauth_mock.activity.events import USER_EVENT, Events
from genauth_mock.activity.journal import Journal
from genauth_mock.engine.clock import stopwatch
from genauth_mock.engine.context import Caller
from genauth_mock.engine.user_events import user_events
from genauth_mock.faults.pauses import Pauses
from genauth_mock.http.connections import Connections
from genauth_mock.runtime.apps import Apps
from genauth_mock.runtime.delivery import Deliveries
from genauth_mock.runtime.options import Options
from genauth_mock.runtime.profiled_answers import ProfiledAnswers
from genauth_mock.runtime.signing import TokenIssuers
from genauth_mock.runtime.transactions import Transactions
from genauth_mock.runtime.webhooks import Webhooks
from genauth_mock.seeds.seed import is_from
from genauth_mock.storage.interfaces import Message, StoreUnreachable
from genauth_mock.storage.memory import MemoryOutbox, MemoryStore
from genauth_mock.storage.opening import Storage, open_storage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.outcomes import Refusal
    from genauth_mock.faults.delivery import Dispatch
    from genauth_mock.seeds.seed import Seed

log = logging.getLogger("genauth_mock")

Answer = TypeVar("Answer")

RESET: Final = "reset"
"""Called to other processes: an app went back to where it began."""

CLOCK: Final = "clock"
"""Called to other processes: the clock of an app was moved."""


class Deployment:
    """Runs operations on the state of an app, and delivers the messages that they send.

    Attributes:
        feed: Shares events with other processes; None for a single process.
        journal: What was asked and answered.
        events: What happens, for whoever listens.
        pauses: Who waits because of a fault.
        deliveries: Deliver messages, and know those on their way.
        webhooks: Send webhooks, and know what became of them.
        connections: The connections of the server that it is behind.
        apps: The apps, and what they begin with.
        answers: Wrap what is answered for each outcome, under each profile.
        token_issuers: Make the tokens.

    Args:
        options: How it is set up.
        storage: Where the state lives, in the place of what ``options.store`` names.

    Raises:
        ValueError: ``options.store`` names nothing, or what is not installed.
    """

    _said_at = 0.0

    def __init__(self, options: Options | None = None, storage: Storage | None = None) -> None:
        self.options = options or Options()
        self._storage = storage or _opened(self.options)
        self.store = self._storage.store
        self.outbox = self._storage.outbox
        feed = self.feed = self._storage.feed
        self.token_issuers = TokenIssuers(
            self._storage.shared_key,
            self._storage.replace_key,
            is_shared=feed is not None,
            given_key=self.options.signing_key,
            public_url=self.options.public_url,
        )
        self.apps = Apps(self.options)
        self.connections = Connections()
        self.answers = ProfiledAnswers(self.options.codes_seed)
        transactions = Transactions(self.options, self.apps, self.token_issuers, self.answers)
        self._transaction = (
            transactions.repeatable if self.store.may_retry else transactions.run_once
        )
        size = self.options.journal_size
        self.journal = Journal(size) if feed is None else feed.journal()
        self.events = Events() if feed is None else feed.events(size)
        self.deliveries = Deliveries(self._storage, self.events, self.share)
        self.webhooks = Webhooks(self.events, None if feed is None else self.share)
        answers = {RESET: self._end_waits, CLOCK: self.deliveries.late.look_at_clock}
        self._broadcast = None if feed is None else feed.broadcast(answers)
        self.pauses = (
            Pauses() if self._broadcast is None else Pauses(self._broadcast.hear, self.share)
        )
        self._bound_apps()

    async def run(
        self, caller: Caller, operation: Callable[[CallContext], Answer]
    ) -> Answer | Refusal:
        """Run one operation on its app, as one transaction.

        Returns:
            The result of ``operation``, or its refusal.
        """
        context, answer, planned, announced = await self.store.transact(
            caller.app_id, self._transaction(caller, operation)
        )
        if planned is not None:
            await self._dispatch(caller.app_id, planned, context.now)
        for code in context.issued if planned is None else ():
            await self.deliveries.deliver(caller.app_id, code, context.now)
        for code in context.changed:
            await self.outbox.update(caller.app_id, code)
        if self.events.is_heard:
            self._publish_changes(context)
        if announced:
            self.webhooks.send(caller.app_id, announced, context.now)
        if self.apps.pending:
            self.apps.pending.pop(caller.app_id, None)
        return answer

    async def close(self) -> None:
        """Close the connections."""
        self.deliveries.late.close()
        self.webhooks.close()
        if self._broadcast is not None:
            self._broadcast.close()
        await self._storage.close()

    async def reset(self, app_id: str) -> None:
        """Bring an app back to where it began."""
        self._end_waits(app_id)
        await self.store.forget(app_id)
        await self.outbox.forget(app_id)
        if self.apps.reapply(app_id):
            await self.run(Caller(app_id), lambda _: None)
        await self.journal.forget(app_id)
        await self.call(RESET, app_id)
        self.events.publish("reset", app_id)
        await self.share()

    async def reset_all(self) -> list[str]:
        """Bring every app that anybody has asked about back to where it began; name them."""
        app_ids = dict.fromkeys((*await self.store.app_ids(), *await self.journal.app_ids()))
        for app_id in app_ids:
            await self.reset(app_id)
        return list(app_ids)

    async def share(self) -> None:
        """Publish to the other processes what happened so far; does nothing where there is only one process."""
        if self.feed is not None:
            await self.feed.flush()

    async def call(self, word: str, app_id: str) -> None:
        """Send a word to the other processes; does nothing in a single process."""
        if self._broadcast is not None:
            await self._broadcast.call(word, app_id)

    async def reseed(self, seed: Seed) -> list[str]:
        """Use another seed: apps whose seed has changed begin anew, all others keep what they have.

        Returns:
            The apps that began anew.

        Raises:
            StoreUnreachable: The seed is the one before, and may be tried again.
        """
        before = self.apps.seed
        self.apps.follow(seed)
        changed = self.apps.seed.changed_since(before)
        try:
            for app_id in changed:
                is_from_seed = partial(is_from, seed.apps.get(app_id))
                if not await self.store.transact(app_id, is_from_seed):
                    await self.reset(app_id)
        except StoreUnreachable:
            self.apps.follow(before)
            raise
        return changed

    async def _dispatch(self, app_id: str, planned: Sequence[Dispatch], now: datetime) -> None:
        if self._broadcast is not None and any(dispatch.late_seconds > 0 for dispatch in planned):
            await self._broadcast.hear()  # of clocks that are moved while a message is on its way
        await self.deliveries.dispatch(app_id, planned, now)

    def _publish_changes(self, context: CallContext) -> None:
        for code in context.changed:
            message = Message(0, context.app_id, code)
            self.events.publish("message.changed", context.app_id, message, context.now)
        for user in context.saved:
            self.events.publish("user.changed", context.app_id, user)
        for user in context.deleted:
            self.events.publish("user.deleted", context.app_id, user)
        for event in user_events(context):
            self.events.publish(USER_EVENT, context.app_id, event)

    def say_unreachable(self, error: StoreUnreachable) -> None:
        """Log that the store cannot be reached, once a second: every call fails alike meanwhile."""
        if stopwatch() - self._said_at >= 1 or not self._said_at:
            self._said_at = stopwatch()
            log.error("%s", error)

    def _bound_apps(self) -> None:
        """Forget apps that are unused for long where there are too many: not those named at the start."""
        store = self.store
        if isinstance(store, MemoryStore):
            options = self.options
            named = {options.app_id, *options.known_apps, *options.seeded_apps}
            store.bound(frozenset(named), self._forget_app)

    def _forget_app(self, app_id: str) -> None:
        log.warning(
            "app %r is forgotten: it was unused the longest of more than %d (--most-apps)",
            app_id,
            self.options.most_apps,
        )
        self._end_waits(app_id)
        if isinstance(self.journal, Journal):
            self.journal.drop(app_id)
        if isinstance(self.outbox, MemoryOutbox):
            self.outbox.drop(app_id)

    def _end_waits(self, app_id: str) -> None:
        self.deliveries.late.forget(app_id)
        self.webhooks.forget(app_id)
        self.pauses.release(app_id)


def _opened(options: Options) -> Storage:
    return open_storage(options.store, outbox_size=options.outbox_size, most_apps=options.most_apps)
