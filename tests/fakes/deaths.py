"""kill -9, as tests play it."""

from __future__ import annotations


class ProcessDiedError(BaseException):
    """Stands for kill -9: nothing in the house may catch it."""
