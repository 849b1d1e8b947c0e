"""Fast paths give what the plain way gives, byte for byte."""
