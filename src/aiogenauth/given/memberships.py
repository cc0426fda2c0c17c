"""What the calls take about what the signed-in user belongs to."""

from typing import Literal

ResourceType = Literal["DATA", "API", "MENU", "BUTTON", "UI"]
"""Source: API reference, get-my-authorized-resources, resourceType."""

DepartmentOrder = Literal[
    "DepartmentCreatedAt", "JoinDepartmentAt", "DepartmentName", "DepartmemtCode"
]
"""By what departments are sorted; the slip in the last is GenAuth's. Source: API reference."""

Direction = Literal["Asc", "Desc"]
"""Source: API reference, get-my-department-list, orderBy."""
