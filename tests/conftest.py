"""Puts this folder on the import path, for what all tests share."""
