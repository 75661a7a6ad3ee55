"""What the desk speaks of, in plain Python: no QGIS, Qt, network or files."""
