"""A council's own layout of a register, told in a TOML file, read as rows of the documented one. It guesses nothing."""

from upheld.register.mapping.apply import MappedLayout
from upheld.register.mapping.load import load_mapping, mapping_of
from upheld.register.mapping.model import BadMapping, RegisterMapping
from upheld.register.mapping.written import written

__all__ = ["BadMapping", "MappedLayout", "RegisterMapping", "load_mapping", "mapping_of", "written"]
