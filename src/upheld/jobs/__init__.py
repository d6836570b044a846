"""Work in the background: what waits, runs and failed, taken up again after a crash, and shown without personal data.

Each room defines its own tasks in its `tasks.py`; a task takes ids and calls one action.
"""
