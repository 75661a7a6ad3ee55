"""Maps and cards on paper."""
