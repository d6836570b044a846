from django.db import models
from django.db.models import Q

from upheld.organisation.models import SORTED_BY_BYTES


class Theme(models.Model):
    """What complaint points are about, in the council's own list. A retired theme stays on the points that have it."""

    code = models.TextField(unique=True)
    words = models.TextField()
    words_key = models.TextField(unique=True, db_collation=SORTED_BY_BYTES)
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(code=""), name="theme_has_code"),
            models.CheckConstraint(condition=~Q(words_key=""), name="theme_has_words"),
        )

    def __str__(self) -> str:
        return self.words
