"""Programs that start as quickly as installed ones do."""


def compiled_into(folder: str) -> dict[str, str]:
    """Give the variables with which Python compiles a program once, at its first start.

    An installer compiles what it installs; an editable checkout may never be.
    """
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": folder}
