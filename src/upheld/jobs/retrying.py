"""How tasks are tried again after a fault: later each time, and not for ever."""

from procrastinate import RetryStrategy

MOST_ATTEMPTS = 5

# After 5, 25, 125 and 625 seconds: a database that restarts is back by then, and a fault in the code is not.
LATER_EACH_TIME = RetryStrategy(max_attempts=MOST_ATTEMPTS - 1, exponential_wait=5)
