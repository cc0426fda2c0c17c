"""What publishing an event answers."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from aiogenauth.models import Result


@frozen
class EventReceipt(Result):
    """Whether an event was published. True in a condition if it was.

    Source: API reference, pub-userEvent.
    """

    success: bool
    err_msg: str | None = None
    """Why not, such as that the console does not define the event."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)

    def __bool__(self) -> bool:
        """Whether it was published."""
        return self.success
