"""What the calls about pass codes answer."""

from attrs import frozen

from aiogenauth.models import Result


@frozen
class PassCodeCheck(Result):
    """Whether a pass code would be accepted now. In a condition, it is true if the code would be.

    Attributes:
        is_valid: The code fits and is still good.
        message: Why it is not.
        request_id: Identifies the call to GenAuth's support.
    """

    is_valid: bool
    message: str | None = None
    request_id: str | None = None

    def __bool__(self) -> bool:
        """Return whether the code would be accepted."""
        return self.is_valid
