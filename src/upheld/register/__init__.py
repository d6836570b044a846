"""A spreadsheet of complaints into histories: read whole, or refused with row, column and reason."""
