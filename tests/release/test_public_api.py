"""The public names and signatures are what was promised: a change of them is made on purpose."""

from pathlib import Path

from tests.release.public_api import listing

KEPT = Path(__file__).with_name("public_api.txt")


def test_the_public_names_and_signatures_are_those_that_were_kept() -> None:
    """If the change is meant: `make api`, read the difference, and tell users in changelog.d."""
    assert listing() == KEPT.read_text(encoding="utf-8")
