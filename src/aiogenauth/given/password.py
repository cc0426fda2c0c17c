"""What the calls about the password of the signed-in user take."""

from typing import Literal

PasswordEncryptType = Literal["none", "rsa", "sm2"]
"""How the passwords of a call are encrypted. Source: API reference, passwordEncryptType."""
