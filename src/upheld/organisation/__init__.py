"""Services and teams, and which belonged where from when to when. Figures and cases name them by code."""
