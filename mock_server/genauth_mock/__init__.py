"""The offline GenAuth: a server that reproduces the life of a pass code and GenAuth's error answers.

>>> from genauth_mock.server import running_in_thread
>>> with running_in_thread() as server:
...     server.url.startswith("http://127.0.0.1:")
True
"""
