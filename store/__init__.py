"""SQLite: what each agency has evidenced, by which words on which page."""
