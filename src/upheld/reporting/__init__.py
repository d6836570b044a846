"""Figures and reports as people use them on the site: the dashboard, the quarter's report to read and to download."""
