"""The faults that an app has armed, and how they wear out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from genauth_mock.faults.fault import Fault  # noqa: TC001 - read at run time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from genauth_mock.engine.turn import Turn


@frozen
class Armed:
    """The faults of one app, oldest first.

    Attributes:
        number: How many were ever armed.
    """

    faults: tuple[Fault, ...] = ()
    number: int = 0

    def with_fault(self, fault: Fault) -> Armed:
        """Arm one more; the last one of the new faults has its id."""
        number = self.number + 1
        return Armed((*self.faults, evolve(fault, fault_id=str(number))), number)

    def without(self, fault_ids: Iterable[str]) -> Armed:
        """Remove some."""
        gone = set(fault_ids)
        return evolve(self, faults=tuple(f for f in self.faults if f.fault_id not in gone))

    def after(self, befell: Iterable[Fault], spared: Iterable[Fault]) -> Armed:
        """Count what befell a request and what it was spared; a fault that has struck out is gone."""
        struck = {fault.fault_id for fault in befell}
        passed = {fault.fault_id for fault in spared}
        left = [_struck(f) if f.fault_id in struck else _spared(f, passed) for f in self.faults]
        return evolve(self, faults=tuple(f for f in left if f.times != 0))


_UNARMED: Final = Armed()


def armed(turn: Turn, from_the_start: Iterable[Fault], app_id: str) -> Armed:
    """Give the faults of the turn's app: those it has, or those it begins with."""
    found = turn.records.get(Armed, "")
    if found is not None:
        return found
    first = _UNARMED
    for fault in from_the_start:
        if fault.app_id in (None, app_id):
            first = first.with_fault(fault)
    return first


def _struck(fault: Fault) -> Fault:
    left = None if fault.times is None else fault.times - 1
    return evolve(fault, times=left, applied=fault.applied + 1)


def _spared(fault: Fault, passed: set[str]) -> Fault:
    return evolve(fault, skip=max(0, fault.skip - 1)) if fault.fault_id in passed else fault
