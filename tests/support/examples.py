"""How much is drawn of what could be drawn without end: in CI more than where somebody waits.

In CI each run draws the same, so that no change fails for what it did not touch; elsewhere each run draws others.
"""

from __future__ import annotations

import os


def examples(in_ci: int) -> int:
    """Return how many examples a test draws here."""
    return in_ci if os.environ.get("CI") else in_ci * 2 // 5
