"""What the `upheld` command does, a module for each subject. The table of commands is in `upheld.cli`."""
