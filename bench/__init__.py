"""What must stay fast, measured as ratios within one run, on this machine, against ways of doing it without Upheld."""
