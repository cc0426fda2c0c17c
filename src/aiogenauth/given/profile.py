"""What the calls about the profile of the signed-in user take."""

from typing import Literal

Gender = Literal["M", "F", "U"]
"""Male, female, unknown. Source: API reference, update-profile, gender."""
