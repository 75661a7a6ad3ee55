"""The service's resources over HTTP; ``qgis_adapter`` alone knows how QGIS reaches the network."""
