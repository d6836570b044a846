"""The record checked against its own chains and seals: what was changed behind the application's back, by name.

It only reads, never holds more than one case, and tells a case that was disposed of from one that was tampered with.
"""

from upheld.cases.verification.findings import About, Finding, Verified
from upheld.cases.verification.verify import verify_record

__all__ = ["About", "Finding", "Verified", "verify_record"]
