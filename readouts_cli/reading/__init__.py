"""From files to readouts: sources, formats, header, meeting."""
