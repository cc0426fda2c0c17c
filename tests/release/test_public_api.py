"""The public names and signatures are what was promised: a change of them is made on purpose."""

import subprocess
import sys
from pathlib import Path

LISTING = Path(__file__).with_name("public_api.py")
KEPT = Path(__file__).with_name("public_api.txt")


def test_the_public_names_and_signatures_are_those_that_were_kept() -> None:
    """If the change is meant: `make api`, read the difference, and tell users in changelog.d.

    In a process of its own, as `make api` does: typing takes `Literal["a", "b"]` and `Literal["b", "a"]` for the same
    and shows whichever a process met first.
    """
    made = subprocess.run([sys.executable, LISTING], capture_output=True, text=True, check=True)
    assert made.stdout == KEPT.read_text(encoding="utf-8"), (
        f"{KEPT.name} is stale; if the change is meant: make api, and tell users in changelog.d"
    )
