"""Understanding tables: heads, groups, units, totals and periods; what each cell holds."""
