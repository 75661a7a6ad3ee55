"""The backing service of the national map of security threats (KMZB)."""

__version__ = "0.1.0"
