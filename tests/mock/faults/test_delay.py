"""How long a delay is, as it is drawn."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genauth_mock.faults.fault import Delay, Distribution
from tests.mock.support.world import CountingRandomness


class FixedChance(CountingRandomness):
    """Draws the same share each time."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share

    def digits(self, length: int) -> str:
        """Draw the share as digits."""
        return f"{int(self._share * 10**length):0{length}}"


@pytest.mark.parametrize(("share", "seconds"), [(0, 1), (0.5, 2), (0.999_999_999, 3)])
def test_uniform_delay_lies_between_its_ends(share: float, seconds: float) -> None:
    delay = Delay(Distribution.UNIFORM, 1, longest=3)
    assert delay.draw(FixedChance(share)) == pytest.approx(seconds)


def test_lognormal_delay_has_its_median_where_it_is_said() -> None:
    assert Delay(Distribution.LOGNORMAL, 2, sigma=0.5).draw(FixedChance(0)) == 2


@given(st.floats(0, 0.999_999_999), st.floats(0, 2))
def test_lognormal_delay_is_positive_and_finite(share: float, sigma: float) -> None:
    seconds = Delay(Distribution.LOGNORMAL, 1, sigma=sigma).draw(FixedChance(share))
    assert 0 < seconds < math.inf
