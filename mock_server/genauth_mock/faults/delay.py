"""Delays: how long a fault holds a request up."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from genauth_mock.engine.needs import Chance

FINENESS: Final = 9
"""Digits of a random draw."""


class Distribution(StrEnum):
    """How long a delay is."""

    FIXED = "fixed"
    UNIFORM = "uniform"
    LOGNORMAL = "lognormal"


@frozen
class Delay:
    """A time that a fault takes.

    Attributes:
        seconds: The time (fixed), the shortest (uniform), or the median (lognormal).
        longest: The longest time in seconds (uniform).
        sigma: The standard deviation of the time's logarithm (lognormal).
    """

    distribution: Distribution
    seconds: float
    longest: float = 0.0
    sigma: float = 0.0

    def draw(self, chance: Chance) -> float:
        """Tell how many seconds it is this time."""
        match self.distribution:
            case Distribution.FIXED:
                return self.seconds
            case Distribution.UNIFORM:
                return self.seconds + (self.longest - self.seconds) * share(chance)
            case Distribution.LOGNORMAL:
                return self.seconds * math.exp(self.sigma * _normal(chance))


def share(chance: Chance) -> float:
    """Draw a number from 0 (inclusive) to 1 (exclusive)."""
    return int(chance.digits(FINENESS)) / 10**FINENESS


def _normal(chance: Chance) -> float:
    """Draw from the standard normal distribution, as Box and Muller do."""
    radius = math.sqrt(-2 * math.log(1 - share(chance)))
    return radius * math.cos(2 * math.pi * share(chance))
