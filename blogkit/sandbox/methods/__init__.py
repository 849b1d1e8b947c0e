"""Implement the API's methods, each as a short function from a call to JSON."""
