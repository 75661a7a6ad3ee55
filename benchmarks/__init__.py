"""Figures of the whole: each against a peer, in one run, on the same data."""
