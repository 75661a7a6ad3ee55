"""OGC API – Features: the standard face of the service."""
