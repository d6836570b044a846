"""The commands of `upheld`, one module for each group: they read options, call a room, and print its answer."""
