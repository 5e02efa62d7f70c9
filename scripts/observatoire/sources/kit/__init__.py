"""What connectors share: hostile text, licences, formats, big CSV files."""
