"""Snapshots and changes: how a desk's replica is filled and kept in step."""
