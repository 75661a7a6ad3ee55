"""Demo data: a made-up decade of threats in Lubuskie, seeded and reproducible."""
