"""The providers. Beside each stands the table that maps its codes to outcomes."""
