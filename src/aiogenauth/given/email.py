"""What the calls about the e-mail address of the signed-in user take."""

from typing import NotRequired, TypedDict


class EmailUpdatePayload(TypedDict):
    """Both addresses and their codes, for a change of e-mail address. Source: API reference.

    The old address is needed when the user has one and the user pool checks it, which is
    the default.
    """

    newEmail: str
    newEmailPassCode: str
    oldEmail: NotRequired[str | None]
    oldEmailPassCode: NotRequired[str | None]
