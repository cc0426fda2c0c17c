"""What only a mock can be made to do, by calls under `/_mock/`."""

from __future__ import annotations

import attrs

from genauth_contract.expect import Figures
from genauth_contract.people import PassCode, User
from genauth_contract.stages.control import Control


@attrs.frozen
class MockPuppeteer:
    """Brings an application of a mock into states no live account can be brought into."""

    control: Control

    def user(self, **fields: str) -> User:
        """Create a user with exactly these fields."""
        return self.control.made_user(fields)

    def change_settings(self, **settings: object) -> None:
        """Change settings of the application."""
        self.control.post("settings", settings)

    def answer_next(self, operation: str, figures: Figures) -> None:
        """Inject a fault that befalls one request."""
        told = {
            "statusCode": figures.status_code,
            "apiCode": figures.api_code,
            "message": figures.message,
        }
        self.control.post("faults", {"route": operation, "times": 1, **told})

    def mailed(self, email: str, channel: str) -> PassCode:
        """Read the newest message of the outbox."""
        return self.control.newest_code({"email": email, "channel": channel}, "the e-mail address")
