"""Reads a plan document (Decree 30/2020/NĐ-CP layout), given as plain lines and table rows, into the TOML of a plan file."""
