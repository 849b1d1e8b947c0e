"""The words that widgets and pages print, in the language of the readers."""
