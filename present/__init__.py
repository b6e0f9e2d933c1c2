"""What people look at and other tools read: tables, JSON, CSV."""
