"""Figures as a page shows them: tiles, tables and a chart, each number with its id and the list behind it."""
