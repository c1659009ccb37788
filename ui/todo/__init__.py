"""What there is to do: worked out in the background, counted in the navigation, one click from its record."""
