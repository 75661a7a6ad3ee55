"""Import of threats, areas and units, and the demo data that uses it."""
