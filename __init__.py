"""minhchung reads the reports that agencies submit and keeps which plan duty each has evidenced, by which words on which page."""

__version__ = "0.1.0"
