"""Figures of the service on PostGIS with a million threats, each against a peer that takes turns with it."""
