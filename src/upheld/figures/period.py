"""The quarter, as figures speak of it: `upheld.period`, which the rooms below may import too."""

from upheld.period import Quarter, UnknownPeriod

__all__ = ["Quarter", "UnknownPeriod"]
