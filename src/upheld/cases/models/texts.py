"""Words that belong to entries. They are personal data, so they are here and in no entry, which has only their id."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from upheld.cases.chain import SALT_BYTES
from upheld.cases.models.case import Case


class Reason(models.Model):
    """Why an entry was corrected, in somebody's words. Append-only, and gone with its case when that is disposed of.

    The entry holds `id` and the digest of `salt` and `words` (`upheld.cases.chain.words_digest`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reasons")
    words = models.TextField()
    salt = models.BinaryField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="reason_has_words"),
            models.CheckConstraint(condition=Q(Exact(Length("salt"), SALT_BYTES)), name="reason_has_salt"),
        )

    def __str__(self) -> str:
        return f"reason {self.id}"
