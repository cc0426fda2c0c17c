"""A request that faults befell, and what they let happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from genauth_mock.faults.armed import Armed
from genauth_mock.faults.befalling import befalling
from genauth_mock.faults.fault import When

if TYPE_CHECKING:
    from genauth_mock.calls.call import Answer
    from genauth_mock.engine.turn import Turn
    from genauth_mock.faults.fault import Fault
    from genauth_mock.faults.subject import Subject


@frozen
class Befallen:
    """A request that faults befell.

    Attributes:
        answer: What the engine said; None also where it was not asked yet.
        was_played: Whether it was asked.
        pause: Seconds to wait before it is asked.
        delay: Seconds to wait once it was.
    """

    faults: tuple[Fault, ...]
    armed: Armed
    answer: Answer = None
    was_played: bool = False
    pause: float = 0.0
    delay: float = 0.0

    @property
    def decider(self) -> Fault | None:
        """The fault that changes the answer."""
        return next((fault for fault in self.faults if fault.decides), None)

    @property
    def keeps_it_from_happening(self) -> bool:
        """Whether the request takes no effect."""
        return self.decider is not None and self.decider.when is When.BEFORE


def befallen(turn: Turn, now_armed: Armed, subject: Subject) -> Befallen | None:
    """Let the faults that are armed strike a request; None where none does."""
    faults = befalling(turn, now_armed, subject)
    if not faults:
        return None
    seconds = {When.BEFORE: 0.0, When.AFTER: 0.0}
    for fault in faults:
        if fault.delay is not None:
            seconds[fault.when] += fault.delay.draw(turn.chance)
    now_armed = turn.records.get(Armed, "") or now_armed
    return Befallen(faults, now_armed, pause=seconds[When.BEFORE], delay=seconds[When.AFTER])
