"""The imitated calls, one module for each group of them.

A module holds everything about its group: the shapes of the bodies, and ``CALLS``, which names the paths and the
function behind each. A new module in this folder is found by `genauth_mock.api.endpoints`; nothing else lists it.
"""
