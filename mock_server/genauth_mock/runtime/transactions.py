"""Runs an operation as one transaction on an app's records."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from genauth_mock.engine.clock import now_of
from genauth_mock.engine.context import CallContext
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.settings import Settings
from genauth_mock.engine.webhooks import notices
from genauth_mock.faults.delivery import announcements, dispatches
from genauth_mock.faults.matching import active_faults
from genauth_mock.runtime.randomness import ReplayedRandomness, SeededRandomness, SystemRandomness
from genauth_mock.seeds.seed import apply_seed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from genauth_mock.engine.context import Caller, Randomness
    from genauth_mock.engine.records import Records
    from genauth_mock.faults.delivery import Announcement, Dispatch
    from genauth_mock.runtime.apps import Apps
    from genauth_mock.runtime.options import Options
    from genauth_mock.runtime.profiled_answers import ProfiledAnswers
    from genauth_mock.runtime.signing import TokenIssuers

Answer = TypeVar("Answer")

TransactionResult = tuple[
    "CallContext", "Answer | Refusal", "Sequence[Dispatch] | None", "Sequence[Announcement]"
]
"""The context, the result, how messages are delivered (None means at once), and how webhooks are."""

_UNKNOWN_APP: Final = Refusal(Outcome.UNKNOWN_APP, why={"rule": "--strict-apps"})


class Transactions:
    """Makes transactions of operations.

    Args:
        options: How the deployment is set up.
        apps: The apps.
        token_issuers: Make tokens.
        answers: What is answered for each outcome, under each profile.
    """

    def __init__(
        self,
        options: Options,
        apps: Apps,
        token_issuers: TokenIssuers,
        answers: ProfiledAnswers,
    ) -> None:
        self._faults = options.faults
        self._codes_seed = options.codes_seed
        self._apps = apps
        self._token_issuers = token_issuers
        self._answers = answers
        self._randomness = SystemRandomness()

    def run_once(
        self, caller: Caller, operation: Callable[[CallContext], Answer]
    ) -> Callable[[Records], TransactionResult[Answer]]:
        """Return a transaction for a store that runs it once."""
        return partial(self._transact, caller, operation, self._randomness)

    def repeatable(
        self, caller: Caller, operation: Callable[[CallContext], Answer]
    ) -> Callable[[Records], TransactionResult[Answer]]:
        """Return a transaction for a store that may run it again; it draws again what it drew."""
        randomness = ReplayedRandomness(self._randomness)
        return lambda records: self._transact(
            caller, operation, randomness.from_the_start(), records
        )

    def _transact(
        self,
        caller: Caller,
        operation: Callable[[CallContext], Answer],
        randomness: Randomness,
        records: Records,
    ) -> TransactionResult[Answer]:
        apps, app_id = self._apps, caller.app_id
        context = self._context(records, caller, randomness)
        if apps.pending and (seed := apps.pending.get(app_id)) is not None:
            apply_seed(context, seed)
        filed = context.seeded = len(context.saved)
        answer: Answer | Refusal
        try:
            answer = operation(context) if apps.knows(app_id) else _UNKNOWN_APP
        except Refusal as refusal:
            # Drop the frames: they would keep the whole context in memory as long as the journal lasts.
            answer = refusal.with_traceback(None)
        if not context.issued:
            return context, answer, None, self._announced(context, filed)
        active = active_faults(context, self._faults, app_id)
        planned = dispatches(context, active) if active.faults else None
        return context, answer, planned, self._announced(context, filed)

    def _announced(self, context: CallContext, filed: int) -> Sequence[Announcement]:
        """Return how webhooks are sent; none is about users who were filed before the operation."""
        if not context.settings.webhooks or (len(context.saved) == filed and not context.deleted):
            return ()
        told = notices(context, filed)
        return announcements(context, told, active_faults(context, self._faults, context.app_id))

    def _context(self, records: Records, caller: Caller, randomness: Randomness) -> CallContext:
        now, apps, app_id = now_of(records), self._apps, caller.app_id
        records.sweep(now)
        if self._codes_seed is not None:
            randomness = SeededRandomness(self._codes_seed, app_id, records)
        settings = records.get(Settings, "") or apps.settings
        return (
            CallContext(  # by position: by name it costs twice as much, and every request makes one
                records,
                settings,
                now,
                randomness,
                self._token_issuers.of(caller.base_url),
                app_id,
                caller.token,
                caller.language,
                apps.secrets.get(app_id),
                self._answers.under(settings.profile).rows,
            )
        )
