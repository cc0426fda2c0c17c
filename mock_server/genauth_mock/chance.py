"""Where pass codes, ids and tokens come from."""

from __future__ import annotations

import secrets


class RealChance:
    """What nobody can guess; implements `genauth_mock.engine.turn.Chance`."""

    def digits(self, length: int) -> str:
        """Draw a pass code."""
        return f"{secrets.randbelow(10**length):0{length}}"

    def identifier(self) -> str:
        """Draw an id of 24 hexadecimal digits."""
        return secrets.token_hex(12)

    def token(self) -> str:
        """Draw a token."""
        return secrets.token_urlsafe(32)
