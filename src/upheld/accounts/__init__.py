"""Who may use Upheld and as what: accounts, roles between dates, sign-in. What a role may do is in `rules`."""
