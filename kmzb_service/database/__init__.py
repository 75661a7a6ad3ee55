"""Tables and engine; the only package that knows which database is behind."""
