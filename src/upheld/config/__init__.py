"""How an installation is set up: settings, addresses, the embedded database. It knows nothing about complaints."""
