"""The commands, each beside what it shows; cli.py puts them together."""
