"""A file becomes a Report with Passages, each with its Locator."""
