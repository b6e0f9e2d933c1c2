"""Passages become a Letterhead and Evidence."""
