"""Makers of the values that tests begin with. All cases are made up."""
