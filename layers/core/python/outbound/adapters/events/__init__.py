"""Events, as other systems get them."""
