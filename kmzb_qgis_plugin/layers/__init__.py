"""The replica on the map: layers, symbols, labels, forms."""
