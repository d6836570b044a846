"""Checks published reports: which of their claims their own numbers contradict. It knows no record and asks nobody."""

from upheld.checker.check import check_bytes, check_file
from upheld.checker.model import Checked, Claim, Coverage, Kind, Severity, Verdict

__all__ = ["Checked", "Claim", "Coverage", "Kind", "Severity", "Verdict", "check_bytes", "check_file"]
