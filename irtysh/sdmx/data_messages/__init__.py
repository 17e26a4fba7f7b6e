"""Messages with data, written piece by piece: XML, JSON and CSV of SDMX 2.1 and 3.0."""
