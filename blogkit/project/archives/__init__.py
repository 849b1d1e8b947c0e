"""Import whole blogs from their archives."""
