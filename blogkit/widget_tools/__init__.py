"""Tools for the authors of widgets: scaffold, conformance, schemas and editor support."""
