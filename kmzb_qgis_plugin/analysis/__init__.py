"""Spatial statistics over plain arrays: hotspots, near repeats, sites. Nothing of the project or QGIS."""
