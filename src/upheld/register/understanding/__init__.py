"""A register in an unknown layout, understood from its headings and cells; what is open is asked, never guessed."""

from upheld.register.understanding.draft import draft, settled
from upheld.register.understanding.model import UNKNOWN, About, Question, Reading, Sureness, Understanding
from upheld.register.understanding.shown import questions, shown, understood_columns, understood_notes
from upheld.register.understanding.survey import Survey, SurveyedColumn, survey, survey_of_sheet, taken_by
from upheld.register.understanding.understand import understand, understand_sheets

__all__ = [
    "UNKNOWN",
    "About",
    "Question",
    "Reading",
    "Sureness",
    "Survey",
    "SurveyedColumn",
    "Understanding",
    "draft",
    "questions",
    "settled",
    "shown",
    "survey",
    "survey_of_sheet",
    "taken_by",
    "understand",
    "understand_sheets",
    "understood_columns",
    "understood_notes",
]
