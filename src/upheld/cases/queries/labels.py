"""What people call the codes of the record."""

from collections.abc import Mapping

from upheld.cases.models import Theme
from upheld.figures.from_register import fixed_labels
from upheld.organisation.queries import service_names, team_names
from upheld.procedure import load_pack
from upheld.register.events import PACK

Labels = Mapping[tuple[str, str], str]  # (dimension, code) -> words


def labels() -> Labels:
    """The words for every group of every dimension, with the names that services, teams and themes have at present."""
    return {
        **fixed_labels(load_pack(PACK)),
        **{("service", code): name for code, name in service_names().items()},
        **{("team", code): name for code, name in team_names().items()},
        **{("theme", code): words for code, words in Theme.objects.order_by("words_key").values_list("code", "words")},
    }
