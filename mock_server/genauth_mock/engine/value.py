"""Values that every request makes: kept from changing by the type checkers, not by a check at run time.

`attrs.frozen` is the rule for values. Making one costs three times as much as making a plain object, and one request
makes a dozen; so where that counts the checkers see `attrs.frozen`, and the running program does without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["frozen_for_checkers"]

if TYPE_CHECKING:
    from attrs import frozen as frozen_for_checkers
else:
    from functools import partial

    from attrs import define

    frozen_for_checkers = partial(define, unsafe_hash=True, weakref_slot=False)
