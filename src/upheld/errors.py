"""The one family of errors whose words are meant for the person who asked."""


class UpheldError(Exception):
    """A message for the person who asked: what is wrong, where, and what to do about it.

    The command line prints it without a traceback; pages show it in an error summary. A room raises its own
    subclass so that callers can tell them apart.
    """
