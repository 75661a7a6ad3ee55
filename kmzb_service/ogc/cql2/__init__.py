"""CQL2, the query language of OGC API – Features, Part 3: from text or JSON to SQL conditions."""
