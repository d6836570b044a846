"""The answer in each form: text, JSON, CSV, and the report itself with its claims marked."""
